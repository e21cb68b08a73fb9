"""Erasing what drafts leave behind: asked for in the transaction that lets go of it, done by the worker."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import jobs, storage
from registry.db import transaction
from registry.jobs import Job, JobRun, PutOff
from registry.stored import sweeping

TIDY = "tidy_delivery_drafts"


def ask_to_tidy(session: Session, now: datetime, organisation_id: str, keys: Sequence[str | None]) -> None:
    """Have the worker erase objects that no draft needs any more."""
    wanted = [key for key in keys if key]
    if wanted:
        jobs.enqueue(session, TIDY, now=now, payload={"keys": wanted}, organisation_id=organisation_id)


def tidy(job: JobRun) -> None:
    """Erase the named draft objects, but for those that something refers to or that became a record.

    Idempotent: what is gone is left alone. While a copy of the instance is made nothing is erased, and the job is put off
    (``PutOff``).
    """
    for key in job.payload["keys"]:
        sweeping.erase_draft(job.now, key)
    with transaction(bookkeeping=True) as session:
        if storage.tidying_is_held(session):
            raise PutOff(storage.HELD)


def awaited(session: Session) -> Iterable[str]:
    """Keys of objects that a job is going to erase."""
    waiting = session.scalars(select(Job.payload).where(Job.kind == TIDY, Job.state.in_(jobs.OPEN)))
    return [key for payload in waiting for key in payload["keys"]]
