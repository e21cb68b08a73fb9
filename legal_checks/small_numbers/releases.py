"""Earlier publications as what an attacker has: cells shown before, and equations among their cells.

A cell of an earlier release means the set of leaves that it counts. Where today's table has a cell of the same meaning,
the two are one variable; where it has not (the total of a year with another list of hospitals), the earlier cell is a
variable of its own, tied to the others by the equations of its own release.

A release that was revised since has cells that were shown with another value than today's. The attacker is taken to
believe that nothing else changed, as far as that adds up: the cells whose change explains the difference with the least
total change get variables of their own, all others are the same figures as today. Releases are held against each other in
the same way, the latest first: what it says is believed of today's hidden cells, and an older figure is the one that was
revised.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from scipy import sparse

from legal_checks.small_numbers.codes import Classification, in_order
from legal_checks.small_numbers.equations import FloatArray, System
from legal_checks.small_numbers.finding_texts import FINDINGS
from legal_checks.small_numbers.linear_program import LinearProgram, Solved
from legal_checks.small_numbers.table import Cell, Dimension, Problem, PublishedTable
from registry.findings import Finding

CHANGED = 1e-6
PREFER_LARGE = 1e-4
"""Of changes that explain a revision equally well, that of the larger figure is assumed: small ones stay tied."""


@dataclass
class Additions:
    """Variables and equations beyond the table's own, as they are gathered.

    ``known`` maps a variable (of the table, or further) to its value; ``hidden`` are those that a release hid; ``rows``
    are (coefficients by variable, name).
    """

    count: int
    known: dict[int, float] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
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


def add_releases(
    problem: Problem, system: System, current: FloatArray, lower: FloatArray, additions: Additions
) -> None:
    """Adds every earlier release of ``problem``, which has them in the order of their publication.

    Args:
        current: today's values per variable of the table, NaN where they are not known. Shape (variables,).
        lower: what each is at least. Shape (variables,).
    """
    for number, released in reversed(list(enumerate(problem.released))):
        foreign = [column for column in released.columns if column not in problem.columns]
        name = released.name or str(number + 1)
        if foreign:
            additions.findings.append(
                FINDINGS.found("small-numbers-release-columns", {"name": name, "columns": ", ".join(foreign)})
            )
            continue
        _Release(problem, system, current, lower, additions, released, number, name).add()


class _Release:
    def __init__(
        self,
        problem: Problem,
        system: System,
        current: FloatArray,
        lower: FloatArray,
        additions: Additions,
        released: PublishedTable,
        number: int,
        name: str,
    ) -> None:
        self.system, self.additions = system, additions
        self.believed = np.concatenate([current, np.full(additions.count - current.size, np.nan)])
        for which, value in additions.known.items():
            if np.isnan(self.believed[which]):
                self.believed[which] = value
        self.minimum = float(problem.attacker.minimum)
        self.least = np.concatenate([lower, np.zeros(additions.count - current.size)])
        self.least[sorted(which for which in additions.hidden if which >= current.size)] = self.minimum
        self.number, self.name = number, name
        self.cells = {_whole_cell(problem, released, cell): value for cell, value in released.cells.items()}
        self.same = [{_leaves(one, code): code for code in one.codes} for one in system.grid.classifications]
        self.layout = self._likeliest_layout(problem)

    def _likeliest_layout(self, problem: Problem) -> _Layout:
        """The reading of the release's codes that leaves the fewest figures revised; of equals, the first."""
        cells = list(self.cells)
        readings = [_Reading()] * len(problem.dimensions)
        layout = _read_layout(problem, self.system, cells, readings)
        fewest = len(self._revised(layout))
        for axis, today in enumerate(self.system.grid.classifications):
            for reading in _readings(today, layout.codes[axis]) if fewest else ():
                other = [*readings[:axis], reading, *readings[axis + 1 :]]
                candidate = _read_layout(problem, self.system, cells, other)
                revised = len(self._revised(candidate))
                if revised < fewest:
                    layout, fewest, readings = candidate, revised, other
        return layout

    def _revised(self, layout: _Layout) -> list[Cell]:
        """The cells that are shown with another value than what is believed of them."""
        revised = []
        for cell, value in self.cells.items():
            which = self._before(cell, layout) if value is not None else None
            if which is not None and not np.isnan(self.believed[which]) and self.believed[which] != value:
                revised.append(cell)
        return revised

    def add(self) -> None:
        shown = {cell: float(value) for cell, value in self.cells.items() if value is not None}
        linked = {cell: self._before(cell, self.layout) for cell in product(*self.layout.codes)}
        believed = {cell: self.believed[which] if which is not None else np.nan for cell, which in linked.items()}
        revised = self._revised(self.layout)
        if revised:
            places = [" × ".join(cell) for cell in revised]
            self.additions.findings.append(
                FINDINGS.found(
                    "small-numbers-release-revised",
                    {"count": len(places), "name": self.name, "cells": ", ".join(places[:10])},
                )
            )
        apart = set(revised)
        today = self.system.variable_count
        is_new = any(which is None or which >= today for which in linked.values())
        if revised or is_new or any(np.isnan(believed[cell]) for cell in shown):
            changed = self._changed(linked, shown, apart)
            if changed is None:
                self.additions.findings.append(FINDINGS.found("small-numbers-release-contradicts", {"name": self.name}))
                return
            apart |= changed
        variable = {
            cell: which if which is not None and cell not in apart else self._own(cell, apart)
            for cell, which in linked.items()
        }
        for cell, value in shown.items():
            self.additions.known[variable[cell]] = value
        self.additions.hidden |= {variable[cell] for cell, value in self.cells.items() if value is None}
        for row, name in self._equations(variable):
            if any(one >= today for one in row):
                self.additions.rows.append((row, name))

    def _before(self, cell: Cell, layout: _Layout) -> int | None:
        """The variable of the same meaning of today's table, or of a later release, if there is one."""
        codes = []
        for axis, code in enumerate(cell):
            today = self.same[axis].get(layout.leaves[axis][code])
            if today is None:
                return self.additions.own.get(_meaning(cell, layout))
            codes.append(today)
        return int(self.system.variable[self.system.grid.number(tuple(codes))])

    def _own(self, cell: Cell, apart: set[Cell]) -> int:
        meaning = _meaning(cell, self.layout)
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

        Columns: each cell of the release (its value then), what is not known of today's table and later releases, and
        for each cell that these have too and that is not known to have changed, the change up and down.
        """
        cells = list(linked)
        index = {cell: at for at, cell in enumerate(cells)}
        rows = [row for row, _ in self._equations(index)]
        right = [0.0] * len(rows)
        unknown = np.flatnonzero(np.isnan(self.believed))
        place = {int(one): len(cells) + at for at, one in enumerate(unknown)}
        width = len(cells) + unknown.size
        lower = [self._least_then(cell, linked[cell]) for cell in cells] + self.least[unknown].tolist()
        upper = [np.inf] * width
        for cell, value in shown.items():
            lower[index[cell]] = upper[index[cell]] = value
            if (which := linked[cell]) in place:
                # A zero that was shown is believed, whatever hidden counts are at least.
                lower[place[which]] = min(lower[place[which]], value)
        ties = [cell for cell in cells if linked[cell] is not None and cell not in apart]
        price: list[float] = []
        for cell in ties:
            which = linked[cell]
            row = {index[cell]: 1.0, width: -1.0, width + 1: 1.0}
            width += 2
            lower += [0.0, 0.0]
            upper += [np.inf, np.inf]
            if which in place:
                row[place[which]] = -1.0
                right.append(0.0)
                price += [1.0, 1.0]
            else:
                believed = float(self.believed[which])
                right.append(believed)
                price += [1.0 + PREFER_LARGE / (1.0 + believed)] * 2
            rows.append(row)
        for equation in self._believed_equations():
            part = {place[which]: coefficient for which, coefficient in equation.items() if which in place}
            if part:
                rows.append(part)
                seen = [(which, coefficient) for which, coefficient in equation.items() if which not in place]
                right.append(-sum(coefficient * float(self.believed[which]) for which, coefficient in seen))
        matrix = matrix_of(rows, width)
        bounds = np.array(right)
        first = len(cells) + unknown.size
        solved: Solved | None = None
        at_least = np.array(lower)
        for least in (at_least, np.where(np.array(upper) < np.inf, at_least, 0.0)):
            program = LinearProgram(matrix, bounds, bounds, least, np.array(upper), fresh=True)
            program.set_cost(np.arange(first, width), np.array(price))
            solved = program.minimise()
            if solved is not None:
                break
        if solved is None:
            return None
        change = solved.values[first::2] + solved.values[first + 1 :: 2]
        return {cell for cell, amount in zip(ties, change, strict=True) if amount > CHANGED}

    def _least_then(self, cell: Cell, which: int | None) -> float:
        """What a cell was at least when the release was published; no more than what is believed of it today."""
        if self.cells.get(cell, 0) is not None:
            return 0.0
        return self.minimum if which is None else float(np.fmin(self.minimum, self.believed[which]))

    def _believed_equations(self) -> Iterator[Mapping[int, float]]:
        """The equations of today's table that have unknowns, and of later releases and rates."""
        matrix = self.system.matrix
        open_ = np.isnan(self.believed[: self.system.variable_count]).astype(np.float64)
        for row in np.flatnonzero(np.abs(matrix) @ open_):
            part = slice(matrix.indptr[row], matrix.indptr[row + 1])
            yield dict(zip(matrix.indices[part].tolist(), matrix.data[part].tolist(), strict=True))
        for added, _ in self.additions.rows:
            yield added


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
    return frozenset(in_order([code], today.parts)[0])


def _meaning(cell: Cell, layout: _Layout) -> tuple[frozenset[str], ...]:
    return tuple(leaves[code] for leaves, code in zip(layout.leaves, cell, strict=True))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a release's sums are taken to count in one dimension.

    ``complete``: codes of today that the release has not were left out of the file; otherwise they did not exist then.
    ``above``: the sum that counted the codes that today's hierarchy has not; ``None``: it is not known.
    """

    complete: bool = False
    above: str | None = None


def _readings(today: Classification, own: tuple[str, ...]) -> list[_Reading]:
    """The other readings that a release's codes allow, the likelier ones first."""
    strange = any(code not in today.position for code in own)
    sums = [code for code in reversed(today.codes[today.leaf_count :]) if strange and code in own]
    return [_Reading(complete, above) for complete in (False, True) for above in (*sums, None)]


def _read_layout(problem: Problem, system: System, cells: list[Cell], readings: list[_Reading]) -> _Layout:
    codes, parts, leaves = [], [], []
    classifications = system.grid.classifications
    for axis, (dimension, today, reading) in enumerate(zip(problem.dimensions, classifications, readings, strict=True)):
        own = tuple(dict.fromkeys(cell[axis] for cell in cells))
        sums = _sums(dimension, today, own, reading)
        lowest, above = in_order(own, sums)
        counted = {code: _leaves(today, code) if code in today.position else frozenset((code,)) for code in lowest}
        for code in above:
            counted[code] = frozenset[str]().union(*(counted[part] for part in sums[code]))
        codes.append(own)
        parts.append(sums)
        leaves.append(counted)
    return _Layout(tuple(codes), tuple(parts), tuple(leaves))


def _sums(
    dimension: Dimension, today: Classification, own: tuple[str, ...], reading: _Reading
) -> dict[str, tuple[str, ...]]:
    """What each sum among the release's codes adds up, of the codes that the release has."""
    present = set(own)
    strange = tuple(code for code in own if code not in today.position)
    inside: dict[str, tuple[str, ...]] = {}
    for code in own:
        parts = today.parts.get(code, ())
        if reading.complete and not present.issuperset(parts):
            continue
        inside[code] = tuple(part for part in parts if part in present)
        if code == (dimension.total if dimension.hierarchy is None else reading.above):
            inside[code] += strange
    return {code: some for code, some in inside.items() if some}
