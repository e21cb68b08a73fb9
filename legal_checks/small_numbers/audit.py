"""What an attacker can work out from a published table, whoever made its pattern.

``audit`` reads a published table and nothing else of how it was made. With the original values it says whether each
primary cell is as uncertain as it must be; without them, it names the hidden cells that show themselves to be
small.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import isinf

import numpy as np

from legal_checks.small_numbers.equations import BoolArray, FloatArray, build_system
from legal_checks.small_numbers.grid import Grid, cell_finding, named_cell_findings, read_grid
from legal_checks.small_numbers.intervals import TOLERANCE, Knowledge, Reached, attack_intervals
from legal_checks.small_numbers.primary import is_small
from legal_checks.small_numbers.reading import Prepared, prepare
from legal_checks.small_numbers.table import Cell, Problem, PublishedTable
from legal_checks.small_numbers.watch import Progress, StoppedError, Watch
from registry.findings import Finding, Severity, Text


@dataclass(frozen=True, slots=True)
class Exposure:
    """A primary cell that is too certain: the attacker's interval (``highest`` ``None``: no end) and the attack."""

    cell: Cell
    lowest: float
    highest: float | None
    attack: Text


@dataclass(frozen=True)
class AuditResult:
    """The exposed cells of ``checked`` hidden ones, and seconds per phase; or findings that say why not."""

    exposed: tuple[Exposure, ...] = ()
    checked: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def is_safe(self) -> bool:
        return not self.exposed and not any(one.severity is Severity.ERROR for one in self.findings)


def audit(
    problem: Problem,
    published: PublishedTable,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> AuditResult:
    """The exposed cells of a published table.

    Args:
        problem: dimensions, policy, attacker and demands. ``cells`` holds the original inner cells, or nothing where
            they are not known.
        published: every cell of the published table.
        progress: told of phases: ``read``, ``attack``.
        cancelled: asked now and then; when it says yes, the result holds a finding.
    """
    watch = Watch(None, progress, cancelled)
    try:
        watch.phase("read")
        if problem.cells:
            prepared, findings = prepare(problem)
            if prepared is None:
                return AuditResult(findings=tuple(findings))
            return _audit_against_original(problem, prepared, published, watch)
        return _audit_alone(problem, published, watch)
    except StoppedError:
        return AuditResult(seconds=watch.end(), findings=(Finding("small-numbers-cancelled", Severity.ERROR),))


def _audit_against_original(
    problem: Problem, prepared: Prepared, published: PublishedTable, watch: Watch
) -> AuditResult:
    grid, columns = prepared.grid, problem.columns
    seen, findings = _seen_values(grid, columns, published)
    wrong = np.flatnonzero(~np.isnan(seen) & (seen != prepared.values))
    if wrong.size:
        findings.append(cell_finding("small-numbers-not-the-original", columns, map(grid.cell, wrong.tolist())))
    if findings:
        return AuditResult(seconds=watch.end(), findings=tuple(findings))
    shown = np.zeros(prepared.task.truth.size, dtype=bool)
    shown[prepared.task.system.variable[~np.isnan(seen)]] = True
    watch.phase("attack")
    exposed = exposures(problem, prepared, ~shown)
    return AuditResult(tuple(exposed), int(prepared.primary_cells.sum()), watch.end())


def _audit_alone(problem: Problem, published: PublishedTable, watch: Watch) -> AuditResult:
    columns = problem.columns
    grid, findings = read_grid(problem.dimensions, published.cells)
    if grid is None:
        return AuditResult(findings=tuple(findings))
    findings = named_cell_findings(problem, grid)
    seen, more = _seen_values(grid, columns, published)
    findings += more
    if findings:
        return AuditResult(seconds=watch.end(), findings=tuple(findings))
    system = build_system(grid)
    size = system.variable_count
    values = np.full(size, np.nan)
    values[system.variable[~np.isnan(seen)]] = seen[~np.isnan(seen)]
    structural = [system.variable[grid.number(cell)] for cell in problem.policy.structural_zeros]
    values[structural] = 0.0
    unknown = np.isnan(values)
    knowledge = Knowledge(
        system.matrix, np.full(size, float(problem.attacker.minimum)), np.full(size, np.inf), unknown, values
    )
    watch.phase("attack")
    reached = attack_intervals(knowledge, unknown, watch=watch)
    if reached is None:
        findings = [Finding("small-numbers-impossible-table", Severity.ERROR)]
        return AuditResult(seconds=watch.end(), findings=tuple(findings))
    hidden = np.isnan(seen)
    exposed = [
        _exposure(grid.cell(int(number)), reached, variable)
        for number in np.flatnonzero(hidden)
        if _shows_itself_small(problem, reached, variable := int(system.variable[number]))
    ]
    return AuditResult(tuple(exposed), int(hidden.sum()), watch.end())


def _shows_itself_small(problem: Problem, reached: Reached, variable: int) -> bool:
    """Whether everything the attacker holds possible is primary."""
    lowest, highest = reached.lowest[variable], reached.highest[variable]
    if highest - lowest > TOLERANCE:
        return False
    return bool(is_small(problem.policy, np.array([round(lowest)]))[0])


def _seen_values(grid: Grid, columns: tuple[str, ...], published: PublishedTable) -> tuple[FloatArray, list[Finding]]:
    """What is shown of each cell, NaN where nothing is. Shape (cells,)."""
    seen = np.full(grid.size, np.nan)
    unknown: list[Cell] = []
    for cell, value in published.cells.items():
        try:
            number = grid.number(cell)
        except KeyError:
            unknown.append(cell)
            continue
        if value is not None:
            seen[number] = value
    if unknown:
        return seen, [cell_finding("small-numbers-cell-outside-table", columns, unknown)]
    return seen, []


def exposures(problem: Problem, prepared: Prepared, hidden: BoolArray) -> list[Exposure]:
    """The primary cells of a prepared problem that a pattern leaves too certain."""
    task = prepared.task
    unknown = task.unknown(hidden)
    knowledge = Knowledge(task.matrix, task.lower, task.upper, unknown, task.truth)
    targets = task.primary & unknown
    reached = attack_intervals(knowledge, targets, witness=task.truth)
    if reached is None:
        raise AssertionError("the true table does not satisfy its own equations")
    tight = reached.highest - reached.lowest <= TOLERANCE
    bad = tight | (reached.lowest > task.lowest + TOLERANCE) | (reached.highest < task.highest - TOLERANCE)
    return [
        _exposure(prepared.grid.cell(int(number)), reached, variable)
        for number in np.flatnonzero(prepared.primary_cells)
        if bad[variable := int(task.system.variable[number])]
    ]


def _exposure(cell: Cell, reached: Reached, variable: int) -> Exposure:
    lowest, highest = float(reached.lowest[variable]), float(reached.highest[variable])
    attack = Text("följer av de visade summorna", "follows from the sums that are shown")
    return Exposure(cell, lowest, None if isinf(highest) else highest, attack)
