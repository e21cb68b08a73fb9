"""The minute at which a table version is released, as people write it: Swedish time. Pure."""

from datetime import UTC, datetime, timedelta

from registry.clock import SWEDISH, local

FORM = "%Y-%m-%dT%H:%M"
FURTHEST = timedelta(days=366)
"""A release further off than this is taken for a slip of the pen."""


def moment_of(written: datetime) -> datetime | None:
    """The moment at which Swedish clocks show ``written`` (without a zone); ``None`` where they never do.

    When clocks are put back an hour comes twice; the later one is meant, so that nothing is out before its time.

    >>> moment_of(datetime(2026, 12, 1, 8, 0)).isoformat()
    '2026-12-01T07:00:00+00:00'
    >>> moment_of(datetime(2026, 10, 25, 2, 30)).isoformat()
    '2026-10-25T01:30:00+00:00'
    >>> moment_of(datetime(2026, 3, 29, 2, 30)) is None
    True
    """
    moment = written.replace(second=0, microsecond=0, tzinfo=SWEDISH, fold=1).astimezone(UTC)
    return moment if local(moment).replace(tzinfo=None) == written.replace(second=0, microsecond=0) else None


def read_time(text: str) -> datetime:
    """A minute as a person wrote it, with ``T`` or a space between day and time, without a zone. Raises ``ValueError``.

    >>> read_time(" 2026-12-01 08:00 ")
    datetime.datetime(2026, 12, 1, 8, 0)
    """
    return datetime.strptime(text.strip().replace(" ", "T", 1), FORM)  # noqa: DTZ007 (what clocks show; `moment_of` has the zone)


def written(moment: datetime) -> str:
    """A moment as a form shows it.

    >>> written(datetime(2026, 12, 1, 7, 0, tzinfo=UTC))
    '2026-12-01T08:00'
    """
    return local(moment).strftime(FORM)
