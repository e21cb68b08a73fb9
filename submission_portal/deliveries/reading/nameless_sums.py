"""Rows of figures that say nothing of what they are about and are what other rows add up to: sums without a name. Pure."""

from array import array
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from submission_portal.deliveries.reading.expected import Expected
from submission_portal.deliveries.reading.grid_rows import GridRows
from submission_portal.deliveries.reading.headings import Mapping
from submission_portal.deliveries.reading.rows import Sorted
from submission_portal.deliveries.reading.sheets import Row, Sheet
from submission_portal.deliveries.reading.sums import Summed
from submission_portal.deliveries.reading.units_called_sums import adds_up

MOST = 1000
"""So many rows without any key are looked at; where there are more, something else is wrong."""


def with_nameless_sums(expected: Expected, mapping: Mapping, sheet: Sheet, found: Sorted) -> Sorted:
    """``found`` with rows that have no cell of the key, and whose every figure is a sum of other rows, among the sums."""
    positions = [at for name, at in mapping.positions.items() if not expected.by_name[name].is_value]
    nameless = _nameless(sheet.rows, found.data, positions)
    if not nameless or len(nameless) > min(MOST, len(found.data) // 2):
        return found
    apart = set(nameless)
    tried = replace(
        found, data=array("q", (at for at in found.data if at not in apart)), sums=sorted([*found.sums, *nameless])
    )
    rows = Summed.of(expected, mapping, sheet.rows, tried)
    kept = {index for number, index in enumerate(tried.sums) if index in apart and adds_up(rows, number)}
    if not kept:
        return found
    data = array("q", (at for at in found.data if at not in kept))
    return replace(found, data=data, sums=sorted([*found.sums, *kept]))


def _nameless(rows: Sequence[Row], data: Sequence[int], positions: Sequence[int]) -> list[int]:
    """The indexes of those data rows of which none of the cells at ``positions`` holds anything."""
    if isinstance(rows, GridRows):
        named = np.zeros(rows.height, dtype=bool)
        for position in positions:
            named |= rows.columns[position].is_filled()
        if named.all():
            return []
        among, first = set(data), len(rows.head)
        return [at + first for at in np.flatnonzero(~named).tolist() if at + first in among]
    return [at for at in data if not any(position < len(rows[at]) and rows[at][position] for position in positions)]
