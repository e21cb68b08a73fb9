"""The same persons in tables of other models and other periods, as names that sums hold together. Pure.

What counts one concept in one place and period is one count, whichever measure tells it: days in months in years, wards
in hospitals in regions, ratios by the counts above them. Whether a month is the sum of its days or their mean a measure
declares (``same_count_as``); where it does not, the figures say it: what holds for them is what an attacker tries.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from information_models.same_counts import By, Over, SameCount
from legal_checks.small_numbers.linked_sums import Linked, LinkedCover, Sum
from registry.findings import Finding, Place
from registry.period import Period, PeriodKind
from submission_portal.followup.figures import Figure, Status
from submission_portal.followup.finding_texts import FINDINGS

TOGETHER, OUT_ALREADY = "FOL-047", "FOL-048"
NAMED = 20
"""Places named in a finding; its count says how many there are."""
FINEST_FIRST = (
    PeriodKind.DAY,
    PeriodKind.WEEK,
    PeriodKind.MONTH,
    PeriodKind.TERM,
    PeriodKind.HALF_YEAR,
    PeriodKind.YEAR,
)
"""Kinds of period that are made of days. Shifts are not: whether three of them are a day, nobody says."""

Place_ = tuple[str, ...]
Count = tuple[str, Place_, Period]
"""Region, the places below it as ``code list:code``, and the period."""


@dataclass(frozen=True)
class CountedFigures:
    """What one measure counts, and what somebody has of it.

    ``counts``: figures of the counts themselves, with their true values, of ratios the numerators; ``known``: keys of
    those that are shown, or follow from what is; ``small``: keys of hidden ones that tell of somebody by themselves.
    ``kinds``: what the places below the region are codes of, from the larger to the smaller. ``step``: the unit of the last
    decimal of a count. ``declared``: how its counts are made of others'. ``is_counted``: whether a figure's region is in the country's sum.
    """

    measure: str
    model: str
    element: str
    kinds: tuple[str, ...]
    counts: Sequence[Figure]
    known: frozenset[str]
    small: frozenset[str]
    step: Decimal = Decimal(1)
    is_summed: bool = True
    sums_regions: bool = False
    declared: tuple[SameCount, ...] = ()
    are_rates: bool = False
    """The figures are published rates of the counts: whoever knows what they were divided by knows the counts as nearly as they
    were rounded."""
    is_counted: Callable[[Figure], bool] = lambda _figure: True


@dataclass
class _Table:
    """Everything that is counted, by name: true values, units, who tells it."""

    values: dict[Count, float] = field(default_factory=dict)
    known: dict[Count, float] = field(default_factory=dict)
    unit: dict[Count, float] = field(default_factory=dict)
    sums: list[Sum[Count]] = field(default_factory=list)
    bounds: dict[Count, tuple[float, float]] = field(default_factory=dict)
    told_by: dict[Count, CountedFigures] = field(default_factory=dict)


@dataclass(frozen=True)
class Linking:
    """What has to be hidden beside, by figure key of one's own measure, and what reviewers are told."""

    hidden: tuple[str, ...] = ()
    exposed: tuple[tuple[str, float, float], ...] = ()
    findings: tuple[Finding, ...] = ()
    apart: tuple[str, ...] = ()
    """Measures that could not be joined."""


def link(
    own: CountedFigures,
    others: Sequence[CountedFigures],
    may_hide: Collection[str],
    proceed: Callable[[], bool] = lambda: True,
) -> Linking:
    """What more of one's own figures must be hidden, so that no hidden one, of any of the tables, is worked out of all of
    them together. ``may_hide``: keys of those that are shown now and were not before. The engine brings solvers with it and is imported
    here alone, never by a page."""
    if not _are_linked(own, others):
        return Linking()
    table, apart = _joined(own, others)
    names = {figure.key: _name(own, figure) for figure in own.counts}
    keys = {name: key for key, name in names.items()}
    targets = [_name(one, figure) for one in (own, *others) for figure in one.counts if figure.key in one.small]
    told_elsewhere = {_name(one, figure) for one in others for figure in one.counts if figure.key in one.known}
    costs = {
        names[key]: max(table.values[names[key]], 1e-3)
        for key in sorted(may_hide)
        if names.get(key) in table.known and names[key] not in told_elsewhere
    }
    from legal_checks.small_numbers.linked import cover

    linked = Linked(table.known, table.sums, table.bounds, table.unit)
    made = cover(linked, costs, list(dict.fromkeys(targets)), proceed)
    return Linking(
        tuple(keys[name] for name in costs if name in made.hidden),
        tuple((keys[name], one.lowest, one.highest) for name, one in made.exposed.items() if name in keys),
        tuple(_told(made, keys)),
        apart,
    )


def _told(made: LinkedCover[Count], keys: Mapping[Count, str]) -> Iterator[Finding]:
    for code, found in ((TOGETHER, made.exposed), (OUT_ALREADY, made.unavoidable)):
        if found:
            places = [Place(key=(("figure", keys.get(name) or _written(name)),)) for name in found]
            yield FINDINGS.found(code, {"figures": len(found)}, tuple(places[:NAMED]))


def _written(name: Count) -> str:
    region, place, period = name
    return "/".join((region, str(period), *place))


def _are_linked(own: CountedFigures, others: Sequence[CountedFigures]) -> bool:
    """Whether there is anything to join: another measure, or periods of several kinds in one's own."""
    return bool(others) or len({figure.period.kind for figure in own.counts}) > 1


def _name(one: CountedFigures, figure: Figure) -> Count:
    place = tuple(f"{kind}:{code}" for kind, code in zip(one.kinds, figure.place, strict=False))
    return figure.region, place, figure.period


def _joined(own: CountedFigures, others: Sequence[CountedFigures]) -> tuple[_Table, tuple[str, ...]]:
    """All of them as one table, and the measures that could not be joined wholly."""
    table = _Table()
    apart: dict[str, None] = {}
    for one in (own, *others):
        if one.are_rates:
            continue
        if _add(table, one, own):
            apart[one.measure] = None
        if one.is_summed:
            table.sums += _place_sums(one, table)
    by_place = _by_place(table)
    unfitting = [*_time_sums(table, own, by_place)]
    for one in others:
        if one.are_rates:
            _add_rates(table, one, by_place)
    return table, tuple(dict.fromkeys((*apart, *unfitting)))


def _add(table: _Table, one: CountedFigures, own: CountedFigures) -> bool:
    """Adds a measure's counts; whether some of them are counted otherwise by another model, so that they are not the same."""
    is_apart = False
    for figure in one.counts:
        if figure.status is not Status.OBSERVED or figure.value is None:
            continue
        name, value = _name(one, figure), float(figure.value)
        if name not in table.values:
            table.values[name], table.unit[name], table.told_by[name] = value, float(one.step), one
        elif abs(table.values[name] - value) > float(max(one.step, table.told_by[name].step)) / 2:
            is_apart |= one.model != own.model  # `related_figures` tells of those of the same model
            continue
        if figure.key in one.known:
            table.known[name] = table.values[name]
    return is_apart


def _place_sums(one: CountedFigures, table: _Table) -> Iterator[Sum[Count]]:
    parts: dict[Count, list[Figure]] = defaultdict(list)
    for figure in one.counts:
        if figure.place:
            region, place, period = _name(one, figure)
            parts[region, place[:-1], period].append(figure)
        elif one.sums_regions and not figure.is_country and one.is_counted(figure):
            parts[_COUNTRY, (), figure.period].append(figure)
    for total, figures in parts.items():
        names = [_name(one, each) for each in figures if each.status is Status.OBSERVED]
        is_whole = all(each.status in (Status.OBSERVED, Status.CLOSED) for each in figures)
        if not (is_whole and names and total in table.values):
            continue
        added = sum(table.values[name] for name in names)
        slack = _slack(table.values[total], added, 1, table.unit[total])
        if slack is not None:
            yield Sum(total, tuple(names), 1, slack)


_COUNTRY = "00"


_ByPlace = Mapping[tuple[str, Place_], Mapping[PeriodKind, list[Count]]]
"""The counts of each region and place by kind of period, in order of time."""


def _by_place(table: _Table) -> _ByPlace:
    found: dict[tuple[str, Place_], dict[PeriodKind, list[Count]]] = defaultdict(lambda: defaultdict(list))
    for name in sorted(table.values, key=lambda name: name[2]):
        region, place, period = name
        if period.kind in FINEST_FIRST:
            found[region, place][period.kind].append(name)
    return found


def _made_of(kinds: Mapping[PeriodKind, list[Count]], period: Period) -> list[list[Count]]:
    """The counts of shorter periods that fill a period, of each kind that does, the longest first."""
    finer = FINEST_FIRST[: FINEST_FIRST.index(period.kind)] if period.kind in FINEST_FIRST else ()
    found = [_within(kinds.get(kind, ()), period) for kind in reversed(finer)]
    return [parts for parts in found if _fill(parts, period)]


def _time_sums(table: _Table, own: CountedFigures, by_place: _ByPlace) -> Iterator[str]:
    """Adds what the figures of longer periods are of shorter ones in the same place; gives the other measure for each
    figure that is made of the shorter ones in no way, where something is hidden (one's own, where it is of the same)."""
    for kinds in by_place.values():
        for total in (name for names in kinds.values() for name in names):
            whole = _made_of(kinds, total[2])
            made = [one for parts in whole if (one := _time_sum(table, total, parts)) is not None]
            table.sums += made[:1]
            is_hidden = any(name not in table.known for parts in whole for name in (total, *parts))
            if whole and not made and is_hidden:
                sides = (table.told_by[total], *(table.told_by[parts[0]] for parts in whole))
                yield next((one.measure for one in sides if one.measure != own.measure), own.measure)


def _add_rates(table: _Table, one: CountedFigures, by_place: _ByPlace) -> None:
    """Adds what published rates tell. What they were divided by is taken to be known, whatever it was."""
    for figure in one.counts:
        if figure.key not in one.known or not figure.value:
            continue
        region, place, period = name = _name(one, figure)
        near = float(one.step / 2 / figure.value)
        if name in table.values:
            table.bounds[name] = (table.values[name] * (1 - near), table.values[name] * (1 + near))
        for parts in _made_of(by_place.get((region, place), {}), period)[:1]:
            total: Count = (region, (*place, f"{one.measure}:"), period)
            table.values[total] = sum(table.values[part] for part in parts)
            table.bounds[total] = (table.values[total] * (1 - near), table.values[total] * (1 + near))
            table.sums.append(Sum(total, tuple(parts)))


def _time_sum(table: _Table, total: Count, parts: Sequence[Count]) -> Sum[Count] | None:
    """The total as a sum of its parts, or as their mean over its days: as is declared, or as the figures turn out."""
    coarse, fine = table.told_by[total], table.told_by[parts[0]]
    added, value, unit = sum(table.values[name] for name in parts), table.values[total], table.unit[total]
    said = next(
        (
            one
            for one in coarse.declared
            if (one.model, one.element) == (fine.model, fine.element) and one.over is Over.PERIOD
        ),
        None,
    )
    ways = [said.by] if said else [By.SUM, By.MEAN]
    if said and said.decimals is not None:
        unit = float(Decimal(1).scaleb(-said.decimals))
    for by in ways:
        times = 1 if by is By.SUM else len(parts)
        slack = _slack(value, added, times, unit)
        if slack is not None:
            return Sum(total, tuple(parts), times, slack)
    return None


def _slack(value: float, added: float, times: int, unit: float) -> float | None:
    """How far a sum may be from ``times`` × the total, by rounding; ``None`` where that does not explain it."""
    off = abs(value * times - added)
    if off < 1e-6 and times == 1:
        return 0.0
    most = times * unit / 2
    return most if off <= most + 1e-6 else None


def _within(ordered: Sequence[Count], longer: Period) -> list[Count]:
    """Those of some counts of one kind of period, in order, that lie in a longer one."""
    start = bisect_left(ordered, longer.first, key=lambda name: name[2].first)
    stop = bisect_right(ordered, longer.last, key=lambda name: name[2].last)
    return list(ordered[start:stop])


def _fill(parts: Iterable[Count], longer: Period) -> bool:
    """Whether periods of one kind that lie in a longer one have all its days."""
    days = sum((period.last - period.first).days + 1 for _region, _place, period in parts)
    return days == (longer.last - longer.first).days + 1
