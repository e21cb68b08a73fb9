"""The worker's part of the follow-up: composing tables anew when what they rest on has changed."""

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
from submission_portal.followup.basis import Basis, basis_of
from submission_portal.followup.composing import compose_version
from submission_portal.followup.plans import MEASURE, REGION_LIST, measures_of_model, planned_by_slug
from submission_portal.followup.published_cells import NOTHING, PublishedCells
from submission_portal.followup.recomposing import AGAIN, bring_up_to_date, comes_out_as
from submission_portal.followup.related_measures import RelatedMeasure, are_still, related_measures_of
from submission_portal.followup.releasing import hold_table
from submission_portal.followup.services import keep_version
from submission_portal.followup.versions import latest_version, published_cells_of
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
    """Compose one measure's table. Doing it again on the same basis changes nothing.

    Raises ``RuntimeError`` where the basis never stood still long enough; the job is then tried again later.
    """
    for _ in range(TRIES):
        if _compose_once(job, slug, checkpoint):
            return
    raise RuntimeError(f"the basis of {slug} kept changing")


def _compose_once(job: JobRun, slug: str, checkpoint: Checkpoint) -> bool:
    """Whether the table is as its basis says; ``False`` where that changed while we were counting."""
    end_reading(db.session)
    with reading() as session:
        measure = planned_by_slug(session, slug)
        if measure is None:
            return True
        basis = basis_of(session, measure)
        latest = latest_version(session, slug)
        is_again = bool(job.payload.get(AGAIN)) and latest is not None
        basis_hash, number = basis.basis_hash, latest.number if latest else 0
        is_same = latest is not None and latest.basis_hash == basis_hash
        if (latest is None and not basis.releases) or (is_same and not is_again):
            return True
        published, related = _what_readers_have(session, basis)
    composed = compose_version(basis, national_store(), published, related)
    checkpoint("composed")
    with transaction(bookkeeping=is_again) as session:
        hold_table(session, slug)
        measure = planned_by_slug(session, slug)
        latest = latest_version(session, slug)
        if measure is None or (latest.number if latest else 0) != number:
            return False
        basis = basis_of(session, measure)
        if basis.basis_hash != basis_hash:
            return False
        if measure.measure.needs_protection and not are_still(session, measure, related):
            return False
        if is_again and latest is not None and comes_out_as(session, latest, basis, composed):
            bring_up_to_date(session, latest, basis, composed)
            return True
        table = keep_version(session, SYSTEM, job.now, basis=basis, composed=composed)
        checkpoint("kept")
        log.debug("table_composed", measure=slug, number=table.number, state=str(table.state), hidden=table.hidden)
    checkpoint("published")
    return True


def _what_readers_have(session: Session, basis: Basis) -> tuple[PublishedCells, tuple[RelatedMeasure, ...]]:
    """Of this measure's table and of others that tell the same persons; nothing where none are protected."""
    measure = basis.measure
    if not measure.measure.needs_protection:
        return NOTHING, ()
    return published_cells_of(session, measure.slug, basis.rules), related_measures_of(session, measure)


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
