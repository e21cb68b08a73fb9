"""A text file whose lines are all alike, read by columns; for any other `csv_files` reads row by row. Pure."""

import csv
import io
from collections.abc import Callable, Sequence

import numpy as np

from registry.findings import Text
from submission_portal.deliveries.reading.archives import UnreadableError
from submission_portal.deliveries.reading.columnar.grid import (
    LINE_ENDS,
    QUOTES,
    WIDTHS,
    Numbered,
    OddFileError,
    count_lines,
    numbered_columns,
)
from submission_portal.deliveries.reading.csv_files import CsvFile, declared_delimiter, delimiter_of
from submission_portal.deliveries.reading.grid_rows import Column, GridRows
from submission_portal.deliveries.reading.headings import HEADER_SEARCHED
from submission_portal.deliveries.reading.limits import Limits, Progress, no_progress
from submission_portal.deliveries.reading.older_encodings import WINDOWS
from submission_portal.deliveries.reading.sheets import Row, Sheet, cell_of
from submission_portal.deliveries.reading.sizes import Size, too_large

HEAD_BYTES = 1 << 20
"""The header is looked for in so much of the file."""
_MARK = b"\xef\xbb\xbf"
ENCODING = Text("okänd teckenkodning", "an unknown encoding")
NO_HEADER = Text("ingen rubrikrad", "no header row")
DELIMITER = Text("ett ovanligt skiljetecken", "an unusual separator")


def read_by_columns(
    data: bytes,
    *,
    score: Callable[[Sequence[Row]], int],
    header_of: Callable[[Sequence[Row]], tuple[int, int]],
    limits: Limits,
    single_byte: Callable[[], str] = lambda: WINDOWS,
    progress: Progress = no_progress,
) -> CsvFile:
    """The file as `csv_files.read_csv` gives it, its rows kept as columns. ``header_of``: index and score of the best header.

    Raises :class:`OddFileError` where it has to be read row by row, and :class:`UnreadableError` where it is too large.
    """
    begins = len(_MARK) if data.startswith(_MARK) else 0
    end = len(data) if len(data) <= begins + HEAD_BYTES else data.rfind(b"\n", 0, begins + HEAD_BYTES) + 1
    head, encoding = _decoded([data[begins:end]])
    delimiter = declared_delimiter(head[0]) or delimiter_of(head[0], score)
    if len(delimiter.encode()) != 1:
        raise OddFileError(DELIMITER)
    rows, offsets = _first_rows(head[0], delimiter)
    if declared_delimiter(head[0]):
        rows[0] = []
    index, found = header_of(rows)
    if not found:
        raise OddFileError(NO_HEADER)
    width = len(rows[index])
    start = begins + len(head[0][: offsets[index]].encode(encoding))
    stop, empty = _last_line(data, start)
    lines = count_lines(data, start, stop) + (not data.endswith(b"\n"))
    if width > limits.columns or lines > limits.rows or lines * width > limits.cells:
        raise UnreadableError(too_large(limits, Size(lines, width), by_columns=True))
    if stop <= start:
        raise OddFileError(WIDTHS, index + 2)
    numbered = numbered_columns(data, start, stop, lines, delimiter, width, index + 2, progress)
    columns, encoding = _columns(numbered, encoding, is_ascii=head[0].isascii())
    grid = GridRows(rows[: index + 1], columns, empty)
    if encoding != "utf-8" and (begins or single_byte() != WINDOWS):
        raise OddFileError(ENCODING)
    named = "utf-8-sig" if begins else "windows-1252" if encoding == "cp1252" else encoding
    return CsvFile(Sheet(grid), named, delimiter, len(grid))


def _decoded(parts: Sequence[bytes]) -> tuple[list[str], str]:
    """All parts in UTF-8, else all in Windows-1252. Raises :class:`OddFileError`."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return [part.decode(encoding) for part in parts], encoding
        except UnicodeDecodeError:
            continue
    raise OddFileError(ENCODING)


def _first_rows(text: str, delimiter: str) -> tuple[list[Row], list[int]]:
    """The rows in which the header is looked for, and where in the text each ends."""
    lines = io.StringIO(text, newline="").readlines()[:HEADER_SEARCHED]
    if any("\r" in line.removesuffix("\n").removesuffix("\r") or line.endswith("\r") for line in lines):
        raise OddFileError(LINE_ENDS)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        rows = [[cell_of(cell) for cell in record] for record in reader]
    except csv.Error:
        raise OddFileError(QUOTES) from None
    if len(rows) != len(lines):
        raise OddFileError(QUOTES)
    return rows, np.cumsum([len(line) for line in lines]).tolist()


def _last_line(data: bytes, start: int) -> tuple[int, int]:
    """Where the lines end, and how many empty ones come after."""
    stop = at = len(data)
    ended = 0
    while at > start and data[at - 1 : at] == b"\n":
        stop, ended = at, ended + 1
        at -= 2 if data[at - 2 : at] == b"\r\n" else 1
    return (stop, max(0, ended - 1)) if at > start else (start, 0)


def _columns(numbered: Sequence[Numbered], encoding: str, *, is_ascii: bool) -> tuple[list[Column], str]:
    """The columns with their cells as texts, and the encoding of the whole file."""
    cells = [cell for column in numbered for cell in column.cells]
    texts, of_all = _decoded(cells)
    if of_all != encoding and not is_ascii:
        raise OddFileError(ENCODING)
    columns, at = [], 0
    for column in numbered:
        cells_of = [cell_of(text) for text in texts[at : at + len(column.cells)]]
        columns.append(Column.numbered(cells_of, column.codes))
        at += len(column.cells)
    return columns, of_all
