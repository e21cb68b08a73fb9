"""Cells of a text file that took line breaks or delimiters with them, as a quotation mark in the wrong place makes them do. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.headings import Mapping
from submission_portal.deliveries.reading.sheets import Row

_BREAK = re.compile(r"\s*(?:\r\n|\r|\n)\s*")


@dataclass(frozen=True, slots=True)
class Spanning:
    """A record that takes several lines of the file. ``row`` is counted from 0, lines from 1."""

    row: int
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """A cell that holds a line break or the delimiter. ``row`` and ``column`` are counted from 0."""

    row: int
    column: int | None
    """``None`` where the break stood at the end of the cell."""
    shown: str


def quoted_cells(
    expected: Expected,
    mapping: Mapping,
    rows: Sequence[Row],
    spanning: Sequence[Spanning],
    delimiter: str,
) -> tuple[Quoted, ...]:
    """The cells to ask about: those with line breaks, and those with delimiters that are no number, day or code of their column.

    A heading with a line break that is recognised all the same took nothing with it.
    """
    found = [
        cell
        for record in spanning
        for cell in _broken(rows, record)
        if record.row != mapping.header_row - 1 or not _is_known_heading(mapping, cell)
    ]
    taken = {cell.row for cell in found}
    columns = {position: expected.by_name[name] for name, position in mapping.positions.items()}
    understood: dict[tuple[int, str], bool] = {}
    holding = {cell for cell in set(chain.from_iterable(rows)) if delimiter in cell}
    for index in range(mapping.header_row, len(rows)) if holding else ():
        if index in taken or holding.isdisjoint(rows[index]):
            continue
        for position, cell in enumerate(rows[index]):
            if delimiter not in cell:
                continue
            key = position, cell
            if key not in understood:
                understood[key] = is_understood(columns.get(position), cell, delimiter)
            if not understood[key]:
                found.append(Quoted(index, position, cell))
    return tuple(sorted(found, key=lambda cell: cell.row))


def _broken(rows: Sequence[Row], record: Spanning) -> Iterator[Quoted]:
    cells = [(at, cell) for at, cell in enumerate(rows[record.row]) if "\n" in cell or "\r" in cell]
    if not cells:
        yield Quoted(record.row, None, "")
    for at, cell in cells:
        yield Quoted(record.row, at, _BREAK.sub(" ↵ ", cell))


def _is_known_heading(mapping: Mapping, cell: Quoted) -> bool:
    return cell.column is None or cell.column in mapping.positions.values()


def is_understood(column: ExpectedColumn | None, cell: str, delimiter: str) -> bool:
    """Whether a delimiter in a cell is no matter: a column of numbers, days or codes has checks of its own, and one that is not
    read in may hold any text that has no two figures in it.

    >>> is_understood(None, "Kolada API v3, 2026-08-20", ","), is_understood(None, "obs;24;20", ";")
    (True, False)
    """
    if column is not None:
        return column.written is not Written.AS_IS or bool(column.codes)
    return sum(written_forms.number(part.strip()) is not None for part in cell.split(delimiter)) < 2
