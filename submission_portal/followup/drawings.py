"""The charts on pages of figures: each with its heading, and what it is a chart of (`charts` draws them)."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from registry.i18n import current_language
from registry.period import Period
from submission_portal.followup import charts
from submission_portal.followup.breaks import COUNTRY, Break, of_region
from submission_portal.followup.figures import Figure
from submission_portal.followup.incomparable import Incomparables
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.followup.series import Point, build_series
from submission_portal.followup.windows import Window


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart with its heading and what it is a chart of."""

    title: str
    note: str
    svg: Markup


def country_drawings(
    measure: PlannedMeasure, country: Sequence[Figure], breaks: Sequence[Break], window: Window
) -> tuple[Drawing, ...]:
    mine = of_region(breaks, COUNTRY, measure.plan.is_summed)
    return time_drawings(measure, [(charts.short_name(measure, COUNTRY), country)], mine, "riket", window)


def region_bars(
    measure: PlannedMeasure,
    regions: Sequence[Figure],
    country: Figure | None,
    period: Period | None,
    incomparables: Incomparables,
) -> Drawing | None:
    if period is None or len(regions) < 2:
        return None
    language = current_language()
    title = f"{measure.measure.title.in_language(language)}, {period.label(language)}"
    reference = country if country is not None and (measure.plan.is_ratio or not measure.plan.is_summed) else None
    apart = {one.region for one in regions if set(incomparables.with_figure(one)) & {other.region for other in regions}}
    svg = charts.region_bars(measure, regions, reference, apart, id_="regioner-plot", title=title)
    note = measure.measure.unit.in_language(language)
    if apart:
        note = _(
            "%(unit)s. %(mark)s: not comparable with every other region, since the words were applied differently.",
            unit=note,
            mark=charts.APART,
        )
    return Drawing(title, note, svg)


def drawing_of_each(
    measure: PlannedMeasure, figures: Sequence[Figure], breaks: Sequence[Break], window: Window
) -> tuple[Drawing, ...]:
    """A drawing for each region, where there are few of them and no country to draw."""
    by_region: dict[str, list[Figure]] = {}
    for figure in figures:
        by_region.setdefault(figure.region, []).append(figure)
    return tuple(
        drawn
        for region, found in sorted(by_region.items())
        for drawn in time_drawings(
            measure,
            [(charts.short_name(measure, region), found)],
            of_region(breaks, region, is_summed=False),
            f"region-{region}",
            window,
        )
    )


def time_drawings(
    measure: PlannedMeasure,
    lines: Sequence[tuple[str, Sequence[Figure]]],
    breaks: Sequence[Break],
    id_: str,
    window: Window,
) -> tuple[Drawing, ...]:
    """One drawing per kind of period of the first line, with the other lines' figures of the same kind.

    It says so where it leaves periods out: those outside the window.
    """
    name, main = lines[0]
    if not any(one.value is not None for one in main):
        return ()
    language = current_language()
    note = measure.measure.unit.in_language(language)
    if window.is_part:
        note = _(
            "%(unit)s. Drawn: %(shown)s of %(all)s periods, %(first)s to %(last)s.",
            unit=note,
            shown=len(window.drawn),
            all=window.page.total,
            first=charts.short_period(window.drawn[0]),
            last=charts.short_period(window.drawn[-1]),
        )
    drawings = []
    for number, series in enumerate(build_series([Point(one.period, one.value, one.key) for one in main], breaks), 1):
        same = [
            (label, sorted((one for one in figures if one.period.kind is series.kind), key=lambda one: one.period))
            for label, figures in lines
        ]
        same = [same[0], *(line for line in same[1:] if line[1])]
        title = f"{measure.measure.title.in_language(language)}: {name}"
        svg = charts.time_chart(measure, same, breaks, id_=f"{id_}-{number}", title=title)
        drawings.append(Drawing(title, note, svg))
    return tuple(drawings)
