"""Tables of the sizes that the small-number engine is measured on, made from a seed."""

import numpy as np

from legal_checks.small_numbers.table import Cell, Dimension, Problem


def three_way_table(seed: int = 1) -> Problem:
    """1,716 cells: 21 regions × 5 areas × 12 months with margins, about 400 of them 1–4."""
    return Problem(
        (Dimension("region", "T"), Dimension("area", "T"), Dimension("month", "T")),
        _counts(seed, ("R", 21), ("A", 5), ("M", 12), mean=30.0),
    )


def hospital_table(seed: int = 1) -> Problem:
    """11,016 cells: 21 regions → 80 hospitals, × 8 areas × 2 × 3, about 1,570 of them 1–4."""
    return Problem(_hospital_dimensions(), _counts(seed, ("H", 80), ("A", 8), ("K", 2), ("S", 3), mean=27.0))


def monthly_hospital_table(seed: int = 1) -> Problem:
    """143,208 cells: the hospital table for each of 12 months and the year."""
    counts = _counts(seed, ("H", 80), ("A", 8), ("K", 2), ("S", 3), ("M", 12), mean=27.0)
    return Problem((*_hospital_dimensions(), Dimension("month", "year")), counts)


def _hospital_dimensions() -> tuple[Dimension, ...]:
    hospitals = [f"H{number:02d}" for number in range(80)]
    regions = {f"R{number:02d}": hospitals[number::21] for number in range(21)}
    return (
        Dimension("unit", "T", {"T": list(regions), **regions}),
        Dimension("area", "T"),
        Dimension("care", "T"),
        Dimension("sex", "T"),
    )


def _counts(seed: int, *dimensions: tuple[str, int], mean: float) -> dict[Cell, int]:
    """Counts whose expectation varies by code in every dimension, as real ones do."""
    random = np.random.default_rng(seed)
    expected = np.array(mean)
    for _, size in dimensions:
        expected = np.multiply.outer(expected, random.gamma(1.5, 1 / 1.5, size))
    drawn = random.poisson(expected * random.gamma(2.0, 0.5, expected.shape))
    codes = [[f"{prefix}{number:02d}" for number in range(size)] for prefix, size in dimensions]
    return {
        tuple(codes[axis][at] for axis, at in enumerate(where)): int(drawn[where]) for where in np.ndindex(drawn.shape)
    }
