"""Moves of a table that satisfy every equation by their shape, for tables too large to ask a solver for each cell.

Move one leaf up and another down in every dimension, and multiply: the product of such vectors over the dimensions is
a move of the inner cells, and all sums follow. In a table without hierarchies these are the hypercubes of Repsilber
(1994), on which the GHMITER method of τ-ARGUS rests. Found by looking at some hundred choices at once, not by a program.
"""

from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np

from legal_checks.small_numbers.codes import Classification
from legal_checks.small_numbers.cuts import Need
from legal_checks.small_numbers.equations import BoolArray, FloatArray, IntArray
from legal_checks.small_numbers.repair import Move
from legal_checks.small_numbers.task import Task

CHOICES_PER_DIMENSION = 12
AT_ONCE = 100
"""Choices of one shape looked at together; where there are more, these are drawn from a seed."""
SHAPES = 12
"""Shapes looked at where none had a move that is allowed, those of the fewest cells first."""
ENOUGH = 3
"""Shapes looked at where one had."""


@dataclass(frozen=True)
class Parts:
    """Ways in which one dimension may move, each moving equally many codes. Arrays of shape (ways, codes).

    ``codes`` are positions of codes, ``amounts`` their moves (±1), scaled so that the code to be moved moves by +1.
    """

    codes: IntArray
    amounts: FloatArray


class ProductMoves:
    """Product moves of one task; only for tasks without further equations (releases, rates)."""

    def __init__(self, task: Task) -> None:
        self._task = task
        grid = task.system.grid
        self._classifications = grid.classifications
        self._shape = grid.shape
        self._strides = [prod(grid.shape[axis + 1 :]) for axis in range(len(grid.shape))]
        self._variable = task.system.variable
        self._movable = (task.candidates() | task.hidden_always()) & ~task.known
        # What costs nothing still costs a little, so that nothing is hidden for no reason.
        self._price = task.cost + 1e-3
        self._room = task.truth - task.lower
        self._cell = np.unique(self._variable, return_index=True)[1]
        self._parts: dict[tuple[int, int], list[Parts]] = {}

    def protect(self, alternatives: tuple[Need, ...], hidden: BoolArray) -> Move | None:
        """The cheapest product move looked at that meets one of the needs; ``None`` where none does."""
        best: tuple[float, Move] | None = None
        for need in alternatives:
            positions = np.unravel_index(int(self._cell[need.target]), self._shape)
            groups = [self._groups(axis, int(at)) for axis, at in enumerate(positions)]
            shapes = sorted(product(*groups), key=lambda shape: prod(parts.codes.shape[1] for parts in shape))
            for number, shape in enumerate(shapes[:SHAPES]):
                if best is not None and number >= ENOUGH:
                    break
                found = self._cheapest(need, shape, hidden)
                if found is not None and (best is None or found[0] < best[0]):
                    best = found
        return None if best is None else best[1]

    def _cheapest(self, need: Need, shape: tuple[Parts, ...], hidden: BoolArray) -> tuple[float, Move] | None:
        """The cheapest allowed move of one shape, with its price."""
        ways = [parts.codes.shape[0] for parts in shape]
        count = prod(ways)
        which = np.arange(count)
        if count > AT_ONCE:
            which = np.random.default_rng(need.target).choice(count, AT_ONCE, replace=False)
        cells = np.zeros((which.size, 1), dtype=np.int64)
        amounts = np.full((which.size, 1), need.sign * (need.level or 1.0))
        for parts, way, stride in zip(shape, np.unravel_index(which, ways), self._strides, strict=True):
            cells = (cells[:, :, None] + stride * parts.codes[way][:, None, :]).reshape(which.size, -1)
            amounts = (amounts[:, :, None] * parts.amounts[way][:, None, :]).reshape(which.size, -1)
        variables = self._variable[cells]
        # Where any move will do, a cell that can fall at all can fall far enough.
        room = np.where(self._room[variables] > 0, np.inf, 0.0) if need.level == 0 else self._room[variables]
        allowed = (self._movable[variables] & (room >= -amounts)).all(axis=1)
        if not allowed.any():
            return None
        prices = np.where(hidden[variables], 0.0, self._price[variables]).sum(axis=1)
        at = int(np.where(allowed, prices, np.inf).argmin())
        moved, first = np.unique(variables[at], return_index=True)
        return float(prices[at]), Move(moved, amounts[at][first])

    def _groups(self, axis: int, position: int) -> list[Parts]:
        """How a dimension may move so that the code at ``position`` does, by the number of codes that move."""
        if (axis, position) not in self._parts:
            self._parts[axis, position] = _groups(self._classifications[axis], position)
        return self._parts[axis, position]


def _groups(one: Classification, position: int) -> list[Parts]:
    inside = np.flatnonzero(one.membership[position])
    outside = np.flatnonzero(one.membership[position] == 0)
    vectors = [one.membership[:, leaf] for leaf in inside] if outside.size == 0 else []
    if outside.size:
        # Leaves that share the most sums cancel in the most sums.
        near = one.membership.T @ one.membership
        for leaf in inside:
            nearest = outside[np.argsort(-near[leaf, outside], kind="stable")][:CHOICES_PER_DIMENSION]
            vectors += [one.membership[:, leaf] - one.membership[:, other] for other in nearest]
    vectors.sort(key=np.count_nonzero)
    by_size: dict[int, list[IntArray]] = {}
    for vector in vectors:
        by_size.setdefault(int(np.count_nonzero(vector)), []).append(vector / vector[position])
    return [
        Parts(
            np.array([np.flatnonzero(vector) for vector in alike[:CHOICES_PER_DIMENSION]]),
            np.array([vector[vector != 0] for vector in alike[:CHOICES_PER_DIMENSION]], dtype=np.float64),
        )
        for alike in by_size.values()
    ]
