"""Rows of a text file with more or fewer cells than its header, and what explains them. Pure.

Cells without a heading are lost, and a cell too few moves the others under the wrong headings; neither happens in silence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.csv_files import DELIMITERS
from submission_portal.deliveries.reading.date_order import LONGEST_WRITTEN
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.headings import Mapping
from submission_portal.deliveries.reading.sheets import Row

_WHOLE, _DECIMALS = re.compile(r"[-−–+]?\d+"), re.compile(r"\d{1,6}")


@dataclass(frozen=True, slots=True)
class RowWidths:
    """Indexes of rows, counted from 0."""

    header: int
    """How many cells the header has."""
    split: tuple[int, ...] = ()
    """Too many cells, because decimal commas were taken for the comma between cells."""
    too_wide: tuple[int, ...] = ()
    too_narrow: tuple[int, ...] = ()

    @property
    def odd(self) -> tuple[int, ...]:
        """All rows whose cells do not fit the header."""
        return tuple(sorted((*self.split, *self.too_wide, *self.too_narrow)))


def row_widths(
    expected: Expected,
    mapping: Mapping,
    rows: Sequence[Row],
    data: Sequence[int],
    delimiter: str,
    notes: Sequence[int] = (),
) -> RowWidths:
    """How the ``data`` rows fit the header. Empty cells at the end of a row may be absent, or be too many. What looks like a note
    may be a row that was not divided."""
    header = rows[mapping.header_row - 1]
    width, named = len(header), width_of(header)
    odd = [index for index in data if len(rows[index]) != width]
    wide = [index for index in odd if width_of(rows[index]) > width]
    split: list[int] = []
    if delimiter == ",":
        under_no_heading = data if named < width else wide
        at = {position: expected.by_name[name] for name, position in mapping.positions.items()}
        columns = [at.get(position) for position in range(named)]
        split = [index for index in under_no_heading if _is_split(rows[index], columns)]
    narrow = [index for index in odd if len(rows[index]) < width]
    known = set(split)
    return RowWidths(
        width,
        tuple(split),
        tuple(index for index in wide if index not in known),
        (
            *(_too_narrow(expected, mapping, rows, data, narrow) if narrow else ()),
            *(index for index in notes if _is_undivided(rows[index], named)),
        ),
    )


def width_of(row: Row) -> int:
    """How many cells a row has up to its last that holds something.

    >>> width_of(["a", "", "b", ""])
    3
    """
    return next((at for at in range(len(row), 0, -1) if row[at - 1]), 0)


def _is_undivided(row: Row, named: int) -> bool:
    """Whether the only cell of a row holds all of its cells: quotation marks stand around the line, or it has another delimiter.

    >>> _is_undivided(["2026-10-01;Halmstad;24;20"], 4), _is_undivided(["Källa: regionen; 2026; 3 sidor; se nedan"], 4)
    (True, False)
    >>> _is_undivided(["Källa: regionen; 2026; 3"], 4), _is_undivided(["2026; 3"], 2)
    (False, False)
    >>> _is_undivided(["2026-10-01;Halmstad;24;20", "sic"], 4)
    False
    """
    cells = [cell for cell in row if cell]
    return len(cells) == 1 and any(
        len(parts) >= max(named, 3) and sum(written_forms.number(part.strip()) is not None for part in parts) > 1
        for parts in map(cells[0].split, DELIMITERS)
    )


def _is_split(row: Row, columns: Sequence[ExpectedColumn | None]) -> bool:
    """Whether a row with too many cells fits its columns when pairs of cells are taken for the two halves of a number.

    >>> number = ExpectedColumn("n", (), written=Written.DECIMAL)
    >>> _is_split(["Halmstad", "281", "4", "9", "3"], [None, number, number])
    True
    >>> _is_split(["Halmstad", "281", "9", "obs"], [None, number, number])
    False
    """
    cells = row[: width_of(row)]
    if not len(columns) < len(cells) <= 2 * len(columns):
        return False
    reached = {0}
    """How many cells the columns so far may have taken."""
    for column in columns:
        is_number = column is not None and column.written in (Written.INTEGER, Written.DECIMAL)
        one = {at + 1 for at in reached if not is_number or at >= len(cells) or _is_number_or_empty(cells[at])}
        two = {at + 2 for at in reached if (column is None or is_number) and _are_halves(cells[at : at + 2])}
        reached = {at for at in one | two if at <= len(cells)}
    return len(cells) in reached


def _is_number_or_empty(cell: str) -> bool:
    return not cell or (len(cell) <= LONGEST_WRITTEN and written_forms.number(cell) is not None)


def _are_halves(cells: Row) -> bool:
    return len(cells) == 2 and bool(_WHOLE.fullmatch(cells[0])) and bool(_DECIMALS.fullmatch(cells[1]))


def _too_narrow(
    expected: Expected, mapping: Mapping, rows: Sequence[Row], data: Sequence[int], narrow: Sequence[int]
) -> list[int]:
    """Of the rows that lack cells at their end, those in which these cells were hardly empty: some figure is there, or part of
    what says which row it is is not, and the column is filled in on most rows."""
    columns = {position: expected.by_name[name] for name, position in mapping.positions.items()}
    values = [position for position, column in columns.items() if column.is_value]
    filled = {
        position: sum(len(rows[index]) > position and bool(rows[index][position]) for index in data) * 2 > len(data)
        for position in columns
    }
    keys = [
        position for position, column in columns.items() if column.is_key and not column.is_value and filled[position]
    ]
    return [
        index
        for index in narrow
        if any(position >= len(rows[index]) for position in keys)
        or (
            any(position < len(rows[index]) and rows[index][position] for position in values)
            and any(position >= len(rows[index]) and is_filled for position, is_filled in filled.items())
        )
    ]
