"""Measures that publish the same person counts, of one model or of several, and their cells that readers have or may soon have.

Read from the tables, not from the measures: what was published of a measure that is withdrawn since can still be read.
A version that waits for a decision counts as published, so that two which wait side by side may be published in any
order; one that can never be published (its audit failed) does not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from information_models import measures
from information_models.measures import Measure
from registry.items.queries import versions_by_hash
from registry.items.tables import Item
from registry.locks import holding
from submission_portal.flows.audiences import Audience
from submission_portal.followup.basis import newest_first
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
from submission_portal.forwarding.queries import amendments, current_releases
from submission_portal.forwarding.tables import Release


@dataclass(frozen=True)
class RelatedMeasure:
    """One version of another measure that tells the same persons, and what its tables show and hide."""

    measure: PlannedMeasure
    published: Mapping[Audience, PublishedCells]
    """As each protected audience has it."""
    tables: tuple[str, ...]
    """Ids of the table versions that were looked at."""
    primary: frozenset[str] = frozenset()
    """Keys of the figures that any of them hid for their own sake."""
    releases: tuple[Release, ...] | None = None
    """Of a measure of another model: the current releases that its counts are made from, the one released last first."""
    rows: pl.DataFrame = field(default_factory=pl.DataFrame)
    """Their rows, once they have been read (`with_rows`)."""

    @property
    def is_linked(self) -> bool:
        """Whether it is of another model, and so counted in rows of its own."""
        return self.releases is not None

    @property
    def newest_first(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.releases or ())


def related_measures_of(session: Session, measure: PlannedMeasure) -> tuple[RelatedMeasure, ...]:
    """The other measures of the model whose tables tell persons that this one's table tells too."""
    return tuple(_with_cells(session, other, tables) for other, tables in _related_tables(session, measure))


def linked_measures_of(session: Session, measure: PlannedMeasure) -> tuple[RelatedMeasure, ...]:
    """The measures of other models that count one of its concepts, or that one of the two says to count the same."""
    found = []
    for other, tables in _linked_tables(session, measure):
        releases = current_releases(session, [other.model_slug])
        rank = {one: at for at, one in enumerate(newest_first(releases, amendments(session, releases)))}
        ordered = tuple(sorted(releases, key=lambda one: rank[one.id]))
        found.append(replace(_with_cells(session, other, tables), releases=ordered))
    return tuple(found)


def _with_cells(session: Session, other: PlannedMeasure, tables: Sequence[TableVersion]) -> RelatedMeasure:
    return RelatedMeasure(
        other,
        as_each_has(PROTECTED, ((whom, stored_frame(session, one)) for one, whom in each_content_once(tables))),
        tuple(table.id for table in tables),
        frozenset(key for table in tables for key in table.protection.primary),
    )


def are_still(session: Session, measure: PlannedMeasure, related: Sequence[RelatedMeasure]) -> bool:
    """Whether nothing has come or gone among the related measures, and those that are linked, since they were read. Until the
    transaction ends nobody else keeps a table of these models: each of two must see what the other hid."""
    models = sorted({measure.model_slug, *(one.measure.model_slug for one in related)})
    for slug in models:
        session.scalar(holding(select(Item.id).where(Item.kind == "model", Item.slug == slug)))
    now = [*_related_tables(session, measure), *_linked_tables(session, measure)]
    return [tuple(table.id for table in tables) for _, tables in now] == [one.tables for one in related]


def _related_tables(session: Session, measure: PlannedMeasure) -> list[tuple[PlannedMeasure, list[TableVersion]]]:
    """Other measures of the model that count the same, as they were when tables were composed, with those tables by number."""

    def is_related(other: Measure) -> bool:
        return other.model == measure.model_slug and other.needs_protection

    found = _tables_where(session, measure, is_related)
    return [(other, tables) for other, tables in found if set(counted(other)) & set(counted(measure))]


def _linked_tables(session: Session, measure: PlannedMeasure) -> list[tuple[PlannedMeasure, list[TableVersion]]]:
    """Measures of other models that count the same, whether anything of theirs is protected or not."""
    found = _tables_where(session, measure, lambda other: other.model != measure.model_slug)
    return [(other, tables) for other, tables in found if same_elements(measure, other)]


def _tables_where(
    session: Session, measure: PlannedMeasure, is_wanted: Callable[[Measure], bool]
) -> list[tuple[PlannedMeasure, list[TableVersion]]]:
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
        if not is_wanted(measures.read(versions[version_hash].content)):
            continue
        other = planned(session, versions[version_hash])
        rows = session.scalars(
            select(TableVersion)
            .where(names[0] == slug, names[1] == version_hash, is_open)
            .order_by(TableVersion.sequence)
        )
        there.append((other, [row for row in rows if _may_be_read(row)]))
    return there


def same_elements(measure: PlannedMeasure, other: PlannedMeasure) -> list[tuple[str, str]]:
    """Pairs of elements (of the measure, of the other) that count the same persons: those of one concept, those that one of the
    two measures says so of, and published rates of a measure that is about the concept."""
    said = {(measure.slug, one.model, one.element) for one in measure.measure.same_count_as}
    said |= {(other.slug, one.model, one.element) for one in other.measure.same_count_as}
    pairs = []
    for ours in counted(measure):
        for theirs in other.measure.counted:
            mine, yours = measure.model.by_name.get(ours), other.model.by_name.get(theirs)
            is_one = mine is not None and yours is not None and mine.concept and mine.concept == yours.concept
            is_said = (measure.slug, other.model_slug, theirs) in said or (other.slug, measure.model_slug, ours) in said
            is_rate = not other.plan.is_summed and mine is not None and mine.concept in other.measure.concepts
            if is_one or is_said or is_rate:
                pairs.append((ours, theirs))
    return pairs


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
        if other.is_linked:
            continue
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


def with_rows(
    related: Sequence[RelatedMeasure], read: Callable[[Sequence[Release]], pl.DataFrame]
) -> list[RelatedMeasure]:
    """The measures with the rows of those of other models, which ``read`` gives; those of one model are read once."""
    rows: dict[str, pl.DataFrame] = {}
    found = []
    for one in related:
        if one.releases is not None:
            model = one.measure.model_slug
            if model not in rows:
                rows[model] = read(one.releases)
            one = replace(one, rows=rows[model])
        found.append(one)
    return found
