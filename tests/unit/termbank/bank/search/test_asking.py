"""A query is read as words, and said to each database in its own way."""

import pytest

from termbank.bank.search.asking import LONGEST_QUERY, MOST_WORDS, Wanted, asked_words, fts5, tsquery, wanted


@pytest.mark.parametrize("query", ["", "   ", "!?", '"*():&|'])
def test_nothing_asked_is_no_words(query):
    assert asked_words(query) == ()


def test_a_long_query_is_cut():
    assert asked_words("x" * 10_000) == ("x" * LONGEST_QUERY,)
    assert len(asked_words("a " * 50)) == MOST_WORDS == 12


def test_a_word_finds_its_forms_its_beginning_and_compounds_that_end_with_it():
    assert wanted("platser") == Wanted(("plats", "platser"), ("platser",), ("plats", "platser"))
    assert wanted("beds").exactly == ("bed", "beds")


def test_a_short_word_finds_no_endings_and_a_letter_no_beginnings():
    assert wanted("iva") == Wanted(("iva",), ("iva",), ())
    assert wanted("säng").endings == ("säng",)
    assert wanted("sär").endings == ()
    assert wanted("x") == Wanted(("x",), (), ())
    assert wanted("ab").beginnings == ("ab",)


def test_a_form_whose_stem_is_too_short_is_an_ending_by_itself_only():
    assert wanted("dagar").endings == ("dagar",)


BED = Wanted(("bed", "beds"), ("beds",), ("beds",))


def test_sqlite_is_asked_in_the_language_of_fts5():
    assert fts5([BED], "labels", with_endings=True) == '(labels : ("bed" OR "beds" OR "beds" * OR "ʀsdeb" *))'
    assert fts5([BED, Wanted(("x",))], "texts", with_endings=False) == (
        '(texts : ("bed" OR "beds" OR "beds" *)) AND (texts : ("x"))'
    )


def test_postgresql_is_asked_in_the_language_of_tsquery():
    assert tsquery([BED], with_endings=True) == "('bed' | 'beds' | 'beds':* | 'ʀsdeb':*)"
    assert tsquery([BED, Wanted(("x",))], with_endings=False) == "('bed' | 'beds' | 'beds':*) & ('x')"
