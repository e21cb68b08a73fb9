"""The only way to figures that are to be shown: a table version as one reader has it.

    shown = shown_to(session, measure, table, actor)
    figures_of(shown, region="25")

The version comes from `gateway`, which knows who may read it; here is taken out what rules on compilations close to that reader
and nobody has opened. The registry itself reads everything; a region always reads its own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, reduce
from operator import or_

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models import measures
from information_models.measures import Country, Measure
from legal_checks.compilations.rules import CompilationRule, Subject, rules_for
from registry import clock
from registry.actors import Actor
from registry.content.canonical import parse
from registry.identity.tables import Organisation
from registry.items.queries import current_versions, versions_by_hash
from submission_portal.deliveries.senders import regions_among
from submission_portal.flows.audiences import Audience
from submission_portal.followup.compilations.closing import NOTHING, Closed, Closing, close, could_mark, marked_cells
from submission_portal.followup.compilations.queries import openings_of
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.figures import Figure, read_figures
from submission_portal.followup.frames import frame_of
from submission_portal.followup.plans import MEASURE, PlannedMeasure, planned
from submission_portal.followup.tables import TableVersion
from submission_portal.forwarding.tables import Release
from submission_portal.legal_questions.subjects import counted_elements, said_by


def shown_to(session: Session, measure: PlannedMeasure, table: TableVersion, actor: Actor) -> ShownTable:
    """``table`` as ``actor`` may have it today. ``measure``: the measure as it is now."""
    return shown_to_each(session, measure, [table], actor)[0]


def shown_to_each(
    session: Session, measure: PlannedMeasure, tables: Sequence[TableVersion], actor: Actor
) -> list[ShownTable]:
    """Versions of one measure's table as ``actor`` may have them; as many statements as for one of each recipient, but for their
    frames."""
    today, subjects = clock.today(), _subjects(session, measure, tables)
    common: dict[str, Closing] = {}
    found = []
    for table in tables:
        frame, rules = (
            frame_of(session, table),
            rules_for(subjects[table.measure_version_hash], audience_of(actor, table)),
        )
        if actor.is_system or not _may_close(table, frame, rules, today):
            found.append(ShownTable(table, frame, NOTHING))
            continue
        if table.organisation_id not in common:
            common[table.organisation_id] = _closing(session, measure, table, actor, today)
        closing = replace(common[table.organisation_id], rules=tuple(one.id for one in rules))
        kept = _kept(table.parquet_key, closing)
        if not kept:
            kept.append(close(frame, closing))
        found.append(ShownTable(table, kept[0].frame, kept[0].cells))
    return found


def as_it_would_be(
    session: Session, measure: PlannedMeasure, table: TableVersion, actor: Actor, *, region: str, composed: pl.DataFrame
) -> ShownTable:
    """The figures of one ``region``, ``composed`` in a dry run, as ``actor`` would have them in the place of those in ``table``:
    beside the other regions' they are the same compilation, so what the rules close of the table is closed of them."""
    today, is_own = clock.today(), pl.col("region") == region
    frame = pl.concat([frame_of(session, table).filter(~is_own), composed.filter(is_own)], how="diagonal_relaxed")
    meant = _subjects(session, measure, [table])[table.measure_version_hash]
    rules = rules_for(meant, audience_of(actor, table))
    if actor.is_system or not could_mark(frame, rules, today):
        return ShownTable(table, frame.filter(is_own), NOTHING)
    closing = replace(_closing(session, measure, table, actor, today), rules=tuple(one.id for one in rules))
    closed = close(frame, closing)
    return ShownTable(table, closed.frame.filter(is_own), closed.cells.filter(is_own))


def marked_in(session: Session, measure: PlannedMeasure, table: TableVersion) -> pl.DataFrame:
    """The figures of a version that rules mark (`closing.CELLS`), whatever has been opened: for whoever decides about them. Keys,
    regions and periods, no value. No statement but what finds the measure's meaning where nothing is marked."""
    today, frame = clock.today(), frame_of(session, table)
    meant = _subjects(session, measure, [table])[table.measure_version_hash]
    rules = {one.id: one for audience in Audience for one in rules_for(meant, audience)}
    if not _may_close(table, frame, tuple(rules.values()), today):
        return NOTHING
    made_up = _made_up(measure)
    sources = _sources(session, measure.model_slug, made_up)
    return marked_cells(frame, Closing(tuple(rules), today, sources=sources, made_up=made_up))


def preview_of(session: Session, table: TableVersion, keys: Collection[str]) -> list[Figure]:
    """Some figures of a version as they are, for the legal reviewer who decides about them: `deciding.preview` sees who that is,
    and leaves an event."""
    return read_figures(frame_of(session, table).filter(pl.col("key").is_in(list(keys))))


def audience_of(actor: Actor, table: TableVersion) -> Audience:
    """The audience that a reader counts to when it is asked what has been opened: of a region's people that is everybody."""
    return Audience.RECIPIENT if actor.belongs_to(table.organisation_id) else Audience.PUBLIC


def _closing(session: Session, measure: PlannedMeasure, table: TableVersion, actor: Actor, today: date) -> Closing:
    """What is closed to ``actor`` of a measure, but for the rules, which are each version's own. A country's sum stands under each
    name that the same figures have, so that what is open of any of them counts."""
    slugs = {measure.slug, *(one.slug for one in same_figures(session, measure))}
    openings, made_up = openings_of(session, slugs, today), _made_up(measure)
    return Closing(
        rules=(),
        on=today,
        openings=openings.to(audience_of(actor, table), table.organisation_id, measure.slug),
        audiences=openings.known,
        own=_own_regions(session, actor),
        sources=_sources(session, measure.model_slug, made_up),
        counted=_counted(measure),
        made_up=made_up,
    )


def subject_of(measure: PlannedMeasure) -> Subject:
    """What the rules know a measure by: what it says that it means, and what its elements mean in its model."""
    names = (*counted_elements(measure.measure), *(measure.measure.where or {}))
    elements = [measure.model.by_name[name] for name in names if name in measure.model.by_name]
    return said_by(measure.measure) | Subject(frozenset(one.concept for one in elements if one.concept))


def same_figures(session: Session, measure: PlannedMeasure) -> list[Measure]:
    """The published measures that count an element of this one in the same rows."""
    own, where = counted_elements(measure.measure), measure.measure.where or {}
    return [
        one
        for one in (_read(each.content_hash, each.content_text) for each in current_versions(session, MEASURE))
        if one.model == measure.model_slug and (one.where or {}) == where and own & counted_elements(one)
    ]


@lru_cache(maxsize=256)
def _read(content_hash: str, text: str) -> Measure:
    return measures.read(parse(text))


def _subjects(session: Session, measure: PlannedMeasure, tables: Sequence[TableVersion]) -> Mapping[str, Subject]:
    """By version of the measure: what it meant then or means now, so that taking a concept out of it opens nothing; and what other
    measures of the same rows mean, so that another name for the same figures opens nothing either."""
    now = reduce(or_, (said_by(one) for one in same_figures(session, measure)), subject_of(measure))
    others = {table.measure_version_hash for table in tables} - {measure.version_hash}
    versions = versions_by_hash(session, sorted(others)) if others else {}
    found = {one: subject_of(planned(session, version)) | now for one, version in versions.items()}
    return {measure.version_hash: now} | {one: found.get(one, now) for one in others}


def _own_regions(session: Session, actor: Actor) -> frozenset[str]:
    """The county codes of the regions that the actor belongs to."""
    own = actor.organisations()
    if not own:
        return frozenset()
    query = select(Organisation.code).where(Organisation.id.in_(own), Organisation.kind == "region")
    return frozenset(session.scalars(query))


def _sources(session: Session, model_slug: str, made_up: frozenset[str]) -> int:
    """How many regions have ever delivered under a model. Two tables of one region each are a compilation of two."""
    delivered = select(Release.organisation_id).where(Release.model_slug == model_slug)
    return regions_among(session, delivered, made_up)


def _counted(measure: PlannedMeasure) -> frozenset[str]:
    """The regions that the country's sum is of: the one that is made here, or was published of counts that add up."""
    if measure.measure.country is Country.NONE or not measure.measure.is_summed:
        return frozenset()
    return frozenset(code.code for code in measure.regions.codes if not code.test)


def _made_up(measure: PlannedMeasure) -> frozenset[str]:
    """The regions' codes that are for trials."""
    return frozenset(code.code for code in measure.regions.codes if code.test)


def _may_close(table: TableVersion, frame: pl.DataFrame, rules: tuple[CompilationRule, ...], today: date) -> bool:
    """Whether any of ``rules`` is about the figures of a version; looked up once a day, since a table may have a hundred thousand."""
    known = _known(table.parquet_key, rules, today)
    if not known:
        known.append(could_mark(frame, rules, today))
    return known[0]


@lru_cache(maxsize=512)
def _known(parquet_key: str | None, rules: tuple[CompilationRule, ...], today: date) -> list[bool]:
    """A place for whether rules are about a version's figures on a day."""
    return []


@lru_cache(maxsize=48)
def _kept(parquet_key: str | None, closing: Closing) -> list[Closed]:
    """A place for a version's figures as they are closed to some readers on a day, filled when they are first read."""
    return []
