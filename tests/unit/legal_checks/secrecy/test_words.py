"""The words that questions are asked in are content: what is kept of them says all that a page shows."""

from legal_checks.secrecy.named_provisions import PROVISIONS_BY_ID
from legal_checks.secrecy.questions import QUESTIONS
from legal_checks.secrecy.rules import RULES
from legal_checks.secrecy.words import Words, current
from registry.content.canonical import canonical, parse


def test_words_are_the_same_after_they_have_been_kept():
    kept = Words.from_dict(parse(canonical(current().as_dict())))
    assert kept.questions == QUESTIONS
    assert kept == current()


def test_they_hold_every_provision_and_rule_that_a_question_or_a_rule_names():
    named = {one for question in QUESTIONS for one in question.provisions}
    named |= {one for rule in RULES for one in rule.provisions}
    assert {key: PROVISIONS_BY_ID[key] for key in named} == dict(current().provisions)
    assert {rule.code for rule in RULES} <= set(current().rules)


def test_a_question_that_was_not_asked_is_none():
    assert current().question("persons") is not None
    assert current().question("made up") is None
