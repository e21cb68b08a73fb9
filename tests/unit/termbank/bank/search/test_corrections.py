"""What was probably meant by a misspelt word, and by several."""

import pytest

from termbank.bank.search.corrections import closest, corrected, most_changes


@pytest.mark.parametrize(("length", "changes"), [(2, 0), (3, 1), (5, 1), (6, 2), (8, 2), (9, 3), (12, 3), (60, 3)])
def test_a_third_of_the_letters_may_be_wrong_and_three_at_most(length, changes):
    assert most_changes("x" * length) == changes


def test_letters_in_each_other_s_place_are_one_change():
    assert closest("sägn", ["säng", "ugn"]) == [("säng", 1)]
    assert closest("sjukhusänsg", ["sjukhussäng", "sjukhus"]) == [("sjukhussäng", 2)]


def test_the_nearest_come_first_then_by_alphabet_and_three_at_most():
    assert closest("platser", ["plbtser", "platsern", "platserna", "platseri", "hund"]) == [
        ("platseri", 1), ("platsern", 1), ("plbtser", 1),
    ]  # fmt: skip
    assert closest("abcdef", ["abcdxy", "abcdefg"]) == [("abcdefg", 1), ("abcdxy", 2)]


def test_the_word_itself_and_what_is_too_far_are_no_corrections():
    assert closest("säng", ["säng", "sängkant"]) == []
    assert closest("ab", ["abc"]) == []


def test_each_way_to_mend_a_query_the_nearest_first():
    near = {"a": [("x", 1), ("y", 2)], "b": [("z", 1), ("w", 3)]}
    assert corrected(("a", "c", "b"), near) == [("x", "c", "z"), ("y", "c", "z"), ("x", "c", "w")]


def test_a_query_of_words_that_are_known_or_like_nothing_is_not_mended():
    assert corrected(("a", "b"), {}) == corrected(("a",), {"a": []}) == []


def test_of_many_misspelt_words_only_the_nearest_are_tried():
    near = {word: [(word * 2, 1), (word * 3, 2)] for word in "abcd"}
    assert len(corrected(tuple("abc"), near)) == 3
    assert corrected(tuple("abcd"), near) == [("aa", "bb", "cc", "dd")]
