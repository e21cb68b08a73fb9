from legal_checks.small_numbers.alternatives import in_groups, rounded, without_detail
from legal_checks.small_numbers.protection import protect
from legal_checks.small_numbers.table import Dimension, Problem
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
