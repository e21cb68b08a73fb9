"""Moves that make a pattern safe: they keep every sum, meet their need, and are taken back where that is cheaper."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from legal_checks.small_numbers.covering import Cover
from legal_checks.small_numbers.cuts import needs_of
from legal_checks.small_numbers.derivation import _forced_at_bounds, _never_lifted
from legal_checks.small_numbers.exposure import unmet
from legal_checks.small_numbers.intervals import Knowledge
from legal_checks.small_numbers.product_moves import ProductMoves
from legal_checks.small_numbers.reading import prepare
from legal_checks.small_numbers.repair import Repairer
from legal_checks.small_numbers.table import Dimension, Problem, Protection, ProtectionKind
from legal_checks.small_numbers.task import Task
from legal_checks.small_numbers.watch import Watch


def hospitals(kind: ProtectionKind, seed: int = 3) -> Task:
    """Three regions with three hospitals each, by four areas and three months."""
    units = {f"R{region}": [f"R{region}H{hospital}" for hospital in range(3)] for region in range(3)}
    numbers = np.random.default_rng(seed)
    cells = {
        (unit, f"A{area}", f"M{month}"): int(numbers.poisson(9.0))
        for region in units.values()
        for unit in region
        for area in range(4)
        for month in range(3)
    }
    dimensions = (Dimension("unit", "T", {"T": list(units), **units}), Dimension("area", "T"), Dimension("month", "T"))
    prepared, _ = prepare(Problem(dimensions, cells, protection=Protection(kind)))
    assert prepared is not None
    return prepared.task


@pytest.mark.parametrize("kind", [ProtectionKind.EX, ProtectionKind.INT])
def test_a_pattern_made_of_moves_is_safe_and_stays_so_when_it_is_thinned_out(kind):
    task = hospitals(kind)
    needs = needs_of(task)
    cover = Cover(task, needs, Repairer(task))
    cover.build(task.hidden_always(), Watch())
    assert unmet(task, needs, cover.hidden) == []
    before = task.cost[cover.hidden & task.candidates()].sum()
    cover.thin(np.full(task.truth.size, 0.5), Watch(), 1.0)
    assert unmet(task, needs, cover.hidden) == []
    assert task.cost[cover.hidden & task.candidates()].sum() < before


def test_thinning_stops_when_time_is_up_and_what_it_leaves_is_safe():
    task = hospitals(ProtectionKind.INT)
    needs = needs_of(task)
    cover = Cover(task, needs, Repairer(task))
    cover.build(task.hidden_always(), Watch())
    before = cover.hidden.copy()
    cover.thin(np.full(task.truth.size, 0.5), Watch(time_limit=0.0), 1.0)
    assert (cover.hidden == before).all()


@pytest.mark.parametrize("kind", [ProtectionKind.EX, ProtectionKind.INT])
def test_a_product_move_keeps_every_sum_and_meets_its_need(kind):
    task = hospitals(kind)
    products = ProductMoves(task)
    found = [(need, products.protect(need, task.hidden_always())) for need in needs_of(task)]
    moves = [(need, move) for need, move in found if move is not None]
    assert len(moves) > len(found) / 2
    for need, move in moves:
        change = np.zeros(task.truth.size)
        change[move.columns] = move.amounts
        assert np.abs(task.matrix @ change).max() < 1e-9
        assert move.meets(need)
        falling = (move.amounts < 0) & (task.truth[move.columns] <= task.lower[move.columns])
        assert not falling.any()


def test_a_product_move_does_not_touch_what_must_be_shown():
    task = hospitals(ProtectionKind.EX)
    shown = np.random.default_rng(0).random(task.truth.size) < 0.3
    task = replace(task, must_show=shown & ~task.primary)
    for need in needs_of(task):
        move = ProductMoves(task).protect(need, task.hidden_always())
        assert move is None or not task.must_show[move.columns].any()


@st.composite
def systems(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A small matrix, and for each column whether it stands at its lower bound, at its upper one or at neither."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 8))
    entries = st.lists(st.sampled_from([-2, -1, 0, 0, 1, 1, 2]), min_size=columns, max_size=columns)
    matrix = np.array(draw(st.lists(entries, min_size=rows, max_size=rows)), dtype=float)
    at = np.array(draw(st.lists(st.sampled_from(["lower", "upper", ""]), min_size=columns, max_size=columns)))
    return matrix, at == "lower", at == "upper"


@given(systems())
def test_linear_algebra_and_the_linear_program_force_the_same_cells(system):
    matrix, at_lower, at_upper = system
    size = matrix.shape[1]
    knowledge = Knowledge(
        sparse.csr_array(matrix),
        np.where(at_lower, 0.0, -np.inf),
        np.where(at_upper, 0.0, np.inf),
        np.ones(size, dtype=bool),
        np.zeros(size),
    )
    held = at_lower | at_upper
    by_program = np.zeros(size, dtype=bool)
    if held.any():
        by_program = _never_lifted(knowledge, ~held, held, np.where(at_lower, 1.0, -1.0))
    assert _forced_at_bounds(knowledge, np.zeros(size)).tolist() == by_program.tolist()


def test_cells_are_forced_whose_lifts_weigh_differently():
    """z₁ + 2 z₂ = 0 with both at zero: the direction nearest to lifting both is not zero, and lifts one of them only."""
    matrix = sparse.csr_array(np.array([[1.0, 2.0]]))
    everything = np.ones(2, dtype=bool)
    knowledge = Knowledge(matrix, np.zeros(2), np.full(2, np.inf), everything, np.zeros(2))
    assert _forced_at_bounds(knowledge, np.zeros(2)).all()
