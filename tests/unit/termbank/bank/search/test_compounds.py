"""Compounds are cut by known words, with a linking s, and otherwise left whole."""

import pytest

from termbank.bank.search.compounds import LONGEST_COMPOUND, parts, stretches


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("vårdplats", {"vård", "plats"}, ("vård", "plats")),
        ("vårdplats", {"vård", "plats", "lats", "platsen"}, ("vård", "plats")),
        ("utskrivningsdag", {"utskrivning", "dag"}, ("utskrivning", "dag")),
        ("dagdagdag", {"dag"}, ("dag", "dag", "dag")),
        ("dagdagdag", {"dag", "dagdag"}, ("dagdag", "dag")),
        ("sjukhussäng", {"sjukhus"}, ("sjukhus", "säng")),
        ("arbetsdag", {"arbet"}, ("arbet", "dag")),
        ("vårdsar", {"vård"}, ("vård", "sar")),
        ("vårdsak", {"vård"}, ("vård", "sak")),
        ("dagsjukvård", {"vård"}, ("dagsjuk", "vård")),
        ("vårdsdag", {"dag"}, ("vård", "dag")),
        ("enkvård", {"vård"}, ("enk", "vård")),
        ("bovård", {"vård"}, ()),
        ("vårdab", {"vård"}, ()),
        ("vårdabc", {"vård"}, ("vård", "abc")),
        ("vårds", {"vård"}, ()),
        ("vårdsto", {"vård"}, ("vård", "sto")),
        ("arbetsplatsdag", {"arbet", "plats", "dag"}, ("arbet", "plats", "dag")),
        ("platsarbetsdag", {"arbet", "plats", "dag"}, ("plats", "arbet", "dag")),
        ("arbetdagars", {"arbet", "dagar"}, ("arbet", "dagars")),
        ("patient", {"vård"}, ()),
        ("plats", {"plats"}, ()),
        ("", {"plats"}, ()),
    ],
)
def test_a_compound_is_cut_by_the_fewest_known_words_or_by_one_at_either_end(word, known, expected):
    assert parts(word, known) == expected


def test_a_word_that_is_too_long_is_left_whole():
    longest = "a" * (LONGEST_COMPOUND - 4) + "vård"
    assert parts(longest, {"vård"}) == ("a" * (LONGEST_COMPOUND - 4), "vård")
    assert parts(f"a{longest}", {"vård"}) == ()
    assert stretches(longest) and stretches(f"a{longest}") == frozenset()


def test_two_letters_are_no_part_though_they_are_a_word():
    assert parts("vårdab", {"vård", "ab"}) == parts("abvård", {"vård", "ab"}) == ()
    assert parts("vårdabc", {"vård", "abc"}) == ("vård", "abc")


def test_every_part_is_among_the_stretches():
    assert stretches("abcd") == {"abc", "bcd"}
    assert stretches("abc") == stretches("ab") == frozenset()
