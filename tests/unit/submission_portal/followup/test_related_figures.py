"""Two measures of the same persons: neither shows what the other hides, and together they tell no hidden figure."""

from decimal import Decimal
from random import Random

import pytest

from legal_checks.small_numbers.audit import audit
from legal_checks.small_numbers.table import Dimension, Policy, Problem, PublishedTable
from registry.period import Period
from submission_portal.followup.figures import Figure, Status, figure_key
from submission_portal.followup.protecting import Around, Protection, Rules, protect_figures, protect_ratios
from submission_portal.followup.published_cells import PublishedCells
from submission_portal.followup.related_figures import RelatedFigures

MONTH = "2026-10"
CHAIN = ("sjukhus", "avdelning")
WARDS = {("norra", "a"): 12, ("norra", "b"): 3, ("norra", "c"): 9, ("sodra", "a"): 7, ("sodra", "b"): 8}


def key(*place: str) -> str:
    return figure_key("25", MONTH, CHAIN, place)


def figure(place: tuple[str, ...], value: Decimal) -> Figure:
    return Figure(key(*place), "25", place, Period.parse(MONTH), value, Status.OBSERVED, 1, None, (), ("r1",))


def counts(wards: dict[tuple[str, str], int], depth: int = 2) -> list[Figure]:
    """The counts of wards summed to hospitals and the region, down to ``depth`` places."""
    sums: dict[tuple[str, ...], int] = {}
    for place, value in wards.items():
        for length in range(depth + 1):
            sums[place[:length]] = sums.get(place[:length], 0) + value
    return [figure(place, Decimal(value)) for place, value in sums.items()]


def halves(figures: list[Figure]) -> list[Figure]:
    """Ratios whose denominators are open: two to one of every count."""
    return [figure(one.place, (one.value or Decimal(0)) / 2) for one in figures]


def published(figures: list[Figure], protection: Protection) -> PublishedCells:
    """What readers have once these figures are published with what is hidden in them."""
    hidden = protection.hidden
    shown = {one.key: frozenset([one.value]) for one in figures if one.key not in hidden and one.value is not None}
    return PublishedCells(hidden, shown)


def test_what_a_rate_hid_a_count_of_the_same_persons_hides_too():
    rates = halves(counts(WARDS))
    first = protect_ratios(rates, counts(WARDS), Rules(5))
    grown = WARDS | {("norra", "b"): 30}
    other = RelatedFigures("kvoten", CHAIN, counts(grown), halves(counts(grown)), published(rates, first))
    protection = protect_figures(counts(grown), Rules(5), around=Around(CHAIN, [other]))
    assert first.hidden <= protection.hidden
    assert protection.primary == (), "no longer small, and still not told"
    assert protect_figures(counts(grown), Rules(5)).hidden == frozenset(), "alone it would have shown all"


def test_what_a_count_shows_is_not_what_a_rate_hides_a_small_one_behind():
    everything = [one for one in counts(WARDS) if one.key != key("norra", "b")]
    other = RelatedFigures("antalet", CHAIN, counts(WARDS), counts(WARDS), published(everything, Protection()))
    protection = protect_ratios(halves(counts(WARDS)), counts(WARDS), Rules(5), around=Around(CHAIN, [other]))
    assert key("norra", "b") in protection.hidden
    assert not protection.is_safe, "all that it could be hidden behind is shown beside it"
    assert key("norra", "b") in {one.key for one in protection.exposed}


def test_a_rate_that_has_changed_since_it_was_shown_is_not_known_as_it_is_now():
    before = WARDS | {("norra", "a"): 40}
    shown = published(halves(counts(before)), Protection())
    other = RelatedFigures("kvoten", CHAIN, counts(WARDS), halves(counts(WARDS)), shown)
    assert key("norra", "a") not in other.told()
    assert key("norra", "c") in other.told()


def test_a_table_of_hospitals_hides_what_a_table_of_their_wards_hid():
    one_ward = {("norra", "a"): 30, ("norra", "b"): 9, ("sodra", "a"): 3, ("vastra", "a"): 8}
    fine = counts(one_ward)
    first = protect_figures(fine, Rules(5))
    coarse = counts(one_ward, 1)
    other = RelatedFigures("avdelningar", CHAIN, fine, fine, published(fine, first))
    protection = protect_figures(coarse, Rules(5), around=Around(CHAIN[:1], [other]))
    assert protection.hidden == {one.key for one in coarse} & first.hidden
    assert protection.is_safe


def test_measures_that_count_other_rows_are_not_published_together_where_either_hides_something():
    some = {place: value - 1 for place, value in WARDS.items()}
    other = RelatedFigures("somatisk", CHAIN, counts(some), counts(some), published(counts(some), Protection()))
    protection = protect_figures(counts(WARDS), Rules(5), around=Around(CHAIN, [other]))
    assert not protection.is_safe
    (finding,) = [one for one in protection.findings if one.code == "FOL-016"]
    assert finding.params == {"measure": "somatisk", "groups": 1}
    assert finding.places[0].key == (("figure", f"25/{MONTH}"),)


@pytest.mark.parametrize(
    "other",
    [
        RelatedFigures(
            "inget-publicerat", CHAIN, counts({("norra", "a"): 9}), counts({("norra", "a"): 9}), PublishedCells()
        ),
        RelatedFigures("andra-platser", ("vardform",), [], [], PublishedCells()),
    ],
    ids=lambda one: one.measure,
)
def test_a_measure_of_which_readers_have_nothing_stands_in_nobodys_way(other):
    alone = protect_figures(counts(WARDS), Rules(5))
    assert protect_figures(counts(WARDS), Rules(5), around=Around(CHAIN, [other])) == alone


def test_measures_of_other_rows_stand_side_by_side_where_neither_hides_anything():
    many = {place: value + 10 for place, value in WARDS.items()}
    other = RelatedFigures("alla", CHAIN, counts(WARDS), counts(WARDS), published(counts(WARDS), Protection()))
    assert protect_figures(counts(many), Rules(5), around=Around(CHAIN, [other])) == Protection(groups=1)


@pytest.mark.parametrize("seed", range(20))
def test_what_two_measures_show_together_tells_no_small_number(seed):
    """Whichever is composed first, at whichever depth, before and after a correction: the union is audited anew."""
    random = Random(seed)
    depths = random.choice([(2, 2), (1, 2), (2, 1)])
    wards = {
        (hospital, ward): random.choice([0, 1, 2, 3, 4, 6, 8, 15])
        for hospital in ("norra", "sodra", "vastra")
        for ward in "abcd"
    }
    first = counts(wards, depths[0])
    one = protect_figures(first, Rules(5))
    other = RelatedFigures("forst", CHAIN[: depths[0]], first, first, published(first, one))
    second = counts(wards, depths[1])
    two = protect_ratios(halves(second), second, Rules(5), around=Around(CHAIN[: depths[1]], [other]))
    shown = {figure.key for figure in first} - one.hidden | {figure.key for figure in second} - two.hidden
    assert one.is_safe and two.is_safe
    assert exposed(wards, shown) == []


def test_the_audit_of_these_tests_sees_a_small_number_that_two_sums_tell():
    assert exposed(WARDS, {one.key for one in counts(WARDS)} - {key("norra", "b")}) == [("25/norra/b",)]


def exposed(wards: dict[tuple[str, str], int], shown: set[str]) -> list[tuple[str, ...]]:
    """What can be worked out of the small numbers from the figures with these keys, all sums known to be sums."""
    table = counts(wards)
    code = {one.key: "/".join(("25", *one.place)) for one in table}
    parts: dict[str, list[str]] = {}
    for one in table:
        if one.place:
            parts.setdefault("/".join(("25", *one.place[:-1])), []).append(code[one.key])
    problem = Problem(
        (Dimension("place", "25", parts),),
        {(code[one.key],): int(one.value or 0) for one in table if len(one.place) == 2},
        Policy(threshold=5),
    )
    cells = {(code[one.key],): int(one.value or 0) if one.key in shown else None for one in table}
    return [one.cell for one in audit(problem, PublishedTable(("place",), cells)).exposed]
