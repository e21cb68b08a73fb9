"""Four causes of a break, found each in its own way and never mixed."""

from datetime import date
from itertools import pairwise

import pytest

from registry.findings import Text
from registry.period import Period
from submission_portal.followup.breaks import (
    Break,
    Cause,
    Declared,
    Footing,
    Statement,
    application_breaks,
    between,
    coverage_breaks,
    of_region,
    source_breaks,
    wording_breaks,
)

COUNTED = Statement("a1", "established", "25", None, date(2018, 2, 28), (("technical", "yes"),))
NOT_COUNTED = Statement("a2", "established", "25", date(2018, 3, 1), None, (("technical", "no"),))


def differ(one: Statement, other: Statement) -> bool:
    return one.answers != other.answers


def footing(first: str, version: str = "w1", units: str = "a b") -> Footing:
    period = Period.parse(first)
    return Footing("25", period.first, period.last, "established", version, frozenset(units.split()))


def test_norrbotten_breaks_where_technical_beds_stopped_being_counted():
    assert application_breaks([NOT_COUNTED, COUNTED], differ) == (
        Break(date(2018, 3, 1), Cause.APPLICATION, "25", "established", "a1", "a2"),
    )


def test_a_statement_in_other_words_with_the_same_answers_is_no_break():
    reworded = Statement("a2", "established", "25", date(2018, 3, 1), None, COUNTED.answers)
    assert application_breaks([COUNTED, reworded], differ) == ()


def test_regions_that_apply_a_wording_differently_do_not_break_each_other():
    elsewhere = Statement("b1", "established", "24", date(2018, 3, 1), None, (("technical", "no"),))
    assert application_breaks([COUNTED, elsewhere], differ) == ()


def test_a_wording_that_changed_meaning_is_a_break_on_its_own_date():
    found = wording_breaks(
        [footing("2018"), footing("2019", "w2")], lambda one, other: True, lambda version: date(2018, 7, 1)
    )
    assert [(one.cause, one.on, one.before, one.after) for one in found] == [
        (Cause.WORDING, date(2018, 7, 1), "w1", "w2")
    ]


def test_an_editorial_change_of_the_wording_is_no_break():
    assert wording_breaks([footing("2018"), footing("2019", "w2")], lambda *_: False, lambda _: None) == ()


def test_a_hospital_that_left_is_a_break_in_coverage_and_in_nothing_else():
    footings = [footing("2018-01", units="a b c"), footing("2018-02", units="a b")]
    found = coverage_breaks(footings)
    assert [(one.cause, one.before, one.after) for one in found] == [(Cause.COVERAGE, "a b c", "a b")]
    assert wording_breaks(footings, lambda *_: True, lambda _: None) == ()


def test_a_new_care_system_is_a_break_as_declared():
    found = source_breaks([Declared("25", date(2020, 1, 1), Text("nytt vårdsystem", "new care system"))])
    assert found[0].cause is Cause.SOURCE
    assert found[0].note.sv == "nytt vårdsystem"


def test_a_break_inside_a_figures_period_parts_it_from_both_neighbours():
    one = Break(date(2018, 3, 15), Cause.SOURCE, "25")
    months = [Period.parse(f"2018-0{month}") for month in (1, 2, 3, 4, 5)]
    assert [bool(between([one], earlier, later)) for earlier, later in pairwise(months)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_summed_country_has_the_breaks_of_its_regions_and_a_published_one_has_not():
    one = Break(date(2018, 3, 1), Cause.APPLICATION, "25")
    assert of_region([one], "00", is_summed=True) == (one,)
    assert of_region([one], "00", is_summed=False) == ()
    assert of_region([one], "24", is_summed=True) == ()


def test_a_break_survives_being_stored():
    one = Break(date(2018, 3, 1), Cause.APPLICATION, "25", "c", "a1", "a2", "sv", "en")
    assert Break.from_dict(one.as_dict()) == one


@pytest.mark.parametrize(
    ("valid_from", "on"),
    [
        (None, date(2019, 1, 1)),
        (date(2017, 12, 31), date(2019, 1, 1)),
        (date(2018, 1, 1), date(2019, 1, 1)),
        (date(2018, 1, 2), date(2018, 1, 2)),
        (date(2018, 12, 31), date(2018, 12, 31)),
        (date(2019, 1, 1), date(2019, 1, 1)),
        (date(2019, 1, 2), date(2019, 1, 1)),
    ],
)
def test_a_break_in_wording_is_never_outside_the_two_figures_that_it_parts(valid_from, on):
    """On the new wording's first day, if that is after the first day of the earlier figure and not after the later one's."""
    [found] = wording_breaks([footing("2018"), footing("2019", "w2")], lambda *_: True, lambda _: valid_from)
    assert found.on == on
