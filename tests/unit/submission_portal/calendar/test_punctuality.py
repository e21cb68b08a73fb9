"""Where an expected period stands: by days and parts that were received, when, and what the region said of taking part."""

from datetime import UTC, date, datetime

import pytest

from registry.period import Period
from submission_portal.calendar.punctuality import DueState, Received, outcome
from submission_portal.flows.timetables.timetable import Absence, Expected

DECEMBER = Expected(Period.parse("2026-12"), date(2027, 1, 18))
ONE_DAY = Expected(Period.parse("2026-12"), date(2027, 1, 18), is_once=True)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
NOW = datetime(2027, 3, 1, tzinfo=UTC)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def whole(moment="2027-01-10T08:00", part="", stands=True, first=FIRST, last=LAST):
    return Received(part, first, last, at(moment), stands)


def state(received=(), *, expected=DECEMBER, parts=(), away=(), now=NOW):
    return outcome(expected, parts, received, away, now).state


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2027-01-18T22:59:59", DueState.IN_TIME),
        ("2027-01-18T23:00:00", DueState.LATE),
    ],
)
def test_the_last_day_ends_in_sweden(moment, expected):
    assert state([whole(moment)]) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-12-31T22:59:59", DueState.RUNNING),
        ("2026-12-31T23:00:00", DueState.DUE),
        ("2027-01-18T22:59:59", DueState.DUE),
        ("2027-01-18T23:00:00", DueState.MISSING),
    ],
)
def test_what_has_not_come_is_awaited_due_and_then_missing(now, expected):
    assert state(now=at(now)) is expected


def test_all_days_have_to_come_and_the_last_of_them_says_when():
    halves = [whole("2027-01-02T08:00", last=date(2026, 12, 15)), whole("2027-02-02T08:00", first=date(2026, 12, 16))]
    assert outcome(DECEMBER, (), halves, (), NOW).at == halves[1].at
    assert state(halves) is DueState.LATE
    short = outcome(DECEMBER, (), [whole(last=date(2026, 12, 30))], (), NOW)
    assert short.state is DueState.MISSING and short.has_some


def test_a_gap_in_the_middle_is_a_gap():
    around = [whole(last=date(2026, 12, 10)), whole(first=date(2026, 12, 12))]
    assert state(around) is DueState.MISSING
    assert state([*around, whole(first=date(2026, 12, 11), last=date(2026, 12, 11))]) is DueState.IN_TIME


def test_one_day_is_enough_where_one_day_is_counted():
    day = whole(first=date(2026, 12, 15), last=date(2026, 12, 15))
    assert state([day], expected=ONE_DAY) is DueState.IN_TIME
    assert state([day]) is DueState.MISSING
    outside = whole(first=date(2027, 1, 1), last=date(2027, 1, 1))
    assert state([outside], expected=ONE_DAY) is DueState.MISSING


def test_each_part_has_to_come_or_the_whole():
    parts = ("k1", "k2")
    assert state([whole(part="k1")], parts=parts) is DueState.MISSING
    assert state([whole(part="k1"), whole(part="k2")], parts=parts) is DueState.IN_TIME
    assert state([whole()], parts=parts) is DueState.IN_TIME
    assert state([whole(part="k1"), whole(part="k3")], parts=parts) is DueState.MISSING


def test_a_part_delivered_before_the_line_was_whole_counts_for_its_days():
    assert state([whole(part="k1")]) is DueState.IN_TIME


def test_nobody_becomes_late_by_mending_what_came_in_time():
    replaced = [whole("2027-01-10T08:00", stands=False), whole("2027-02-10T08:00")]
    assert state(replaced) is DueState.IN_TIME
    gone = outcome(DECEMBER, (), [whole(stands=False)], (), NOW)
    assert gone.state is DueState.MISSING and not gone.has_some


def test_a_region_that_is_away_is_not_late_and_may_deliver_all_the_same():
    away = (Absence(date(2026, 12, 24)),)
    assert state(away=away) is DueState.AWAY
    assert state([whole()], away=away) is DueState.IN_TIME
    assert state(away=(Absence(date(2027, 1, 1)),)) is DueState.MISSING


def test_every_state_has_a_sign_and_words_in_both_languages():
    assert all(one.sign and one.label.sv and one.label.en for one in DueState)
    assert [one for one in DueState if one.is_delivered] == [DueState.IN_TIME, DueState.LATE]
