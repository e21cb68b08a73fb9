"""Why each cell of a pattern is hidden: what an attacker is left with, and what could be worked out if it were shown.

Showing one hidden cell changes only what is linked with it through hidden cells, so each is tried on that part alone. What
an attack comes to is not kept here: it names cells, and who may see their values can put the numbers in.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from math import isinf

import numpy as np

from legal_checks.small_numbers.derivation import derive
from legal_checks.small_numbers.equations import BoolArray, FloatArray, IntArray
from legal_checks.small_numbers.exposure import knowledge_of
from legal_checks.small_numbers.insiders import InsiderTable
from legal_checks.small_numbers.intervals import Knowledge, attack_intervals
from legal_checks.small_numbers.neighbourhood import Neighbourhoods
from legal_checks.small_numbers.proofs import Proof, Prover
from legal_checks.small_numbers.table import Cell, Problem
from legal_checks.small_numbers.task import Task, component_labels

SPELLED_OUT = 2
"""Attacks of one cell that are spelled out; of more it is said how many cells they reach."""
MOST_TRIES = 2_000
"""Cells of a table that are tried against insiders: that is counted and not timed, so that two runs say the same."""


@dataclass(frozen=True, slots=True)
class Attack:
    """A primary cell that follows exactly as soon as the cell is shown.

    Attributes:
        target: what is worked out.
        sums: the sums that are used, by their cells; empty where something else is (earlier releases, rates).
        others: of one sum the other cells in it, all of them seen then or known to the insider.
        is_the_sum: the target is that sum itself.
        is_least: what else is hidden in the sums cannot be less than it is known to be, and that is used.
        insider: who works it out; empty for everybody.
    """

    target: Cell
    sums: tuple[Cell, ...] = ()
    others: tuple[Cell, ...] = ()
    is_the_sum: bool = False
    is_least: bool = False
    insider: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One hidden cell. ``lowest`` and ``highest`` (``None``: no end) are what everybody is left with.

    ``attacks``: the first of those that showing it would open; ``more`` there are.
    """

    cell: Cell
    lowest: float
    highest: float | None
    attacks: tuple[Attack, ...] = ()
    more: int = 0


def reasons(
    problem: Problem,
    hidden: Collection[Cell],
    insiders: Iterable[str] = (),
    protected: Collection[Cell] | None = None,
) -> tuple[Reason, ...]:
    """A reason for each of ``hidden``, in the order of the cells. A protected one has itself to tell of, and no attack.

    Args:
        problem: the table as it was protected.
        hidden: every cell that is hidden in it.
        insiders: codes of the first dimension that were tried (`insiders.cover`).
        protected: the cells that attacks are looked for on; every primary one where they are not given.

    Raises:
        ValueError: for a table that the engine cannot read.
    """
    table = InsiderTable.of(problem)
    pattern = table.variables(hidden)
    task, variable = table.prepared.task, table.prepared.task.system.variable
    wanted = task.primary
    if protected is not None:
        wanted = np.zeros(task.truth.size, dtype=bool)
        wanted[variable[[table.prepared.grid.number(cell) for cell in protected]]] = True
    everybody = _Attacker(table, task, pattern, wanted)
    lowest, highest = everybody.intervals()
    attackers = _Insiders(table, pattern, wanted, tuple(insiders))
    known: dict[int, tuple[tuple[Attack, ...], int]] = {}
    found, tries = [], 0
    for cell in sorted(hidden, key=table.prepared.grid.number):
        which = int(variable[table.prepared.grid.number(cell)])
        if which not in known:
            attacks = ((), 0) if wanted[which] else everybody.attacks_with(which)
            if not attacks[0] and not wanted[which] and tries < MOST_TRIES:
                tries += 1
                attacks = next(filter(lambda one: one[0], (one.attacks_with(which) for one in attackers())), ((), 0))
            known[which] = attacks
        end = float(highest[which])
        found.append(Reason(cell, _plain(float(lowest[which])), None if isinf(end) else _plain(end), *known[which]))
    return tuple(found)


class _Insiders:
    """The insiders who know something hidden, each made when first asked for."""

    def __init__(self, table: InsiderTable, pattern: BoolArray, wanted: BoolArray, codes: tuple[str, ...]) -> None:
        self._table, self._pattern, self._wanted, self._codes = table, pattern, wanted, codes
        self._made: dict[str, _Attacker] = {}

    def __call__(self) -> Iterator["_Attacker"]:
        for code in self._codes:
            if code not in self._made:
                task = self._table.as_seen_by(code)
                self._made[code] = _Attacker(self._table, task, self._pattern, self._wanted & task.primary, code)
            yield self._made[code]


class _Attacker:
    """Somebody who reads the published table, and may know a part of it."""

    def __init__(self, table: InsiderTable, task: Task, pattern: BoolArray, wanted: BoolArray, code: str = "") -> None:
        self._table, self._task, self._wanted, self._code = table, task, wanted, code
        self._hidden = pattern
        self._knowledge = knowledge_of(task, pattern)
        self._near = Neighbourhoods(task.matrix)
        self._label = component_labels(task.matrix, self._knowledge.unknown)

    def intervals(self) -> tuple[FloatArray, FloatArray]:
        """What the attacker holds possible of each variable. Shapes (variables,)."""
        targets = self._hidden & self._knowledge.unknown
        reached = attack_intervals(self._knowledge, targets, witness=self._task.truth)
        if reached is None:
            raise AssertionError("the true table does not satisfy its own equations")
        return reached.lowest, reached.highest

    def attacks_with(self, shown: int) -> tuple[tuple[Attack, ...], int]:
        """The attacks that one more variable's being shown opens, and how many there are beside those spelled out."""
        if not self._knowledge.unknown[shown]:
            return (), 0
        linked = np.flatnonzero(self._label == self._label[shown])
        if not (self._wanted[linked] & (linked != shown)).any():
            return (), 0
        rows = self._near.equations_of(linked)
        if rows.size == 0:
            return (), 0
        columns = self._near.variables_of(rows)
        before = self._part(rows, columns)
        unknown = before.unknown & (columns != shown)
        after = Knowledge(before.matrix, before.lower, before.upper, unknown, before.values)
        truth = self._task.truth[columns]
        gained = _derived(after, truth) & ~_derived(before, truth) & self._wanted[columns] & unknown
        targets = np.flatnonzero(gained)
        prover = Prover(after)
        attacks = tuple(self._spelled_out(prover, after, rows, columns, int(one)) for one in targets[:SPELLED_OUT])
        return attacks, max(0, int(targets.size) - SPELLED_OUT)

    def _part(self, rows: IntArray, columns: IntArray) -> Knowledge:
        whole = self._knowledge
        return Knowledge(
            self._near.block(rows, columns),
            whole.lower[columns],
            whole.upper[columns],
            whole.unknown[columns],
            whole.values[columns],
        )

    def _spelled_out(self, prover: Prover, part: Knowledge, rows: IntArray, columns: IntArray, target: int) -> Attack:
        cell, value = self._cell(int(columns[target])), float(self._task.truth[columns[target]])
        proof = prover.prove(target, 1, value) or prover.prove(target, -1, value)
        if proof is None or cell is None:
            return Attack(cell or (), insider=self._code)
        sums = tuple(self._sum(int(rows[row])) for row in proof.rows)
        if not all(sums):
            return Attack(cell, insider=self._code)
        if len(proof.rows) > 1:
            return Attack(cell, sums, is_least=proof.helpers > 0, insider=self._code)
        return self._by_one_sum(proof, part, columns, cell, sums)

    def _by_one_sum(
        self, proof: Proof, part: Knowledge, columns: IntArray, cell: Cell, sums: tuple[Cell, ...]
    ) -> Attack:
        row = slice(part.matrix.indptr[proof.rows[0]], part.matrix.indptr[proof.rows[0] + 1])
        inside, signs = part.matrix.indices[row], part.matrix.data[row]
        is_the_sum = bool(signs[inside == proof.target][0] < 0)
        parts = inside[(signs > 0) & (inside != proof.target)]
        others = tuple(one for at in parts if (one := self._cell(int(columns[at]))))
        return Attack(cell, sums, others, is_the_sum, proof.helpers > 0, self._code)

    def _sum(self, row: int) -> Cell:
        system = self._task.system
        return system.sum_cell(row) if row < system.equation_count else ()

    def _cell(self, variable: int) -> Cell | None:
        """The first cell of a variable: of cells that must be equal the innermost. ``None``: it is no cell of this table."""
        numbers = np.flatnonzero(self._task.system.variable == variable)
        return self._table.prepared.grid.cell(int(numbers[0])) if numbers.size else None


def _derived(knowledge: Knowledge, truth: FloatArray) -> BoolArray:
    found = derive(knowledge, truth)
    if found is None:
        raise AssertionError("the true table does not satisfy its own equations")
    return found.derived


def _plain(value: float) -> float:
    return round(value, 6) + 0.0
