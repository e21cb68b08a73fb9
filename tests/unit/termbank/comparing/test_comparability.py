"""Whether two statements count the same thing."""

import pytest

from termbank.comparing.comparability import Verdict, compare
from tests.factories.concepts import ALL_YES, statement


def test_the_same_answers_count_the_same():
    result = compare(statement(ALL_YES, region="24"), statement(ALL_YES))
    assert result.verdict is Verdict.SAME
    assert result.same_wording


def test_one_different_answer_is_enough_and_is_named():
    result = compare(statement(ALL_YES), statement({**ALL_YES, "technical-beds-counted": "no"}))
    assert result.verdict is Verdict.DIFFERENT
    assert [pair.question for pair in result.differing] == ["technical-beds-counted"]


def test_silence_is_neither_same_nor_different():
    result = compare(statement(ALL_YES), statement({**ALL_YES, "must-be-available": "not_stated"}))
    assert result.verdict is Verdict.UNKNOWN
    assert [pair.question for pair in result.undecided] == ["must-be-available"]


def test_a_difference_outweighs_silence():
    other = {**ALL_YES, "must-be-available": "not_stated", "technical-beds-counted": "no"}
    assert compare(statement(ALL_YES), statement(other)).verdict is Verdict.DIFFERENT


def test_partly_in_different_words_cannot_be_told():
    left = {**ALL_YES, "technical-beds-counted": ("partly", "bara IVA")}
    right = {**ALL_YES, "technical-beds-counted": ("partly", "inte IVA")}
    assert compare(statement(left), statement(right)).verdict is Verdict.UNKNOWN
    assert compare(statement(left), statement(left)).verdict is Verdict.SAME


def test_statements_on_different_versions_of_the_wording_say_so():
    assert not compare(statement(ALL_YES, wording="a" * 64), statement(ALL_YES, wording="b" * 64)).same_wording


def test_statements_on_different_concepts_are_not_compared():
    with pytest.raises(ValueError, match="different concepts"):
        compare(statement(ALL_YES), statement({"as-worded": "yes"}, concept="vardtid"))


@pytest.mark.parametrize("swapped", [False, True])
def test_the_verdict_is_the_same_both_ways(swapped):
    sides = [statement(ALL_YES), statement({**ALL_YES, "must-be-available": "no"})]
    left, right = reversed(sides) if swapped else sides
    assert compare(left, right).verdict is Verdict.DIFFERENT


def test_a_question_that_is_no_longer_asked_is_still_compared():
    result = compare(statement({**ALL_YES, "old-question": "yes"}), statement({**ALL_YES, "old-question": "no"}))
    assert [pair.text.sv for pair in result.differing] == ["old-question"]
