"""Rows that are called sums and are none: a ward by the name of *Total ortopedi* is a ward. Pure.

A row with a word for a sum is a row of its own where it has all of a row's key, its name says nothing that it sums, and its
numbers are not what other rows add up to. All rows under one name are judged together. So is a row under the name of a region
that a unit may go under as well (*Kalmar*): which it is, is asked.
"""

from array import array
from collections.abc import Sequence
from dataclasses import replace

from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written, spelled
from submission_portal.deliveries.reading.headings import Mapping
from submission_portal.deliveries.reading.near_codes import near_codes
from submission_portal.deliveries.reading.row_words import SUM
from submission_portal.deliveries.reading.rows import Sorted
from submission_portal.deliveries.reading.sheets import Row, Sheet
from submission_portal.deliveries.reading.sums import Summed, decimal

LEAST_SUMMED = 2
"""A row that repeats a single other one sums nothing."""


def with_units_called_sums(expected: Expected, mapping: Mapping, sheet: Sheet, found: Sorted) -> Sorted:
    """``found`` with rows of their own that are called sums among the data."""
    rows = Summed.of(expected, mapping, sheet.rows, found)
    by_name: dict[str, list[int]] = {}
    for number, index in enumerate(found.sums):
        if name := _name_of_a_row(sheet.rows[index], rows):
            by_name.setdefault(name, []).append(number)
    kept = sorted(
        found.sums[number] for numbers in by_name.values() if not _are_sums(rows, numbers) for number in numbers
    )
    if not kept:
        return found
    sums = [index for index in found.sums if index not in set(kept)]
    called = tuple(index for index in kept if not _region_of(sheet.rows[index], rows))
    return replace(found, data=array("q", sorted([*found.data, *kept])), sums=sums, called_sums=called)


def _name_of_a_row(row: Row, rows: Summed) -> str:
    """What a row calls itself that may be a row of its own; empty where it can be nothing but a sum."""
    cells = [(column, row[position] if position < len(row) else "") for column, position in rows.dimensions]
    if not any(cell for _column, cell in cells) or not all(
        _is_of_its_column(column, cell, rows) for column, cell in cells
    ):
        return ""
    if region := _region_of(row, rows):
        return region
    words = [cell for _column, cell in cells if SUM.fullmatch(cell)]
    if any(rows.says_what_it_sums(cell) for cell in words):
        return ""
    return next(iter(words), "") or next((cell for cell in row if SUM.fullmatch(cell)), "")


def _region_of(row: Row, rows: Summed) -> str:
    """The name of a region in a row that may be that of one of its units; empty where there is none."""
    cells = ((column, row[position]) for column, position in rows.dimensions if position < len(row))
    return next((cell for column, cell in cells if _may_be_a_unit(column, cell, rows)), "")


def _may_be_a_unit(column: ExpectedColumn, cell: str, rows: Summed) -> bool:
    name = spelled(cell)
    return name in rows.names and name not in rows.told_sums and column.is_closed and bool(near_codes(column, cell))


def _is_of_its_column(column: ExpectedColumn, cell: str, rows: Summed) -> bool:
    """Whether a cell says which row it is: no key of a row is empty, and no code or day is a word for a sum."""
    if not cell:
        return not (column.is_key and column.is_required)
    if column.codes:
        return column.code_of(cell) is not None or _may_be_a_unit(column, cell, rows)
    if column.written is Written.DAY:
        return written_forms.day(cell) is not None
    return column.written is not Written.PERIOD or written_forms.period(cell, column.period_kind) is not None


def _are_sums(rows: Summed, numbers: Sequence[int]) -> bool:
    """Whether at least half of the sum rows with these numbers say what several rows add up to."""
    told = [is_sum for number in numbers if (is_sum := adds_up(rows, number)) is not None]
    return bool(told) and 2 * sum(told) >= len(told)


def adds_up(rows: Summed, number: int) -> bool | None:
    """Whether each of a sum row's figures is what several rows add up to; ``None`` where it has none but zeros."""
    row = rows.rows[rows.found.sums[number]]
    figures = [(value, at) for _column, at in rows.values if (value := decimal(row, at)) is not None]
    if not any(value for value, _at in figures):
        return None
    groups = [group for group in rows.groups(number) if group.end - group.start >= LEAST_SUMMED]
    return all(any(group.adds_up_to(value, at) for group in groups) for value, at in figures)
