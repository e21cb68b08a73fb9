"""A table with hidden small numbers: who sees it before hiding, who decides, and what a decision needs."""

import shutil

import polars as pl
import pytest
from sqlalchemy import select

from registry.actors import Actor, Held, Person, Role
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, Refused
from registry.events import Event
from registry.starter import RECIPIENT
from submission_portal.followup.evidence import PERIODS
from submission_portal.followup.tables import TableDecision, TableState, TableVersion
from submission_portal.followup.versions import latest_version
from submission_portal.forwarding.jobs import national_store
from submission_portal.forwarding.tables import Release
from submission_portal.legal_desk import services
from tests.conftest import NOW
from tests.factories.legal_answers import example_answers
from tests.factories.machine_clients import client_with_roles_of
from tests.factories.released_figures import outplaced, run_worker
from tests.integration.legal_desk.conftest import MEASURE, MODEL, WARDS
from tests.pages import read


@pytest.fixture
def legal(actor) -> Actor:
    return actor("legal", (Role.LEGAL_REVIEWER, RECIPIENT))


def _decide(actor, table_id, outcome=services.PUBLISH, **given):
    given = {"reason": "Granskat.", "answers": example_answers(counts_persons=True)} | given
    with transaction() as session:
        services.decide_table(session, actor, NOW, session.get_one(TableVersion, table_id), outcome=outcome, **given)
    db.session.expire_all()


def _form(**changes) -> dict[str, str]:
    answers = example_answers(counts_persons=True)
    data = {"outcome": "publish", "reason": "Inget går att räkna ut."}
    for key, answer in answers.items():
        data |= {f"q_{key}": answer.choice, f"q_{key}_reason": answer.reason}
    return data | changes


def test_a_table_is_published_with_its_answers_on_record(table, legal):
    _decide(legal, table.id)
    assert db.session.get_one(TableVersion, table.id).state == TableState.PUBLISHED
    decision = db.session.scalars(select(TableDecision).where(TableDecision.table_version_id == table.id)).one()
    assert decision.assessment.answers["persons"].choice == "protected"


def test_publishing_without_answers_leaves_the_table_waiting(table, legal):
    with pytest.raises(Invalid):
        _decide(legal, table.id, answers={})
    db.session.expire_all()
    assert db.session.get_one(TableVersion, table.id).state == TableState.AWAITING_REVIEW


def test_a_refusal_needs_its_reasons_only(table, legal):
    _decide(legal, table.id, services.REFUSE, answers={}, reason="Perioden är för kort.")
    assert db.session.get_one(TableVersion, table.id).state == TableState.REFUSED


def test_a_table_is_decided_once(table, legal, actor):
    _decide(legal, table.id)
    with pytest.raises(Refused):
        _decide(actor("second", (Role.LEGAL_REVIEWER, RECIPIENT)), table.id, services.REFUSE)
    assert {one.outcome for one in db.session.scalars(select(TableDecision))} == {"publish"}


def test_somebody_who_belongs_to_a_region_in_the_table_does_not_decide(table, legal):
    region = db.session.scalars(select(Release.organisation_id)).first()
    both = Person(legal.person_id, legal.memberships | {Held(region, Role.TERMINOLOGIST)})
    with pytest.raises(Refused) as refusal:
        _decide(both, table.id)
    assert refusal.value.finding.code == "TAB-001"


def test_a_quality_reviewer_reads_but_does_not_decide(table, actor, signed_in):
    quality = actor("quality", (Role.QUALITY_REVIEWER, RECIPIENT))
    page = read(signed_in(quality).get(f"/granskning/tabell/{table.id}/"))
    assert not page.find("//form[@id='beslutet']")
    with pytest.raises(Forbidden):
        _decide(quality, table.id)


def test_reading_the_values_before_hiding_is_logged(table, legal, signed_in):
    read(signed_in(legal).get(f"/granskning/tabell/{table.id}/"))
    event = db.session.scalars(select(Event).where(Event.type == "HiddenValuesRead")).one()
    assert (event.person_id, event.subject) == (legal.person_id, f"table:{table.id}")
    assert event.data == {"number": table.number}


def test_a_reviewer_of_another_organisation_neither_sees_nor_leaves_a_trace(table, actor, signed_in):
    elsewhere = signed_in(actor("elsewhere", (Role.LEGAL_REVIEWER, "25")))
    read(elsewhere.get(f"/granskning/tabell/{table.id}/"), status=404)
    assert db.session.scalars(select(Event).where(Event.type == "HiddenValuesRead")).all() == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_shows_before_and_after_with_small_numbers_marked(table, legal, signed_in, language):
    client = signed_in(legal)
    client.set_cookie("language", language)
    page = read(client.get(f"/granskning/tabell/{table.id}/"))
    before, after = (
        page.find("//table[starts-with(@id, 'fore-')]")[0],
        page.find("//table[starts-with(@id, 'efter-')]")[0],
    )
    primary = before.xpath(".//td[contains(@class, 'primary')]")
    assert [cell.text for cell in primary] == ["3"]
    assert before.xpath(".//td[contains(@class, 'secondary')]")
    assert len(after.xpath(".//td[contains(@class, 'hid')]")) == table.hidden
    assert not after.xpath(".//td[contains(@class, 'primary') or contains(@class, 'secondary')]")


def test_the_reviewer_decides_through_the_page(table, legal, signed_in):
    client = signed_in(legal)
    page = read(client.post(f"/granskning/tabell/{table.id}/besluta", data=_form(), follow_redirects=True))
    assert "Publicering godkänd" in page.text
    assert "Småtal döljs före publicering." in page.text


def test_what_is_unanswered_comes_back_with_what_was_written(table, legal, signed_in):
    data = _form(q_persons="", q_persons_reason="", reason="Min motivering.")
    page = read(signed_in(legal).post(f"/granskning/tabell/{table.id}/besluta", data=data), status=422)
    assert "Välj ett svar." in page.text
    assert "Min motivering." in page.text


def test_answers_that_contradict_each_other_are_not_decided_on_and_the_page_says_what_stops(table, legal, signed_in):
    client, address = signed_in(legal), f"/granskning/tabell/{table.id}/besluta"
    data = _form(q_data_protection="missing", q_data_protection_reason="Utreds.", reply_sec_110="Det ordnar sig.")
    page = read(client.post(address, data=data), status=422)
    assert "Grunden saknas. Så kan det inte beslutas" in page.text and "GDPR" in page.text
    assert read(client.post(address, data=_form(reason=" . ")), status=409).text.count("skäl") >= 1
    db.session.expire_all()
    assert db.session.get_one(TableVersion, table.id).state == TableState.AWAITING_REVIEW


def test_an_empty_decision_is_told_everything_that_is_missing_at_once(table, legal, signed_in):
    client = signed_in(legal)
    page = read(client.post(f"/granskning/tabell/{table.id}/besluta", data={}), status=422)
    assert page.text.count("?: Välj ett svar.") == 6
    assert "Välj ett beslut." in page.text
    assert not page.find("//textarea[starts-with(@name, 'reply_')]")


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (services.PUBLISH, "Publicerad genom rättsgranskarens beslut"),
        (services.REFUSE, "Inte publicerad: rättsgranskaren avslog"),
    ],
)
def test_after_the_decision_the_page_says_what_it_led_to(table, legal, signed_in, outcome, said):
    before = read(signed_in(legal).get(f"/granskning/tabell/{table.id}/"))
    assert "Publiceras när rättsgranskaren har beslutat" in before.text
    _decide(legal, table.id, outcome)
    page = read(signed_in(legal).get(f"/granskning/tabell/{table.id}/"))
    assert said in page.text
    assert "Publiceras när rättsgranskaren har beslutat" not in page.text


def test_whoever_decides_second_loses_no_text(table, legal, actor, signed_in):
    late = signed_in(actor("late", (Role.LEGAL_REVIEWER, RECIPIENT)))
    _decide(legal, table.id)
    page = read(late.post(f"/granskning/tabell/{table.id}/besluta", data=_form(reason="Tog lång tid.")), status=409)
    assert "Tog lång tid." in page.text


def test_the_queue_leads_to_the_table(table, legal, signed_in):
    page = read(signed_in(legal).get("/granskning/"))
    assert f"/granskning/tabell/{table.id}/" in page.links
    assert "För alla." in page.text
    assert "/granskning/sammanstallningar/" in page.links


def test_nothing_is_published_that_the_national_store_cannot_show(table, legal, signed_in):
    shutil.rmtree(national_store().root / MODEL)
    with pytest.raises(Refused) as refusal:
        _decide(legal, table.id)
    assert refusal.value.finding.code == "TAB-002"
    page = read(signed_in(legal).get(f"/granskning/tabell/{table.id}/"))
    assert "Värdena före döljandet kan inte visas" in page.text
    captions = page.find("//*[local-name()='caption']")
    assert [caption for caption in captions if "Efter" in "".join(caption.itertext())]
    assert not [caption for caption in captions if "Före" in "".join(caption.itertext())]


def test_a_table_that_the_national_store_cannot_show_can_be_refused(table, legal):
    shutil.rmtree(national_store().root / MODEL)
    _decide(legal, table.id, services.REFUSE, answers={}, reason="Underlaget saknas.")
    assert db.session.get_one(TableVersion, table.id).state == TableState.REFUSED


def test_a_page_shows_some_periods_and_each_of_them_once(table, world, legal, signed_in):
    days = [f"2026-10-{day}" for day in range(20, 20 + PERIODS)]
    world.release("99", MODEL, pl.concat(outplaced(day, WARDS) for day in days), days[0], provenance="made_up")
    run_worker()
    waiting = latest_version(db.session, MEASURE)
    address = f"/granskning/tabell/{waiting.id}/"
    first, last = (read(signed_in(legal).get(address + query)) for query in ("", "?sida=2"))
    shown = [
        [cell.text for cell in page.find("(//*[local-name()='thead'])[1]//*[local-name()='th']")[1:]]
        for page in (first, last)
    ]
    assert [len(columns) for columns in shown] == [PERIODS, 1]
    assert len({*shown[0], *shown[1]}) == PERIODS + 1
    refused = read(signed_in(legal).post(f"{address}besluta", data={}), status=422)
    assert f"{address}?sida=2" in first.links and f"{address}?sida=2" in refused.links
    assert first.find("//*[contains(@class, 'primary')]") and last.find("//*[contains(@class, 'primary')]")


def test_a_machine_client_does_not_decide_about_a_table(table, legal):
    with pytest.raises(Forbidden):
        _decide(client_with_roles_of(legal), table.id)
    assert db.session.scalars(select(TableDecision)).all() == []
