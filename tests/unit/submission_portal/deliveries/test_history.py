"""How much a value may change from one delivery to the next before it has to be explained."""

import polars as pl
import pytest

from information_models.starter.loading import starter_model
from registry.findings import Severity
from submission_portal.deliveries.assessment.case import Case
from submission_portal.deliveries.assessment.history_checks import HISTORY
from submission_portal.deliveries.assessment.known import Earlier
from submission_portal.deliveries.checks import found_by, run_checks

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
RATES = starter_model("publicerade-kvoter")


def compare(loaded, now, before, period):
    case = Case(loaded, now, earlier=Earlier(before, period))
    return found_by(run_checks(HISTORY, case)), case.changes


def beds(value, *, day="2026-10-01", ward="Medicin", row=2):
    return {"dag": day, "sjukhus": "65016", "avdelning": ward, "disponibla": value, "__row": row, "__sheet": None}


def rate(value, period="2017-H1"):
    unit = {
        "period": period,
        "region": "25",
        "sjukhus": None,
        "vardform": "somatisk",
        "matt": "overbelaggningar_per_100",
    }
    return {**unit, "varde": value, "__row": 2, "__sheet": None}


def codes(loaded, before, now):
    findings, changes = compare(loaded, pl.DataFrame(now), pl.DataFrame(before), "2026-09")
    assert bool(changes) == ("HIS-002" in [finding.code for finding in findings])
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("before", "now", "is_large"),
    [
        (50, 60, False),
        (50, 61, True),
        (50, 40, False),
        (50, 39, True),
        (20, 25, True),
        (20, 15, True),
        (16, 20, False),
        (2, 1, False),
        (0, 5, True),
        (0, 4, False),
    ],
)
def test_a_change_of_a_count_is_large_above_a_fifth_and_from_five(before, now, is_large):
    assert codes(DAILY, [beds(before)], [beds(now)]) == (["HIS-002"] if is_large else [])


@pytest.mark.parametrize(
    ("before", "now", "is_large"),
    [(2.0, 3.0, True), (2.0, 1.0, True), (2.0, 2.9, False), (10.0, 12.0, False), (10.0, 12.1, True), (5.0, 6.0, False)],
)
def test_a_change_of_a_rate_is_large_above_a_fifth_and_from_one(before, now, is_large):
    assert codes(RATES, [rate(before)], [rate(now)]) == (["HIS-002"] if is_large else [])


def test_the_text_says_the_share_that_is_counted_with():
    findings, [change] = compare(DAILY, pl.DataFrame([beds(61)]), pl.DataFrame([beds(50)]), "2026-09")
    assert findings[0].params["share"] == 20
    assert (change.before, change.now, change.percent) == ("50", "61", "22.0")
    assert (change.place.row, change.place.field) == (2, "disponibla")


def test_means_of_a_units_rows_are_compared():
    before = [beds(40), beds(60, day="2026-10-02", row=3)]
    assert codes(DAILY, before, [beds(0), beds(120, day="2026-10-02", row=3)]) == []
    assert codes(DAILY, before, [beds(60), beds(62, day="2026-10-02", row=3)]) == ["HIS-002"]


def test_a_unit_that_came_is_told():
    findings, _ = compare(DAILY, pl.DataFrame([beds(20)]), pl.DataFrame([beds(20, ward="Kirurgi")]), "2026-09")
    assert [(one.code, one.severity) for one in findings] == [("HIS-003", Severity.INFO)]
    assert "Medicin" in findings[0].places[0].label.en


def test_another_kind_of_period_is_not_compared():
    assert codes(RATES, [rate(2.0, "2017-H1")], [rate(9.0, "2017-10")]) == []
    assert codes(RATES, [rate(2.0, "2017-H1")], [rate(9.0, "2017-H2")]) == ["HIS-002"]


def test_a_column_that_either_delivery_lacks_is_not_compared():
    small, large = pl.DataFrame([beds(20)]), pl.DataFrame([beds(40)])
    assert compare(DAILY, large, small, "2026-09")[1]
    assert compare(DAILY, large, small.drop("disponibla"), "2026-09")[1] == ()
    assert compare(DAILY, large.drop("disponibla"), small, "2026-09")[1] == ()
