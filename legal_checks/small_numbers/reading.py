"""From a problem as described to a task in numbers, or to findings that say why not."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

import numpy as np

from legal_checks.small_numbers.equations import BoolArray, FloatArray, IntArray, System, build_system
from legal_checks.small_numbers.grid import (
    Grid,
    cell_finding,
    named_cell_findings,
    read_grid,
    read_values,
)
from legal_checks.small_numbers.primary import Demands, find_demands
from legal_checks.small_numbers.table import Cell, CostKind, Problem
from legal_checks.small_numbers.task import Task
from registry.findings import Finding, Severity


@dataclass(frozen=True)
class Prepared:
    """A task and what ties it to the table: the value and the primary mark of each cell. Shape (cells,)."""

    grid: Grid
    values: IntArray
    primary_cells: BoolArray
    published_cells: BoolArray
    cost_cells: FloatArray
    task: Task


def prepare(problem: Problem) -> tuple[Prepared | None, list[Finding]]:
    """The task of a problem, or ``None`` and at least one error."""
    structural = problem.policy.structural_zeros
    grid, findings = read_grid(problem.dimensions, [*problem.cells, *structural])
    if grid is None:
        return None, findings
    findings = named_cell_findings(problem, grid)
    if findings:
        return None, findings
    values, findings = read_values(problem, grid)
    if findings:
        return None, findings
    published, findings = published_cells(problem, grid)
    if findings:
        return None, findings
    demands = find_demands(problem, grid, values)
    demands.mask[~published] = False
    clashing = [cell for cell in problem.publish if demands.mask[grid.number(cell)]]
    if clashing:
        return None, [cell_finding("small-numbers-publish-is-primary", problem.columns, clashing)]
    cost = cell_costs(problem, grid, values)
    system = build_system(grid)
    task = _task(problem, system, values, demands, published, cost)
    return Prepared(grid, values, demands.mask, published, cost, task), []


def published_cells(problem: Problem, grid: Grid) -> tuple[BoolArray, list[Finding]]:
    """True for the cells of the tables that are published. Shape (cells,)."""
    if problem.tables is None:
        return np.ones(grid.size, dtype=bool), []
    mask = np.zeros(grid.shape, dtype=bool)
    for table in problem.tables:
        unknown = [column for column in table if column not in problem.columns]
        if unknown:
            return mask.ravel(), [Finding("small-numbers-dimensions", Severity.ERROR, {"columns": ", ".join(unknown)})]
        shown = tuple(slice(None) if one.column in table else one.position[one.total] for one in grid.classifications)
        mask[shown] = True
    return mask.ravel(), []


def cell_costs(problem: Problem, grid: Grid, values: IntArray) -> FloatArray:
    """What hiding each cell costs. Shape (cells,)."""
    if problem.cost is CostKind.COUNT:
        return np.ones(grid.size)
    if isinstance(problem.cost, CostKind):
        return values.astype(np.float64)
    given = np.zeros(grid.size)
    for cell, weight in problem.cost.items():
        given[grid.number(cell)] = float(weight)
    inner = given.reshape(grid.shape)[tuple(slice(one.leaf_count) for one in grid.classifications)]
    result: FloatArray = grid.totals(inner).astype(np.float64)
    for cell, weight in problem.cost.items():
        result[grid.number(cell)] = float(weight)
    return result


def _task(
    problem: Problem, system: System, values: IntArray, demands: Demands, published: BoolArray, cost: FloatArray
) -> Task:
    grid, variable, size = system.grid, system.variable, system.variable_count

    def marked(cells: Iterable[Cell]) -> BoolArray:
        mask = np.zeros(size, dtype=bool)
        mask[[int(variable[grid.number(cell)]) for cell in cells]] = True
        return mask

    first = np.unique(variable, return_index=True)[1]
    truth = values[first].astype(np.float64)
    minimum = float(problem.attacker.minimum)
    structural = marked(problem.policy.structural_zeros)
    primary = np.zeros(size, dtype=bool)
    primary[variable[demands.mask]] = True
    lowest, highest = truth.copy(), truth.copy()
    np.minimum.at(lowest, variable[demands.mask], demands.lowest[demands.mask])
    np.maximum.at(highest, variable[demands.mask], demands.highest[demands.mask])
    hide_zeros = problem.policy.hide_zeros
    if hide_zeros is None:
        hide_zeros = problem.attacker.minimum == 0
    must_show = marked(problem.publish) | structural
    if not hide_zeros:
        must_show |= (truth == 0) & ~primary
    shown_somewhere = np.zeros(size, dtype=bool)
    shown_somewhere[variable[published]] = True
    return Task(
        system=system,
        matrix=system.matrix,
        truth=truth,
        # A hidden zero that the attacker takes for at least one is beyond what the attacker can think of.
        lower=np.minimum(minimum, truth),
        upper=np.full(size, inf),
        known=structural,
        published=shown_somewhere,
        must_show=must_show & ~primary,
        primary=primary,
        lowest=lowest,
        highest=highest,
        cost=system.sums(np.where(published, cost, 0.0)),
    )
