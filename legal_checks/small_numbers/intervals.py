"""INT: the lowest and the highest value that an attacker can hold possible, by linear programs.

One program per connected component of the unknown cells, kept open from one cell to the next; every solution is a
possible table, and so a witness for all other cells at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy import sparse

from legal_checks.small_numbers.equations import BoolArray, FloatArray, IntArray
from legal_checks.small_numbers.linear_program import LinearProgram, SolverError
from legal_checks.small_numbers.moves import Move, together
from legal_checks.small_numbers.task import component_labels
from legal_checks.small_numbers.watch import Watch

FEW = 20
"""Fewer targets than this are followed one by one."""
PAYS = 30
"""Targets that a program for many must bring there, for another one to be tried: one by one takes less otherwise."""
TOLERANCE = 1e-6
"""Two figures of an attacker's interval closer than this are the same: ten times the tolerance of HiGHS, which finds them."""


@dataclass(frozen=True)
class Knowledge:
    """What an attacker has: equations, bounds, and the values that are seen. Arrays of shape (variables,).

    ``values`` holds what is seen where ``unknown`` is false; elsewhere it is not read.
    """

    matrix: sparse.csr_array
    lower: FloatArray
    upper: FloatArray
    unknown: BoolArray
    values: FloatArray

    def right_hand_side(self) -> FloatArray:
        """What the unknowns of each equation must sum to. Shape (equations,)."""
        seen = np.where(self.unknown, 0.0, self.values)
        result: FloatArray = -(self.matrix @ seen)
        return result


@dataclass(frozen=True)
class Reached:
    """Shape (variables,): values that possible tables reach. Proven ends only where ``exact`` is true."""

    lowest: FloatArray
    highest: FloatArray
    exact: BoolArray


def attack_intervals(
    knowledge: Knowledge,
    targets: BoolArray,
    *,
    witness: FloatArray | None = None,
    moves: Sequence[Move] = (),
    enough: tuple[FloatArray, FloatArray] | None = None,
    watch: Watch | None = None,
) -> Reached | None:
    """The attacker's interval of each target; ``None`` where no table at all fits what is seen.

    Args:
        witness: a possible table, if one is known (the true one).
        moves: of the witness, which may be further possible tables; those that are not are left out.
        enough: (lowest, highest) beyond which an end need not be followed: a decision instead of intervals.
        watch: asked before every program whether to go on.
    """
    size = knowledge.unknown.size
    lowest, highest = np.full(size, inf), np.full(size, -inf)
    if witness is not None:
        lowest, highest = witness.copy(), witness.copy()
        _follow_moves(knowledge, witness, moves, lowest, highest)
    seen = ~knowledge.unknown
    lowest[seen] = highest[seen] = knowledge.values[seen]
    exact = seen.copy()
    label = component_labels(knowledge.matrix, knowledge.unknown)
    right = knowledge.right_hand_side()
    order = np.argsort(label, kind="stable")
    order = order[label[order] >= 0]
    starts = np.flatnonzero(np.diff(label[order], prepend=-1))
    for columns in np.split(order, starts[1:]) if order.size else []:
        if witness is not None and not targets[columns].any():
            continue
        if not _follow(knowledge, right, columns, targets, lowest, highest, exact, enough, watch):
            return None
    return Reached(lowest, highest, exact)


def _follow_moves(
    knowledge: Knowledge, witness: FloatArray, moves: Sequence[Move], lowest: FloatArray, highest: FloatArray
) -> None:
    """Widens the ends by the tables that moves of the witness lead to, each tried against all that is known."""
    if not moves:
        return
    amounts = together(moves, witness.size)
    keeps_sums = np.ones(len(moves), dtype=bool)
    if knowledge.matrix.shape[0]:
        keeps_sums = abs(knowledge.matrix @ amounts).max(axis=0).toarray() < TOLERANCE
    for move, keeps in zip(moves, keeps_sums, strict=True):
        columns, reached = move.columns, witness[move.columns] + move.amounts
        within = (reached >= knowledge.lower[columns] - TOLERANCE) & (reached <= knowledge.upper[columns] + TOLERANCE)
        if keeps and within.all() and knowledge.unknown[columns].all():
            np.minimum.at(lowest, columns, reached)
            np.maximum.at(highest, columns, reached)


def _follow(
    knowledge: Knowledge,
    right: FloatArray,
    columns: IntArray,
    targets: BoolArray,
    lowest: FloatArray,
    highest: FloatArray,
    exact: BoolArray,
    enough: tuple[FloatArray, FloatArray] | None,
    watch: Watch | None,
) -> bool:
    """Solves one component's programs into ``lowest``, ``highest`` and ``exact``; False where it is infeasible."""
    part = sparse.csr_array(knowledge.matrix[:, columns])
    rows = np.flatnonzero(np.diff(part.indptr))
    program = LinearProgram(
        sparse.csr_array(part[rows]), right[rows], right[rows], knowledge.lower[columns], knowledge.upper[columns]
    )
    if highest[columns[0]] == -inf:
        first = program.minimise()
        if first is None:
            return False
        lowest[columns], highest[columns] = first.values, first.values
    if enough is not None:
        _move_many(program, columns, targets, knowledge, lowest, highest, enough)
    for at in np.flatnonzero(targets[columns]):
        target = columns[at]
        for sign, reached in ((1.0, lowest), (-1.0, highest)):
            if enough is not None:
                end = enough[0][target] if sign > 0 else enough[1][target]
                if sign * (end - reached[target]) > -TOLERANCE:
                    continue
            if watch is not None:
                watch.step()
            program.set_cost(np.array([at]), np.array([sign]))
            solved = program.minimise()
            if solved is None:
                if not program.is_unbounded:
                    raise SolverError("an attacker's program was not solved")
                reached[target] = -sign * inf
                continue
            np.minimum.at(lowest, columns, solved.values)
            np.maximum.at(highest, columns, solved.values)
        exact[target] = enough is None
    return True


def _move_many(
    program: LinearProgram,
    columns: IntArray,
    targets: BoolArray,
    knowledge: Knowledge,
    lowest: FloatArray,
    highest: FloatArray,
    enough: tuple[FloatArray, FloatArray],
) -> None:
    """Possible tables that bring many targets as far as is enough, each by one program, while that pays.

    The objective is the sum of the targets that are not there yet, and none of them may go further than is enough.
    """
    own = targets[columns]
    for sign, reached, ends in ((1.0, lowest, enough[0]), (-1.0, highest, enough[1])):
        bounds = knowledge.lower[columns], knowledge.upper[columns]
        while True:
            short = own & (sign * (ends - reached)[columns] < -TOLERANCE)
            if short.sum() < FEW:
                break
            floor, ceiling = bounds[0].copy(), bounds[1].copy()
            (floor if sign > 0 else ceiling)[short] = ends[columns][short]
            program.set_bounds(floor, ceiling)
            which = np.flatnonzero(short)
            program.set_cost(which, np.full(which.size, sign))
            solved = program.minimise()
            if solved is None:
                break
            np.minimum.at(lowest, columns, solved.values)
            np.maximum.at(highest, columns, solved.values)
            still = short & (sign * (ends - reached)[columns] < -TOLERANCE)
            if short.sum() - still.sum() < PAYS:
                break
        program.set_bounds(*bounds)
