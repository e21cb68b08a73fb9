"""Two deliveries row by row: what was added, what is gone, and what changed from what to what."""

from datetime import date
from decimal import Decimal

import polars as pl

from information_models.starter.loading import starter_model
from submission_portal.review.differences import Cell, Difference, differences

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
VALUES = ("disponibla", "belagda", "overbelaggningar", "utlokaliserade")


def row(day=1, ward="Medicin", number=2, *, month=10, status="observed", **values):
    when = date(2026, month, day)
    given = {name: values.get(name, 10) for name in VALUES}
    return {
        "__row": number, "dag": when.isoformat(), "dag__first": when, "sjukhus": "65016", "avdelning": ward, **given,
        **{f"{name}__status": "observed" if value is not None else status for name, value in given.items()},
    }  # fmt: skip


def frame(*rows):
    return pl.DataFrame(rows, schema_overrides=dict.fromkeys(VALUES, pl.Int64) | {"avdelning": pl.String})


def told(found):
    return [
        (one.kind, dict(one.key)["avdelning"], dict(one.key)["dag"], one.row, one.cells) for one in found.rows(0, 100)
    ]


BEFORE = frame(row(1, "A", 2), row(1, "B", 3), row(1, "C", 4))


def test_rows_are_added_gone_or_changed_element_by_element():
    now = frame(row(1, "D", 2), row(1, "A", 3), row(1, "B", 4, disponibla=7, belagda=None, status="closed"))
    found = differences(DAILY, BEFORE, now)
    assert told(found) == [
        (Difference.ADDED, "D", "2026-10-01", 2, tuple(Cell(name, "–", "10") for name in VALUES)),
        (Difference.CHANGED, "B", "2026-10-01", 4, (Cell("disponibla", "10", "7"), Cell("belagda", "10", "stängd"))),
        (Difference.GONE, "C", "2026-10-01", 4, tuple(Cell(name, "10", "–") for name in VALUES)),
    ]
    assert (found.total, found.unchanged, found.is_shifted) == (3, 1, False)
    assert [found.count(kind) for kind in Difference] == [1, 1, 1]


def test_a_page_of_them_begins_anywhere():
    now = frame(*(row(1, ward, number, disponibla=number) for number, ward in enumerate("ABC", 11)))
    found = differences(DAILY, BEFORE, now)
    assert [one.row for one in found.rows(1, 1)] == [12]
    assert found.rows(3, 10) == []


def test_periods_without_a_day_in_common_are_laid_side_by_side():
    before = frame(row(1, "A", 2, month=9), row(2, "A", 3, month=9))
    found = differences(DAILY, before, frame(row(1, "A", 2), row(2, "A", 3, disponibla=9), row(3, "A", 4)))
    assert found.is_shifted and found.unchanged == 1
    assert [(one.kind, one.row, one.period_before) for one in found.rows(0, 9)] == [
        (Difference.CHANGED, 3, "2026-09-02"),
        (Difference.ADDED, 4, ""),
    ]


def test_days_in_common_are_compared_as_they_are():
    found = differences(DAILY, frame(row(1, "A", 2), row(2, "A", 3)), frame(row(2, "A", 2), row(3, "A", 3)))
    assert [(one.kind, dict(one.key)["dag"]) for one in found.rows(0, 9)] == [
        (Difference.ADDED, "2026-10-03"),
        (Difference.GONE, "2026-10-01"),
    ]


def test_the_same_number_written_with_other_decimals_is_no_difference():
    before = BEFORE.with_columns(pl.lit(Decimal("10.00")).alias("disponibla"))
    assert differences(DAILY, before, BEFORE).total == 0
    assert differences(DAILY, before.with_columns(pl.lit(Decimal("100.00")).alias("disponibla")), BEFORE).total == 3


def test_zero_closed_and_not_reported_are_three_things():
    now = frame(row(1, "A", 2, disponibla=None, status="not_reported"), row(1, "B", 3, disponibla=0))
    then = frame(row(1, "A", 2, disponibla=None, status="closed"), row(1, "B", 3, disponibla=None, status="closed"))
    assert [one.cells for one in differences(DAILY, then, now).rows(0, 9)] == [
        (Cell("disponibla", "stängd", "ej rapporterat"),),
        (Cell("disponibla", "stängd", "0"),),
    ]


def test_a_row_without_a_ward_is_matched_with_one_without():
    assert differences(DAILY, frame(row(1, None)), frame(row(1, None))).total == 0


def test_models_with_different_keys_are_not_compared():
    assert differences(DAILY, BEFORE.drop("avdelning"), BEFORE) is None
