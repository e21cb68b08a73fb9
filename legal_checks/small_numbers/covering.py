"""A safe pattern as the moves that make it safe, so that single cells can be shown again.

Each need is met by a move of the true table; whatever a move touches is hidden. To show a hidden cell again, only the
needs whose moves touch it have to be met in another way.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import inf
from typing import Protocol

import numpy as np

from legal_checks.small_numbers.equations import BoolArray, FloatArray
from legal_checks.small_numbers.exposure import Alternatives
from legal_checks.small_numbers.moves import Move
from legal_checks.small_numbers.task import Task
from legal_checks.small_numbers.watch import Watch


class Mover(Protocol):
    """Finds moves: the ``Repairer`` by linear programs near the cell, ``ProductMoves`` by their shape. ``work``: of looking for one."""

    work: float

    def protect(
        self,
        alternatives: Alternatives,
        hidden: BoolArray,
        *,
        without: int | None = None,
        below: float = inf,
    ) -> Move | None:
        """A cheap move that meets one of the needs, as described at ``Repairer.protect``."""


class Cover:
    """Moves that meet all needs. ``hidden`` (shape (variables,)) is what they touch, and what is hidden in any case."""

    def __init__(self, task: Task, needs: Sequence[Alternatives]) -> None:
        self._task, self._needs = task, needs
        self._needs_of: dict[int, list[int]] = defaultdict(list)
        for which, alternatives in enumerate(needs):
            self._needs_of[alternatives[0].target].append(which)
        self._moves: dict[int, Move] = {}
        self._meets: dict[int, list[int]] = {}
        self._met_by: list[set[int]] = [set() for _ in needs]
        self._touched_by: dict[int, set[int]] = defaultdict(set)
        self._next = 0
        self.hidden = task.hidden_always()
        self._always = self.hidden.copy()

    def build(self, mover: Mover, proposal: BoolArray, watch: Watch, share: float = inf) -> None:
        """Meets every need that is not met and for which a move is found, with what ``proposal`` hides for next to nothing: others want it too.

        The needs that demand most come first: their moves are the hardest to find, and meet many others.

        Args:
            share: of the whole time, when to give up; the cover is then not complete.
        """
        order = sorted(range(len(self._needs)), key=lambda which: -self._needs[which][0].level)
        for place, which in enumerate(order):
            if self._met_by[which]:
                continue
            if watch.is_over(share):
                return
            watch.step(place / len(order))
            watch.spend(mover.work)
            move = mover.protect(self._needs[which], proposal | self.hidden)
            if move is not None:
                self._add(move)

    def thin(self, mover: Mover, likely: FloatArray, watch: Watch, share: float) -> None:
        """Shows hidden cells again, one after the other, where that can be had for less than they cost.

        Args:
            likely: how likely it is (0 … 1) that a cheapest pattern hides the cell; dear and unlikely ones come first.
                Shape (variables,).
            share: of the whole time, when to stop.
        """
        task = self._task
        while True:
            secondary = np.flatnonzero(self.hidden & task.candidates() & (task.cost > 0))
            hopes = task.cost[secondary] * (1 - likely[secondary])
            found = False
            for place, column in enumerate(secondary[np.argsort(-hopes, kind="stable")]):
                if watch.is_over(share):
                    return
                if self.hidden[column]:
                    watch.step(place / secondary.size)
                    found |= self._show(mover, int(column), watch)
            if not found:
                return

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves that are left."""
        return tuple(self._moves.values())

    def unmet(self) -> list[Alternatives]:
        """The needs for which no move was found; other needs' moves may meet them in their own way."""
        return [one for one, met in zip(self._needs, self._met_by, strict=True) if not met]

    def _show(self, mover: Mover, column: int, watch: Watch) -> bool:
        """Meets the needs that rest on one hidden cell without it; nothing changes where that costs as much."""
        cost = self._task.cost
        dropped = [self._moves[number] for number in sorted(self._touched_by[column])]
        before = np.concatenate([move.columns for move in dropped]) if dropped else np.array([column])
        before = np.unique(before[self.hidden[before]])
        bereft = {which for number in sorted(self._touched_by[column]) for which in self._meets[number]}
        for number in sorted(self._touched_by[column]):
            self._drop(number)
        left = float(cost[before[~self.hidden[before]]].sum())
        added: list[int] = []
        for which in sorted(bereft):
            if self._met_by[which]:
                continue
            watch.spend(mover.work)
            move = mover.protect(self._needs[which], self.hidden, without=column, below=left)
            if move is not None:
                left -= float(cost[move.columns[~self.hidden[move.columns]]].sum())
                added.append(self._add(move))
            if move is None or left <= 0:
                for number in added:
                    self._drop(number)
                for old in dropped:
                    self._add(old)
                return False
        self._forget_idle_moves(added)
        return True

    def _forget_idle_moves(self, added: list[int]) -> None:
        """Drops moves whose needs other moves meet by now."""
        touching = {
            number for fresh in added for c in self._moves[fresh].columns for number in self._touched_by[int(c)]
        }
        for number in sorted(touching - set(added)):
            if all(len(self._met_by[which]) > 1 for which in self._meets[number]):
                self._drop(number)

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
        self.hidden[move.columns] = True
        return number

    def _drop(self, number: int) -> None:
        for which in self._meets.pop(number):
            self._met_by[which].discard(number)
        for column in self._moves.pop(number).columns:
            touching = self._touched_by[int(column)]
            touching.discard(number)
            self.hidden[column] = bool(touching) or self._always[column]
