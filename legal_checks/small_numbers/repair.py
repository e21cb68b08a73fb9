"""Makes a pattern safe by linear programs: for each exposed cell, the cheapest way to leave it uncertain.

The minimum-cost flow idea of Kelly, Golden and Assad (1992), written as linear programs so that it holds for any
system of equations. Safe whatever it starts from; cheap only as a start.
"""

from dataclasses import dataclass
from math import inf

import numpy as np
from scipy import sparse

from legal_checks.small_numbers.equations import BoolArray, FloatArray, IntArray
from legal_checks.small_numbers.linear_program import LinearProgram
from legal_checks.small_numbers.task import Task

MOVED = 1e-7
"""A cell whose value moves by less than this in a program's solution does not move."""


@dataclass(frozen=True)
class Repaired:
    """A pattern and the primary variables that no pattern can protect."""

    hidden: BoolArray
    impossible: IntArray


class Repair:
    """One program for all repairs of a task: which moves of the true table change a given cell, at what cost?

    The columns are the upward and the downward moves of all variables that may be hidden.
    """

    def __init__(self, task: Task) -> None:
        self._task = task
        self._movable = np.flatnonzero((task.candidates() | task.hidden_always()) & ~task.known)
        part = sparse.csr_array(task.matrix[:, self._movable])
        part = sparse.csr_array(part[np.flatnonzero(np.diff(part.indptr))])
        count = self._movable.size
        self._count = count
        both = sparse.csr_array(sparse.hstack([part, -part], format="csr"))
        zeros = np.zeros(part.shape[0])
        self._up = (task.upper - task.truth)[self._movable]
        self._down = (task.truth - task.lower)[self._movable]
        self._bounds = np.zeros(2 * count), np.concatenate([self._up, self._down])
        self._program = LinearProgram(both, zeros, zeros, *self._bounds)
        self._place = np.full(task.truth.size, -1, dtype=np.int64)
        self._place[self._movable] = np.arange(count)

    def protect(self, target: int, hidden: BoolArray) -> BoolArray | None:
        """``hidden`` and what must be hidden besides to protect ``target``; ``None`` where nothing does."""
        task = self._task
        up, down = task.highest[target] - task.truth[target], task.truth[target] - task.lowest[target]
        if up <= 0 and down <= 0:
            for amount in (1.0, -1.0):
                moved = self._move(target, amount, hidden, directions_only=True)
                if moved is not None:
                    return hidden | moved
            return None
        for amount in (up, -down):
            if amount != 0:
                moved = self._move(target, amount, hidden)
                if moved is None:
                    return None
                hidden = hidden | moved
        return hidden

    def _move(self, target: int, amount: float, hidden: BoolArray, directions_only: bool = False) -> BoolArray | None:
        """The variables that move in the cheapest move of ``target`` by ``amount``."""
        task, place, count = self._task, int(self._place[target]), self._count
        if place < 0:
            return None
        lower, upper = self._bounds[0].copy(), self._bounds[1].copy()
        if directions_only:
            upper[upper > 0] = inf
        up, down = (amount, 0.0) if amount > 0 else (0.0, -amount)
        if upper[place] < up or upper[count + place] < down:
            return None
        lower[place] = upper[place] = up
        lower[count + place] = upper[count + place] = down
        self._program.set_bounds(lower, upper)
        price = np.where(hidden, 0.0, task.cost + 1e-3 * (1.0 + task.cost.mean()))[self._movable]
        price = price / (1.0 + np.minimum(self._up + self._down, abs(amount)))
        self._program.set_cost(np.arange(2 * count), np.concatenate([price, price]))
        solved = self._program.minimise()
        if solved is None:
            return None
        net = solved.values[:count] - solved.values[count:]
        moved = np.zeros(task.truth.size, dtype=bool)
        moved[self._movable[np.abs(net) > MOVED]] = True
        return moved


def cheapest_first(costs: FloatArray, which: IntArray) -> IntArray:
    """``which`` ordered by cost, then by number."""
    return which[np.lexsort((which, costs[which]))]
