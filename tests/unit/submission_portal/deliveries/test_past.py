"""How far a value lies from what its unit usually has, and from when that can be said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from information_models.definitions import Thresholds
from information_models.starter.loading import starter_model
from information_models.typed_rows import TypedRows
from registry.findings import Severity
from submission_portal.deliveries.assessment.case import Case
from submission_portal.deliveries.assessment.history_checks import HISTORY
from submission_portal.deliveries.assessment.known import DeliveryBefore, Past
from submission_portal.deliveries.assessment.past import MOST_VALUES, Outlier, outliers
from submission_portal.deliveries.checks import run_checks

pytestmark = pytest.mark.usefixtures("either_way")

MONTHLY, DAILY = (starter_model(name) for name in ("manadsuppgifter-per-sjukhus", "dagliga-vardplatser-per-avdelning"))
EXAMPLE = (20, 21, 19, 20, 22, 20, 21, 20)
"""Median 20, MAD 0.5."""


def months(*values, first=2025, hospital="65014"):
    """A hospital's crowded beds month by month, from January."""
    return [
        {
            "manad": f"{first + at // 12}-{at % 12 + 1:02d}", "sjukhus": hospital, "vardform": "somatisk",
            "overbelaggningar": value, "__row": at + 2, "__sheet": None,
        }
        for at, value in enumerate(values)
    ]  # fmt: skip


def month(value, *, name="2026-06", hospital="65014"):
    return pl.DataFrame([{**months(value)[0], "manad": name, "sjukhus": hospital}])


def days(values, start="2026-01-05"):
    """A ward's beds day by day from a Monday."""
    begins = date.fromisoformat(start)
    return pl.DataFrame(
        [
            {
                "dag": date.fromordinal(begins.toordinal() + at).isoformat(), "sjukhus": "65016", "avdelning": "K1",
                "disponibla": value, "__row": at + 2, "__sheet": None,
            }
            for at, value in enumerate(values)
        ]
    )  # fmt: skip


def found(loaded, now, past, code):
    case = Case(loaded, TypedRows.of(now), past=Past(past) if past is not None else None)
    outcomes = {one.code: one for one in run_checks(HISTORY, case)}
    return case, outcomes.get(code)


def test_a_value_far_from_the_median_is_told_with_the_median_the_mad_and_its_score():
    case, outcome = found(MONTHLY, month(27), pl.DataFrame(months(*EXAMPLE)), "HIS-006")
    [one] = case.outliers
    assert (one.median, one.mad, one.score, one.count, one.value) == ("20", "0.5", "9.4", 8, "27")
    [finding] = outcome.findings
    assert finding.severity is Severity.WARNING and [place.row for place in finding.places] == [2]
    assert Outlier.from_dict(one.as_dict()) == replace(one, place=replace(one.place, value=None))


@pytest.mark.parametrize(("before", "now", "is_found"), [
    ([18] * 8, 19, False),       # MAD 0: 1 is no more than three roots of 18
    ([18] * 8, 30, False),       # 12 < 12.73
    ([18] * 8, 31, True),        # 13 > 12.73
    ([18] * 8, 5, True),
    ([0] * 8, 3, False),         # of at least 1: three roots are 3
    ([0] * 8, 4, True),
    (EXAMPLE, 22.59, False),     # 3.494
    (EXAMPLE, 22.60, True),      # 3.507
    (EXAMPLE, 17.40, True),
    (EXAMPLE, 20, False),
])  # fmt: skip
def test_where_more_than_half_are_the_same_the_root_of_the_median_says_how_far_is_far(before, now, is_found):
    case, _outcome = found(MONTHLY, month(float(now)), pl.DataFrame(months(*map(float, before))), "HIS-006")
    assert bool(case.outliers) is is_found


@pytest.mark.parametrize(("count", "said"), [(7, "7 av 8"), (1, "1 av 8"), (8, None)])
def test_with_fewer_than_eight_periods_it_is_said_how_many_there_are(count, said):
    _case, outcome = found(MONTHLY, month(27), pl.DataFrame(months(*EXAMPLE[:count])), "HIS-006")
    assert (said in outcome.why_not.sv) if said else (outcome.why_not is None)


def test_the_model_says_from_where_and_after_how_many():
    stated = replace(
        MONTHLY, model=replace(MONTHLY.model, stated_thresholds=Thresholds(score=Decimal("9.5"), periods=4))
    )
    case, outcome = found(stated, month(27), pl.DataFrame(months(*EXAMPLE)), "HIS-006")
    assert outcome.why_not is None and case.outliers == ()
    assert found(stated, month(27), pl.DataFrame(months(*EXAMPLE[:3])), "HIS-006")[1].why_not.en == (
        "Not run: 3 of 4 periods to compare with."
    )


def test_a_unit_with_few_periods_is_left_alone_beside_one_with_many():
    past = pl.DataFrame([*months(*EXAMPLE), *months(1, 1, hospital="65015")])
    now = pl.concat([month(20), month(500, hospital="65015")])
    assert found(MONTHLY, now, past, "HIS-006")[0].outliers == ()


def test_only_the_latest_values_count():
    long_ago = [500] * MOST_VALUES
    past = pl.DataFrame(months(*long_ago, *[20 + at % 3 for at in range(MOST_VALUES)], first=2020))
    assert [one.median for one in outliers(MONTHLY, month(27), past)] == ["21"]


def test_a_sunday_is_held_against_sundays():
    weeks = [20, 20, 20, 20, 20, 8, 6] * 8
    noise = [value + (at // 7) % 2 for at, value in enumerate(weeks)]
    _case, quiet = found(DAILY, days([20, 20, 20, 20, 20, 8, 6], "2026-03-02"), days(noise), "HIS-007")
    assert quiet.findings == ()
    case, told = found(DAILY, days([20, 20, 20, 20, 20, 8, 20], "2026-03-02"), days(noise), "HIS-007")
    assert [(one.period, one.weekday, one.count) for one in case.outliers] == [("2026-03-08", 7, 8)]
    assert [finding.code for finding in told.findings] == ["HIS-007"]


def test_days_are_not_held_against_all_other_days_and_months_have_no_weekday():
    assert found(DAILY, days([20], "2026-03-02"), days([20] * 56), "HIS-006")[1] is None
    assert found(MONTHLY, month(20), pl.DataFrame(months(*EXAMPLE)), "HIS-007")[1] is None
    _case, few = found(DAILY, days([20], "2026-03-02"), days([20] * 21), "HIS-007")
    assert "3 av 8" in few.why_not.sv


def test_without_any_past_it_is_said_as_of_the_other_comparisons():
    assert "ingen tidigare leverans" in found(MONTHLY, month(27), None, "HIS-006")[1].why_not.sv


def test_a_change_since_the_same_time_last_year_is_told_and_nothing_is_asked():
    year = DeliveryBefore(month(40, name="2025-06"), "2025-06")
    case = Case(MONTHLY, TypedRows.of(month(60)), past=Past(pl.DataFrame(months(*EXAMPLE)), year))
    [outcome] = [one for one in run_checks(HISTORY, case) if one.code == "HIS-005"]
    [finding] = outcome.findings
    assert finding.severity is Severity.INFO and "juni 2025" in str(finding.params)
    [change] = case.year_changes
    assert (change.before, change.now, change.percent) == ("40.00", "60.00", "50.0")
    none = Case(MONTHLY, TypedRows.of(month(60)), past=Past(pl.DataFrame(months(*EXAMPLE))))
    assert "förra året" in next(one for one in run_checks(HISTORY, none) if one.code == "HIS-005").why_not.sv
