"""Swedish order and Swedish folding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.swedish import folded, initial, sort_key, words

ALPHABETICAL = [
    "ambulans",
    "avdelning",
    "vård",
    "vårdplats",
    "wallenberg",
    "zon",
    "åldring",
    "ånga",
    "ärende",
    "öppen vård",
]


def test_å_ä_and_ö_come_after_z_and_in_that_order():
    backwards = ALPHABETICAL[::-1]
    assert sorted(backwards, key=sort_key) == ALPHABETICAL
    assert sorted(ALPHABETICAL) != ALPHABETICAL, "code-point order would put ä before å"


def test_a_shorter_word_comes_before_a_longer_and_words_before_compounds():
    assert sorted(["vårdtid", "vård i hemmet", "vård"], key=sort_key) == ["vård", "vård i hemmet", "vårdtid"]


def test_case_and_hyphens_do_not_disturb_the_order():
    assert sorted(["MVO", "mvo-kod", "Minut"], key=sort_key) == ["Minut", "MVO", "mvo-kod"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Överbeläggning", "överbeläggning"), ("Idé", "ide"), ("A\u030angström", "ångström"), ("Ærø", "ærø")],
)
def test_folding_keeps_swedish_letters_and_drops_other_accents(text, expected):
    assert folded(text) == expected


def test_danish_and_german_letters_sort_where_swedish_dictionaries_put_them():
    assert sorted(["öl", "Müller", "Myrdal", "Ærø", "ål"], key=sort_key) == ["Müller", "Myrdal", "ål", "Ærø", "öl"]


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_key_is_the_same_for_texts_that_differ_only_in_case(one, other):
    if one.casefold() == other.casefold():
        assert sort_key(one) == sort_key(other)


@given(st.text(alphabet="abcxyzåäö ", max_size=20))
def test_the_key_orders_as_the_alphabet_does(text):
    alphabet = " abcdefghijklmnopqrstuvwxyzåäö"
    other = text[::-1]
    by_alphabet = [alphabet.index(letter) for letter in " ".join(words(text))]
    other_by_alphabet = [alphabet.index(letter) for letter in " ".join(words(other))]
    assert (sort_key(text) < sort_key(other)) == (by_alphabet < other_by_alphabet)


def test_the_initial_is_the_letter_to_look_under():
    assert [initial(text) for text in ("överbelagd", "Åre", "5-dygnsvård", "")] == ["Ö", "Å", "#", "#"]
