"""Earlier publications as what an attacker has: cells shown before, and equations among their cells.

A cell of an earlier release means the set of leaves that it counts. Where today's table has a cell of the same meaning,
the two are one variable; where it has not (the total of a year with another list of hospitals), the earlier cell is a
variable of its own, tied to the others by the equations of its own release.

A release that was revised since has cells that were shown with another value than today's. The attacker is taken to
believe that nothing else changed, as far as that adds up: the cells whose change explains the difference with the least
total change get variables of their own, all others are the same figures as today.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from scipy import sparse

from legal_checks.small_numbers.codes import Classification
from legal_checks.small_numbers.equations import FloatArray, System
from legal_checks.small_numbers.linear_program import LinearProgram
from legal_checks.small_numbers.table import Cell, Dimension, Problem, PublishedTable
from registry.findings import Finding, Severity

CHANGED = 1e-6


@dataclass
class Additions:
    """Variables and equations beyond the table's own, as they are gathered.

    ``known`` maps a variable (of the table, or further) to its value; ``rows`` are (coefficients by variable, name).
    """

    count: int
    known: dict[int, float] = field(default_factory=dict)
    rows: list[tuple[dict[int, float], str]] = field(default_factory=list)
    own: dict[object, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def variable(self, meaning: object) -> int:
        """The further variable of that meaning, a new one the first time."""
        if meaning not in self.own:
            self.own[meaning] = self.count
            self.count += 1
        return self.own[meaning]


@dataclass(frozen=True)
class _Layout:
    """One release's codes per dimension, what they sum, and the leaves that each counts."""

    codes: tuple[tuple[str, ...], ...]
    parts: tuple[Mapping[str, tuple[str, ...]], ...]
    leaves: tuple[Mapping[str, frozenset[str]], ...]


def add_releases(problem: Problem, system: System, current: FloatArray, additions: Additions) -> None:
    """Adds every earlier release of ``problem``.

    Args:
        current: today's values per variable of the table, NaN where they are not known. Shape (variables,).
    """
    for number, released in enumerate(problem.released):
        foreign = [column for column in released.columns if column not in problem.columns]
        name = released.name or str(number + 1)
        if foreign:
            additions.findings.append(
                Finding("small-numbers-release-columns", Severity.ERROR, {"name": name, "columns": ", ".join(foreign)})
            )
            continue
        _Release(problem, system, current, additions, released, number, name).add()


class _Release:
    def __init__(
        self,
        problem: Problem,
        system: System,
        current: FloatArray,
        additions: Additions,
        released: PublishedTable,
        number: int,
        name: str,
    ) -> None:
        self.system, self.current, self.additions = system, current, additions
        self.number, self.name = number, name
        self.cells = {_whole_cell(problem, released, cell): value for cell, value in released.cells.items()}
        self.layout = _read_layout(problem, system, list(self.cells))
        self.same = [{_leaves(one, code): code for code in one.codes} for one in system.grid.classifications]

    def add(self) -> None:
        shown = {cell: float(value) for cell, value in self.cells.items() if value is not None}
        linked = {cell: self._today(cell) for cell in product(*self.layout.codes)}
        revised = [
            cell
            for cell, value in shown.items()
            if (today := linked[cell]) is not None
            and not np.isnan(self.current[today])
            and self.current[today] != value
        ]
        if revised:
            places = [" × ".join(cell) for cell in revised]
            self.additions.findings.append(
                Finding(
                    "small-numbers-release-revised",
                    Severity.WARNING,
                    {"count": len(places), "name": self.name, "cells": ", ".join(places[:10])},
                )
            )
        apart = set(revised)
        hidden_today = any((today := linked[cell]) is not None and np.isnan(self.current[today]) for cell in shown)
        if revised or hidden_today:
            changed = self._changed(linked, shown, apart)
            if changed is None:
                self.additions.findings.append(
                    Finding("small-numbers-release-contradicts", Severity.ERROR, {"name": self.name})
                )
                return
            apart |= changed
        variable = {
            cell: today if (today := linked[cell]) is not None and cell not in apart else self._own(cell, apart)
            for cell in linked
        }
        for cell, value in shown.items():
            self.additions.known[variable[cell]] = value
        count = self.system.variable_count
        for row, name in self._equations(variable):
            if any(one >= count for one in row):
                self.additions.rows.append((row, name))

    def _today(self, cell: Cell) -> int | None:
        """Today's variable of the same meaning, if there is one."""
        codes = []
        for axis, code in enumerate(cell):
            today = self.same[axis].get(self.layout.leaves[axis][code])
            if today is None:
                return None
            codes.append(today)
        return int(self.system.variable[self.system.grid.number(tuple(codes))])

    def _own(self, cell: Cell, apart: set[Cell]) -> int:
        meaning = tuple(leaves[code] for leaves, code in zip(self.layout.leaves, cell, strict=True))
        return self.additions.variable((self.number, meaning) if cell in apart else meaning)

    def _equations(self, variable: Mapping[Cell, int]) -> list[tuple[dict[int, float], str]]:
        rows = []
        for axis, parts in enumerate(self.layout.parts):
            others = [codes if at != axis else ("",) for at, codes in enumerate(self.layout.codes)]
            for total, children in parts.items():
                for rest in product(*others):
                    row: dict[int, float] = {}
                    for code, coefficient in [*((child, 1.0) for child in children), (total, -1.0)]:
                        which = variable[(*rest[:axis], code, *rest[axis + 1 :])]
                        row[which] = row.get(which, 0.0) + coefficient
                    row = {which: coefficient for which, coefficient in row.items() if coefficient != 0}
                    if row:
                        sum_cell = " × ".join((*rest[:axis], total, *rest[axis + 1 :]))
                        rows.append((row, f"{sum_cell}, {self.name}"))
        return rows

    def _changed(
        self, linked: Mapping[Cell, int | None], shown: Mapping[Cell, float], apart: set[Cell]
    ) -> set[Cell] | None:
        """The further cells that must have changed since, by the least total change; ``None``: nothing explains it.

        Columns: each cell of the release (its value then), the unknown variables of today, and for each cell that
        today's table has too and that is not known to have changed, the change up and down.
        """
        cells = list(linked)
        index = {cell: at for at, cell in enumerate(cells)}
        rows = [row for row, _ in self._equations(index)]
        right = [0.0] * len(rows)
        system, current = self.system, self.current
        unknown = np.flatnonzero(np.isnan(current))
        place = {int(one): len(cells) + at for at, one in enumerate(unknown)}
        width = len(cells) + unknown.size
        lower, upper = [0.0] * width, [np.inf] * width
        for cell, value in shown.items():
            lower[index[cell]] = upper[index[cell]] = value
        ties = [cell for cell in cells if linked[cell] is not None and cell not in apart]
        for cell in ties:
            today = linked[cell]
            row = {index[cell]: 1.0, width: -1.0, width + 1: 1.0}
            width += 2
            lower += [0.0, 0.0]
            upper += [np.inf, np.inf]
            if today in place:
                row[place[today]] = -1.0
                right.append(0.0)
            else:
                right.append(float(current[today]))
            rows.append(row)
        if unknown.size:
            seen = np.where(np.isnan(current), 0.0, current)
            against = -(system.matrix @ seen)
            part = sparse.csr_array(system.matrix[:, unknown])
            for one in np.flatnonzero(np.diff(part.indptr)):
                entries = slice(part.indptr[one], part.indptr[one + 1])
                rows.append(
                    {
                        len(cells) + int(column): float(value)
                        for column, value in zip(part.indices[entries], part.data[entries], strict=True)
                    }
                )
                right.append(float(against[one]))
        matrix = matrix_of(rows, width)
        bounds = np.array(right)
        program = LinearProgram(matrix, bounds, bounds, np.array(lower), np.array(upper), fresh=True)
        first = len(cells) + unknown.size
        program.set_cost(np.arange(first, width), np.ones(width - first))
        solved = program.minimise()
        if solved is None:
            return None
        change = solved.values[first::2] + solved.values[first + 1 :: 2]
        return {cell for cell, amount in zip(ties, change, strict=True) if amount > CHANGED}


def matrix_of(rows: list[dict[int, float]], width: int) -> sparse.csr_array:
    """Rows given as coefficients by column, as a matrix."""
    pointers = np.cumsum([0, *(len(row) for row in rows)])
    indices = np.array([column for row in rows for column in row], dtype=np.int32)
    data = np.array([value for row in rows for value in row.values()], dtype=np.float64)
    return sparse.csr_array((data, indices, pointers), shape=(len(rows), width))


def _whole_cell(problem: Problem, released: PublishedTable, cell: Cell) -> Cell:
    """The cell with every dimension of the problem; one that the release left out is at its total."""
    given = dict(zip(released.columns, cell, strict=True))
    return tuple(given.get(one.column, one.total) for one in problem.dimensions)


def _leaves(today: Classification, code: str) -> frozenset[str]:
    """The leaves that one of today's codes counts."""
    return frozenset(today.leaves[one] for one in np.flatnonzero(today.membership[today.position[code]]))


def _read_layout(problem: Problem, system: System, cells: list[Cell]) -> _Layout:
    codes, parts, leaves = [], [], []
    for axis, (dimension, today) in enumerate(zip(problem.dimensions, system.grid.classifications, strict=True)):
        own = tuple(dict.fromkeys(cell[axis] for cell in cells))
        sums = _sums(dimension, today, own)
        counted: dict[str, frozenset[str]] = {}
        for code in own:
            _count(code, sums, today, counted)
        codes.append(own)
        parts.append(sums)
        leaves.append(counted)
    return _Layout(tuple(codes), tuple(parts), tuple(leaves))


def _sums(dimension: Dimension, today: Classification, own: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """What each sum among the release's codes adds up, of the codes that the release has."""
    if dimension.hierarchy is None:
        inner = tuple(code for code in own if code != dimension.total)
        return {dimension.total: inner} if inner and dimension.total in own else {}
    present = set(own)
    inside = {code: tuple(part for part in today.parts.get(code, ()) if part in present) for code in own}
    return {code: some for code, some in inside.items() if some}


def _count(
    code: str, sums: Mapping[str, tuple[str, ...]], today: Classification, counted: dict[str, frozenset[str]]
) -> frozenset[str]:
    """The leaves that a code of the release counts, kept in ``counted``."""
    if code not in counted:
        if code in sums:
            counted[code] = frozenset[str]().union(*(_count(part, sums, today, counted) for part in sums[code]))
        elif code in today.position:
            counted[code] = _leaves(today, code)
        else:
            counted[code] = frozenset((code,))
    return counted[code]
