"""Which rows of a sheet kept as columns are data: only those that may be something else are looked at one by one. Pure."""

from array import array

import numpy as np

from submission_portal.deliveries.reading.expected import Expected
from submission_portal.deliveries.reading.grid_rows import GridRows
from submission_portal.deliveries.reading.headings import Mapping
from submission_portal.deliveries.reading.rows import RowSorter, SetAside, Sorted


def sort_columns(expected: Expected, mapping: Mapping, rows: GridRows) -> Sorted:
    """As `rows.sort_rows`."""
    words = SetAside.among(rows.texts(), expected.sum_names)
    sorter = RowSorter.of(expected, mapping, rows[mapping.header_row - 1], words)
    suspects = _suspects(rows, mapping, words.words)
    first = mapping.header_row
    found = Sorted()
    set_aside = np.zeros(rows.height, dtype=bool)
    for at in np.flatnonzero(suspects).tolist():
        before = len(found.data)
        sorter.sort(first + at, rows[first + at], found)
        set_aside[at] = len(found.data) == before
    found.empty += rows.empty
    found.data = array("q", (np.flatnonzero(~set_aside) + first).astype(np.int64).tobytes())
    return found


def _suspects(rows: GridRows, mapping: Mapping, words: frozenset[str]) -> np.ndarray:
    """Rows with at most one cell in a column that is read in, with a word for sums or means, or like the header."""
    filled = np.zeros(rows.height, dtype=np.uint8)
    for position in set(mapping.positions.values()):
        np.minimum(filled + rows.columns[position].is_filled(), 2, out=filled)
    suspects = filled < 2
    for column in rows.columns:
        if column.has(words):
            suspects |= column.is_any(words)
    header = rows[mapping.header_row - 1]
    like_header = list(zip(rows.columns, header, strict=True))
    if all(column.has([cell]) for column, cell in like_header):
        suspects |= np.all([column.is_any([cell]) for column, cell in like_header], axis=0)
    return suspects
