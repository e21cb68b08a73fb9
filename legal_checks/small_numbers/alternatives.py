"""Other ways to publish than hiding cells: less detail, wider periods or groups, or rounding; and what each loses.

Aggregating is exact but coarser; rounding keeps every cell but none of them exactly. `loss_of` and `loss_in` say what a way
loses in the same measure, so that ways can be laid side by side, and losses of parts of a table be added.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import highspy
import numpy as np
from scipy import sparse

from legal_checks.small_numbers.equations import IntArray, build_system
from legal_checks.small_numbers.finding_texts import FINDINGS
from legal_checks.small_numbers.grid import read_grid, read_values, structural_mask
from legal_checks.small_numbers.linear_program import quiet_solver
from legal_checks.small_numbers.protection import CellStatus, protect
from legal_checks.small_numbers.reading import prepare
from legal_checks.small_numbers.table import Cell, CostKind, Dimension, Problem
from registry.findings import Finding, Text


@dataclass(frozen=True)
class Aggregated:
    """A coarser problem, ready to be protected, and what was lost."""

    problem: Problem
    loss: Text


@dataclass(frozen=True)
class Rounded:
    """Every cell rounded to a multiple of the base so that all sums still hold, and what was lost."""

    cells: Mapping[Cell, int]
    largest_change: int
    loss: Text


@dataclass(frozen=True, slots=True)
class Loss:
    """What readers do not get of a table, or of a part of one.

    Attributes:
        cells, hidden: cells with something to show, sums among them, and how many of them are hidden.
        counted, not_shown: persons, and how many of them are in innermost cells that are hidden.
        largest_change: how much a cell is changed at most.
    """

    cells: int = 0
    hidden: int = 0
    counted: int = 0
    not_shown: int = 0
    largest_change: int = 0

    def __add__(self, other: "Loss") -> "Loss":
        return Loss(
            self.cells + other.cells,
            self.hidden + other.hidden,
            self.counted + other.counted,
            self.not_shown + other.not_shown,
            max(self.largest_change, other.largest_change),
        )


def loss_of(problem: Problem, hidden: Collection[Cell]) -> Loss:
    """What a pattern of a table hides. Structural zeros are no cells: there is nothing to show.

    Raises:
        ValueError: for a table that the engine cannot read.
    """
    prepared, findings = prepare(problem)
    if prepared is None:
        raise ValueError(findings[0].code)
    grid, gone = prepared.grid, set(hidden)
    nothing = structural_mask(grid, problem.policy.structural_zeros)
    inner = grid.inner_mask()
    is_hidden = np.array([cell in gone for cell in grid.cells()]) & ~nothing
    return Loss(
        int((~nothing).sum()),
        int(is_hidden.sum()),
        int(prepared.values[inner].sum()),
        int(prepared.values[inner & is_hidden].sum()),
    )


def loss_in(problem: Problem, seconds: float | None = None) -> Loss | None:
    """What is lost of a table when it is protected as it is described; ``None`` where no pattern is found."""
    result = protect(problem, time_limit=seconds)
    if not result.cells:
        return None
    return loss_of(problem, [one.cell for one in result.cells if one.status is CellStatus.HIDDEN])


def added(problems: Sequence[Problem]) -> Problem | None:
    """Tables of one shape taken together, as days are to a month; ``None`` where a code is a sum in one and none in another.

    What named cells of the parts is dropped, to be said anew.
    """
    first = problems[0]
    hierarchies: list[dict[str, list[str]]] = [{} for _ in first.dimensions]
    cells: dict[Cell, int] = {}
    counted: set[Cell] = set()
    for one in problems:
        for hierarchy, dimension in zip(hierarchies, one.dimensions, strict=True):
            for code, parts in (dimension.hierarchy or {}).items():
                there = hierarchy.setdefault(code, [])
                there += [part for part in parts if part not in there]
        for cell, value in one.cells.items():
            cells[cell] = cells.get(cell, 0) + value
        counted |= set(one.cells) - one.policy.structural_zeros
    if any(code in hierarchy for cell in cells for code, hierarchy in zip(cell, hierarchies, strict=True)):
        return None
    dimensions = tuple(
        replace(dimension, hierarchy=hierarchy or None)
        for dimension, hierarchy in zip(first.dimensions, hierarchies, strict=True)
    )
    wider = _coarser(first, dimensions, cells)
    return replace(wider, policy=replace(wider.policy, structural_zeros=frozenset(set(cells) - counted)))


def without_detail(problem: Problem, column: str) -> Aggregated:
    """The table without the leaves of one dimension: sums of leaves become its inner codes.

    In a dimension with a hierarchy, sums whose parts are all leaves take their parts' place; a dimension without one
    is left out altogether.
    """
    axis = problem.columns.index(column)
    dimension = problem.dimensions[axis]
    parts = {} if dimension.hierarchy is None else dict(dimension.hierarchy)
    lowest = {code: children for code, children in parts.items() if not any(child in parts for child in children)}
    kept = {code: children for code, children in parts.items() if code not in lowest}
    leaves = {child for children in lowest.values() for child in children}
    still_used = {child for children in kept.values() for child in children}
    if not kept or leaves & still_used:
        return _left_out(problem, axis)
    group = {child: code for code, children in lowest.items() for child in children}
    cells = _summed(problem.cells, axis, group)
    dimensions = (*problem.dimensions[:axis], replace(dimension, hierarchy=kept), *problem.dimensions[axis + 1 :])
    loss = Text(
        f"{len(leaves)} koder i {column} visas inte längre, bara deras {len(lowest)} summor",
        f"{len(leaves)} codes of {column} are no longer shown, only their {len(lowest)} sums",
    )
    return Aggregated(_coarser(problem, dimensions, cells), loss)


def in_groups(problem: Problem, column: str, groups: Mapping[str, Sequence[str]]) -> Aggregated:
    """The table with codes of a dimension without hierarchy put together (months to quarters, small wards to one)."""
    axis = problem.columns.index(column)
    group = {code: name for name, codes in groups.items() for code in codes}
    cells = _summed(problem.cells, axis, group)
    loss = Text(
        f"{len(group)} koder i {column} blir {len(groups)} grupper",
        f"{len(group)} codes of {column} become {len(groups)} groups",
    )
    return Aggregated(_coarser(problem, problem.dimensions, cells), loss)


def rounded(problem: Problem, base: int) -> tuple[Rounded | None, list[Finding]]:
    """Controlled rounding: every cell to a neighbouring multiple of ``base``, sums kept, least total change.

    Zero-restricted as in Cox (1987): a multiple of the base stays as it is. Where no such rounding exists, cells may go
    one multiple further.
    """
    grid, findings = read_grid(problem.dimensions, problem.cells)
    if grid is None:
        return None, findings
    values, findings = read_values(problem, grid)
    if findings:
        return None, findings
    system = build_system(grid)
    truth = values[np.unique(system.variable, return_index=True)[1]]
    for further in (0, 1, 2):
        multiples = _round(system.matrix, truth, base, further)
        if multiples is not None:
            result = multiples[system.variable] * base
            change = np.abs(result - values)
            cells = {cell: int(value) for cell, value in zip(grid.cells(), result, strict=True)}
            loss = Text(
                f"varje cell ändras med högst {change.max()}, i snitt {change.mean():.1f}",
                f"every cell changes by at most {change.max()}, by {change.mean():.1f} on average",
            )
            return Rounded(cells, int(change.max()), loss), []
    return None, [FINDINGS.found("small-numbers-no-rounding", {"base": base})]


def _round(matrix: sparse.csr_array, truth: IntArray, base: int, further: int) -> IntArray | None:
    """The multiples of the base, per variable, or ``None`` where no such rounding adds up."""
    below = truth // base
    above = below + (truth % base > 0)
    lower, upper = np.maximum(below - further, 0), above + further
    solver = quiet_solver()
    count = truth.size
    solver.addVars(count, lower.astype(np.float64), upper.astype(np.float64))
    which = np.arange(count, dtype=np.int32)
    solver.changeColsCost(count, which, 1.0 - 2.0 * (truth / base - below))
    solver.changeColsIntegrality(count, which, np.full(count, highspy.HighsVarType.kInteger))
    zeros = np.zeros(matrix.shape[0])
    solver.addRows(
        matrix.shape[0],
        zeros,
        zeros,
        matrix.nnz,
        matrix.indptr[:-1].astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data.astype(np.float64),
    )
    solver.setOptionValue("mip_rel_gap", 0.01)
    solver.setOptionValue("time_limit", 60.0)
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    multiples: IntArray = np.round(np.array(solver.getSolution().col_value)).astype(np.int64)
    return multiples


def _left_out(problem: Problem, axis: int) -> Aggregated:
    column = problem.columns[axis]
    summed: dict[Cell, int] = {}
    inner = {cell: value for cell, value in problem.cells.items() if cell[axis] != problem.dimensions[axis].total}
    for cell, value in inner.items():
        shorter = (*cell[:axis], *cell[axis + 1 :])
        summed[shorter] = summed.get(shorter, 0) + value
    dimensions = (*problem.dimensions[:axis], *problem.dimensions[axis + 1 :])
    loss = Text(f"{column} visas inte, bara summan", f"{column} is not shown, only its total")
    return Aggregated(_coarser(problem, dimensions, summed), loss)


def _summed(cells: Mapping[Cell, int], axis: int, group: Mapping[str, str]) -> dict[Cell, int]:
    summed: dict[Cell, int] = {}
    for cell, value in cells.items():
        wider = (*cell[:axis], group.get(cell[axis], cell[axis]), *cell[axis + 1 :])
        summed[wider] = summed.get(wider, 0) + value
    return summed


def _coarser(problem: Problem, dimensions: tuple[Dimension, ...], cells: Mapping[Cell, int]) -> Problem:
    """The problem on other cells; what named cells of the finer table is dropped, to be said anew."""
    return replace(
        problem,
        dimensions=dimensions,
        cells=cells,
        cost=problem.cost if isinstance(problem.cost, CostKind) else CostKind.VALUES,
        primary={},
        publish=frozenset(),
        known={},
        rates=(),
        tables=None,
        contributions=None,
        policy=replace(problem.policy, structural_zeros=frozenset()),
    )
