"""Rows that say nothing of what they are about: units of measure under the header, and sums without a name. Pure."""

import re
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

_DIGIT = re.compile(r"\d")
MOST = 1000
"""So many rows without any key are looked at; where there are more, something else is wrong."""


def without_nameless_rows(expected: Expected, mapping: Mapping, sheet: Sheet, found: Sorted) -> Sorted:
    """``found`` with those rows without any cell of the key set aside that are no rows of their own: above the first row that has
    one, texts without a digit are notes; figures each of which is what other rows add up to are sums."""
    positions = [at for name, at in mapping.positions.items() if not expected.by_name[name].is_value]
    nameless = _nameless(sheet.rows, found.data, positions)
    if not nameless or len(nameless) > min(MOST, len(found.data) // 2):
        return found
    apart = set(nameless)
    first = next(at for at in found.data if at not in apart)
    notes = [at for at in nameless if at < first and not any(map(_DIGIT.search, sheet.rows[at]))]
    data = array("q", (at for at in found.data if at not in apart))
    sums = _sums(expected, mapping, sheet, replace(found, data=data), sorted(apart.difference(notes)))
    if not notes and not sums:
        return found
    aside = sums.union(notes)
    kept = array("q", (at for at in found.data if at not in aside))
    return replace(found, data=kept, sums=sorted([*found.sums, *sums]), notes=sorted([*found.notes, *notes]))


def _sums(expected: Expected, mapping: Mapping, sheet: Sheet, named: Sorted, nameless: Sequence[int]) -> set[int]:
    """Those of the nameless rows that are what the named ones add up to."""
    tried = replace(named, sums=sorted([*named.sums, *nameless]))
    rows = Summed.of(expected, mapping, sheet.rows, tried)
    return {at for number, at in enumerate(tried.sums) if at in nameless and adds_up(rows, number)}


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
