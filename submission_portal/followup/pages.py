"""What the follow-up's pages show, made ready for their templates: rows, cells, words. No request, no HTML."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from registry.i18n import current_language, show_figure
from registry.paging import Page, page_of_sequence
from registry.period import Period
from registry.swedish import sort_key
from submission_portal.flows.audiences import Audience
from submission_portal.followup import charts, drawings
from submission_portal.followup.breaks import COUNTRY, Break, between, of_region
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.drawings import Drawing
from submission_portal.followup.figures import Figure, Status
from submission_portal.followup.incomparable import Incomparables
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.followup.queries import breaks_of, figures_of, periods_of, regions_of
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.windows import Window, page_with, window_of
from termbank.applications.regions import region_name

COLUMNS = 8
"""Periods in a table of regions; the others are on the regions' own pages, and the table says how many they are."""
FEW = 3
"""So many regions or fewer are drawn over time on the measure's own page."""
MOST_BESIDE = 5
"""So many hospitals or fewer have room in a table with panels beside it; more need the whole width."""
LATEST = 7
"""Periods in the table of wards and other places below the hospitals."""
BREAKS = 8
"""Breaks named on a page of figures; they have a list of their own."""
THERE = (Status.OBSERVED, Status.HIDDEN, Status.CLOSED, Status.UNDEFINED, Status.NEEDS_DECISION)
"""Statuses of a region that has delivered, whatever a reader is told of it."""
MARKS = {Status.OBSERVED: "", Status.HIDDEN: "hidden", Status.NEEDS_DECISION: "undecided"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table: its words, its mark (``""``, ``hidden``, ``undecided`` or ``missing``), its page, the break before it."""

    text: str
    mark: str
    url: str | None
    broken: Break | None = None
    broken_url: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures for one region or place."""

    label: str
    url: str | None
    cells: tuple[Cell, ...]
    depth: int = 0
    apart: str = ""
    """With how many regions it cannot be compared, in words."""


@dataclass(frozen=True, slots=True)
class BreakLine:
    """A break as a list shows it."""

    cause: str
    label: str
    on: object
    region: str
    note: str
    url: str
    is_of_model: bool
    """Whether the model says something else, which the note says in full."""


def shown(figure: Figure, decimals: int) -> str:
    """A figure as people read it: the value, or why there is none."""
    if figure.value is None:
        return figure.status.label.in_language(current_language())
    return value_words(figure.value, decimals)


def value_words(value: Decimal, decimals: int) -> str:
    return show_figure(value, decimals)


def cell_of(
    measure: PlannedMeasure, figure: Figure | None, breaks: Sequence[Break] = (), before: Period | None = None
) -> Cell:
    """The table cell of a figure, with the break that stands between it and the period ``before``."""
    if figure is None:
        return Cell("", "", None)
    mark = MARKS.get(figure.status, "missing")
    found = between(breaks, before, figure.period) if before is not None else ()
    url = url_for("followup.figure", slug=measure.slug, key=figure.key)
    broken = found[0] if found else None
    return Cell(
        shown(figure, measure.measure.decimals), mark, url, broken, break_url(measure, broken) if broken else None
    )


@dataclass(frozen=True)
class NationalPage:
    """A measure over the whole country."""

    measure: PlannedMeasure
    table: TableVersion
    country: tuple[Figure, ...]
    """Of the periods in ``window``."""
    country_drawings: tuple[Drawing, ...]
    window: Window
    period: Period | None
    bars: Drawing | None
    region_drawings: tuple[Drawing, ...]
    columns: tuple[Period, ...]
    rows: tuple[Row, ...]
    country_row: Row | None
    breaks: Page[BreakLine]
    drawn_breaks: tuple[BreakLine, ...]
    delivered: int
    expected: int | None
    missing: tuple[str, ...]


def national_page(
    measure: PlannedMeasure,
    shown_table: ShownTable,
    chosen: str | None,
    incomparables: Incomparables,
    number: int | None = None,
) -> NationalPage:
    """Everything on the page of a measure.

    ``chosen`` is the period of the bars, ``number`` the page of periods: where none is asked for, the one with the chosen
    period. The latest where there is no such period or page. Regions that are not comparable in that period are marked.
    """
    table, breaks = shown_table.table, breaks_of(shown_table.table)
    periods = periods_of(shown_table)
    asked = next((one for one in periods if str(one) == chosen), None)
    window = window_of(periods, number or (page_with(periods, asked) if asked else 1))
    period = asked or (window.periods[-1] if periods else None)
    columns = window.periods[-COLUMNS:]
    drawn = figures_of(shown_table, region=COUNTRY, periods={*window.drawn, *columns}, are_whole=True)
    national = (
        next(iter(figures_of(shown_table, region=COUNTRY, periods=[period], are_whole=True)), None) if period else None
    )
    has_country = COUNTRY in regions_of(shown_table)
    are_few = not has_country and len(regions_of(shown_table)) <= FEW
    wanted = {*columns, *([period] if period else []), *(window.drawn if are_few else ())}
    regions = figures_of(shown_table, but=COUNTRY, periods=wanted, are_whole=True)
    of_period = [one for one in regions if one.period == period]
    is_of_all = table.audience != Audience.OWN_REGION
    expected = measure.expected("region", COUNTRY, period) if period and is_of_all else None
    there = {one.region for one in of_period if one.status in THERE}
    missing = sorted((expected or frozenset()) - there)
    return NationalPage(
        measure=measure,
        table=table,
        country=tuple(window.of_table(drawn)),
        country_drawings=drawings.country_drawings(measure, drawn, window.breaks(breaks), window),
        window=window,
        period=period,
        bars=drawings.region_bars(measure, of_period, national, period, incomparables),
        region_drawings=drawings.drawing_of_each(measure, regions, window.breaks(breaks), window) if are_few else (),
        columns=columns,
        rows=region_rows(measure, regions, breaks, columns, period, incomparables),
        country_row=_row(measure, COUNTRY, drawn, of_region(breaks, COUNTRY, measure.plan.is_summed), columns)
        if has_country
        else None,
        breaks=newest_breaks(measure, breaks),
        drawn_breaks=break_lines(measure, window.breaks(breaks)),
        delivered=len(there & expected) if expected is not None else len(there),
        expected=len(expected) if expected is not None else None,
        missing=tuple(charts.short_name(measure, code) for code in missing),
    )


def region_rows(
    measure: PlannedMeasure,
    figures: Sequence[Figure],
    breaks: Sequence[Break],
    columns: Sequence[Period],
    period: Period | None,
    incomparables: Incomparables,
) -> tuple[Row, ...]:
    """The figures of each region, with what it cannot be compared with as the words were applied when ``period`` ended."""
    by_region: dict[str, list[Figure]] = {}
    for figure in figures:
        by_region.setdefault(figure.region, []).append(figure)
    return tuple(
        replace(
            _row(measure, region, found, of_region(breaks, region, is_summed=False), columns),
            apart=apart_words(incomparables.with_region(region, period.last)) if period else "",
        )
        for region, found in sorted(by_region.items())
    )


def apart_words(others: Sequence[str]) -> str:
    """With how many regions one cannot be compared; nothing where there is none.

    One is named, more are counted: the region's page and the matrix have them all.
    """
    if len(others) == 1:
        return str(_("not comparable with %(region)s", region=region_name(others[0])))
    return (
        ngettext("not comparable with one region", "not comparable with %(num)d regions", len(others)) if others else ""
    )


def _row(
    measure: PlannedMeasure, region: str, figures: Sequence[Figure], breaks: Sequence[Break], columns: Sequence[Period]
) -> Row:
    by_period = {one.period: one for one in figures}
    cells = []
    before: Period | None = None
    for column in columns:
        figure = by_period.get(column)
        cells.append(cell_of(measure, figure, breaks, before))
        before = column if figure is not None else before
    url = None if region == COUNTRY else url_for("followup.region", slug=measure.slug, code=region)
    return Row(charts.short_name(measure, region), url, tuple(cells))


def break_lines(measure: PlannedMeasure, breaks: Sequence[Break]) -> tuple[BreakLine, ...]:
    language = current_language()
    return tuple(
        BreakLine(
            one.cause.value,
            one.cause.label.in_language(language),
            one.on,
            charts.short_name(measure, one.region),
            one.note.in_language(language),
            break_url(measure, one),
            bool(one.element),
        )
        for one in breaks
    )


def newest_breaks(
    measure: PlannedMeasure, breaks: Sequence[Break], number: int = 1, size: int = BREAKS
) -> Page[BreakLine]:
    """A page of breaks, the newest first."""
    page = page_of_sequence(sorted(breaks, key=lambda one: one.on, reverse=True), number, size)
    return Page(break_lines(measure, page.rows), page.number, page.total, page.size)


def break_url(measure: PlannedMeasure, one: Break) -> str:
    return url_for(
        "followup.compare",
        slug=measure.slug,
        region=one.region,
        on=one.on.isoformat(),
        cause=one.cause.value,
        concept=one.concept or None,
        element=one.element or None,
    )


@dataclass(frozen=True)
class RegionPage:
    """A measure in one region."""

    measure: PlannedMeasure
    table: TableVersion
    region: str
    name: str
    drawings: tuple[Drawing, ...]
    columns: tuple[Period, ...]
    page: Page[Period]
    whole: Row | None
    country: Row | None
    rows: tuple[Row, ...]
    by_period: bool
    is_wide: bool
    breaks: Page[BreakLine]
    drawn_breaks: tuple[BreakLine, ...]
    country_line: str | None
    incomplete: tuple[Figure, ...]

    @property
    def places(self) -> tuple[Row, ...]:
        """The columns of the table by period: the whole region, the country, and the places next below the region."""
        places = (row for row in self.rows if row.depth == 1)
        return tuple(row for row in (self.whole, self.country, *places) if row is not None)

    @property
    def period_rows(self) -> list[tuple[Period, list[Cell]]]:
        """The rows of the table by period, the latest first: each with a cell for each of `places`."""
        return [
            (period, [row.cells[at] for row in self.places]) for at, period in reversed(list(enumerate(self.columns)))
        ]


def region_page(measure: PlannedMeasure, shown_table: ShownTable, region: str, page: int) -> RegionPage | None:
    """Everything on the page of a measure in a region; ``None`` where the table has no figure for it."""
    if region not in regions_of(shown_table):
        return None
    table = shown_table.table
    breaks = of_region(breaks_of(table), region, is_summed=False)
    window = window_of(periods_of(shown_table, region=region), page)
    columns, drawn = window.periods, set(window.drawn)
    whole = figures_of(shown_table, region=region, periods=drawn, are_whole=True)
    country = [] if measure.plan.is_summed else figures_of(shown_table, region=COUNTRY, periods=drawn, are_whole=True)
    rows = _place_rows(measure, shown_table, region, breaks, columns)
    name = charts.short_name(measure, region)
    lines: list[tuple[str, Sequence[Figure]]] = [(name, whole)]
    country_line = None
    if country:
        country_line = charts.short_name(measure, COUNTRY)
        lines.append((country_line, country))
    return RegionPage(
        measure,
        table,
        region,
        name,
        drawings.time_drawings(measure, lines, window.breaks(breaks), "regionen", window),
        columns,
        window.page,
        _row(measure, region, whole, breaks, columns) if whole else None,
        _row(measure, COUNTRY, country, (), columns) if country else None,
        rows,
        len(columns) > 4,
        sum(row.depth == 1 for row in rows) > MOST_BESIDE,
        newest_breaks(measure, breaks),
        break_lines(measure, window.breaks(breaks)),
        country_line,
        tuple(one for one in whole if one.status is Status.INCOMPLETE and one.period in columns),
    )


def _place_rows(
    measure: PlannedMeasure,
    shown_table: ShownTable,
    region: str,
    breaks: Sequence[Break],
    columns: Sequence[Period],
) -> tuple[Row, ...]:
    """A row for every place below the region: the nearest for all columns, those below them for the latest ones."""
    latest = columns[-LATEST:]
    near = figures_of(shown_table, region=region, periods=columns, depth=1)
    deep = [one for one in figures_of(shown_table, region=region, periods=latest) if len(one.place) > 1]
    by_place: dict[tuple[str, ...], list[Figure]] = {}
    for figure in (*near, *deep):
        by_place.setdefault(figure.place, []).append(figure)
    return tuple(
        Row(
            place_words(measure, place),
            None,
            _row(measure, region, found, breaks, columns if len(place) == 1 else latest).cells,
            len(place),
        )
        for place, found in sorted(by_place.items(), key=lambda item: _in_words(measure, item[0]))
    )


def _in_words(measure: PlannedMeasure, place: Sequence[str]) -> tuple[str, ...]:
    """Sorts places as Swedish readers expect, each below what it lies in."""
    return tuple(sort_key(place_words(measure, place[: depth + 1])) for depth in range(len(place)))


def place_words(measure: PlannedMeasure, place: Sequence[str]) -> str:
    """The last step of a place in words; what it lies in is said by the rows above it."""
    language = current_language()
    return measure.label(measure.plan.dimensions[len(place) - 1], place[-1]).in_language(language)
