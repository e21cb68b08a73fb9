"""What was published before is the attacker's knowledge."""

from dataclasses import replace
from fractions import Fraction

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from legal_checks.small_numbers.audit import audit
from legal_checks.small_numbers.protection import protect
from legal_checks.small_numbers.table import (
    Dimension,
    Interval,
    Policy,
    Problem,
    PublishedRate,
    PublishedTable,
)
from tests.unit.legal_checks.small_numbers import oracle

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
COUNTS = st.sampled_from([0, 1, 2, 3, 5, 6, 8, 11, 15])


def published(problem, result, name="before"):
    return PublishedTable(problem.columns, {one.cell: one.value for one in result.cells}, name)


@st.composite
def flat_problems(draw):
    cells = {(f"x{x}", f"y{y}"): draw(COUNTS) for x in range(3) for y in range(2)}
    return Problem((Dimension("x", "T"), Dimension("y", "S")), cells, Policy(threshold=4))


@SLOW
@given(flat_problems(), st.data())
def test_cells_shown_before_count_as_known(problem, data):
    values = oracle.all_values(problem)
    before = {cell: (value if data.draw(st.booleans()) else None) for cell, value in values.items()}
    result = protect(replace(problem, released=(PublishedTable(("x", "y"), before, "before"),)))

    known = {cell for cell, value in before.items() if value is not None}
    hidden = {one.cell for one in result.cells if one.value is None} - known
    really_exposed = oracle.exposed_cells(problem, hidden)
    assert {one.cell for one in result.exposed} == really_exposed
    everything = set(values) - known
    assert really_exposed == oracle.exposed_cells(problem, everything)


@SLOW
@given(flat_problems(), st.sampled_from([1, 2, 7]), st.integers(0, 5))
def test_a_revision_gives_nothing_away_together_with_what_was_published(problem, more, which):
    first = protect(problem)
    revised = list(problem.cells)[which]
    today = replace(problem, cells={**problem.cells, revised: problem.cells[revised] + more})

    result = protect(replace(today, released=(published(problem, first),)))

    # The strongest reader: knows which inner cell was revised and that nothing else was.
    old, new = oracle.all_values(problem), oracle.all_values(today)
    hidden_before = {one.cell for one in first.cells if one.value is None}
    hidden_today = {one.cell for one in result.cells if one.value is None}
    unchanged = {cell for cell in old if old[cell] == new[cell]}
    known = {cell for cell in hidden_today & unchanged if cell not in hidden_before}
    reported = {one.cell for one in result.exposed}
    assert oracle.exposed_cells(today, hidden_today - known) <= reported | known


def test_a_release_of_one_margin_only_is_read_as_its_total():
    problem = Problem(
        (Dimension("x", "T"), Dimension("y", "S")),
        {("a", "p"): 2, ("a", "q"): 30, ("b", "p"): 9, ("b", "q"): 14},
    )
    margin = PublishedTable(("x",), {("a",): 32, ("b",): 23, ("T",): 55}, "margin")

    result = protect(replace(problem, released=(margin,)))

    hidden = {one.cell for one in result.cells if one.value is None} - {("a", "S"), ("b", "S"), ("T", "S")}
    assert oracle.exposed_cells(problem, hidden) == set()
    assert result.is_safe


def test_a_total_known_from_elsewhere_hides_nothing():
    problem = Problem((Dimension("x", "T"),), {("a",): 2, ("b",): 30, ("c",): 40})
    cheap_total = {("a",): Fraction(1), ("b",): Fraction(50), ("c",): Fraction(60), ("T",): Fraction(1)}
    alone = protect(replace(problem, cost=cheap_total))
    known = protect(replace(problem, cost=cheap_total, known={("T",): Interval(72, 72)}))

    assert alone.secondary == (("T",),)
    assert set(known.secondary) >= {("b",)}


def test_a_published_rate_can_disclose_its_numerator():
    problem = Problem((Dimension("x", "T"),), {("a",): 3, ("b",): 30, ("c",): 40})
    shown = {("a",): None, ("b",): None, ("c",): 40, ("T",): 73}
    rate = PublishedRate(("a",), ("T",), Fraction("4.1"), 1)

    assert audit(problem, PublishedTable(("x",), shown)).is_safe
    harmless = audit(replace(problem, rates=(rate,)), PublishedTable(("x",), shown))
    assert harmless.is_safe  # 2.96 … 3.03: whole numbers are not assumed of the attacker
    from legal_checks.small_numbers.table import Protection, ProtectionKind

    strict = replace(problem, rates=(rate,), protection=Protection(ProtectionKind.INT))
    (exposed,) = audit(strict, PublishedTable(("x",), shown)).exposed
    assert exposed.cell == ("a",)
    assert 2.9 < exposed.lowest < exposed.highest < 3.1
