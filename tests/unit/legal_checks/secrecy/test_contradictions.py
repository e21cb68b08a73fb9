"""Answers that contradict each other cannot be decided on, whatever is replied; where a rule only asks, words are needed."""

from dataclasses import replace
from datetime import date

import pytest

from legal_checks.provisions import Verification
from legal_checks.secrecy import named_provisions
from legal_checks.secrecy.assessment import Assessment, assess
from legal_checks.secrecy.questions import Side
from legal_checks.secrecy.rules import RULES, STOP_CODES, Answer, Circumstances, Strength
from legal_checks.secrecy.scenarios import PLAIN
from registry.findings import Severity

BEDS = Circumstances(side=Side.DISCLOSER, on=date(2026, 11, 1))
REPLIES = {rule.code: "Det går ihop, säger vi." for rule in RULES}
WHY = "Skäl med ord."


def answers(**changes: str) -> dict[str, Answer]:
    return {**PLAIN, **{name: Answer(choice, WHY) for name, choice in changes.items()}}


CONTRADICTIONS = [
    ({"data_protection": "missing"}, "SEC-210"),
    ({"persons": "yes", "lifting": "interest"}, "SEC-202"),
    ({"lifting": "duty"}, "SEC-203"),
    ({"persons": "yes", "lifting": "duty"}, "SEC-203"),
    ({"public_document": "secrecy", "lifting": "not_needed"}, "SEC-206"),
    ({"public_document": "secrecy", "lifting": "nothing"}, "SEC-206"),
    ({"public_document": "unsure", "lifting": "nothing"}, "SEC-206"),
    ({"public_document": "unsure", "lifting": "not_needed"}, "SEC-206"),
    ({"persons": "yes", "lifting": "not_needed"}, "SEC-206"),
    ({"persons": "yes", "lifting": "nothing"}, "SEC-206"),
    ({"defence_and_crisis": "yes", "lifting": "not_needed"}, "SEC-206"),
    ({"defence_and_crisis": "yes", "lifting": "nothing"}, "SEC-206"),
    ({"persons": "yes", "defence_and_crisis": "yes", "lifting": "follows"}, "SEC-212"),
]
"""Pairs of answers, and what is found of them."""


@pytest.mark.parametrize(("given", "code"), CONTRADICTIONS, ids=lambda one: one if isinstance(one, str) else str(one))
@pytest.mark.parametrize("side", Side)
def test_contradictory_answers_cannot_be_decided_on_whatever_is_replied(given, code, side):
    assessment = assess(answers(**given), replace(BEDS, side=side), REPLIES)
    assert not assessment.is_complete
    [stopped] = [one for one in assessment.findings if one.code in STOP_CODES]
    assert (stopped.code, stopped.severity) == (code, Severity.ERROR)
    assert "Socialstyrelsen" in stopped.params["provisions"].sv


def test_every_rule_that_stops_is_met_by_a_contradiction():
    assert {code for _given, code in CONTRADICTIONS} == STOP_CODES


def test_nothing_is_stopped_where_nothing_goes_ahead():
    held = replace(BEDS, goes_ahead=False)
    assert all(assess(answers(**given), held).is_complete for given, _code in CONTRADICTIONS)


@pytest.mark.parametrize("verification", [Verification.NOT_READ, Verification.PARTLY])
def test_a_rule_only_asks_where_one_of_its_provisions_was_not_read(monkeypatch, verification):
    unread = replace(named_provisions.PROVISIONS_BY_ID["gdpr-6"], verification=verification)
    monkeypatch.setitem(named_provisions.PROVISIONS_BY_ID, "gdpr-6", unread)
    found = assess(answers(data_protection="missing"), BEDS)
    assert [(one.code, one.severity) for one in found.findings] == [("SEC-110", Severity.QUESTION)]
    assert assess(answers(data_protection="missing"), BEDS, {"SEC-110": "Grunden utreds i ärende EX-1."}).is_complete


@pytest.mark.parametrize("text", [".", "–", "  ...  ", "1", "_ _"])
def test_reasons_and_replies_without_words_say_nothing(text):
    given = {**PLAIN, "security_protection": Answer("no", text)}
    assert "SEC-004" in {one.code for one in assess(given, BEDS, REPLIES).findings}
    given = answers(security_protection="no")
    assert [one.code for one in assess(given, BEDS, {"SEC-111": text}).findings] == ["SEC-111"]


def test_what_was_decided_before_stays_as_it_was_recorded():
    before = assess(answers(data_protection="missing"), replace(BEDS, goes_ahead=False)).as_dict()
    before |= {
        "goes_ahead": True,
        "rules": [{"rule": "ground-is-not-missing", "code": "SEC-110", "verdict": "fail", "reply": "."}],
    }
    [asked] = Assessment.from_dict(before).asks
    assert (asked.code, asked.reply) == ("SEC-110", ".")


def test_rules_that_stop_are_few_and_named():
    assert [rule.id for rule in RULES if rule.strength is Strength.STOPS] == [
        "general-clause-is-not-for-persons",
        "duty-is-in-force",
        "remaining-secrecy-is-met",
        "ground-is-not-missing",
        "lifting-lifts-what-is-named",
    ]
