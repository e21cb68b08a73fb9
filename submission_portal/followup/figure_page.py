"""What the page of one figure shows: its value, its parts, its neighbours, and what it has been in other versions."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from flask import url_for
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.errors import NotFound
from registry.findings import Text
from registry.i18n import current_language
from registry.swedish import sort_key
from submission_portal.followup import pages
from submission_portal.followup.breaks import between, of_region
from submission_portal.followup.comparable import Comparability, Comparable
from submission_portal.followup.compilations.gate import shown_to_each
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.figures import Figure, read_figures, region_of_key
from submission_portal.followup.gateway import versions_of
from submission_portal.followup.pages import BreakLine, Cell, break_lines, cell_of
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.followup.queries import breaks_of
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.totals import Difference, differences
from submission_portal.followup.trace_nodes import figure_title


@dataclass(frozen=True)
class Neighbour:
    """The figure of the period before or after, and what stands between."""

    figure: Figure
    cell: Cell
    breaks: tuple[BreakLine, ...]
    difference: str


@dataclass(frozen=True)
class FigurePage:
    measure: PlannedMeasure
    table: TableVersion
    figure: Figure
    title: Text
    value: str
    is_current: bool
    before: Neighbour | None
    after: Neighbour | None
    parts: tuple[tuple[str, Cell], ...]
    parts_of: str
    missing: tuple[str, ...]
    difference: Difference | None
    explanation: Text | None
    comparable: Sequence[Comparable]
    """The wordings, as regions applied them on the last day of the period."""
    history: tuple[tuple[TableVersion, str, str], ...]
    """(version, value in words, address), newest first, one line per version in which the figure stood."""


def figure_page(
    session: Session, actor: Actor, measure: PlannedMeasure, shown: ShownTable, key: str, comparability: Comparability
) -> FigurePage:
    """Raises ``NotFound`` where the table has no such figure."""
    table, frame = shown.table, shown.frame
    rows = frame.filter(pl.col("key") == key)
    if not rows.height:
        raise NotFound("figure")
    figure = Figure.from_row(rows.row(0, named=True))
    same = read_figures(
        frame.filter((pl.col("region") == figure.region) & (pl.col("place").list.join("/") == "/".join(figure.place)))
    )
    series = sorted((one for one in same if one.period.kind is figure.period.kind), key=lambda one: one.period)
    at = next(number for number, one in enumerate(series) if one.key == key)
    decimals = measure.measure.decimals
    compared = next(iter(differences([figure], measure.totals, {str(figure.period): figure.delivered}, decimals)), None)
    known = next((one for one in measure.measure.known_totals if compared and one.period == str(figure.period)), None)
    return FigurePage(
        measure,
        table,
        figure,
        figure_title(measure, figure),
        pages.shown(figure, decimals),
        table.is_current(),
        _neighbour(measure, table, series[at - 1], figure) if at else None,
        _neighbour(measure, table, series[at + 1], figure) if at + 1 < len(series) else None,
        _parts(measure, frame, figure),
        _parts_heading(measure, figure),
        tuple(_unit_words(measure, figure, code) for code in figure.missing),
        compared,
        known.explanation if known else None,
        comparability.rows(figure.period.last, None if figure.is_country else figure.region),
        _history(session, actor, measure, key),
    )


def _neighbour(measure: PlannedMeasure, table: TableVersion, other: Figure, figure: Figure) -> Neighbour:
    earlier, later = sorted((other, figure), key=lambda one: one.period)
    breaks = of_region(breaks_of(table), figure.region, measure.plan.is_summed)
    found = between(breaks, earlier.period, later.period)
    difference = ""
    if earlier.value is not None and later.value is not None:
        difference = pages.value_words(later.value - earlier.value, measure.measure.decimals)
    return Neighbour(other, cell_of(measure, other), break_lines(measure, found), difference)


def _parts(measure: PlannedMeasure, frame: pl.DataFrame, figure: Figure) -> tuple[tuple[str, Cell], ...]:
    """The figures that this one sums, one step down."""
    if not measure.plan.is_summed:
        return ()
    of_period = frame.filter(pl.col("period") == str(figure.period))
    if figure.is_country:
        found = read_figures(of_period.filter((pl.col("place").list.len() == 0) & (pl.col("region") != figure.region)))
        return tuple((_region(measure, one.region), cell_of(measure, one)) for one in found)
    depth = len(figure.place) + 1
    found = [
        one
        for one in read_figures(
            of_period.filter((pl.col("region") == figure.region) & (pl.col("place").list.len() == depth))
        )
        if one.place[:-1] == figure.place
    ]
    parts = [(pages.place_words(measure, one.place), cell_of(measure, one)) for one in found]
    return tuple(sorted(parts, key=lambda part: sort_key(part[0])))


def _parts_heading(measure: PlannedMeasure, figure: Figure) -> str:
    if figure.is_country:
        return "region"
    depth = len(figure.place)
    if depth >= len(measure.plan.dimensions):
        return ""
    return measure.model.element(measure.plan.dimensions[depth]).label.in_language(current_language())


def _unit_words(measure: PlannedMeasure, figure: Figure, code: str) -> str:
    if figure.is_country:
        return _region(measure, code)
    return measure.label(measure.plan.parts_at(len(figure.place)), code).in_language(current_language())


def _region(measure: PlannedMeasure, code: str) -> str:
    return measure.label("region", code).in_language(current_language()).removeprefix("Region ")


def _history(
    session: Session, actor: Actor, measure: PlannedMeasure, key: str
) -> tuple[tuple[TableVersion, str, str], ...]:
    lines = []
    versions = session.scalars(versions_of(measure.slug, actor, about=region_of_key(key)).limit(HISTORY)).all()
    for shown in shown_to_each(session, measure, versions, actor):
        version, rows = shown.table, shown.frame.filter(pl.col("key") == key)
        if rows.height:
            figure = Figure.from_row(rows.row(0, named=True))
            url = url_for("followup.figure", slug=measure.slug, key=key, version=version.number)
            lines.append((version, pages.shown(figure, measure.measure.decimals), url))
    return tuple(lines)


HISTORY = 12
"""Versions whose figures are read for a page; the list of versions has them all."""
