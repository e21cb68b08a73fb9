"""The master problem: the cheapest pattern that meets every condition known so far, by HiGHS."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite

import highspy
import numpy as np
from scipy import sparse

from legal_checks.small_numbers.cuts import Cut
from legal_checks.small_numbers.equations import BoolArray, FloatArray
from legal_checks.small_numbers.linear_program import SolverError, quiet_solver
from legal_checks.small_numbers.task import Task
from legal_checks.small_numbers.watch import OF_AN_ITERATION, Watch

TIGHT = 1e-4
"""A condition violated by less than this is met."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pattern that meets the known conditions, as far as solved, and the proven least cost of any that does."""

    hidden: BoolArray
    bound: float


MOST_DECIMALS = 6
"""Costs with more decimals than this are taken to have no common unit."""


class Master:
    """Pattern variables (0 shown … 1 hidden) of the cells that may be either, and the conditions on them.

    A cell that costs nothing gets a price so small that all of them together cost less than half a unit, so that no
    cell is hidden for no reason.
    """

    def __init__(self, task: Task, watch: Watch) -> None:
        self._task, self._watch = task, watch
        self.columns = np.flatnonzero(task.candidates())
        self._place = np.full(task.truth.size, -1, dtype=np.int32)
        self._place[self.columns] = np.arange(self.columns.size, dtype=np.int32)
        cost = task.cost[self.columns]
        positive = cost[cost > 0]
        unit = _common_unit(positive)
        self._is_whole = unit is not None
        # Without a common unit, the price of what costs nothing has to stay below what counts as a gap.
        self._unit = 1e-6 * float(positive.min(initial=1.0)) if unit is None else unit
        free = int((cost <= 0).sum())
        self._allowance = 0.5 * self._unit if free else 0.0
        self._price = np.where(cost > 0, cost, 0.5 * self._unit / (free + 1))
        self._solver = quiet_solver()
        count = self.columns.size
        self._solver.addVars(count, np.zeros(count), np.ones(count))
        self._solver.changeColsCost(count, np.arange(count, dtype=np.int32), self._price)
        self._seen: set[bytes] = set()
        self._always = task.hidden_always() & ~task.known
        self._prepare_lone_rows()

    def _prepare_lone_rows(self) -> None:
        """The equations in which no cell is hidden in any case, over the pattern variables."""
        matrix = self._task.matrix
        touched = np.zeros(matrix.shape[0], dtype=bool)
        always = np.flatnonzero(self._always)
        touched[np.unique(sparse.csr_array(matrix[:, always]).nonzero()[0])] = True
        # Slack variables of rates are never hidden always, but always unknown: they count as hidden.
        part = sparse.csr_array(sparse.csr_array(matrix[:, self.columns])[~touched])
        self._open = part
        self._open_row = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))

    def add(self, cuts: Sequence[Cut]) -> int:
        """Adds the conditions that were not there yet; how many."""
        starts: list[int] = []
        columns, coefficients, bounds = [], [], []
        length = 0
        for cut in cuts:
            places = self._place[cut.columns]
            signature = places.tobytes() + np.round(cut.coefficients, 9).tobytes() + bytes(str(cut.bound), "ascii")
            if signature in self._seen:
                continue
            self._seen.add(signature)
            starts.append(length)
            length += places.size
            columns.append(places)
            coefficients.append(cut.coefficients)
            bounds.append(cut.bound)
        if starts:
            self._solver.addRows(
                len(starts),
                np.array(bounds),
                np.full(len(starts), highspy.kHighsInf),
                length,
                np.array(starts, dtype=np.int32),
                np.concatenate(columns),
                np.concatenate(coefficients),
            )
        return len(starts)

    def lone_cells(self, x: FloatArray) -> list[Cut]:
        """Rows "a hidden cell has hidden company in each equation" that ``x`` violates.

        They hold for cheapest patterns: a secondary cell alone in an equation is known, so showing it tells nothing.
        """
        value = x[self.columns][self._open.indices]
        total = np.bincount(self._open_row, value, minlength=self._open.shape[0])
        lone = np.flatnonzero(2 * value > total[self._open_row] + TIGHT)
        cuts = []
        for entry in lone:
            row = self._open_row[entry]
            start, stop = self._open.indptr[row], self._open.indptr[row + 1]
            coefficients = np.ones(stop - start)
            coefficients[entry - start] = -1.0
            cuts.append(Cut(self.columns[self._open.indices[start:stop]], coefficients, 0.0))
        return cuts

    def relax(self, seconds: float | None) -> tuple[float, FloatArray] | None:
        """Least cost and pattern with fractions allowed; ``None`` when time runs out. Pattern: shape (variables,)."""
        self._limit(self._solver, seconds)
        self._run(self._solver)
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kTimeLimit:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverError(f"the master's relaxation ended with {status}")
        objective = float(self._solver.getInfo().objective_function_value)
        return self._bound(objective), self._pattern(np.array(self._solver.getSolution().col_value))

    def solve(
        self, gap: float, seconds: float | None, start: BoolArray | None, within: BoolArray | None = None
    ) -> Candidate | None:
        """The cheapest pattern to within ``gap`` (a share of its cost); ``None`` if none was found in time.

        ``within`` keeps the pattern inside another one; the bound then holds there only.
        """
        whole = quiet_solver()
        whole.passModel(self._solver.getLp())
        count = self.columns.size
        kinds = np.full(count, highspy.HighsVarType.kInteger)
        whole.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)
        if within is not None:
            upper = within[self.columns].astype(np.float64)
            whole.changeColsBounds(count, np.arange(count, dtype=np.int32), np.zeros(count), upper)
        whole.setOptionValue("mip_rel_gap", gap)
        whole.setOptionValue("mip_abs_gap", 0.49 * self._unit if self._is_whole else 1e-9)
        self._limit(whole, seconds)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = start[self.columns].astype(np.float64).tolist()
            whole.setSolution(solution)
        self._run(whole)
        info = whole.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        pattern = self._pattern(np.array(whole.getSolution().col_value))
        return Candidate(pattern > 0.5, self._bound(float(info.mip_dual_bound)))

    def _run(self, solver: highspy.Highs) -> None:
        solver.run()
        iterations = solver.getInfo().simplex_iteration_count
        self._watch.spend(OF_AN_ITERATION * max(iterations, 0) * (solver.getNumRow() + solver.getNumCol()))

    def cost(self, hidden: BoolArray) -> float:
        """The cost of the secondary cells of a pattern."""
        return float(self._task.cost[self.columns][hidden[self.columns]].sum())

    def _bound(self, objective: float) -> float:
        """What the true costs come to at least, when the prices come to ``objective``."""
        if not isfinite(objective):
            return 0.0
        least = objective - self._allowance - 1e-6 * max(1.0, abs(objective)) * 1e-2
        return max(0.0, ceil(least / self._unit - 1e-9) * self._unit if self._is_whole else least)

    def _pattern(self, values: FloatArray) -> FloatArray:
        x = self._always.astype(np.float64)
        x[self.columns] = np.clip(values, 0.0, 1.0)
        return x

    @staticmethod
    def _limit(solver: highspy.Highs, seconds: float | None) -> None:
        limit = highspy.kHighsInf if seconds is None else solver.getRunTime() + max(seconds, 0.01)
        solver.setOptionValue("time_limit", limit)


def _common_unit(costs: FloatArray) -> float | None:
    """The largest decimal unit of which every cost is a whole number; ``None`` where there is none.

    >>> _common_unit(np.array([2.5, 7.0])), _common_unit(np.array([0.3333333333]))
    (0.1, None)
    """
    for decimals in range(MOST_DECIMALS + 1):
        scaled = costs * 10**decimals
        if (np.abs(scaled - np.round(scaled)) <= 1e-9 * np.maximum(1.0, scaled)).all():
            return float(10.0**-decimals)
    return None
