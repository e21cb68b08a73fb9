"""The lines of a text file that all have the same number of cells → columns of numbered cells. Pure.

Bytes in and numbers out, a piece of the file at a time: neither lists of rows nor a text of the whole file is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from registry.findings import Text
from submission_portal.deliveries.reading.columnar.coding import MOST_WORDS, WORD, Coder, SameKeyError
from submission_portal.deliveries.reading.limits import Progress

PIECE = 1 << 19
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


def numbered_columns(
    data: bytes, start: int, stop: int, lines: int, delimiter: str, width: int, first_row: int, progress: Progress
) -> list[Numbered]:
    """The ``lines`` between two bytes, each of ``width`` cells. ``first_row`` is the sender's number of the first of them.

    Raises :class:`OddFileError`.
    """
    if b"\x00" in data:
        raise OddFileError(NUL)
    codes = np.zeros((width, lines), dtype=np.uint32)
    coders = [Coder() for _ in range(width)]
    at = 0
    try:
        for piece in _pieces(data, start, stop):
            at += _read_piece(piece, delimiter, coders, codes, at, first_row)
            progress("file", first_row + at, 0)
    except SameKeyError:
        raise OddFileError(KEYS, first_row + at) from None
    return [Numbered(coder.cells, column[:at]) for coder, column in zip(coders, codes, strict=True)]


def _pieces(data: bytes, start: int, stop: int) -> Iterator[bytes]:
    """Whole lines, each ended by a line feed alone."""
    while start < stop:
        end = stop
        if start + PIECE < stop:
            end = data.rfind(b"\n", start, start + PIECE) + 1 or data.find(b"\n", start + PIECE, stop) + 1 or stop
        piece = data[start:end]
        if b"\r" in piece:
            piece = piece.replace(b"\r\n", b"\n")
            if b"\r" in piece:
                raise OddFileError(LINE_ENDS)
        yield piece if piece.endswith(b"\n") else piece + b"\n"
        start = end


def _read_piece(piece: bytes, delimiter: str, coders: list[Coder], codes: np.ndarray, at: int, first_row: int) -> int:
    """Number the cells of some lines. Returns how many lines there are."""
    width, octets = len(coders), np.frombuffer(piece, dtype=np.uint8)
    divides = (octets == ord(delimiter)) | (octets == _LINE_FEED)
    is_quoted = _QUOTE in piece
    if is_quoted:
        divides &= np.cumsum(octets == _QUOTE, dtype=np.uint8) & 1 == 0
        if not divides[-1]:
            raise OddFileError(QUOTES)
    ends = np.flatnonzero(divides)
    is_last = octets[ends] == _LINE_FEED
    if is_quoted and int(is_last.sum()) != piece.count(b"\n"):
        raise OddFileError(QUOTES)
    lines, rest = divmod(ends.size, width)
    of_line = is_last[: lines * width].reshape(lines, width)
    if rest or not of_line[:, -1].all() or of_line[:, :-1].any():
        where = np.flatnonzero(np.diff(np.flatnonzero(is_last), prepend=-1) != width)
        raise OddFileError(WIDTHS, first_row + at + (int(where[0]) if where.size else lines))
    starts = np.empty_like(ends)
    starts[0] = 0
    np.add(ends[:-1], 1, out=starts[1:])
    if is_quoted:
        starts, ends = _within_quotes(octets, starts, ends, first_row + at, width)
    starts, lengths = (np.ascontiguousarray(each.reshape(lines, width).T) for each in (starts, ends - starts))
    padded = piece + _PADDING
    words = np.ndarray(shape=(len(piece) + _LONGEST,), dtype="<u8", buffer=padded, strides=(1,))
    for column, coder in enumerate(coders):
        codes[column, at : at + lines] = _numbers(coder, words, piece, starts[column], lengths[column])
    return lines


def _numbers(coder: Coder, words: np.ndarray, piece: bytes, starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    longest = int(lengths.max())
    is_long = lengths > _LONGEST if longest > _LONGEST else None
    short = lengths if is_long is None else np.where(is_long, 0, lengths)
    count = max(1, -(-min(longest, _LONGEST) // WORD))
    of_cells = [words[starts + WORD * number if number else starts] & _MASKS[number][short] for number in range(count)]

    def cell_at(row: int) -> bytes:
        return piece[starts[row] : starts[row] + lengths[row]]

    found = coder.codes_of(of_cells, cell_at)
    if is_long is not None:
        for row in np.flatnonzero(is_long).tolist():
            found[row] = coder.code_of_long(cell_at(row))
    return found


def _within_quotes(
    octets: np.ndarray, starts: np.ndarray, ends: np.ndarray, row: int, width: int
) -> tuple[np.ndarray, np.ndarray]:
    """The cells without the quotation marks around them, where each has two or none."""
    is_quote = octets == _QUOTE
    quoted = is_quote[starts] & is_quote[np.maximum(ends - 1, 0)] & (ends - starts >= 2)
    if 2 * int(quoted.sum()) != int(is_quote.sum()):
        per_cell = np.add.reduceat(is_quote, starts) if starts.size else is_quote
        where = np.flatnonzero(per_cell != 2 * quoted)
        raise OddFileError(QUOTES, row + int(where[0]) // width if where.size else None)
    return starts + quoted, ends - quoted


def _masks() -> list[np.ndarray]:
    """For each word by the length of the cell: which of its bytes belong to the cell."""
    whole = [(1 << (8 * each)) - 1 for each in range(WORD + 1)]
    return [
        np.array([whole[max(0, min(WORD, length - WORD * number))] for length in range(_LONGEST + 1)], dtype=np.uint64)
        for number in range(MOST_WORDS)
    ]


_MASKS = _masks()
