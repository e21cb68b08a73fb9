"""Cells are numbered by columns: each different one once, in whatever pieces the file is taken."""

from itertools import cycle, islice
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from submission_portal.deliveries.reading.columnar import grid
from submission_portal.deliveries.reading.columnar.coding import Coder, SameKeyError
from submission_portal.deliveries.reading.columnar.grid import OddFileError, count_lines, numbered_columns
from submission_portal.deliveries.reading.limits import no_progress

CELLS = st.sampled_from(
    ["", "0", "7", "12", "31", "å", "123", "2026-10-01", "12345678", "Avdelning 12", "x" * 70, "y" * 64]
)
ROWS = st.lists(st.tuples(CELLS, CELLS, st.sampled_from(["1", "2", "30"])), min_size=1, max_size=40)


def numbered(rows, *, piece=1 << 18, end="\n", quotes=False, ends_line=True):
    text = end.join(";".join(f'"{cell}"' if quotes else cell for cell in row) for row in rows)
    data = (text + (end if ends_line else "")).encode()
    with patch.object(grid, "PIECE", piece):
        lines = count_lines(data, 0, len(data)) + (not data.endswith(b"\n"))
        return numbered_columns(data, 0, len(data), lines, ";", len(rows[0]), 2, no_progress)


@given(ROWS, st.sampled_from([16, 200, 1 << 18]), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_every_cell_is_what_its_number_stands_for(rows, piece, end, quotes, ends_line):
    columns = numbered(rows, piece=piece, end=end, quotes=quotes, ends_line=ends_line)
    for column, cells in zip(columns, zip(*rows, strict=True), strict=True):
        assert [column.cells[code].decode() for code in column.codes] == list(cells)
        assert len(set(column.cells)) == len(column.cells)


@pytest.mark.parametrize(("different", "bytes_each"), [(255, 1), (256, 2), (65_535, 2), (65_536, 4)])
def test_numbers_take_as_few_bytes_as_they_need(different, bytes_each):
    """The empty cell has a number of its own, there or not."""
    rows = [(f"{at}", "1") for at in range(different)]
    first, second = numbered(rows)
    assert (first.codes.dtype.itemsize, second.codes.dtype.itemsize) == (bytes_each, 1)
    assert [first.cells[code] for code in first.codes] == [row[0].encode() for row in rows]


def test_a_column_of_short_cells_may_have_long_ones_further_down():
    rows = [("1", "a"), ("22", "b")] * 20 + [("En lång cell", "c"), ("1", "a")] * 20 + [("22", "")] * 20
    (first, second) = numbered(rows, piece=64)
    assert [first.cells[code].decode() for code in first.codes] == [row[0] for row in rows]
    assert sorted(first.cells) == sorted([b"", b"1", b"22", "En lång cell".encode()])
    assert sorted(second.cells) == [b"", b"a", b"b", b"c"]


def test_a_short_cell_with_the_key_of_a_longer_one_is_told_apart_or_not_at_all():
    """Keys of longer cells are mixed, and may be made to equal a short one's: then the file is read row by row."""
    coder = Coder()
    short = np.frombuffer(b"ab", dtype="<u2").astype(np.uint16)
    mix = np.uint64(0x9E3779B97F4A7C15)
    second = np.frombuffer(b"c".ljust(8, b"\0"), dtype="<u8")
    first = np.uint64(short[0]) - second * mix
    coder.codes_of([first, second], lambda _row: b"a longer cell")
    with pytest.raises(SameKeyError):
        coder.codes_of_pairs(short, lambda _row: b"ab")


@pytest.mark.parametrize("longer_first", [True, False])
def test_a_cell_of_one_word_is_never_taken_for_one_of_two_with_its_key(longer_first):
    second = np.frombuffer(b"c".ljust(8, b"\0"), dtype="<u8")
    one = np.frombuffer(b"a".ljust(8, b"\0"), dtype="<u8")
    two = [one - second * np.uint64(0x9E3779B97F4A7C15), second]
    batches = [[one], two]
    coder = Coder()
    coder.codes_of(batches[longer_first], lambda _row: b"the first")
    with pytest.raises(SameKeyError):
        coder.codes_of(batches[not longer_first], lambda _row: b"the other")


@pytest.mark.parametrize("bad", [3, 199])
def test_the_first_row_with_other_cells_than_the_others_is_named(bad):
    rows = list(islice(cycle([("1", "2"), ("3", "4")]), 200))
    text = "\n".join(";".join((*row, "5") if at == bad else row) for at, row in enumerate(rows))
    data = text.encode()
    with patch.object(grid, "PIECE", 50), pytest.raises(OddFileError) as odd:
        numbered_columns(data, 0, len(data), 200, ";", 2, 2, no_progress)
    assert odd.value.row == bad + 2
