"""Charts as SVG, made on the server and coloured by the page's own classes.

A line is never drawn across a break, nor across a period that is missing: the line ends, the mark of the cause stands
between, and the line begins anew. The zero line is always there. A drawing never stands alone: its table follows it.

Pure: texts come ready in the reader's language, figures are written by the ``show`` function that is passed in.
Each chart is drawn twice, once for a wide and once for a narrow screen, so that its words keep their size; the style
sheet shows one of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

from markupsafe import Markup

from registry.web.scales import spread, ticks
from registry.web.svg import Cause as Cause
from registry.web.svg import mark, n, svg, text

Show = Callable[[Decimal | int], str]


@dataclass(frozen=True, slots=True)
class Point:
    """A value for a period, both days included. ``None``: no figure, and the line has a gap; never drawn as zero."""

    first: date
    last: date
    value: Decimal | int | None
    label: str
    """The period in words, short enough for the axis."""

    @property
    def counted(self) -> Decimal | int:
        """The value of a point that is drawn: one that has a value."""
        return cast("Decimal | int", self.value)


@dataclass(frozen=True, slots=True)
class Series:
    """Points in order of time. ``name`` is written at the end of the line where a chart has several series.

    ``gap`` is the time that regularly lies between neighbours, such as the second half-years where only first ones are
    published: that is no missing period.
    """

    name: str
    points: tuple[Point, ...]
    gap: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Break:
    """The first day of the new state, with the cause in words. ``series`` names the series it breaks; empty: all."""

    at: date
    cause: Cause
    label: str
    about: str = ""
    series: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ghost:
    """What would have been there but is not counted: a dotted area between two values."""

    first: date
    last: date
    low: Decimal | int
    high: Decimal | int
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over time. ``id`` must be unique on the page; ``description`` says in words what the drawing shows."""

    id: str
    title: str
    description: str
    series: tuple[Series, ...]
    breaks: tuple[Break, ...] = ()
    ghosts: tuple[Ghost, ...] = ()
    steps: bool = False
    """Draw each value as a level that holds for its whole period, with the value written at it."""
    half: bool = False
    """For a column of half the page's width."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a bar chart. ``value`` ``None`` is written as ``missing``, never drawn as a bar of no length."""

    label: str
    value: Decimal | int | None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars from zero, with a reference line (such as the country as published)."""

    id: str
    title: str
    description: str
    rows: tuple[Row, ...]
    reference: Decimal | int | None = None
    reference_label: str = ""


WIDE, HALF, NARROW = 740, 480, 360
FOOT = 36
LABEL_ROW = 44
CHARACTER = 7.6
"""Width of an average character at the drawing's 15 px, on the generous side."""


def draw(chart: Chart, show: Show = str, show_tick: Show = str) -> Markup:
    """The chart for wide and for narrow screens. ``show`` writes its values, ``show_tick`` those of its axis, whose round
    steps need fewer decimals.

    >>> day = date(2018, 1, 1)
    >>> chart = Chart("c", "Beds", "799", (Series("N", (Point(day, day, 799, "1 Jan"),)),))
    >>> str(draw(chart)).count("<svg")
    2
    """
    wide = _Canvas(chart, HALF if chart.half else WIDE, show, show_tick).drawn(
        "at-wide plot-half" if chart.half else "at-wide"
    )
    narrow = _Canvas(replace(chart, id=f"{chart.id}-narrow"), NARROW, show, show_tick).drawn("at-narrow")
    return wide + narrow


def draw_bars(bars: Bars, show: Show = str) -> Markup:
    """The bar chart for wide and for narrow screens."""
    return _bars(bars, WIDE, show, "at-wide") + _bars(replace(bars, id=f"{bars.id}-narrow"), NARROW, show, "at-narrow")


def pieces(series: Series, breaks: Sequence[Break]) -> list[list[Point]]:
    """The runs of points that one line may join: cut at breaks, at missing values and at missing periods.

    >>> def year(y, value): return Point(date(y, 1, 1), date(y, 12, 31), value, str(y))
    >>> cut = Break(date(2016, 1, 1), Cause.WORDING, "New wording")
    >>> line = Series("x", (year(2013, 1), year(2014, 2), year(2015, None), year(2016, 3), year(2018, 4)))
    >>> [[p.label for p in piece] for piece in pieces(line, [])]
    [['2013', '2014'], ['2016'], ['2018']]
    >>> [[p.label for p in piece] for piece in pieces(Series("x", (year(2015, 2), year(2016, 3))), [cut])]
    [['2015'], ['2016']]
    """
    cuts = [one.at for one in breaks if not one.series or series.name in one.series]
    runs: list[list[Point]] = []
    previous: Point | None = None
    for point in series.points:
        if point.value is None:
            previous = None
            continue
        joined = (
            previous is not None
            and point.first <= previous.last + timedelta(days=1) + series.gap
            and not any(previous.first < cut <= point.last for cut in cuts)
        )
        if joined:
            runs[-1].append(point)
        else:
            runs.append([point])
        previous = point
    return runs


class _Canvas:
    """One drawing of a chart at one width: the scales, then everything that is put on them."""

    def __init__(self, chart: Chart, width: int, show: Show, show_tick: Show) -> None:
        self.chart, self.width, self.show, self.show_tick = chart, width, show, show_tick
        values = [float(p.value) for s in chart.series for p in s.points if p.value is not None]
        values += [float(edge) for ghost in chart.ghosts for edge in (ghost.low, ghost.high)]
        self.ticks = ticks(min(values, default=0), max(values, default=1), 5 if width < WIDE else 6)
        days = [day for s in chart.series for p in s.points for day in (p.first, p.last)]
        self.first, self.last = min(days, default=date.min), max(days, default=date.min)
        self.left = 12 + CHARACTER * max(len(show_tick(tick)) for tick in self.ticks)
        named = len(chart.series) > 1 and width >= HALF
        self.name_width = (24 + 1.1 * CHARACTER * max(len(s.name) for s in chart.series)) if named else 0
        self.right = width - max(self.name_width, 10)
        self.label_rows = self._rows_of_breaks()
        self.top = (
            14 + LABEL_ROW * (max(self.label_rows, default=-1) + 1) + (24 if chart.steps else 12 if chart.ghosts else 0)
        )
        self.bottom = self.top + (190 if width < WIDE else 240)
        self.legend = len(chart.series) > 1 and not named
        self.height = (
            self.bottom
            + FOOT
            + (18 if chart.steps and width < HALF else 0)
            + (24 * len(chart.series) if self.legend else 0)
        )

    def x(self, day: date) -> float:
        span = (self.last - self.first).days + 1
        return self.left + (day - self.first).days / span * (self.right - self.left)

    def middle(self, point: Point) -> float:
        return (self.x(point.first) + self.x(point.last + timedelta(days=1))) / 2

    def y(self, value: Decimal | int | float) -> float:
        low, high = float(self.ticks[0]), float(self.ticks[-1])
        return self.bottom - (float(value) - low) / (high - low) * (self.bottom - self.top)

    def drawn(self, classes: str) -> Markup:
        cuts, labels = self._breaks()
        body = [*self._axes(), *cuts, *self._ghosts(), *self._series(), *labels, *self._time_labels(), *self._names()]
        return svg(self.chart.id, self.chart.title, self.chart.description, self.width, self.height, classes, body)

    def _axes(self) -> list[str]:
        parts = []
        for tick in self.ticks:
            y = self.y(tick)
            parts.append(
                f'<path class="{"base" if tick == 0 else "axis"}" d="M{n(self.left)} {n(y)}H{n(self.right)}"/>'
            )
            parts.append(text(self.show_tick(tick), self.left - 8, y + 5, "soft end"))
        return parts

    def _series(self) -> list[str]:
        parts = []
        for number, series in enumerate(self.chart.series, 1):
            for piece in pieces(series, self.chart.breaks):
                parts += self._step(piece, number) if self.chart.steps else self._line(piece, number)
        return parts

    def _step(self, piece: list[Point], number: int) -> list[str]:
        parts = []
        path, before = "", 0.0
        cuts = {one.at for one in self.chart.breaks}
        for point in piece:
            start = self.x(point.first) + (8 if point.first in cuts else 0)
            end = self.x(point.last + timedelta(days=1)) - (8 if point.last + timedelta(days=1) in cuts else 0)
            y = self.y(point.counted)
            beside = 7 if path and y > before else 0  # the line comes down to it where its words begin
            before = y
            path += f"{'L' if path else 'M'}{n(start)} {n(y)}H{n(end)}"
            covered = any(
                ghost.first <= point.first <= ghost.last and ghost.high > point.counted for ghost in self.chart.ghosts
            )
            parts.append(text(self.show(point.counted), start + beside, y + 28 if covered else y - 12, "big"))
        return [f'<path class="series step series-{number}" d="{path}"/>', *parts]

    def _line(self, piece: list[Point], number: int) -> list[str]:
        spots = [(self.middle(point), self.y(point.counted)) for point in piece]
        path = "M" + "L".join(f"{n(x)} {n(y)}" for x, y in spots)
        parts = [f'<path class="series series-{number}" d="{path}"/>'] if len(spots) > 1 else []
        dense = max(len(series.points) for series in self.chart.series) > 40
        if len(spots) == 1 or not dense:
            parts += [f'<circle class="point point-{number}" cx="{n(x)}" cy="{n(y)}" r="4"/>' for x, y in spots]
        return parts

    def _ghosts(self) -> list[str]:
        parts = []
        cuts = {one.at for one in self.chart.breaks}
        for ghost in self.chart.ghosts:
            start = self.x(ghost.first) + (8 if ghost.first in cuts else 0)
            end = self.x(ghost.last + timedelta(days=1))
            top, bottom = self.y(ghost.high), self.y(ghost.low)
            parts.append(
                f'<rect class="ghost" x="{n(start)}" y="{n(top)}" width="{n(end - start)}" height="{n(max(bottom - top, 2))}"/>'
            )
            fits = start + CHARACTER * len(ghost.label) <= self.width
            parts.append(text(ghost.label, start if fits else end, top - 9, "soft halo" if fits else "soft halo end"))
        return parts

    def _rows_of_breaks(self) -> list[int]:
        """The row above the plot that each break's words stand in, so that no two overlap."""
        ends: list[float] = []
        rows = []
        for one in sorted(self.chart.breaks, key=lambda one: one.at):
            start, end = self._words_of(one)
            row = next((index for index, taken in enumerate(ends) if taken < start), len(ends))
            if row == len(ends):
                ends.append(end)
            else:
                ends[row] = end
            rows.append(row)
        return rows

    def _words_of(self, one: Break) -> tuple[float, float]:
        length = CHARACTER * 1.08 * max(len(one.label), len(one.about)) + 20
        x = self.x(one.at)
        start = x - 12 if x + length < self.width else max(0.0, x - length)
        return start, start + length + 12

    def _breaks(self) -> tuple[list[str], list[str]]:
        cuts: list[str] = []
        parts: list[str] = []
        for one, row in zip(sorted(self.chart.breaks, key=lambda one: one.at), self.label_rows, strict=True):
            x, y = self.x(one.at), 16 + LABEL_ROW * row
            cuts.append(f'<path class="cut" d="M{n(x)} {n(y + 10)}V{n(self.bottom)}"/>')
            parts.append(mark(one.cause, x, y))
            is_left = self._words_of(one)[0] < x - 12
            offset, anchor = (-16, " end") if is_left else (16, "")
            parts.append(text(one.label, x + offset, y + 5, f"strong halo{anchor}"))
            if one.about:
                parts.append(text(one.about, x + offset, y + 23, f"soft halo{anchor}"))
        return cuts, parts

    def _time_labels(self) -> list[str]:
        longest = max(self.chart.series, key=lambda series: len(series.points), default=None)
        if longest is None:
            return []
        parts, taken = [], -1e9
        for point in longest.points:
            half = CHARACTER * len(point.label) / 2
            if self.chart.steps:
                start = min(self.x(point.first), self.width - 2 * half)
                parts.append(text(point.label, start, self.bottom + (24 if start > taken else 44), "soft"))
                taken = start + 2 * half
                continue
            centre = min(max(self.middle(point), self.left + half - 8), self.width - half)
            if centre - half > taken + 14:
                parts.append(text(point.label, centre, self.bottom + 26, "soft middle"))
                taken = centre + half
        return parts

    def _names(self) -> list[str]:
        if self.legend:
            parts = []
            for number, series in enumerate(self.chart.series, 1):
                line = self.bottom + FOOT + 24 * number - 8
                parts.append(f'<path class="series series-{number}" d="M2 {n(line - 5)}H34"/>')
                parts.append(text(series.name, 42, line, ""))
            return parts
        if not self.name_width:
            return []
        ends = []
        for number, series in enumerate(self.chart.series, 1):
            known = [point for point in series.points if point.value is not None]
            if known:
                ends.append((number, series.name, self.middle(known[-1]), self.y(known[-1].counted)))
        places = spread([y for *_, y in ends], 20, self.top, self.bottom)
        parts = []
        for (number, name, x, y), place in zip(ends, places, strict=True):
            if abs(place - y) > 6 or self.right - x > 24:
                parts.append(f'<path class="leader" d="M{n(x + 6)} {n(y)}L{n(self.right + 4)} {n(place)}"/>')
            parts.append(f'<circle class="point point-{number}" cx="{n(self.right + 8)}" cy="{n(place)}" r="4"/>')
            parts.append(text(name, self.right + 16, place + 5, ""))
        return parts


def _bars(bars: Bars, width: int, show: Show, classes: str) -> Markup:
    values = [float(row.value) for row in bars.rows if row.value is not None]
    if bars.reference is not None:
        values.append(float(bars.reference))
    marks = ticks(min(values, default=0), max(values, default=1))
    label_width = 12 + CHARACTER * max((len(row.label) for row in bars.rows), default=0)
    is_narrow = width == NARROW
    left: float = 2.0 if is_narrow else label_width
    right = (
        width - 14 - CHARACTER * max((len(show(row.value)) for row in bars.rows if row.value is not None), default=4)
    )
    line = 46 if is_narrow else 28
    top = 30 if bars.reference is not None else 8
    low, high = float(marks[0]), float(marks[-1])

    def x(value: Decimal | int | float) -> float:
        return left + (float(value) - low) / (high - low) * (right - left)

    height = top + line * len(bars.rows) + 8
    parts: list[str] = []
    base = "" if is_narrow else f"M{n(x(0))} {n(top)}V{n(height - 8)}"
    for number, row in enumerate(bars.rows):
        y = top + line * number + (line - 28 if is_narrow else 0)
        parts.append(
            text(
                row.label, 0 if is_narrow else left - 10, y + (-2 if is_narrow else 18), "halo" if is_narrow else "end"
            )
        )
        if row.value is None:
            parts.append(text(row.missing, x(0) + 6, y + 18, "soft halo"))
            continue
        start, end = sorted((x(0), x(row.value)))
        parts.append(f'<rect class="bar" x="{n(start)}" y="{n(y + 4)}" width="{n(max(end - start, 1))}" height="18"/>')
        parts.append(text(show(row.value), end + 6, y + 18, "halo"))
    parts.insert(0, f'<path class="base" d="{base}"/>')
    if bars.reference is not None:
        at = x(bars.reference)
        parts.insert(1, f'<path class="reference" d="M{n(at)} {n(top - 4)}V{n(height - 8)}"/>')
        words = f"{bars.reference_label} {show(bars.reference)}"
        is_late = at + CHARACTER * len(words) > width
        parts.append(text(words, at, 16, "strong end" if is_late else "strong"))
    return svg(bars.id, bars.title, bars.description, width, height, classes, parts)
