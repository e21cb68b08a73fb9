"""Which rows a sum row may sum, the likeliest first, and what they add up to."""

from decimal import Decimal

import pytest

from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.headings import map_headings
from submission_portal.deliveries.reading.rows import Sorted
from submission_portal.deliveries.reading.sheets import Sheet
from submission_portal.deliveries.reading.sums import Summed, compared_sums, decimal, sum_name

CODES = {"norra sjukhuset": "n", "n": "n", "södra": "s"}
TABLE = Expected(
    (
        ExpectedColumn("place", ("Place",), "Place", codes=CODES),
        ExpectedColumn("ward", ("Ward",), "Ward"),
        ExpectedColumn("n", ("N",), "N", Written.INTEGER, is_value=True, is_additive=True),
        ExpectedColumn("m", ("M",), "M", Written.DECIMAL, is_value=True, is_additive=True),
        ExpectedColumn("r", ("R",), "R", Written.DECIMAL, is_value=True),
        ExpectedColumn("t", ("T",), "T", is_value=True, is_additive=True),
    ),
    sum_names=frozenset({"norrbotten"}),
)
HEAD = ["Place", "Ward", "N", "M", "R", "T"]


def sheet(*rows):
    """A sheet of (place, ward, number …), in which a row whose place begins with an asterisk is a sum."""
    every = [HEAD, *([row[0].removeprefix("*"), *row[1:]] for row in rows)]
    sums = [at for at, row in enumerate(rows, start=1) if row[0].startswith("*")]
    return every, Sorted(data=[at for at in range(1, len(every)) if at not in sums], sums=sums)


def summed(*rows):
    every, found = sheet(*rows)
    return Summed.of(TABLE, map_headings(TABLE, every), every, found)


def groups(number, *rows):
    """The rows that a sum row may sum, each group by the indexes of its rows."""
    return [list(one.running.indexes[one.start : one.end]) for one in summed(*rows).groups(number)]


A, B, C, D = (("Norra sjukhuset", ward, "1") for ward in "abcd")
SUM, ALL = ("*Summa",), ("*Totalt",)


@pytest.mark.parametrize(
    ("number", "rows", "expected"),
    [
        (0, (A, B, SUM, C, SUM, D), [[1, 2], [1, 2], [4], [1, 2, 4, 6], [1, 2]]),
        (1, (A, B, SUM, C, SUM, D), [[4], [1, 2, 4], [6], [1, 2, 4, 6], [1, 2, 4]]),
        (0, (SUM, A, B), [[2, 3], [2, 3], []]),
        (0, (SUM, A, SUM, B), [[2], [2, 4], []]),
        (1, (A, SUM, SUM), [[1], [1], [1]]),
        (0, (A, B, ALL), [[1, 2], [1, 2]]),
        (0, (A, ALL, B), [[1], [1, 3]]),
        (0, (ALL, A, B), [[2, 3]]),
        (1, (A, SUM, B, ("*Norrbotten",)), [[1, 3], [1, 3]]),
        (1, (A, SUM, B, ("*", "Samtliga")), [[1, 3], [1, 3]]),
    ],
)
def test_a_sum_is_of_the_rows_before_it_or_after_it_or_of_all(number, rows, expected):
    assert groups(number, *rows) == expected


SOUTH = ("Södra", "a", "1")


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (("*Summa norra sjukhuset",), [1, 2]),
        (("*Summa N",), [1, 2]),
        (("*Summa: södra",), [3]),
        (("*", "Summa a"), [1, 3]),
        (("*södra", "Summa"), [3]),
        (("*södra", "Summa a"), [3]),
        (("*norra sjukhuset", "Summa a"), [1]),
        (("*Summa södra", "b"), [1, 2, 3]),
        (("*Summa x",), [1, 2, 3]),
        (("*Totalt södra",), [3]),
    ],
)
def test_a_sum_that_names_rows_is_of_those(total, expected):
    assert groups(0, A, B, SOUTH, total)[0] == expected


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("Summa", True),
        ("Delsumma:", True),
        ("Summa alla sjukhus", True),
        ("Total Norra sjukhuset", True),
        ("Summa n", True),
        ("Summa a", True),
        ("Summa Norrbotten", True),
        ("Summa Södra", False),
        ("Summa av allt möjligt", False),
        ("Medicin", True),
    ],
)
def test_a_word_for_a_sum_says_what_it_sums(cell, says):
    assert summed(A, B, SUM).says_what_it_sums(cell) is says


@pytest.mark.parametrize(
    ("row", "position", "expected"),
    [
        (["1,5"], 0, Decimal("1.5")),
        (["x"], 0, None),
        ([""], 0, None),
        (["1"], 1, None),
        (["0" * 99 + "7"], 0, Decimal(7)),
        (["0" * 100 + "7"], 0, None),
    ],
)
def test_a_cell_is_a_number_of_ordinary_length(row, position, expected):
    assert decimal(row, position) == expected


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (["Norra", "Summa", "1"], "Norra, Summa"),
        (["", "Summa"], "Summa"),
        (["", "", "1", "", "Delsumma"], "Delsumma"),
        (["", "", "1"], "Σ"),
        ([], "Σ"),
        (["x" * 100, "y"], "x" * 79 + "…"),
    ],
)
def test_a_sum_row_calls_itself_something(row, name):
    assert sum_name(row, summed(A, SUM).dimensions) == name


def compared(*rows):
    every, found = sheet(*rows)
    outcome = compared_sums(TABLE, map_headings(TABLE, every), Sheet(every, "Blad"), found)
    return outcome.compared, [
        (place.sheet, place.row, place.column, place.field, place.value) for place in outcome.differing
    ]


ROWS = (("n", "a", "1", "1,5", "9", "1"), ("n", "b", "2", "2,25", "9", "1"), ("n", "c", "x", "", "", ""))


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (("3", "3,75", "18", "2"), (2, [])),
        (("3", "3,805", "", ""), (2, [])),
        (("3", "3,806", "", ""), (2, [("Blad", 5, "D", "m", "Summa: 3,806 ≠ 3,75")])),
        (("3", "3,695", "", ""), (2, [])),
        (("3", "3,694", "", ""), (2, [("Blad", 5, "D", "m", "Summa: 3,694 ≠ 3,75")])),
        (("4", "", "", ""), (1, [("Blad", 5, "C", "n", "Summa: 4 ≠ 3")])),
        (("", "-", "", ""), (0, [])),
    ],
)
def test_a_sum_may_differ_by_the_rounding_of_its_terms_and_no_more(figures, expected):
    assert compared(*ROWS, ("*Summa", "", *figures)) == expected


def test_what_a_sum_is_called_is_told_in_short():
    [(*_place, value)] = compared(*ROWS, ("*Summa " + "x" * 60, "", "4"))[1]
    assert value == f"Summa {'x' * 34}: 4 ≠ 3"


def test_the_likeliest_rows_are_told_beside_what_differs():
    found = compared(ROWS[0], ("*Summa", "", "1"), ROWS[1], ("*Summa", "", "9"))
    assert [value for *_place, value in found[1]] == ["Summa: 9 ≠ 2"]
