"""A sheet kept as columns is the same rows as a list of them, whoever asks for which of them."""

from collections import Counter

import numpy as np
import pytest

from submission_portal.deliveries.reading import grid_rows
from submission_portal.deliveries.reading.grid_rows import Column, GridRows, cells_at, counted_cells, narrowest

HEAD = [["Titel"], ["Ort", "Antal"]]
TOWNS, COUNTS = ["Umeå", "", "Luleå", "Umeå"], ["1", "2", "1", "1"]
ROWS = [*HEAD, *map(list, zip(TOWNS, COUNTS, strict=True)), [], []]


def grid(empty=2):
    return GridRows(HEAD, [Column.of(TOWNS, str), Column.of(COUNTS, str)], empty)


def indexes(*numbers):
    return np.array(numbers, dtype=np.int64)


@pytest.mark.parametrize(("count", "size"), [(0, 1), (256, 1), (257, 2), (65_536, 2), (65_537, 4)])
def test_indexes_take_as_few_bytes_as_they_need(count, size):
    assert narrowest(count).itemsize == size and narrowest(count).kind == "u"


def test_rows_are_made_as_they_were():
    rows = grid()
    assert len(rows) == len(ROWS) and list(rows) == ROWS
    assert [rows[at] for at in range(len(ROWS))] == ROWS
    assert [rows[-at] for at in range(1, len(ROWS) + 1)] == ROWS[::-1]
    for at in (slice(1, 3), slice(None, None, 2), slice(-3, None), slice(5, 2)):
        assert rows[at] == ROWS[at]
    for at in (len(ROWS), -len(ROWS) - 1):
        with pytest.raises(IndexError):
            _ = rows[at]
    assert list(grid(0)) == ROWS[:-2]


def test_many_rows_are_made_some_at_a_time(monkeypatch):
    for at_once in (1, 2, 3, 4, 5):
        monkeypatch.setattr(grid_rows, "AT_ONCE", at_once)
        assert list(grid()) == ROWS


def test_the_texts_of_a_sheet_are_those_of_its_head_and_its_columns():
    assert list(grid().texts()) == ["Titel", "Ort", "Antal", "Umeå", "", "Luleå", "1", "2"]


def test_a_column_knows_what_it_has():
    towns = Column.of(TOWNS, str)
    assert (towns.has(["Luleå"]), towns.has(["Kiruna", "Umeå"]), towns.has(["Kiruna"]), towns.has([])) == (
        True, True, False, False,
    )  # fmt: skip
    assert towns.is_any(["Umeå", "Kiruna"]).tolist() == [True, False, False, True]
    assert towns.is_any([]).tolist() == [False] * 4
    assert towns.is_filled().tolist() == [True, False, True, True]
    assert Column.of(COUNTS, str).is_filled().tolist() == [True] * 4


def test_cells_are_counted_in_some_rows_or_in_all(monkeypatch):
    towns = Column.of(TOWNS, str)
    for at_once in (1, 2, 3, 4, 9):
        monkeypatch.setattr(grid_rows, "COUNTED_AT_ONCE", at_once)
        assert towns.counts(None).tolist() == [2, 1, 1]
        assert towns.counts(indexes(0, 3, 1)).tolist() == [2, 1, 0]
        assert towns.counts(indexes()).tolist() == [0, 0, 0]


def test_the_cells_that_are_used_are_those_of_the_rows():
    towns = Column.of(TOWNS, str)
    assert towns.used(None) == ["Umeå", "", "Luleå"]
    assert towns.used(indexes(0, 3)) == ["Umeå"] and towns.used(indexes(1)) == [""]
    assert Column.of(COUNTS, str).used(None) == ["1", "2"]
    knows_nothing = Column(["", "a"], np.array([1, 1], dtype=np.uint8))
    assert knows_nothing.used(None) == ["a"], "every column knows the empty cell, there or not"


def test_a_column_has_cells_where_one_is_not_empty():
    rows = GridRows(HEAD, [Column.of(TOWNS, str), Column.of([""] * 4, str)])
    assert [rows.has_cells(at) for at in (0, 1, 2, 9)] == [True, False, False, False]


def test_what_stands_beside_each_other_is_said_once():
    assert set(grid().together([0, 1], indexes(2, 3, 4, 5))) == {("Umeå", "1"), ("", "2"), ("Luleå", "1")}
    assert grid().together([1, 0], indexes(2, 5)) == [("1", "Umeå")]
    assert grid().together([0], indexes(3)) == [("",)]


@pytest.mark.parametrize("rows", [grid(), ROWS], ids=["columns", "rows"])
def test_cells_of_a_column_come_in_the_order_of_the_rows_asked_for(rows):
    assert list(cells_at(rows, 0, [5, 2, 3])) == ["Umeå", "Umeå", ""]
    assert list(cells_at(rows, 1, [4])) == ["1"]
    assert counted_cells(rows, 0, [2, 3, 4, 5]) == Counter({"Umeå": 2, "": 1, "Luleå": 1})
    assert counted_cells(rows, 0, [2, 3, 5]) == Counter({"Umeå": 2, "": 1})
    assert counted_cells(rows, 1, []) == Counter()


def test_a_row_that_is_too_short_has_empty_cells():
    assert list(cells_at([["Ort", "Antal"], ["Umeå"], ["Luleå", "1"]], 1, [1, 2])) == ["", "1"]
