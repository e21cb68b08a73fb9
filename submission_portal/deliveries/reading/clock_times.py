"""A time of day after a day, with or without a time zone, as systems write it; and the Swedish day that it falls on. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from registry.clock import SWEDISH

_OFFSET = r"\s?(?P<zone>Z|UTC|GMT|CET|CEST|(?P<sign>[+-])(?P<ahead>\d{2})(?::?(?P<minutes_ahead>\d{2}))?)?"
_HALF = r"(?:\s?(?P<half>[ap])\.?m\.?)?"
_CLOCK = re.compile(
    r"(?:T|,? (?:kl(?:ockan|\.)? ?)?)(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?" + _HALF + _OFFSET + r")$",
    re.IGNORECASE,
)  # fmt: skip
_COMPACT = re.compile(
    r"(?<=\d{8})[T ]?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?:[.,]\d{1,9})?" + _OFFSET + "$", re.IGNORECASE
)
_HOUR = re.compile(r"(?:T| kl(?:ockan|\.)? ?)(?P<hour>\d{1,2})(?P<minute>)(?P<second>)" + _OFFSET + "$", re.IGNORECASE)
_NAMED = {"z": 0, "utc": 0, "gmt": 0, "cet": 60, "cest": 120}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. ``ahead`` is how many minutes its zone is ahead of UTC; ``None`` where no zone is written."""

    hour: int
    minute: int
    second: int
    ahead: int | None

    @property
    def is_end_of_day(self) -> bool:
        """Whether it is 24:00, which people write for the end of the day that they name."""
        return self.hour == 24

    def swedish_day(self, day: date) -> date:
        """The day on which it is then in Sweden; without a zone the day that is written. Raises ``OverflowError`` beyond all calendars.

        >>> Clock(23, 0, 0, 0).swedish_day(date(2026, 10, 1)), Clock(24, 0, 0, None).swedish_day(date(2026, 10, 1))
        (datetime.date(2026, 10, 2), datetime.date(2026, 10, 1))
        """
        if self.ahead is None:
            return day
        zone = timezone(timedelta(minutes=self.ahead))
        moment = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
        moment += timedelta(hours=self.hour, minutes=self.minute, seconds=self.second)
        return moment.astimezone(SWEDISH).date()


def divided(text: str) -> tuple[str, Clock | None] | None:
    """What stands before a time of day, and the time; ``None`` where what looks like a time is none.

    >>> divided("2026-10-01T23:00:00+02:00")
    ('2026-10-01', Clock(hour=23, minute=0, second=0, ahead=120))
    >>> divided("2026-10-01 11:30 PM"), divided("2026-10-01 13:30 PM")
    (('2026-10-01', Clock(hour=23, minute=30, second=0, ahead=None)), None)
    >>> divided("202610010600"), divided("2026-10-01"), divided("2026-10-01 25:00")
    (('20261001', Clock(hour=6, minute=0, second=0, ahead=None)), ('2026-10-01', None), None)
    """
    match = _CLOCK.search(text) or _COMPACT.search(text) or _HOUR.search(text)
    if match is None:
        return text, None
    hour = _hour(match)
    if hour is None:
        return None
    clock = Clock(hour, int(match["minute"] or 0), int(match["second"] or 0), _ahead(match))
    if clock.hour > 24 or clock.minute > 59 or clock.second > 60:
        return None
    if clock.ahead is not None and abs(clock.ahead) > 14 * 60:
        return None
    if clock.is_end_of_day and (clock.minute or clock.second):
        return None
    return text[: match.start()], clock


def has_half_of_day(text: str) -> bool:
    """Whether a text ends in a time with AM or PM.

    >>> has_half_of_day("2026-10-01 6:00 AM"), has_half_of_day("2026-10-01 06:00")
    (True, False)
    """
    match = _CLOCK.search(text)
    return match is not None and bool(match["half"])


def _hour(match: re.Match[str]) -> int | None:
    """The hour of 24; ``None`` where AM or PM stands after one that is none of twelve."""
    hour, half = int(match["hour"]), match.groupdict().get("half")
    if not half:
        return hour
    return hour % 12 + (12 if half in "pP" else 0) if 1 <= hour <= 12 else None


def _ahead(match: re.Match[str]) -> int | None:
    zone = match["zone"]
    if not zone:
        return None
    if match["sign"]:
        minutes = int(match["ahead"]) * 60 + int(match["minutes_ahead"] or 0)
        return -minutes if match["sign"] == "-" else minutes
    return _NAMED[zone.casefold()]
