"""Which units have rows for which periods, in files of a million rows as well: by the different values of the columns. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from information_models.cells import Cells

MOST_BITS = 40
"""Numbers of units are no longer, so that there is room beside them for that of a period."""
Unit = tuple[str, ...]
"""The values of the unit's elements, in the model's order; empty for one that is not stated."""


@dataclass(frozen=True, slots=True)
class SeenUnits:
    """Each row's unit and period as numbers, and what the numbers mean. Rows without a period are left out."""

    values: Sequence[Sequence[Unit]]
    """For each element of the unit, or for all together, its different values."""
    units: np.ndarray
    """A number for each row whose digits are positions in ``values``."""
    periods: np.ndarray
    period_names: Sequence[str]

    @classmethod
    def of(cls, period: Cells, units: Sequence[Cells]) -> "SeenUnits":
        named, periods = _numbered(period)
        stated = np.array([bool(name) for name in named])[periods] if named else np.zeros(0, dtype=bool)
        values, numbers = _combined([_numbered(each) for each in units], periods.size)
        used = np.unique(periods[stated]).tolist()
        position = {code: at for at, code in enumerate(used)}
        again = np.array([position.get(code, 0) for code in range(len(named))], dtype=np.int64)
        return cls(values, numbers[stated], again[periods[stated]], [named[code] for code in used])

    def places_in(self, run: Sequence[str]) -> Mapping[Unit, Sequence[int]]:
        """For each unit where in the run its periods are, in order; units that have none are left out."""
        at = {name: place for place, name in enumerate(run)}
        places = np.array([at.get(name, -1) for name in self.period_names], dtype=np.int64)[self.periods]
        is_there = places >= 0
        size = np.uint64(len(run))
        both = np.sort(self.units[is_there] * size + places[is_there].astype(np.uint64))
        both = both[np.concatenate([[True], both[1:] != both[:-1]])] if both.size else both
        units, of_unit = both // size, (both % size).astype(np.int64)
        starts = np.flatnonzero(units != np.concatenate([units[:1] + np.uint64(1), units[:-1]]))
        parts = np.split(of_unit, starts[1:])
        return {self._unit(int(units[start])): part.tolist() for start, part in zip(starts, parts, strict=False)}

    def _unit(self, number: int) -> Unit:
        unit: Unit = ()
        for each in reversed(self.values):
            number, position = divmod(number, len(each))
            unit = each[position] + unit
        return unit


def _combined(
    columns: Sequence[tuple[Sequence[str], np.ndarray]], height: int
) -> tuple[Sequence[Sequence[Unit]], np.ndarray]:
    """One number for each row from those of several columns, and the values that its digits mean."""
    if np.prod([float(len(names)) for names, _positions in columns]) >= 2.0**MOST_BITS:
        together, numbers = np.unique(np.stack([each for _names, each in columns]), axis=1, return_inverse=True)
        units = zip(
            *([names[at] for at in row] for (names, _), row in zip(columns, together.tolist(), strict=True)),
            strict=True,
        )
        return [list(units)], numbers.astype(np.uint64)
    numbers = np.zeros(height, dtype=np.uint64)
    for names, positions in columns:
        numbers = numbers * np.uint64(max(1, len(names))) + positions
    return [[(name,) for name in names] for names, _positions in columns], numbers


def _numbered(cells: Cells) -> tuple[list[str], np.ndarray]:
    """The different values as texts, and which of them each row has."""
    texts = cells.texts.cast(pl.String).fill_null("").to_list()
    position = {text: at for at, text in enumerate(dict.fromkeys(texts))}
    return list(position), np.array([position[text] for text in texts], dtype=np.uint64)[cells.codes.to_numpy()]
