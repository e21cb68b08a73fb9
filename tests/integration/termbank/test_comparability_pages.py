"""Whether regions can be compared: what everybody reads, and what a region answers before it goes out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from registry import clock
from registry.actors import Role
from registry.db import db
from registry.identity.tables import Organisation
from termbank.comparing.queries import matrix, to_answer
from termbank.comparing.tables import ComparabilityAnswer
from tests.integration.termbank.test_writing_statements import STATEMENT_FORM, approved_statement
from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
SLUG = "faststalld-vardplats"
MATRIX = f"/termbank/begrepp/{SLUG}/jamforbarhet"
ANSWER = "/termbank/jamforbarhet/svara"


@pytest.fixture
def stated(signed_in, data_officer, disclosing_officer, organisations) -> None:
    """Västerbotten's statement, which differs from the one that is reproduced of Norrbotten."""
    officer, decider = signed_in(data_officer), signed_in(disclosing_officer)
    version_id = approved_statement(officer, decider, organisations["24"].id)
    decider.post(f"/granskning/version/{version_id}/publicera", data={"valid_from": "2026-11-02"})


@pytest.fixture
def norrbotten(actor):
    return actor("norrbotten", (Role.DISCLOSING_OFFICER, "25"))


def keys(code: str) -> list[str]:
    region = db.session.scalar(select(Organisation).where(Organisation.code == code, Organisation.kind == "region"))
    return [one.key for one in to_answer(db.session, region.id)]


def test_one_region_over_time_is_shown_with_what_changed(client):
    page = read(client.get(MATRIX))
    assert "Över tid" in page.text
    assert "Räknas tekniska vårdplatser in? förut: ja" in page.text
    assert "Obesvarad: Norrbotten." in page.text, "what is reproduced was out already"


def test_the_regions_read_a_difference_before_everybody_does(client, signed_in, stated, norrbotten, monkeypatch):
    url = f"{MATRIX}?region=25"
    assert "Besvaras" in read(client.get(url)).text
    assert "Västerbotten: delvis" not in read(client.get(url)).text
    inside = read(signed_in(norrbotten).get(url)).text
    assert "Inte jämförbara" in inside
    assert "Inte ute än" in inside
    later = clock.now() + timedelta(days=15)
    monkeypatch.setattr(clock, "now", lambda: later)
    page = read(client.get(url)).text
    assert "Inte jämförbara" in page
    assert "Obesvarad: Norrbotten, Västerbotten." in page


def test_what_both_regions_have_answered_goes_out_with_their_answers(
    client, signed_in, stated, norrbotten, disclosing_officer
):
    for officer, code, text in (
        (norrbotten, "25", "Fullmäktige har beslutat det."),
        (disclosing_officer, "24", "Två sjukhus"),
    ):
        page = read(signed_in(officer).get(ANSWER))
        assert "Skillnader som inte är besvarade" in page.text
        answer = signed_in(officer).post(ANSWER, data={"differences": keys(code), "text": text})
        assert answer.status_code == 302, read(answer, answer.status_code).text
    page = read(client.get(f"{MATRIX}?region=25")).text
    assert "Fullmäktige har beslutat det." in page
    assert "Två sjukhus" in page
    assert "Obesvarad" not in page
    compared = read(
        client.get("/termbank/jamfor-tillampningar?vanster=faststalld-vardplats.24.1&hoger=faststalld-vardplats.25.2")
    )
    assert "Två sjukhus" in compared.text


def test_an_answer_needs_a_difference_and_words_and_is_given_once(signed_in, stated, norrbotten):
    client = signed_in(norrbotten)
    mine = keys("25")
    read(client.post(ANSWER, data={"differences": [], "text": "Så"}), 409)
    read(client.post(ANSWER, data={"differences": mine, "text": "  "}), 409)
    client.post(ANSWER, data={"differences": mine, "text": "Så"})
    page = read(client.post(ANSWER, data={"differences": mine, "text": "Eller så"}), 409)
    assert "kan inte besvaras längre" in page.text
    assert {one.text for one in db.session.scalars(select(ComparabilityAnswer))} == {"Så"}


def test_a_region_answers_for_no_other_region(signed_in, stated, disclosing_officer):
    client = signed_in(disclosing_officer)
    assert client.post(f"{ANSWER}?region=25", data={"differences": keys("25")[:1], "text": "Så"}).status_code in (
        302,
        409,
    )
    own = db.session.scalars(select(ComparabilityAnswer)).all()
    assert all(one.organisation_id in disclosing_officer.organisations() for one in own)


def test_the_matrix_is_of_a_day(client, stated):
    assert matrix(db.session, SLUG).regions == ("25", "24")
    assert "Västerbotten" not in [
        "".join(one.itertext()) for one in read(client.get(f"{MATRIX}?dag=2018-01-01")).find("//table//thead//th")
    ]
    assert "Dagen går inte att läsa" in read(client.get(f"{MATRIX}?dag=i-morgon")).text
    assert client.get("/termbank/begrepp/finns-inte/jamforbarhet").status_code == 404


def test_all_concepts_are_listed_with_how_their_regions_compare(client, stated):
    page = read(client.get("/termbank/jamforbarhet/"))
    assert "2 regioner" in page.text
    assert "Går inte att avgöra 1" in page.text


def test_a_statement_that_is_due_is_a_task_of_its_region(signed_in, stated, norrbotten):
    page = read(signed_in(norrbotten).get("/uppgifter/"))
    assert "går ut som obesvarad" in page.text
    assert STATEMENT_FORM["decision_number"] not in page.text
