"""Attackers who know a part of the table themselves: a region knows its own cells, and subtracts them from the sums.

To such an insider the cells of that part are known, whatever is hidden; the primary cells of the others are to stay as uncertain
as to everybody. A pattern that hides more is never less safe, against anybody; so what each insider asks for is put together.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from legal_checks.small_numbers.audit import Exposure
from legal_checks.small_numbers.cuts import needs_of
from legal_checks.small_numbers.equations import BoolArray
from legal_checks.small_numbers.exposure import attainable, describe, find_exposed, unmet
from legal_checks.small_numbers.reading import Prepared, prepare
from legal_checks.small_numbers.secondary import hide_secondary
from legal_checks.small_numbers.table import Cell, Problem
from legal_checks.small_numbers.task import Task, component_labels
from legal_checks.small_numbers.watch import Watch

Exposures = tuple[Exposure, ...]


@dataclass(frozen=True)
class Covered:
    """A pattern that insiders were tried against.

    Attributes:
        hidden: every hidden cell, those that were hidden before included.
        exposed: what an insider can still work out, by the insider's code, though a pattern may hide more.
        unavoidable: what an insider can work out whatever is hidden: the cells that must be shown tell it.
    """

    hidden: frozenset[Cell]
    exposed: Mapping[str, Exposures]
    unavoidable: Mapping[str, Exposures]


def cover(
    problem: Problem, hidden: Collection[Cell], insiders: Iterable[str], time_limit: float | None = None
) -> Covered:
    """Hides more where some insider, alone, could work out a primary cell of others.

    Args:
        problem: the whole table. ``publish`` names what must be shown.
        hidden: the cells of a pattern that is safe against outsiders.
        insiders: codes of the first dimension; each knows every cell below its code. Who has nothing hidden knows no
            more than everybody, and need not be named.
        time_limit: seconds for each search.

    Raises:
        ValueError: for a table that the engine cannot read.
    """
    table = InsiderTable.of(problem)
    pattern = table.variables(hidden)
    exposed: dict[str, BoolArray] = {}
    unavoidable: dict[str, BoolArray] = {}
    for code in insiders:
        task = table.as_seen_by(code)
        if not (table.has_more_to_go_on(task, pattern) and _worked_out(task, pattern).any()):
            continue
        told = _worked_out(task, task.hidden_always() | task.candidates())
        if told.any():
            unavoidable[code] = told
        pattern = pattern | _repaired(task, pattern, told, time_limit)
        if (left := _worked_out(task, pattern) & ~told).any():
            exposed[code] = left
    return Covered(
        frozenset(hidden) | table.cells(pattern),
        {code: table.described(code, pattern, mask) for code, mask in exposed.items()},
        {code: table.described(code, pattern, mask) for code, mask in unavoidable.items()},
    )


def told_whatever_is_hidden(problem: Problem, insiders: Iterable[str]) -> dict[str, Exposures]:
    """What each insider can work out of what must be shown, by code; raises as `cover` does."""
    table, found = InsiderTable.of(problem), {}
    for code in insiders:
        task = table.as_seen_by(code)
        everything = task.hidden_always() | task.candidates()
        if (told := _worked_out(task, everything)).any():
            found[code] = table.described(code, everything, told)
    return found


@dataclass(frozen=True)
class InsiderTable:
    """A table made ready, and the tasks of those who know a part of it."""

    prepared: Prepared

    @classmethod
    def of(cls, problem: Problem) -> "InsiderTable":
        prepared, findings = prepare(problem)
        if prepared is None:
            raise ValueError(findings[0].code)
        return cls(prepared)

    def variables(self, hidden: Collection[Cell]) -> BoolArray:
        """A pattern of cells. A variable is seen where any of the cells that are equal to it is. Shape (variables,)."""
        grid, variable = self.prepared.grid, self.prepared.task.system.variable
        is_shown = np.ones(grid.size, dtype=bool)
        is_shown[[grid.number(cell) for cell in hidden]] = False
        mask = np.ones(self.prepared.task.truth.size, dtype=bool)
        mask[variable[is_shown]] = False
        return mask

    def cells(self, pattern: BoolArray) -> frozenset[Cell]:
        """The cells that a pattern of variables hides, but for those that everybody knows."""
        task = self.prepared.task
        hidden = pattern & (self.prepared.task.candidates() | task.primary)
        numbers = np.flatnonzero(hidden[task.system.variable])
        return frozenset(map(self.prepared.grid.cell, numbers.tolist()))

    def as_seen_by(self, code: str) -> Task:
        """The task of an insider: the own cells are known, and need no protection from who knows them."""
        task, shape = self.prepared.task, self.prepared.grid.shape
        leaves = self._leaves[code]
        own_codes = np.array([below <= leaves for below in self._leaves.values()])
        is_own = np.broadcast_to(own_codes.reshape(-1, *[1] * (len(shape) - 1)), shape).ravel()
        own = np.zeros(task.truth.size, dtype=bool)
        own[task.system.variable[is_own]] = True
        return replace(task, known=task.known | own, primary=task.primary & ~own, must_show=task.must_show & ~own)

    def has_more_to_go_on(self, task: Task, pattern: BoolArray) -> bool:
        """Whether an insider knows a hidden cell that is linked, through hidden cells, with a primary one of others.

        Where none is, the insider sees no more of the others than everybody does.
        """
        everybody = self.prepared.task
        label = component_labels(everybody.matrix, everybody.unknown(pattern))
        own = task.known & ~everybody.known
        return bool(np.isin(label[task.primary & pattern], label[own & pattern]).any())

    @cached_property
    def _leaves(self) -> dict[str, frozenset[int]]:
        """The positions of the leaves below each code of the first dimension, in the order of its codes."""
        first = self.prepared.grid.classifications[0]
        return {code: frozenset(first.leaf_positions(code).tolist()) for code in first.codes}

    def described(self, code: str, pattern: BoolArray, mask: BoolArray) -> Exposures:
        """The exposed cells of others, with the ends that the insider is left with."""
        task = self.as_seen_by(code)
        exposed = replace(find_exposed(task, pattern), mask=mask)
        numbers = np.flatnonzero(self.prepared.primary_cells)
        grid, variable = self.prepared.grid, task.system.variable
        return tuple(describe(exposed, grid, variable, numbers, self.prepared.sum_name))


def _worked_out(task: Task, pattern: BoolArray) -> BoolArray:
    """The variables whose demands a pattern does not meet against a task's attacker. Shape (variables,)."""
    mask = np.zeros(task.truth.size, dtype=bool)
    for alternatives in unmet(task, list(needs_of(task)), pattern):
        mask[alternatives[0].target] = True
    return mask


def _repaired(task: Task, pattern: BoolArray, given_up: BoolArray, time_limit: float | None) -> BoolArray:
    """What to hide so that the insider works out nothing but what is given up. What is hidden already costs nothing."""
    wanted = replace(task, primary=task.primary & ~given_up, cost=np.where(pattern, 0.0, task.cost))
    watch = Watch(time_limit)
    return hide_secondary(attainable(wanted, watch), watch).hidden
