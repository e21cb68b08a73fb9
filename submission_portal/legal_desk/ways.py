"""The ways to publish a table side by side: what each loses, and what it takes to go that way. As rows of the reviewer's page."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from registry.i18n import read
from submission_portal.followup.evidence import TableEvidence
from submission_portal.followup.hidden_cells import Way, WayToPublish


@dataclass(frozen=True, slots=True)
class WayRow:
    """One way: its name, ``hidden`` of ``cells``, the share of persons in hidden cells in per cent, and what it takes."""

    name: str
    hidden: int
    cells: int
    share: int
    takes: str
    is_this: bool


def way_rows(seen: TableEvidence) -> list[WayRow]:
    """The ways that were looked into, the version itself first; none where there is nothing to compare it with."""
    this = next((one for one in seen.ways if one.way is Way.COMPOSED), None)
    if this is None or len(seen.ways) < 2:
        return []
    return [
        WayRow(_name(seen, one), one.hidden, one.cells, one.share, _takes(seen, one, this), one is this)
        for one in seen.ways
    ]


def _name(seen: TableEvidence, one: WayToPublish) -> Any:
    match one.way:
        case Way.COMPOSED:
            return _("As this version is")
        case Way.FEWEST:
            return _("Hide as few cells as can be")
        case Way.LESS_DETAIL:
            return _("Without the innermost places: %(places)s", places=_innermost(seen))
        case Way.LONGER_PERIODS:
            return _("Longer periods: days put together to months, months to terms")
        case Way.ROUNDED:
            return _("Round to multiples of %(threshold)s", threshold=seen.threshold)


def _takes(seen: TableEvidence, one: WayToPublish, this: WayToPublish) -> Any:
    match one.way:
        case Way.COMPOSED:
            return _("Publish it: your decision on this page.")
        case Way.FEWEST if one.hidden >= this.hidden:
            return _("Fewer cells do not suffice, so nothing would be gained.")
        case Way.FEWEST:
            return _("Cannot be chosen: the registry hides the cells that count the fewest persons.")
        case Way.LESS_DETAIL | Way.LONGER_PERIODS:
            return _(
                "Refuse with this as your reason, and ask the modeller for a version of the measure that is made so. Its table is "
                "composed and reviewed as every other."
            )
        case Way.ROUNDED:
            return _(
                "Cannot be chosen: the registry publishes no rounded figures. A figure would change by at most %(change)s.",
                change=one.change or "0",
            )


def _innermost(seen: TableEvidence) -> str:
    return read(seen.innermost) if seen.innermost is not None else ""
