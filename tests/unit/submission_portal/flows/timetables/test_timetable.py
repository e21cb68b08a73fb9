"""Which periods are expected and when: rules that take over from each other, exceptions, and absences."""

from datetime import date

import pytest

from registry.period import PeriodKind
from submission_portal.flows.timetables.due_days import Formula, Unit
from submission_portal.flows.timetables.timetable import Absence, Rule, Timetable, kinds_to_count, period_with

MONTHLY = Formula(PeriodKind.MONTH, 10, Unit.WORKING_DAYS)
WEEKLY = Formula(PeriodKind.WEEK, 3, Unit.DAYS)
QUICKER = Formula(PeriodKind.MONTH, 5, Unit.WORKING_DAYS)


def day(text):
    return date.fromisoformat(text)


def names(timetable, low, high):
    return [(str(one.period), one.due.isoformat()) for one in timetable.periods(day(low), day(high))]


def test_nothing_is_expected_where_nothing_is_agreed():
    assert names(Timetable(), "2026-01-01", "2027-12-31") == []
    assert Timetable().rule_on(day("2026-12-01")) is None
    assert Timetable().period((day("2026-12-01"), day("2026-12-31"))) is None
    assert not Timetable().is_agreed


def test_the_periods_of_a_rule_begin_with_the_first_whole_one():
    timetable = Timetable((Rule(day("2026-11-02"), MONTHLY),))
    assert names(timetable, "2026-01-01", "2027-01-31") == [("2026-12", "2027-01-18"), ("2027-01", "2027-02-12")]


def test_a_range_takes_the_periods_that_end_in_it_on_both_its_edges():
    timetable = Timetable((Rule(day("2026-01-01"), MONTHLY),))
    assert [name for name, _due in names(timetable, "2026-10-31", "2026-11-30")] == ["2026-10", "2026-11"]
    assert [name for name, _due in names(timetable, "2026-11-01", "2026-11-29")] == []


def test_years_are_found_however_late_in_them_the_range_begins():
    timetable = Timetable((Rule(day("2020-01-01"), Formula(PeriodKind.YEAR, 1, Unit.MONTHS)),))
    assert [name for name, _due in names(timetable, "2026-12-31", "2026-12-31")] == ["2026"]


def test_a_newer_rule_takes_over_from_its_first_day_and_the_older_keeps_what_began_before():
    timetable = Timetable((Rule(day("2026-10-01"), MONTHLY), Rule(day("2026-12-01"), QUICKER)))
    assert names(timetable, "2026-11-01", "2026-12-31") == [("2026-11", "2026-12-14"), ("2026-12", "2027-01-11")]


def test_a_rule_agreed_on_later_from_an_earlier_day_counts_instead_of_both():
    timetable = Timetable((Rule(day("2026-12-01"), QUICKER), Rule(day("2026-10-01"), MONTHLY)))
    assert names(timetable, "2026-12-01", "2026-12-31") == [("2026-12", "2027-01-18")]


def test_weeks_and_then_months_leave_no_month_out():
    timetable = Timetable((Rule(day("2026-12-21"), WEEKLY), Rule(day("2027-01-01"), MONTHLY)))
    assert [name for name, _due in names(timetable, "2026-12-01", "2027-02-28")] == [
        "2026-W52", "2026-W53", "2027-01", "2027-02",
    ]  # fmt: skip


def test_an_exception_is_for_one_period_and_says_so():
    span = (day("2026-12-01"), day("2026-12-31"))
    timetable = Timetable((Rule(day("2026-11-01"), MONTHLY),), {span: day("2027-01-25")})
    found = timetable.period(span)
    assert found.due == day("2027-01-25") and found.is_exception and found.span == span
    before = timetable.period((day("2026-11-01"), day("2026-11-30")))
    assert before.due == day("2026-12-14") and not before.is_exception
    assert timetable.period((day("2026-11-01"), day("2026-12-31"))) is None


@pytest.mark.parametrize(
    ("first", "last", "touched"),
    [
        ("2026-12-31", None, True), ("2027-01-01", None, False), ("2026-11-01", "2026-11-30", False),
        ("2026-11-01", "2026-12-01", True), ("2026-12-05", "2026-12-06", True),
    ],
)  # fmt: skip
def test_a_period_is_touched_by_an_absence_of_a_single_day_of_it(first, last, touched):
    absence = Absence(day(first), day(last) if last else None)
    assert absence.touches((day("2026-12-01"), day("2026-12-31"))) is touched


@pytest.mark.parametrize(
    ("kind", "on", "expected"),
    [
        (PeriodKind.YEAR, "2026-01-01", "2026"), (PeriodKind.YEAR, "2026-01-02", "2027"),
        (PeriodKind.HALF_YEAR, "2026-07-01", "2026-H2"), (PeriodKind.HALF_YEAR, "2026-06-30", "2026-H2"),
        (PeriodKind.TERM, "2026-04-30", "2026-T2"), (PeriodKind.TERM, "2026-05-01", "2026-T2"),
        (PeriodKind.MONTH, "2026-12-02", "2027-01"), (PeriodKind.WEEK, "2026-12-28", "2026-W53"),
        (PeriodKind.WEEK, "2026-12-29", "2027-W01"),
    ],
)  # fmt: skip
def test_the_first_whole_period_from_a_day_on(kind, on, expected):
    assert str(period_with(kind, day(on))) == expected


def test_days_and_shifts_are_counted_by_months_or_weeks():
    assert kinds_to_count([PeriodKind.DAY, PeriodKind.SHIFT]) == (PeriodKind.MONTH, PeriodKind.WEEK)
    assert kinds_to_count([PeriodKind.DAY, PeriodKind.TERM]) == (PeriodKind.TERM,)
