"""Conditions that every safe pattern meets, as rows of the master problem.

Fischetti and Salazar, "Solving the cell suppression problem on tabular data with linear constraints", *Management
Science* 47 (2001): any combination of equations with multipliers λ bounds how far a cell k can move once the shown
cells stand still. With α = λ·A scaled so that α_k = 1, the move of k is minus the sum of α_i z_i over the others; if
the room of all hidden cells in the direction that α_i leaves them is less than what k must move, k is exposed. So

    Σ min(level, |α_i| · room_i) x_i  ≥  level

where x_i = 1 hides cell i, room_i is its distance to the attacker's bound on that side and *level* is the move that is
demanded. Demanding only that k moves at all (EX) is the limit of a small level: each coefficient is 0 or 1.
"""

from dataclasses import dataclass

import numpy as np

from legal_checks.small_numbers.equations import FloatArray, IntArray
from legal_checks.small_numbers.task import Task

SMALL = 1e-9
"""Coefficients below this come from rounding in the solver."""


@dataclass(frozen=True, slots=True)
class Cut:
    """``coefficients @ x[columns] >= bound``, for the pattern variables ``x``."""

    columns: IntArray
    coefficients: FloatArray
    bound: float = 1.0

    def shortfall(self, x: FloatArray) -> float:
        """How far ``x`` is from meeting the cut; positive where it is violated."""
        return float(self.bound - self.coefficients @ x[self.columns])


@dataclass(frozen=True, slots=True)
class Need:
    """A primary variable must be able to move up (``sign`` +1) or down (−1) by ``level``; by anything if ``level`` is 0."""

    target: int
    sign: int
    level: float


def needs_of(task: Task) -> list[tuple[Need, ...]]:
    """What each primary variable needs: one need a tuple must be met, all tuples must.

    A variable without a demanded width (EX) needs to move up *or* down; otherwise it needs each of its moves.
    """
    needs: list[tuple[Need, ...]] = []
    for target in np.flatnonzero(task.primary & ~task.known):
        up = task.highest[target] - task.truth[target]
        down = task.truth[target] - task.lowest[target]
        if up > 0:
            needs.append((Need(int(target), 1, up),))
        if down > 0:
            needs.append((Need(int(target), -1, down),))
        if up <= 0 and down <= 0:
            rise = [Need(int(target), 1, 0.0)] if task.upper[target] > task.truth[target] else []
            fall = [Need(int(target), -1, 0.0)] if task.truth[target] > task.lower[target] else []
            needs.append((*rise, *fall))
    return needs


def coefficients(task: Task, need: Need, alpha: FloatArray, columns: IntArray) -> FloatArray:
    """The cut's coefficient of each of ``columns``, from their α, before what is hidden in any case is taken out.

    ``alpha`` has the shape of ``columns`` and is scaled so that the target's own is 1.
    """
    # The target moves by −α_i z_i: upwards when z_i has the sign of −α_i.
    towards = -alpha * need.sign
    room = np.where(towards > 0, (task.upper - task.truth)[columns], (task.truth - task.lower)[columns])
    width = np.abs(alpha)
    with np.errstate(invalid="ignore"):
        reach = np.where(width > SMALL, width * room, 0.0)
    if need.level == 0:
        return (reach > SMALL).astype(np.float64)
    result: FloatArray = np.minimum(reach, need.level) / need.level
    result[result < SMALL] = 0.0
    return result


def cut_from_alpha(task: Task, alternatives: tuple[tuple[Need, FloatArray], ...], columns: IntArray) -> Cut | None:
    """The cut that says: one of the alternative needs is met, each with its own α. ``None`` where it always is.

    What is hidden in any case moves to the right-hand side.
    """
    total = np.zeros(columns.size)
    for need, alpha in alternatives:
        one = coefficients(task, need, alpha, columns)
        one[columns == need.target] = 0.0
        total = np.maximum(total, one) if need.level == 0 else total + one
    always = task.hidden_always()[columns] & ~task.known[columns]
    bound = 1.0 - float(total[always].sum())
    if bound <= SMALL:
        return None
    open_ = task.candidates()[columns] & (total > 0)
    return Cut(columns[open_], np.minimum(total[open_], bound) / bound)
