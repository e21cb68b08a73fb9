"""Four causes of a break, found each in its own way and never mixed."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from information_models.footing import Ground, Shift
from registry.findings import Text
from registry.period import Period
from submission_portal.followup.breaks import (
    Break,
    Cause,
    Declared,
    Stand,
    Statement,
    application_breaks,
    between,
    coverage_breaks,
    meaning_breaks,
    of_region,
    source_breaks,
)

COUNTED = Statement("a1", "established", "25", None, date(2018, 2, 28), (("technical", "yes"),))
NOT_COUNTED = Statement("a2", "established", "25", date(2018, 3, 1), None, (("technical", "no"),))


def differ(one: Statement, other: Statement) -> bool:
    return one.answers != other.answers


def stand(first: str, model: str = "m1", units: str = "a b") -> Stand:
    period = Period.parse(first)
    return Stand("25", period.first, period.last, (model,), frozenset(units.split()), frozenset({"a", "b"}))


WORDED = Shift(Ground.CONCEPT, "beds", Text("Platser", "Beds"), "w1", "w2", "established")
RENAMED = Shift(Ground.CODES, "ward", Text("Avdelning", "Ward"), "m1", "m2", codes=frozenset({"b", "c"}))


def shifted(*found: Shift):
    return lambda before, after: () if before == after else found


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
    found = meaning_breaks([stand("2018"), stand("2019", "m2")], shifted(WORDED), lambda version: date(2018, 7, 1))
    assert [(one.cause, one.on, one.before, one.after) for one in found] == [
        (Cause.WORDING, date(2018, 7, 1), "w1", "w2")
    ]


def test_an_editorial_change_of_the_wording_is_no_break():
    assert meaning_breaks([stand("2018"), stand("2019", "m2")], shifted(), lambda _: None) == ()


def test_a_moved_code_parts_the_figures_that_are_made_of_it_alone():
    pair = [stand("2018"), stand("2019", "m2")]
    [found] = meaning_breaks(pair, shifted(RENAMED), lambda _: date(2018, 7, 1))
    assert (found.cause, found.on, found.element) == (Cause.SOURCE, date(2019, 1, 1), "ward")
    assert found.note.en == "Codes of Ward mean something else than before: b."
    elsewhere = replace(RENAMED, codes=frozenset({"c"}))
    assert meaning_breaks(pair, shifted(elsewhere), lambda _: None) == ()


def test_a_break_without_an_element_is_stored_as_it_always_was():
    assert "element" not in Break(date(2018, 3, 1), Cause.WORDING, "25").as_dict()
    one = Break(date(2018, 3, 1), Cause.SOURCE, "25", element="beds")
    assert Break.from_dict(one.as_dict()) == one


def test_a_hospital_that_left_is_a_break_in_coverage_and_in_nothing_else():
    stands = [stand("2018-01", units="a b c"), stand("2018-02", units="a b")]
    found = coverage_breaks(stands)
    assert [(one.cause, one.before, one.after) for one in found] == [(Cause.COVERAGE, "a b c", "a b")]
    assert meaning_breaks(stands, shifted(WORDED), lambda _: None) == ()


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
    [found] = meaning_breaks([stand("2018"), stand("2019", "m2")], shifted(WORDED), lambda _: valid_from)
    assert found.on == on
