"""The feed is iCalendar that other calendars read: whole days, kept identifiers, escaped texts."""

from datetime import UTC, date, datetime

from icalendar import Calendar

from submission_portal.calendar.feed import Day, Feed, ics

DAY = Day("abc-2026-12-01-2026-12-31", date(2027, 1, 18), "Sista dag: Å; b, c", "Region X.\nSaknas.", "https://r.se/k/")


def feed(*days):
    return Feed("Sista dagar", "r.se", datetime(2026, 11, 2, 8, tzinfo=UTC), days)


def test_a_last_day_is_a_whole_day():
    text = ics(feed(DAY)).decode()
    assert "DTSTART;VALUE=DATE:20270118\r\n" in text
    assert "DTEND;VALUE=DATE:20270119\r\n" in text
    assert "TRANSP:TRANSPARENT" in text


def test_what_is_written_is_read_again_as_it_was():
    calendar = Calendar.from_ical(ics(feed(DAY)))
    [event] = calendar.walk("VEVENT")
    assert (event["uid"], event["summary"], event["description"]) == (f"{DAY.key}@r.se", DAY.title, DAY.text)
    assert event["url"] == DAY.url
    assert calendar["x-wr-calname"] == "Sista dagar"


def test_a_feed_without_days_is_a_calendar_without_events():
    assert Calendar.from_ical(ics(feed())).walk("VEVENT") == []
