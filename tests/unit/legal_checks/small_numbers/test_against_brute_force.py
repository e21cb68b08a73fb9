"""Random tables small enough to know everything about: the true optimum and the true intervals.

A few of each in every run, many in the soak.
"""

from dataclasses import replace
from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from legal_checks.small_numbers import secondary
from legal_checks.small_numbers.audit import audit
from legal_checks.small_numbers.protection import protect
from legal_checks.small_numbers.table import (
    Attacker,
    CostKind,
    Dimension,
    Policy,
    Problem,
    Protection,
    ProtectionKind,
    PublishedTable,
    Zeros,
)
from tests.unit.legal_checks.small_numbers import oracle

COUNTS = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 8, 11, 15])
PROTECTIONS = st.sampled_from(
    [Protection(), Protection(ProtectionKind.INT), Protection(ProtectionKind.PERCENT, Fraction(30))]
)
MANY = pytest.mark.parametrize("most", [12, pytest.param(80, marks=pytest.mark.soak)])
HIERARCHY = {"T": ["A", "B"], "A": ["a1", "a2"], "B": ["b1"]}


@st.composite
def problems(draw, shapes=((2, 2), (3, 2), (2, 1), (1, 1), (3, 1), "tree", "overlap")):
    shape = draw(st.sampled_from(shapes))
    if shape == "tree":
        dimensions = (Dimension("x", "T", HIERARCHY), Dimension("y", "S"))
        leaves = [["a1", "a2", "b1"], ["p", "q"][: draw(st.integers(1, 2))]]
    elif shape == "overlap":
        tree = {"T": ["a", "b", "c"], "AB": ["a", "b"], "BC": ["b", "c"]}
        dimensions = (Dimension("x", "T", tree), Dimension("y", "S"))
        leaves = [["a", "b", "c"], ["p"]]
    else:
        dimensions = (Dimension("x", "T"), Dimension("y", "S"))
        leaves = [[f"x{at}" for at in range(shape[0])], [f"y{at}" for at in range(shape[1])]]
    cells = {(x, y): draw(COUNTS) for x in leaves[0] for y in leaves[1]}
    return Problem(
        dimensions,
        cells,
        policy=Policy(threshold=draw(st.sampled_from([3, 5])), zeros=draw(st.sampled_from(list(Zeros)))),
        attacker=Attacker(draw(st.sampled_from([0, 1]))),
        protection=draw(PROTECTIONS),
        cost=draw(st.sampled_from(list(CostKind))),
        publish=frozenset(draw(st.sampled_from([(), (("T", "S"),)]))),
    )


def try_tables(most, *strategies):
    """Run what it decorates at once, on ``most`` drawn examples."""

    def run(check):
        settings(max_examples=most, deadline=None, suppress_health_check=list(HealthCheck))(given(*strategies)(check))()

    return run


def hidden_of(result):
    return {one.cell for one in result.cells if one.value is None}


@MANY
def test_what_is_returned_is_safe_and_cheapest(most):
    @try_tables(most, problems())
    def check(problem):
        best = None if problem.publish & oracle.primary_cells(problem) else oracle.optimum(problem)

        result = protect(problem)

        if best is None:
            assert result.exposed or not result.cells
            assert result.findings
        else:
            assert oracle.exposed_cells(problem, hidden_of(result)) == set()
            assert result.exposed == ()
            assert result.cost == best
            assert result.bound == best


@MANY
@pytest.mark.parametrize(
    "limits", [{"PROVABLE": 0}, {"PROVABLE": 0, "LARGE": 0}, {"PROVABLE": 0, "LARGE": 0, "SEARCHABLE": 0}]
)
def test_the_ways_of_large_tables_are_safe_too_and_their_bounds_true(most, limits, monkeypatch):
    """What tables of 5,000, 20,000 and 40,000 variables go through, on tables small enough to know the optimum of."""
    for name, limit in limits.items():
        monkeypatch.setattr(secondary, name, limit)

    @try_tables(most, problems())
    def check(problem):
        best = None if problem.publish & oracle.primary_cells(problem) else oracle.optimum(problem)
        result = protect(problem)
        if best is None:
            assert result.exposed or not result.cells
        else:
            assert oracle.exposed_cells(problem, hidden_of(result)) == set()
            assert result.bound <= best <= result.cost


@MANY
def test_an_audit_names_every_exposed_cell_and_invents_none(most):
    @try_tables(most, problems(shapes=((2, 2), (3, 2), (3, 3), "tree", "overlap")), st.data())
    def check(problem, data):
        values = oracle.all_values(problem)
        shown_zeros = {cell for cell, value in values.items() if value == 0 and problem.attacker.minimum == 1}
        hidden = (oracle.primary_cells(problem) - shown_zeros) | {
            cell for cell in values if cell not in shown_zeros and data.draw(st.booleans())
        }
        published = PublishedTable(("x", "y"), {cell: None if cell in hidden else values[cell] for cell in values})

        result = audit(problem, published)

        assert {one.cell for one in result.exposed} == oracle.exposed_cells(problem, hidden)
        for one in result.exposed:
            if one.cell in hidden:
                lowest, highest = oracle.interval(problem, hidden, one.cell)
                assert abs(one.lowest - lowest) < 1e-5
                assert (one.highest is None and highest == float("inf")) or abs(one.highest - highest) < 1e-5


@MANY
def test_an_audit_without_the_original_names_the_small_cells_that_can_be_derived(most):
    @try_tables(most, problems(shapes=((3, 2), (3, 3), "tree", "overlap")), st.data())
    def check(problem, data):
        problem = replace(problem, protection=Protection(), attacker=Attacker(0))
        values = oracle.all_values(problem)
        hidden = oracle.primary_cells(problem) | {cell for cell in values if data.draw(st.booleans())}
        published = PublishedTable(("x", "y"), {cell: None if cell in hidden else values[cell] for cell in values})

        result = audit(replace(problem, cells={}, publish=frozenset()), published)

        assert {one.cell for one in result.exposed} == oracle.exposed_cells(problem, hidden)


@MANY
def test_the_same_input_gives_the_same_output(most):
    @try_tables(most, problems())
    def check(problem):
        first, second = protect(problem), protect(problem)

        assert first.cells == second.cells
        assert first.exposed == second.exposed
