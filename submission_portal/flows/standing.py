"""Where a line stands on a day: whether it takes deliveries, and what its people should know ahead of time.

Approvals pin versions, so a newer wording or model stops nothing: an editorial successor is carried over on record, a
change of meaning asks to reconfirm, and so does a withdrawal. Deliveries stop at the line's sunset: its own last day, or that of the last
use that what is delivered may be disclosed for (`uses.standing`). Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from legal_checks.data_protection import WARN_AHEAD, GroundStanding, LegalGround, check_ground
from registry.findings import Finding
from registry.items.lifecycle import State
from submission_portal.flows.content import Line
from submission_portal.flows.finding_texts import FINDINGS


class Consequence(StrEnum):
    """What a successor, or the withdrawal, of something that a flow rests on means for the flow."""

    CARRIED_OVER = "carried_over"
    """The change was editorial: the approval holds, on record, and nobody is asked."""
    RECONFIRM = "reconfirm"
    """The change was of meaning, or what the flow rests on was withdrawn: the flow moves only by a new decision."""


@dataclass(frozen=True, slots=True)
class Validity:
    """When a version of a flow applies: its state, and the days set on publication and on being superseded."""

    state: State
    valid_from: date | None
    valid_to: date | None = None


def refusal(line: Line, validity: Validity, on: date) -> Finding | None:
    """Why the version itself takes no delivery on the day, or ``None`` where it does."""
    if validity.state is State.WITHDRAWN:
        return _stop("FLOW-102")
    if validity.state is State.REJECTED:
        return _stop("FLOW-110")
    if validity.state not in (State.PUBLISHED, State.SUPERSEDED):
        return _stop("FLOW-101")
    if validity.valid_to is not None and on > validity.valid_to:
        return _stop("FLOW-103", valid_to=validity.valid_to.isoformat())
    first = max(line.valid_from, validity.valid_from or line.valid_from)
    if on < first:
        return _stop("FLOW-104", valid_from=first.isoformat())
    if on > line.valid_to:
        return _stop("FLOW-105", valid_to=line.valid_to.isoformat())
    return None


def notices(
    line: Line,
    grounds: Sequence[LegalGround],
    sunset: date,
    changes: Sequence[date | None],
    on: date,
    withdrawn: Sequence[date] = (),
) -> tuple[Finding, ...]:
    """What to say about a line that takes deliveries: an end that comes near, a new decision that is needed.

    ``grounds`` are those of its uses, ``sunset`` the last day on which it takes deliveries. ``changes`` are the first days of changes of meaning in what the line rests on; ``None`` where nobody knows it.
    ``withdrawn`` are the days on which something that the line rests on was withdrawn.
    """
    found: list[Finding] = []
    ending = [ground for ground in grounds if ground.standing(on) is GroundStanding.ENDS_SOON]
    found.extend(check_ground(ground, on)[0] for ground in ending)
    if not ending and line.valid_to >= on and line.valid_to - on <= WARN_AHEAD:
        days = (line.valid_to - on) // timedelta(days=1)
        found.append(FINDINGS.found("FLOW-106", {"valid_to": line.valid_to.isoformat(), "days": days}))
    if withdrawn:
        params: dict[str, str | int] = {"withdrawn_on": min(withdrawn).isoformat(), "sunset": sunset.isoformat()}
        found.append(FINDINGS.found("FLOW-109", params))
    if any(first is None or first <= on for first in changes):
        found.append(FINDINGS.found("FLOW-107", {"sunset": sunset.isoformat()}))
    elif coming := min((first for first in changes if first is not None), default=None):
        found.append(FINDINGS.found("FLOW-108", {"valid_from": coming.isoformat()}))
    return tuple(found)


def _stop(code: str, **params: str | int) -> Finding:
    return FINDINGS.found(code, params)
