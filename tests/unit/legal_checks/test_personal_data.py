"""Identity numbers are found however they are written, and only where they are right.

The number 811218-9876 is the one that the tax agency itself uses as an example; the others are made from it.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal_checks.number_forms import NumberKind, tokens
from legal_checks.personal_data import has_number


def numbers_in(text):
    """The right numbers of a text, each with where it stands and its kind."""
    found = [(token.start, token.end, token.kind) for token in tokens(text) if token.is_right]
    assert has_number(text) == bool(found)
    return found


def check_digit(nine: str) -> str:
    total = 0
    for index, digit in enumerate(nine):
        product = int(digit) * (2 - index % 2)
        total += product // 10 + product % 10
    return str(-total % 10)


@pytest.mark.parametrize(
    "text",
    [
        "811218-9876",
        "8112189876",
        "19811218-9876",
        "198112189876",
        "811218+9876",
        "811218 9876",
        "811218 - 9876",
        "811218–9876",
        "811218−9876",
        "1981-12-18-9876",
        "81\u200b1218-9876",
        "８１１２１８-９８７６",
        "8112189876.0",
        "Patient811218-9876x",
        "(811218-9876)",
        "1;8112189876;2",
    ],
)
def test_a_personal_identity_number_is_found_however_it_is_written(text):
    assert [kind for _start, _end, kind in numbers_in(text)] == [NumberKind.PERSONAL_IDENTITY]


def test_a_coordination_number_is_told_apart():
    assert [kind for _start, _end, kind in numbers_in("811278-9873")] == [NumberKind.COORDINATION]


@pytest.mark.parametrize(
    "text",
    [
        "811218-9875",  # wrong check digit
        "811318-9876",  # no such month
        "232100-0016",  # an organisation number
        "18112189876",  # part of a longer number
        "0.8112189876",  # decimals
        "SE2321000016-A1B2",
        "2018-03-01 0600",
        "811218--9876",
        "2026-10-01",
        "",
    ],
)
def test_what_is_no_identity_number_is_left_alone(text):
    assert not has_number(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1,98112189876E+11", NumberKind.PERSONAL_IDENTITY),
        ("1.98112189876e11", NumberKind.PERSONAL_IDENTITY),
        ("8,112189876E+09", NumberKind.PERSONAL_IDENTITY),
        ("19.8112189876E+10", NumberKind.PERSONAL_IDENTITY),
        ("198112189876E0", NumberKind.PERSONAL_IDENTITY),
        ("1981121898760E-1", NumberKind.PERSONAL_IDENTITY),
        ("1,98112789873E+11", NumberKind.COORDINATION),
        ("１,98112189876E+11", NumberKind.PERSONAL_IDENTITY),
        ("1,9811218985E+11", NumberKind.PERSONAL_IDENTITY),  # ends with 0, which programs drop
    ],
)
def test_a_number_in_scientific_notation_is_found(text, kind):
    assert numbers_in(f"rad 1; {text} ;") == [(7, 7 + len(text), kind)]
    assert has_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "1,98112189875E+11",  # wrong check digit
        "1,98112E+11",  # rounded: the last four are gone
        "1,9811218E+11",
        "1,98112189876E+12",  # thirteen digits
        "1,98112189876E+999",
        "1,98112189876E-11",
        "a1.98112189876e11b",  # part of a word
        "12,5E+3",
    ],
)
def test_a_scientific_number_that_does_not_tell_anybody_is_left_alone(text):
    assert not has_number(text)


def test_two_numbers_beside_each_other_are_both_found():
    assert [kind for _start, _end, kind in numbers_in("8112189876 8112789873")] == [
        NumberKind.PERSONAL_IDENTITY,
        NumberKind.COORDINATION,
    ]


@given(
    st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    st.integers(0, 999),
    st.sampled_from(["", "-", "+", " "]),
    st.booleans(),
    st.booleans(),
    st.text(alphabet="abcåäö;,. \t\n", max_size=20),
)
def test_every_right_number_is_found_in_any_surroundings(born, birth_number, separator, century, coordination, around):
    day = born.day + (60 if coordination else 0)
    nine = f"{born:%y%m}{day:02d}{birth_number:03d}"
    digits = nine + check_digit(nine)
    number = (f"{born.year // 100}" if century else "") + digits[:6] + separator + digits[6:]
    text = f"{around}\n{number}\n{around}"
    assert [text[start:end] for start, end, _kind in numbers_in(text)] == [number]


@given(st.lists(st.integers(0, 999_999), max_size=30), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_counts_and_days_in_a_row_are_never_taken_for_numbers(counts, day):
    row = ";".join([day.isoformat(), *map(str, counts), (day + timedelta(1)).isoformat()])
    assert not has_number(row)
