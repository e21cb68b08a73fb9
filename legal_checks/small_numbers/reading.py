"""From a problem as described to a task in numbers, or to findings that say why not."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from legal_checks.small_numbers.attack_words import SumName
from legal_checks.small_numbers.equations import BoolArray, FloatArray, IntArray, System, build_system
from legal_checks.small_numbers.finding_texts import FINDINGS
from legal_checks.small_numbers.grid import (
    Grid,
    cell_finding,
    named_cell_findings,
    read_grid,
    read_values,
    structural_mask,
)
from legal_checks.small_numbers.intervals import Knowledge
from legal_checks.small_numbers.joint import Joint, join
from legal_checks.small_numbers.primary import Demands, find_demands
from legal_checks.small_numbers.table import Cell, CostKind, Problem, PublishedTable
from legal_checks.small_numbers.task import Task
from registry.findings import Finding


@dataclass(frozen=True)
class Prepared:
    """A task and what ties it to the table: the value and the primary mark of each cell. Shape (cells,).

    ``forced_cost`` is what hiding the cells costs that are not primary but equal to one that is.
    """

    grid: Grid
    values: IntArray
    primary_cells: BoolArray
    published_cells: BoolArray
    task: Task
    sum_name: SumName
    forced_cost: float


@dataclass(frozen=True)
class PublishedView:
    """A published table as an attacker has it. Shapes (cells,).

    ``hidden_cells`` is true for its hidden cells, ``seen`` is what is shown of the others.
    """

    grid: Grid
    system: System
    hidden_cells: BoolArray
    seen: FloatArray
    knowledge: Knowledge
    sum_name: SumName


def prepare(problem: Problem) -> tuple[Prepared | None, list[Finding]]:
    """The task of a problem (and warnings), or ``None`` and at least one error."""
    structural = problem.policy.structural_zeros
    grid, findings = read_grid(problem.dimensions, [*problem.cells, *structural])
    if grid is None:
        return None, findings
    findings = [*specification_findings(problem), *named_cell_findings(problem, grid)]
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
    unpublished = [cell for cell in problem.publish if not published[grid.number(cell)]]
    if unpublished:
        return None, [cell_finding("small-numbers-publish-is-in-no-table", problem.columns, unpublished)]
    system = build_system(grid)
    primary = np.isin(system.variable, system.variable[demands.mask])
    clashing = [cell for cell in problem.publish if primary[grid.number(cell)]]
    if clashing:
        return None, [cell_finding("small-numbers-publish-is-primary", problem.columns, clashing)]
    truth = values[np.unique(system.variable, return_index=True)[1]].astype(np.float64)
    joint, findings = join(problem, system, truth, system.sums(published) > 0)
    if joint is None:
        return None, findings
    cost = cell_costs(problem, grid, values)
    task = _task(problem, system, joint, demands, published, cost)
    forced_cost = float(cost[primary & ~demands.mask & published].sum())
    return Prepared(grid, values, demands.mask, published, task, joint.sum_name, forced_cost), findings


def prepare_published(problem: Problem, published: PublishedTable) -> tuple[PublishedView | None, list[Finding]]:
    """What an attacker has of a published table, its original unknown; or ``None`` and at least one error."""
    grid, findings = read_grid(
        problem.dimensions, [*published.cells, *_cells_in_columns_always_summed(problem, published)]
    )
    if grid is None:
        return None, findings
    findings = [*specification_findings(problem), *named_cell_findings(problem, grid)]
    seen, outside = seen_values(grid, problem.columns, published)
    findings += outside
    if findings:
        return None, findings
    system = build_system(grid)
    current = np.full(system.variable_count, np.nan)
    current[system.variable[~np.isnan(seen)]] = seen[~np.isnan(seen)]
    structural = structural_mask(grid, problem.policy.structural_zeros)
    current[system.variable[structural]] = 0.0
    wrong = _contradicted_sums(system, current)
    if wrong:
        return None, [cell_finding("small-numbers-totals-do-not-add-up", problem.columns, wrong)]
    listed = np.zeros(grid.size, dtype=bool)
    listed[[grid.number(cell) for cell in published.cells]] = True
    joint, findings = join(problem, system, current, system.sums(listed) > 0)
    if joint is None:
        return None, findings
    unknown = np.ones(joint.values.size, dtype=bool)
    unknown[: current.size] = np.isnan(current)
    unknown &= ~joint.known
    knowledge = Knowledge(joint.matrix, joint.lower, joint.upper, unknown, joint.values)
    hidden = np.zeros(grid.size, dtype=bool)
    hidden[[grid.number(cell) for cell, value in published.cells.items() if value is None]] = True
    hidden &= ~structural
    return PublishedView(grid, system, hidden, seen, knowledge, joint.sum_name), findings


def _cells_in_columns_always_summed(problem: Problem, published: PublishedTable) -> list[Cell]:
    """Cells that give a column its codes where the published tables have its total only.

    The codes are those that the specification names, and one without a name: whatever else the total sums.
    """
    cells: list[Cell] = []
    some = next(iter(published.cells), None)
    if some is None:
        return cells
    named = [*problem.known, *problem.primary, *problem.publish, *problem.policy.structural_zeros]
    named += [cell for rate in problem.rates for cell in (rate.numerator, rate.denominator)]
    for axis, dimension in enumerate(problem.dimensions):
        if dimension.hierarchy is None and all(cell[axis : axis + 1] == (dimension.total,) for cell in published.cells):
            codes = {cell[axis] for cell in named if len(cell) > axis} - {dimension.total}
            cells += [(*some[:axis], code, *some[axis + 1 :]) for code in (*sorted(codes), "")]
    return cells


def specification_findings(problem: Problem) -> list[Finding]:
    """What is wrong with the numbers of the policy, the attacker and the protection."""
    wrong = []
    if problem.policy.threshold < 1:
        wrong.append("policy.threshold")
    if problem.attacker.minimum not in (0, 1):
        wrong.append("attacker.minimum")
    if problem.protection.percent < 0:
        wrong.append("protection.percent")
    if any((one.down or 0) < 0 or (one.up or 0) < 0 for one in problem.primary.values()):
        wrong.append("primary")
    if not isinstance(problem.cost, CostKind) and any(weight < 0 for weight in problem.cost.values()):
        wrong.append("cost")
    return [FINDINGS.found("small-numbers-specification", {"fields": ", ".join(wrong)})] if wrong else []


def seen_values(grid: Grid, columns: tuple[str, ...], published: PublishedTable) -> tuple[FloatArray, list[Finding]]:
    """What is shown of each cell, NaN where nothing is. Shape (cells,)."""
    seen = np.full(grid.size, np.nan)
    unknown: list[Cell] = []
    for cell, value in published.cells.items():
        try:
            number = grid.number(cell)
        except (KeyError, ValueError):
            unknown.append(cell)
            continue
        if value is not None:
            seen[number] = value
    if unknown:
        return seen, [cell_finding("small-numbers-cell-outside-table", columns, unknown)]
    return seen, []


def _contradicted_sums(system: System, current: FloatArray) -> list[Cell]:
    """The sums that are shown, whose parts are all shown, and that differ."""
    open_ = np.isnan(current)
    unknown = system.matrix.copy()
    unknown.data = np.abs(unknown.data)
    complete = unknown @ open_.astype(np.float64) == 0
    residual = system.matrix @ np.where(open_, 0.0, current)
    return [system.sum_cell(int(row)) for row in np.flatnonzero(complete & (residual != 0))]


def published_cells(problem: Problem, grid: Grid) -> tuple[BoolArray, list[Finding]]:
    """True for the cells of the tables that are published. Shape (cells,)."""
    if problem.tables is None:
        return np.ones(grid.size, dtype=bool), []
    mask = np.zeros(grid.shape, dtype=bool)
    if not problem.tables:
        return mask.ravel(), [FINDINGS.found("small-numbers-empty-table")]
    for table in problem.tables:
        unknown = [column for column in table if column not in problem.columns]
        if unknown:
            return mask.ravel(), [FINDINGS.found("small-numbers-dimensions", {"columns": ", ".join(unknown)})]
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
    problem: Problem, system: System, joint: Joint, demands: Demands, published: BoolArray, cost: FloatArray
) -> Task:
    grid, variable, size = system.grid, system.variable, joint.values.size

    def marked(cells: Iterable[Cell]) -> BoolArray:
        mask = np.zeros(size, dtype=bool)
        mask[[int(variable[grid.number(cell)]) for cell in cells]] = True
        return mask

    truth = joint.values
    structural = np.zeros(size, dtype=bool)
    structural[variable[structural_mask(grid, problem.policy.structural_zeros)]] = True
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
    costs = np.zeros(size)
    costs[: system.variable_count] = system.sums(np.where(published, cost, 0.0))
    return Task(
        system=system,
        matrix=joint.matrix,
        truth=truth,
        lower=joint.lower,
        upper=joint.upper,
        known=structural | joint.known,
        published=shown_somewhere,
        must_show=must_show & ~primary,
        primary=primary,
        lowest=lowest,
        highest=highest,
        cost=costs,
    )
