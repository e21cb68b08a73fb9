"""Why a cell cannot be above (or below) a value: a few equations whose sum says so, checked in whole numbers.

The bound on a cell is the optimum of the attacker's program; its dual multiplies equations so that every other unknown
cancels out, or stands on the side where its own bound limits it. The multipliers of the simplex solution are small
fractions; they are rounded to such and the whole inequality is then computed anew with integers, so that what is
reported holds exactly and not to seven digits.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import inf, isinf

import numpy as np
from scipy import sparse

from legal_checks.small_numbers.equations import BoolArray, FloatArray, IntArray
from legal_checks.small_numbers.intervals import Knowledge
from legal_checks.small_numbers.linear_program import LinearProgram
from legal_checks.small_numbers.neighbourhood import Neighbourhoods

RADII = (1, 2, 3, 5, 1000)
LARGEST_DENOMINATOR = 720
PREFER_FEW = 1e-6
"""Price of using an equation at all, so that of equally good proofs the shortest is found."""


@dataclass(frozen=True, slots=True)
class Proof:
    """``target`` ≤ ``bound`` (``side`` +1) or ≥ ``bound`` (−1), since Σ multiplier · equation says so.

    ``helpers`` counts the unknowns besides the target that do not cancel but are limited by their own bounds.
    """

    target: int
    side: int
    bound: Fraction
    rows: tuple[int, ...]
    multipliers: tuple[Fraction, ...]
    helpers: int


class Prover:
    """Proofs about one published table."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._near = Neighbourhoods(knowledge.matrix)
        self._right = knowledge.right_hand_side()

    def prove(self, target: int, side: int, bound: float) -> Proof | None:
        """A proof that the target is at most (``side`` +1) or at least (−1) ``bound``; ``None`` if none is found."""
        size = -1
        for radius in RADII:
            rows = self._near.equations_around(target, self._knowledge.unknown, radius)
            if rows.size in (0, size):
                return None
            size = rows.size
            proof = self._prove_with(target, side, rows)
            if proof is not None and side * (float(proof.bound) - bound) <= 1e-6:
                return proof
        return None

    def _prove_with(self, target: int, side: int, rows: IntArray) -> Proof | None:
        knowledge = self._knowledge
        columns = self._near.variables_of(rows)
        columns = columns[knowledge.unknown[columns]]
        block = self._near.block(rows, columns)
        at = int(np.searchsorted(columns, target))
        limited, lower, upper = np.ones(columns.size, dtype=bool), knowledge.lower[columns], knowledge.upper[columns]
        limited[at] = False
        found = _multipliers(block, self._right[rows] * side, at, limited, lower * side, upper * side, side)
        if found is None:
            return None
        used = np.flatnonzero(np.abs(found) > 1e-9)
        multipliers = [Fraction(float(found[one])).limit_denominator(LARGEST_DENOMINATOR) for one in used]
        return self._checked(target, side, [int(row) for row in rows[used]], multipliers)

    def _checked(self, target: int, side: int, rows: list[int], multipliers: list[Fraction]) -> Proof | None:
        """The proof computed anew with exact numbers, or ``None`` where the rounded multipliers prove nothing."""
        knowledge, matrix = self._knowledge, self._knowledge.matrix
        alpha: dict[int, Fraction] = {}
        total = Fraction(0)
        for row, multiplier in zip(rows, multipliers, strict=True):
            for entry in range(matrix.indptr[row], matrix.indptr[row + 1]):
                column, coefficient = int(matrix.indices[entry]), Fraction(float(matrix.data[entry]))
                if knowledge.unknown[column]:
                    alpha[column] = alpha.get(column, Fraction(0)) + multiplier * coefficient
                else:
                    total -= multiplier * coefficient * Fraction(float(knowledge.values[column]))
        if alpha.pop(target, Fraction(0)) != 1:
            return None
        helpers = 0
        for column, coefficient in alpha.items():
            if coefficient == 0:
                continue
            # target = total − Σ coefficient · y: an upper bound takes each y where it makes the target largest.
            end = knowledge.lower[column] if coefficient * side > 0 else knowledge.upper[column]
            if isinf(end):
                return None
            total -= coefficient * Fraction(float(end))
            helpers += 1
        return Proof(target, side, total, tuple(rows), tuple(multipliers), helpers)


def _multipliers(
    block: sparse.csr_array,
    right: FloatArray,
    at: int,
    limited: BoolArray,
    lower: FloatArray,
    upper: FloatArray,
    side: int,
) -> FloatArray | None:
    """The equations' multipliers of the best bound.

    Columns of the program: the multipliers' positive and negative parts; for each unknown what stands against its
    lower bound and what stands against its upper one.
    """
    rows, columns = block.shape
    across = sparse.csr_array(block.T)
    identity = sparse.eye_array(columns, format="csr")
    matrix = sparse.csr_array(sparse.hstack([across, -across, -identity, identity], format="csr"))
    wanted = np.zeros(columns)
    wanted[at] = 1.0
    # On the side −1 the lower bounds act as upper ones and the other way round.
    first, second = (lower, upper) if side > 0 else (upper, lower)
    usable_first, usable_second = limited & np.isfinite(first), limited & np.isfinite(second)
    highest = np.concatenate(
        [np.full(2 * rows, inf), np.where(usable_first, inf, 0.0), np.where(usable_second, inf, 0.0)]
    )
    cost = np.concatenate(
        [
            right + PREFER_FEW,
            -right + PREFER_FEW,
            np.where(usable_first, -np.where(usable_first, first, 0.0), 0.0) + PREFER_FEW,
            np.where(usable_second, np.where(usable_second, second, 0.0), 0.0) + PREFER_FEW,
        ]
    )
    program = LinearProgram(matrix, wanted, wanted, np.zeros(highest.size), highest, fresh=True)
    program.set_cost(np.arange(highest.size), cost)
    solved = program.minimise()
    if solved is None:
        return None
    multipliers: FloatArray = solved.values[:rows] - solved.values[rows : 2 * rows]
    return multipliers
