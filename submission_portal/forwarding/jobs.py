"""The worker's part of forwarding. Every step may be the last one before the process is killed."""

from pathlib import Path

import structlog
from flask import current_app

from registry import storage
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.identity.tables import Organisation
from registry.jobs import JobRun, PutOff
from submission_portal.deliveries.stored_rows import rows_from
from submission_portal.forwarding.services import mark_forwarded
from submission_portal.forwarding.sinks import Checkpoint, Consignment, DeltaSink, on_we_go
from submission_portal.forwarding.tables import Release

log = structlog.get_logger("registry.forwarding")


def national_store() -> DeltaSink:
    """The national store of this instance."""
    return DeltaSink(Path(current_app.config["INSTANCE"]) / "national")


def forward_release(job: JobRun, checkpoint: Checkpoint = on_we_go) -> None:
    """Carry one release to the national store and record that it is there.

    The store makes sure that the rows are written once; if this process dies after that and before the record, the
    next attempt finds them there and only records.
    """
    session = db.session
    release = session.get_one(Release, job.payload["release"])
    if release.forwarded_at is not None:
        return
    consignment = Consignment(
        release.id,
        release.model_slug,
        session.get_one(Organisation, release.organisation_id).code,
        rows_from(storage.read(session, release.parquet_key)),
    )
    session.rollback()
    checkpoint("read")
    written = national_store().write(consignment, checkpoint)
    with transaction() as session:
        mark_forwarded(
            session, SYSTEM, job.now, release=session.get_one(Release, consignment.release_id), table=written.table
        )
        checkpoint("marked")
    checkpoint("recorded")
    log.debug("release_forwarded", release=consignment.release_id, table=written.table, was_there=written.was_there)


def tidy_store(job: JobRun) -> None:
    """Clear away the files that killed writers left in one table of the national store, unless a backup is being taken."""
    with transaction(bookkeeping=True) as session:
        if storage.tidying_is_held(session):
            raise PutOff(storage.HELD)
    removed = national_store().tidy(str(job.payload["table"]))
    log.debug("store_tidied", table=job.payload["table"], files=len(removed))
