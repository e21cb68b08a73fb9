"""The part of a system near one variable: what a local attack or a local repair needs to look at."""

import numpy as np
from scipy import sparse

from legal_checks.small_numbers.equations import BoolArray, IntArray


class Neighbourhoods:
    """Walks a matrix from variables to the equations they are in, and on to those equations' variables."""

    def __init__(self, matrix: sparse.csr_array) -> None:
        self.matrix = matrix
        self._by_column = sparse.csr_array(matrix.T)

    def equations_of(self, columns: IntArray) -> IntArray:
        """The equations that contain any of ``columns``, in order."""
        return _gather(self._by_column, columns)

    def variables_of(self, rows: IntArray) -> IntArray:
        """The variables of ``rows``, in order."""
        return _gather(self.matrix, rows)

    def equations_around(self, column: int, through: BoolArray, radius: int) -> IntArray:
        """The equations that ``radius`` steps reach from ``column``, walking through the variables ``through`` only."""
        columns = np.array([column])
        rows = self.equations_of(columns)
        for _ in range(radius - 1):
            reached = self.variables_of(rows)
            further = self.equations_of(reached[through[reached]])
            if further.size == rows.size:
                break
            rows = further
        return rows

    def block(self, rows: IntArray, columns: IntArray) -> sparse.csr_array:
        """The coefficients of ``rows`` at ``columns``."""
        return sparse.csr_array(sparse.csr_array(self.matrix[rows])[:, columns])


def _gather(matrix: sparse.csr_array, rows: IntArray) -> IntArray:
    """The distinct column numbers of some rows."""
    if rows.size == 0:
        return np.zeros(0, dtype=np.int64)
    starts, ends = matrix.indptr[rows], matrix.indptr[rows + 1]
    lengths = ends - starts
    offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.unique(matrix.indices[np.repeat(starts, lengths) + offsets]).astype(np.int64)
