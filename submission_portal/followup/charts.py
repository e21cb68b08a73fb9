"""Figures as drawings (`registry.web.drawing`): which points, which breaks, which words.

A drawing shows what its table shows. Places stand beside the country as published; nothing is averaged, and half-years
and months are drawings of their own.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from babel.dates import format_date
from flask_babel import gettext as _
from markupsafe import Markup

from registry.i18n import current_language, show_date, show_figure
from registry.period import Period, PeriodKind
from registry.web import drawing
from submission_portal.followup.breaks import Break, Cause
from submission_portal.followup.figures import Figure
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.followup.series import steps

APART = "\N{NOT EQUAL TO}"
"""The mark of a region that cannot be compared with every other one."""
MOST_LEVELS = 3
"""So many days or fewer are drawn as levels with their values written out."""


def short_period(period: Period) -> str:
    """A period short enough for an axis: ``2014``, ``H1 2016``, ``okt 2017``, ``1 mar 2018``."""
    language = current_language()
    match period.kind:
        case PeriodKind.HALF_YEAR:
            half = (period.first.month + 5) // 6
            return f"H{half} {period.first.year}"
        case PeriodKind.MONTH:
            return format_date(period.first, "MMM y", locale=language).replace(".", "")
        case PeriodKind.WEEK:
            year, week, _weekday = period.first.isocalendar()
            return f"{'v.' if language == 'sv' else 'w.'} {week} {year}"
        case PeriodKind.DAY:
            return format_date(period.first, "d MMM y", locale=language).replace(".", "")
        case _:
            return period.label(language)


def short_name(measure: PlannedMeasure, region: str) -> str:
    """A region's name without the word that all of them share."""
    return measure.label("region", region).in_language(current_language()).removeprefix("Region ")


def time_chart(
    measure: PlannedMeasure,
    lines: Sequence[tuple[str, Sequence[Figure]]],
    breaks: Sequence[Break],
    *,
    id_: str,
    title: str,
    half: bool = False,
) -> Markup:
    """Lines over time, the first one with its breaks. ``lines``: (name, figures of one kind of period, in order)."""
    decimals = measure.measure.decimals
    series = tuple(_series(name, figures) for name, figures in lines)
    main = list(lines[0][1])
    are_levels = (
        len(lines) == 1
        and len(main) <= MOST_LEVELS
        and all(one.period.kind is PeriodKind.DAY for one in main)
        and len(main) == (main[-1].period.first - main[0].period.first).days + 1
    )
    chart = drawing.Chart(
        id_,
        title,
        describe(measure, lines, breaks),
        series,
        tuple(
            drawing.Break(
                one.on,
                drawing.Cause(one.cause.value),
                one.cause.label.in_language(current_language()),
                show_date(one.on),
                frozenset({lines[0][0]}),
            )
            for one in breaks
        ),
        _ghosts(main, breaks, decimals) if are_levels else (),
        steps=are_levels,
        half=half,
    )
    return drawing.draw(chart, lambda value: _shown(value, decimals), show_figure)


def region_bars(
    measure: PlannedMeasure,
    figures: Sequence[Figure],
    country: Figure | None,
    apart: Collection[str] = (),
    *,
    id_: str,
    title: str,
) -> Markup:
    """Every region's figure of one period, the largest first, with the country as published where there is one.

    ``apart`` are the regions (county codes) that cannot be compared with every other one; they are marked `APART`.
    """
    decimals = measure.measure.decimals
    language = current_language()
    ordered = sorted(figures, key=lambda one: (one.value is None, -(one.value or 0), one.region))
    rows = tuple(
        drawing.Row(
            f"{short_name(measure, one.region)} {APART}" if one.region in apart else short_name(measure, one.region),
            one.value,
            one.status.label.in_language(language),
        )
        for one in ordered
    )
    reference = country.value if country is not None else None
    shown = [row for row in rows if row.value is not None]
    words = _("%(count)s regions.", count=len(shown))
    if shown:
        words += " " + _(
            "From %(low)s in %(lowest)s to %(high)s in %(highest)s.",
            low=_shown(shown[-1].value, decimals),
            lowest=shown[-1].label,
            high=_shown(shown[0].value, decimals),
            highest=shown[0].label,
        )
    if apart:
        names = ", ".join(short_name(measure, one.region) for one in ordered if one.region in apart)
        words += " " + _("Not comparable with every other region: %(names)s.", names=names)
    bars = drawing.Bars(id_, title, words, rows, reference, _("The country, as published"))
    return drawing.draw_bars(bars, lambda value: _shown(value, decimals))


def describe(measure: PlannedMeasure, lines: Sequence[tuple[str, Sequence[Figure]]], breaks: Sequence[Break]) -> str:
    """The drawing in words, for those who do not see it."""
    language, decimals = current_language(), measure.measure.decimals
    parts = []
    for name, figures in lines:
        shown = [one for one in figures if one.value is not None]
        if shown:
            parts.append(
                _(
                    "%(name)s: %(first)s in %(from)s, %(last)s in %(to)s.",
                    **{
                        "name": name,
                        "first": _shown(shown[0].value, decimals),
                        "from": shown[0].period.label(language),
                        "last": _shown(shown[-1].value, decimals),
                        "to": shown[-1].period.label(language),
                    },
                )
            )
    parts += [
        _(
            "The line is broken on %(day)s: %(cause)s.",
            day=show_date(one.on),
            cause=one.cause.label.in_language(language).lower(),
        )
        for one in breaks
    ]
    return " ".join(parts)


def _series(name: str, figures: Sequence[Figure]) -> drawing.Series:
    points = tuple(
        drawing.Point(one.period.first, one.period.last, one.value, short_period(one.period)) for one in figures
    )
    return drawing.Series(name, points, _regular_gap(figures))


def _regular_gap(figures: Sequence[Figure]) -> timedelta:
    """The time between neighbours one regular step apart: none where every period is published."""
    pairs = list(pairwise(figures))
    step = min((steps(one.period, other.period) for one, other in pairs), default=1)
    gaps = [
        other.period.first - one.period.last - timedelta(days=1)
        for one, other in pairs
        if steps(one.period, other.period) == step
    ]
    return max(gaps, default=timedelta(0))


def _ghosts(figures: Sequence[Figure], breaks: Sequence[Break], decimals: int) -> tuple[drawing.Ghost, ...]:
    """What a changed application left out: the distance between the two levels, from the break on."""
    ghosts = []
    for one, other in pairwise(figures):
        changed = any(each.cause is Cause.APPLICATION and each.on == other.period.first for each in breaks)
        if changed and one.value is not None and other.value is not None and one.value > other.value:
            fewer = _("%(number)s fewer", number=_shown(one.value - other.value, decimals))
            ghosts.append(drawing.Ghost(other.period.first, figures[-1].period.last, other.value, one.value, fewer))
    return tuple(ghosts)


def _shown(value: object, decimals: int) -> str:
    number = Decimal(str(value))
    return show_figure(number, decimals if number != number.to_integral_value() or decimals else 0)
