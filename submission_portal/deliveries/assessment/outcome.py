"""What an assessment comes to: stages, findings, and the rows as they would be sent. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from registry.finding_catalogue import Stage as FoundIn
from registry.findings import Finding, Severity, Text, worst
from submission_portal.deliveries.assessment import cells, corrections, history
from submission_portal.deliveries.finding_texts import FINDINGS
from submission_portal.deliveries.reading.sheets import Corner, shortened
from submission_portal.deliveries.spans import span_name

PLACES_KEPT = 200
"""So many places of a finding are kept with a delivery; the count is always whole, and the page says what it shows."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage's outcome. ``status`` is ``ok``, ``info``, ``warn``, ``stop`` or ``idle`` (not run)."""

    name: str
    status: str
    ran: int = 0
    examples: tuple[Text, ...] = ()
    not_run: tuple[tuple[Text, Text], ...] = ()
    """Checks that did not run, and why."""
    facts: Mapping[str, str | int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        return {
            "name": self.name,
            "status": self.status,
            "ran": self.ran,
            "examples": [text.as_dict() for text in self.examples],
            "not_run": [{"what": what.as_dict(), "why": why.as_dict()} for what, why in self.not_run],
            "facts": dict(self.facts),
        }


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that was found, and the rows as they would be sent: of a correction its own rows alone."""

    stages: tuple[Stage, ...]
    findings: tuple[Finding, ...]
    frame: pl.DataFrame | None = None
    corners: Mapping[str, Corner] = field(default_factory=dict)
    """By finding key."""
    changes: tuple[history.Change, ...] = ()
    corrected: tuple[corrections.ChangedValue, ...] = ()
    said: tuple[cells.Said, ...] = ()
    """What the sender said about empty cells."""
    first: date | None = None
    last: date | None = None
    rows: int = 0
    letters: Mapping[str, str] = field(default_factory=dict)

    @property
    def period(self) -> str:
        return span_name(self.first, self.last) if self.first and self.last else ""

    @property
    def is_complete(self) -> bool:
        """Whether neither an error nor a question is left."""
        return self.frame is not None and worst(self.findings) not in (Severity.ERROR, Severity.QUESTION)

    def as_dict(self) -> dict[str, object]:
        """For storage with the delivery: at most `PLACES_KEPT` places per finding, and the whole count."""
        return {
            "stages": [stage.as_dict() for stage in self.stages],
            "findings": [_kept(finding) for finding in self.findings],
            "corners": {key: each.as_dict() for key, each in self.corners.items()},
            "changes": [change.as_dict() for change in self.changes[:PLACES_KEPT]],
            "said": [one.as_dict() for one in self.said],
            "corrected": [change.as_dict() for change in self.corrected[:PLACES_KEPT]],
        }


_WHOLE = (FoundIn.FILE, FoundIn.HISTORY, FoundIn.CORRECTION)
"""Stages in which a finding gathers everything of its rule, whatever elements that is in."""


def finding_key(finding: Finding) -> str:
    """What tells one finding of a delivery from another: its rule, and the element or rule that it is about.

    >>> from registry.findings import Place
    >>> finding_key(FINDINGS.found("ROW-004", places=(Place(row=3, field="disponibla"),)))
    'ROW-004.disponibla'
    """
    about = str(finding.params.get("rule") or next((place.field for place in finding.places if place.field), "") or "")
    return f"{finding.code}.{about}" if about and FINDINGS.stored(finding).stage not in _WHOLE else finding.code


def _kept(finding: Finding) -> dict[str, object]:
    count = {"count": len(finding.places)} if len(finding.places) > PLACES_KEPT else {}
    places = tuple(
        replace(place, value=shortened(place.value)) if place.value else place for place in finding.places[:PLACES_KEPT]
    )
    kept = replace(finding, params={**finding.params, **count}, places=places)
    return {**kept.as_dict(), "key": finding_key(finding)}
