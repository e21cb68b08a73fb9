"""Figures known from elsewhere and published rates, as bounds and equations."""

from fractions import Fraction
from math import isinf

import numpy as np

from legal_checks.small_numbers.equations import FloatArray, System
from legal_checks.small_numbers.grid import cell_finding
from legal_checks.small_numbers.releases import Additions
from legal_checks.small_numbers.table import Cell, Problem, PublishedRate

FINEST = 1e5
"""The finest unit of what a rate leaves over: one unit must stay well above what counts as zero."""


def add_known(
    problem: Problem, system: System, current: FloatArray, lower: FloatArray, upper: FloatArray, additions: Additions
) -> None:
    """Narrows ``lower`` and ``upper`` (shape (variables,)) by what is known; one value only is a known cell."""
    wrong: list[Cell] = []
    for cell, interval in problem.known.items():
        which = int(system.variable[system.grid.number(cell)])
        low = float(interval.lowest)
        high = float(interval.highest) if not isinf(interval.highest) else np.inf
        if low > high or (not np.isnan(current[which]) and not low <= current[which] <= high):
            wrong.append(cell)
            continue
        lower[which], upper[which] = max(lower[which], low), min(upper[which], high)
        if low == high:
            additions.known[which] = low
    if wrong:
        additions.findings.append(cell_finding("small-numbers-known-is-wrong", problem.columns, wrong))


def add_rates(problem: Problem, system: System, current: FloatArray, additions: Additions) -> None:
    """Adds the two inequalities of each published rate, each as an equation with what is left over."""
    wrong: list[Cell] = []
    for number, rate in enumerate(problem.rates):
        above, below = (int(system.variable[system.grid.number(one)]) for one in (rate.numerator, rate.denominator))
        low, high, scale = rounding_interval(rate)
        name = f"{' × '.join(rate.numerator)} / {' × '.join(rate.denominator)}"
        for sign, end in ((1, low), (-1, high)):
            # sign · (per · numerator − end · denominator) ≥ 0
            row: dict[int, float] = {above: float(sign * rate.per * scale)}
            row[below] = row.get(below, 0.0) - float(sign * end * scale)
            rest = sum(coefficient * current[which] for which, coefficient in row.items())
            if rest < 0:
                wrong.append(rate.numerator)
                break
            # What is left over is measured in about the unit of the counts, so that it moves about as far as they do.
            largest = max(abs(coefficient) for coefficient in row.values())
            row[additions.variable(("rate", number, sign))] = -min(max(largest, 1.0), FINEST)
            additions.rows.append((row, name))
    if wrong:
        additions.findings.append(cell_finding("small-numbers-known-is-wrong", problem.columns, wrong))


def rounding_interval(rate: PublishedRate) -> tuple[Fraction, Fraction, int]:
    """The lowest and the highest ratio that round to the published one, and what makes both whole numbers.

    >>> rounding_interval(PublishedRate(("a",), ("b",), Fraction("33.3"), 1))
    (Fraction(133, 4), Fraction(667, 20), 20)
    """
    half = Fraction(1, 2 * 10**rate.decimals)
    return rate.value - half, rate.value + half, 2 * 10**rate.decimals
