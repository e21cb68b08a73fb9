"""Moves of the true table: other tables that satisfy every equation, and so witnesses that cells are uncertain."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from legal_checks.small_numbers.cuts import Need
from legal_checks.small_numbers.equations import FloatArray, IntArray
from legal_checks.small_numbers.task import Task

MOVED = 1e-7
"""A cell whose value moves by less than this in a program's solution does not move."""
A_LITTLE = 1e-3
"""The price of moving a hidden cell, in parts of its own: moves of few cells can be told apart and taken back."""


@dataclass(frozen=True, slots=True)
class Move:
    """A move of the true table that meets a need: ``amounts`` of ``columns``, everything else stands still."""

    columns: IntArray
    amounts: FloatArray

    def meets(self, alternatives: tuple[Need, ...]) -> bool:
        """Whether it meets one of these needs as well."""
        for need in alternatives:
            at = int(np.searchsorted(self.columns, need.target))
            if at < self.columns.size and self.columns[at] == need.target:
                amount = need.sign * self.amounts[at]
                if amount >= max(need.level, MOVED) - MOVED / 2:
                    return True
        return False


def price_of(task: Task) -> FloatArray:
    """The cost of each variable, and a little for what costs nothing, so that nothing is hidden for no reason."""
    return task.cost + 1e-3 * max(1.0, float(task.cost.mean()) if task.cost.size else 1.0)


def together(moves: Sequence[Move], size: int) -> sparse.csc_array:
    """The moves as the columns of one matrix of shape (size, moves)."""
    pointers = np.cumsum([0, *(move.columns.size for move in moves)])
    rows = np.concatenate([np.zeros(0, dtype=np.int64), *(move.columns for move in moves)])
    amounts = np.concatenate([np.zeros(0), *(move.amounts for move in moves)])
    return sparse.csc_array((amounts, rows, pointers), shape=(size, len(moves)))
