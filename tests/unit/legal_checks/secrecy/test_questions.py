"""The six questions come in the order of the law as questions, and each can be answered by both sides."""

from datetime import date

import pytest

from legal_checks.finding_texts import FINDING_TEXTS
from legal_checks.provisions import VERIFICATION_TEXTS, Verification
from legal_checks.secrecy.named_provisions import PROVISIONS, PROVISIONS_BY_ID
from legal_checks.secrecy.questions import QUESTIONS, Bearing, Side, question


def test_the_questions_come_in_the_order_of_the_law():
    assert [each.id for each in QUESTIONS] == [
        "public_document",
        "persons",
        "defence_and_crisis",
        "lifting",
        "data_protection",
        "security_protection",
    ]


@pytest.mark.parametrize("each", QUESTIONS, ids=lambda each: each.id)
def test_a_question_cites_known_provisions_and_helps_both_sides(each):
    assert each.provisions
    assert set(each.provisions) <= set(PROVISIONS_BY_ID)
    assert set(each.hints) == set(Side)
    assert each.citation.sv
    assert each.citation.en


@pytest.mark.parametrize("each", QUESTIONS, ids=lambda each: each.id)
def test_whoever_says_that_something_remains_has_to_say_what(each):
    assert all(choice.needs_reason for choice in each.choices if choice.bearing is Bearing.HOLDS)
    assert any(choice.bearing is Bearing.HOLDS for choice in each.choices), "there must be room for doubt"


def test_an_unknown_choice_is_no_choice():
    assert question("persons").choice("perhaps") is None


def test_a_provision_is_read_against_the_day():
    ordinance = PROVISIONS_BY_ID["hsf-6-3"]
    assert not ordinance.is_in_force(date(2025, 6, 30))
    assert ordinance.is_in_force(date(2025, 7, 1))


def test_every_provision_says_where_it_is_from_and_how_it_was_checked():
    assert len(PROVISIONS_BY_ID) == len(PROVISIONS)
    assert all(each.source for each in PROVISIONS)
    assert set(VERIFICATION_TEXTS) == set(Verification)


def test_no_text_states_law_as_an_outcome():
    """The registry asks. Words such as "is permitted" or "får lämnas ut" would be an answer."""
    said = [text for entry in FINDING_TEXTS for text in (entry.title, entry.body, entry.mend)]
    said += [choice.label for each in QUESTIONS for choice in each.choices]
    for text in said:
        assert not any(word in text.sv.lower() for word in ("lagligt", "olagligt", "får lämnas ut", "är tillåtet"))
        assert not any(word in text.en.lower() for word in ("lawful", "is permitted", "may be disclosed"))
