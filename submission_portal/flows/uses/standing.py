"""Where a use stands on a day: whether a delivery may be disclosed for it, and whether what was delivered may stand in figures.

A use has a reference that decisions name: ``use:<item id>``, or for what was approved before lines and uses were told apart
``flow:<line's item id>`` (the recipient's) and ``public:<line's item id>`` (everybody's, which nobody had decided). Pure.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from legal_checks.data_protection import GroundStanding, check_ground
from registry.findings import Finding, Text
from registry.items.lifecycle import State
from submission_portal.flows.audiences import Audience
from submission_portal.flows.finding_texts import FINDINGS
from submission_portal.flows.standing import Validity
from submission_portal.flows.uses.content import Use

USE, CARRIED, CARRIED_PUBLIC = "use", "flow", "public"


@dataclass(frozen=True, slots=True)
class StandingUse:
    """A use that was approved, or carried over, with the ground that it stands on."""

    ref: str
    line_item_id: str
    use: Use
    version_hash: str
    """Its own approved version, or the ``flow/1`` version that it is carried over from."""
    validity: Validity
    is_carried_over: bool

    @property
    def is_to_be_decided(self) -> bool:
        """Whether everybody reads what nobody has decided."""
        return self.is_carried_over and self.use.audience is Audience.PUBLIC

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back. What was carried over from a line that is withdrawn only ends: nobody took back its use."""
        return self.validity.state is State.WITHDRAWN and not self.is_carried_over

    @property
    def first_day(self) -> date:
        """The first day on which a delivery may be disclosed for it."""
        return max(self.use.valid_from, self.validity.valid_from or self.use.valid_from)

    @property
    def sunset(self) -> date:
        """The last day on which a delivery may be disclosed for it."""
        last = self.validity.valid_to
        return self.use.sunset if last is None else min(self.use.sunset, last)

    @property
    def kept_until(self) -> date | None:
        """The last day on which what was delivered for it may stand in figures; ``None`` where nothing was said of it."""
        months = self.use.retention_months
        return None if months is None else months_after(self.use.sunset, months)


def refusal(standing: StandingUse, on: date) -> Finding | None:
    """Why no delivery may be disclosed for the use on the day, or ``None`` where it may."""
    use, validity = standing.use, standing.validity
    if validity.state is State.WITHDRAWN:
        return FINDINGS.found("USE-102", {"use": use.title})
    if validity.state not in (State.PUBLISHED, State.SUPERSEDED):
        return FINDINGS.found("USE-101", {"use": use.title})
    if validity.valid_to is not None and on > validity.valid_to:
        return FINDINGS.found("USE-103", {"use": use.title, "valid_to": validity.valid_to.isoformat()})
    if on < standing.first_day:
        return FINDINGS.found("USE-104", {"use": use.title, "valid_from": standing.first_day.isoformat()})
    if use.ground.standing(on) is GroundStanding.ENDED:
        return check_ground(use.ground, on)[0]
    if on > use.valid_to:
        return FINDINGS.found("USE-105", {"use": use.title, "valid_to": use.valid_to.isoformat()})
    return None


def stands_in_figures(standing: StandingUse, on: date) -> bool:
    """Whether what was delivered for the use may stand in its recipient's figures on the day.

    Ending takes nothing back: what was delivered stays until its retention ends. Withdrawing does.
    """
    if standing.is_withdrawn or on < standing.first_day:
        return False
    last = standing.kept_until
    return last is None or on <= last


def highest_threshold(uses: Iterable[StandingUse]) -> int:
    """The highest of some uses' thresholds for small numbers; 0 where there are none.

    >>> highest_threshold([])
    0
    """
    return max((one.use.policy.threshold for one in uses), default=0)


def purposes(uses: Iterable[StandingUse]) -> Text:
    """What some uses are for, one after the other."""
    return _each_once((one.use.purpose for one in uses), " ")


def grounds(uses: Iterable[StandingUse]) -> Text:
    """The grounds that some uses stand on."""
    return _each_once((one.use.ground.title for one in uses), "; ")


def _each_once(texts: Iterable[Text], between: str) -> Text:
    once = list(dict.fromkeys(texts))
    return Text(between.join(one.sv for one in once), between.join(one.en for one in once))


def months_after(day: date, months: int) -> date:
    """The day some months later, the last of its month where that has no such day.

    >>> months_after(date(2026, 12, 31), 2), months_after(date(2026, 1, 15), 12)
    (datetime.date(2027, 2, 28), datetime.date(2027, 1, 15))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
