"""EX: which unknown cells an attacker derives exactly.

Three steps. Bounds: an equation with one unknown gives it, and one whose unknowns can only just reach their sum gives
them all. Forced cells: of the unknowns that stand at their bound, those that no possible table lifts from it. Linear
algebra: of what is left, the unknowns that the equations determine.

Which cells are forced is also a question of linear algebra nearly always: the direction nearest to "lift them all" that
satisfies the equations either lifts them (proof: the direction), or is zero (proof: the equations combine to "the sum
of their lifts is zero"). Only where it is neither does a linear program decide.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from legal_checks.small_numbers.equations import BoolArray, FloatArray
from legal_checks.small_numbers.intervals import Knowledge
from legal_checks.small_numbers.linear_program import LinearProgram, SolverError
from legal_checks.small_numbers.nullspace import STILL, determined, projected

NEAR = 1e-6
"""Values are whole numbers; two that are closer than this are equal."""


LARGE = 20_000
"""Columns from which presolve pays even where a first solution is at hand."""
LIFTED = 1e-3
"""A cell that a direction lifts by this share of what was wished is lifted; less is looked at again."""
ROUNDS = 12
"""Times that cells that a direction does not lift are left out before it is given up."""


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
    """The unknowns that every possible table has where ``point`` has them: at their bound."""
    unknown = knowledge.unknown
    down = unknown & (point <= knowledge.lower + NEAR)
    up = unknown & (point >= knowledge.upper - NEAR)
    forced = down & up
    free, held = unknown & ~(down | up), (down | up) & ~forced
    upwards = np.where(down, 1.0, -1.0)
    by_column = sparse.csc_array(knowledge.matrix)
    while held.any():
        lifted, direction = _lifted(by_column, free, held, upwards)
        if not lifted.any():
            if np.abs(direction).max() > STILL:
                held = _never_lifted(knowledge, free, held, upwards)
            return forced | held
        # A cell that can be lifted is not at its bound in every table: from now on it may move both ways.
        free, held = free | lifted, held & ~lifted
    return forced


def _lifted(
    by_column: sparse.csc_array, free: BoolArray, held: BoolArray, upwards: FloatArray
) -> tuple[BoolArray, FloatArray]:
    """Cells among ``held`` that one direction lifts all at once, and the direction nearest to lifting all of them.

    Shapes (variables,). Cells that it does not lift are left out and the next one is looked for.
    """
    nearest = _nearest_direction(by_column, free | held, np.where(held, upwards, 0.0))
    lifted, direction = held, nearest
    for _ in range(ROUNDS):
        failing = lifted & (direction * upwards < LIFTED)
        if not failing.any():
            return lifted, nearest
        lifted = lifted & ~failing
        if not lifted.any():
            break
        direction = _nearest_direction(by_column, free | lifted, np.where(lifted, upwards, 0.0))
    return np.zeros(held.size, dtype=bool), nearest


def _nearest_direction(by_column: sparse.csc_array, moving: BoolArray, wished: FloatArray) -> FloatArray:
    """The direction nearest to ``wished`` in which only ``moving`` moves and every equation holds. Shapes (variables,)."""
    columns = np.flatnonzero(moving)
    part = sparse.csr_array(by_column[:, columns])
    direction = np.zeros(moving.size)
    direction[columns] = projected(sparse.csr_array(part[np.flatnonzero(np.diff(part.indptr))]), wished[columns])
    return direction


def _never_lifted(knowledge: Knowledge, free: BoolArray, held: BoolArray, upwards: FloatArray) -> BoolArray:
    """Those of ``held`` that no direction lifts, by one linear program. Shape (variables,).

    A cell's lift has a part ``u`` of at most one, which is counted, and a part without end, so that no cell holds
    another back.
    """
    free_columns, columns = np.flatnonzero(free), np.flatnonzero(held)
    lift = sparse.csr_array(knowledge.matrix[:, columns] @ sparse.diags_array(upwards[columns]))
    part = sparse.csr_array(sparse.hstack([knowledge.matrix[:, free_columns], lift, lift], format="csr"))
    part = sparse.csr_array(part[np.flatnonzero(np.diff(part.indptr))])
    right = np.zeros(part.shape[0])
    many = free_columns.size
    lower = np.concatenate([np.full(many, -np.inf), np.zeros(2 * columns.size)])
    upper = np.concatenate([np.full(many, np.inf), np.ones(columns.size), np.full(columns.size, np.inf)])
    program = LinearProgram(part, right, right, lower, upper, fresh=part.shape[1] > LARGE)
    counted = np.arange(many, many + columns.size)
    program.set_cost(counted, np.full(columns.size, -1.0))
    solved = program.minimise()
    if solved is None:
        raise SolverError("no answer to which cells are forced to their bounds")
    never = np.zeros(held.size, dtype=bool)
    never[columns[solved.values[counted] < 0.5]] = True
    return never
