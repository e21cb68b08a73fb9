"""Answers that come in from a file: what is there is taken as it is written, or refused."""

import pytest

from legal_checks.secrecy.questions import QUESTIONS
from legal_checks.secrecy.rules import Answer
from registry.errors import Invalid
from submission_portal.legal_questions.answers import read
from tests.factories.legal_answers import example_answers


def test_answers_are_read_and_questions_may_be_left_out():
    assert read({"persons": {"choice": "no", "reason": " x "}}) == {"persons": Answer("no", "x")}
    assert read({}) == {}
    whole = example_answers(counts_persons=True)
    written = {key: {"choice": one.choice, "reason": one.reason} for key, one in whole.items()}
    assert read(written).keys() == {question.id for question in QUESTIONS}


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ({"colour": {"choice": "red"}}, "colour"),
        ({"person": {"choice": "no"}}, "person"),
        ({"persons": {"choice": "nej"}}, "persons.choice"),
        ({"persons": {"choice": ""}}, "persons.choice"),
        ({"persons": {"reason": "x"}}, "persons"),
        ({"persons": {"choice": "no", "reasons": "x"}}, "persons.reasons"),
        ({"persons": {"choice": "no", "reason": 7}}, "persons.reason"),
        ({"persons": "no"}, "persons"),
        ([], "$"),
        (None, "$"),
    ],
)
def test_a_misspelt_question_or_choice_is_refused_and_never_taken_for_unanswered(content, path):
    with pytest.raises(Invalid) as refusal:
        read(content)
    assert [finding.code for finding in refusal.value.findings] == ["SEC-003"]
    assert [finding.places[0].field for finding in refusal.value.findings] == [path]
