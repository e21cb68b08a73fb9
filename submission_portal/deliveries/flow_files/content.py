"""A flow file: everything of a line that a file is checked with, so that its region can check on a machine of its own. Pure.

``flow-file/1`` holds the model with its code lists, the line's parts and periods, the threshold for small numbers and what each use takes for
one, the confirmed units, the layouts, which wordings the region has stated how it applies, and what the line's earlier deliveries came to. Those
figures are the region's own. There is no key in it, no name of a person, no explanation and no registry number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

import polars as pl

from information_models.definitions import LoadedModel
from registry.findings import Text
from registry.period import PeriodKind
from submission_portal.deliveries.assessment.before import Earlier
from submission_portal.deliveries.assessment.gap import Gap
from submission_portal.deliveries.assessment.handed_over import UseRule
from submission_portal.deliveries.assessment.line_check import CheckedLine
from submission_portal.deliveries.assessment.standing import Standing
from submission_portal.deliveries.flow_files.frames import frame_of
from submission_portal.deliveries.reading.layouts.content import Layout
from submission_portal.flows.content import Parts
from submission_portal.units.unit import RegisteredUnit

Spans = Sequence[tuple[date | None, date | None]]
"""From when to when the statements of a region about a wording apply, in the order in which they began."""


@dataclass(frozen=True)
class KeptDelivery:
    """What the file has of a released delivery: when it was for and sent, its rows as they are corrected, its units and gaps."""

    earlier: Earlier
    part: str
    sent_at: str
    told_rows: Mapping[str, Any] | None = None
    """Its rows as `frames` has them; ``None`` where they cannot be had."""
    told_units: Mapping[str, Any] | None = None
    gaps: tuple[Gap, ...] = ()
    gap_answers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def rows(self) -> pl.DataFrame | None:
        return frame_of(self.told_rows) if self.told_rows is not None else None

    @cached_property
    def units(self) -> pl.DataFrame | None:
        return frame_of(self.told_units) if self.told_units is not None else None

    def as_dict(self) -> dict[str, Any]:
        one = self.earlier
        return {
            "id": one.id, "period": one.period, "first": one.first.isoformat(), "last": one.last.isoformat(),
            "part": self.part, "sent_at": self.sent_at, "rows": self.told_rows, "units": self.told_units,
            "gaps": [gap.as_dict() for gap in self.gaps], "gap_answers": dict(self.gap_answers),
        }  # fmt: skip

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> "KeptDelivery":
        days = date.fromisoformat(told["first"]), date.fromisoformat(told["last"])
        gaps = tuple(Gap.from_dict(gap) for gap in told["gaps"])
        return cls(
            Earlier(told["id"], told["period"], *days),
            told["part"], told["sent_at"], told["rows"], told["units"], gaps, told["gap_answers"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeptStanding:
    """A delivery that stands for some days, as a file for the same days is told of it."""

    standing: Standing
    first: date
    last: date

    def as_dict(self) -> dict[str, Any]:
        one = self.standing
        return {
            "number": one.number, "period": one.period, "part": one.part, "part_name": one.part_name.as_dict(),
            "corrected_by": list(one.corrected_by), "first": self.first.isoformat(), "last": self.last.isoformat(),
        }  # fmt: skip

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> "KeptStanding":
        name, by = Text.from_dict(told["part_name"]), tuple(told["corrected_by"])
        standing = Standing(told["number"], told["period"], told["part"], name, by)
        return cls(standing, date.fromisoformat(told["first"]), date.fromisoformat(told["last"]))


@dataclass(frozen=True, slots=True)
class History:
    """What the line's earlier deliveries came to. It is all that a file needs whose days lie from ``first`` to ``last``."""

    first: date
    last: date
    is_cut: bool = False
    """Whether there were more deliveries than the file may hold, so that the oldest are left out."""
    deliveries: tuple[KeptDelivery, ...] = ()
    standing: tuple[KeptStanding, ...] = ()
    """The latest sent first."""

    def is_enough(self, first: date | None, last: date | None) -> bool:
        """Whether a file for the days has all of what the portal would compare it with."""
        if first is None or last is None:
            return True
        return not self.is_cut and self.first <= first and last <= self.last

    def as_dict(self) -> dict[str, Any]:
        return {
            "first": self.first.isoformat(), "last": self.last.isoformat(), "is_cut": self.is_cut,
            "deliveries": [one.as_dict() for one in self.deliveries],
            "standing": [one.as_dict() for one in self.standing],
        }  # fmt: skip

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> "History":
        return cls(
            date.fromisoformat(told["first"]),
            date.fromisoformat(told["last"]),
            told["is_cut"],
            tuple(KeptDelivery.from_dict(one) for one in told["deliveries"]),
            tuple(KeptStanding.from_dict(one) for one in told["standing"]),
        )


@dataclass(frozen=True)
class FlowFile:
    """The file, read. ``line_version`` is the hash of the line's version; ``checks`` are the codes that the portal looks for."""

    made_at: datetime
    address: str
    """Where the portal is."""
    program: str
    """The version of the program that made it."""
    checks: tuple[str, ...]
    slug: str
    title: Text
    organisation: Text
    line_version: str
    valid_to: date
    loaded: LoadedModel
    parts: Parts | None
    periodicity: tuple[PeriodKind, ...]
    region: str | None
    threshold: int
    units: tuple[RegisteredUnit, ...] | None
    layouts: tuple[Layout, ...]
    statements: Mapping[str, Spans]
    history: History
    uses: tuple[UseRule, ...] = ()
    """What each use of the line takes for a small number; none in a file by an earlier program."""

    @property
    def line(self) -> CheckedLine:
        """The line as a file is checked under it."""
        return CheckedLine(self.loaded, self.parts, self.periodicity, self.region, self.threshold, self.units)

    @property
    def rules(self) -> tuple[UseRule, ...]:
        """What is counted by: the uses', or the highest of their thresholds where that is all that the file says."""
        if self.uses or not self.threshold:
            return self.uses
        return (UseRule(Text("Användningarna", "The uses"), self.threshold),)

    def age_in_days(self, today: date) -> int:
        return (today - self.made_at.date()).days
