"""The reviewer's checklist: what each fact makes of the state of its check, and what totals are large."""

from decimal import Decimal

import polars as pl
import pytest

from information_models.starter.loading import starter_model
from submission_portal.review.checklist import Check, Explained, Facts, State, Total, by_rule, states, totals

BEDS = starter_model("faststallda-vardplatser-per-sjukhus")
LARGE, SMALL = (
    Total("faststallda", Decimal(59), Decimal(now), is_large) for now, is_large in ((20, True), (58, False))
)


def test_a_delivery_without_anything_is_clear_throughout():
    assert set(states(Facts()).values()) == {State.CLEAR}
    assert list(states(Facts())) == list(Check)


@pytest.mark.parametrize(
    ("facts", "check", "state"),
    [
        (Facts(open_points=1, open_question=True), Check.POINTS, State.STOP),
        (Facts(open_question=True), Check.POINTS, State.LOOK),
        (Facts(explained=(Explained("HIS-002", new=1),)), Check.WARNINGS, State.LOOK),
        (Facts(explained=(Explained("HIS-002", new=1, without=1),)), Check.WARNINGS, State.STOP),
        (Facts(small_numbers=1), Check.SMALL_NUMBERS, State.LOOK),
        (Facts(is_disclosed=False), Check.DISCLOSURE, State.STOP),
        (Facts(is_standing=True, conditions_met=4), Check.DISCLOSURE, State.CLEAR),
        (Facts(is_standing=True, conditions_unmet=1), Check.DISCLOSURE, State.LOOK),
        (Facts(is_standing=True, standing_is_over=True), Check.DISCLOSURE, State.LOOK),
        (Facts(layout_changed=True), Check.LAYOUT, State.LOOK),
        (Facts(layout_broken=True), Check.LAYOUT, State.LOOK),
        (Facts(gaps=1), Check.UNITS, State.LOOK),
        (Facts(gaps=1, gaps_unanswered=1), Check.UNITS, State.STOP),
        (Facts(unit_warnings=1), Check.UNITS, State.LOOK),
        (Facts(totals=None), Check.TOTALS, State.LOOK),
        (Facts(totals=(SMALL,)), Check.TOTALS, State.CLEAR),
        (Facts(totals=(SMALL, LARGE)), Check.TOTALS, State.LOOK),
        (Facts(applications=2), Check.APPLICATION, State.CLEAR),
        (Facts(application_missing=True), Check.APPLICATION, State.LOOK),
        (Facts(application_changed=True), Check.APPLICATION, State.LOOK),
        (Facts(corrects=True), Check.CORRECTION, State.CLEAR),
        (Facts(corrects=True, changed_figures=1), Check.CORRECTION, State.LOOK),
        (Facts(corrects=True, changed_figures=None), Check.CORRECTION, State.LOOK),
        (Facts(corrects=True, corrects_unreleased="L-2026-0001"), Check.CORRECTION, State.STOP),
    ],
)
def test_each_fact_makes_a_state_of_its_own_check_and_of_no_other(facts, check, state):
    found = states(facts)
    assert found[check] is state
    assert {found[other] for other in Check if other is not check} == {State.CLEAR}


def rows(*days):
    """Beds by day, each a list of counts; ``None`` where they are not reported."""
    given = [(day, count) for day, counts in enumerate(days, 1) for count in counts]
    return pl.DataFrame(
        {"dag": [f"2026-03-{day:02}" for day, _count in given], "faststallda": [count for _day, count in given]},
        schema_overrides={"faststallda": pl.Int64},
    )


@pytest.mark.parametrize(
    ("before", "now", "is_large"),
    [
        (([100],), ([120],), False),  # twenty per cent is not above twenty per cent
        (([100],), ([121],), True),
        (([4],), ([8],), False),  # doubled, and only four beds
        (([4],), ([9],), True),
        (([100],), ([79],), True),
    ],
)
def test_a_total_is_large_by_both_thresholds_of_the_model(before, now, is_large):
    [found] = [one for one in totals(BEDS, rows(*before), rows(*now)) if one.element == "faststallda"]
    assert found.is_large is is_large


def test_a_long_month_is_not_more_than_a_short_one():
    [found] = totals(BEDS, rows(*[[50, 50]] * 28), rows(*[[50, 50]] * 31))
    assert (found.before, found.now, found.percent) == (Decimal("100.0"), Decimal("100.0"), Decimal("0.0"))


def test_what_is_not_reported_has_no_total_and_zero_no_per_cent():
    assert totals(BEDS, rows([None]), rows([5])) == ()
    [found] = totals(BEDS, rows([0]), rows([5]))
    assert found.percent is None and found.is_large


def test_explanations_are_kept_new_or_missing_by_rule():
    found = by_rule([("A", "1"), ("A", "2"), ("B", "3")], {"1": ["x"], "3": ["y"]}, {"1": "Så.", "2": "Ny."})
    assert found == (Explained("A", kept=1, new=1), Explained("B", without=1))
