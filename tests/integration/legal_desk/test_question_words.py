"""A decision is read in the words that it was taken in, also when questions, choices and provisions are reworded."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text

from legal_checks.secrecy import words as pure
from legal_checks.secrecy.questions import QUESTIONS
from registry.actors import Role
from registry.db import db, transaction
from registry.findings import Text
from registry.starter import RECIPIENT
from submission_portal.followup.tables import TableDecision, TableVersion
from submission_portal.legal_desk import services
from submission_portal.legal_questions import words
from submission_portal.legal_questions.tables import QuestionWords
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.legal_answers import example_answers
from tests.pages import read

NEW = Text("Omskriven fråga om enskilda?", "A reworded question about individuals?")
NEW_CHOICE = Text("Omskrivet svar", "A reworded answer")
OLD_CHOICE = "Patienter räknas, och småtal döljs före publicering"


@pytest.fixture
def legal(actor):
    return actor("legal", (Role.LEGAL_REVIEWER, RECIPIENT))


@pytest.fixture
def decided(table, legal) -> str:
    with transaction() as session:
        services.decide_table(
            session, legal, NOW, session.get_one(TableVersion, table.id), outcome=services.PUBLISH,
            reason="Granskat.", answers=example_answers(counts_persons=True),
        )  # fmt: skip
    return table.id


@pytest.fixture
def reword(monkeypatch):
    """As a later release has it: another question, and another label of the choice that was made."""

    def do() -> None:
        reworded = [
            replace(one, text=NEW, choices=tuple(replace(each, label=NEW_CHOICE) for each in one.choices))
            if one.id == "persons"
            else one
            for one in QUESTIONS
        ]
        monkeypatch.setattr(pure, "QUESTIONS", tuple(reworded))
        _forget()

    yield do
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    pure.current.cache_clear()
    words.current_hash.cache_clear()


def test_a_reworded_choice_changes_no_decision_that_was_taken(decided, legal, signed_in, reword):
    [kept] = db.session.scalars(select(QuestionWords)).all()
    [decision] = db.session.scalars(select(TableDecision).where(TableDecision.table_version_id == decided)).all()
    assert decision.assessment.words == kept.hash == words.current_hash()
    reword()
    page = read(signed_in(legal).get(f"/granskning/tabell/{decided}/"))
    assert OLD_CHOICE in page.text and NEW.sv not in page.text and NEW_CHOICE.sv not in page.text
    assert NEW.sv in read(signed_in(legal).get("/rattsfragor/")).text


def test_a_decision_from_before_is_read_in_the_words_of_the_upgrade_and_says_so(decided, legal, signed_in, reword):
    with by_hand() as session:
        session.execute(text("UPDATE question_words SET is_frozen = true"))
        [decision] = session.scalars(select(TableDecision).where(TableDecision.table_version_id == decided)).all()
        decision.assessment = replace(decision.assessment, words="")
    reword()
    page = read(signed_in(legal).get(f"/granskning/tabell/{decided}/"))
    assert OLD_CHOICE in page.text and NEW.sv not in page.text
    assert "när registret började spara dem med varje beslut" in page.text


def test_words_are_kept_once_however_many_decisions_rest_on_them(decided, actor):
    with by_hand() as session:
        before = session.scalars(select(TableDecision)).all()[0].assessment
        assert words.keep(session, NOW, before) == before
    assert len(db.session.scalars(select(QuestionWords)).all()) == 1
