"""Moves of a table that satisfy every equation by their shape, for tables too large to ask a solver for each cell.

Move one leaf up and another down in every dimension, and multiply: the product of such vectors over the dimensions is
a move of the inner cells, and all sums follow. In a table without hierarchies these are the hypercubes of Repsilber
(1994), on which the GHMITER method of τ-ARGUS rests. Found by looking at a few hundred choices at once, not by a program.
"""

from itertools import islice, product

import numpy as np

from legal_checks.small_numbers.codes import Classification
from legal_checks.small_numbers.cuts import Need
from legal_checks.small_numbers.equations import BoolArray, FloatArray, IntArray
from legal_checks.small_numbers.repair import Move
from legal_checks.small_numbers.task import Task

CHOICES_PER_DIMENSION = 6
MOST_CHOICES = 250

Part = tuple[IntArray, FloatArray]
"""Codes of one dimension that move, and by how much (±1)."""


class ProductMoves:
    """Product moves of one task; only for tasks without further equations (releases, rates)."""

    def __init__(self, task: Task) -> None:
        self._task = task
        grid = task.system.grid
        self._classifications = grid.classifications
        self._shape = grid.shape
        self._variable = task.system.variable
        self._movable = (task.candidates() | task.hidden_always()) & ~task.known
        # What costs nothing still costs a little, so that nothing is hidden for no reason.
        self._price = task.cost + 1e-3
        self._cell = np.unique(self._variable, return_index=True)[1]
        self._parts: dict[tuple[int, int], list[Part]] = {}

    def protect(self, alternatives: tuple[Need, ...], hidden: BoolArray) -> Move | None:
        """The cheapest product move looked at that meets one of the needs; ``None`` where none does."""
        best: tuple[float, Move] | None = None
        for need in alternatives:
            positions = np.unravel_index(int(self._cell[need.target]), self._shape)
            choices = [self._choices(axis, int(at)) for axis, at in enumerate(positions)]
            for combination in islice(product(*choices), MOST_CHOICES):
                found = self._priced(need, combination, hidden, np.inf if best is None else best[0])
                if found is not None:
                    best = found
        return None if best is None else best[1]

    def _priced(
        self, need: Need, combination: tuple[Part, ...], hidden: BoolArray, below: float
    ) -> tuple[float, Move] | None:
        """The product of the parts with its price, if it is allowed and costs less than ``below``."""
        cells = np.ravel_multi_index(np.ix_(*(codes for codes, _ in combination)), self._shape).ravel()
        variables = self._variable[cells]
        price = float(self._price[variables[~hidden[variables]]].sum())
        if price >= below or not self._movable[variables].all():
            return None
        amounts = combination[0][1]
        for _, more in combination[1:]:
            amounts = np.multiply.outer(amounts, more)
        amounts = amounts.ravel()
        own = amounts[variables == need.target][0]
        amounts = amounts * (need.sign * own * (need.level or 1.0))
        if need.level == 0:
            # Any move will do, so the smallest room of the cells that go down is enough.
            rising = (self._task.truth - self._task.lower)[variables] > 0
            if not (rising | (amounts > 0)).all():
                return None
        elif ((self._task.truth - self._task.lower)[variables] < -amounts).any():
            return None
        order = np.argsort(variables, kind="stable")
        variables, first = np.unique(variables[order], return_index=True)
        return price, Move(variables, amounts[order][first])

    def _choices(self, axis: int, position: int) -> list[Part]:
        """How a dimension may move so that the code at ``position`` does, those that move few codes first."""
        if (axis, position) not in self._parts:
            self._parts[axis, position] = _choices(self._classifications[axis], position)
        return self._parts[axis, position]


def _choices(one: Classification, position: int) -> list[Part]:
    inside = np.flatnonzero(one.membership[position])
    outside = np.flatnonzero(one.membership[position] == 0)
    vectors = [one.membership[:, leaf] for leaf in inside] if outside.size == 0 else []
    if outside.size:
        # Leaves that share the most sums cancel in the most sums.
        near = one.membership.T @ one.membership
        for leaf in inside:
            nearest = outside[np.argsort(-near[leaf, outside], kind="stable")][:CHOICES_PER_DIMENSION]
            vectors += [one.membership[:, leaf] - one.membership[:, other] for other in nearest]
    parts = [(np.flatnonzero(vector), vector[vector != 0].astype(np.float64)) for vector in vectors]
    parts.sort(key=lambda part: part[0].size)
    return parts[:CHOICES_PER_DIMENSION]
