"""What a region thinks of a table that rests on its deliveries and is open without a decision: said, told, and read beside the
decision."""

import json

import pytest
from sqlalchemy import select

from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Forbidden, NotFound, Refused
from registry.events import Event
from registry.hands import Act, Side
from registry.starter import RECIPIENT
from submission_portal.followup.acts import series
from submission_portal.followup.deciding import publish_table
from submission_portal.followup.standpoints import asked_of, last_said, state_standpoint
from submission_portal.followup.tables import Stance, TableStandpoint, TableVersion
from submission_portal.followup.versions import latest_version
from tests.conftest import NOW
from tests.factories.legal_answers import example_answers
from tests.factories.other_roles import moved, refusal
from tests.factories.released_figures import available, carry_over, run_worker
from tests.pages import read

MODEL, MEASURE = "disponibla-vardplatser-per-region-ar", "disponibla-vardplatser"
PAGE = f"/uppfoljning/{MEASURE}/versioner/1"
ADDRESS = f"{PAGE}/standpunkt/25"


@pytest.fixture
def table(app, world) -> TableVersion:
    def build() -> None:
        for region in ("24", "25"):
            world.release(region, MODEL, available(region, 2015, 669), "2015", provenance="reproduced")
        run_worker()
        carry_over(latest_version(db.session, MEASURE).id)

    world.grown("a table carried over", build)
    return latest_version(db.session, MEASURE)


@pytest.fixture
def officer(table, actor) -> Actor:
    return actor("utlamnare", (Role.DISCLOSING_OFFICER, "25"))


@pytest.fixture
def reviewer(table, actor) -> Actor:
    return actor("legal", (Role.LEGAL_REVIEWER, RECIPIENT))


def _say(actor, table, organisation, stance=Stance.OBJECT, reason="Siffran gäller få."):
    with transaction() as session:
        state_standpoint(
            session, actor, NOW, table=session.get_one(TableVersion, table.id), organisation=organisation, stance=stance,
            reason=reason,
        )  # fmt: skip
    db.session.expire_all()


def _decide(reviewer, table):
    with transaction() as session:
        publish_table(
            session, reviewer, NOW, session.get_one(TableVersion, table.id), reason="Granskad.",
            answers=example_answers(counts_persons=False), replies={},
        )  # fmt: skip
    db.session.expire_all()


def test_an_objection_is_a_row_an_event_and_an_act_for_the_region(table, officer, organisations):
    _say(officer, table, organisations["25"])
    row = db.session.scalars(select(TableStandpoint)).one()
    assert (row.stance, row.reason, row.person_id) == ("object", "Siffran gäller få.", officer.person_id)
    event = db.session.scalars(select(Event).where(Event.type == "TableStandpointStated")).one()
    assert (event.subject, event.organisation_id) == (table.ref, organisations["25"].id)
    act = db.session.scalars(select(Act).where(Act.type == "TableStandpointStated")).one()
    assert (act.object, act.side, act.organisation_id) == (series(MEASURE), Side.DISCLOSER, organisations["25"].id)


def test_saying_the_same_twice_is_said_once_and_another_thing_counts_instead(table, officer, organisations):
    _say(officer, table, organisations["25"])
    _say(officer, table, organisations["25"])
    assert len(db.session.scalars(select(TableStandpoint)).all()) == 1
    with transaction() as session:
        later = session.get_one(TableVersion, table.id)
        state_standpoint(
            session,
            officer,
            NOW.replace(hour=9),
            table=later,
            organisation=organisations["25"],
            stance=Stance.ACCEPT,
            reason="",
        )
    last = last_said(db.session, [table])[table.id, organisations["25"].id]
    assert last.stance == Stance.ACCEPT
    assert len(db.session.scalars(select(Event).where(Event.type == "TableStandpointStated")).all()) == 2


def test_it_is_among_the_officers_tasks_until_it_is_said(table, officer, organisations, signed_in):
    client = signed_in(officer)
    assert "Säg om regionen godtar det." in read(client.get("/uppgifter/")).text
    tasks = read(client.get("/uppgifter/"))
    assert tasks.find(f"//a[@href='{PAGE}?krets=alla']")
    page = read(client.get(f"{PAGE}?krets=alla"))
    assert "Vad Region Norrbotten anser" in page.text and "Så här ser det ut för alla" in page.text
    assert page.find(f"//form[starts-with(@action, '{ADDRESS}')]")
    answer = client.post(ADDRESS, data={"stance": "object", "reason": "Siffran gäller få."})
    assert (answer.status_code, answer.location) == (302, f"{PAGE}?krets=alla")
    page = read(client.get(PAGE))
    assert "Siffran gäller få." in page.text and "Invänder mot att den är öppen för alla" in page.text
    tasks = read(client.get("/uppgifter/")).text
    assert "Säg om regionen godtar det." not in tasks and "Regionen har invänt" in tasks


def test_the_legal_reviewer_sees_it_beside_the_decision_and_in_the_queue(
    app, table, officer, reviewer, organisations, signed_in
):
    client = signed_in(reviewer)
    address = f"/granskning/tabell/{table.id}/"
    assert "Ingen region har ännu sagt vad den anser" in read(client.get(address)).text
    _say(officer, table, organisations["25"])
    page = read(client.get(address))
    assert "Vad Region Norrbotten anser" in page.text and "Siffran gäller få." in page.text
    assert page.find("//form[contains(@action, '/besluta')]")
    assert "En region invänder mot det." in read(client.get("/granskning/")).text
    shown = app.test_cli_runner().invoke(args=("legal", "tables", "show", f"{MEASURE}/1", "--as", "legal", "--json"))
    (said,) = json.loads(shown.stdout)["standpoints"]
    assert (said["region"], said["stance"], said["reason"]) == ("25", "object", "Siffran gäller få.")
    _decide(reviewer, table)
    assert "Siffran gäller få." in read(client.get(address)).text


def test_others_do_not_read_it(table, officer, organisations, actor, signed_in, client):
    _say(officer, table, organisations["25"])
    for reader in (
        client,
        signed_in(actor("kronoberg", (Role.DISCLOSING_OFFICER, "24"))),
        signed_in(actor("term", (Role.TERMINOLOGIST, "25"))),
    ):
        assert "Siffran gäller få." not in read(reader.get(PAGE)).text


def test_a_data_officer_reads_and_does_not_speak_for_the_region(table, organisations, actor, signed_in):
    officer = actor("uppgifter", (Role.DATA_OFFICER, "25"))
    client = signed_in(officer)
    page = read(client.get(PAGE))
    assert "Väntar på regionens utlämnare" in page.text and not page.find(f"//form[@action='{ADDRESS}']")
    assert client.post(ADDRESS, data={"stance": "accept"}).status_code == 403
    with pytest.raises(Forbidden):
        _say(officer, table, organisations["25"])


def test_an_objection_needs_reasons_and_bad_input_comes_back_with_what_was_written(
    table, officer, organisations, signed_in
):
    client = signed_in(officer)
    page = read(client.post(ADDRESS, data={"stance": "object", "reason": " "}), status=422)
    assert "Skriv skälen." in page.text
    page = read(client.post(ADDRESS, data={"reason": "Vi vet inte."}), status=422)
    assert "Välj om regionen godtar det." in page.text and "Vi vet inte." in page.text
    assert client.post(ADDRESS, data={"stance": "perhaps", "reason": "x"}).status_code == 422
    page = read(client.post(ADDRESS, data={"stance": "accept", "reason": "Om 19121212-1212."}), status=409)
    assert "personnummer" in page.text and "Om 19121212-1212." in page.text
    assert client.post(ADDRESS, data={"stance": "object", "reason": "x" * 5001}).status_code == 422
    with pytest.raises(Refused) as refused:
        _say(officer, table, organisations["25"], reason="  ")
    assert refused.value.finding.code == "FOL-015"
    assert db.session.scalars(select(TableStandpoint)).all() == []


@pytest.mark.parametrize("address", [f"{PAGE}/standpunkt/24", f"{PAGE}/standpunkt/ingen"])
def test_nobody_speaks_for_another_region(table, officer, signed_in, address):
    assert signed_in(officer).post(address, data={"stance": "accept"}).status_code == 404
    assert db.session.scalars(select(TableStandpoint)).all() == []


def test_a_region_without_figures_in_the_table_is_not_asked(table, organisations, actor, signed_in):
    stranger = actor("skane", (Role.DISCLOSING_OFFICER, "12"))
    assert asked_of(db.session, stranger) == []
    assert "standpunkt-" not in signed_in(stranger).get(PAGE).text
    with pytest.raises(NotFound):
        _say(stranger, table, organisations["12"])


def test_once_it_is_decided_nothing_more_is_taken_in(table, officer, reviewer, organisations, signed_in):
    client = signed_in(officer)
    _decide(reviewer, table)
    page = read(client.post(ADDRESS, data={"stance": "object", "reason": "För sent."}), status=409)
    assert "Tabellen väntar inte längre på ett första beslut" in page.text
    with pytest.raises(Refused) as refused:
        _say(officer, table, organisations["25"])
    assert refused.value.finding.code == "FOL-042"
    assert asked_of(db.session, officer) == []


def test_who_spoke_for_the_region_does_not_decide_about_the_table(table, officer, organisations):
    _say(officer, table, organisations["25"], Stance.ACCEPT, "")
    person = moved(organisations, officer, Role.LEGAL_REVIEWER, RECIPIENT)

    def decide(session):
        publish_table(
            session, person, NOW, session.get_one(TableVersion, table.id), reason="Läst.",
            answers=example_answers(counts_persons=False), replies={},
        )  # fmt: skip

    assert refusal(decide) == "FOL-012"


def test_who_has_decided_about_the_measures_tables_does_not_speak_for_a_region(
    table, reviewer, organisations, world, signed_in
):
    world.release("24", MODEL, available("24", 2016, 774), "2016", provenance="reproduced")
    run_worker(publish=False)
    _decide(reviewer, latest_version(db.session, MEASURE))
    carry_over(latest_version(db.session, MEASURE).id)
    person = moved(organisations, reviewer, Role.DISCLOSING_OFFICER, "25")
    client = signed_in(person)
    page = read(client.get(f"/uppfoljning/{MEASURE}/versioner/2"))
    assert "Den som har handlat för ena sidan handlar inte för den andra" in page.text
    assert not page.find("//form[contains(@action, '/standpunkt/')]")
    data = {"stance": "accept", "reason": ""}
    read(client.post(f"/uppfoljning/{MEASURE}/versioner/2/standpunkt/25", data=data), status=409)
    assert db.session.scalars(select(TableStandpoint)).all() == []


def test_two_regions_of_one_person_have_a_form_each(table, actor, organisations, signed_in):
    both = actor("bada", (Role.DISCLOSING_OFFICER, "24"), (Role.DISCLOSING_OFFICER, "25"))
    client = signed_in(both)
    page = read(client.get(PAGE))
    assert len(page.find("//form[contains(@action, '/standpunkt/')]")) == 2
    client.post(ADDRESS, data={"stance": "accept", "reason": ""})
    assert "Säg om regionen godtar det." in read(client.get("/uppgifter/")).text  # for the other
    client.post(f"{PAGE}/standpunkt/24", data={"stance": "accept", "reason": ""})
    assert "Säg om regionen godtar det." not in read(client.get("/uppgifter/")).text
