"""Why a series breaks: four causes, never mixed.

A series is figures of one measure for one place. Two neighbours in it may be compared unless, between them, the
wording changed, the application of the wording changed, the units behind the figure changed, or the source or the way
of measuring changed. A break names the cause, the first day of the new, and both sides of it, so that a reader is one
click from what changed. Whether two figures happen to be alike says nothing: a break stands between equal figures too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from registry.findings import Text
from registry.period import Period

COUNTRY = "00"
"""The code of the whole country, as SKR and Statistics Sweden write it."""


class Cause(StrEnum):
    """What changed. The values are those that `ui.break_mark` draws."""

    WORDING = "wording"
    APPLICATION = "application"
    COVERAGE = "coverage"
    SOURCE = "source"

    @property
    def label(self) -> Text:
        return LABELS[self]


LABELS = {
    Cause.WORDING: Text("Ändrad ordalydelse", "Changed wording"),
    Cause.APPLICATION: Text("Ändrad tillämpning", "Changed application"),
    Cause.COVERAGE: Text("Ändrad täckning", "Changed coverage"),
    Cause.SOURCE: Text("Ändrad källa eller mätning", "Changed source or measuring"),
}


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """One break in the figures of ``region``, from the day ``on``.

    ``before`` and ``after`` are the content hashes of the two versions for wording and application, and the codes of
    the units (joined by spaces) for coverage. ``note`` says it in words where that is more than the cause.
    """

    on: date
    cause: Cause
    region: str
    concept: str = ""
    before: str = ""
    after: str = ""
    note_sv: str = ""
    note_en: str = ""

    @property
    def note(self) -> Text:
        return Text(self.note_sv, self.note_en)

    def as_dict(self) -> dict[str, str]:
        return {
            "on": self.on.isoformat(),
            "cause": self.cause.value,
            "region": self.region,
            "concept": self.concept,
            "before": self.before,
            "after": self.after,
            "note_sv": self.note_sv,
            "note_en": self.note_en,
        }

    @classmethod
    def from_dict(cls, data: dict[str, str]) -> "Break":
        return cls(**{**data, "on": date.fromisoformat(data["on"]), "cause": Cause(data["cause"])})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Statement:
    """A region's application statement as far as time and identity go; ``None`` dates are open ends."""

    version_hash: str
    concept: str
    region: str
    valid_from: date | None
    valid_to: date | None
    answers: tuple[tuple[str, str], ...]
    """(question, answer), sorted."""


def application_breaks(
    statements: Iterable[Statement], differ: Callable[[Statement, Statement], bool]
) -> tuple[Break, ...]:
    """Breaks where a region's following statement answers differently from the one before it.

    A change of text alone is no break: ``differ`` compares the structured answers (`termbank.comparing.comparability`).
    """
    by_series: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        by_series.setdefault((statement.region, statement.concept), []).append(statement)
    breaks = []
    for (region, concept), ordered in sorted(by_series.items()):
        ordered.sort(key=lambda statement: statement.valid_from or date.min)
        for earlier, later in pairwise(ordered):
            if later.valid_from and differ(earlier, later):
                breaks.append(
                    Break(
                        later.valid_from,
                        Cause.APPLICATION,
                        region,
                        concept,
                        earlier.version_hash,
                        later.version_hash,
                    )
                )
    return tuple(breaks)


@dataclass(frozen=True, slots=True)
class Footing:
    """What the figures of one region and period stood on: the pinned wording, and the units that were counted."""

    region: str
    first: date
    last: date
    concept: str
    concept_version: str
    units: frozenset[str]


def wording_breaks(
    footings: Sequence[Footing], changed_meaning: Callable[[str, str], bool], valid_from: Callable[[str], date | None]
) -> tuple[Break, ...]:
    """Breaks where the pinned wording of neighbouring figures changed in meaning.

    ``changed_meaning(before, after)`` is about two version hashes; an editorial change is no break. The break stands
    on the new wording's own date where that lies between the two figures.
    """
    breaks = []
    for earlier, later in _neighbours(footings):
        if earlier.concept_version == later.concept_version:
            continue
        if changed_meaning(earlier.concept_version, later.concept_version):
            on = valid_from(later.concept_version)
            if on is None or not earlier.first < on <= later.first:
                on = later.first
            breaks.append(
                Break(on, Cause.WORDING, later.region, later.concept, earlier.concept_version, later.concept_version)
            )
    return tuple(breaks)


def coverage_breaks(footings: Sequence[Footing]) -> tuple[Break, ...]:
    """Breaks where other units stand behind the figure than behind the one before it.

    Units are hospitals for a region's figures and regions for the country's. A unit that is closed is still covered.
    """
    return tuple(
        Break(
            later.first,
            Cause.COVERAGE,
            later.region,
            before=" ".join(sorted(earlier.units)),
            after=" ".join(sorted(later.units)),
        )
        for earlier, later in _neighbours(footings)
        if earlier.units != later.units
    )


@dataclass(frozen=True, slots=True)
class Declared:
    """A change of source system or measuring as somebody responsible has declared it."""

    region: str
    on: date
    note: Text


def source_breaks(declared: Iterable[Declared]) -> tuple[Break, ...]:
    return tuple(Break(one.on, Cause.SOURCE, one.region, note_sv=one.note.sv, note_en=one.note.en) for one in declared)


def between(breaks: Iterable[Break], earlier: Period, later: Period) -> tuple[Break, ...]:
    """The breaks that stand between two figures of one kind of period.

    A break inside a figure's period makes that figure a mixture, and parts it from both neighbours.

    >>> b = Break(date(2018, 3, 1), Cause.APPLICATION, "25")
    >>> [between([b], Period.parse(one), Period.parse(other)) == (b,)
    ...  for one, other in (("2018-02-28", "2018-03-01"), ("2018-03-01", "2018-04-01"), ("2017", "2018"), ("2018", "2019"))]
    [True, False, True, True]
    """
    return tuple(sorted(one for one in breaks if earlier.first < one.on <= later.last))


def of_region(breaks: Iterable[Break], region: str, is_summed: bool) -> tuple[Break, ...]:
    """The breaks that a region's series has. A summed country has those of all its regions, and its own."""
    return tuple(sorted(one for one in breaks if one.region in (region, "") or (is_summed and region == COUNTRY)))


def _neighbours(footings: Sequence[Footing]) -> Iterable[tuple[Footing, Footing]]:
    by_region: dict[tuple[str, str], list[Footing]] = {}
    for footing in footings:
        by_region.setdefault((footing.region, footing.concept), []).append(footing)
    for _, ordered in sorted(by_region.items()):
        ordered.sort(key=lambda footing: (footing.first, footing.last))
        yield from pairwise(ordered)
