"""Bad input is a finding that says which cells and what to do; never an exception, never a pattern."""

from dataclasses import replace
from fractions import Fraction

import pytest

from legal_checks.small_numbers import grid as grid_module
from legal_checks.small_numbers.finding_texts import FINDING_TEXTS
from legal_checks.small_numbers.protection import protect
from legal_checks.small_numbers.table import (
    Attacker,
    Demand,
    Dimension,
    Interval,
    Policy,
    Problem,
    PublishedRate,
    PublishedTable,
)
from registry.finding_catalogue import Catalogue

CELLS = {("a", "p"): 3, ("a", "q"): 12, ("b", "p"): 20, ("b", "q"): 9}
FLAT = (Dimension("x", "T"), Dimension("y", "S"))
GOOD = Problem(FLAT, CELLS)


def tree(hierarchy):
    return (Dimension("x", "T", hierarchy), Dimension("y", "S"))


WRONG = {
    "small-numbers-empty-table": replace(GOOD, cells={}),
    "small-numbers-negative": replace(GOOD, cells={**CELLS, ("a", "p"): -1}),
    "small-numbers-not-an-integer": replace(GOOD, cells={**CELLS, ("a", "p"): 2.5}),
    "small-numbers-missing-cell": replace(GOOD, cells={key: CELLS[key] for key in list(CELLS)[:3]}),
    "small-numbers-totals-do-not-add-up": replace(GOOD, cells={**CELLS, ("a", "S"): 16}),
    "small-numbers-unknown-code": replace(GOOD, dimensions=tree({"T": ["a", "c"]})),
    "small-numbers-total-not-in-hierarchy": replace(GOOD, dimensions=tree({"U": ["a", "b"]})),
    "small-numbers-hierarchy-loop": replace(GOOD, dimensions=tree({"T": ["a", "b", "c"], "c": ["d"], "d": ["c"]})),
    "small-numbers-counted-twice": replace(GOOD, dimensions=tree({"T": ["a", "b", "c"], "c": ["a"]})),
    "small-numbers-outside-total": replace(GOOD, dimensions=tree({"T": ["a"], "U": ["a", "b"]})),
    "small-numbers-unknown-cell": replace(GOOD, publish=frozenset({("z", "p")})),
    "small-numbers-structural-zero-counted": replace(GOOD, policy=Policy(structural_zeros=frozenset({("a", "p")}))),
    "small-numbers-publish-is-primary": replace(GOOD, publish=frozenset({("a", "p")})),
    "small-numbers-dimensions": replace(GOOD, dimensions=FLAT[:1]),
    "small-numbers-specification": replace(GOOD, attacker=Attacker(2)),
    "small-numbers-known-is-wrong": replace(GOOD, known={("T", "S"): Interval(1, 2)}),
    "small-numbers-release-columns": replace(GOOD, released=(PublishedTable(("z",), {("a",): 1}),)),
    "small-numbers-too-many": replace(GOOD, cells={**CELLS, ("a", "p"): 10**30}),
    "small-numbers-publish-is-in-no-table": replace(GOOD, tables=(("x",),), publish=frozenset({("b", "q")})),
    "small-numbers-must-show-too-much": replace(
        GOOD, publish=frozenset({("a", "q"), ("a", "S"), ("b", "p"), ("T", "p")})
    ),
}


@pytest.mark.parametrize("code", WRONG)
def test_bad_input_is_a_finding_in_both_languages(code):
    result = protect(WRONG[code])

    assert code in [finding.code for finding in result.findings]
    assert result.cells == ()
    catalogue = Catalogue(FINDING_TEXTS)
    for finding in result.findings:
        for language in ("sv", "en"):
            readable = catalogue.read(finding, language)
            assert readable.title
            assert "{" not in readable.body + readable.mend


def test_a_false_rate_is_found():
    rate = PublishedRate(("a", "p"), ("a", "S"), Fraction(50), 0)
    assert [one.code for one in protect(replace(GOOD, rates=(rate,))).findings] == ["small-numbers-known-is-wrong"]


def test_two_million_cells_are_refused_before_any_arithmetic(monkeypatch):
    monkeypatch.setattr(grid_module, "LARGEST", 8)
    assert [one.code for one in protect(GOOD).findings] == ["small-numbers-too-large"]


def test_a_hierarchy_may_go_deeper_than_the_table_needs():
    deep = tree({"T": ["A", "B"], "A": ["AA"], "AA": ["a"], "B": ["b"]})
    result = protect(replace(GOOD, dimensions=deep))
    hidden = {one.cell for one in result.cells if one.value is None}
    assert {("A", "p"), ("AA", "p"), ("a", "p")} <= hidden
    assert result.is_safe


def test_a_hierarchy_may_be_deeper_than_python_nests():
    chain = {"T": ["c0"], **{f"c{one}": [f"c{one + 1}"] for one in range(1100)}, "c1100": ["a", "b"]}
    result = protect(
        replace(GOOD, dimensions=tree(chain), released=(PublishedTable(("x",), {("c7",): 44, ("T",): 44}),))
    )
    assert result.is_safe


def test_a_hierarchy_that_counts_a_code_beyond_number_is_refused_at_once():
    doubling = {"T": ["d0", "a", "b"]}
    for one in range(60):
        doubling |= {f"d{one}": [f"d{one + 1}", f"e{one}"], f"e{one}": [f"d{one + 1}"]}
    assert "small-numbers-counted-twice" in [
        one.code for one in protect(replace(GOOD, dimensions=tree(doubling))).findings
    ]


def test_a_long_list_of_codes_takes_no_table_of_codes_by_codes():
    cells = {(f"c{one}",): 1 + one % 9 for one in range(3_000)}
    result = protect(Problem((Dimension("x", "T"),), cells))
    assert (result.cost, result.is_safe) == (0, True)


def test_a_cell_equal_to_a_named_one_is_hidden_with_it_and_paid_for():
    dimensions = (Dimension("x", "T", {"T": ["r", "b", "c"], "r": ["a"]}),)
    named = Problem(dimensions, {("a",): 20, ("b",): 30, ("c",): 40}, primary={("a",): Demand()})
    result = protect(named)
    assert set(result.secondary) == {("r",), ("b",)}
    assert (result.cost, result.bound) == (50, 50)


def test_a_cell_equal_to_a_small_one_cannot_be_published():
    dimensions = (Dimension("x", "T", {"T": ["r", "b", "c"], "r": ["a"]}),)
    named = Problem(
        dimensions,
        {("a",): 20, ("b",): 30, ("c",): 40},
        primary={("a",): Demand()},
        publish=frozenset({("r",)}),
    )
    assert [one.code for one in protect(named).findings] == ["small-numbers-publish-is-primary"]


def test_cancelling_gives_a_finding_and_no_pattern():
    result = protect(GOOD, cancelled=lambda: True)
    assert (result.cells, [one.code for one in result.findings]) == ((), ["small-numbers-cancelled"])


def test_progress_names_every_phase():
    phases = []
    protect(GOOD, progress=lambda phase, share: phases.append(phase))
    assert list(dict.fromkeys(phases)) == ["read", "relax", "search", "audit"]


def test_no_time_at_all_still_gives_a_safe_pattern():
    assert protect(GOOD, time_limit=0.0).is_safe
