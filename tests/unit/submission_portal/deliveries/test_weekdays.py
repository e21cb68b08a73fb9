"""Weekdays on which a unit is regularly closed: how often they are missing, and how often the others are there."""

from datetime import date, timedelta

import pytest

from registry.findings import Text
from registry.period import SHIFTS, Period, PeriodKind
from submission_portal.deliveries.assessment.weekdays import (
    has_weekdays,
    periods_from,
    regular_weekdays,
    stretches,
    weekday_names,
)

MONDAY = date(2026, 9, 7)


def days(count):
    return [Period.day(MONDAY + timedelta(days=at)) for at in range(count)]


def without(run, *weekdays):
    return [at for at, one in enumerate(run) if one.first.isoweekday() not in weekdays]


@pytest.mark.parametrize(
    ("count", "closed"),
    [(16, ()), (21, ()), (22, (7,))],
    ids=["two Sundays", "two, and a last one after its last row", "three Sundays"],
)
def test_a_weekday_is_missing_at_least_three_times_before_it_is_a_pattern(count, closed):
    run = days(count)
    assert regular_weekdays(run, without(run, 7)) == closed


def test_only_what_lies_between_the_units_own_rows_is_judged():
    run = days(40)
    there = [at for at in without(run, 6, 7) if 7 <= at <= 25]
    assert regular_weekdays(run, there) == (), "two weekends between its first Monday and its last Friday"
    assert regular_weekdays(run, [at for at in without(run, 6, 7) if 7 <= at <= 28]) == (6, 7), "three"
    assert regular_weekdays(run, [*range(7, 29)]) == ()


def test_what_is_missing_after_the_first_row_counts():
    run = days(29)
    assert regular_weekdays(run, [4, *range(7, 12), *range(14, 19), *range(21, 26), 28]) == (6, 7)
    assert regular_weekdays(run, [6, *range(14, 20), *range(21, 27), 28]) == (), "one Sunday it was there"
    assert regular_weekdays(run, [5, *(at for at in range(7, 27) if at % 7 != 6)]) == (7,), (
        "from Saturday, three Sundays"
    )
    assert regular_weekdays(days(1), [0]) == ()


def test_a_unit_that_is_there_on_less_than_eight_days_has_no_pattern():
    run = days(23)
    mondays_and_tuesdays = without(run, 3, 4, 5, 6, 7)
    assert (len(mondays_and_tuesdays), regular_weekdays(run, mondays_and_tuesdays)) == (8, (3, 4, 5, 6, 7))
    assert regular_weekdays(run, mondays_and_tuesdays[1:]) == ()


def test_three_of_four_open_days_are_enough():
    run = days(26)  # 20 weekdays, and three weekends within them
    open_days = without(run, 6, 7)
    assert len(open_days) == 20
    assert regular_weekdays(run, [*open_days[:8], *open_days[13:]]) == (6, 7), "fifteen of twenty"
    assert regular_weekdays(run, [*open_days[:8], *open_days[14:]]) == (), "fourteen of twenty"


def test_shifts_are_three_to_a_day():
    run = [Period(PeriodKind.SHIFT, day.first, shift) for day in days(23) for shift in SHIFTS]
    assert regular_weekdays(run, without(run, 3, 4, 5, 6, 7)) == (3, 4, 5, 6, 7)
    assert regular_weekdays(run, without(run, 3, 4, 5, 6, 7)[1:]) == (), "23 of 24 shifts on eight days"
    short = run[: 3 * 21 - 1]
    assert regular_weekdays([*short, run[63]], [*without(short, 7), len(short)]) == (), "eight of nine on Sundays"
    assert regular_weekdays(run[:64], without(run[:64], 7)) == (7,)


def test_a_run_has_weekdays_where_it_is_of_days_or_shifts_after_each_other():
    assert has_weekdays(days(3)) and has_weekdays(days(1))
    assert not has_weekdays(days(3)[::2])
    assert has_weekdays([Period.parse("2026-09-07/natt"), Period.parse("2026-09-08/fm")])
    assert not has_weekdays([Period.parse("2026-09-07/fm"), Period.parse("2026-09-07/natt")])
    assert not has_weekdays([Period.parse("2026-W37"), Period.parse("2026-W38")])
    assert not has_weekdays([Period.parse("2026-09")])


def test_weekdays_are_said_as_people_say_them():
    assert weekday_names((1, 2, 3)) == Text("måndagar, tisdagar och onsdagar", "Mondays, Tuesdays and Wednesdays")
    assert weekday_names((4, 7)) == Text("torsdagar och söndagar", "Thursdays and Sundays")
    assert weekday_names((5,)) == Text("fredagar", "Fridays")
    assert weekday_names(()) == Text("", "")


def test_periods_run_from_one_to_another():
    first, last = Period.parse("2026-09-29"), Period.parse("2026-10-02")
    assert [str(one) for one in periods_from(first, last)] == ["2026-09-29", "2026-09-30", "2026-10-01", "2026-10-02"]
    assert list(periods_from(first, first)) == [first]
    assert list(periods_from(last, first)) == []


def test_a_stretch_ends_where_a_period_is_missing():
    run = days(6)
    assert stretches([run[0], run[1], run[2], run[5]]) == [(run[0], run[2]), (run[5], run[5])]
    assert stretches([run[0], run[2]]) == [(run[0], run[0]), (run[2], run[2])]
    assert stretches([]) == []
