"""Finds, for an exposed primary cell, the multipliers that prove it: few equations, few cells, near the cell.

The attacker's program moves the true table within the hidden cells' room; the duals at the target's farthest move are
the multipliers. It is solved on the equations near the target (leaving equations out only widens what the attacker
could be fooled with, so a proof found there holds), and on more of them while no proof is found. Every shown cell that
could be hidden gets a little room too, so that the program prefers proofs that rest on few of them: strong cuts.
"""

from math import inf

import numpy as np

from legal_checks.small_numbers.cuts import SMALL, Cut, Need, cut_from_alpha
from legal_checks.small_numbers.equations import BoolArray, FloatArray, IntArray
from legal_checks.small_numbers.linear_program import LinearProgram
from legal_checks.small_numbers.neighbourhood import Neighbourhoods
from legal_checks.small_numbers.task import Task

NEAR_RADII = (1, 2, 3)
FAR_RADII = (5, 10, 1000)
LITTLE = 1e-3
"""The room of a shown cell, in parts of the demanded move."""


class Certifier:
    """Proofs of exposure for the primary cells of one task."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._near = Neighbourhoods(task.matrix)
        self._candidates = task.candidates()

    def cut(self, alternatives: tuple[Need, ...], hidden: BoolArray, radii: tuple[int, ...]) -> Cut | None:
        """A condition that the pattern ``hidden`` violates since it meets none of the needs; ``None`` if it meets one."""
        unknown = self._task.unknown(hidden)
        proofs: list[tuple[Need, IntArray, FloatArray]] = []
        for need in alternatives:
            proof = self._prove(need, unknown, radii)
            if proof is None:
                return None
            proofs.append((need, *proof))
            columns, alpha = proof
            if np.count_nonzero(alpha[unknown[columns]]) == 1:
                # The shown cells alone give the target: the same proof holds for every direction.
                proofs = [(other, columns, alpha) for other in alternatives]
                break
        columns = np.unique(np.concatenate([columns for _, columns, _ in proofs]))
        spread = []
        for need, own, alpha in proofs:
            whole = np.zeros(columns.size)
            whole[np.searchsorted(columns, own)] = alpha
            spread.append((need, whole))
        cut = cut_from_alpha(self._task, tuple(spread), columns)
        return cut if cut is not None and cut.shortfall(hidden.astype(np.float64)) > 1e-6 else None

    def _prove(self, need: Need, unknown: BoolArray, radii: tuple[int, ...]) -> tuple[IntArray, FloatArray] | None:
        """Columns and α of a proof that the pattern does not meet ``need``."""
        size = -1
        for radius in radii:
            rows = self._near.equations_around(need.target, unknown, radius)
            if rows.size == size:
                break
            size = rows.size
            proof = self._prove_within(need, unknown, rows)
            if proof is not None:
                return proof
        return None

    def _prove_within(self, need: Need, unknown: BoolArray, rows: IntArray) -> tuple[IntArray, FloatArray] | None:
        task = self._task
        every = self._near.variables_of(rows)
        columns = every[unknown[every] | self._candidates[every]]
        block = self._near.block(rows, columns)
        seen, target = ~unknown[columns], int(np.searchsorted(columns, need.target))
        down, up = (task.truth - task.lower)[columns], (task.upper - task.truth)[columns]
        if need.level == 0:
            size = 1.0
            down, up = np.where(down > 0, inf, 0.0), np.where(up > 0, inf, 0.0)
        else:
            size = need.level
        down[seen] = np.minimum(down[seen], LITTLE * size)
        up[seen] = np.minimum(up[seen], LITTLE * size)
        # Reaching this is reaching anything: no proof among these equations.
        enough = 1e3 * size if need.level == 0 else 2 * size
        down[target], up[target] = (0.0, enough) if need.sign > 0 else (enough, 0.0)
        zeros = np.zeros(rows.size)
        program = LinearProgram(block, zeros, zeros, -down, up)
        program.set_cost(np.array([target]), np.array([-float(need.sign)]))
        solved = program.minimise()
        if solved is None or abs(solved.values[target]) > enough / 2:
            return None
        alpha: FloatArray = block.T @ solved.duals
        if abs(alpha[target]) < SMALL:
            return None
        # The target's own cost is no part of α: the equations alone must carry it.
        alpha = alpha / alpha[target]
        alpha[np.abs(alpha) < 1e-7] = 0.0
        if need.level == 0 and self._moves(need, alpha, unknown[columns], columns, target):
            return None
        return columns, alpha

    def _moves(self, need: Need, alpha: FloatArray, unknown: BoolArray, columns: IntArray, target: int) -> bool:
        """Whether an unknown cell other than the target still lets it move, so that α proves nothing."""
        task = self._task
        towards = -alpha * need.sign
        room = np.where(towards > 0, (task.upper - task.truth)[columns], (task.truth - task.lower)[columns])
        moving = unknown & (np.abs(alpha) > 0) & (room > 0)
        moving[target] = False
        return bool(moving.any())
