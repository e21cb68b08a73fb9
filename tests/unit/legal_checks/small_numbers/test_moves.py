"""Moves that make a pattern safe: they keep every sum, meet their need, and are taken back where that is cheaper."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from legal_checks.small_numbers.covering import Cover
from legal_checks.small_numbers.cuts import Need, needs_of
from legal_checks.small_numbers.derivation import _forced_at_bounds, _never_lifted
from legal_checks.small_numbers.exposure import unmet
from legal_checks.small_numbers.intervals import Knowledge, attack_intervals
from legal_checks.small_numbers.moves import Move
from legal_checks.small_numbers.product_moves import ProductMoves
from legal_checks.small_numbers.reading import prepare
from legal_checks.small_numbers.repair import Repairer
from legal_checks.small_numbers.table import Dimension, Problem, Protection, ProtectionKind
from legal_checks.small_numbers.task import Task
from legal_checks.small_numbers.watch import Watch


def hospitals(kind: ProtectionKind, seed: int = 3, mean: float = 9.0) -> Task:
    """Three regions with three hospitals each, by four areas and three months."""
    units = {f"R{region}": [f"R{region}H{hospital}" for hospital in range(3)] for region in range(3)}
    numbers = np.random.default_rng(seed)
    cells = {
        (unit, f"A{area}", f"M{month}"): int(numbers.poisson(mean))
        for region in units.values()
        for unit in region
        for area in range(4)
        for month in range(3)
    }
    dimensions = (Dimension("unit", "T", {"T": list(units), **units}), Dimension("area", "T"), Dimension("month", "T"))
    prepared, _ = prepare(Problem(dimensions, cells, protection=Protection(kind, Fraction(30))))
    assert prepared is not None
    return prepared.task


def assert_is_a_move(task: Task, need: tuple[Need, ...], move: Move) -> None:
    """Every sum is kept, no bound is broken, nothing stands out that must be shown, and the need is met."""
    change = np.zeros(task.truth.size)
    change[move.columns] = move.amounts
    assert np.abs(task.matrix @ change).max() < 1e-9
    assert move.meets(need)
    small = 1e-3 if need[0].level == 0 else 1.0
    moved = task.truth + small * change
    assert (moved >= task.lower - 1e-9).all()
    assert (moved <= task.upper + 1e-9).all()
    assert not (task.must_show | task.known)[move.columns].any()


@pytest.mark.parametrize("mover", [Repairer, ProductMoves])
@pytest.mark.parametrize("kind", [ProtectionKind.EX, ProtectionKind.INT])
def test_a_pattern_made_of_moves_is_safe_and_stays_so_when_it_is_thinned_out(kind, mover):
    task = hospitals(kind)
    needs = needs_of(task)
    cover = Cover(task, needs)
    cover.build(mover(task), task.hidden_always(), Watch())
    assert cover.unmet() == []
    assert unmet(task, needs, cover.hidden) == []
    before = task.cost[cover.hidden & task.candidates()].sum()
    cover.thin(mover(task), np.full(task.truth.size, 0.5), Watch(), 1.0)
    assert unmet(task, needs, cover.hidden) == []
    assert task.cost[cover.hidden & task.candidates()].sum() < before


def test_thinning_stops_when_time_is_up_and_what_it_leaves_is_safe():
    task = hospitals(ProtectionKind.INT)
    cover = Cover(task, needs_of(task))
    cover.build(Repairer(task), task.hidden_always(), Watch())
    before = cover.hidden.copy()
    cover.thin(Repairer(task), np.full(task.truth.size, 0.5), Watch(time_limit=0.0), 1.0)
    assert (cover.hidden == before).all()


@pytest.mark.parametrize("kind", [ProtectionKind.EX, ProtectionKind.INT, ProtectionKind.PERCENT])
def test_a_product_move_is_found_for_every_need_even_in_a_sparse_table(kind):
    task = hospitals(kind, mean=0.8)
    assert (task.truth == 0).sum() > 30
    products = ProductMoves(task)
    for need in needs_of(task):
        move = products.protect(need, task.hidden_always())
        assert move is not None
        assert_is_a_move(task, need, move)


def test_a_product_move_does_not_touch_what_must_be_shown_or_stand_still():
    task = hospitals(ProtectionKind.EX)
    shown = np.random.default_rng(0).random(task.truth.size) < 0.3
    task = replace(task, must_show=shown & ~task.primary)
    products, moved_again = ProductMoves(task), 0
    for need in needs_of(task):
        move = products.protect(need, task.hidden_always())
        if move is None:
            continue
        assert_is_a_move(task, need, move)
        still = int(next(column for column in move.columns if column != need[0].target))
        other = products.protect(need, task.hidden_always(), without=still)
        assert other is None or still not in other.columns
        again = products.protect(need, task.hidden_always())
        moved_again += again is not None and still in again.columns
    assert moved_again > 0


def test_a_product_move_costs_less_than_it_may():
    task = hospitals(ProtectionKind.EX)
    hidden, products = task.hidden_always(), ProductMoves(task)
    for need in needs_of(task):
        move = products.protect(need, hidden, below=30.0)
        assert move is None or task.cost[move.columns[~hidden[move.columns]]].sum() < 30.0
    assert products.protect(needs_of(task)[0], hidden, below=0.0) is None


def test_a_product_move_keeps_to_what_is_known_from_elsewhere():
    """A cell known to be at most what it is can only fall, and an earlier release's equations are left alone."""
    task = hospitals(ProtectionKind.EX)
    upper = np.where(np.random.default_rng(1).random(task.truth.size) < 0.3, task.truth, task.upper)
    task = replace(task, upper=upper)
    further = sparse.csr_array(np.where(np.arange(task.truth.size) == 7, 1.0, 0.0)[None, :])
    task = replace(task, matrix=sparse.csr_array(sparse.vstack([task.matrix, further], format="csr")))
    products, found = ProductMoves(task), 0
    for need in needs_of(task):
        move = products.protect(need, task.hidden_always())
        if move is not None:
            found += 1
            assert_is_a_move(task, need, move)
            assert 7 not in move.columns
    assert found > 5


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


def test_moves_are_witnesses_only_where_they_lead_to_a_possible_table():
    """x + y = t with x, y hidden: of four proposed moves one keeps the sum, the bounds and what is shown."""
    matrix = sparse.csr_array(np.array([[1.0, 1.0, -1.0]]))
    truth, unknown = np.array([2.0, 9.0, 11.0]), np.array([True, True, False])
    knowledge = Knowledge(matrix, np.zeros(3), np.full(3, np.inf), unknown, truth)
    moves = [
        Move(np.array([0, 1]), np.array([1.0, -1.0])),
        Move(np.array([0]), np.array([3.0])),
        Move(np.array([0, 1]), np.array([-4.0, 4.0])),
        Move(np.array([0, 2]), np.array([5.0, 5.0])),
    ]
    enough = np.array([2.0, 9.0, 11.0]), np.array([3.0, 8.0, 11.0])
    reached = attack_intervals(knowledge, unknown, witness=truth, moves=moves, enough=enough)
    assert reached is not None
    assert reached.lowest.tolist() == [2.0, 8.0, 11.0]
    assert reached.highest.tolist() == [3.0, 9.0, 11.0]
