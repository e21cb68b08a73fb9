"""The small language of patterns: what belongs to it, and what does not."""

import re

import pytest

from information_models.patterns import LONGEST, anchored, is_pattern


@pytest.mark.parametrize(
    "pattern",
    ["a", "[A-Z]", "[A-Za-z0-9]", "[A-Z-]", "[-]", "[a-a]", "[0-9]{4}", "[0-9]{4,10}", "[0-9]{4,4}", "a{1}b{2,3}",
     "[a-z_ .-]", "SE[0-9]{10}-[A-Za-z0-9]{1,18}", "Å", "x" * LONGEST],
)  # fmt: skip
def test_a_pattern_of_the_language(pattern):
    assert is_pattern(pattern)
    re.compile(anchored(pattern))


@pytest.mark.parametrize(
    "pattern",
    ["", "x" * (LONGEST + 1), "[z-a]", "[9-0]", "[A-z]", "[a-Z]", "[a-9]", "[--]", "[-a]", "[a--z]", "[a-c-e]", "[]", "[a",
     "a]", "a{4,3}", "a{10,9}", "a{}", "a{,3}", "a{3,}", "a{1000}", "a{1}{2}", "(a)", "a+", "a*", "a?", "a|b", "^a", "a$", ".",
     "\\d", "[A-Z][z-a]", "[^a]"],
)  # fmt: skip
def test_no_pattern_of_the_language(pattern):
    assert not is_pattern(pattern)


def test_a_count_is_compared_as_a_number():
    assert is_pattern("a{9,10}") and not is_pattern("a{10,9}")


def test_a_pattern_is_of_the_whole_text():
    assert anchored("[A-Z]{2}") == "^[A-Z]{2}$"
