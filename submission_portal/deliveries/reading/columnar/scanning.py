"""Looks for identity numbers in a sheet kept as columns: by their different cells, and what stands beside each other. Pure."""

from collections.abc import Callable, Iterator
from itertools import chain

import numpy as np

from legal_checks.divided_numbers import (
    HEADINGS_SEARCHED,
    columns_apart,
    columns_by_headings,
    find_divided_numbers,
    may_be_check_digit,
    may_be_three_digits,
    may_begin,
    may_end,
    may_stand_between,
)
from legal_checks.number_columns import Certainty, judge_column
from submission_portal.deliveries.reading.grid_rows import GridRows
from submission_portal.deliveries.reading.identity_scan import IdentityScan, heading_of
from submission_portal.deliveries.reading.sheets import Row, Sheet


def scan_columns(scan: IdentityScan, sheet: Sheet, rows: GridRows, shown_name: str | None = None) -> None:
    """As `IdentityScan.sheet`; rows are made only where there is something to tell."""
    first = rows[:HEADINGS_SEARCHED]
    if any(_holds_numbers(rows, first, at) for at in range(_widest(rows))) or find_divided_numbers(
        _beside(rows, first)
    ):
        scan.sheet(sheet, shown_name)


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
    triples = [
        (at, middle, end)
        for at in range(width - 2)
        for middle, end in ((may_stand_between, _may_end), (may_be_three_digits, may_be_check_digit))
    ]
    return [
        *first,
        *chain.from_iterable(_pairs(rows, *pair) for pair in pairs),
        *chain.from_iterable(_triples(rows, *triple) for triple in triples),
    ]


def _may_end(cell: str) -> bool:
    return may_end(cell, by_heading=True)


def _triples(
    rows: GridRows, at: int, may_be_middle: Callable[[str], bool], may_be_end: Callable[[str], bool]
) -> Iterator[Row]:
    """Each date with what may be the rest of a number in the two cells after it, once."""
    three = rows.columns[at : at + 3]
    fits = [
        np.array([fitting(text) for text in column.texts], dtype=bool)
        for column, fitting in zip(three, (may_begin, may_be_middle, may_be_end), strict=True)
    ]
    if all(each.any() for each in fits):
        both = np.flatnonzero(np.all([each[column.codes] for each, column in zip(fits, three, strict=True)], axis=0))
        for codes in np.unique(np.stack([column.codes[both] for column in three]), axis=1).T.tolist():
            yield [""] * at + [column.texts[code] for column, code in zip(three, codes, strict=True)]


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
