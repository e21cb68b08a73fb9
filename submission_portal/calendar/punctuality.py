"""Whether a period that is expected has been delivered, and in time: from what was received and when. Pure.

A period is delivered at the moment at which what was received covers all of it: all its days (or one, where one is enough), in
every part that the line is divided into. A correction of single rows covers nothing anew. What was replaced counts for the
moment, so that nobody becomes late by mending what came in time; but something must stand today.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from registry import clock
from registry.findings import Text
from submission_portal.flows.timetables.timetable import Absence, Expected, Span

WHOLE = ""
ONE_DAY = timedelta(days=1)


class DueState(StrEnum):
    AWAY = "away"
    """The region does not take part on a day of the period, and has delivered nothing."""
    RUNNING = "running"
    """The period is not over."""
    DUE = "due"
    """It is over, and can still be delivered in time."""
    MISSING = "missing"
    """Its last day has passed, and it has not been delivered as a whole."""
    IN_TIME = "in_time"
    LATE = "late"
    """Delivered as a whole after its last day."""

    @property
    def label(self) -> Text:
        return STATES[self][1]

    @property
    def sign(self) -> str:
        """The kind of its status: icon and colour."""
        return STATES[self][0]

    @property
    def is_delivered(self) -> bool:
        return self in (DueState.IN_TIME, DueState.LATE)


STATES = {
    DueState.AWAY: ("idle", Text("Väntas inte", "Not expected")),
    DueState.RUNNING: ("idle", Text("Perioden är inte slut", "The period is not over")),
    DueState.DUE: ("info", Text("Att leverera", "To be delivered")),
    DueState.MISSING: ("stop", Text("Saknas", "Missing")),
    DueState.IN_TIME: ("ok", Text("Levererad i tid", "Delivered in time")),
    DueState.LATE: ("warn", Text("Levererad sent", "Delivered late")),
}


@dataclass(frozen=True, slots=True)
class Received:
    """A delivery that was received, of a whole period or a part of it: its first and last day, and the moment.

    ``stands`` is false of one that another one has replaced since.
    """

    part: str
    first: date
    last: date
    at: datetime
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where an expected period stands. ``at``: when it was delivered as a whole."""

    state: DueState
    at: datetime | None = None
    has_some: bool = False
    """Whether something of it has come, where not all of it has."""


def outcome(
    expected: Expected, parts: Sequence[str], received: Sequence[Received], away: Iterable[Absence], now: datetime
) -> Outcome:
    """Where a period stands at ``now``. ``parts`` are the line's, none where a period is delivered whole."""
    mine = [one for one in received if one.first <= expected.period.last and one.last >= expected.period.first]
    if _covered_at(expected, parts, [one for one in mine if one.stands]) is not None:
        at = _covered_at(expected, parts, mine)
        is_in_time = at is not None and at < clock.end_of(expected.due)
        return Outcome(DueState.IN_TIME if is_in_time else DueState.LATE, at)
    if any(one.touches(expected.span) for one in away):
        return Outcome(DueState.AWAY, has_some=bool(mine))
    if now < clock.end_of(expected.period.last):
        state = DueState.RUNNING
    elif now < clock.end_of(expected.due):
        state = DueState.DUE
    else:
        state = DueState.MISSING
    return Outcome(state, has_some=any(one.stands for one in mine))


def _covered_at(expected: Expected, parts: Sequence[str], received: Sequence[Received]) -> datetime | None:
    """When the last day of the last part was received; ``None`` where something of it has not been."""
    gaps: dict[str, list[Span]] = {part: [expected.span] for part in (parts or (WHOLE,))}
    for one in sorted(received, key=lambda one: one.at):
        for part in list(gaps):
            if one.part in (part, WHOLE) or not parts:
                left = [] if expected.is_once else _without(gaps[part], (one.first, one.last))
                if left:
                    gaps[part] = left
                else:
                    del gaps[part]
        if not gaps:
            return one.at
    return None


def _without(gaps: Iterable[Span], taken: Span) -> list[Span]:
    """
    >>> _without([(date(2026, 12, 1), date(2026, 12, 31))], (date(2026, 12, 1), date(2026, 12, 30)))
    [(datetime.date(2026, 12, 31), datetime.date(2026, 12, 31))]
    """
    left = []
    for first, last in gaps:
        before, behind = (first, min(last, taken[0] - ONE_DAY)), (max(first, taken[1] + ONE_DAY), last)
        left += [one for one in (before, behind) if one[0] <= one[1]]
    return left
