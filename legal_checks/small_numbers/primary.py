"""Which cells tell of somebody by themselves, and how uncertain an attacker must stay of each.

Sources: threshold rule, (n, k) dominance and p % as in Hundepool et al., *Statistical Disclosure Control* (2012),
chapter 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from legal_checks.small_numbers.equations import BoolArray, FloatArray, IntArray
from legal_checks.small_numbers.grid import Grid, structural_mask
from legal_checks.small_numbers.table import (
    Cell,
    Demand,
    Dominance,
    Policy,
    Problem,
    Protection,
    ProtectionKind,
    Zeros,
)


@dataclass(frozen=True)
class Demands:
    """The primary cells and what each needs. All arrays have shape (cells,).

    Where ``mask`` is true the attacker must hold a value of at most ``lowest`` and one of at least ``highest``
    possible, and more than one value in any case.
    """

    mask: BoolArray
    lowest: FloatArray
    highest: FloatArray


def find_demands(problem: Problem, grid: Grid, values: IntArray) -> Demands:
    """The primary cells of a table with the given values, and the demands on each."""
    mask = primary_mask(problem, grid, values)
    lowest, highest = wanted_intervals(
        problem.protection, problem.policy.threshold, problem.attacker.minimum, values.astype(np.float64)
    )
    for cell, demand in problem.primary.items():
        at = grid.number(cell)
        mask[at] = True
        one = slice(at, at + 1)
        ends = demanded_interval(demand, problem.attacker.minimum, values[one], (lowest[one], highest[one]))
        lowest[one], highest[one] = ends
    return Demands(mask, lowest, highest)


def demanded_interval(
    demand: Demand, minimum: int, values: IntArray, wanted: tuple[FloatArray, FloatArray]
) -> tuple[FloatArray, FloatArray]:
    """What a named cell must be able to be for each of some values, where the policy wants ``wanted``."""
    lowest, highest = wanted
    if demand.down is not None:
        lowest = np.maximum(values - float(demand.down), np.minimum(minimum, values)).astype(np.float64)
    if demand.up is not None:
        highest = (values + float(demand.up)).astype(np.float64)
    return lowest, highest


def wanted_intervals(
    protection: Protection, threshold: int, minimum: int, values: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """For each value, the lowest and the highest value that an attacker must hold possible were it primary.

    ``EX`` wants no width by itself (both ends are the value): that more than one value is possible is demanded of
    every primary cell.

    >>> lowest, highest = wanted_intervals(Protection(ProtectionKind.INT), 5, 0, np.array([3.0]))
    >>> float(lowest[0]), float(highest[0])
    (2.0, 5.0)
    """
    floor = np.minimum(float(minimum), values)
    if protection.kind is ProtectionKind.INT:
        return np.maximum(values - 1, floor), np.maximum(values, float(threshold))
    if protection.kind is ProtectionKind.PERCENT:
        share = float(protection.percent / 100)
        return np.maximum(values - share * values, floor), values + share * values
    return values.copy(), values.copy()


def primary_mask(problem: Problem, grid: Grid, values: IntArray) -> BoolArray:
    """True for the primary cells by the policy (named cells apart). Shape (cells,)."""
    policy = problem.policy
    mask = is_small(policy, values)
    mask[structural_mask(grid, policy.structural_zeros)] = False
    if problem.contributions is not None:
        mask |= _by_contributions(policy, grid, problem.contributions)
    return mask


def is_small(policy: Policy, values: IntArray) -> BoolArray:
    """True where a count is primary by threshold or as a sensitive zero.

    >>> is_small(Policy(threshold=5), np.array([0, 1, 4, 5])).tolist()
    [False, True, True, False]
    """
    small = (values >= 1) & (values < policy.threshold)
    if policy.zeros is Zeros.SENSITIVE:
        small |= values == 0
    return small


def _by_contributions(policy: Policy, grid: Grid, contributions: Mapping[Cell, Mapping[str, int]]) -> BoolArray:
    """Cells where few contributors make up too much, each contributor's shares summed over the cell."""
    mask = np.zeros(grid.size, dtype=bool)
    inner = {grid.number(cell): shares for cell, shares in contributions.items()}
    for number, cell in enumerate(grid.cells()):
        shares: dict[str, int] = {}
        for part in _inner_numbers(grid, cell):
            for contributor, amount in inner.get(part, {}).items():
                shares[contributor] = shares.get(contributor, 0) + amount
        amounts = sorted(shares.values(), reverse=True)
        mask[number] = (policy.dominance is not None and is_dominated(amounts, policy.dominance)) or (
            policy.p_percent is not None and is_estimable(amounts, policy.p_percent)
        )
    return mask


def _inner_numbers(grid: Grid, cell: Cell) -> list[int]:
    chosen = [one.leaf_positions(code) for code, one in zip(cell, grid.classifications, strict=True)]
    return [int(one) for one in np.ravel_multi_index(np.ix_(*chosen), grid.shape).ravel()]


def is_dominated(amounts: list[int], rule: Dominance) -> bool:
    """The (n, k) rule on contributions sorted from the largest.

    >>> is_dominated([90, 5, 5], Dominance(1, Fraction(80)))
    True
    """
    total = sum(amounts)
    return total > 0 and Fraction(sum(amounts[: rule.n]) * 100, total) > rule.percent


def is_estimable(amounts: list[int], percent: Fraction) -> bool:
    """The p % rule: the second largest contributor can estimate the largest to within ``percent`` per cent.

    >>> is_estimable([100, 50, 5], Fraction(10))
    True
    """
    return len(amounts) > 0 and sum(amounts[2:]) * 100 < percent * amounts[0]
