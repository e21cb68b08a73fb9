from dataclasses import replace

from legal_checks.small_numbers.alternatives import Loss, added, in_groups, loss_in, loss_of, rounded, without_detail
from legal_checks.small_numbers.protection import protect
from legal_checks.small_numbers.table import Dimension, Policy, Problem
from tests.unit.legal_checks.small_numbers import oracle

TREE = {"T": ["R1", "R2"], "R1": ["a", "b"], "R2": ["c"]}
PROBLEM = Problem(
    (Dimension("unit", "T", TREE), Dimension("month", "year")),
    {(unit, month): 3 + at * 4 for at, (unit, month) in enumerate((u, m) for u in "abc" for m in ("01", "02", "03"))},
)


def test_leaving_out_the_hospitals_shows_the_regions_only():
    coarser = without_detail(PROBLEM, "unit")
    result = protect(coarser.problem)
    assert {one.cell[0] for one in result.cells} == {"R1", "R2", "T"}
    assert result.is_safe
    assert "3" in coarser.loss.sv


def test_months_become_quarters():
    wider = in_groups(PROBLEM, "month", {"Q1": ["01", "02", "03"]})
    assert oracle.all_values(wider.problem)[("T", "Q1")] == oracle.all_values(PROBLEM)[("T", "year")]


def test_controlled_rounding_keeps_every_sum_and_stays_near():
    result, findings = rounded(PROBLEM, 5)
    assert findings == []
    values = oracle.all_values(PROBLEM)
    assert all(value % 5 == 0 and abs(value - values[cell]) < 5 for cell, value in result.cells.items())
    for total, parts in oracle.equations(PROBLEM):
        assert result.cells[total] == sum(result.cells[part] for part in parts)


def test_the_loss_of_a_pattern_is_counted_in_cells_and_in_persons():
    region = Problem((Dimension("place", "R", {"R": ["A", "B", "C"]}),), {("A",): 3, ("B",): 8, ("C",): 11})
    assert loss_of(region, [("A",), ("B",)]) == Loss(cells=4, hidden=2, counted=22, not_shown=11)
    assert loss_in(region) == loss_of(region, [("A",), ("B",)])
    empty = replace(region, policy=Policy(5, structural_zeros=frozenset([("C",)])), cells=region.cells | {("C",): 0})
    assert loss_of(empty, []).cells == 3


def test_losses_of_parts_are_added():
    assert Loss(4, 2, 22, 11, 3) + Loss(4, 0, 30, 0, 4) == Loss(8, 2, 52, 11, 4)


def test_days_are_added_to_a_month_by_place():
    days = [Problem((Dimension("place", "R", {"R": ["A", "B"]}),), {("A",): 3, ("B",): count}) for count in (4, 7)]
    month = added(days)
    assert month is not None
    assert month.cells == {("A",): 6, ("B",): 11}
    assert loss_in(month) == Loss(3, 0, 17, 0)


def test_what_was_closed_on_every_day_is_closed_in_the_month():
    closed = Policy(5, structural_zeros=frozenset([("B",)]))
    days = [
        Problem((Dimension("place", "R", {"R": ["A", "B"]}),), {("A",): 3, ("B",): 0}, policy=policy)
        for policy in (closed, closed)
    ]
    month = added(days)
    assert month is not None
    assert month.policy.structural_zeros == {("B",)}


def test_a_code_that_is_a_sum_on_one_day_only_is_not_added():
    day = Problem((Dimension("place", "R", {"R": ["A", "B"]}),), {("A",): 3, ("B",): 4})
    other = Problem((Dimension("place", "R", {"R": ["A", "B"], "A": ["a"]}),), {("a",): 3, ("B",): 4})
    assert added([day, other]) is None
