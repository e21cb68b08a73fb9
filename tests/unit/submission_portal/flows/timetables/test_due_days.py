"""The last day of a period: delays in working days, days and months, by what Swedish law sets aside."""

from datetime import UTC, date, datetime

import pytest

from registry import clock
from registry.period import PeriodKind
from submission_portal.flows.timetables.due_days import Formula, Unit, first_working_day, is_working_day

MONTH = PeriodKind.MONTH


def due(delay, unit, last):
    return Formula(MONTH, delay, unit).due(date.fromisoformat(last)).isoformat()


def test_ten_working_days_after_december_end_with_the_eighteenth_of_january_in_sweden():
    day = Formula(MONTH, 10, Unit.WORKING_DAYS).due(date(2026, 12, 31))
    assert day == date(2027, 1, 18)
    assert datetime(2027, 1, 18, 22, 59, 59, tzinfo=UTC) < clock.end_of(day)
    assert datetime(2027, 1, 18, 23, 0, 0, tzinfo=UTC) >= clock.end_of(day)


@pytest.mark.parametrize(
    ("delay", "unit", "last", "expected"),
    [
        (1, Unit.WORKING_DAYS, "2026-04-30", "2026-05-04"),  # May Day is a Friday
        (1, Unit.WORKING_DAYS, "2026-06-18", "2026-06-22"),  # Midsummer Eve
        (5, Unit.WORKING_DAYS, "2026-12-22", "2027-01-04"),  # 23, 28, 29, 30 and then none of the eves and holidays
        (1, Unit.DAYS, "2026-11-30", "2026-12-01"),
        (5, Unit.DAYS, "2026-11-30", "2026-12-07"),  # a Saturday is moved to Monday
        (1, Unit.MONTHS, "2026-01-31", "2026-03-02"),  # the last of February is a Saturday
        (1, Unit.MONTHS, "2024-02-29", "2024-04-02"),  # Easter Sunday, then Easter Monday
        (2, Unit.MONTHS, "2026-11-15", "2027-01-15"),
        (12, Unit.MONTHS, "2026-12-31", "2028-01-03"),
        (3, Unit.MONTHS, "2026-11-29", "2027-03-01"),  # 29 February 2027 does not exist; the 28th is a Sunday
    ],
)  # fmt: skip
def test_a_delay_is_counted_in_its_unit_and_ends_on_a_working_day(delay, unit, last, expected):
    assert due(delay, unit, last) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-12-23", True), ("2026-12-24", False), ("2026-12-25", False), ("2026-12-31", False), ("2027-01-01", False),
        ("2027-01-05", True), ("2027-01-06", False), ("2026-06-19", False), ("2026-06-20", False), ("2026-06-05", True),
        ("2026-10-30", True), ("2026-11-07", False), ("2026-11-08", False), ("2026-04-02", True), ("2026-04-03", False),
    ],
)  # fmt: skip
def test_working_days_are_those_that_the_law_does_not_set_aside(day, expected):
    assert is_working_day(date.fromisoformat(day)) is expected


def test_a_working_day_stays_where_it_is():
    assert first_working_day(date(2026, 11, 2)) == date(2026, 11, 2)
    assert first_working_day(date(2026, 10, 31)) == date(2026, 11, 2)


def test_a_formula_says_itself_in_words_of_both_languages():
    one, many = Formula(MONTH, 1, Unit.WORKING_DAYS).in_words(), Formula(MONTH, 20, Unit.DAYS).in_words()
    assert (one.sv, one.en) == (
        "1 arbetsdag efter periodens sista dag",
        "1 working day after the period's last day",
    )
    assert many.sv == "20 dagar efter periodens sista dag"
