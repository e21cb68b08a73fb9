"""Why each cell of a pattern is hidden: against the audit, with one hidden cell shown at a time."""

from random import Random

import pytest

from legal_checks.small_numbers.audit import audit
from legal_checks.small_numbers.insiders import cover
from legal_checks.small_numbers.protection import protect
from legal_checks.small_numbers.reasons import Attack, reasons
from legal_checks.small_numbers.table import Dimension, Policy, Problem, PublishedTable
from tests.unit.legal_checks.small_numbers import oracle

REGION = Problem(
    (Dimension("place", "R", {"R": ["A", "B", "C"]}),),
    {("A",): 3, ("B",): 8, ("C",): 11},
    policy=Policy(5),
)


def random_problem(seed: int) -> Problem:
    random = Random(seed)
    tree = {"T": ["R1", "R2"], "R1": ["a", "b", "c"], "R2": ["d", "e"]}
    months = ["1", "2", "3"][: random.choice([1, 2, 3])]
    cells = {(unit, month): random.choice([0, 2, 3, 6, 9, 14]) for unit in "abcde" for month in months}
    return Problem((Dimension("unit", "T", tree), Dimension("month", "year")), cells, policy=Policy(5))


def test_a_cell_that_protects_another_is_explained_by_the_sum_that_would_give_it_away():
    small, other = reasons(REGION, [("A",), ("B",)])
    assert (small.lowest, small.highest, small.attacks) == (0, 11, ())
    assert other.attacks == (Attack(("A",), (("R",),), (("B",), ("C",))),)


def test_a_sum_that_is_hidden_would_give_its_only_hidden_part_away():
    found = {one.cell: one for one in reasons(REGION, [("A",), ("R",)])}
    assert found["R",].attacks == (Attack(("A",), (("R",),), (("B",), ("C",))),)
    assert found["R",].highest is None


def test_a_cell_that_hides_only_from_a_region_that_knows_its_own_is_explained_by_that_region():
    country = Problem(
        (Dimension("place", "00", {"00": ["a", "b", "c"]}),), {("a",): 2, ("b",): 3, ("c",): 40}, policy=Policy(5)
    )
    hidden = cover(country, [("a",), ("b",)], ["a", "b"]).hidden
    found = {one.cell: one for one in reasons(country, hidden, ["a", "b"])}
    (more,) = hidden - {("a",), ("b",)}
    assert {one.insider for one in found[more].attacks} <= {"a", "b"}
    assert found[more].attacks
    assert not [one for one in reasons(country, hidden) if one.cell == more and one.attacks], "not without the regions"


@pytest.mark.parametrize("seed", range(12))
def test_what_showing_a_cell_would_open_is_what_the_audit_of_that_table_finds(seed):
    problem = random_problem(seed)
    result = protect(problem)
    hidden = [one.cell for one in result.cells if one.value is None]
    values = {one.cell: one.value for one in result.cells}
    primary = set(result.primary)
    truth = oracle.all_values(problem)
    for one in reasons(problem, hidden):
        if one.cell in primary:
            continue
        shown = PublishedTable(problem.columns, values | {one.cell: truth[one.cell]})
        exposed = {cell.cell for cell in audit(problem, shown).exposed} - {one.cell}
        told = {attack.target for attack in one.attacks}
        assert told <= exposed
        assert bool(one.attacks) == bool(exposed)
        for attack in one.attacks:
            if len(attack.sums) == 1 and not attack.is_least:
                (whole,), parts = attack.sums, sum(truth[cell] for cell in attack.others)
                assert truth[attack.target] == (parts if attack.is_the_sum else truth[whole] - parts)


@pytest.mark.parametrize("seed", range(40, 46))
def test_the_truth_lies_within_what_an_attacker_is_left_with_and_is_never_all_of_it(seed):
    problem = random_problem(seed)
    result = protect(problem)
    truth = oracle.all_values(problem)
    found = reasons(problem, [one.cell for one in result.cells if one.value is None])
    for one in found:
        assert one.lowest <= truth[one.cell] and (one.highest is None or truth[one.cell] <= one.highest)
    assert not [one for one in found if one.cell in result.primary and one.lowest == one.highest]
