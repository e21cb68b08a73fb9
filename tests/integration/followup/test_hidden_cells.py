"""Why cells are hidden, of ratios, of the country's sum that regions know a part of, and beside earlier versions. Made up."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from registry.db import db
from submission_portal.followup.explaining import hidden_cells_in, reasons_of
from submission_portal.followup.hidden_cells import Way, longer_period, look_into
from submission_portal.followup.protecting import Around, groups_of, protect_figures
from submission_portal.followup.published_cells import NOTHING
from submission_portal.followup.small_number_rules import Rules
from submission_portal.followup.versions import latest_version
from tests.benchmarks.composing_speed import DIMENSIONS, figures_of
from tests.factories.released_figures import run_worker
from tests.integration.followup.test_monthly_rates import MODEL, RATE, monthly


def test_of_a_ratio_the_counts_are_what_is_told(world):
    world.release("25", MODEL, monthly("2026-10", ((90, 9), (50, 6), (30, 2), (160, 8), (420, 21))), "2026-10")
    run_worker()
    table = latest_version(db.session, RATE)
    cells = {one.key: one for one in hidden_cells_in(db.session, table, ["2026-10"])["2026-10"]}
    assert set(cells) == {*table.protection.primary, *table.protection.secondary}
    assert {one.element for one in cells.values()} == {"overbelaggningar"}
    (small,) = table.protection.primary
    assert small in cells and small.startswith("25/2026-10/sjukhus/")
    covers = [cells[key] for key in table.protection.secondary]
    assert covers and all(one.attacks[0].of == small for one in covers)
    found = reasons_of(db.session, table)
    assert found is not None and found.closest is not None and found.closest.key == small


@pytest.mark.parametrize("seed", [1, 2])
def test_in_the_country_every_hidden_cell_has_a_reason_and_no_small_number_is_known_exactly(seed):
    figures = figures_of("2026-10", np.random.default_rng(seed), 6.0)
    made = protect_figures(figures, Rules(5), around=Around(DIMENSIONS))
    groups = [("n", one) for one in groups_of(figures, Rules(5), NOTHING, Around(DIMENSIONS))]
    found = look_into(groups, made.primary, made.hidden)
    cells = {one.key: one for one in found.by_period["2026-10"]}
    assert set(cells) == made.hidden
    values = {one.key: one.value for one in figures}
    for key, cell in cells.items():
        assert Decimal(cell.lowest) <= values[key]
        assert cell.highest is None or values[key] <= Decimal(cell.highest)
    assert not [key for key in made.primary if cells[key].lowest == cells[key].highest]
    assert all(cells[key].attacks or cells[key].is_kept for key in made.secondary)
    hidden = {one.way: one.hidden for one in found.ways}
    assert hidden[Way.COMPOSED] == len(made.hidden)
    assert hidden[Way.LESS_DETAIL] < hidden[Way.COMPOSED] and hidden[Way.FEWEST] <= hidden[Way.COMPOSED]


def test_of_a_group_that_the_engine_cannot_read_all_is_hidden_and_nothing_can_be_concluded():
    figures = [replace(one, value=one.value * 10**16) for one in figures_of("2026-10", np.random.default_rng(1), 6.0)]
    made = protect_figures(figures, Rules(5), around=Around(DIMENSIONS))
    groups = [("n", one) for one in groups_of(figures, Rules(5), NOTHING, Around(DIMENSIONS))]
    found = look_into(groups, made.primary, made.hidden)
    assert {one.key for one in found.by_period["2026-10"]} == {one.key for one in figures}
    assert {(one.lowest, one.highest) for one in found.by_period["2026-10"]} == {("0", None)}
    assert found.ways == ()


@pytest.mark.parametrize(
    ("period", "longer"),
    [
        ("2026-12-31", "2026-12"), ("2026-12-31/natt", "2026-12"), ("2026-04", "2026-T1"), ("2026-05", "2026-T2"),
        ("2026-T3", "2026"), ("2026-H1", "2026"), ("2026", None), ("2026-W01", None),
    ],
)  # fmt: skip
def test_the_period_that_others_are_put_together_to(period, longer):
    assert longer_period(period) == longer
