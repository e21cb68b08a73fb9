"""A linear program kept open in HiGHS, so that a change of objective or bounds starts from the last basis."""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse

from legal_checks.small_numbers.equations import FloatArray, IntArray


class SolverError(Exception):
    """HiGHS gave no answer where there must be one."""


@dataclass(frozen=True, slots=True)
class Solved:
    """An optimal solution: objective, values of the columns, duals of the rows."""

    objective: float
    values: FloatArray
    duals: FloatArray


def quiet_solver() -> highspy.Highs:
    """A HiGHS instance on one thread, silent: the same input gives the same output."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no types
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    return solver


class LinearProgram:
    """minimise or maximise ``cost @ x`` subject to ``row_lower <= matrix @ x <= row_upper`` and bounds on ``x``."""

    def __init__(
        self,
        matrix: sparse.csr_array,
        row_lower: FloatArray,
        row_upper: FloatArray,
        lower: FloatArray,
        upper: FloatArray,
        *,
        fresh: bool = False,
    ) -> None:
        """``fresh``: solved once, from nothing, so presolve and the dual simplex pay."""
        rows, columns = matrix.shape
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = rows, columns
        model.col_cost_ = np.zeros(columns)
        model.col_lower_, model.col_upper_ = lower, upper
        model.row_lower_, model.row_upper_ = row_lower, row_upper
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = matrix.indptr
        model.a_matrix_.index_ = matrix.indices
        model.a_matrix_.value_ = matrix.data.astype(np.float64)
        self._solver = quiet_solver()
        self._solver.setOptionValue("solver", "simplex")
        if not fresh:
            # After a change of objective the last basis is still feasible: primal is 13 times faster (measured).
            self._solver.setOptionValue("presolve", "off")
            self._solver.setOptionValue("simplex_strategy", 4)
        self._solver.passModel(model)
        self._rows, self._columns = rows, columns
        self._costed: IntArray = np.zeros(0, dtype=np.int32)

    def set_bounds(self, lower: FloatArray, upper: FloatArray) -> None:
        """New bounds for every column."""
        which = np.arange(self._columns, dtype=np.int32)
        self._solver.changeColsBounds(self._columns, which, lower, upper)

    def set_cost(self, columns: IntArray, costs: FloatArray) -> None:
        """An objective that is zero but for ``columns``."""
        if self._costed.size:
            self._solver.changeColsCost(self._costed.size, self._costed, np.zeros(self._costed.size))
        self._costed = columns.astype(np.int32)
        self._solver.changeColsCost(self._costed.size, self._costed, costs)

    def stop_above(self, objective: float) -> None:
        """No optimum above this is looked for any further: ``minimise`` then answers ``None``."""
        self._solver.setOptionValue("objective_bound", objective)

    def minimise(self, seconds: float | None = None) -> Solved | None:
        """The optimum, or ``None`` where there is none (infeasible, unbounded, or out of time)."""
        if seconds is not None:
            # HiGHS counts the time of all its runs together.
            self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(seconds, 0.01))
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._solver.getSolution()
        return Solved(
            self._solver.getInfo().objective_function_value,
            np.array(solution.col_value),
            np.array(solution.row_dual),
        )

    @property
    def is_unbounded(self) -> bool:
        """Whether the last run ended because the objective has no end."""
        return bool(self._solver.getModelStatus() == highspy.HighsModelStatus.kUnbounded)
