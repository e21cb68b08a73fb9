"""An identity number over two cells is found; dates beside counts are not taken for any.

The numbers are made from the tax agency's example 811218-9876, and belong to nobody.
"""

import random
from datetime import date, timedelta

import pytest

from legal_checks.divided_numbers import LEAST_PAIRS, find_divided_numbers

PERSONS = [("19811218", "9876"), ("19811219", "9875"), ("19811220", "9872"), ("19811221", "9871"), ("19811222", "9870")]


def under(*headings, rows):
    return [list(headings), *map(list, rows)]


@pytest.mark.parametrize(
    ("date_heading", "last_heading"),
    [
        ("Födelsedatum", "Nr"),
        ("Född", "Nr"),
        ("Patientens personnummer", ""),
        ("Pnr", ""),
        ("Dag", "Sista fyra"),
        ("Dag", "4 sista"),
        ("Date of birth", "no."),
        ("", "Last four"),
    ],
)
@pytest.mark.parametrize(
    ("born", "last"),
    [("811218", "9876"), ("19811218", "9876"), ("1981-12-18", "-9876"), ("811218-", "9876"), ("19811278", "9873")],
)
def test_under_headings_that_say_so_one_row_is_enough(date_heading, last_heading, born, last):
    table = under("Avd", date_heading, last_heading, rows=[("3", born, last), ("4", "811218", "9875")])
    assert find_divided_numbers(table) == ((1, 1),)


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        (("Född", "Namn", "Sista fyra"), ("19811218", "Exempel", "9876")),
        (("Sista fyra", "Födelsedatum"), ("9876", "811218")),
        (("Födelsenr", "Avd", "Date of birth"), ("9876", "3", "1981-12-18")),
    ],
)
def test_numbers_with_columns_between_are_found_where_both_headings_say_so(headings, row):
    table = under(*headings, rows=[row, tuple("9875" if cell == "9876" else cell for cell in row)])
    born = next(place for place, cell in enumerate(row) if cell.startswith(("19", "81")))
    assert find_divided_numbers(table) == ((1, born),)
    assert not find_divided_numbers(under("Dag", "Namn", "Platser", rows=[row]))


def test_last_digits_that_lost_their_zeros_are_found_under_such_headings():
    assert find_divided_numbers(under("Född", "Sista fyra", rows=[("811228", "89")]))


def test_without_such_headings_several_persons_are_found():
    assert len(PERSONS) == LEAST_PAIRS
    table = under("A", "B", "C", rows=[(born, last, "1") for born, last in PERSONS])
    assert find_divided_numbers(table) == tuple((row, 0) for row in range(1, 6))


def test_one_miswritten_row_of_ten_hides_nobody():
    more = [("19811223", "9879"), ("19811224", "9878"), ("19811225", "9877"), ("19811226", "9876")]
    table = under("A", "B", rows=[*PERSONS, *more, ("19811227", "0000")])
    assert len(find_divided_numbers(table)) == 9


def test_a_few_rows_that_are_right_by_chance_are_left_alone():
    assert not find_divided_numbers(under("Dag", "Platser", rows=PERSONS[: LEAST_PAIRS - 1]))


def test_the_same_row_many_times_is_one_row():
    assert not find_divided_numbers(under("Dag", "Platser", rows=PERSONS[:1] * 50))


@pytest.mark.parametrize("heading", ["Födda", "Födda barn", "Disponibla vårdplatser", "Skriv inga personnummer här"])
def test_counts_beside_days_are_left_alone_whatever_is_counted(heading):
    draw = random.Random(heading)
    days = [date(2026, 1, 1) + timedelta(number) for number in range(365)]
    table = under("Dag", heading, rows=[(f"{day:%Y%m%d}", str(draw.randint(0, 9999))) for day in days])
    assert not find_divided_numbers(table)


def test_columns_of_dates_and_random_counts_are_not_taken_for_persons():
    draw = random.Random(1)
    for size in (5, 6, 7, 10, 30):
        for _ in range(200):
            start = date(1990, 1, 1) + timedelta(draw.randrange(13_000))
            rows = [(f"{start + timedelta(number):%y%m%d}", str(draw.randint(1000, 9999))) for number in range(size)]
            assert not find_divided_numbers(under("Dag", "Platser", rows=rows))


OVER_THREE = {
    "the check digit apart": [(born, last[:3], last[3]) for born, last in PERSONS],
    "a sign between": [(born, "-", last) for born, last in PERSONS],
    "nothing between": [(born, "", last) for born, last in PERSONS],
}


@pytest.mark.parametrize("rows", OVER_THREE.values(), ids=OVER_THREE)
def test_numbers_over_three_cells_are_found_in_the_same_ways(rows):
    assert find_divided_numbers(under("A", "B", "C", "D", rows=[("x", *row) for row in rows])) == tuple(
        (number, 1) for number in range(1, 6)
    )
    assert not find_divided_numbers(under("A", "B", "C", rows=rows[:4]))
    assert find_divided_numbers(under("Dag", "Födelsenr", "Kontrollsiffra", rows=rows[:1])) == ((1, 0),)


def test_a_heading_of_birth_dates_is_enough_beside_a_sign_only():
    assert find_divided_numbers(under("Född", "", "", rows=OVER_THREE["a sign between"][:1])) == ((1, 0),)
    assert not find_divided_numbers(under("Född", "Vikt", "Grad", rows=OVER_THREE["the check digit apart"][:1]))


def test_three_digits_that_lost_a_zero_are_found_under_their_heading():
    assert find_divided_numbers(under("Född", "Nr", "Kontrollsiffra", rows=[("811228", "8", "9")]))


def test_counts_in_three_columns_are_not_taken_for_persons():
    draw = random.Random(3)
    for size in (5, 6, 7, 10, 30):
        for _ in range(200):
            start = date(1990, 1, 1) + timedelta(draw.randrange(13_000))
            rows = [
                (f"{start + timedelta(number):%Y%m%d}", str(draw.randint(100, 999)), str(draw.randint(0, 9)))
                for number in range(size)
            ]
            assert not find_divided_numbers(under("Dag", "Platser", "Utlokaliserade", rows=rows))
