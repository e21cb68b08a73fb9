"""Which units have rows for which periods, in files of a million rows as well: by the different values of the columns. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from information_models.cells import Cells
from information_models.row_numbers import Digit, combined, different_in_order, size_of, spread_array

MOST_BITS = 40
"""Numbers of units are no longer, so that there is room beside them for that of a period."""
Unit = tuple[str, ...]
"""The values of the unit's elements, in the model's order; empty for one that is not stated."""
Spell = tuple[int, int]
"""The first and the last place in a run of periods, all of which between them are there."""


@dataclass(frozen=True, slots=True)
class SeenUnits:
    """Each row's unit and period as numbers, and what the numbers mean."""

    values: Sequence[Sequence[Unit]]
    """For each element of the unit, or for all together, its different values."""
    units: Sequence[Digit]
    periods: np.ndarray
    """The code of each row's period."""
    names: Sequence[str]
    """By code, the period; empty where none is stated."""
    period_names: Sequence[str]
    """The periods that some row has."""

    @classmethod
    def of(cls, period: Cells, units: Sequence[Cells]) -> "SeenUnits":
        names = [name or "" for name in period.texts.cast(pl.String).to_list()]
        stated = [name for name, is_there in zip(names, period.occurring(), strict=True) if is_there and name]
        values, digits = _combined([_numbered(each) for each in units])
        return cls(values, digits, period.numbers, names, list(dict.fromkeys(stated)))

    def spells_in(self, run: Sequence[str]) -> Mapping[Unit, Sequence[Spell]]:
        """For each unit the parts of the run for which it has rows, in order; units that have none are left out."""
        at = {name: place for place, name in enumerate(run)}
        elsewhere, size = len(run) + 1, len(run) + 3  # with room around, so that nothing is beside it
        places = np.array([at.get(name, elsewhere) for name in self.names], dtype=np.int64)
        digits = [*self.units, (places, self.periods, size)]
        seen = different_in_order(combined(digits), size_of(digits))
        last = np.flatnonzero(np.diff(seen, append=-2) != 1)
        first = np.concatenate([last[:1] * 0, last[:-1] + 1])
        found: dict[Unit, list[Spell]] = {}
        for begin, end in zip(seen[first].tolist(), seen[last].tolist(), strict=True):
            unit, place = divmod(begin, size)
            if place != elsewhere:
                found.setdefault(self._unit(unit), []).append((place, place + end - begin))
        return found

    def _unit(self, number: int) -> Unit:
        unit: Unit = ()
        for each in reversed(self.values):
            number, position = divmod(number, len(each))
            unit = each[position] + unit
        return unit


def _combined(columns: Sequence[tuple[Sequence[str], Digit]]) -> tuple[Sequence[Sequence[Unit]], Sequence[Digit]]:
    """The values of several columns and their digits; of very many values, together those that are there."""
    if np.prod([float(size) for _names, (_positions, _codes, size) in columns]) < 2.0**MOST_BITS:
        return [[(name,) for name in names] for names, _digit in columns], [digit for _names, digit in columns]
    rows = np.stack([spread_array(positions, codes) for _names, (positions, codes, _size) in columns])
    together, numbers = np.unique(rows, axis=1, return_inverse=True)
    units = zip(
        *([names[at] for at in row] for (names, _digit), row in zip(columns, together.tolist(), strict=True)),
        strict=True,
    )
    count = together.shape[1]
    return [list(units)], [(np.arange(count), numbers.reshape(-1), count)]


def _numbered(cells: Cells) -> tuple[list[str], Digit]:
    """The different values as texts, and which of them each row has."""
    texts = [text or "" for text in cells.texts.cast(pl.String).to_list()]
    position = {text: at for at, text in enumerate(dict.fromkeys(texts))}
    return list(position), (np.array([position[text] for text in texts]), cells.numbers, len(position))
