"""The truth about small tables, by means that share nothing with the engine.

Every cell is a variable of its own, sums are written out cell by cell, intervals come from scipy's ``linprog`` and the
optimum from trying every pattern.
"""

from itertools import combinations, product
from math import inf

import numpy as np
from scipy.optimize import linprog

from legal_checks.small_numbers.primary import wanted_intervals
from legal_checks.small_numbers.table import Cell, CostKind, Problem, ProtectionKind, Zeros


def codes_and_parts(problem: Problem):
    """Per dimension: all codes, and what each sum adds up."""
    result = []
    for axis, dimension in enumerate(problem.dimensions):
        if dimension.hierarchy is None:
            leaves = list(dict.fromkeys(cell[axis] for cell in problem.cells))
            parts = {dimension.total: leaves}
        else:
            parts = {code: list(inside) for code, inside in dimension.hierarchy.items()}
        codes = list(dict.fromkeys([*parts, *(one for inside in parts.values() for one in inside)]))
        result.append((codes, parts))
    return result


def all_values(problem: Problem) -> dict[Cell, int]:
    dimensions = codes_and_parts(problem)

    def value(cell: Cell) -> int:
        for axis, (_, parts) in enumerate(dimensions):
            if cell[axis] in parts:
                return sum(value((*cell[:axis], part, *cell[axis + 1 :])) for part in parts[cell[axis]])
        return problem.cells[cell]

    return {cell: value(cell) for cell in product(*(codes for codes, _ in dimensions))}


def equations(problem: Problem) -> list[tuple[Cell, list[Cell]]]:
    """(sum, parts) of every sum in every combination of the other codes."""
    dimensions = codes_and_parts(problem)
    found = []
    for axis, (_, parts) in enumerate(dimensions):
        others = [codes if at != axis else [""] for at, (codes, _) in enumerate(dimensions)]
        for total, inside in parts.items():
            for rest in product(*others):
                found.append(
                    (
                        (*rest[:axis], total, *rest[axis + 1 :]),
                        [(*rest[:axis], part, *rest[axis + 1 :]) for part in inside],
                    )
                )
    return found


def interval(
    problem: Problem, hidden: set[Cell], cell: Cell, extra: list[tuple[dict[Cell, float], float]] = ()
) -> tuple[float, float]:
    """The attacker's lowest and highest value of a cell. ``extra`` are further equations (coefficients, right)."""
    values = all_values(problem)
    order = list(values)
    index = {one: at for at, one in enumerate(order)}
    rows, right = [], []
    for total, inside in equations(problem):
        row = np.zeros(len(order))
        for part in inside:
            row[index[part]] += 1
        row[index[total]] -= 1
        rows.append(row)
        right.append(0.0)
    for coefficients, end in extra:
        row = np.zeros(len(order))
        for one, coefficient in coefficients.items():
            row[index[one]] += coefficient
        rows.append(row)
        right.append(end)
    minimum = problem.attacker.minimum
    bounds = [(min(minimum, values[one]), None) if one in hidden else (values[one], values[one]) for one in order]
    for one in problem.policy.structural_zeros:
        bounds[index[one]] = (0, 0)
    ends = []
    for sign in (1, -1):
        cost = np.zeros(len(order))
        cost[index[cell]] = sign
        solved = linprog(cost, A_eq=np.array(rows), b_eq=np.array(right), bounds=bounds, method="highs")
        ends.append(sign * solved.fun if solved.status == 0 else -sign * inf)
        assert solved.status in (0, 3), solved.message
    return ends[0], ends[1]


def primary_cells(problem: Problem) -> set[Cell]:
    policy = problem.policy
    small = {cell for cell, value in all_values(problem).items() if 1 <= value < policy.threshold}
    if policy.zeros is Zeros.SENSITIVE:
        small |= {cell for cell, value in all_values(problem).items() if value == 0}
    return (small - policy.structural_zeros) | set(problem.primary)


def is_met(problem: Problem, cell: Cell, ends: tuple[float, float]) -> bool:
    """Whether the interval is as wide as the problem demands of the cell."""
    value = all_values(problem)[cell]
    low, high = wanted_intervals(
        problem.protection, problem.policy.threshold, problem.attacker.minimum, np.array([float(value)])
    )
    demand = problem.primary.get(cell)
    lowest = (
        low[0]
        if demand is None or demand.down is None
        else max(value - demand.down, min(problem.attacker.minimum, value))
    )
    highest = high[0] if demand is None or demand.up is None else value + demand.up
    return ends[0] <= lowest + 1e-6 and ends[1] >= highest - 1e-6 and ends[1] - ends[0] > 1e-6


def exposed_cells(problem: Problem, hidden: set[Cell]) -> set[Cell]:
    return {
        cell
        for cell in primary_cells(problem)
        if cell not in hidden or not is_met(problem, cell, interval(problem, hidden, cell))
    }


def optimum(problem: Problem) -> float | None:
    """The least secondary cost of any safe pattern, trying all; ``None`` where no pattern is safe."""
    values, primary = all_values(problem), primary_cells(problem)
    zeros_may_be_hidden = problem.attacker.minimum == 0
    free = [
        cell
        for cell, value in values.items()
        if cell not in primary
        and cell not in problem.publish
        and cell not in problem.policy.structural_zeros
        and (value > 0 or zeros_may_be_hidden)
    ]
    if exposed_cells(problem, primary | set(free)):
        return None

    def cost(cells) -> float:
        return len(cells) if problem.cost is CostKind.COUNT else sum(values[cell] for cell in cells)

    patterns = [some for size in range(len(free) + 1) for some in combinations(free, size)]
    for some in sorted(patterns, key=cost):
        hidden = primary | set(some)
        if _cannot_be_safe(problem, hidden, primary):
            continue
        if not exposed_cells(problem, hidden):
            return cost(some)
    return None


def _cannot_be_safe(problem: Problem, hidden: set[Cell], primary: set[Cell]) -> bool:
    """A quick look: a primary cell alone in an equation."""
    for total, inside in equations(problem):
        alone = [cell for cell in (total, *inside) if cell in hidden]
        if len(alone) == 1 and alone[0] in primary:
            return True
    return False


__all__ = ["ProtectionKind", "all_values", "exposed_cells", "interval", "optimum", "primary_cells"]
