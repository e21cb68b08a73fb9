"""What an assessment comes to: stages, findings, and the rows as they would be sent. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from information_models.typed_rows import TypedRows
from registry.content.canonical import canonical, parse
from registry.finding_catalogue import Stage as FoundIn
from registry.findings import Finding, Place, Severity, Text, worst
from submission_portal.deliveries.assessment import cells, corrections, history, past
from submission_portal.deliveries.assessment.gap import Gap
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.sheets import Corner, shortened
from submission_portal.deliveries.spans import span_name

PLACES_KEPT = 200
"""So many places of a finding are kept with a delivery; the count is always whole, and the page says what it shows."""
GAPS_KEPT = 1000


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

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Stage":
        return cls(
            name=data["name"],
            status=data["status"],
            ran=data.get("ran", 0),
            examples=tuple(Text.from_dict(text) for text in data.get("examples", ())),
            not_run=tuple((Text.from_dict(one["what"]), Text.from_dict(one["why"])) for one in data.get("not_run", ())),
            facts=data.get("facts", {}),
        )


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that was found, and the rows as they would be sent: of a correction its own rows alone.

    What is stored with a delivery is `as_kept`: without the rows, which are an object of their own. One that says nothing
    is that of a delivery that waits to be checked.
    """

    stages: tuple[Stage, ...] = ()
    findings: tuple[Finding, ...] = ()
    typed: TypedRows | None = field(default=None, compare=False)
    corners: Mapping[str, Corner] = field(default_factory=dict)
    """By finding key."""
    changes: tuple[history.Change, ...] = ()
    year_changes: tuple[history.Change, ...] = ()
    """The same beside the same period last year."""
    outliers: tuple[past.Outlier, ...] = ()
    """Values that lie far from those of many periods before."""
    corrected: tuple[corrections.ChangedValue, ...] = ()
    said: tuple[cells.Said, ...] = ()
    """What the sender said about empty cells."""
    gaps: tuple[Gap, ...] = ()
    """Periods without a row for a unit, answered or not, in the order in which they are kept."""
    first: date | None = None
    last: date | None = None
    rows: int = 0
    letters: Mapping[str, str] = field(default_factory=dict)
    compared_with: tuple[str, ...] = ()
    """What a correction or a replacement was held against: the id and the state of each delivery."""
    stored_keys: tuple[str, ...] = ()
    """The keys that the findings were stored under; what an earlier release called a finding is still its key."""
    about: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By key of a finding that has to be explained: everything that it is about (`identity`)."""
    explained: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By key: what the explanation of a finding was given for."""
    content_hash_scheme: str | None = None
    """What the hash of the rows was made by (`content_hashes`); earlier versions did not say, and had one way."""
    lapsed: Mapping[str, str] = field(default_factory=dict)
    """By key: explanations that do not count any more, since the finding is about something else too."""
    row_keys: pl.DataFrame | None = field(default=None, compare=False)
    """The unit and the period of each row (`identity.row_keys`), where something was found; not stored."""
    numbered: Mapping[str, Sequence[Place]] = field(default_factory=dict, compare=False)
    """By key the places of each finding by the numbers of the rows that were checked, where the sender's sheet has others; not stored."""
    attempt: Mapping[str, int] = field(default_factory=dict)
    """How many cells the attempt before had that this one has not, and so on, by `found_cells.Change`; empty where there was
    none before."""

    @property
    def frame(self) -> pl.DataFrame | None:
        """The rows with whole columns of values and texts."""
        return self.typed.frame if self.typed is not None else None

    @property
    def keyed(self) -> tuple[tuple[str, Finding], ...]:
        """The findings with their keys."""
        keys = self.stored_keys or tuple(finding_key(finding) for finding in self.findings)
        return tuple(zip(keys, self.findings, strict=True))

    @property
    def period(self) -> str:
        return span_name(self.first, self.last) if self.first and self.last else ""

    @property
    def is_complete(self) -> bool:
        """Whether neither an error nor a question is left."""
        return self.typed is not None and worst(self.findings) not in (Severity.ERROR, Severity.QUESTION)

    def as_dict(self) -> dict[str, object]:
        """For storage with the delivery: at most `PLACES_KEPT` places per finding, and the whole count."""
        if not self.stages and not self.findings:
            return self._explanations() if self.explained or self.lapsed else {}
        return {
            "stages": [stage.as_dict() for stage in self.stages],
            "findings": [{**_kept(finding).as_dict(), "key": key} for key, finding in self.keyed],
            "corners": {key: each.as_dict() for key, each in self.corners.items()},
            "changes": [change.as_dict() for change in self.changes[:PLACES_KEPT]],
            **_stated("year_changes", self.year_changes),
            **_stated("outliers", self.outliers),
            "said": [one.as_dict() for one in self.said],
            "gaps": [gap.as_dict() for gap in self.gaps[:GAPS_KEPT]],
            "corrected": [change.as_dict() for change in self.corrected[:PLACES_KEPT]],
            "compared_with": list(self.compared_with),
            "about": {key: list(told) for key, told in self.about.items()},
            **({"attempt": dict(self.attempt)} if self.attempt else {}),
            **({"content_hash_scheme": self.content_hash_scheme} if self.content_hash_scheme else {}),
            **self._explanations(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Assessment":
        """An assessment as it was stored, by whichever release."""
        findings = data.get("findings", ())
        return cls(
            stages=tuple(Stage.from_dict(one) for one in data.get("stages", ())),
            findings=tuple(Finding.from_dict(one) for one in findings),
            corners={key: Corner.from_dict(one) for key, one in data.get("corners", {}).items()},
            changes=tuple(history.Change.from_dict(one) for one in data.get("changes", ())),
            year_changes=tuple(history.Change.from_dict(one) for one in data.get("year_changes", ())),
            outliers=tuple(past.Outlier.from_dict(one) for one in data.get("outliers", ())),
            corrected=tuple(corrections.ChangedValue.from_dict(one) for one in data.get("corrected", ())),
            said=tuple(cells.Said.from_dict(one) for one in data.get("said", ())),
            gaps=tuple(Gap.from_dict(one) for one in data.get("gaps", ())),
            compared_with=tuple(data.get("compared_with", ())),
            stored_keys=tuple(str(one["key"]) for one in findings),
            about={key: tuple(told) for key, told in data.get("about", {}).items()},
            explained={key: tuple(told) for key, told in data.get("explained", {}).items()},
            lapsed=data.get("lapsed", {}),
            attempt=data.get("attempt", {}),
            content_hash_scheme=data.get("content_hash_scheme"),
        )

    def _explanations(self) -> dict[str, object]:
        return {"explained": {key: list(told) for key, told in self.explained.items()}, "lapsed": dict(self.lapsed)}

    def as_kept(self) -> "Assessment":
        """What is stored of it."""
        return Assessment.from_dict(parse(canonical(self.as_dict())))


def _stated(name: str, found: Sequence[history.Change] | Sequence[past.Outlier]) -> dict[str, object]:
    return {name: [one.as_dict() for one in found[:PLACES_KEPT]]} if found else {}


_WHOLE = (FoundIn.FILE, FoundIn.HISTORY, FoundIn.CORRECTION)
"""Stages in which a finding gathers everything of its rule, whatever elements that is in."""


def finding_key(finding: Finding) -> str:
    """What tells one finding of a delivery from another: its rule, and the element or rule that it is about.

    >>> from registry.findings import Place
    >>> finding_key(FINDINGS.found("ROW-004", places=(Place(row=3, field="disponibla"),)))
    'ROW-004.disponibla'
    """
    about = str(finding.params.get("rule") or next((field for place in finding.places if (field := place.field)), ""))
    return f"{finding.code}.{about}" if about and FINDINGS.stored(finding).stage not in _WHOLE else finding.code


def _kept(finding: Finding) -> Finding:
    count = {"count": finding.count} if len(finding.places) > PLACES_KEPT else {}
    places = tuple(
        replace(place, value=shortened(place.value)) if place.value else place for place in finding.places[:PLACES_KEPT]
    )
    return replace(finding, params={**finding.params, **count}, places=places)
