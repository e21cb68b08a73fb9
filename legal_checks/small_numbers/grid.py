"""All cells of a table, totals included, numbered; and the input checks that stand before any arithmetic."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from legal_checks.small_numbers.codes import Classification, Number, read_classification
from legal_checks.small_numbers.finding_texts import FINDINGS
from legal_checks.small_numbers.table import Cell, CostKind, Dimension, Problem
from registry.findings import Finding, Place

LARGEST = 500_000
"""Cells, totals included, beyond which a table is refused: split it, or publish less detail."""

LARGEST_SUM = 10**15
"""The largest total of a table. Beyond nine times this, reckoning with floating-point numbers is no longer exact."""


@dataclass(frozen=True)
class Grid:
    """The full cross of the dimensions' codes, numbered in row-major order (the last dimension runs fastest)."""

    classifications: tuple[Classification, ...]

    @cached_property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(one.codes) for one in self.classifications)

    @property
    def size(self) -> int:
        return prod(self.shape)

    @property
    def leaf_size(self) -> int:
        return prod(one.leaf_count for one in self.classifications)

    def number(self, cell: Cell) -> int:
        """The number of a cell; ``KeyError`` for a code that is not in its dimension."""
        number = 0
        for code, one in zip(cell, self.classifications, strict=True):
            number = number * len(one.codes) + one.position[code]
        return number

    def cell(self, number: int) -> Cell:
        positions = np.unravel_index(number, self.shape)
        return tuple(one.codes[int(at)] for one, at in zip(self.classifications, positions, strict=True))

    def cells(self) -> Iterator[Cell]:
        """Every cell in the order of its number."""
        return product(*(one.codes for one in self.classifications))

    def inner_mask(self) -> NDArray[np.bool_]:
        """True for cells of leaves only. Shape (cells,)."""
        mask = np.zeros(self.shape, dtype=bool)
        mask[tuple(slice(one.leaf_count) for one in self.classifications)] = True
        return mask.ravel()

    def totals(self, inner: NDArray[Number]) -> NDArray[Number]:
        """Every cell's sum, from the inner cells' values. Shape (leaves, …) in, (cells,) out."""
        summed = inner
        for axis, one in enumerate(self.classifications):
            summed = np.moveaxis(one.totals(np.moveaxis(summed, axis, 0)), 0, axis)
        return summed.ravel()


def structural_mask(grid: Grid, cells: Iterable[Cell]) -> NDArray[np.bool_]:
    """True for the structural zeros: those named, what they sum, and sums of nothing else. Shape (cells,)."""
    counted = np.ones(tuple(one.leaf_count for one in grid.classifications), dtype=np.int64)
    for cell in cells:
        parts = [one.leaf_positions(code) for code, one in zip(cell, grid.classifications, strict=True)]
        counted[np.ix_(*parts)] = 0
    nothing: NDArray[np.bool_] = grid.totals(counted) == 0
    return nothing


def key(columns: Iterable[str], cell: Cell) -> tuple[tuple[str, str], ...]:
    """A cell as the key of a finding's place."""
    return tuple(zip(columns, cell, strict=True))


def cell_finding(
    code: str,
    columns: tuple[str, ...],
    cells: Iterable[Cell],
    **params: str | int,
) -> Finding:
    """A finding about cells, each of them a place."""
    places = tuple(Place(key=key(columns, cell)) for cell in cells)
    return FINDINGS.found(code, params, places)


def read_grid(dimensions: tuple[Dimension, ...], occurring: Iterable[Cell]) -> tuple[Grid | None, list[Finding]]:
    """The grid of the dimensions and the codes that occur, or ``None`` and what is wrong with them."""
    columns = [dimension.column for dimension in dimensions]
    if not dimensions or len(set(columns)) < len(columns):
        return None, [FINDINGS.found("small-numbers-dimensions", {"columns": ", ".join(columns)})]
    cells = list(occurring)
    if any(len(cell) != len(dimensions) for cell in cells):
        return None, [FINDINGS.found("small-numbers-dimensions", {"columns": ", ".join(columns)})]
    if not cells:
        return None, [FINDINGS.found("small-numbers-empty-table")]
    classifications, findings = [], []
    for at, dimension in enumerate(dimensions):
        classification, wrong = read_classification(dimension, (cell[at] for cell in cells))
        findings += wrong
        if classification is None:
            continue
        classifications.append(classification)
        unknown = list(dict.fromkeys(cell[at] for cell in cells if cell[at] not in classification.position))
        if unknown:
            findings.append(
                FINDINGS.found(
                    "small-numbers-unknown-code",
                    {"column": dimension.column, "codes": ", ".join(unknown[:10])},
                    tuple(Place(column=dimension.column, value=code) for code in unknown),
                )
            )
    if findings:
        return None, findings
    grid = Grid(tuple(classifications))
    if grid.leaf_size == 0:
        return None, [FINDINGS.found("small-numbers-empty-table")]
    if grid.size > LARGEST:
        return None, [FINDINGS.found("small-numbers-too-large", {"cells": grid.size, "largest": LARGEST})]
    return grid, []


def read_values(problem: Problem, grid: Grid) -> tuple[NDArray[np.int64], list[Finding]]:
    """The value of every cell, totals included, and what is wrong with the values given. Shape (cells,)."""
    columns = problem.columns
    odd = [cell for cell, value in problem.cells.items() if type(value) is not int]
    negative = [cell for cell, value in problem.cells.items() if type(value) is int and value < 0]
    findings = []
    if odd:
        findings.append(cell_finding("small-numbers-not-an-integer", columns, odd))
    if negative:
        findings.append(cell_finding("small-numbers-negative", columns, negative))
    if findings:
        return np.zeros(0, dtype=np.int64), findings

    given = np.full(grid.size, -1, dtype=np.int64)
    for cell, value in problem.cells.items():
        given[grid.number(cell)] = min(value, LARGEST_SUM + 1)
    structural = structural_mask(grid, problem.policy.structural_zeros)
    values = np.where(structural & (given < 0), 0, given)
    inner = grid.inner_mask()
    missing = np.flatnonzero(inner & (values < 0))
    if missing.size:
        findings.append(cell_finding("small-numbers-missing-cell", columns, (grid.cell(int(one)) for one in missing)))
        return values, findings
    if float(values[inner].astype(np.float64).sum()) > LARGEST_SUM:
        far = np.flatnonzero(inner & (values >= values[inner].max()))
        findings.append(
            cell_finding("small-numbers-too-many", columns, map(grid.cell, far.tolist()), largest=LARGEST_SUM)
        )
        return values, findings
    sums: NDArray[np.int64] = grid.totals(values[inner].reshape([one.leaf_count for one in grid.classifications]))
    wrong = np.flatnonzero((given >= 0) & (given != sums))
    if wrong.size:
        places = tuple(
            Place(key=key(columns, grid.cell(int(one))), value=f"{given[one]} ≠ {sums[one]}") for one in wrong
        )
        findings.append(FINDINGS.found("small-numbers-totals-do-not-add-up", {}, places))
    nonzero = [grid.cell(int(number)) for number in np.flatnonzero(structural & (sums != 0))]
    if nonzero:
        findings.append(cell_finding("small-numbers-structural-zero-counted", columns, nonzero))
    return sums, findings


def named_cell_findings(problem: Problem, grid: Grid) -> list[Finding]:
    """Findings about cells that are named in the problem but do not exist in the table."""
    named: Mapping[str, Iterable[Cell]] = {
        "primary": problem.primary,
        "publish": problem.publish,
        "structural_zeros": problem.policy.structural_zeros,
        "known": problem.known,
        "cost": () if isinstance(problem.cost, CostKind) else problem.cost,
        "contributions": problem.contributions or (),
        "rates": [cell for rate in problem.rates for cell in (rate.numerator, rate.denominator)],
    }
    findings = []
    for where, cells in named.items():
        unknown = [cell for cell in cells if not _exists(grid, cell)]
        if unknown:
            written = [" × ".join(cell) for cell in unknown]
            findings.append(
                FINDINGS.found(
                    "small-numbers-unknown-cell",
                    {"where": where, "cells": ", ".join(written[:10])},
                    tuple(Place(field=where, value=one) for one in written),
                )
            )
    return findings


def _exists(grid: Grid, cell: Cell) -> bool:
    return len(cell) == len(grid.classifications) and all(
        code in one.position for code, one in zip(cell, grid.classifications, strict=True)
    )
