"""Answers become a reasoned record: complete only when nothing is left to answer or to reply to."""

from dataclasses import replace
from datetime import date

import pytest

from legal_checks.secrecy.assessment import Assessment, assess
from legal_checks.secrecy.questions import Side
from legal_checks.secrecy.rules import Answer, Circumstances, Verdict
from legal_checks.secrecy.scenarios import PLAIN
from registry.content.canonical import canonical, parse
from registry.findings import Severity
from tests.factories.legal_answers import example_answers

BEDS = Circumstances(side=Side.DISCLOSER, on=date(2026, 11, 1))


def test_plain_answers_about_beds_are_complete():
    assessment = assess(PLAIN, BEDS)
    assert assessment.is_complete
    assert assessment.findings == ()


def test_unanswered_questions_are_named_one_by_one():
    assessment = assess({"persons": Answer("no"), "lifting": Answer("made up")}, BEDS)
    (finding,) = [finding for finding in assessment.findings if finding.code == "SEC-001"]
    assert finding.severity is Severity.ERROR
    assert [place.field for place in finding.places] == [
        "public_document",
        "defence_and_crisis",
        "lifting",
        "data_protection",
        "security_protection",
    ]


def test_an_answer_that_needs_a_reason_is_asked_for_one():
    assessment = assess({**PLAIN, "defence_and_crisis": Answer("no_harm", "  ")}, BEDS)
    assert [(finding.code, finding.places[0].field) for finding in assessment.findings] == [
        ("SEC-002", "defence_and_crisis")
    ]
    assert not assessment.is_complete


def test_a_tension_is_a_question_until_it_is_replied_to():
    circumstances = replace(BEDS, concerns_persons=True)
    asked = assess({**PLAIN, "data_protection": Answer("ground", "Post 12.")}, circumstances)
    assert [(finding.code, finding.severity) for finding in asked.findings] == [("SEC-101", Severity.QUESTION)]
    replied = assess(asked.answers, circumstances, {"SEC-101": "Elementet är tomt i den här leveransen."})
    assert replied.is_complete
    assert [(result.code, result.reply) for result in replied.asks] == [
        ("SEC-101", "Elementet är tomt i den här leveransen.")
    ]


def test_a_refusal_needs_no_answers():
    assert assess({}, replace(BEDS, goes_ahead=False)).is_complete


def test_a_record_survives_storage_and_is_not_judged_anew():
    circumstances = replace(BEDS, concerns_persons=True)
    stored = parse(canonical(assess(PLAIN, circumstances, {"SEC-101": "Så här."}).as_dict()))
    read = Assessment.from_dict(stored)
    assert read.circumstances == circumstances
    assert read.answers == dict(PLAIN)
    assert {result.code for result in read.asks} == {"SEC-101", "SEC-109"}
    assert all(result.verdict is not Verdict.FAIL or result.code for result in read.results)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("counts_persons", [False, True])
def test_example_answers_are_complete_for_both_sides(side, counts_persons):
    circumstances = replace(BEDS, side=side, concerns_persons=counts_persons, is_compilation=True)
    assert assess(example_answers(counts_persons=counts_persons), circumstances).is_complete


@pytest.mark.parametrize("concerns_persons", [True, False])
def test_nothing_is_said_against_answers_that_nobody_has_given(concerns_persons):
    circumstances = replace(BEDS, side=Side.RECIPIENT, is_compilation=True, concerns_persons=concerns_persons)
    assert [finding.code for finding in assess({}, circumstances).findings] == ["SEC-001"]
    begun = {"lifting": Answer("interest", "Skäl."), "defence_and_crisis": Answer("yes")}
    assert {finding.code for finding in assess(begun, circumstances).findings} == {"SEC-001", "SEC-002"}


def test_what_answers_already_say_against_each_other_is_asked_while_others_are_missing():
    answers = {"persons": Answer("no"), "data_protection": Answer("ground", "Post 12.")}
    found = assess(answers, replace(BEDS, concerns_persons=True)).findings
    assert [finding.code for finding in found] == ["SEC-001", "SEC-101"]
