"""What a worker finds of the hidden cells of a version: reasons with numbers, and other ways to publish."""

from decimal import Decimal

from registry.period import Period
from submission_portal.followup.figures import Figure, Status, figure_key
from submission_portal.followup.hidden_cells import HiddenCell, Way, WayToPublish, longer_period, look_into
from submission_portal.followup.protecting import Around, groups_of, protect_figures
from submission_portal.followup.published_cells import NOTHING
from submission_portal.followup.small_number_rules import Rules

RULES = Rules(5)
WARDS = {("a", "m"): 3, ("a", "k"): 9, ("a", "o"): 12, ("b", "m"): 20, ("b", "k"): 30}


def figures(period: str = "2026-02-01", wards=WARDS) -> list[Figure]:
    sums: dict[tuple[str, ...], int] = {}
    for place, count in wards.items():
        for depth in range(len(place) + 1):
            sums[place[:depth]] = sums.get(place[:depth], 0) + count
    return [
        Figure(
            figure_key("25", period, ("sjukhus", "avdelning"), place), "25", place, Period.parse(period),
            Decimal(count), Status.OBSERVED, 1, None, (), (),
        )
        for place, count in sums.items()
    ]  # fmt: skip


def looked_into(*tables: list[Figure], **said):
    whole = [one for table in tables for one in table]
    made = protect_figures(whole, RULES)
    groups = [("patients", group) for group in groups_of(whole, RULES, NOTHING, Around())]
    return made, look_into(groups, made.primary, made.hidden, **said)


SMALL = "25/2026-02-01/sjukhus/a/avdelning/m"


def test_each_hidden_cell_has_what_a_reader_is_left_with_and_what_showing_it_would_open():
    made, found = looked_into(figures())
    cells = {one.key: one for one in found.by_period["2026-02-01"]}
    assert cells.keys() == made.hidden and made.primary == (SMALL,)
    assert found.closest == cells[SMALL]
    (protecting,) = cells.keys() - {SMALL}
    (attack,) = cells[protecting].attacks
    assert (attack.of, attack.by, attack.is_the_sum) == (SMALL, "", False)
    assert not cells[SMALL].attacks and cells[SMALL].lowest == "0" and cells[SMALL].width > 0


def test_the_ways_to_publish_stand_beside_each_other_with_their_loss():
    _, found = looked_into(figures(), figures("2026-02-02"))
    ways = {one.way: one for one in found.ways}
    assert set(ways) == set(Way)
    assert ways[Way.COMPOSED].hidden == 4 and ways[Way.FEWEST].hidden <= 4
    assert ways[Way.LESS_DETAIL].hidden == 0 and ways[Way.LESS_DETAIL].cells < ways[Way.COMPOSED].cells
    assert ways[Way.LONGER_PERIODS].cells == ways[Way.COMPOSED].cells / 2
    assert ways[Way.ROUNDED].hidden == 0 and Decimal(ways[Way.ROUNDED].change) < 5


def test_what_is_stored_is_read_back_and_ways_are_compared_only_when_asked_for():
    _, found = looked_into(figures(), compares_ways=False)
    assert found.ways == ()
    for one in found.by_period["2026-02-01"]:
        assert HiddenCell.from_dict(one.as_dict()) == one
    for way in (WayToPublish(Way.FEWEST, 9, 2, 14), WayToPublish(Way.ROUNDED, 9, 0, 0, "4")):
        assert WayToPublish.from_dict(way.as_dict()) == way


def test_a_version_that_hides_nothing_has_no_reasons_and_nothing_closest():
    made, found = looked_into(figures(wards={("a", "m"): 30, ("a", "k"): 40}))
    assert (made.hidden, dict(found.by_period), found.closest) == (frozenset(), {}, None)


def test_weeks_and_years_are_parts_of_no_longer_period():
    assert [longer_period(one) for one in ("2026-W05", "2026", "2026-H1")] == [None, None, "2026"]
