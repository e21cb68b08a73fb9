"""Erasing what drafts leave behind: files and rows that were withdrawn, replaced or sent."""

from sqlalchemy import or_, select

from registry import events, storage
from registry.db import transaction
from registry.identity.actors import SYSTEM
from registry.jobs import JobRun
from registry.storage import Retention, StoredObject
from submission_portal.deliveries.lifecycle import WORKING
from submission_portal.deliveries.tables import Delivery


def tidy(job: JobRun) -> None:
    """Erase the named draft objects unless a delivery in preparation uses them or they became a record.

    Idempotent: what is gone is left alone.
    """
    with transaction() as session:
        for key in job.payload["keys"]:
            stored = session.get(StoredObject, key)
            if stored is None or stored.retention != Retention.DRAFT:
                continue
            uses = or_(Delivery.file_key == key, Delivery.rows_key == key, Delivery.parquet_key == key)
            if session.scalar(select(Delivery.id).where(uses, Delivery.state.in_(WORKING)).limit(1)) is None:
                storage.remove(session, key)
                events.record(
                    session,
                    "DraftObjectErased",
                    actor=SYSTEM,
                    now=job.now,
                    subject=f"object:{stored.kind}/{stored.sha256}",
                    organisation_id=stored.organisation_id,
                )
