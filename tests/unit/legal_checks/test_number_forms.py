"""What is written like an identity number is seen in every form, and skipped quickly where there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal_checks.number_forms import WORTH_JUDGING, Form, NumberKind, tokens, worth_judging
from legal_checks.reserve_numbers import format_of
from tests.factories.identity_numbers import loosely_written, ways_of_writing


@given(st.text(alphabet="0123456789 -+_./:\t\nEeA\u200b１", max_size=30))
def test_nothing_is_left_out_of_what_is_worth_judging(text):
    if list(tokens(text)):
        assert worth_judging(text)


def test_the_pattern_can_search_a_frame():
    import polars as pl

    texts = [*ways_of_writing().values(), "2026", "123456,12", "Medicin"]
    found = pl.Series(texts).str.contains(WORTH_JUDGING).to_list()
    assert found == [worth_judging(text) for text in texts]


@pytest.mark.parametrize("text", [*ways_of_writing().values(), *loosely_written().values()])
def test_a_number_is_a_token_however_it_is_written(text):
    assert any(token.kind is not None for token in tokens(text))


def test_a_token_says_where_it_is_also_where_something_invisible_stands_in_it():
    (token,) = tokens("se 81\u200b1218-9876.")
    assert (token.start, token.end, token.form, token.kind) == (3, 15, Form.DASHED_TEN, NumberKind.PERSONAL_IDENTITY)


@pytest.mark.parametrize(
    ("number", "giver"),
    [
        ("22950606FH20", "nationellt"),
        ("19810829M071", "Västra Götaland"),
        ("19810829M070", "Västra Götaland, äldre"),
        ("19810829SU3A", "Värmland"),
        ("19810829TB1F", "Örebro län"),
        ("810829DA1B", "Skåne"),
        ("20200501AA8A", "Blekinge, Sörmland"),
        ("18500101N123", "Västra Götaland, äldre"),
        ("20100101014R", "Västernorrland"),
        ("19811329SU3A", None),
        ("198108291234", None),
    ],
)
def test_reserve_numbers_have_their_givers_formats(number, giver):
    found = format_of(number)
    assert (found and found.giver) == giver
