"""Tables too large for brute force: what is returned is audited by other means, and proven where it says so."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from legal_checks.small_numbers.audit import audit
from legal_checks.small_numbers.protection import protect
from legal_checks.small_numbers.table import (
    Attacker,
    Dimension,
    Problem,
    Protection,
    ProtectionKind,
    PublishedTable,
)
from tests.unit.legal_checks.small_numbers import oracle

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
from small_numbers_tables import three_way_table


def three_way(seed, size=(3, 3, 3)):
    import random

    numbers = random.Random(seed)
    cells = {
        (f"x{x}", f"y{y}", f"z{z}"): numbers.choice([0, 1, 2, 4, 7, 12, 30])
        for x in range(size[0])
        for y in range(size[1])
        for z in range(size[2])
    }
    return Problem((Dimension("x", "T"), Dimension("y", "T"), Dimension("z", "T")), cells)


@pytest.mark.parametrize("minimum", [0, 1])
@pytest.mark.parametrize("kind", list(ProtectionKind))
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_three_way_table_is_safe_by_another_solver(seed, kind, minimum):
    problem = replace(three_way(seed), protection=Protection(kind, 30), attacker=Attacker(minimum))

    result = protect(problem)

    hidden = {one.cell for one in result.cells if one.value is None}
    assert oracle.exposed_cells(problem, hidden) == {one.cell for one in result.exposed}
    assert result.bound == pytest.approx(result.cost)


def test_an_audit_of_a_damaged_pattern_agrees_with_linear_programs():
    problem = three_way_table()
    result = protect(problem)
    cells = {one.cell: one.value for one in result.cells}
    values = oracle.all_values(problem)
    damaged = {**cells, **{cell: values[cell] for cell in result.secondary[::9]}}
    exact = audit(problem, PublishedTable(problem.columns, damaged))
    by_programs = audit(
        replace(problem, protection=Protection(ProtectionKind.PERCENT, 0)), PublishedTable(problem.columns, damaged)
    )

    assert exact.exposed
    assert {one.cell for one in exact.exposed} == {one.cell for one in by_programs.exposed}
    assert all(one.lowest == one.highest == values[one.cell] for one in exact.exposed)
