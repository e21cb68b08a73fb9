"""Time: UTC in storage, Swedish local time to people, plain dates in law.

Services take ``now`` as an argument; only the edges (a request, a command, a job) call :func:`now`.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SWEDISH = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """The present moment, timezone-aware, in UTC, to the microsecond."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """``moment`` (timezone-aware) as Swedish local time.

    >>> local(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)).isoformat()
    '2026-07-02T00:30:00+02:00'
    """
    return moment.astimezone(SWEDISH)


def today(moment: datetime | None = None) -> date:
    """The Swedish date at ``moment`` (default: now)."""
    return local(moment or now()).date()


def end_of(day: date) -> datetime:
    """The moment at which a Swedish day is over: the first of the next, in UTC.

    >>> end_of(date(2026, 7, 1)).isoformat(), end_of(date(2026, 10, 25)).isoformat()
    ('2026-07-01T22:00:00+00:00', '2026-10-25T23:00:00+00:00')
    """
    return datetime.combine(day + timedelta(days=1), time(), SWEDISH).astimezone(UTC)
