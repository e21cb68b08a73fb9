"""Why a series breaks: four causes, never mixed.

A series is figures of one measure for one place. Two neighbours in it may be compared unless, between them, the
wording changed, the application of the wording changed, the units behind the figure changed, or the source or the way
of measuring changed. A break names the cause, the first day of the new, and both sides of it, so that a reader is one
click from what changed. Whether two figures happen to be alike says nothing: a break stands between equal figures too.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from information_models.footing import Ground, Shift
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

    ``before`` and ``after`` are the content hashes of the two versions for wording and application (of the model, where it
    is the model that says something else), and the codes of the units (joined by spaces) for coverage. ``note`` says it in words where that is more than the cause.
    """

    on: date
    cause: Cause
    region: str
    concept: str = ""
    before: str = ""
    after: str = ""
    note_sv: str = ""
    note_en: str = ""
    element: str = ""
    """The element of the model that stands on something else, where that is not a wording alone."""

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
            **({"element": self.element} if self.element else {}),
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
class Stand:
    """What the figure of one region and period stood on: the model versions of its releases, the units that were counted, and
    the codes (places, regions) that it is made of."""

    region: str
    first: date
    last: date
    models: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()


CAUSES: Mapping[Ground, Cause] = {
    Ground.CONCEPT: Cause.WORDING,
    Ground.NESTED: Cause.WORDING,
    Ground.DEFINITION: Cause.WORDING,
    Ground.UNIT: Cause.SOURCE,
    Ground.CODES: Cause.SOURCE,
}


def meaning_breaks(
    stands: Sequence[Stand],
    shifts: Callable[[str, str], Sequence[Shift]],
    valid_from: Callable[[str], date | None],
) -> tuple[Break, ...]:
    """Breaks where neighbouring figures stand on what does not mean the same.

    ``shifts(before, after)`` is about two model versions. The break of a wording stands on the new wording's own date
    where that lies between the two figures; every other on the first day of the later one.
    """
    breaks: dict[Break, None] = {}
    for earlier, later in _neighbours(stands):
        for before in earlier.models:
            for after in later.models:
                for shift in shifts(before, after):
                    moved = shift.codes & (earlier.codes | later.codes)
                    if shift.ground is Ground.CODES and not moved:
                        continue
                    on = valid_from(shift.after) if shift.concept and not shift.is_another else None
                    if on is None or not earlier.first < on <= later.first:
                        on = later.first
                    breaks[_shifted(shift, on, later.region, moved)] = None
    return tuple(breaks)


def _shifted(shift: Shift, on: date, region: str, moved: frozenset[str]) -> Break:
    cause = CAUSES[shift.ground]
    if shift.concept and not shift.is_another:
        return Break(on, cause, region, shift.concept, shift.before, shift.after)
    note = _told(shift, moved)
    return Break(on, cause, region, shift.concept, shift.before, shift.after, note.sv, note.en, shift.element)


def _told(shift: Shift, moved: frozenset[str]) -> Text:
    sv, en = shift.label.sv, shift.label.en
    nothing = Text("ingen", "none")
    match shift.ground:
        case Ground.UNIT:
            old, new = shift.old or nothing, shift.new or nothing
            return Text(
                f"{sv} räknas i en annan enhet: {old.sv} före, {new.sv} efter.",
                f"{en} is counted in another unit: {old.en} before, {new.en} after.",
            )
        case Ground.DEFINITION:
            return Text(
                f"Modellen säger något annat om vad {sv} är.", f"The model says something else of what {en} is."
            )
        case Ground.CODES:
            named = sorted(moved)
            codes = ", ".join(named[:MOST_CODES]) + (" …" if len(named) > MOST_CODES else "")
            return Text(
                f"Koder i {sv} betyder något annat än förut: {codes}.",
                f"Codes of {en} mean something else than before: {codes}.",
            )
        case _:
            return Text(f"{sv} räknar ett annat begrepp.", f"{en} counts another concept.")


MOST_CODES = 10


def coverage_breaks(stands: Sequence[Stand]) -> tuple[Break, ...]:
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
        for earlier, later in _neighbours(stands)
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


def _neighbours(stands: Sequence[Stand]) -> Iterable[tuple[Stand, Stand]]:
    by_region: dict[str, list[Stand]] = {}
    for stand in stands:
        by_region.setdefault(stand.region, []).append(stand)
    for _, ordered in sorted(by_region.items()):
        ordered.sort(key=lambda stand: (stand.first, stand.last))
        yield from pairwise(ordered)
