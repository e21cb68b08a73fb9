"""What regions are asked is written, decided on and published; what is asked anew is seen where statements are confirmed."""

import pytest
from sqlalchemy import select

from registry import clock
from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.i18n import show_date
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.lifecycle import Change, Outcome
from termbank.bank.queries import statements
from termbank.confirmations.queries import to_confirm
from termbank.confirmations.tables import StatementConfirmation
from termbank.notions import QUESTION_SET
from termbank.starter.load import load_question_sets
from tests.conftest import NOW
from tests.integration.termbank.test_writing_statements import STATEMENT_FORM
from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
SLUG = "faststalld-vardplats"
CONCEPT = f"/termbank/begrepp/{SLUG}/"
QUESTIONS = f"/termbank/fragor/{SLUG}/"
FORM = {
    "questions-0-id": "technical-beds-counted", "questions-0-sv": "Räknas tekniska vårdplatser med?", "questions-0-en": "Are technical beds counted?",
    "questions-1-id": "must-be-available", "questions-1-sv": "Ska platserna också vara disponibla?", "questions-1-en": "Must they be available?",
    "questions-2-id": "", "questions-2-sv": "Räknas stängda platser?", "questions-2-en": "Are closed beds counted?",
    "questions-3-id": "", "questions-3-sv": "", "questions-3-en": "", "action": "save", "reason": "Ny fråga",
}  # fmt: skip


@pytest.fixture
def question_sets() -> None:
    with transaction() as session:
        load_question_sets(session, SYSTEM, NOW)


def published(client, colleague) -> None:
    """A new version of the questions, written by one terminologist and published by another."""
    version_id = client.post(f"{QUESTIONS}andra", data=FORM).location.rpartition("/")[2]
    with transaction() as session:
        version = items.version_for(session, SYSTEM, version_id)
        lifecycle.submit(session, SYSTEM, NOW, version, change=Change.MEANING)
        lifecycle.decide(
            session, colleague, NOW, version, requirement="questions", outcome=Outcome.APPROVE, reason="Bra"
        )
        lifecycle.publish(session, colleague, NOW, version, valid_from=NOW.date())


def test_the_registrys_own_questions_are_read_where_there_is_no_set_yet(client):
    page = read(client.get(QUESTIONS))
    assert "Räknas tekniska vårdplatser in?" in page.text
    assert "utan version" in page.text
    assert client.get("/termbank/fragor/finns-inte/").status_code == 404


def test_an_instance_begins_with_the_earlier_questions_as_items(client, question_sets):
    page = read(client.get(QUESTIONS))
    assert "Version 1" in page.text
    assert items.item_by_slug(db.session, QUESTION_SET, "belaggningsgrad") is not None


def test_a_question_keeps_its_id_and_a_new_one_gets_its_own(signed_in, terminologist, colleague, question_sets):
    published(signed_in(terminologist), colleague)
    version = items.current_by_slug(db.session, QUESTION_SET, SLUG)
    assert version.number == 2
    assert [one["id"] for one in version.content["questions"]] == [
        "technical-beds-counted", "must-be-available", "raknas-stangda-platser",
    ]  # fmt: skip


def test_a_question_in_one_language_is_told_at_its_field(signed_in, terminologist):
    page = read(signed_in(terminologist).post(f"{QUESTIONS}andra", data={**FORM, "questions-2-en": ""}), 422)
    assert "Skriv frågan på båda språken." in page.text


def test_a_region_is_asked_what_is_in_force_and_says_how_it_counts(
    signed_in, terminologist, colleague, data_officer, organisations, question_sets
):
    published(signed_in(terminologist), colleague)
    form = {
        **{name: value for name, value in STATEMENT_FORM.items() if "decided_by" not in name}, "organisation": organisations["24"].id,
        "answer_raknas_stangda_platser": "no", "measuring_time": "6.00", "source_system": "Vårdsystemet", "answered_by": "Enheten för statistik",
    }  # fmt: skip
    answer = signed_in(data_officer).post(f"{CONCEPT}tillampningar/ny", data=form)
    assert answer.status_code == 302, read(answer, answer.status_code).text
    statement = statements.application_of(items.version_for(db.session, SYSTEM, answer.location.rpartition("/")[2]))
    assert statement.question_set == items.current_by_slug(db.session, QUESTION_SET, SLUG).content_hash
    assert (statement.measuring_time, statement.source_system) == ("06:00", "Vårdsystemet")
    assert statement.question("raknas-stangda-platser").sv == "Räknas stängda platser?"


def test_a_region_confirms_its_statements_in_one_act(
    signed_in, actor, terminologist, colleague, organisations, question_sets
):
    officer = actor("norrbotten", (Role.DATA_OFFICER, "25"))
    published(signed_in(terminologist), colleague)
    page = read(signed_in(officer).get("/termbank/tillampningar/bekrafta"))
    assert "Räknas stängda platser?" in page.text
    statement = f"/termbank/tillampningar/{to_confirm(db.session, organisations['25'].id)[0].version.item.slug}/"
    assert "Senast bekräftadInte sedan den publicerades" in read(signed_in(officer).get(statement)).text
    (one,) = to_confirm(db.session, organisations["25"].id)
    assert one.has_new_questions
    stamp = one.stamp
    signed_in(officer).post("/termbank/tillampningar/bekrafta", data={"statements": [stamp]})
    kept = db.session.scalars(select(StatementConfirmation)).one()
    assert kept.question_set_hash == items.current_by_slug(db.session, QUESTION_SET, SLUG).content_hash
    page = read(signed_in(officer).get("/termbank/tillampningar/bekrafta"))
    assert "Bekräftad" in page.text
    today = show_date(clock.today())
    assert (
        f"Senast bekräftad{today}, av Region Norrbotten"
        in read(signed_in(officer).get(f"/termbank/tillampningar/{one.version.item.slug}/")).text
    )
    (one,) = to_confirm(db.session, organisations["25"].id)
    assert not one.has_new_questions


def test_what_has_changed_since_the_page_was_shown_is_not_confirmed(
    signed_in, actor, terminologist, colleague, organisations, question_sets
):
    officer = actor("norrbotten", (Role.DATA_OFFICER, "25"))
    (one,) = to_confirm(db.session, organisations["25"].id)
    stamp = one.stamp
    published(signed_in(terminologist), colleague)
    page = read(signed_in(officer).post("/termbank/tillampningar/bekrafta", data={"statements": [stamp]}), 409)
    assert "Uppgifterna har ändrats" in page.text
    read(signed_in(officer).post("/termbank/tillampningar/bekrafta", data={}), 409)
    assert db.session.scalars(select(StatementConfirmation)).all() == []


def test_a_region_confirms_nothing_of_another_region(signed_in, data_officer, organisations):
    (one,) = to_confirm(db.session, organisations["25"].id)
    answer = signed_in(data_officer).post(
        "/termbank/tillampningar/bekrafta?region=25", data={"statements": [one.stamp]}
    )
    assert answer.status_code == 409
    assert db.session.scalars(select(StatementConfirmation)).all() == []
