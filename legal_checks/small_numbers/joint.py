"""The table's own system together with everything else that an attacker has."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from legal_checks.small_numbers.attack_words import SumName
from legal_checks.small_numbers.equations import BoolArray, FloatArray, System
from legal_checks.small_numbers.finding_texts import FINDINGS
from legal_checks.small_numbers.known import add_known, add_rates
from legal_checks.small_numbers.linear_program import LinearProgram
from legal_checks.small_numbers.releases import Additions, add_releases, matrix_of
from legal_checks.small_numbers.table import Problem
from registry.findings import Finding, Severity


@dataclass(frozen=True)
class Joint:
    """Variables: the table's, then those of releases and rates. Arrays of shape (variables,).

    ``values`` are what is known, completed (where the table's own values are known) to a possible whole.
    """

    matrix: sparse.csr_array
    lower: FloatArray
    upper: FloatArray
    known: BoolArray
    values: FloatArray
    sum_name: SumName


def join(
    problem: Problem, system: System, current: FloatArray, published: BoolArray
) -> tuple[Joint | None, list[Finding]]:
    """The joint system, or ``None`` and an error.

    Args:
        current: the table's values per variable, NaN where they are not known. Shape (variables,).
        published: the variables that the published tables have, shown or hidden. Shape (variables,).
    """
    own = system.variable_count
    minimum = float(problem.attacker.minimum)
    # A hidden zero that the attacker takes for at least one is beyond what the attacker can think of. What is in no
    # published table is not hidden there: it may be zero.
    at_least = np.fmin(np.full(own, minimum), current)
    lower = np.where(published, at_least, 0.0)
    upper = np.full(own, np.inf)
    additions = Additions(own)
    add_known(problem, system, current, lower, upper, additions)
    add_rates(problem, system, current, additions)
    add_releases(problem, system, current, lower, additions)
    findings = additions.findings
    if any(finding.severity is Severity.ERROR for finding in findings):
        return None, findings
    further = additions.count - own
    matrix = system.matrix if further == 0 else _widened(system, additions)
    values = np.concatenate([current, np.full(further, np.nan)])
    known = np.zeros(values.size, dtype=bool)
    for which, value in additions.known.items():
        known[which] = True
        values[which] = value
    upper = np.concatenate([upper, np.full(further, np.inf)])
    # What was hidden before was at least the minimum then too, unless the release itself says otherwise.
    hidden_before = np.zeros(values.size, dtype=bool)
    hidden_before[sorted(additions.hidden)] = True
    lower = np.where(hidden_before[:own], np.maximum(lower, at_least), lower)
    fixed = np.flatnonzero(lower == upper[:own])
    known[fixed], values[fixed] = True, lower[fixed]
    for least in (minimum, 0.0):
        bounds = np.concatenate([lower, np.where(hidden_before[own:], least, 0.0)])
        completed = _completed(matrix, values, bounds, upper, bool(np.isnan(current).any()))
        if completed is not None:
            break
    else:
        return None, [*findings, FINDINGS.found("small-numbers-release-contradicts", {"name": "*"})]
    values, lower = completed, bounds
    names = tuple(name for _, name in additions.rows)
    count = system.equation_count

    def sum_name(row: int) -> str:
        return " × ".join(system.sum_cell(row)) if row < count else names[row - count]

    return Joint(matrix, lower, upper, known, values, sum_name), findings


def _widened(system: System, additions: Additions) -> sparse.csr_array:
    """The system's equations, then those that were added, over all variables."""
    further = sparse.csr_array((system.equation_count, additions.count - system.variable_count))
    own = sparse.hstack([system.matrix, further], format="csr")
    added = matrix_of([row for row, _ in additions.rows], additions.count)
    matrix = sparse.csr_array(sparse.vstack([own, added], format="csr"))
    matrix.sort_indices()
    return matrix


def _completed(
    matrix: sparse.csr_array, values: FloatArray, lower: FloatArray, upper: FloatArray, is_view: bool
) -> FloatArray | None:
    """``values`` with a possible value for each one missing; as they are where the table itself has unknown cells."""
    missing = np.flatnonzero(np.isnan(values))
    if is_view or missing.size == 0:
        return values
    right = -(matrix @ np.where(np.isnan(values), 0.0, values))
    part = sparse.csr_array(matrix[:, missing])
    program = LinearProgram(part, right, right, lower[missing], upper[missing], fresh=True)
    solved = program.minimise()
    if solved is None:
        return None
    completed = values.copy()
    completed[missing] = solved.values
    return completed
