"""Makes a pattern safe by linear programs: for each exposed cell, the cheapest move that leaves it uncertain.

The minimum-cost flow idea of Kelly, Golden and Assad (*Networks* 22, 1992), written as linear programs so that it holds
for any system of equations: every cell that moves while the equations hold is hidden, and then the attacker cannot
tell the moved table from the true one. Hiding more never takes that away, so one cell after the other can be repaired.
Programs look near the cell first; moving fewer cells than one could is dearer, never unsafe.
"""

from math import inf, isfinite

import numpy as np
from scipy import sparse

from legal_checks.small_numbers.cuts import Need
from legal_checks.small_numbers.equations import BoolArray, FloatArray
from legal_checks.small_numbers.linear_program import LinearProgram
from legal_checks.small_numbers.moves import A_LITTLE, MOVED, Move, price_of
from legal_checks.small_numbers.neighbourhood import Neighbourhoods
from legal_checks.small_numbers.task import Task
from legal_checks.small_numbers.watch import OF_A_PROGRAM, OF_A_WIDE_REPAIR

NEAR = 4
"""Where to look first: so many steps from the cell, or as many as the table has dimensions, to reach its far corner."""
ANYWHERE = 1000


class Repairer:
    """Repairs of one task's patterns."""

    def __init__(self, task: Task, among: BoolArray | None = None, *, only_near: bool = False) -> None:
        """
        Args:
            among: what a repair may hide; anything where it is not given. Shape (variables,).
            only_near: look no further than a cell's neighbourhood.
        """
        self._task = task
        self._near = Neighbourhoods(task.matrix)
        near = max(NEAR, len(task.system.grid.classifications))
        self._radii = (near,) if only_near else (near, ANYWHERE)
        self._movable = (task.candidates() | task.hidden_always()) & ~task.known
        self._among = np.ones(task.truth.size, dtype=bool) if among is None else among
        self._price = price_of(task)
        is_wide = ((task.highest > task.truth) | (task.lowest < task.truth))[task.primary].any()
        self.work = OF_A_WIDE_REPAIR if is_wide else OF_A_PROGRAM

    def protect(
        self, alternatives: tuple[Need, ...], hidden: BoolArray, *, without: int | None = None, below: float = inf
    ) -> Move | None:
        """A cheap move that meets one of the needs: what it moves is to be hidden. ``None`` where none is found.

        Args:
            hidden: what may be moved for next to nothing. Shape (variables,).
            without: a variable that must stand still.
            below: of moves that cost about as much as this, none is looked for.
        """
        open_ = self._movable & (hidden | self._among & (self._task.cost < below))
        if without is not None:
            open_[without] = False
        for movable, radius in ((open_ & hidden, self._radii[0]), *((open_, radius) for radius in self._radii)):
            for need in alternatives:
                move = self._move(need, hidden, movable, radius, below)
                if move is not None:
                    return move
        return None

    def _move(self, need: Need, hidden: BoolArray, open_: BoolArray, radius: int, below: float) -> Move | None:
        """The cheapest move of the variables ``open_`` that meets ``need`` within ``radius`` steps."""
        task = self._task
        if not open_[need.target]:
            return None
        around = self._near.equations_around(need.target, open_, radius)
        columns = self._near.variables_of(around)
        columns = columns[open_[columns]]
        rows = self._near.equations_of(columns)
        block = self._near.block(rows, columns)
        count = columns.size
        target = int(np.searchsorted(columns, need.target))
        up, down = (task.upper - task.truth)[columns], (task.truth - task.lower)[columns]
        size = need.level
        if size == 0:
            size = 1.0
            up, down = np.where(up > 0, inf, 0.0), np.where(down > 0, inf, 0.0)
        rise, fall = (size, 0.0) if need.sign > 0 else (0.0, size)
        if rise > up[target] or fall > down[target]:
            return None
        lower, upper = np.zeros(2 * count), np.concatenate([up, down])
        lower[target] = upper[target] = rise
        lower[count + target] = upper[count + target] = fall
        zeros = np.zeros(rows.size)
        program = LinearProgram(_both_ways(block), zeros, zeros, lower, upper, fresh=True)
        price = np.where(hidden, A_LITTLE, 1.0)[columns] * self._price[columns]
        program.set_cost(np.arange(2 * count), np.concatenate([price, price]))
        if isfinite(below):
            program.stop_above(below * size)
        solved = program.minimise()
        if solved is None:
            return None
        net: FloatArray = solved.values[:count] - solved.values[count:]
        moving = np.abs(net) > MOVED * size
        return Move(columns[moving], net[moving])


def _both_ways(block: sparse.csr_array) -> sparse.csr_array:
    """A column for each variable's upward move, then one for its downward move."""
    return sparse.csr_array(sparse.hstack([block, -block], format="csr"))
