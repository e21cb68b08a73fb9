"""Identity numbers in a sheet kept as columns are found where they are found in its rows, and no row is made for nothing."""

import random

import pytest

from legal_checks.divided_numbers import HEADINGS_SEARCHED
from submission_portal.deliveries.reading.columnar.scanning import scan_columns
from submission_portal.deliveries.reading.grid_rows import Column, GridRows
from submission_portal.deliveries.reading.identity_scan import IdentityScan
from submission_portal.deliveries.reading.sheets import Sheet
from tests.factories.identity_numbers import persons, ten_digits, twelve_digits

TEN = [ten_digits(*one) for one in persons(8)]
DATES, FOURS = [ten[:6] for ten in TEN], [ten[6:] for ten in TEN]
THREES, CHECKS = [four[:3] for four in FOURS], [four[3:] for four in FOURS]
WORDS, COUNTS = list("abcdefgh"), [str(number) for number in range(11, 19)]


FIRST = HEADINGS_SEARCHED + 2
"""The sender's number of the first row that says something: the rows before it are looked at by themselves."""


def grid(*columns, titles=()):
    """Columns with their headings, under rows of titles, and so far down that no heading is looked for there."""
    head = [*titles, [heading for heading, _ in columns]]
    return GridRows(head, [Column.of(["."] * HEADINGS_SEARCHED + [*cells], str) for _, cells in columns])


def found(scan):
    return set(scan.certain.places), set(scan.doubtful.places), scan.certain.kinds, scan.doubtful.kinds


def both(rows):
    """What is found by columns and what row by row, which are to be the same."""
    by_columns, by_rows = IdentityScan(), IdentityScan()
    scan_columns(by_columns, Sheet(rows), rows, "Blad")
    by_rows.sheet(Sheet(list(rows)), "Blad")
    assert found(by_columns) == found(by_rows)
    return {(place.row, place.column) for place in (*by_columns.certain.places, *by_columns.doubtful.places)}


def below(letter, count=8):
    return {(row, letter) for row in range(FIRST, FIRST + count)}


WORD, COUNT = ("Ord", WORDS), ("Antal", COUNTS)
DATE, FOUR = ("x", DATES), ("y", FOURS)


@pytest.mark.parametrize(
    ("columns", "letter"),
    [
        ((DATE, FOUR), "A"),
        ((WORD, DATE, FOUR), "B"),
        ((DATE, FOUR, WORD), "A"),
        ((DATE, ("-", [""] * 8), FOUR), "A"),
        ((WORD, DATE, ("-", ["-"] * 8), FOUR), "B"),
        ((DATE, ("y", THREES), ("z", CHECKS)), "A"),
        ((WORD, DATE, ("y", THREES), ("z", CHECKS), WORD), "B"),
        ((("Född", DATES), WORD, WORD, ("Sista fyra", FOURS)), "A"),
        ((("Sista fyra", FOURS), WORD, ("Född", DATES)), "C"),
        ((("Sista fyra", FOURS), ("Född", DATES)), "B"),
    ],
    ids=[
        "beside", "last", "first", "around nothing", "around a sign", "over three", "over three in the middle", "apart",
        "apart, the other way", "the other way beside",
    ],
)  # fmt: skip
def test_divided_numbers_are_found_by_columns_as_row_by_row(columns, letter):
    assert both(grid(*columns)) == below(letter)


@pytest.mark.parametrize(
    "columns",
    [
        (DATE, COUNT),
        (DATE, WORD, FOUR),
        (DATE, ("-", ["--"] * 8), FOUR),
        (FOUR, DATE),
        (("Född", DATES), WORD, FOUR),
        (DATE, WORD, ("Sista fyra", FOURS)),
        (DATE, ("y", THREES), ("z", FOURS)),
        (WORD, FOUR),
        (DATE, ("y", CHECKS)),
    ],
    ids=[
        "counts", "a word between", "two signs between", "the other way", "apart under one heading",
        "apart under the other", "four digits at the end", "no dates", "one digit",
    ],
)  # fmt: skip
def test_what_is_not_divided_so_is_not_found(columns):
    assert both(grid(*columns)) == set()


@pytest.mark.parametrize("width", [2, 3])
def test_headings_above_columns_that_are_not_there_lead_nowhere(width):
    title = ["Född", *[""] * (width - 1), "Sista fyra"]
    assert both(grid(*[("x", DATES), WORD, WORD][:width], titles=[title])) == set()
    assert both(grid(*[WORD, WORD, ("x", FOURS)][-width:], titles=[title[::-1]])) == set()


def test_zeros_that_were_lost_are_found_around_a_sign_too():
    ten = ten_digits(persons(1)[0][0], 0)
    rows = grid(("x", [ten[:6], *"abc"]), ("-", ["-"] * 4), ("Sista fyra", [ten[9], *"def"]))
    assert both(rows) == below("A", 1)
    apart = grid(("Född", [ten[:6], *"abc"]), ("-", ["x"] * 4), ("Sista fyra", [ten[9], *"def"]))
    assert both(apart) == below("A", 1)


def test_under_headings_one_number_is_enough_and_zeros_may_be_lost():
    ten = ten_digits(persons(1)[0][0], 0)  # nobody is given the birth number 000
    rows = grid(("Född", [ten[:6], *["x"] * 3]), ("Sista fyra", [ten[9], *["y"] * 3]))
    assert both(rows) == below("A", 1)
    assert both(grid(("Född", [ten[:6], *["x"] * 3]), ("Värde", [ten[6:], *["y"] * 3]))) == below("A", 1)
    assert both(grid(("Dag", [ten[:6], *["x"] * 3]), ("Värde", [ten[9], *["y"] * 3]))) == set()


def test_whole_numbers_are_found_in_any_column_and_above_the_header():
    twelve = twelve_digits(*persons(1)[0])
    assert both(grid(WORD, ("Extra", [*WORDS[:7], twelve]))) == {(FIRST + 7, "B")}
    assert both(grid(("Extra", [twelve, *WORDS[:7]]), WORD)) == below("A", 1)
    assert both(grid(WORD, COUNT, titles=[["Rapport", "av", twelve]])) == {(1, "C")}
    assert both(grid(WORD, COUNT, titles=[[twelve]])) == {(1, "A")}


def test_nothing_is_made_of_a_sheet_without_numbers(monkeypatch):
    monkeypatch.setattr(IdentityScan, "sheet", lambda *_: pytest.fail("looked at row by row"))
    for columns in ((WORD, COUNT), (WORD,), (DATE, COUNT), (DATE, WORD, COUNT)):
        rows = grid(*columns)
        scan_columns(IdentityScan(), Sheet(rows), rows)


def test_rows_that_are_said_often_are_looked_at_once():
    """In any order, and with any other rows among them."""
    draw = random.Random(5)
    pairs = [*zip(DATES, FOURS, strict=True)] * 40
    draw.shuffle(pairs)
    dates, fours = zip(*pairs, strict=True)
    assert both(grid(("x", [*dates, *WORDS]), ("y", [*fours, *COUNTS]), ("z", ["-"] * 328))) == below("A", 320)
    draw.shuffle(pairs)
    mixed = [*zip(DATES, COUNTS, strict=True)] * 6
    dates, fours = zip(*mixed, strict=True)
    assert both(grid(("x", dates), ("y", fours))) == set()
