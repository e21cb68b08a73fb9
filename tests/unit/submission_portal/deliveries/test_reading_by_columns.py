"""Columns are numbered in pieces and by words of eight bytes: where pieces, words and lines end changes nothing that is read."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submission_portal.deliveries.reading.columnar import grid
from submission_portal.deliveries.reading.columnar.coding import Coder
from submission_portal.deliveries.reading.columnar.grid import OddFileError, numbered_columns
from submission_portal.deliveries.reading.limits import no_progress
from tests.unit.submission_portal.deliveries.test_both_roads import CLEAN_ROWS, Form, assert_same, made

FORM = Form(";", "utf-8", "\n", quotes=False, ends_line=True)


def numbered(data: bytes, width: int, *, start: int = 0, progress=no_progress):
    """The cells of lines that end as the file does."""
    lines = data.count(b"\n", start) + (not data.endswith(b"\n"))
    columns = numbered_columns(data, start, len(data), lines, ";", width, 1, progress)
    return [[column.cells[code] for code in column.codes.tolist()] for column in columns]


def test_cells_of_every_length_are_told_apart():
    """Words end after eight bytes, and what is longer than eight words is numbered one by one."""
    cells = [letter * length for length in range(80) for letter in (b"a", b"b")]
    cells += [b"x" * length + end for length in (1, 7, 8, 15, 63, 64, 70) for end in (b"1", b"2", b"3")]
    mixed = random.Random(7).sample(cells * 3, len(cells) * 3)
    assert numbered(b"\n".join(b"k;" + cell for cell in mixed), 2)[1] == mixed


def test_many_different_cells_keep_their_numbers_from_piece_to_piece(monkeypatch):
    monkeypatch.setattr(grid, "PIECE", 4_000)
    cells = [f"{number * 7919 % 5000}".encode() for number in range(12_000)]
    long = [b"avdelning nummer " + cell for cell in cells]
    read = numbered(b"\n".join(b";".join(pair) for pair in zip(cells, long, strict=True)), 2)
    assert read == [cells, long]


def test_a_column_has_each_different_cell_once():
    coder = Coder()
    words = np.array([int.from_bytes(cell, "little") for cell in (b"abc", b"", b"abd", b"abc")], dtype=np.uint64)
    cells = [b"abc", b"", b"abd", b"abc"]
    codes = coder.codes_of([words], cells.__getitem__)
    assert [coder.cells[code] for code in codes] == cells
    assert codes[0] == codes[3] != codes[2] and codes[1] == 0 and len(coder.cells) == 3
    assert coder.codes_of([words], cells.__getitem__).tolist() == codes.tolist()
    assert coder.code_of_long(b"z" * 90) == coder.code_of_long(b"z" * 90) == 3


def test_cells_that_were_met_are_found_all_at_once_and_not_one_by_one(monkeypatch):
    cells = [str(number * 7919).encode() for number in range(1, 5001)]
    words = [np.array([int.from_bytes(cell, "little") for cell in cells], dtype=np.uint64)]
    coder, sought, one_by_one = Coder(), [], Coder._code
    for _piece in range(4):
        first = coder.codes_of(words, cells.__getitem__)
    assert [coder.cells[code] for code in first] == cells
    monkeypatch.setattr(Coder, "_code", lambda coder, key, *more: sought.append(key) or one_by_one(coder, key, *more))
    assert coder.codes_of(words, cells.__getitem__).tolist() == first.tolist()
    assert len(sought) < 100, "few want the same place"


def test_progress_is_told_at_least_every_half_mebibyte():
    data, told = b"2026-10-01;12\n" * (3 * 2**19 // 14), []
    numbered(data, 2, progress=lambda stage, done, total: told.append((stage, done, total)))
    assert [stage for stage, *_ in told] == ["file"] * len(told) and len(told) >= 3
    rows = [done for _stage, done, _total in told]
    assert rows == sorted(rows) and rows[-1] == 1 + data.count(b"\n") and {total for *_, total in told} == {0}


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (["a;b", "a", "a;b"], 2), (["a;b", "a;b", "a;b;c"], 3), (["a", "a;b;c", "a;b"], 1), (["a;b", "a;b", "a"], 3),
        (['a;"b', "a;b"], None), (['a;b"', "a;b"], None), (['"a";b', 'a;"b" ', "a;b"], 2), (['a;b', 'a;""b'], 2), (['"a";b', 'a";"b'], 2),
        (["a;b", "a\r;b"], None), (["a;b", "\x00;b"], None),
    ],
)  # fmt: skip
def test_the_first_odd_row_is_named(lines, row):
    with pytest.raises(OddFileError) as odd:
        numbered("\n".join(lines).encode(), 2)
    assert odd.value.row == row


@pytest.mark.parametrize("quoted", ['"a"', '""', '"a;b"', '"', "a"])
def test_quotation_marks_around_a_cell_are_no_part_of_it(quoted):
    lines = f'x;{quoted}\n"y";z'.encode()
    if quoted == '"':
        with pytest.raises(OddFileError):
            numbered(lines, 2)
    else:
        assert numbered(lines, 2) == [[b"x", b"y"], [quoted.strip('"').encode(), b"z"]]


@pytest.mark.parametrize(
    "end", ["", "\n", "\r\n", "\n\n", "\r\n\r\n", "\n\r\n", "\r\n\n", "\r\n\r\n\r\n", "\n\n\n\n", " \n", "\r"]
)
@pytest.mark.parametrize("before", ["\n", "\r\n"])
def test_lines_end_where_they_end_and_empty_ones_are_counted_alike(before, end):
    rows = [("2026-10-01", "Norra sjukhuset", f"Avd {at}", "1", "2", "3") for at in range(3)]
    data = made(rows, Form(";", "utf-8", before, quotes=False, ends_line=False))
    assert_same(data + end.encode())
    assert_same(data.splitlines()[0] + end.encode())


@settings(max_examples=25, deadline=None)
@given(CLEAN_ROWS, st.integers(1, 400), st.booleans())
def test_a_whole_file_is_read_alike_in_pieces_of_any_size(rows, piece, quotes):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(grid, "PIECE", piece)
        assert_same(made(rows, Form(";", "utf-8", "\r\n", quotes, ends_line=True)))
