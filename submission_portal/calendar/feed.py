"""Last days as a calendar that other calendars subscribe to (iCalendar, RFC 5545). Pure.

Public, and with nothing in it that the pages do not say to everybody: a whole-day event on each last day. An event keeps its
identifier when its day is moved, so that a subscriber's calendar moves it too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

MEDIA_TYPE = "text/calendar"
PRODUCT = "-//Vardplatsregistret//Kalender//SV"
REFRESH = "PT12H"


@dataclass(frozen=True, slots=True)
class Day:
    """A last day. ``key`` is unique in the instance and never changes; ``url`` the page of the line."""

    key: str
    day: date
    title: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Feed:
    """Last days under a name. ``host`` completes their identifiers."""

    name: str
    host: str
    made: datetime
    days: Sequence[Day]


def ics(feed: Feed) -> bytes:
    """The feed as a file, with line ends and folding as the standard asks for."""
    calendar = Calendar()
    for name, value in (
        ("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"),
        ("x-wr-calname", feed.name), ("x-published-ttl", REFRESH),
    ):  # fmt: skip
        calendar.add(name, value)
    for one in feed.days:
        event = Event()
        event.add("uid", f"{one.key}@{feed.host}")
        event.add("dtstamp", feed.made)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", one.title)
        event.add("description", one.text)
        event.add("url", one.url)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
