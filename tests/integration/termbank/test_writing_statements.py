"""Regions state how they apply a concept; statements of several regions stand side by side."""

import pytest

from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.identity.services import mark_demonstration
from registry.items import queries as items
from registry.items.lifecycle import State
from tests.conftest import NOW
from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
ESTABLISHED = "/termbank/begrepp/faststalld-vardplats/"


def test_a_region_does_not_correct_another_regions_statement(signed_in, data_officer):
    assert signed_in(data_officer).get("/termbank/tillampningar/faststalld-vardplats.25.1/andra").status_code == 403


STATEMENT_FORM = {
    "valid_from": "2026-01-01", "answer_technical_beds_counted": "partly", "words_technical_beds_counted": "Bara på två sjukhus",
    "answer_must_be_available": "yes", "answer_decided_by_assembly": "not_stated", "decision_body": "Regionstyrelsen, § 14", "decision_number": "RS 2026-1",
}  # fmt: skip


def test_a_region_states_its_application_and_its_disclosing_officer_decides(
    signed_in, data_officer, disclosing_officer, organisations
):
    officer, decider = signed_in(data_officer), signed_in(disclosing_officer)
    url = f"{ESTABLISHED}tillampningar/ny"
    read(officer.get(url))
    answer = officer.post(url, data={**STATEMENT_FORM, "organisation": organisations["24"].id})
    assert answer.status_code == 302, read(answer, answer.status_code).text
    version_id = answer.location.rpartition("/")[2]
    officer.post(f"/granskning/version/{version_id}/skicka", data={"change": "new"})
    assert "Västerbotten" not in read(decider.get(ESTABLISHED, follow_redirects=True)).find(
        "//section[@aria-labelledby='tillampningar']//h3"
    )
    decider.post(
        f"/granskning/version/{version_id}/besluta/application", data={"outcome": "approve", "reason": "Stämmer"}
    )
    decider.post(f"/granskning/version/{version_id}/publicera", data={"valid_from": "2026-11-02"})
    page = read(decider.get(ESTABLISHED, follow_redirects=True))
    assert "Delvis, bara på två sjukhus" in page.text
    assert "2 regioners tillämpningar är redovisade." in page.text
    statement = read(decider.get("/termbank/tillampningar/faststalld-vardplats.24.1/"))
    assert "Regionstyrelsen, § 14" in statement.text
    assert "redovisad av regionen" in statement.text


def test_in_a_demonstration_what_a_region_states_is_marked_as_made_up(signed_in, data_officer, organisations):
    with transaction() as session:
        mark_demonstration(session, SYSTEM, NOW)
    answer = signed_in(data_officer).post(
        f"{ESTABLISHED}tillampningar/ny", data={**STATEMENT_FORM, "organisation": organisations["24"].id}
    )
    version = items.version_for(db.session, SYSTEM, answer.location.rpartition("/")[2])
    assert version.content["provenance"] == "made_up"
    assert version.state == State.DRAFT


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"answer_must_be_available": ""}, "Välj ett svar: Ska platserna också vara disponibla?"),
        (
            {"words_technical_beds_counted": ""},
            "Skriv vad som gäller och vad som inte gör det: Räknas tekniska vårdplatser in?",
        ),
        ({"valid_to": "2025-01-01"}, "Den sista dagen ligger före den första."),
        (
            {"answer_technical_beds_counted": "not_stated", "answer_must_be_available": "not_stated"},
            "Besvara minst en fråga",
        ),
        ({"decision_url": "hemsidan"}, "Adresser börjar med http"),
    ],
)
def test_a_statement_that_lacks_something_says_what(signed_in, data_officer, organisations, change, message):
    form = {**STATEMENT_FORM, "organisation": organisations["24"].id, **change}
    page = read(signed_in(data_officer).post(f"{ESTABLISHED}tillampningar/ny", data=form), 422)
    assert message in page.text


def test_a_region_cannot_choose_another_region(signed_in, data_officer, organisations):
    form = {**STATEMENT_FORM, "organisation": organisations["25"].id}
    assert signed_in(data_officer).post(f"{ESTABLISHED}tillampningar/ny", data=form).status_code == 422


def approved_statement(officer, decider, organisation_id) -> str:
    """The id of a region's statement on the concept, written, sent and approved, but not published."""
    answer = officer.post(f"{ESTABLISHED}tillampningar/ny", data={**STATEMENT_FORM, "organisation": organisation_id})
    version_id = answer.location.rpartition("/")[2]
    officer.post(f"/granskning/version/{version_id}/skicka", data={"change": "new"})
    decider.post(
        f"/granskning/version/{version_id}/besluta/application", data={"outcome": "approve", "reason": "Stämmer"}
    )
    return version_id


def test_a_made_up_statement_beside_a_reproduced_one_is_marked_by_itself(
    signed_in, data_officer, disclosing_officer, organisations, client
):
    with transaction() as session:
        mark_demonstration(session, SYSTEM, NOW)
    officer, decider = signed_in(data_officer), signed_in(disclosing_officer)
    version_id = approved_statement(officer, decider, organisations["24"].id)
    decider.post(f"/granskning/version/{version_id}/publicera", data={"valid_from": "2026-11-02"})
    answer = client.get(ESTABLISHED, follow_redirects=True)
    assert "Siffrorna på den här sidan är påhittade" not in answer.text
    headings = [
        " ".join("".join(one.itertext()).split())
        for one in read(answer).find("//section[@aria-labelledby='tillampningar']//h3")
    ]
    assert headings == ["Norrbotten", "Västerbotten Påhittat exempel"]


def test_with_several_regions_their_answers_stand_in_one_table(
    signed_in, data_officer, disclosing_officer, organisations, client
):
    officer, decider = signed_in(data_officer), signed_in(disclosing_officer)
    version_id = approved_statement(officer, decider, organisations["24"].id)
    assert not read(client.get(ESTABLISHED, follow_redirects=True)).find("//table"), "one region needs no table"
    decider.post(f"/granskning/version/{version_id}/publicera", data={"valid_from": "2026-11-02"})
    rows = read(client.get(ESTABLISHED, follow_redirects=True)).find("//table/tbody/tr")
    cells = [["".join(cell.itertext()).strip() for cell in row] for row in rows]
    assert cells[0] == ["Räknas tekniska vårdplatser in?", "–", "Norrbotten", "Västerbotten", "–"]
    assert cells[1][1] == "Norrbotten, Västerbotten"
