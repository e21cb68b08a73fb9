"""Times of day after a day: which there are, in which zone, and where the day ends."""

from datetime import date

import pytest

from submission_portal.deliveries.reading.clock_times import Clock, divided, has_half_of_day

DAY = "2026-10-01"


def time(text):
    """Hour, minute and second of a time after a day; ``None`` where what stands there is no time."""
    found = divided(f"{DAY}{text}")
    if found is None:
        return None
    day, clock = found
    assert day == DAY
    return (clock.hour, clock.minute, clock.second) if clock else ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T00:00:00", (0, 0, 0)),
        (" 23:59:59", (23, 59, 59)),
        (" 6:05", (6, 5, 0)),
        (", kl. 06.30", (6, 30, 0)),
        (" klockan 06:30:15.123456789", (6, 30, 15)),
        ("T06", (6, 0, 0)),
        (" kl 6", (6, 0, 0)),
        ("T23:59:60", (23, 59, 60)),
        ("T23:59:61", None),
        ("T23:60", None),
        ("T24:00:00", (24, 0, 0)),
        ("T24:01", None),
        ("T24:00:01", None),
        ("T24", (24, 0, 0)),
        ("T25", None),
        ("T25:00", None),
        (" 6", ()),
    ],
)
def test_hours_minutes_and_seconds_are_as_far_as_they_go(text, expected):
    if expected == ():
        assert divided(f"{DAY}{text}") == (f"{DAY}{text}", None)
    else:
        assert time(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" 12:00 AM", (0, 0, 0)),
        (" 1:00 am", (1, 0, 0)),
        (" 11:59 a.m.", (11, 59, 0)),
        (" 12:30 PM", (12, 30, 0)),
        (" 1:15 p.m.", (13, 15, 0)),
        (" 11:59:58 pm", (23, 59, 58)),
        (" 0:30 AM", None),
        (" 13:00 PM", None),
        (" 00:30 pm", None),
    ],
)
def test_the_hours_of_half_a_day_are_one_to_twelve(text, expected):
    assert time(text) == expected
    assert has_half_of_day(DAY + text)


@pytest.mark.parametrize("text", [DAY, f"{DAY} 12:00", f"{DAY} 12:00 PM sharp", f"{DAY} PM"])
def test_other_texts_have_no_half_of_a_day(text):
    assert not has_half_of_day(text)


@pytest.mark.parametrize(
    ("zone", "ahead"),
    [
        ("", None),
        ("Z", 0),
        (" utc", 0),
        ("GMT", 0),
        ("CET", 60),
        (" CEST", 120),
        ("+02", 120),
        ("+0230", 150),
        ("-02:30", -150),
        ("+00:00", 0),
        ("+14:00", 840),
        ("-14:00", -840),
        ("+14:01", "none"),
        ("-14:01", "none"),
        ("+15", "none"),
    ],
)
def test_a_zone_is_so_many_minutes_ahead(zone, ahead):
    found = divided(f"{DAY}T06:00{zone}")
    assert found == (None if ahead == "none" else (DAY, Clock(6, 0, 0, ahead)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("202610010615", Clock(6, 15, 0, None)),
        ("20261001T061530", Clock(6, 15, 30, None)),
        ("20261001 0615Z", Clock(6, 15, 0, 0)),
        ("20261001061530.5+0100", Clock(6, 15, 30, 60)),
    ],
)
def test_a_time_may_stand_without_signs_after_eight_digits(text, expected):
    assert divided(text) == ("20261001", expected)


def test_other_digits_are_no_time():
    assert divided("2026100106") == ("2026100106", None)
    assert divided("202610012460") is None


@pytest.mark.parametrize(
    ("clock", "day"),
    [
        (Clock(23, 59, 59, None), date(2026, 10, 1)),
        (Clock(24, 0, 0, None), date(2026, 10, 1)),
        (Clock(21, 59, 59, 0), date(2026, 10, 1)),
        (Clock(22, 0, 0, 0), date(2026, 10, 2)),
        (Clock(21, 59, 60, 0), date(2026, 10, 2)),
        (Clock(23, 59, 59, 120), date(2026, 10, 1)),
        (Clock(24, 0, 0, 120), date(2026, 10, 2)),
        (Clock(0, 59, 0, 180), date(2026, 9, 30)),
        (Clock(1, 0, 0, 180), date(2026, 10, 1)),
    ],
)
def test_a_moment_is_of_the_day_that_it_is_in_sweden(clock, day):
    assert clock.swedish_day(date(2026, 10, 1)) == day


def test_a_moment_may_be_beyond_all_calendars():
    with pytest.raises(OverflowError):
        Clock(23, 0, 0, -600).swedish_day(date.max)


@pytest.mark.parametrize(("hour", "is_end"), [(23, False), (24, True), (0, False)])
def test_twenty_four_hours_are_the_end_of_a_day(hour, is_end):
    assert Clock(hour, 0, 0, None).is_end_of_day is is_end
