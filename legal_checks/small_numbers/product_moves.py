"""Moves of a table that satisfy every equation by their shape, for tables too large to ask a solver for each cell.

Move one leaf of each dimension up and another down, or up alone and all its sums with it, and multiply: the product of
such vectors over the dimensions is a move of the inner cells, and all sums follow. In a table without hierarchies these
are the hypercubes of Repsilber (1994), on which the GHMITER method of τ-ARGUS rests, and their open relatives. A cheap
one is found by descent, one dimension at a time: what moves beside the cell there, while the other dimensions stay.
"""

from collections.abc import Sequence
from math import inf, prod

import numpy as np

from legal_checks.small_numbers.cuts import Need
from legal_checks.small_numbers.equations import BoolArray, FloatArray, IntArray
from legal_checks.small_numbers.moves import A_LITTLE, Move, price_of
from legal_checks.small_numbers.task import Task
from legal_checks.small_numbers.watch import OF_A_PRODUCT_MOVE
from legal_checks.small_numbers.ways import Dimensionwise, Ways

STARTS = 2
"""Descents for each need, from ways drawn at random."""
STEPS = 12
"""Moves that are added up at most to bring a cell as far as it needs to go."""
NOTHING = 1e-9


class ProductMoves:
    """Product moves of one task. They leave alone what further equations (releases, rates) speak of."""

    work = OF_A_PRODUCT_MOVE

    def __init__(self, task: Task) -> None:
        self._task = task
        system = task.system
        self._axes = [Dimensionwise(one) for one in system.grid.classifications]
        self._shape = system.grid.shape
        self._strides = [prod(self._shape[axis + 1 :]) for axis in range(len(self._shape))]
        self._variable = system.variable
        self._cell = np.unique(self._variable, return_index=True)[1]
        movable = (task.candidates() | task.hidden_always()) & ~task.known
        movable[np.unique(task.matrix[system.equation_count :].indices)] = False
        price = price_of(task)
        self._forbidden = 1e3 * (1.0 + float(price.sum()))
        self._price = np.where(movable, price, self._forbidden)
        self._prices = _Prices(self._price, task.upper > task.truth, task.truth > task.lower, self._forbidden)
        self._random = np.random.default_rng(0)

    def protect(
        self, alternatives: tuple[Need, ...], hidden: BoolArray, *, without: int | None = None, below: float = inf
    ) -> Move | None:
        """The cheapest move found that meets one of the needs; ``None`` where none does. Arguments as of ``Repairer``."""
        prices = self._prices.when(hidden, without)
        first = alternatives[0]
        if first.level > 0:
            return self._steps(first, prices.copy(), below)
        found = self._descend(first.target, np.array([one.sign for one in alternatives]), prices)
        return found[1] if found is not None and found[0] < below else None

    def _steps(self, need: Need, prices: FloatArray, below: float) -> Move | None:
        """Moves added up until the target has come as far as is needed, each as far as the cells have room."""
        task, spent, left = self._task, 0.0, need.level
        room = np.stack([np.zeros(task.truth.size), task.upper - task.truth, task.truth - task.lower])
        net = np.zeros(task.truth.size)
        for _ in range(STEPS):
            found = self._descend(need.target, np.array([need.sign]), prices)
            if found is None or spent + found[0] >= below:
                return None
            move = found[1]
            way = move.amounts.astype(np.int64)
            step = min(left, float(room[way, move.columns].min()))
            net[move.columns] += step * move.amounts
            room[way, move.columns] -= step
            room[-way, move.columns] += step
            prices[:, move.columns] = np.where(
                room[:, move.columns] > NOTHING, A_LITTLE * self._price[move.columns], self._forbidden
            )
            prices[0] = 0.0
            spent += found[0]
            left -= step
            if left <= NOTHING:
                moved = np.flatnonzero(np.abs(net) > NOTHING)
                return Move(moved, net[moved])
        return None

    def _descend(self, target: int, signs: IntArray, prices: FloatArray) -> tuple[float, Move] | None:
        """A cheap move of ``target`` by one of ``signs``, and its price by ``prices`` (shape (3, variables))."""
        positions = [int(at) for at in np.unravel_index(int(self._cell[target]), self._shape)]
        ways = [one.ways(at) for one, at in zip(self._axes, positions, strict=True)]
        signs = np.repeat(signs, STARTS)
        drawn = np.stack([self._random.integers(len(one.codes), size=signs.size) for one in ways])
        found = self._descend_from(drawn, ways, signs, prices)
        if found is None:
            largest = self._largest_leaves(positions, prices)
            ways = [one.ways(at, leaf) for one, at, leaf in zip(self._axes, positions, largest, strict=True)]
            found = self._descend_from(0 * drawn, ways, signs, prices)
        return found

    def _largest_leaves(self, positions: Sequence[int], prices: FloatArray) -> list[int]:
        """The leaf in each dimension of the largest inner cell that is counted at ``positions`` and may fall."""
        leaves = [one.leaves(at) for one, at in zip(self._axes, positions, strict=True)]
        inner = self._variable[np.ravel_multi_index(np.ix_(*leaves), self._shape)]
        values = np.where(prices[-1] < self._forbidden, self._task.truth, -1.0)[inner]
        largest = np.unravel_index(int(values.argmax()), values.shape)
        return [int(own[at]) for own, at in zip(leaves, largest, strict=True)]

    def _descend_from(
        self, chosen: IntArray, ways: list[Ways], signs: IntArray, prices: FloatArray
    ) -> tuple[float, Move] | None:
        """The cheapest allowed move that descents from some ways end at. Shapes (axes, starts), (starts,), (3, variables)."""
        starts, least = np.arange(signs.size), np.full(signs.size, inf)
        flat = prices.ravel()
        order, turn, idle = self._random.permutation(len(ways)), 0, 0
        while idle < len(ways):
            axis = int(order[turn % len(ways)])
            turn, idle = turn + 1, idle + 1
            cells, amounts = self._product(ways, chosen, signs, without=axis)
            own = ways[axis]
            cells = cells[:, None, :, None] + self._strides[axis] * own.codes[None, :, None, :]
            amounts = amounts[:, None, :, None] * own.amounts[None, :, None, :]
            place = amounts * prices.shape[1]
            place += self._variable.take(cells)
            price = flat.take(place, mode="wrap").sum(axis=(2, 3))
            cheapest = price.argmin(axis=1)
            reached = price[starts, cheapest]
            better = reached < least - NOTHING
            if better.any():
                idle = 1
            chosen[axis] = np.where(better, cheapest, chosen[axis])
            least = np.where(better, reached, least)
        best = int(least.argmin())
        if least[best] >= self._forbidden:
            return None
        cells, amounts = self._product(ways, chosen[:, best : best + 1], signs[best : best + 1])
        moving = amounts != 0
        columns, first = np.unique(self._variable[cells[moving]], return_index=True)
        amount = amounts[moving][first]
        return float(prices[amount, columns].sum()), Move(columns, amount.astype(np.float64))

    def _product(
        self, ways: list[Ways], chosen: IntArray, signs: IntArray, *, without: int | None = None
    ) -> tuple[IntArray, IntArray]:
        """The cells that chosen ways move together, and by how much. Shapes (axes, starts) → (starts, cells), twice."""
        starts = chosen.shape[1]
        cells = np.zeros((starts, 1), dtype=np.int64)
        amounts = signs[:, None]
        for axis, (one, way) in enumerate(zip(ways, chosen, strict=True)):
            if axis != without:
                cells = (cells[:, :, None] + self._strides[axis] * one.codes[way][:, None, :]).reshape(starts, -1)
                amounts = (amounts[:, :, None] * one.amounts[way][:, None, :]).reshape(starts, -1)
        return cells, amounts


class _Prices:
    """What moving each variable costs, by the move: nothing for 0, and for 1 and −1 what the pattern so far says.

    Only what changed from one pattern to the next is priced anew.
    """

    def __init__(self, price: FloatArray, rising: BoolArray, falling: BoolArray, forbidden: float) -> None:
        up, down = (np.where(allowed, price, forbidden) for allowed in (rising, falling))
        self._shown = np.stack([np.zeros(price.size), up, down])
        self._hidden = np.where(self._shown >= forbidden, forbidden, A_LITTLE * self._shown)
        self._forbidden = forbidden
        self._now = self._shown.copy()
        self._pattern = np.zeros(price.size, dtype=bool)
        self._still: int | None = None

    def when(self, hidden: BoolArray, without: int | None) -> FloatArray:
        """The prices under a pattern, with one variable that must stand still. Shape (3, variables), in the order 0, 1, −1."""
        changed = np.flatnonzero(hidden != self._pattern)
        if self._still is not None:
            changed = np.append(changed, self._still)
        self._now[:, changed] = np.where(hidden[changed], self._hidden[:, changed], self._shown[:, changed])
        self._pattern[changed] = hidden[changed]
        self._still = without
        if without is not None:
            self._now[1:, without] = self._forbidden
        return self._now
