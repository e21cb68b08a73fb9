"""What an attacker can work out from a published table, whoever made its pattern.

``audit`` reads a published table and nothing else of how it was made. With the original values it says whether each
primary cell is as uncertain as it must be; without them, it names the cells that are shown and small, and the hidden
ones that show themselves to be small.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor

import numpy as np

from legal_checks.small_numbers.derivation import derive
from legal_checks.small_numbers.equations import BoolArray, IntArray
from legal_checks.small_numbers.exposure import Exposed, Exposure, describe, find_exposed
from legal_checks.small_numbers.finding_texts import FINDINGS
from legal_checks.small_numbers.grid import cell_finding, structural_mask
from legal_checks.small_numbers.intervals import TOLERANCE, attack_intervals
from legal_checks.small_numbers.linear_program import SolverError
from legal_checks.small_numbers.moves import Move
from legal_checks.small_numbers.primary import demanded_interval, is_small, wanted_intervals
from legal_checks.small_numbers.reading import Prepared, PublishedView, prepare, prepare_published, seen_values
from legal_checks.small_numbers.table import Demand, Problem, ProtectionKind, PublishedTable
from legal_checks.small_numbers.watch import Progress, StoppedError, Watch
from registry.findings import Finding, Severity

__all__ = ["AuditResult", "Exposure", "audit", "exposures"]

LARGEST_SPAN = 1_000_000
"""A named cell whose interval is wider than this is taken to be uncertain enough where its value is not known."""


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
            return _against_original(problem, published, watch)
        return _alone(problem, published, watch)
    except StoppedError:
        return AuditResult(seconds=watch.end(), findings=(FINDINGS.found("small-numbers-cancelled"),))
    except SolverError as error:
        return AuditResult(
            seconds=watch.end(),
            findings=(FINDINGS.found("small-numbers-solver-failed", {"reason": str(error)}),),
        )


def exposures(
    prepared: Prepared, hidden: BoolArray, watch: Watch | None = None, moves: Sequence[Move] = ()
) -> list[Exposure]:
    """The primary cells of a prepared problem that a pattern (shape (variables,)) leaves too certain.

    ``moves`` are proposed witnesses, each of which is checked; for the other cells the attacker looks himself.
    """
    exposed = find_exposed(prepared.task, hidden, watch, moves)
    variable = prepared.task.system.variable
    return describe(exposed, prepared.grid, variable, np.flatnonzero(prepared.primary_cells), prepared.sum_name)


def _against_original(problem: Problem, published: PublishedTable, watch: Watch) -> AuditResult:
    # What its owner wanted to show does not matter to an attack.
    prepared, findings = prepare(replace(problem, publish=frozenset()))
    if prepared is None:
        return AuditResult(findings=tuple(findings))
    grid, columns = prepared.grid, problem.columns
    seen, outside = seen_values(grid, columns, published)
    findings += outside
    wrong = np.flatnonzero(~np.isnan(seen) & (seen != prepared.values))
    if wrong.size:
        findings.append(cell_finding("small-numbers-not-the-original", columns, map(grid.cell, wrong.tolist())))
    if any(one.severity is Severity.ERROR for one in findings):
        return AuditResult(seconds=watch.end(), findings=tuple(findings))
    shown = np.zeros(prepared.task.truth.size, dtype=bool)
    shown[prepared.task.system.variable[~np.isnan(seen)]] = True
    watch.phase("attack")
    exposed = exposures(prepared, ~shown, watch)
    return AuditResult(tuple(exposed), int(prepared.primary_cells.sum()), watch.end(), tuple(findings))


def _alone(problem: Problem, published: PublishedTable, watch: Watch) -> AuditResult:
    view, findings = prepare_published(problem, published)
    if view is None:
        return AuditResult(seconds=watch.end(), findings=tuple(findings))
    watch.phase("attack")
    hidden = np.flatnonzero(view.hidden_cells)
    exposed = _shown_to_be_small(problem, view, hidden, watch)
    if exposed is None:
        findings.append(FINDINGS.found("small-numbers-impossible-table"))
        return AuditResult(seconds=watch.end(), findings=tuple(findings))
    checked = np.union1d(hidden, _primary_in_plain_sight(problem, view))
    described = describe(exposed, view.grid, view.system.variable, checked, view.sum_name)
    return AuditResult(tuple(described), int(checked.size), watch.end(), tuple(findings))


def _primary_in_plain_sight(problem: Problem, view: PublishedView) -> IntArray:
    """The numbers of the cells that are shown and primary."""
    shown = ~np.isnan(view.seen)
    small = is_small(problem.policy, np.where(shown, view.seen, -1.0).astype(np.int64))
    small[[view.grid.number(cell) for cell in problem.primary]] = True
    return np.flatnonzero(shown & small & ~structural_mask(view.grid, problem.policy.structural_zeros))


def _shown_to_be_small(problem: Problem, view: PublishedView, hidden: IntArray, watch: Watch) -> Exposed | None:
    """The hidden variables that are primary and too certain whatever their values; ``None``: nothing fits."""
    knowledge = view.knowledge
    derivation = derive(knowledge)
    if derivation is None:
        return None
    named: dict[int, list[Demand]] = defaultdict(list)
    for cell, demand in problem.primary.items():
        named[int(view.system.variable[view.grid.number(cell)])].append(demand)
    size = knowledge.unknown.size
    lowest, highest = derivation.values.copy(), derivation.values.copy()
    targets = np.zeros(size, dtype=bool)
    targets[view.system.variable[hidden]] = True
    open_ = targets & knowledge.unknown & ~derivation.derived
    wide = open_.copy()
    if problem.protection.kind is ProtectionKind.EX:
        # More than one value is enough there, but for cells with a demand of their own.
        wide[[which for which in np.flatnonzero(open_) if which not in named]] = False
    if wide.any():
        reached = attack_intervals(knowledge, wide, witness=derivation.values, watch=watch)
        if reached is None:
            return None
        lowest[wide], highest[wide] = reached.lowest[wide], reached.highest[wide]
    mask, shown = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    shown[view.system.variable[_primary_in_plain_sight(problem, view)]] = True
    for which in np.flatnonzero(targets & (wide | ~open_)):
        mask[which] = _is_too_certain(problem, float(lowest[which]), float(highest[which]), named.get(int(which), []))
    return Exposed(knowledge, shown, mask | shown, lowest, highest, derivation.by_bounds)


def _is_too_certain(problem: Problem, lowest: float, highest: float, named: list[Demand]) -> bool:
    """Whether every value in the attacker's interval is primary and wants a wider interval than this.

    ``named`` are the demands of a named cell, which is primary whatever its value.
    """
    if highest - lowest > (LARGEST_SPAN if named else problem.policy.threshold + 1):
        return False
    values = np.arange(ceil(lowest - TOLERANCE), floor(highest + TOLERANCE) + 1)
    if values.size == 0:
        return False
    if not named and not is_small(problem.policy, values).all():
        return False
    minimum = problem.attacker.minimum
    wanted = wanted_intervals(problem.protection, problem.policy.threshold, minimum, values.astype(np.float64))
    demands = [demanded_interval(one, minimum, values, wanted) for one in named] or [wanted]
    met = np.full(values.size, highest - lowest > TOLERANCE)
    for least, most in demands:
        met &= (lowest <= least + TOLERANCE) & (highest >= most - TOLERANCE)
    return not bool(met.any())
