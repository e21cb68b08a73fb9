"""A problem in numbers: variables, what the attacker knows of them, what each needs, what hiding each costs."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from legal_checks.small_numbers.equations import BoolArray, FloatArray, IntArray, System


@dataclass(frozen=True)
class Task:
    """All arrays have shape (variables,) but ``matrix``, (equations, variables).

    The first ``system.variable_count`` variables are the table's cells, the first ``system.equation_count`` equations
    its sums; what follows comes from earlier releases and rates.

    Attributes:
        truth: the true values, which satisfy every equation.
        lower, upper: what the attacker knows of each variable beforehand.
        known: the attacker knows the value whatever this table shows.
        published: part of the table that is published; the others are hidden in any case, and cost nothing.
        must_show: hiding is not allowed (or would be pointless: structural zeros).
        primary: needs protection; ``lowest`` and ``highest`` say how much.
        cost: of hiding.
    """

    system: System
    matrix: sparse.csr_array
    truth: FloatArray
    lower: FloatArray
    upper: FloatArray
    known: BoolArray
    published: BoolArray
    must_show: BoolArray
    primary: BoolArray
    lowest: FloatArray
    highest: FloatArray
    cost: FloatArray

    def hidden_always(self) -> BoolArray:
        """Variables that every pattern hides: the primary ones and those outside the publication."""
        return self.primary | ~self.published

    def candidates(self) -> BoolArray:
        """Variables that a pattern may hide or show."""
        return self.published & ~self.primary & ~self.must_show & ~self.known

    def unknown(self, hidden: BoolArray) -> BoolArray:
        """What the attacker does not know at once under a pattern."""
        return hidden & ~self.known


def component_labels(matrix: sparse.csr_array, unknown: BoolArray) -> IntArray:
    """A component number for each unknown variable (−1 for the others): linked by equations through unknowns."""
    columns = np.flatnonzero(unknown)
    part = sparse.csr_array(matrix[:, columns])
    rows, count = part.shape
    size = rows + count
    pointers = np.append(part.indptr, np.full(count, part.nnz))
    graph = sparse.csr_array((np.ones(part.nnz), part.indices + rows, pointers), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    of_columns = label[rows:]
    _, compact = np.unique(of_columns, return_inverse=True)
    labels = np.full(unknown.size, -1, dtype=np.int64)
    labels[columns] = compact
    return labels
