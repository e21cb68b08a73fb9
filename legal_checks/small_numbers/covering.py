"""A safe pattern as the moves that make it safe, so that single cells can be shown again.

Each need is met by a move of the true table; whatever a move touches is hidden. To show a hidden cell again, only the
needs whose moves touch it have to be met in another way, by programs near their cells.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from legal_checks.small_numbers.equations import BoolArray, FloatArray
from legal_checks.small_numbers.exposure import Alternatives
from legal_checks.small_numbers.repair import Move, Repairer
from legal_checks.small_numbers.task import Task
from legal_checks.small_numbers.watch import Watch


class Cover:
    """Moves that meet all needs. ``hidden`` (shape (variables,)) is what they touch, and what is hidden in any case."""

    def __init__(self, task: Task, needs: Sequence[Alternatives], repairer: Repairer) -> None:
        self._task, self._needs, self._repairer = task, needs, repairer
        self._needs_of: dict[int, list[int]] = defaultdict(list)
        for which, alternatives in enumerate(needs):
            self._needs_of[alternatives[0].target].append(which)
        self._moves: dict[int, Move] = {}
        self._meets: dict[int, list[int]] = {}
        self._met_by: list[set[int]] = [set() for _ in needs]
        self._touched_by: dict[int, set[int]] = defaultdict(set)
        self._next = 0
        self.hidden = task.hidden_always()

    def build(self, proposal: BoolArray, watch: Watch) -> None:
        """Meets every need, with what ``proposal`` hides for next to nothing: other needs will want it too.

        The needs that demand most come first: their moves are the hardest to find, and meet many others.
        """
        order = sorted(range(len(self._needs)), key=lambda which: -self._needs[which][0].level)
        for which in order:
            if self._met_by[which]:
                continue
            watch.step()
            alternatives, cheap = self._needs[which], proposal | self.hidden
            move = self._repairer.protect(alternatives, cheap, cheap) or self._repairer.protect(alternatives, cheap)
            if move is not None:
                self._add(move)
                self.hidden[move.columns] = True

    def thin(self, likely: FloatArray, watch: Watch, share: float) -> None:
        """Shows hidden cells again, one after the other, where that can be had for less than they cost.

        Args:
            likely: how likely it is (0 … 1) that a cheapest pattern hides the cell; dear and unlikely ones come first,
                and what is not likely at all is not hidden instead. Shape (variables,).
            share: of the whole time, when to stop.
        """
        task = self._task
        while True:
            secondary = np.flatnonzero(self.hidden & task.candidates() & (task.cost > 0))
            hopes = task.cost[secondary] * (1 - likely[secondary])
            found = False
            for column in secondary[np.argsort(-hopes, kind="stable")]:
                if watch.is_over(share):
                    return
                if self.hidden[column]:
                    watch.step()
                    found |= self._show(int(column), likely)
            if not found:
                return

    def _show(self, column: int, likely: FloatArray) -> bool:
        """Meets the needs that rest on one hidden cell without it; nothing changes where that costs as much."""
        dropped = {number: self._moves[number] for number in self._touched_by[column]}
        bereft = [which for number in dropped for which in self._meets[number]]
        for number in dropped:
            self._drop(number)
        hidden = self.hidden.copy()
        hidden[column] = False
        cost, left = self._task.cost, float(self._task.cost[column])
        added: list[int] = []
        for which in bereft:
            if self._met_by[which]:
                continue
            among = (likely > 0) & (cost < left)
            move = self._repairer.protect(self._needs[which], hidden, among, without=column, below=left)
            if move is not None:
                left -= float(cost[move.columns[~hidden[move.columns]]].sum())
                hidden[move.columns] = True
                added.append(self._add(move))
            if move is None or left <= 0:
                for number in added:
                    self._drop(number)
                for before in dropped.values():
                    self._add(before)
                return False
        self._forget_idle_moves(added)
        self.hidden = self._touched()
        return True

    def _forget_idle_moves(self, added: list[int]) -> None:
        """Drops moves whose needs other moves meet by now."""
        touching = {
            number for fresh in added for c in self._moves[fresh].columns for number in self._touched_by[int(c)]
        }
        for number in sorted(touching - set(added)):
            if all(len(self._met_by[which]) > 1 for which in self._meets[number]):
                self._drop(number)

    def _touched(self) -> BoolArray:
        hidden = self._task.hidden_always()
        hidden[[column for column, numbers in self._touched_by.items() if numbers]] = True
        return hidden

    def _add(self, move: Move) -> int:
        number, self._next = self._next, self._next + 1
        self._moves[number] = move
        met = [
            which
            for column in move.columns
            for which in self._needs_of.get(int(column), ())
            if move.meets(self._needs[which])
        ]
        self._meets[number] = met
        for which in met:
            self._met_by[which].add(number)
        for column in move.columns:
            self._touched_by[int(column)].add(number)
        return number

    def _drop(self, number: int) -> None:
        for which in self._meets.pop(number):
            self._met_by[which].discard(number)
        for column in self._moves.pop(number).columns:
            self._touched_by[int(column)].discard(number)
