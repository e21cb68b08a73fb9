"""Periods for which a unit has no row, in a file that is whole. Pure.

A file's periods run from its first to its last without a break, in the file's own rhythm: a day, or a Wednesday each week
where all that stands in it is Wednesdays. Within its own first and last period every unit is expected; a unit that earlier
deliveries had is expected in all periods of the file, and one that the region has confirmed in all in which it exists. The weekdays on which a unit is regularly closed are one gap.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from information_models.definitions import LoadedModel
from information_models.typed_rows import TypedRows
from registry.findings import Text
from registry.period import SHIFTS, Period, PeriodKind
from registry.swedish import sort_key
from submission_portal.deliveries.assessment.gap import Gap
from submission_portal.deliveries.assessment.history import unit_elements, unit_label
from submission_portal.deliveries.assessment.seen_units import SeenUnits, Spell, Unit
from submission_portal.deliveries.assessment.usual import Closing, Usual
from submission_portal.deliveries.assessment.weekdays import has_weekdays, periods_from, regular_weekdays
from submission_portal.units.unit import Life, exists_between

LONGEST_RUN_DAYS = 40 * 366
"""A file from one day to another further apart has a mistyped day, and gaps are not looked for."""
REGULAR = 3
"""So many equal steps make a rhythm; fewer may as well be a file with days missing."""


def find_gaps(
    loaded: LoadedModel,
    rows: TypedRows,
    usual: Usual | None = None,
    today: date | None = None,
) -> tuple[Gap, ...]:
    """Every gap of the file, by unit and period; those before a unit's first row and after its last only where it is usual."""
    period, units = loaded.model.period_element, unit_elements(loaded)
    if any(name not in rows.cells for name in (period, *units)):
        return ()
    seen = SeenUnits.of(rows.cells[period], [rows.cells[name] for name in units])
    by_kind: dict[PeriodKind, list[Period]] = {}
    for one in sorted(map(Period.parse, seen.period_names)):
        by_kind.setdefault(one.kind, []).append(one)
    found: list[Gap] = []
    for periods in by_kind.values():
        expected = usual if len(by_kind) == 1 else None
        run = _run(periods, expected.fills if expected else None, today)
        found += _gaps(loaded, seen.spells_in([str(one) for one in run]), run, expected)
    return tuple(sorted(found, key=lambda gap: (sort_key(gap.label.sv), gap.unit, gap.first)))


def _run(periods: Sequence[Period], fills: PeriodKind | None, today: date | None) -> list[Period]:
    """Every period that is expected, in order: in the rhythm of ``periods`` (of one kind, in order), from the first to the
    last, and to both ends of what the flow's deliveries fill."""
    first, last = periods[0], periods[-1]
    if (last.first - first.first).days > LONGEST_RUN_DAYS:
        return list(periods)
    run = list(periods_from(first, last))
    at = {one: index for index, one in enumerate(run)}
    steps = [at[after] - at[before] for before, after in pairwise(periods)]
    step = min(steps) if len(steps) >= REGULAR else 1
    if step > 1:
        return run[::step] if all(each % step == 0 for each in steps) else list(periods)
    whole = _filled_by(first, last, fills)
    return [one for one in periods_from(*whole) if one <= last or today is None or one.last < today] if whole else run


def _filled_by(first: Period, last: Period, fills: PeriodKind | None) -> tuple[Period, Period] | None:
    """The first and the last period of ``first``'s kind in the month or year that both lie in."""
    if first.kind not in (PeriodKind.SHIFT, PeriodKind.DAY, PeriodKind.MONTH):
        return None
    day = first.first
    if fills is PeriodKind.MONTH:
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


def _gaps(
    loaded: LoadedModel, spells_of: Mapping[Unit, Sequence[Spell]], run: Sequence[Period], usual: Usual | None
) -> Iterator[Gap]:
    """The gaps between each unit's spells in the run, and the units that have none."""
    units, end = unit_elements(loaded), len(run) - 1
    is_of_days = has_weekdays(run)
    steps = list(pairwise(run))
    is_even = len({after.first - before.first for before, after in steps}) <= 1 or all(
        before.next() == after for before, after in steps
    )
    offered = usual.offered if usual else {}

    def label_of(unit: Unit) -> Text:
        return unit_label(loaded, units, tuple(value or None for value in unit))

    def gap(unit: Unit, first: int, last: int, *, is_within: bool = False) -> Iterator[Gap]:
        """The gap from one place of the run to another; period by period where they are not evenly apart."""
        parts = [(first, last)] if is_even else [(at, at) for at in range(first, last + 1)]
        for start, stop in parts:
            names, count = (str(run[start]), str(run[stop])), stop - start + 1
            yield Gap(unit, *names, count, label_of(unit), is_within, last == end, offered.get(unit, ""))

    for unit, spells in spells_of.items():
        first, last = spells[0][0], spells[-1][1]
        low, high = (first, last)
        if usual is not None and unit in usual.known and (there := _expected_places(run, usual.lives.get(unit))):
            low, high = min(low, there[0]), max(high, there[-1])
        if spells == [(low, high)]:
            continue
        places = [at for start, stop in spells for at in range(start, stop + 1)]
        closing = _closing(run, places, usual.closings.get(unit) if usual else None) if is_of_days else None
        closed = [at for at in range(low, high + 1) if closing and run[at].first.isoweekday() in closing.weekdays]
        if closing and closed:
            ends = str(run[closed[0]]), str(run[closed[-1]])
            is_within = any(at in range(first, last) for at in closed)
            word, weekdays = closing.word or offered.get(unit, ""), closing.weekdays
            yield Gap(unit, *ends, len(closed), label_of(unit), is_within, offered=word, weekdays=weekdays)
        for before, after in pairwise([low - 1, *sorted([*places, *closed]), high + 1]):
            if after - before > 1:
                yield from gap(unit, before + 1, after - 1, is_within=first <= before and after <= last)
    if usual is not None and units:
        for unit in usual.known - spells_of.keys():
            if there := _expected_places(run, usual.lives.get(unit)):
                yield from gap(unit, there[0], there[-1])


def _expected_places(run: Sequence[Period], life: Life | None) -> range:
    """The places of the periods in which a unit exists; all where nobody has said from when to when."""
    if life is None:
        return range(len(run))
    there = [at for at, one in enumerate(run) if exists_between(life, one.first, one.last)]
    return range(there[0], there[-1] + 1) if there else range(0)


def _closing(run: Sequence[Period], places: Sequence[int], before: Closing | None) -> Closing | None:
    """The weekdays that a unit does not have: as its rows show, or as before, where it has none of them now."""
    if weekdays := regular_weekdays(run, places):
        return Closing(weekdays, before.word if before is not None and before.weekdays == weekdays else "")
    if before is None or any(run[at].first.isoweekday() in before.weekdays for at in places):
        return None
    return before
