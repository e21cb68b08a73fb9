"""Measures that publish the same person counts, and their cells that readers have or may soon have.

Read from the tables, not from the measures: what was published of a measure that is withdrawn since can still be read.
A version that waits for a decision counts as published, so that two which wait side by side may be published in any
order; one that can never be published (its audit failed) does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from information_models import measures
from registry.items.queries import versions_by_hash
from registry.items.tables import Item
from registry.locks import holding
from submission_portal.flows.audiences import Audience
from submission_portal.followup.composition import compose, compose_counts
from submission_portal.followup.figures import read_figures
from submission_portal.followup.frames import stored_frame
from submission_portal.followup.inner_cells import Plan
from submission_portal.followup.plans import PlannedMeasure, planned
from submission_portal.followup.published_cells import PublishedCells, as_each_has
from submission_portal.followup.related_figures import RelatedFigures
from submission_portal.followup.small_number_rules import PROTECTED
from submission_portal.followup.tables import TableState, TableVersion
from submission_portal.followup.versions import each_content_once


@dataclass(frozen=True)
class RelatedMeasure:
    """One version of another measure of the same model, and what its tables show and hide."""

    measure: PlannedMeasure
    published: Mapping[Audience, PublishedCells]
    """As each protected audience has it."""
    tables: tuple[str, ...]
    """Ids of the table versions that were looked at."""


def related_measures_of(session: Session, measure: PlannedMeasure) -> tuple[RelatedMeasure, ...]:
    """The other measures of the model whose tables tell persons that this one's table tells too."""
    return tuple(
        RelatedMeasure(
            other,
            as_each_has(PROTECTED, ((whom, stored_frame(session, one)) for one, whom in each_content_once(tables))),
            tuple(table.id for table in tables),
        )
        for other, tables in _related_tables(session, measure)
    )


def are_still(session: Session, measure: PlannedMeasure, related: Sequence[RelatedMeasure]) -> bool:
    """Whether nothing has come or gone among the related measures since they were read. Until the transaction ends nobody
    else keeps a table of the same model: each of two must see what the other hid."""
    session.scalar(holding(select(Item.id).where(Item.kind == "model", Item.slug == measure.model_slug)))
    now = [tuple(table.id for table in tables) for _, tables in _related_tables(session, measure)]
    return now == [one.tables for one in related]


def _related_tables(session: Session, measure: PlannedMeasure) -> list[tuple[PlannedMeasure, list[TableVersion]]]:
    """Other measures that count the same, as they were when tables were composed, with those tables by number."""
    is_open = and_(
        TableVersion.audience.in_(PROTECTED),
        or_(TableVersion.published_at.is_not(None), TableVersion.state == TableState.AWAITING_REVIEW),
    )
    names = (TableVersion.measure_slug, TableVersion.measure_version_hash)
    pairs = session.execute(
        select(*names).where(TableVersion.measure_slug != measure.slug, is_open).distinct().order_by(*names)
    ).all()
    versions = versions_by_hash(session, sorted({version_hash for _, version_hash in pairs}))
    there = []
    for slug, version_hash in pairs:
        read = measures.read(versions[version_hash].content)
        if read.model != measure.model_slug or not read.needs_protection:
            continue
        other = planned(session, versions[version_hash])
        if set(counted(other)) & set(counted(measure)):
            rows = session.scalars(
                select(TableVersion)
                .where(names[0] == slug, names[1] == version_hash, is_open)
                .order_by(TableVersion.sequence)
            )
            there.append((other, [row for row in rows if _may_be_read(row)]))
    return there


def _may_be_read(table: TableVersion) -> bool:
    """Whether readers have a table, or may get it: one whose audit failed is never published."""
    return table.published_at is not None or table.protection.is_safe


def counted(measure: PlannedMeasure) -> tuple[str, ...]:
    """The elements whose counts a table tells and that are protected in it: of a ratio its numerator, and its
    denominator where that is of persons too."""
    plan = measure.plan
    if plan.denominator is None or not measure.model.element(plan.denominator).concerns_persons:
        return (plan.value,)
    return plan.value, plan.denominator


def only(plan: Plan, element: str) -> Plan:
    """The plan of the counts of one element of a measure, summed as the measure sums them."""
    return replace(plan, value=element, denominator=None)


def related_figures(
    related: Sequence[RelatedMeasure], audience: Audience, element: str, rows: pl.DataFrame, newest_first: Sequence[str]
) -> tuple[RelatedFigures, ...]:
    """The related measures that count ``element``, with their figures of ``rows`` as they would be composed now, and what an
    audience has of them."""
    found = []
    for other in related:
        plan, expected = other.measure.plan, other.measure.expected
        needed = {plan.value, plan.period, plan.denominator, plan.region, *plan.dimensions, *plan.where} - {None}
        if element not in counted(other.measure) or not needed <= set(rows.columns):
            continue
        counts = compose_counts(only(plan, element), rows, newest_first, expected)
        figures = counts if plan.denominator is None else compose(plan, rows, newest_first, expected)
        found.append(
            RelatedFigures(
                other.measure.slug,
                plan.dimensions,
                read_figures(counts),
                read_figures(figures),
                other.published[audience],
            )
        )
    return tuple(found)
