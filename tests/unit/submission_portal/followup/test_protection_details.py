"""Which figures are protected together, what is small, and what is said of the pattern, figure by figure."""

from decimal import Decimal

import polars as pl
import pytest

from legal_checks.small_numbers import protection
from registry.findings import Finding, Severity, Text
from registry.period import Period
from submission_portal.flows.policy import Policy as FlowPolicy
from submission_portal.flows.policy import Zeros
from submission_portal.followup import protecting
from submission_portal.followup.breaks import COUNTRY
from submission_portal.followup.figures import Figure, Status
from submission_portal.followup.protecting import (
    Around,
    Exposed,
    Protection,
    both,
    hide,
    protect_figures,
    protect_ratios,
)
from submission_portal.followup.published_cells import PublishedCells, Settled, settled_by
from submission_portal.followup.related_figures import RelatedFigures, join, objections
from submission_portal.followup.small_number_rules import Rules


def figure(key, value, status=None, *, period="2026", releases=("r1",)):
    """``25``, ``25/norra`` or ``25/norra/a``: the region and the places below it."""
    region, *place = key.split("/")
    number = None if value is None else Decimal(value)
    said = status or (Status.NOT_REPORTED if value is None else Status.OBSERVED)
    return Figure(f"{period}:{key}", region, tuple(place), Period.parse(period), number, said, 1, None, (), releases)


def table(values, **more):
    return [figure(key, value, **more) for key, value in values.items()]


def names(keys):
    return sorted(key.partition(":")[2] for key in keys)


WARDS = {"25": 40, "25/a": 12, "25/b": 3, "25/c": 25}


def test_what_is_small_is_primary_and_what_hides_it_secondary():
    found = protect_figures(table(WARDS), Rules(5))
    assert (names(found.primary), names(found.secondary), found.groups, found.is_safe) == (["25/b"], ["25/a"], 1, True)
    assert names(found.hidden) == ["25/a", "25/b"]


@pytest.mark.parametrize(
    ("value", "rules", "is_small"),
    [
        (0, Rules(5), False), (1, Rules(5), True), (4, Rules(5), True), (5, Rules(5), False), (0, Rules(5, True), True),
        (6, Rules(7), True), (7, Rules(7), False), ("0.1", Rules(5), True), ("4.9", Rules(5), True), ("5.0", Rules(5), False),
        ("0.01", Rules(5), True), ("4.99", Rules(5), True), (2, Rules(1), False), (1, Rules(1), False),
    ],
)  # fmt: skip
def test_a_figure_is_small_above_zero_and_below_the_threshold(value, rules, is_small):
    values = {"25/a": 40, "25/b": value, "25/c": 50}
    total = {"25": sum((Decimal(one) for one in values.values()), Decimal(0))}
    assert names(protect_figures(table(total | values), rules).primary) == (["25/b"] if is_small else [])


def test_a_single_figure_is_a_table_of_its_own():
    assert names(protect_figures(table({"25": 3}), Rules(5)).hidden) == ["25"]
    assert names(protect_figures(table({"25": 30}), Rules(5)).hidden) == []


def test_a_figure_without_a_value_hides_nothing_and_is_not_hidden():
    values = {"25": 43, "25/a": 40, "25/b": 3}
    silent = [*table(values), figure("25/c", None), figure("25/d", None, Status.CLOSED)]
    found = protect_figures(silent, Rules(5, True))
    assert set(names(found.hidden)) & {"25/c", "25/d"} == set()
    assert found.is_safe and names(found.primary) == ["25/b"]


def test_a_sum_that_is_not_shown_is_not_hidden_either():
    figures = [figure("25", None, Status.INCOMPLETE), figure("25/a", 3), figure("25/b", None)]
    assert names(protect_figures(figures, Rules(5)).hidden) == ["25/a"]
    more = [figure("25", None, Status.INCOMPLETE), figure("25/a", 3), figure("25/c", 30)]
    assert "25" not in names(protect_figures(more, Rules(5)).hidden)
    again = protect_figures(figures, Rules(5), PublishedCells(frozenset({"2026:25", "2026:25/a"})))
    assert names(again.hidden) == ["25/a"]


def country(period="2026", **regions):
    values = {COUNTRY: sum(regions.values()), **regions}
    return [figure(key.removeprefix("r"), value, period=period) for key, value in values.items()]


def test_all_regions_are_one_group_where_the_countrys_figure_is_shown():
    found = protect_figures(country(r01=20, r12=3, r25=30), Rules(5))
    assert (names(found.primary), names(found.secondary), found.groups) == (["12"], ["01", "25"], 1)


@pytest.mark.parametrize("status", [Status.INCOMPLETE, Status.NOT_REPORTED])
def test_each_region_is_a_group_where_the_countrys_is_not(status):
    figures = [figure(COUNTRY, None, status), *country(r01=20, r12=3, r25=30)[1:]]
    found = protect_figures(figures, Rules(5))
    assert (names(found.hidden), found.groups) == (["12"], 3)
    assert protect_figures(figures[1:], Rules(5)).groups == 3


def test_a_region_that_is_not_in_the_countrys_sum_is_a_group_of_its_own():
    figures = [*country(r01=20, r12=30), figure("99", 3), figure("99/x", 3)]
    found = protect_figures(figures, Rules(5), around=Around(is_counted=lambda one: one.region != "99"))
    assert (names(found.hidden), found.groups) == (["99", "99/x"], 2)


def test_the_country_is_in_its_own_sum_whatever_is_counted_into_it():
    figures = country(r01=1, r12=2)
    found = protect_figures(figures, Rules(5), around=Around(is_counted=lambda one: not one.is_country))
    assert {one.key for one in figures} == found.hidden


def test_each_period_is_protected_by_itself():
    figures = [*table(WARDS), *table({"25": 40, "25/a": 15, "25/b": 25}, period="2025")]
    found = protect_figures(figures, Rules(5))
    assert (found.groups, {key[:4] for key in found.hidden}) == (2, {"2026"})


def test_places_of_places_are_summed_level_by_level():
    values = {"25": 60, "25/n": 30, "25/s": 30, "25/n/a": 27, "25/n/b": 3, "25/s/a": 15, "25/s/b": 15}
    found = protect_figures(table(values), Rules(5))
    assert names(found.primary) == ["25/n/b"] and names(found.secondary) == ["25/n/a"]


def shown_before(figures, hidden=(), **more):
    return PublishedCells(
        frozenset(hidden), {one.key: frozenset([one.value]) for one in figures if one.key not in hidden}, **more
    )


def test_what_was_hidden_stays_hidden_and_what_was_shown_hides_nothing():
    figures = table(WARDS)
    first = protect_figures(figures, Rules(5))
    again = protect_figures(figures, Rules(5), shown_before(figures, first.hidden))
    assert (again.primary, again.secondary, again.is_safe) == (first.primary, first.secondary, True)
    grown = table(WARDS | {"25": 77, "25/b": 40})
    later = protect_figures(grown, Rules(5), shown_before(figures, first.hidden))
    assert (later.primary, later.hidden >= first.hidden) == ((), True)
    partly = protect_figures(figures, Rules(5), PublishedCells(shown={"2026:25/a": frozenset([Decimal(12)])}))
    assert (names(partly.primary), names(partly.secondary)) == (["25/b"], ["25/c"])
    halves = table({"25": "40.5", "25/a": "12.5", "25/b": 3, "25/c": 25})
    partly = protect_figures(halves, Rules(5), PublishedCells(shown={"2026:25/a": frozenset([Decimal("12.5")])}))
    assert (names(partly.primary), names(partly.secondary)) == (["25/b"], ["25/c"])


def test_nothing_that_is_hidden_and_nothing_small_needs_no_search(monkeypatch):
    monkeypatch.setattr(protection, "protect", lambda *_, **__: pytest.fail("searched"))
    figures = table(WARDS | {"25": 67, "25/b": 30})
    assert protect_figures(figures, Rules(5), shown_before(figures)) == Protection(groups=1)


def test_what_can_be_worked_out_is_told_with_the_interval_that_is_left():
    figures = table(WARDS)
    told = shown_before(figures, {"2026:25/b"})
    found = protect_figures(figures, Rules(5), told)
    assert [(names([one.key]), one.lowest, one.highest) for one in found.exposed] == [(["25/b"], "3", "3")]
    assert (names(found.primary), found.secondary, found.is_safe) == (["25/b"], (), False)
    halves = protect_figures(table({"25": "4.5", "25/a": "1.5", "25/b": 3}), Rules(5), PublishedCells())
    assert halves.is_safe and names(halves.primary) == ["25", "25/a", "25/b"]


def test_where_no_pattern_is_found_nothing_of_the_group_is_shown(monkeypatch):
    class Failed:
        cells, exposed = (), ()

        def __init__(self, severity):
            self.findings = (Finding("small-numbers-empty-table", severity),)

    for severity, hidden in ((Severity.ERROR, ["25", "25/a", "25/b", "25/c"]), (Severity.INFO, [])):
        monkeypatch.setattr(protection, "protect", lambda *_, severity=severity, **__: Failed(severity))
        found = protect_figures([*table(WARDS), figure("25/d", None)], Rules(5))
        assert names(found.hidden) == hidden
        assert found.is_safe == (severity is Severity.INFO)


def test_the_search_has_half_a_minute_and_the_thresholds_of_the_flows(monkeypatch):
    asked = []
    real = protection.protect
    monkeypatch.setattr(
        protection, "protect", lambda problem, **more: asked.append((problem, more)) or real(problem, **more)
    )
    values = {"25": "43.25", "25/a": 40, "25/b": "3.25"}
    protect_figures([*table(values), figure("25/c", None)], Rules(4, True))
    [(problem, more)] = asked
    assert more == {"time_limit": 30.0}
    assert (problem.policy.threshold, problem.policy.zeros.value) == (400, "sensitive")
    assert problem.cells == {("25/a",): 4000, ("25/b",): 325, ("25/c",): 0}
    assert problem.policy.structural_zeros == {("25/c",)}
    protect_figures(table(WARDS), Rules())
    assert (asked[1][0].policy.threshold, asked[1][0].policy.zeros.value) == (5, "published")


def test_rules_are_kept_with_the_table():
    assert Rules(7, True).as_dict() == {"threshold": 7, "zeros_are_sensitive": True}
    assert Rules() == Rules(5, False)
    source = Text("", "")
    policies = [FlowPolicy(3, Zeros.PUBLISHED, source), FlowPolicy(7, Zeros.PUBLISHED, source)]
    assert Rules.strictest(iter(policies)) == Rules(7, False)
    assert Rules.strictest([*policies, FlowPolicy(1, Zeros.HIDDEN, source)]) == Rules(7, True)


def test_a_ratio_is_hidden_only_where_it_is_shown_at_all():
    counts = table(WARDS)
    ratios = [figure(one.key[5:], Decimal("0.5")) for one in counts[:-1]] + [figure("25/c", None)]
    found = protect_ratios(ratios, counts, Rules(5))
    assert names(found.hidden) == ["25/a", "25/b"]
    silent = [*ratios[:2], figure("25/b", None, Status.UNDEFINED), ratios[3]]
    assert names(protect_ratios(silent, counts, Rules(5)).hidden) == ["25/a"]
    shown = [*ratios[:3], figure("25/c", Decimal("0.5"))]
    for before, secondary in (("0.5", ["25/c"]), ("0.6", ["25/a"])):
        known = PublishedCells(shown={"2026:25/a": frozenset([Decimal(before)])})
        assert names(protect_ratios(shown, counts, Rules(5), known).secondary) == secondary


def test_two_protections_hide_what_either_hides():
    note = Finding("FOL-016", Severity.INFO)
    one = Protection(("a", "b"), ("c", "d"), (Exposed("a", "1", None),), (), 2)
    other = Protection(("b", "c"), ("d", "e"), (), (note,), 3)
    assert both(one, other) == Protection(("a", "b", "c"), ("d", "e"), one.exposed, (note,), 2)
    assert (one.is_safe, other.is_safe, Protection(findings=(Finding("x", Severity.ERROR),)).is_safe) == (
        False,
        True,
        False,
    )


def test_a_hidden_figure_has_neither_value_nor_reason():
    frame = pl.DataFrame({"key": ["a", "b"], "value": [1, 2], "status": ["observed", "observed"], "x": [1, 2]})
    assert hide(frame, ["b"]).rows() == [("a", 1, "observed", 1), ("b", None, "hidden", 2)]
    assert hide(frame, []).equals(frame)


def test_the_scale_makes_every_value_an_integer():
    for values, scale in (
        (["3", "10", "0"], 1),
        (["0.5", "3"], 10),
        (["0.25", "0.5"], 100),
        ([None], 1),
        ([], 1),
        (["100.0"], 1),
    ):
        figures = [figure(f"25/{number}", value) for number, value in enumerate(values)]
        assert protecting._scale(figures) == scale


# What readers have already


def published(**cells):
    rows = [(key, None if value is None else Decimal(value), status) for key, (value, status) in cells.items()]
    schema = {"key": pl.String, "value": pl.Decimal(38, 6), "status": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.lit(["r1"]).alias("releases"))


def test_every_version_counts_whatever_it_showed():
    first = published(a=(3, "observed"), b=(None, "hidden"), c=(None, "closed"), d=(None, "incomplete"))
    second = published(a=(4, "observed"), b=(7, "observed"))
    cells = PublishedCells.of([first, second])
    assert cells.hidden == {"b"}
    assert cells.shown == {"a": {Decimal(3), Decimal(4)}, "b": {Decimal(7)}}
    assert (
        cells.has_shown("a", Decimal(3))
        and not cells.has_shown("a", Decimal(5))
        and not cells.has_shown("c", Decimal(0))
    )
    assert cells.hides("b") and not cells.hides("a")
    told = PublishedCells(frozenset("b"), {}, told=frozenset("b"))
    assert told.has_shown("b", Decimal(1)) and not told.hides("b")
    assert PublishedCells.of([]) == PublishedCells()


def test_a_pattern_still_holds_where_every_figure_stands_on_the_same_and_shows_the_same():
    figures = [figure("25/a", 3), figure("25/b", 4), figure("25/c", 5)]
    frame = pl.DataFrame(
        {"key": [one.key for one in figures], "value": [None, None, Decimal(5)], "releases": [["r1"]] * 3}
    )
    settled = settled_by(frame, ["2026:25/a"], ["2026:25/b"])
    assert settled.figures["2026:25/c"] == (Decimal(5), ("r1",))
    assert settled.covers(figures) and settled.covers(figures[:1])
    for other in (figure("25/c", 6), figure("25/c", None), figure("25/c", 5, releases=("r2",)), figure("25/d", 5)):
        assert not settled.covers([*figures[:2], other])
    assert not Settled(settled.figures, frozenset(), settled.secondary).covers(figures), "hidden for no reason"
    shown = Settled({"2026:25/a": (Decimal(5), ("r1",))}, frozenset({"2026:25/a"}), frozenset())
    assert not shown.covers(figures[:1]), "hidden by rule, and shown as something else"
    cells = PublishedCells(settled=settled)
    assert cells.settles(figures) is settled
    assert PublishedCells().settles(figures) is None
    for told, holds in (("25/b", False), ("25/a", True), ("25/c", True)):
        said = PublishedCells(settled=settled, told=frozenset([f"2026:{told}"]))
        assert (said.settles(figures) is settled) is holds


def test_a_settled_pattern_is_taken_as_it_was(monkeypatch):
    monkeypatch.setattr(protection, "protect", lambda *_, **__: pytest.fail("searched"))
    figures = table(WARDS)
    frame = pl.DataFrame({
        "key": [one.key for one in figures],
        "value": [Decimal(40), Decimal(12), None, None],
        "releases": [["r1"]] * 4,
    })  # fmt: skip
    earlier = PublishedCells.of([], settled_by(frame, ["2026:25/b"], ["2026:25/c"]))
    found = protect_figures(figures, Rules(5), earlier)
    assert (names(found.primary), names(found.secondary), found.groups) == (["25/b"], ["25/c"], 1)


# Measures of the same persons


def other(measure, dimensions, figures, **published):
    return RelatedFigures(measure, dimensions, figures, figures, PublishedCells(**published))


def keys(joined):
    return [one.key.partition(":")[2] for one in joined.figures]


def test_tables_of_the_same_counts_are_laid_side_by_side():
    own = table({"25": 40, "25/a": 40})
    finer = other("m", ("h", "w"), table({"25": 40, "25/a": 40, "25/a/x": 40}), hidden=frozenset({"q"}))
    joined = join(own, ("h",), [finer])
    assert (keys(joined), joined.hidden, joined.apart) == (["25", "25/a", "25/a/x"], {"q"}, ())
    assert joined.figures[0] is own[0]
    coarser = join(finer.counts, ("h", "w"), [other("m", ("h",), own), other("n", (), own[:1])])
    assert keys(coarser) == ["25", "25/a", "25/a/x"] and coarser.apart == ()


def test_other_places_other_counts_and_other_periods_are_not_joined():
    own = table({"25": 40, "25/a": 40})
    places = other("places", ("q",), own)
    below = other("below", ("h", "w", "q"), own)
    apart = other("apart", ("h", "q"), own)
    counts = other("counts", ("h",), table({"25": 41, "25/a": 40}))
    silent = other("silent", ("h",), [figure("25", None), own[1]])
    assert [one.measure for one in join(own, ("h", "w"), [places, below, apart, counts, silent]).apart] == [
        "apart", "counts", "places", "silent",
    ]  # fmt: skip
    later = join(own, ("h",), [other("later", ("h",), table({"25": 7, "25/b": 7}, period="2027"))])
    assert (keys(later), later.apart) == (["25", "25/a"], ())
    both_silent = join([figure("25", 9, Status.INCOMPLETE)], (), [other("m", (), [figure("25", None)])])
    assert both_silent.apart == ()


def test_what_any_measure_has_shown_hides_nothing_anywhere():
    own = table({"25": 40, "25/a": 40})
    shown = {"2026:25/a": frozenset([Decimal(40)])}
    related = other("m", ("h",), own, hidden=frozenset({"2026:25", "2026:25/a"}), shown=shown)
    assert related.told() == {"2026:25/a"}
    joined = join(own, ("h",), [related])
    assert (joined.hidden, joined.told) == ({"2026:25"}, {"2026:25/a"})
    seen = joined.seen_with(
        PublishedCells(frozenset({"x"}), {"2026:25": frozenset([Decimal(40)])}, told=frozenset("y"))
    )
    assert (seen.hidden, seen.told) == ({"x"}, {"y", "2026:25/a"})
    unseen = joined.seen_with(PublishedCells(shown={"2026:25": frozenset([Decimal(41)])}))
    assert unseen.hidden == {"2026:25"}
    silent = RelatedFigures("m", (), [], [figure("25", None)], PublishedCells(told=frozenset({"2026:25"})))
    assert silent.told() == frozenset()
    hides = RelatedFigures("m", (), [figure("25", None)], [], PublishedCells(frozenset({"2026:25"})))
    assert join([figure("25", None)], (), [hides]).seen_with(PublishedCells(told=frozenset({"2026:25"}))).hidden


def objected(apart, hidden=(), own=("25/2026/h/a", "25/2026/h/b", "12/2026/h/c")):
    figures = [Figure(key, "", (), Period.parse("2026"), None, Status.OBSERVED, 1, None, (), ()) for key in own]
    return [
        (dict(one.params), [dict(place.key)["figure"] for place in one.places])
        for one in objections([apart], figures, hidden)
    ]


def test_a_measure_apart_is_objected_to_where_either_hides_and_readers_have_both():
    shown = {"25/2026/q/z": frozenset([Decimal(1)])}
    assert objected(other("m", (), [], shown=shown)) == []
    assert objected(other("m", (), [], shown=shown), ["25/2026/h/a"]) == [
        ({"measure": "m", "groups": 1}, ["25/2026"])
    ]  # fmt: skip
    assert objected(other("m", (), [], shown=shown), ["12/2026/h/c"]) == []
    hides = other("m", (), [], hidden=frozenset({"12/2026/q/z", "25/2026/q/z", "77/2026/q/z"}))
    assert objected(hides) == [({"measure": "m", "groups": 2}, ["12/2026", "25/2026"])]
    assert objected(other("m", (), []), ["25/2026/h/a"]) == []
    many = [f"{number:02d}/2026/h" for number in range(21)]
    [(params, places)] = objected(other("m", (), [], hidden=frozenset(many)), own=many)
    assert (params["groups"], len(places)) == (21, 20)
