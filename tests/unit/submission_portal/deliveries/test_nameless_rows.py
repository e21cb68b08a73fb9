"""Rows without any cell of the key: units of measure above the first row, and sums without a name."""

from array import array

import pytest

from submission_portal.deliveries.reading import nameless_rows
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.grid_rows import Column, GridRows
from submission_portal.deliveries.reading.headings import map_headings
from submission_portal.deliveries.reading.nameless_rows import without_nameless_rows
from submission_portal.deliveries.reading.rows import Sorted
from submission_portal.deliveries.reading.sheets import Sheet

TABLE = Expected(
    (
        ExpectedColumn("place", ("Place",), "Place"),
        ExpectedColumn("ward", ("Ward",), "Ward"),
        ExpectedColumn("n", ("N",), "N", Written.INTEGER, is_value=True, is_additive=True),
    )
)
HEAD = ["Place", "Ward", "N"]
A, B, C, D = (["Umeå", ward, number] for ward, number in zip("abcd", ("10", "20", "30", "40"), strict=True))
UNIT, SUM_OF_TWO, OTHER = ["", "", "antal"], ["", "", "30"], ["", "", "7"]


def sort(*rows, sums=(), notes=(), as_columns=False):
    """Which of the rows under the header are data, sums and notes, by their indexes."""
    every = [HEAD, *rows]
    sheet_rows = (
        GridRows([HEAD], [Column.of(list(cells), str) for cells in zip(*rows, strict=True)]) if as_columns else every
    )
    data = [at for at in range(1, len(every)) if at not in (*sums, *notes)]
    found = Sorted(data=array("q", data), sums=list(sums), notes=list(notes))
    done = without_nameless_rows(TABLE, map_headings(TABLE, every), Sheet(sheet_rows), found)
    assert (done is found) is (list(done.data) == data)
    return list(done.data), list(done.sums), list(done.notes)


@pytest.mark.parametrize("as_columns", [False, True], ids=["rows", "columns"])
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((A, B, C), ([1, 2, 3], [], [])),
        ((UNIT, A, B), ([2, 3], [], [1])),
        ((A, UNIT, B), ([1, 2, 3], [], [])),
        ((["", "", "antal 1"], A, B), ([1, 2, 3], [], [])),
        ((A, B, SUM_OF_TWO), ([1, 2], [3], [])),
        ((SUM_OF_TWO, A, B), ([2, 3], [1], [])),
        ((A, B, OTHER), ([1, 2, 3], [], [])),
        ((UNIT, A, B, SUM_OF_TWO), ([2, 3], [4], [1])),
        ((UNIT, SUM_OF_TWO, A, B, OTHER, C), ([3, 4, 5, 6], [2], [1])),
        ((["", "a", "30"], A, B), ([1, 2, 3], [], [])),
        ((UNIT, A), ([2], [], [1])),
        ((UNIT, SUM_OF_TWO, A, B), ([3, 4], [2], [1])),
        ((UNIT, UNIT, SUM_OF_TWO, A, B), ([1, 2, 3, 4, 5], [], [])),
    ],
    ids=[
        "all named", "units", "a text further down", "a text with a digit", "a sum below", "a sum above", "other figures",
        "both", "both and other figures", "half a key", "one of two", "two of four", "three of five",
    ],
)  # fmt: skip
def test_rows_without_a_key_are_notes_or_sums_where_that_is_clear(rows, expected, as_columns):
    assert sort(*rows, as_columns=as_columns) == expected


def test_what_was_set_aside_before_stays_so_in_order():
    assert sort(A, ["Källa", "", ""], UNIT, sums=(), notes=(2,)) == ([1, 3], [], [2])
    assert sort(UNIT, A, B, ["Summa", "", "30"], SUM_OF_TWO, ["Källa", "", ""], sums=(4,), notes=(6,)) == (
        [2, 3], [4, 5], [1, 6],
    )  # fmt: skip


def test_only_data_rows_are_looked_at():
    assert sort(UNIT, A, B, OTHER, sums=(4,), as_columns=True) == ([2, 3], [4], [1])


def test_of_very_many_nameless_rows_none_is_set_aside(monkeypatch):
    for most, expected in ((1, [2, 3, 4]), (0, [1, 2, 3, 4])):
        monkeypatch.setattr(nameless_rows, "MOST", most)
        assert sort(UNIT, A, B, C)[0] == expected


def test_a_row_that_is_too_short_names_what_it_has():
    assert sort(["Umeå"], A, B, SUM_OF_TWO) == ([1, 2, 3], [4], [])
    assert sort([""], A, B) == ([2, 3], [], [1]) and sort(A, B, [""])[0] == [1, 2, 3]
