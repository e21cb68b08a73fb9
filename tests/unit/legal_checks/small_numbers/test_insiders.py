"""A region knows its own cells: a pattern must be safe from who subtracts them."""

from dataclasses import replace
from random import Random

import pytest

from legal_checks.small_numbers.audit import audit
from legal_checks.small_numbers.insiders import cover, told_whatever_is_hidden
from legal_checks.small_numbers.protection import protect
from legal_checks.small_numbers.table import (
    Dimension,
    Interval,
    Policy,
    Problem,
    Protection,
    ProtectionKind,
    PublishedTable,
    Zeros,
)

COUNTRY = "00"
FIVE = Policy(5)


def country(publish: str = "", policy: Policy = FIVE, **regions: int | dict[str, int]) -> Problem:
    """A country of regions, each with a count or with hospitals."""
    parts = {COUNTRY: list(regions)}
    cells: dict[tuple[str, ...], int] = {}
    for name, count in regions.items():
        if isinstance(count, int):
            cells[name,] = count
        else:
            parts[name] = list(count)
            cells |= {(hospital,): value for hospital, value in count.items()}
    shown = frozenset((code,) for code in publish.split())
    return Problem((Dimension("place", COUNTRY, parts),), cells, policy=policy, publish=shown)


def pattern(problem: Problem) -> frozenset[tuple[str, ...]]:
    return frozenset(one.cell for one in protect(problem).cells if one.value is None)


def covered(problem: Problem, *insiders: str):
    return cover(problem, pattern(problem), insiders)


def codes(cells) -> set[str]:
    return {code for (code,) in cells}


def test_of_two_hidden_cells_neither_may_be_the_others_only_cover():
    problem = country(a=2, b=5, c=40)
    assert codes(pattern(problem)) == {"a", "b"}, "safe from outsiders"
    found = covered(problem, "a", "b")
    assert codes(found.hidden) >= {"a", "b"}
    assert codes(found.hidden) & {"c", COUNTRY}
    assert (dict(found.exposed), dict(found.unavoidable)) == ({}, {})


def test_of_a_country_of_two_the_sum_is_hidden_too():
    assert codes(covered(country(a=2, c=40), "a", "c").hidden) == {"a", "c", COUNTRY}


def test_a_pattern_that_is_safe_already_stays_as_it_is():
    problem = country(a=2, b=3, c=4, d=90)
    assert covered(problem, "a", "b", "c").hidden == pattern(problem)


def test_what_is_hidden_within_a_region_need_not_be_hidden_elsewhere():
    problem = country(a={"a1": 2, "a2": 9, "a3": 30}, b={"b1": 60, "b2": 70})
    assert codes(covered(problem, "a", "b").hidden) == {"a1", "a2"}


def test_what_must_be_shown_can_tell_an_insider_and_the_interval_is_of_the_whole_tables_cell():
    problem = country(f"{COUNTRY} c", a=2, b=5, c=40)
    found = covered(problem, "a", "b")
    assert codes(found.hidden) == {"a", "b"}
    assert {by: [(one.cell, one.lowest, one.highest) for one in told] for by, told in found.unavoidable.items()} == {
        "b": [(("a",), 2.0, 2.0)]
    }
    assert dict(found.exposed) == {}
    assert codes(one.cell for one in told_whatever_is_hidden(problem, ["a", "b"])["b"]) == {"a"}
    assert told_whatever_is_hidden(country(a=2, b=5, c=40), ["a", "b"]) == {}


def test_what_can_be_helped_is_helped_beside_what_cannot():
    problem = country(COUNTRY, a=2, b=3, c=40, d={"d1": 1, "d2": 50, "d3": 60})
    problem = replace(problem, publish=problem.publish | {("c",), ("d",)})
    found = covered(problem, "a", "b", "d")
    assert codes(one.cell for one in found.unavoidable["a"]) == {"b"}
    assert "d" not in found.unavoidable and dict(found.exposed) == {}


def test_a_small_sum_is_protected_as_a_sum_too():
    found = covered(country(a=1, b=1, c=1), "a", "b", "c")
    assert codes(found.hidden) == {"a", "b", "c", COUNTRY}
    assert dict(found.exposed) == {}


def test_a_whole_country_in_one_region_has_nobody_to_tell():
    assert codes(covered(country(a={"a1": 2, "a2": 9}), "a").hidden) >= {"a1", "a2"}


def test_what_was_published_before_is_known_to_an_insider_too():
    problem = country(a=2, b=5, c=40)
    released = PublishedTable(("place",), {("a",): None, ("b",): None, ("c",): 40, (COUNTRY,): 47}, "first")
    found = covered(replace(problem, released=(released,)), "a", "b")
    assert codes(one.cell for one in found.unavoidable["b"]) == {"a"}


def test_a_table_that_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match="small-numbers"):
        cover(country(a=-2, b=5), [], ["a"])


@pytest.mark.parametrize("kind", list(ProtectionKind)[:2])
@pytest.mark.parametrize("seed", range(12))
def test_an_attacker_who_is_told_the_insiders_cells_works_out_no_others(seed, kind):
    """The same attack in another way: the whole table, with the insider's cells as figures known from elsewhere."""
    chance = Random(seed)
    regions = {
        f"r{at}": {f"r{at}h{h}": chance.choice([0, 1, 2, 3, 5, 8, 20]) for h in range(chance.randint(2, 3))}
        if chance.random() < 0.5
        else chance.choice([0, 1, 2, 4, 6, 30])
        for at in range(chance.randint(3, 6))
    }
    zeros = chance.choice(list(Zeros))
    problem = replace(country(policy=Policy(5, zeros), **regions), protection=Protection(kind))
    found = covered(problem, *regions)
    assert dict(found.unavoidable) == {}
    sums = {one.cell: one for one in protect(problem).cells}
    totals = _totals(problem)
    table = PublishedTable(("place",), {cell: None if cell in found.hidden else totals[cell] for cell in sums})
    for insider in regions:
        own = {cell for cell in sums if cell[0].startswith(insider)}
        known = {cell: Interval(totals[cell], totals[cell]) for cell in own}
        seen = audit(replace(problem, known=known), table)
        others = {one.cell for one in seen.exposed} - own
        assert others == {one.cell for one in found.exposed.get(insider, ())}, insider
        if kind is ProtectionKind.EX:
            assert not others


def _totals(problem: Problem) -> dict[tuple[str, ...], int]:
    hierarchy = problem.dimensions[0].hierarchy or {}

    def total(code: str) -> int:
        return sum(map(total, hierarchy[code])) if code in hierarchy else problem.cells[code,]

    return {(code,): total(code) for code in {*hierarchy, *(cell[0] for cell in problem.cells)}}
