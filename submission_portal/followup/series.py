"""Which figures may be joined by a line.

Missing is never drawn as decline and a break is never drawn over, so a line runs only between neighbours of one
measure, one place and one kind of period, one regular step apart, both shown, with no break between them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from registry.period import Period, PeriodKind
from submission_portal.followup.breaks import Break, between


@dataclass(frozen=True, slots=True)
class Point:
    """A figure in a series. ``value`` is ``None`` where nothing is shown; why is said by the figure itself."""

    period: Period
    value: Decimal | None
    key: str


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one place in one kind of period, cut into the pieces that may be drawn as lines."""

    kind: PeriodKind
    points: tuple[Point, ...]
    pieces: tuple[tuple[Point, ...], ...]


def build_series(points: Iterable[Point], breaks: Sequence[Break]) -> tuple[Series, ...]:
    """One series per kind of period, longest first; half-years and months are never one series."""
    by_kind: dict[PeriodKind, list[Point]] = {}
    for point in points:
        by_kind.setdefault(point.period.kind, []).append(point)
    return tuple(
        Series(kind, tuple(ordered), pieces(ordered, breaks))
        for kind in PeriodKind
        if (ordered := sorted(by_kind.get(kind, ()), key=lambda point: point.period))
    )


def pieces(points: Sequence[Point], breaks: Sequence[Break]) -> tuple[tuple[Point, ...], ...]:
    """``points`` (sorted, of one kind) cut at every break, at every value not shown and at every missing period.

    The regular step is the smallest one in the series, so that first half-years of following years are neighbours
    where nobody publishes the second ones.
    """
    step = min((steps(one.period, other.period) for one, other in pairwise(points)), default=1)
    found: list[list[Point]] = []
    previous: Point | None = None
    for point in points:
        if point.value is None:
            previous = None
            continue
        joins = (
            previous is not None
            and steps(previous.period, point.period) == step
            and not between(breaks, previous.period, point.period)
        )
        if joins:
            found[-1].append(point)
        else:
            found.append([point])
        previous = point
    return tuple(tuple(piece) for piece in found)


def steps(earlier: Period, later: Period) -> int:
    """How many periods of their kind lie from one to the other.

    >>> steps(Period.parse("2013-H1"), Period.parse("2014-H1"))
    2
    >>> steps(Period.parse("2017-12"), Period.parse("2018-01"))
    1
    """
    return _ordinal(later) - _ordinal(earlier)


def _ordinal(period: Period) -> int:
    first = period.first
    match period.kind:
        case PeriodKind.YEAR:
            return first.year
        case PeriodKind.HALF_YEAR:
            return first.year * 2 + (first.month - 1) // 6
        case PeriodKind.TERM:
            return first.year * 3 + (first.month - 1) // 4
        case PeriodKind.MONTH:
            return first.year * 12 + first.month
        case PeriodKind.WEEK:
            return first.toordinal() // 7
        case PeriodKind.DAY:
            return first.toordinal()
        case PeriodKind.SHIFT:
            return first.toordinal() * 3 + ("fm", "em", "natt").index(period.shift or "fm")
