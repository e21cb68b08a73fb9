"""Which unknowns a system of equations determines, by one projection instead of an elimination.

Unknown k is determined by ``P z = 0`` exactly when every solution has z_k = 0. A random vector projected onto the
solutions has, but for a null set of chances, z_k ≠ 0 for every k that is not determined; the projection is a sparse
system solved by conjugate gradients (Hestenes and Stiefel 1952), some hundred products with the matrix. What it flags is to
be confirmed exactly by the caller; what it clears is clear: a determined k is a combination λ P with moderate λ, so
its z_k is of the size of the residual.
"""

import numpy as np
from scipy import sparse

from legal_checks.small_numbers.equations import BoolArray, FloatArray

STILL = 1e-7
"""A component of the projected vector smaller than this is taken for zero (the vector's own are of size 1)."""
SEEDS = (20240301, 20240302)
"""Two projections: an undetermined unknown that is small in one by chance is not small in both."""


def determined(part: sparse.csr_array) -> BoolArray:
    """True for the columns that are zero in every solution of ``part @ z == 0``. Shape (columns,).

    >>> determined(sparse.csr_array(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]))).tolist()
    [False, False, True]
    """
    still = np.ones(part.shape[1], dtype=bool)
    for seed in SEEDS:
        still &= np.abs(random_solution(part, seed)) < STILL
        if not still.any():
            break
    return still


def random_solution(part: sparse.csr_array, seed: int) -> FloatArray:
    """A random vector of standard normal components, projected onto the solutions of ``part @ z == 0``."""
    return projected(part, np.random.default_rng(seed).normal(size=part.shape[1]))


def projected(part: sparse.csr_array, vector: FloatArray) -> FloatArray:
    """The solution of ``part @ z == 0`` that is nearest to ``vector``. Shapes (columns,).

    >>> projected(sparse.csr_array(np.array([[1.0, -1.0]])), np.array([1.0, 0.0])).round(6).tolist()
    [0.5, 0.5]
    """
    transposed = sparse.csr_array(part.T)
    for _ in range(4):
        vector = vector - transposed @ _multipliers(part, transposed, part @ vector)
        if np.abs(part @ vector).max(initial=0.0) < STILL * 1e-4:
            break
    return vector


def _multipliers(part: sparse.csr_array, transposed: sparse.csr_array, right: FloatArray) -> FloatArray:
    """``part @ transposed @ multipliers == right``, by conjugate gradients.

    Products are summed without BLAS, whose threads take most of the time on a busy machine.
    """
    multipliers = np.zeros(right.size)
    residual = right.copy()
    direction = residual.copy()
    size = float((residual * residual).sum())
    wanted = size * 1e-26 + 1e-30
    for _ in range(2 * right.size + 100):
        if size <= wanted:
            break
        back = transposed @ direction
        curvature = float((back * back).sum())
        if curvature <= 0:
            break
        step = size / curvature
        multipliers += step * direction
        residual -= step * (part @ back)
        before, size = size, float((residual * residual).sum())
        direction = residual + (size / before) * direction
    return multipliers
