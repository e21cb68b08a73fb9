"""A text file read by columns: what its lines, its header and its end may be, and why it is read row by row otherwise."""

import pytest

from submission_portal.deliveries.reading.archives import UnreadableError
from submission_portal.deliveries.reading.columnar import text_files
from submission_portal.deliveries.reading.columnar.grid import LINE_ENDS, QUOTES, WIDTHS, OddFileError
from submission_portal.deliveries.reading.columnar.text_files import DELIMITER, ENCODING, NO_HEADER, read_by_columns
from submission_portal.deliveries.reading.limits import Limits


def header_of(rows):
    """The first row that begins with *Ort*."""
    return next(((at, 1) for at, row in enumerate(rows) if row[:1] == ["Ort"]), (0, 0))


def made(data, *, single_byte="windows-1252", progress=None, **limits):
    if isinstance(data, str):
        data = data.encode()
    told = [] if progress is None else progress
    return read_by_columns(
        data, score=lambda rows: max(map(len, rows), default=0), header_of=header_of, limits=Limits(**limits),
        single_byte=lambda: single_byte, progress=lambda *more: told.append(more),
    )  # fmt: skip


def why(data, **more):
    with pytest.raises(OddFileError) as odd:
        made(data, **more)
    return odd.value.why, odd.value.row


@pytest.mark.parametrize(
    ("data", "rows", "encoding", "delimiter"),
    [
        ("Ort;n\nUmeå;1\nLuleå;2\n", [["Ort", "n"], ["Umeå", "1"], ["Luleå", "2"]], "utf-8", ";"),
        ("\ufeffOrt,n\r\nUmeå,1", [["Ort", "n"], ["Umeå", "1"]], "utf-8-sig", ","),
        ("Ort;n\r\nUmeå;1\r\n".encode("cp1252"), [["Ort", "n"], ["Umeå", "1"]], "windows-1252", ";"),
        ("Titel\n\nOrt\tn\nUmeå\t1\n", [["Titel"], [""], ["Ort", "n"], ["Umeå", "1"]], "utf-8", "\t"),
        ("sep=|\nOrt|n\nUmeå|1\n", [[], ["Ort", "n"], ["Umeå", "1"]], "utf-8", "|"),
        ('Ort;"n;m"\n"Umeå";1\n', [["Ort", "n;m"], ["Umeå", "1"]], "utf-8", ";"),
        ("Ort;n\nUmeå ;1\nUmeå;\u00a01\n", [["Ort", "n"], ["Umeå", "1"], ["Umeå", "1"]], "utf-8", ";"),
    ],
)
def test_a_tidy_file_is_its_header_and_its_rows(data, rows, encoding, delimiter):
    file = made(data)
    found = [
        [] if not any(row) and not any(expected) else row for row, expected in zip(file.sheet.rows, rows, strict=True)
    ]
    assert found == [row if any(row) else [] for row in rows]
    assert (file.encoding, file.delimiter, file.lines) == (encoding, delimiter, len(rows))


@pytest.mark.parametrize(
    ("end", "empty"),
    [("", 0), ("\n", 0), ("\n\n", 1), ("\n\n\n", 2), ("\r\n", 0), ("\r\n\r\n", 1), ("\n\r\n", 1), ("\r\n\n", 1)],
)
def test_empty_lines_at_the_end_are_counted(end, empty):
    file = made(f"Ort;n\nUmeå;1\nLuleå;2{end}")
    assert (file.sheet.rows.height, file.sheet.rows.empty, file.lines) == (2, empty, 3 + empty)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("n;m\n1;2\n", (NO_HEADER, None)),
        ("sep=å\nOrtån\nUmån\n", (DELIMITER, None)),
        ("Ort;n\nUmeå;1\r", (LINE_ENDS, None)),
        ("Ort;n\rUmeå;1\n", (LINE_ENDS, None)),
        ('Ort;"n\nm"\nUmeå;1\n', (QUOTES, None)),
        ('Ort;n\nUmeå;"1\n2"\n', (QUOTES, None)),
        ('Ort;n\nUmeå;"1\n', (QUOTES, None)),
        ("Ort;n\nUmeå;1;2\n", (WIDTHS, 2)),
        ("Ort;n\nUmeå;1\nUmeå\n", (WIDTHS, 3)),
        ("Titel\nOrt;n\nUmeå\n", (WIDTHS, 3)),
        ("Ort;n\n", (WIDTHS, 2)),
        ("Titel\nOrt;n\n\n", (WIDTHS, 3)),
        ("Ort;n", (WIDTHS, 2)),
        (b"Ort;n\nUme\x81;1\n", (ENCODING, None)),
    ],
)
def test_why_a_file_is_read_row_by_row_is_said(data, expected):
    assert why(data) == expected


def test_another_encoding_than_windows_1252_is_read_row_by_row():
    data = "Ort;n\nUmeå;1\n".encode("cp1252")
    assert made(data).encoding == "windows-1252"
    assert why(data, single_byte="cp850") == (ENCODING, None)
    assert made("Ort;n\nUmeå;1\n", single_byte="cp850").encoding == "utf-8"
    assert why(b"\xef\xbb\xbf" + data) == (ENCODING, None), "a mark of UTF-8 before what is none"


def test_the_encoding_is_that_of_the_whole_file(monkeypatch):
    monkeypatch.setattr(text_files, "HEAD_BYTES", 12)
    assert made("Ort;n\nLund;1\nUmeå;2\n").encoding == "utf-8"
    late = made("Ort;n\nLund;1\nUmeå;2\n".encode("cp1252"))
    assert (late.encoding, late.sheet.rows[2]) == ("windows-1252", ["Umeå", "2"])
    assert why("Ort;å\nLund;1\n".encode() + "Umeå;2\n".encode("cp1252")) == (ENCODING, None)


@pytest.mark.parametrize("size", [5, 6, 7, 11, 12, 13, 40])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_header_is_looked_for_in_whole_lines_at_the_beginning(monkeypatch, size, mark):
    data = mark + b"Ort;n\nLund;1\nUmea;2\n"
    monkeypatch.setattr(text_files, "HEAD_BYTES", size)
    if size == 5:
        assert why(data) == (NO_HEADER, None)
    else:
        assert list(made(data).sheet.rows) == [["Ort", "n"], ["Lund", "1"], ["Umea", "2"]]


@pytest.mark.parametrize(
    ("limits", "is_read"),
    [
        ({"columns": 3, "rows": 4, "cells": 12}, True),
        ({"columns": 2}, False),
        ({"rows": 3}, False),
        ({"cells": 11}, False),
    ],
)
@pytest.mark.parametrize("end", ["", "\n"])
def test_a_file_is_as_large_as_the_limits_allow(limits, is_read, end):
    data = "Ort;n;m\n" + "\n".join(["Umeå;1;2"] * 4) + end
    if is_read:
        assert made(data, **limits).sheet.rows.height == 4
    else:
        with pytest.raises(UnreadableError) as unreadable:
            made(data, **limits)
        assert unreadable.value.finding.code == "FIL-017"


def test_progress_is_told_by_the_senders_rows():
    told = []
    made("Titel\nOrt;n\nUmeå;1\nLuleå;2\n", progress=told)
    assert told == [("file", 5, 0)]


def test_cells_that_are_alike_without_spaces_are_one():
    column = made("Ort;n\n a;1\na;1\nb ;1\nb;1\n").sheet.rows.columns[0]
    assert sorted(column.texts) == ["", "a", "b"]
    assert [column.texts[code] for code in column.codes] == ["a", "a", "b", "b"]
