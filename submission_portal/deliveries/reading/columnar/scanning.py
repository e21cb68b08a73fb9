"""Looks for identity numbers in a sheet kept as columns: by their different cells, and what stands beside each other. Pure."""

from collections.abc import Iterator
from itertools import chain

import numpy as np

from legal_checks.divided_numbers import (
    HEADINGS_SEARCHED,
    columns_apart,
    columns_by_headings,
    find_divided_numbers,
    may_begin,
    may_end,
)
from legal_checks.number_columns import Certainty, judge_column
from submission_portal.deliveries.reading.grid_rows import GridRows
from submission_portal.deliveries.reading.identity_scan import IdentityScan, heading_of
from submission_portal.deliveries.reading.sheets import Row, Sheet


def scan_columns(scan: IdentityScan, sheet: Sheet, rows: GridRows) -> None:
    """As `IdentityScan.sheet`; rows are made only where there is something to tell."""
    first = rows[:HEADINGS_SEARCHED]
    if any(_holds_numbers(rows, first, at) for at in range(_widest(rows))) or find_divided_numbers(
        _beside(rows, first)
    ):
        scan.sheet(sheet, None)


def _widest(rows: GridRows) -> int:
    return max(len(rows.columns), *map(len, rows.head))


def _holds_numbers(rows: GridRows, first: list[Row], at: int) -> bool:
    cells = {row[at] for row in rows.head if at < len(row)}
    if at < len(rows.columns):
        cells.update(rows.columns[at].texts)
    return judge_column(heading_of(first, at), cells).certainty is not Certainty.INNOCENT


def _beside(rows: GridRows, first: list[Row]) -> list[Row]:
    """The first rows, and each date and last digits that stand in one row once, in their columns: as a table it has divided
    numbers where the whole has."""
    headed, width = columns_by_headings(first), len(rows.columns)
    pairs = [(at, at + 1, at in headed) for at in range(width - 1)]
    pairs += [(born, last, True) for born, last in columns_apart(first) if max(born, last) < width]
    return [*first, *chain.from_iterable(_pairs(rows, *pair) for pair in pairs)]


def _pairs(rows: GridRows, born: int, last: int, by_heading: bool) -> Iterator[Row]:
    dates, digits = rows.columns[born], rows.columns[last]
    begins = np.array([may_begin(text) for text in dates.texts])
    ends = np.array([may_end(text, by_heading=by_heading) for text in digits.texts])
    if begins.any() and ends.any():
        both = np.flatnonzero(begins[dates.codes] & ends[digits.codes])
        pairs = np.unique(dates.codes[both].astype(np.uint64) << np.uint64(32) | digits.codes[both])
        for pair in pairs.tolist():
            row = [""] * len(rows.columns)
            row[born], row[last] = dates.texts[pair >> 32], digits.texts[pair & 0xFFFFFFFF]
            yield row
