"""EX: which unknown cells an attacker derives exactly.

Three steps. Bounds: an equation with one unknown gives it, and one whose unknowns can only just reach their sum gives
them all. Forced cells: of the unknowns that stand at their bound, those that no possible table lifts from it, by one
linear program. Linear algebra: of what is left, the unknowns that the equations determine.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from legal_checks.small_numbers.equations import BoolArray, FloatArray
from legal_checks.small_numbers.intervals import Knowledge
from legal_checks.small_numbers.linear_program import LinearProgram, SolverError
from legal_checks.small_numbers.nullspace import determined

NEAR = 1e-6
"""Values are whole numbers; two that are closer than this are equal."""


LARGE = 20_000
"""Columns from which presolve pays even where a first solution is at hand."""


@dataclass(frozen=True)
class Derivation:
    """What follows from a published table.

    Attributes:
        derived: true for the unknowns that are known after all. Shape (variables,).
        values: their values there, a possible table elsewhere. Shape (variables,).
        by_bounds: true for those that the bounds forced, one equation at a time.
    """

    derived: BoolArray
    values: FloatArray
    by_bounds: BoolArray


def derive(knowledge: Knowledge, point: FloatArray | None = None) -> Derivation | None:
    """Everything that can be derived; ``None`` where no table fits what is seen.

    Args:
        point: a possible table (the true one); looked for where it is not given.
    """
    forced = force_by_bounds(knowledge)
    if forced is None:
        return None
    values = forced.values
    unknown = forced.unknown
    by_bounds = knowledge.unknown & ~unknown
    if not unknown.any():
        return Derivation(by_bounds, values, by_bounds)
    if point is None:
        point = possible_table(forced)
        if point is None:
            return None
    values = np.where(unknown, point, values)
    still = _forced_at_bounds(forced, values)
    loose = unknown & ~still
    part = sparse.csr_array(knowledge.matrix[:, np.flatnonzero(loose)])
    part = sparse.csr_array(part[np.flatnonzero(np.diff(part.indptr))])
    derived = by_bounds | still
    derived[np.flatnonzero(loose)[determined(part)]] = True
    return Derivation(derived, values, by_bounds)


def force_by_bounds(knowledge: Knowledge) -> Knowledge | None:
    """Fills in the unknowns that single equations force, over and over; ``None`` where an equation cannot hold.

    An equation forces its unknowns when there is one, or when the least (or the greatest) they can come to is what
    they must come to.
    """
    matrix = knowledge.matrix
    values, unknown = knowledge.values.copy(), knowledge.unknown.copy()
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    column, data = matrix.indices, matrix.data.astype(np.float64)
    at_least = np.where(data > 0, knowledge.lower[column], knowledge.upper[column])
    at_most = np.where(data > 0, knowledge.upper[column], knowledge.lower[column])
    while True:
        open_ = unknown[column]
        right = -np.bincount(row, np.where(open_, 0.0, data * values[column]), minlength=matrix.shape[0])
        count = np.bincount(row, open_, minlength=matrix.shape[0])
        with np.errstate(invalid="ignore"):
            least = np.bincount(row, np.where(open_, data * at_least, 0.0), minlength=matrix.shape[0])
            most = np.bincount(row, np.where(open_, data * at_most, 0.0), minlength=matrix.shape[0])
        if (least > right + NEAR).any() or (most < right - NEAR).any():
            return None
        changed = False
        lone = open_ & (count == 1)[row]
        low = open_ & (np.abs(least - right) <= NEAR)[row]
        high = open_ & (np.abs(most - right) <= NEAR)[row]
        for entries, found in (
            (lone, right[row] / data),
            (low, at_least),
            (high, at_most),
        ):
            which = column[entries]
            if which.size:
                values[which] = found[entries]
                unknown[which] = False
                changed = True
        if not changed:
            return Knowledge(matrix, knowledge.lower, knowledge.upper, unknown, values)


def possible_table(knowledge: Knowledge) -> FloatArray | None:
    """Some values that satisfy everything, or ``None``. Shape (variables,)."""
    columns = np.flatnonzero(knowledge.unknown)
    part = sparse.csr_array(knowledge.matrix[:, columns])
    right = knowledge.right_hand_side()
    program = LinearProgram(part, right, right, knowledge.lower[columns], knowledge.upper[columns], fresh=True)
    solved = program.minimise()
    if solved is None:
        return None
    values = knowledge.values.copy()
    values[columns] = solved.values
    return values


def _forced_at_bounds(knowledge: Knowledge, point: FloatArray) -> BoolArray:
    """The unknowns that every possible table has where ``point`` has them: at their bound.

    One program: move away from ``point``, lifting as many of those cells as can be lifted. A cell's lift has a part
    ``u`` of at most one, which is counted, and a part without end, so that no cell holds another back.
    """
    unknown = knowledge.unknown
    down = unknown & (point <= knowledge.lower + NEAR)
    up = unknown & (point >= knowledge.upper - NEAR)
    at_bound = down | up
    forced = np.zeros(unknown.size, dtype=bool)
    if not at_bound.any():
        return forced
    free, held = np.flatnonzero(unknown & ~at_bound), np.flatnonzero(at_bound)
    direction = sparse.diags_array(np.where(down[held], 1.0, -1.0))
    lifted = sparse.csr_array(knowledge.matrix[:, held] @ direction)
    part = sparse.csr_array(sparse.hstack([knowledge.matrix[:, free], lifted, lifted], format="csr"))
    part = sparse.csr_array(part[np.flatnonzero(np.diff(part.indptr))])
    right = np.zeros(part.shape[0])
    lower = np.concatenate([np.full(free.size, -np.inf), np.zeros(2 * held.size)])
    upper = np.concatenate([np.full(free.size, np.inf), np.ones(held.size), np.full(held.size, np.inf)])
    both = (down & up)[held]
    upper[free.size : free.size + held.size][both] = 0.0
    upper[free.size + held.size :][both] = 0.0
    program = LinearProgram(part, right, right, lower, upper, fresh=part.shape[1] > LARGE)
    counted = np.arange(free.size, free.size + held.size)
    program.set_cost(counted, np.full(held.size, -1.0))
    solved = program.minimise()
    if solved is None:
        raise SolverError("no answer to which cells are forced to their bounds")
    forced[held[solved.values[counted] < 0.5]] = True
    return forced
