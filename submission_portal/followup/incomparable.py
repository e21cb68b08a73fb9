"""Regions whose figures cannot be compared since they apply a wording differently: which, from when to when, and why. Pure.

It is what everybody may know on a day: a difference that its regions still may answer is not here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from registry.findings import Text
from submission_portal.followup.figures import Figure


@dataclass(frozen=True, slots=True)
class Incomparable:
    """Two regions (county codes) that apply a concept differently, with the first and last day on which they do."""

    concept: str
    regions: tuple[str, str]
    first: date | None
    last: date | None
    """``None`` is an open end."""
    reasons: tuple[Text, ...]
    unanswered: tuple[str, ...] = ()
    """The regions that have not answered in time."""
    answers: tuple[tuple[str, date, str], ...] = ()
    """Region, day, and what it has answered."""

    def holds_on(self, day: date) -> bool:
        """Whether the two apply the concept differently on a day; both ends are included."""
        return (self.first or date.min) <= day <= (self.last or date.max)

    def as_dict(self) -> dict[str, Any]:
        """It as an object of a file for machines."""
        return {
            "concept": self.concept,
            "regions": list(self.regions),
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
            "reasons": [reason.as_dict() for reason in self.reasons],
            "unanswered": list(self.unanswered),
            "answers": [{"region": region, "day": day.isoformat(), "text": text} for region, day, text in self.answers],
        }


@dataclass(frozen=True)
class Incomparables:
    """All pairs of regions that are not comparable in a measure, as everybody may know of it on the day ``as_of``."""

    as_of: date
    pairs: Sequence[Incomparable] = ()

    @cached_property
    def _of_region(self) -> dict[str, list[Incomparable]]:
        found: dict[str, list[Incomparable]] = {}
        for pair in self.pairs:
            for region in pair.regions:
                found.setdefault(region, []).append(pair)
        return found

    @cached_property
    def _with_region(self) -> dict[tuple[str, date], tuple[str, ...]]:
        """What `with_region` has found: a file asks it of each of a hundred thousand figures."""
        return {}

    def of(self, region: str | None) -> "Incomparables":
        """Those that a region is one of; all where none is given."""
        if region is None:
            return self
        return Incomparables(self.as_of, tuple(self._of_region.get(region, ())))

    def with_region(self, region: str, day: date) -> tuple[str, ...]:
        """The regions (county codes, in order) that a region's figures of a day cannot be compared with."""
        if (region, day) not in self._with_region:
            pairs = (pair for pair in self._of_region.get(region, ()) if pair.holds_on(day))
            others = {other for pair in pairs for other in pair.regions if other != region}
            self._with_region[region, day] = tuple(sorted(others))
        return self._with_region[region, day]

    def with_figure(self, figure: Figure) -> tuple[str, ...]:
        """The regions that a figure cannot be compared with, as the words were applied on the last day of its period."""
        return self.with_region(figure.region, figure.period.last)

    def as_dict(self) -> dict[str, Any]:
        """They as an object of a file for machines."""
        return {"as_of": self.as_of.isoformat(), "not_comparable": [pair.as_dict() for pair in self.pairs]}
