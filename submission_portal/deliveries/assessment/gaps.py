"""Periods for which a unit has no row, in a file that is whole, and the rows that an answer about them makes. Pure.

A file's periods run from its first to its last without a break, in the file's own rhythm: a day, or a Wednesday each week
where all that stands in it is Wednesdays. Within its own first and last period every unit is expected; a unit that earlier
deliveries had is expected in all periods of the file.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import polars as pl

from information_models.cells import Cells
from information_models.definitions import LoadedModel
from information_models.frames import REGION
from registry.findings import Finding, Place, Text
from registry.period import SHIFTS, Period, PeriodKind
from registry.swedish import sort_key
from submission_portal.deliveries.assessment.history import unit_elements, unit_label
from submission_portal.deliveries.assessment.seen_units import SeenUnits, Unit
from submission_portal.deliveries.finding_texts import FINDINGS
from submission_portal.deliveries.reading.table import ROW
from submission_portal.deliveries.spans import span_label, span_name

CLOSED, NOT_REPORTED, ENDED = "closed", "not_reported", "ended"
GAP_ANSWERS = (CLOSED, NOT_REPORTED, ENDED)
"""What may be answered about a gap. ``ended``: the unit is not expected any more."""
ALL, WITHIN, BESIDE = "*", "within", "beside"
"""Stand for gaps together, as an answer's key: all, those within their units' own periods, and the others."""
AS_BEFORE = "as_before"
"""What may be answered of all: each gap as its unit's last one was."""
LONGEST_RUN_DAYS = 40 * 366
"""A file from one day to another further apart has a mistyped day, and gaps are not looked for."""
REGULAR = 3
"""So many equal steps make a rhythm; fewer may as well be a file with days missing."""

_AS_IS = " !\"#$&'()*+,:;<=>?@[\\]^`{|}"
"""Beside letters and digits, what a unit's value in a key is not escaped for: neither ``/`` nor ``%``."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Periods in a row for which a unit has none: ``count`` of them, from ``first`` to ``last`` (their names)."""

    unit: Unit
    first: str
    last: str
    count: int
    label: Text
    is_within: bool = False
    """Whether the unit has rows before and after."""
    reaches_end: bool = False
    """Whether nothing comes after: the unit may have ended."""
    offered: str = ""
    """What was answered about the unit's last gap."""

    @property
    def key(self) -> str:
        """What an answer about it is kept under: in ASCII, as all names in stored content are, and different for each unit.

        >>> Gap(("65016", "Medicin"), "2026-04-02", "2026-04-29", 28, Text("", "")).key
        '65016/Medicin 2026-04-02--2026-04-29'
        >>> Gap(("65016", "Öron/näsa"), "2026-04-02", "2026-04-02", 1, Text("", "")).key
        '65016/%C3%96ron%2Fn%C3%A4sa 2026-04-02--2026-04-02'
        """
        unit = "/".join(quote(value, safe=_AS_IS) for value in self.unit)
        return f"{unit} {self.first}--{self.last}".strip()

    @property
    def group(self) -> str:
        """What an answer about it and those of its kind is kept under."""
        return WITHIN if self.is_within else BESIDE

    @property
    def answers(self) -> tuple[str, ...]:
        """What may be answered about it."""
        return GAP_ANSWERS if self.reaches_end else (CLOSED, NOT_REPORTED)

    @property
    def periods(self) -> Text:
        """The periods in words."""
        first, last = Period.parse(self.first), Period.parse(self.last)
        if first == last:
            return Text(first.label("sv"), first.label("en"))
        if first.kind is not PeriodKind.SHIFT:
            name = span_name(first.first, last.last)
            return Text(span_label(name, "sv"), span_label(name, "en"))
        return Text(f"{first.label('sv')} – {last.label('sv')}", f"{first.label('en')} – {last.label('en')}")

    @property
    def place(self) -> Place:
        """Unit and periods in words; there is no cell to point at."""
        periods = self.periods
        texts = ((self.label.sv, periods.sv), (self.label.en, periods.en))
        return Place(label=Text(*(": ".join(filter(None, pair)) for pair in texts)), key=(("gap", self.key),))

    def answered(self, answers: Mapping[str, str]) -> str:
        """What ``answers`` say of it, by its key, for its kind or for all; empty where they say nothing that it takes."""
        word = next((said for key in (self.key, self.group, ALL) if (said := answers.get(key))), "")
        return word if word in self.answers else ""

    def as_dict(self) -> dict[str, object]:
        return {
            "unit": list(self.unit), "first": self.first, "last": self.last, "count": self.count,
            "label": self.label.as_dict(), "is_within": self.is_within, "reaches_end": self.reaches_end,
            "offered": self.offered,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Gap":
        return cls(**{**data, "unit": tuple(data["unit"]), "label": Text.from_dict(data["label"])})


@dataclass(frozen=True)
class Usual:
    """The units that are expected: those of the latest accepted deliveries, but for what has ended since.

    ``units`` has a row for each, with its elements as texts (``""``: not stated) and ``__region``.
    """

    units: pl.DataFrame
    offered: Mapping[Unit, str] = field(default_factory=dict)
    """By unit, what was answered about its last gap."""
    fills: PeriodKind | None = None
    """The kind of period that each of those deliveries filled, a month for instance: the days of this one are to fill it too."""

    @cached_property
    def known(self) -> frozenset[Unit]:
        return frozenset(self.units.drop(REGION).rows())


@dataclass(frozen=True)
class Delivered:
    """What an accepted delivery says about units: those that it has (`units_of`), and what was answered about its gaps."""

    units: pl.DataFrame
    gaps: tuple[Gap, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    period: str = ""
    """The name of its span."""


def usual_of(delivered: Sequence[Delivered]) -> Usual | None:
    """What is expected after these deliveries, the oldest first; ``None`` after none."""
    if not delivered:
        return None
    ended: set[Unit] = set()
    offered: dict[Unit, str] = {}
    for one in delivered:
        ended -= set(one.units.drop(REGION).rows())
        said = {gap.unit: word for gap in one.gaps if (word := gap.answered(one.answers))}
        ended |= {unit for unit, word in said.items() if word == ENDED}
        offered |= said
    units = pl.concat([one.units for one in reversed(delivered)])
    names = [name for name in units.columns if name != REGION]
    units = units.unique(names or [REGION], keep="first", maintain_order=True)
    stays = pl.Series([row not in ended for row in units.select(names).rows()], dtype=pl.Boolean) if names else None
    kinds = {_kind_of(one.period) for one in delivered}
    return Usual(units.filter(stays) if stays is not None else units, offered, kinds.pop() if len(kinds) == 1 else None)


def _kind_of(period: str) -> PeriodKind | None:
    try:
        return Period.parse(period).kind
    except ValueError:  # from one day to another
        return None


def find_gaps(
    loaded: LoadedModel,
    frame: pl.DataFrame,
    usual: Usual | None = None,
    today: date | None = None,
    known_cells: Mapping[str, Cells] | None = None,
) -> tuple[Gap, ...]:
    """Every gap of the file, by unit and period; those before a unit's first row and after its last only where it is usual.

    ``known_cells``: columns of the frame of which it is known what different values they have."""
    period, units = loaded.model.period_element, unit_elements(loaded)
    if any(name not in frame.columns for name in (period, *units)):
        return ()
    cells = {name: (known_cells or {}).get(name) or Cells.of_values(frame[name]) for name in (period, *units)}
    seen = SeenUnits.of(cells[period], [cells[name] for name in units])
    by_kind: dict[PeriodKind, list[Period]] = {}
    for one in sorted(map(Period.parse, seen.period_names)):
        by_kind.setdefault(one.kind, []).append(one)
    found: list[Gap] = []
    for periods in by_kind.values():
        expected = usual if len(by_kind) == 1 else None
        run = _run(periods, expected.fills if expected else None, today)
        found += _gaps(loaded, seen.places_in([str(one) for one in run]), run, expected)
    return tuple(sorted(found, key=lambda gap: (sort_key(gap.label.sv), gap.unit, gap.first)))


def unanswered(gaps: Iterable[Gap], answers: Mapping[str, str]) -> tuple[Gap, ...]:
    """The gaps that nothing has been said about."""
    return tuple(gap for gap in gaps if not gap.answered(answers))


def in_order_of_keeping(gaps: Sequence[Gap], answers: Mapping[str, str]) -> tuple[Gap, ...]:
    """The gaps in the order in which they are kept, where there are more than can be: first what has ended, which the next
    delivery is checked by, then what is asked, of both kinds by turns, so that each can be answered."""
    ranks, met = [], Counter[tuple[int, bool]]()
    for gap in gaps:
        word = gap.answered(answers)
        rank = 0 if word == ENDED else 2 if word else 1
        ranks.append((rank, met[rank, gap.is_within]))
        met[rank, gap.is_within] += 1
    return tuple(gaps[at] for at in sorted(range(len(gaps)), key=ranks.__getitem__))


def unknown_gap_answer(given: Mapping[str, str]) -> Finding | None:
    """The finding for the first answer that is in no word there is."""
    for word in given.values():
        if word not in ("", AS_BEFORE, *GAP_ANSWERS):
            return FINDINGS.found("DEL-015", {"word": word[:100]})
    return None


def said_of_gaps(gaps: Sequence[Gap], before: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The answers that count: those ``before`` with those ``given`` in their place; an empty one takes back what was said.

    `AS_BEFORE` for gaps together gives each that has no answer of its own what is offered for it.
    """
    known = {gap.key for gap in gaps} | {ALL, WITHIN, BESIDE}
    said = {**before, **{key: word for key, word in given.items() if key in known}}
    for gap in gaps:
        if AS_BEFORE in (said.get(gap.group), said.get(ALL)) and not said.get(gap.key):
            said[gap.key] = gap.offered
    return {key: word for key, word in said.items() if word in GAP_ANSWERS}


def filled(
    loaded: LoadedModel,
    frame: pl.DataFrame,
    gaps: Iterable[Gap],
    answers: Mapping[str, str],
    usual: Usual | None = None,
) -> pl.DataFrame:
    """The rows, and for each period of a gap that was closed or not reported one that says so. It has row number 0."""
    period, units = loaded.model.period_element, unit_elements(loaded)
    answered = [(gap, word) for gap in gaps if (word := gap.answered(answers)) in (CLOSED, NOT_REPORTED)]
    cells = [(gap.unit, one, word) for gap, word in answered for one in _periods_of(gap)]
    if not cells:
        return frame
    words = [word for _unit, _period, word in cells]
    added = pl.DataFrame(
        {
            **{name: [unit[at] or None for unit, _period, _word in cells] for at, name in enumerate(units)},
            period: [str(one) for _unit, one, _word in cells],
            f"{period}__first": [one.first for _unit, one, _word in cells],
            f"{period}__last": [one.last for _unit, one, _word in cells],
            ROW: [0] * len(cells),
            **{f"{value.name}__status": words for value in loaded.model.values},
        },
        schema_overrides=dict.fromkeys(units, pl.String),
    )
    if units and REGION in frame.columns:
        known = [each.select(*_stated(units), REGION) for each in (frame, *([usual.units] if usual else []))]
        regions = pl.concat(known).drop_nulls(REGION).unique(units, keep="first")
        stated = added.select(_stated(units)).join(regions, on=units, how="left", maintain_order="left")
        added = added.with_columns(stated[REGION])
    missing = [pl.lit(None).alias(name) for name in frame.columns if name not in added.columns]
    return pl.concat([frame, added.with_columns(missing).select(frame.columns).cast(frame.schema)])


def units_of(loaded: LoadedModel, frame: pl.DataFrame) -> pl.DataFrame | None:
    """The units of typed rows as `Usual.units` has them; ``None`` where an older model told units apart by something else."""
    units = unit_elements(loaded)
    if any(unit not in frame.columns for unit in units):
        return None
    region = pl.col(REGION) if REGION in frame.columns else pl.lit(None, pl.String).alias(REGION)
    return frame.select(*_stated(units), region).unique(units or [REGION], keep="first", maintain_order=True)


def _stated(units: Sequence[str]) -> list[pl.Expr]:
    return [pl.col(unit).cast(pl.String).fill_null("") for unit in units]


def _run(periods: Sequence[Period], fills: PeriodKind | None, today: date | None) -> list[Period]:
    """Every period that is expected, in order: in the rhythm of ``periods`` (of one kind, in order), from the first to the
    last, and to both ends of what the flow's deliveries fill."""
    first, last = periods[0], periods[-1]
    if (last.first - first.first).days > LONGEST_RUN_DAYS:
        return list(periods)
    run = list(_from(first, last))
    at = {one: index for index, one in enumerate(run)}
    steps = [at[after] - at[before] for before, after in pairwise(periods)]
    step = min(steps, default=1)
    if step > 1 and len(steps) >= REGULAR:
        return run[::step] if all(each % step == 0 for each in steps) else list(periods)
    whole = _filled_by(first, last, fills)
    return [one for one in _from(*whole) if one <= last or today is None or one.last < today] if whole else run


def _filled_by(first: Period, last: Period, fills: PeriodKind | None) -> tuple[Period, Period] | None:
    """The first and the last period of ``first``'s kind in the month or year that both lie in."""
    if first.kind not in (PeriodKind.SHIFT, PeriodKind.DAY, PeriodKind.MONTH):
        return None
    day = first.first
    if fills is PeriodKind.MONTH and first.kind is not PeriodKind.MONTH:
        whole = Period(PeriodKind.MONTH, day.replace(day=1))
    elif fills is PeriodKind.YEAR:
        whole = Period(PeriodKind.YEAR, day.replace(month=1, day=1))
    else:
        return None
    if last.last > whole.last:
        return None
    is_shift = first.kind is PeriodKind.SHIFT
    ends = whole.last.replace(day=1) if first.kind is PeriodKind.MONTH else whole.last
    return (
        Period(first.kind, whole.first, SHIFTS[0] if is_shift else None),
        Period(first.kind, ends, SHIFTS[-1] if is_shift else None),
    )


def _from(first: Period, last: Period) -> Iterator[Period]:
    while first <= last:
        yield first
        first = first.next()


def _periods_of(gap: Gap) -> list[Period]:
    """The periods of a gap: all from its first to its last, or as many of them as it has, evenly apart."""
    periods = list(_from(Period.parse(gap.first), Period.parse(gap.last)))
    return periods[:: (len(periods) - 1) // (gap.count - 1)] if gap.count > 1 else periods


def _gaps(
    loaded: LoadedModel, places_of: Mapping[Unit, Sequence[int]], run: Sequence[Period], usual: Usual | None
) -> Iterator[Gap]:
    """The gaps of each unit's places in the run, and the units that have none."""
    units, end = unit_elements(loaded), len(run) - 1
    is_even = len({(after.first - before.first).days for before, after in pairwise(run)}) <= 1 or all(
        before.next() == after for before, after in pairwise(run)
    )
    offered = usual.offered if usual else {}

    def gap(unit: Unit, first: int, last: int, *, is_within: bool = False) -> Iterator[Gap]:
        """The gap from one place of the run to another; period by period where they are not evenly apart."""
        label = unit_label(loaded, units, tuple(value or None for value in unit))
        parts = [(first, last)] if is_even else [(at, at) for at in range(first, last + 1)]
        for start, stop in parts:
            names, count = (str(run[start]), str(run[stop])), stop - start + 1
            yield Gap(unit, *names, count, label, is_within, last == end, offered.get(unit, ""))

    for unit, places in places_of.items():
        first, last = int(places[0]), int(places[-1])
        if last - first + 1 > len(places):
            for before, after in pairwise(places):
                if after - before > 1:
                    yield from gap(unit, int(before) + 1, int(after) - 1, is_within=True)
        if usual is not None and (not units or unit in usual.known):
            if first > 0:
                yield from gap(unit, 0, first - 1)
            if last < end:
                yield from gap(unit, last + 1, end)
    if usual is not None and units:
        for unit in usual.known - places_of.keys():
            yield from gap(unit, 0, end)
