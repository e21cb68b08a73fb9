"""The lines of a text file that all have the same number of cells → columns of numbered cells. Pure.

Bytes in and numbers out, a piece of the file at a time: neither lists of rows nor a text of the whole file is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from registry.findings import Text
from submission_portal.deliveries.reading.columnar.coding import MOST_WORDS, SHORT, WORD, Coder, SameKeyError
from submission_portal.deliveries.reading.grid_rows import narrowest
from submission_portal.deliveries.reading.limits import Progress

PIECE = 1 << 18
"""So many bytes are taken at a time: they and what is made of them fit a processor's cache."""
_LINE_FEED, _QUOTE = ord("\n"), ord('"')
_LONGEST = WORD * MOST_WORDS
_PADDING = bytes(_LONGEST + WORD)


class OddFileError(Exception):
    """The file has to be read row by row. ``row`` is the first that says so, as the sender counts, where it is known."""

    def __init__(self, why: Text, row: int | None = None) -> None:
        super().__init__(why.en)
        self.why, self.row = why, row


LINE_ENDS = Text("radbrytningar av flera slag", "line breaks of several kinds")
NUL = Text("tecknet noll", "the character zero")
QUOTES = Text(
    "citattecken kring text med radbrytning eller citattecken",
    "quotation marks around text with line breaks or quotation marks",
)
WIDTHS = Text("rader med fler eller färre celler än rubriken", "rows with more or fewer cells than the header")
KEYS = Text("celler som inte kan skiljas åt", "cells that cannot be told apart")


@dataclass(frozen=True, slots=True)
class Numbered:
    """One column: the bytes of its different cells, and the number of each row's."""

    cells: list[bytes]
    codes: np.ndarray


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole lines, each ended by a line feed alone: ``octets`` are theirs, and ``padded`` has what may be read beyond."""

    padded: np.ndarray
    octets: np.ndarray

    def cell(self, start: int, length: int) -> bytes:
        return self.octets[start : start + length].tobytes()

    def words(self, at: np.ndarray) -> np.ndarray:
        """The eight bytes from each of these positions on, as one number."""
        every = np.ndarray(shape=(self.octets.size + _LONGEST,), dtype="<u8", buffer=self.padded, strides=(1,))
        found: np.ndarray = every[at]
        return found

    def pairs(self, starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        """Cells of at most two bytes, each as one number: that of its first word."""
        shortest, longest = int(lengths.min()), int(lengths.max())
        low = self.padded.take(starts)
        if shortest == 0:
            low *= lengths > 0
        keys = low.astype(np.uint16)
        if longest > 1:
            high = self.padded[1:].take(starts).astype(np.uint16)
            high <<= np.uint16(8)
            if shortest < SHORT:
                high *= lengths > 1
            keys |= high
        return keys


class _Column:
    """The numbers of a column's cells as they come, in as few bytes as they need."""

    def __init__(self, lines: int) -> None:
        self.coder = Coder()
        self.codes = np.zeros(lines, dtype=np.uint8)

    def put(self, at: int, codes: np.ndarray) -> None:
        needed = narrowest(len(self.coder.cells))
        if needed.itemsize > self.codes.dtype.itemsize:
            self.codes = self.codes.astype(needed)
        self.codes[at : at + codes.size] = codes


def count_lines(data: bytes, start: int, stop: int) -> int:
    """How many line feeds there are between two bytes.

    >>> count_lines(b"a\\nb\\n\\nc", 1, 5)
    3
    """
    octets = np.frombuffer(data, dtype=np.uint8)
    pieces = (octets[at : min(at + PIECE, stop)] for at in range(start, stop, PIECE))
    return sum(int(np.count_nonzero(piece == _LINE_FEED)) for piece in pieces)


def numbered_columns(
    data: bytes, start: int, stop: int, lines: int, delimiter: str, width: int, first_row: int, progress: Progress
) -> list[Numbered]:
    """The ``lines`` between two bytes, each of ``width`` cells. ``first_row`` is the sender's number of the first of them.

    Raises :class:`OddFileError`.
    """
    if b"\x00" in data:
        raise OddFileError(NUL)
    columns = [_Column(lines) for _ in range(width)]
    at = 0
    try:
        for piece in _pieces(data, start, stop):
            at += _read_piece(piece, delimiter, columns, at, first_row)
            progress("file", first_row + at, 0)
    except SameKeyError:
        raise OddFileError(KEYS, first_row + at) from None
    return [Numbered(column.coder.cells, column.codes[:at]) for column in columns]


def _pieces(data: bytes, start: int, stop: int) -> Iterator[Piece]:
    """The lines, some at a time; nothing is copied but what has other line ends, and the last of them."""
    whole, carries = np.frombuffer(data, dtype=np.uint8), b"\r" in data
    while start < stop:
        end = data.find(b"\n", start + PIECE, stop) + 1 or stop
        if not carries and data[end - 1] == _LINE_FEED and end + len(_PADDING) <= whole.size:
            yield Piece(whole[start : end + len(_PADDING)], whole[start:end])
        else:
            lines = data[start:end].replace(b"\r\n", b"\n")
            if b"\r" in lines:
                raise OddFileError(LINE_ENDS)
            if not lines.endswith(b"\n"):
                lines += b"\n"
            padded = np.frombuffer(lines + _PADDING, dtype=np.uint8)
            yield Piece(padded, padded[: len(lines)])
        start = end


def _read_piece(piece: Piece, delimiter: str, columns: list[_Column], at: int, first_row: int) -> int:
    """Number the cells of some lines. Returns how many lines there are."""
    width, octets = len(columns), piece.octets
    is_feed = octets == _LINE_FEED
    lines = int(np.count_nonzero(is_feed))
    divides = octets == ord(delimiter)
    divides |= is_feed
    is_quote = octets == _QUOTE
    is_quoted = bool(is_quote.any())
    if is_quoted:
        divides &= np.cumsum(is_quote, dtype=np.uint8) & 1 == 0
        if not divides[-1] or np.count_nonzero(divides & is_feed) != lines:
            raise OddFileError(QUOTES)
    ends = np.flatnonzero(divides)
    if ends.size != lines * width or not is_feed.take(ends[width - 1 :: width]).all():
        where = np.flatnonzero(np.diff(np.flatnonzero(is_feed.take(ends)), prepend=-1) != width)
        raise OddFileError(WIDTHS, first_row + at + (int(where[0]) if where.size else lines))
    quoted = _quoted(is_quote, ends, first_row + at, width) if is_quoted else None
    of_columns = np.ascontiguousarray(ends.reshape(lines, width).T)
    for number, column in enumerate(columns):
        starts = of_columns[number - 1] + 1 if number else np.concatenate([[0], of_columns[-1][:-1] + 1])
        lengths = of_columns[number] - starts
        if quoted is not None:
            starts += quoted[number]
            lengths -= 2 * quoted[number]
        column.put(at, _numbers(column.coder, piece, starts, lengths))
    return lines


def _numbers(coder: Coder, piece: Piece, starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The number of each cell of a column."""

    def cell_at(row: int) -> bytes:
        return piece.cell(int(starts[row]), int(lengths[row]))

    longest = int(lengths.max())
    if longest <= SHORT:
        return coder.codes_of_pairs(piece.pairs(starts, lengths), cell_at)
    is_long = lengths > _LONGEST if longest > _LONGEST else None
    short = lengths if is_long is None else np.where(is_long, 0, lengths)
    count = -(-min(longest, _LONGEST) // WORD)
    words = [piece.words(starts + WORD * at if at else starts) & _MASKS[at].take(short) for at in range(count)]
    found = coder.codes_of(words, cell_at)
    if is_long is not None:
        for row in np.flatnonzero(is_long).tolist():
            found[row] = coder.code_of_long(cell_at(row))
    return found


def _quoted(is_quote: np.ndarray, ends: np.ndarray, row: int, width: int) -> np.ndarray:
    """By column and line 1 for a cell within quotation marks; each has two or none. ``ends``: of cells in the order of the file."""
    starts = np.concatenate([[0], ends[:-1] + 1])
    quoted = is_quote[starts] & is_quote[np.maximum(ends - 1, 0)] & (ends - starts >= 2)
    if 2 * int(quoted.sum()) != int(is_quote.sum()):
        per_cell = np.add.reduceat(is_quote, starts) if starts.size else is_quote
        where = np.flatnonzero(per_cell != 2 * quoted)
        raise OddFileError(QUOTES, row + int(where[0]) // width if where.size else None)
    of_columns: np.ndarray = quoted.reshape(-1, width).T.astype(np.int64)
    return of_columns


def _masks() -> list[np.ndarray]:
    """For each word by the length of the cell: which of its bytes belong to the cell."""
    whole = [(1 << (8 * each)) - 1 for each in range(WORD + 1)]
    return [
        np.array([whole[max(0, min(WORD, length - WORD * number))] for length in range(_LONGEST + 1)], dtype=np.uint64)
        for number in range(MOST_WORDS)
    ]


_MASKS = _masks()
