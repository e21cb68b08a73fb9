"""Every cell and every total as one sparse linear system.

Cells that must be equal (a region with one hospital and that hospital) are one *variable*. An *equation* says that
the parts of a sum minus the sum are zero. Further equations come from earlier releases and published rates
(``releases.py``); the right-hand side is always zero.
"""

from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from legal_checks.small_numbers.grid import Grid
from legal_checks.small_numbers.table import Cell

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class SumBlock:
    """All equations of one dimension: for each of its sums, one for each combination of the other codes.

    ``first`` is the number of the block's first equation (before identical equations are dropped). Equation
    ``first + s * others + o`` says that sum number ``s`` holds at the combination ``o`` of the other dimensions.
    """

    axis: int
    sums: tuple[str, ...]
    first: int
    others: int


@dataclass(frozen=True)
class System:
    """``matrix @ y == 0`` over the variables ``y``.

    Attributes:
        matrix: shape (equations, variables), integer coefficients as floats (exact below 2^53).
        variable: the variable of each cell of the grid. Shape (cells,).
        origin: the number of the equation that each row was made from, for words. Shape (equations,).
        blocks: how to read those numbers.
    """

    grid: Grid
    matrix: sparse.csr_array
    variable: IntArray
    origin: IntArray
    blocks: tuple[SumBlock, ...]

    @property
    def variable_count(self) -> int:
        return int(self.matrix.shape[1])

    @property
    def equation_count(self) -> int:
        return int(self.matrix.shape[0])

    def sum_cell(self, row: int) -> Cell:
        """The cell that equation ``row`` is the sum of."""
        number = int(self.origin[row])
        block = next(one for one in reversed(self.blocks) if one.first <= number)
        which, combination = divmod(number - block.first, block.others)
        classifications = self.grid.classifications
        rest = [one for axis, one in enumerate(classifications) if axis != block.axis]
        positions = np.unravel_index(combination, [len(one.codes) for one in rest]) if rest else ()
        codes = [one.codes[int(at)] for one, at in zip(rest, positions, strict=True)]
        codes.insert(block.axis, block.sums[which])
        return tuple(codes)

    def sums(self, weights: FloatArray | BoolArray) -> FloatArray:
        """Per variable, the sum of its cells' weights. Shapes (cells,) → (variables,)."""
        return np.bincount(self.variable, weights=weights, minlength=self.variable_count).astype(np.float64)


def build_system(grid: Grid) -> System:
    """The system of a grid: one equation per sum and combination of the other codes, identical cells merged."""
    rows, columns, data, blocks = _sum_entries(grid)
    count = blocks[-1].first + len(blocks[-1].sums) * blocks[-1].others if blocks else 0
    matrix = sparse.csr_array((data, (rows, columns)), shape=(count, grid.size))
    variable = _merged(matrix)
    variables = int(variable.max()) + 1
    membership = sparse.csr_array((np.ones(grid.size), (np.arange(grid.size), variable)), shape=(grid.size, variables))
    merged = sparse.csr_array(matrix @ membership)
    merged.eliminate_zeros()
    merged.sort_indices()
    kept = _distinct_rows(merged)
    return System(grid, sparse.csr_array(merged[kept]), variable, kept, blocks)


def _sum_entries(grid: Grid) -> tuple[IntArray, IntArray, IntArray, tuple[SumBlock, ...]]:
    """Coordinates and coefficients of all equations over the cells: +1 for the parts, −1 for the sum."""
    shape = grid.shape
    rows: list[IntArray] = []
    columns: list[IntArray] = []
    data: list[IntArray] = []
    blocks: list[SumBlock] = []
    first = 0
    numbers = np.arange(grid.size, dtype=np.int64).reshape(shape)
    for axis, one in enumerate(grid.classifications):
        others = prod(shape[:axis]) * prod(shape[axis + 1 :])
        along = np.moveaxis(numbers, axis, 0).reshape(shape[axis], others)
        sums = one.codes[one.leaf_count :]
        for which, code in enumerate(sums):
            equation = first + which * others + np.arange(others, dtype=np.int64)
            parts = [one.position[part] for part in one.parts[code]]
            for position, coefficient in [*((part, 1) for part in parts), (one.position[code], -1)]:
                rows.append(equation)
                columns.append(along[position])
                data.append(np.full(others, coefficient, dtype=np.int64))
        blocks.append(SumBlock(axis, sums, first, others))
        first += len(sums) * others
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(data), tuple(blocks)


def _merged(matrix: sparse.csr_array) -> IntArray:
    """A variable per cell; the two cells of a sum with a single part share one. Numbered by first appearance."""
    lengths = np.diff(matrix.indptr)
    starts = matrix.indptr[:-1][lengths == 2]
    left, right = matrix.indices[starts], matrix.indices[starts + 1]
    size = matrix.shape[1]
    graph = sparse.csr_array((np.ones(left.size), (left, right)), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    rank = np.empty(first.size, dtype=np.int64)
    rank[np.argsort(first)] = np.arange(first.size)
    return rank[inverse]


def _distinct_rows(matrix: sparse.csr_array) -> IntArray:
    """The numbers of the rows that say something and were not said before, in order.

    Rows are compared by their pattern: two sums over the same parts have the same sum.
    """
    seen: set[bytes] = set()
    kept: list[int] = []
    indptr, indices, data = matrix.indptr, matrix.indices, matrix.data
    for row in range(matrix.shape[0]):
        start, stop = indptr[row], indptr[row + 1]
        if stop == start:
            continue
        pattern = indices[start:stop].tobytes() + data[start:stop].tobytes()
        if pattern not in seen:
            seen.add(pattern)
            kept.append(row)
    return np.array(kept, dtype=np.int64)
