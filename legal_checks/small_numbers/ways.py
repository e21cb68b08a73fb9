"""The ways in which one dimension may move so that every sum is kept: what product moves are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from legal_checks.small_numbers.codes import Classification
from legal_checks.small_numbers.equations import IntArray

MOST = 100
"""Ways to move a code that are looked at, those of the fewest codes first."""
LEAVES = 20
"""Leaves of a sum that are looked at, drawn at random."""


@dataclass(frozen=True)
class Ways:
    """The ways in which one dimension may move so that one of its codes moves by +1. Arrays of shape (ways, width).

    ``codes`` are positions of codes, ``amounts`` their moves: 1, −1, or 0 where a way moves fewer codes than others. The
    first way moves a leaf and all its sums: taken in every dimension, nothing falls, and in all but one, only what
    counts the cell.
    """

    codes: IntArray
    amounts: NDArray[np.int64]


class Dimensionwise:
    """The ways of one dimension, made when they are first asked for."""

    def __init__(self, one: Classification) -> None:
        counted: list[list[int]] = [[at] for at in range(one.leaf_count)]
        for code in one.codes[one.leaf_count :]:
            parts = (one.position[part] for part in one.parts[code])
            counted.append(sorted({leaf for part in parts for leaf in counted[part]}))
        self._counted = [np.array(leaves, dtype=np.int64) for leaves in counted]
        self._counting: list[list[int]] = [[] for _ in range(one.leaf_count)]
        for position, leaves in enumerate(counted):
            for leaf in leaves:
                self._counting[leaf].append(position)
        self._made: dict[tuple[int, int | None], Ways] = {}

    def leaves(self, position: int) -> IntArray:
        """The leaves that the code at ``position`` counts."""
        return self._counted[position]

    def ways(self, position: int, leaf: int | None = None) -> Ways:
        """Each leaf (or one) of the code at ``position`` with all its sums, and with a leaf outside against it."""
        key = (position, leaf)
        if key not in self._made:
            self._made[key] = self._make(position, leaf)
        return self._made[key]

    def _make(self, position: int, leaf: int | None) -> Ways:
        random = np.random.default_rng(position)
        inside = [leaf] if leaf is not None else _some(self._counted[position], LEAVES, random)
        alone = [[(code, 1) for code in self._counting[one]] for one in inside]
        against = [
            self._against(one, other) for one in inside for other in islice(self._nearest(one, position, random), MOST)
        ]
        made = [alone[0], *sorted([*alone[1:], *against], key=len)[: MOST - 1]]
        width = max(map(len, made))
        padded = np.array([[*way, *[(position, 0)] * (width - len(way))] for way in made], dtype=np.int64)
        return Ways(padded[:, :, 0], padded[:, :, 1])

    def _against(self, leaf: int, other: int) -> list[tuple[int, int]]:
        """One leaf up and another down: what counts both stands still."""
        up, down = self._counting[leaf], self._counting[other]
        return [*((code, 1) for code in up if code not in down), *((code, -1) for code in down if code not in up)]

    def _nearest(self, leaf: int, position: int, random: np.random.Generator) -> Iterator[int]:
        """Leaves outside the code at ``position``, those first that share the smallest sum with ``leaf``."""
        met: set[int] = set()
        for code in sorted(self._counting[leaf], key=lambda code: self._counted[code].size):
            for other in _some(self._counted[code], 2 * MOST, random):
                if other not in met and position not in self._counting[other]:
                    yield other
                met.add(other)


def _some(leaves: IntArray, count: int, random: np.random.Generator) -> list[int]:
    """At most so many of the leaves, in random order."""
    chosen: list[int] = random.choice(leaves, min(count, leaves.size), replace=False, shuffle=True).tolist()
    return chosen
