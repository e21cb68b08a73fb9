"""The worker's part of the follow-up: composing tables anew when what they rest on has changed."""

from collections.abc import Mapping

import structlog
from sqlalchemy.orm import Session

from information_models import measures
from information_models.measures import Measure
from registry.actors import SYSTEM
from registry.db import db, end_reading, reading, transaction
from registry.events import Happening
from registry.items.lifecycle import State
from registry.items.queries import current_versions, version_by_hash
from registry.jobs import JobRun
from submission_portal.deliveries.senders import REGION_LIST
from submission_portal.flows.audiences import Audience
from submission_portal.followup.composing import compose_series
from submission_portal.followup.keeping import is_stale, keep_own_views, keep_version
from submission_portal.followup.plans import MEASURE, measures_of_model, planned_by_slug
from submission_portal.followup.published_cells import PublishedCells
from submission_portal.followup.recomposing import AGAIN, bring_up_to_date, comes_out_as
from submission_portal.followup.related_measures import (
    RelatedMeasure,
    are_still,
    linked_measures_of,
    related_measures_of,
)
from submission_portal.followup.releasing import hold_table
from submission_portal.followup.table_series import TableSeries, series_of, series_owned_by
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.versions import newest_of, next_number, published_cells_of
from submission_portal.forwarding.jobs import national_store
from submission_portal.forwarding.services import ask_for_tables
from submission_portal.forwarding.sinks import Checkpoint, on_we_go

TRIES = 5
log = structlog.get_logger("registry.followup")


def publish_tables(job: JobRun, checkpoint: Checkpoint = on_we_go) -> None:
    """Compose the tables of every measure of a model whose basis has changed since its newest version, or of all."""
    slugs = [version.item.slug for version in measures_of_model(db.session, str(job.payload["model"]))]
    for slug in slugs:
        compose_measure(job, slug, checkpoint)


def compose_measure(job: JobRun, slug: str, checkpoint: Checkpoint = on_we_go) -> None:
    """Compose one measure's tables, of each recipient. Doing it again on the same basis changes nothing.

    Raises ``RuntimeError`` where the basis never stood still long enough; the job is then tried again later.
    """
    for owner in _owners(slug):
        if not any(_compose_once(job, slug, owner, checkpoint) for _ in range(TRIES)):
            raise RuntimeError(f"the basis of {slug} kept changing")


def _owners(slug: str) -> list[str]:
    """The recipients who have a series of a measure's tables, the main one first."""
    end_reading(db.session)
    with reading() as session:
        measure = planned_by_slug(session, slug)
        return [one.owner for one in series_of(session, measure)] if measure is not None else []


def _compose_once(job: JobRun, slug: str, owner: str, checkpoint: Checkpoint) -> bool:
    """Whether a recipient's tables are as their bases say; ``False`` where those changed while we were counting."""
    end_reading(db.session)
    with reading() as session:
        measure = planned_by_slug(session, slug)
        series = series_owned_by(session, measure, owner) if measure is not None else None
        if series is None:
            return True
        latest = newest_of(session, slug, owner)
        is_again = bool(job.payload.get(AGAIN)) and bool(latest)
        hashes, number = series.hashes, next_number(session, slug, owner)
        if not is_stale(session, series, latest) and not is_again:
            return True
        published, related = _what_readers_have(session, series)
    composed = compose_series(series.bases, national_store(), published, related)
    checkpoint("composed")
    with transaction() as session:
        hold_table(session, slug)
        measure = planned_by_slug(session, slug)
        series = series_owned_by(session, measure, owner) if measure is not None else None
        if measure is None or series is None or next_number(session, slug, owner) != number:
            return False
        if series.hashes != hashes:
            return False
        latest = newest_of(session, slug, owner)
        if measure.measure.needs_protection and not are_still(session, measure, related):
            return False
        if is_again and comes_out_as(session, latest, series, composed):
            bring_up_to_date(session, job.now, latest, series, composed)
            keep_own_views(session, SYSTEM, job.now, series=series, composed=composed, number=_newest(latest))
            return True
        kept = keep_version(session, SYSTEM, job.now, series=series, composed=composed)
        checkpoint("kept")
        for table in kept:
            log.debug("table_composed", measure=slug, number=table.number, state=str(table.state), hidden=table.hidden)
    checkpoint("published")
    return True


def _newest(latest: Mapping[Audience, TableVersion]) -> int:
    return max(one.number for one in latest.values())


def _what_readers_have(
    session: Session, series: TableSeries
) -> tuple[Mapping[Audience, PublishedCells], tuple[RelatedMeasure, ...]]:
    """Of this measure's table and of others that tell the same persons; nothing where none are protected."""
    measure = series.measure
    if not measure.measure.needs_protection:
        return {}, ()
    related = (*related_measures_of(session, measure), *linked_measures_of(session, measure))
    return published_cells_of(session, measure.slug, series.rules), related


def on_version_published(session: Session, event: Happening) -> None:
    """A new measure, application statement or list of regions changes tables: have them composed anew."""
    kind = event.data.get("kind")
    if kind not in (MEASURE, "application", "code_list"):
        return
    version = version_by_hash(session, event.subject.removeprefix("version:"))
    if version is None:
        return
    content = version.content
    if kind == MEASURE:
        models = {content["model"]}
    elif kind == "application":
        concept = content["concept"]
        models = {one.model for one in _measures(session) if concept in one.concepts}
    else:
        models = {one.model for one in _measures(session)} if version.item.slug == REGION_LIST else set()
    for model in sorted(models):
        ask_for_tables(session, event.recorded_at, model)


def on_version_withdrawn(session: Session, event: Happening) -> None:
    """A withdrawn application statement no longer says how a region counts: have the tables composed anew without it."""
    if event.data.get("kind") == "application" and event.data.get("was") == State.PUBLISHED:
        on_version_published(session, event)


def _measures(session: Session) -> list[Measure]:
    return [measures.read(version.content) for version in current_versions(session, MEASURE)]
