"""Protect a table's small numbers: the interface that the portal and the command line use.

    result = protect(Problem(dimensions, cells, Policy(threshold=5)))
    result.cells        every cell, shown or hidden
    result.findings     what was wrong with the input, or could not be met

Bad input gives findings, never an exception; every pattern that is returned has been audited.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from legal_checks.small_numbers.audit import Exposure, exposures
from legal_checks.small_numbers.exposure import attainable
from legal_checks.small_numbers.finding_texts import FINDINGS
from legal_checks.small_numbers.grid import cell_finding
from legal_checks.small_numbers.linear_program import SolverError
from legal_checks.small_numbers.reading import Prepared, prepare
from legal_checks.small_numbers.secondary import Pattern, hide_secondary
from legal_checks.small_numbers.table import Cell, Problem
from legal_checks.small_numbers.watch import Progress, StoppedError, Watch
from registry.findings import Finding, Severity, worst

__all__ = ["CellStatus", "ProtectedCell", "ProtectionResult", "protect"]


DEFAULT_SECONDS = 90.0
"""The search's time where none is given. Ordinary tables are proven cheapest long before."""


class CellStatus(StrEnum):
    """What a reader sees. Primary and secondary cells look the same."""

    SHOWN = "shown"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class ProtectedCell:
    """A cell as it is to be published; ``value`` is ``None`` where it is hidden."""

    cell: Cell
    value: int | None
    status: CellStatus


@dataclass(frozen=True)
class ProtectionResult:
    """A pattern, what it costs, and its proof; or findings only.

    Attributes:
        cells: every published cell, totals included, in the order of the dimensions' codes; empty without a pattern.
        primary, secondary: the hidden cells, for those who protect; never for readers.
        cost: of the secondary cells. ``bound``: no safe pattern costs less. ``gap``: (cost - bound) / cost.
        seconds: per phase.
        exposed: what the audit could still work out; empty unless a finding says why it cannot be helped.
    """

    cells: tuple[ProtectedCell, ...] = ()
    primary: tuple[Cell, ...] = ()
    secondary: tuple[Cell, ...] = ()
    cost: float = 0.0
    bound: float = 0.0
    gap: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)
    exposed: tuple[Exposure, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_safe(self) -> bool:
        """There is a pattern, and the audit found nothing exposed."""
        return bool(self.cells) and not self.exposed


def protect(
    problem: Problem,
    *,
    time_limit: float | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ProtectionResult:
    """Hides as little as possible so that nothing hidden can be worked out, and audits the outcome.

    Args:
        time_limit: seconds for the search (``DEFAULT_SECONDS`` where not given); when they end, a safe pattern is made
            from what there is, which takes some time more.
        progress: told of phases: ``read``, ``relax``, ``search``, ``audit``.
        cancelled: asked now and then; when it says yes, the result holds a finding and no pattern.
    """
    watch = Watch(time_limit, progress, cancelled)
    try:
        watch.phase("read")
        prepared, findings = prepare(problem)
        if prepared is None:
            return ProtectionResult(seconds=watch.end(), findings=tuple(findings))
        if time_limit is None:
            watch.limit(DEFAULT_SECONDS)
        pattern = hide_secondary(attainable(prepared.task, watch), watch)
        # A primary cell that is known from elsewhere is not told once more.
        hidden = pattern.hidden | prepared.task.primary
        cost, bound = pattern.cost + prepared.forced_cost, pattern.bound + prepared.forced_cost
        pattern = replace(pattern, hidden=hidden, cost=cost, bound=bound)
        watch.phase("audit")
        exposed = exposures(prepared, pattern.hidden, watch, pattern.moves)
    except StoppedError:
        return ProtectionResult(seconds=watch.end(), findings=(FINDINGS.found("small-numbers-cancelled"),))
    except SolverError as error:
        failed = FINDINGS.found("small-numbers-solver-failed", {"reason": str(error)})
        return ProtectionResult(seconds=watch.end(), findings=(failed,))
    findings += _outcome(problem, pattern, exposed)
    if worst(findings) is Severity.ERROR:
        return ProtectionResult(seconds=watch.end(), exposed=tuple(exposed), findings=tuple(findings))
    return _result(prepared, pattern, watch.end(), tuple(exposed), tuple(findings))


def _outcome(problem: Problem, pattern: Pattern, exposed: list[Exposure]) -> list[Finding]:
    findings = []
    if exposed:
        unbound = replace(problem, publish=frozenset())
        whatever_is_shown = _exposed_in_any_case(unbound)
        alone = _exposed_in_any_case(replace(unbound, released=(), known={}, rates=()))
        cells = [one.cell for one in exposed]
        if narrowed := [cell for cell in cells if cell not in whatever_is_shown]:
            # Cells that must be shown are the owner's choice, and to be chosen again; the rest nobody can mend.
            shown = ", ".join(" × ".join(cell) for cell in sorted(problem.publish)[:10])
            findings.append(cell_finding("small-numbers-must-show-too-much", problem.columns, narrowed, shown=shown))
        if impossible := [cell for cell in cells if cell in whatever_is_shown & alone]:
            findings.append(cell_finding("small-numbers-cannot-be-protected", problem.columns, impossible))
        if disclosed := [cell for cell in cells if cell in whatever_is_shown - alone]:
            findings.append(cell_finding("small-numbers-already-disclosed", problem.columns, disclosed))
    if not pattern.is_proven:
        findings.append(FINDINGS.found("small-numbers-time-ran-out", {"gap": f"{100 * pattern.gap:.1f}"}))
    return findings


def _exposed_in_any_case(problem: Problem) -> set[Cell]:
    """The cells that are exposed even if everything is hidden that may be."""
    prepared, _ = prepare(problem)
    if prepared is None:
        return set()
    everything = prepared.task.hidden_always() | prepared.task.candidates()
    return {one.cell for one in exposures(prepared, everything)}


def _result(
    prepared: Prepared,
    pattern: Pattern,
    seconds: dict[str, float],
    exposed: tuple[Exposure, ...],
    findings: tuple[Finding, ...],
) -> ProtectionResult:
    hidden = pattern.hidden[prepared.task.system.variable]
    cells: list[ProtectedCell] = []
    primary: list[Cell] = []
    secondary: list[Cell] = []
    for number, cell in enumerate(prepared.grid.cells()):
        if not prepared.published_cells[number]:
            continue
        if hidden[number]:
            cells.append(ProtectedCell(cell, None, CellStatus.HIDDEN))
            (primary if prepared.primary_cells[number] else secondary).append(cell)
        else:
            cells.append(ProtectedCell(cell, int(prepared.values[number]), CellStatus.SHOWN))
    return ProtectionResult(
        tuple(cells),
        tuple(primary),
        tuple(secondary),
        pattern.cost,
        pattern.bound,
        pattern.gap,
        seconds,
        exposed,
        findings,
    )
