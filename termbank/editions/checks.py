"""Checking a file of an edition as ``termbank check`` does: asked for, done by the worker in a cage, and counted by check.

What is kept is how often each check found something; where in the file, the command tells.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import jobs, storage
from registry.actors import Actor, Role
from registry.db import reading, transaction
from registry.errors import NotFound
from registry.jobs import OPEN, Job, JobRun
from registry.locks import holding
from termbank.editions.tables import EditionFile, Reading
from termbank.vocabularies.caged import examine

CHECK = "termbank.check-edition-file"
_PREFIX = "check:"
"""Before the code of a check among the counts of a file."""


def ask(session: Session, actor: Actor, now: datetime, file: EditionFile) -> None:
    """Have a file that has been read checked, unless that waits already. Raises `Forbidden` for others than those who write
    editions for its organisation, and `NotFound` where it has not been read."""
    actor.require(Role.TERMINOLOGIST, organisation_id=file.organisation_id)
    if file.state != Reading.READY:
        raise NotFound("file")
    jobs.enqueue_unless_waiting(
        session, CHECK, now=now, payload={"file": file.id}, organisation_id=file.organisation_id
    )


def run(job: JobRun) -> None:
    """Handler of `CHECK`. What was counted before stays until the file has been checked anew."""
    file_id = int(job.payload["file"])
    with reading() as session:
        file = session.get(EditionFile, file_id)
        if file is None or file.state != Reading.READY:
            return
        name, data = file.name, storage.read(session, file.object_key)
    found = examine(data, name, most=1)
    counted = {one.code: one.count for one in found.outcomes}
    if found.unreadable is not None:
        counted = {found.unreadable.code: 1}
    with transaction(bookkeeping=True) as session:
        held = session.scalar(holding(select(EditionFile).where(EditionFile.id == file_id)))
        if held is not None and held.state == Reading.READY:
            kept = {key: number for key, number in (held.counts or {}).items() if not key.startswith(_PREFIX)}
            held.counts = kept | {f"{_PREFIX}{code}": number for code, number in counted.items()}


def counted(file: EditionFile) -> Mapping[str, int]:
    """How often each check found something, by its code; empty where the file has not been checked."""
    return {key.removeprefix(_PREFIX): number for key, number in (file.counts or {}).items() if key.startswith(_PREFIX)}


def is_waiting(session: Session, file: EditionFile) -> bool:
    """Whether the file waits to be checked, or is being checked."""
    query = select(Job.id).where(Job.kind == CHECK, Job.state.in_(OPEN), Job.payload == {"file": file.id}).limit(1)
    return session.scalar(query) is not None
