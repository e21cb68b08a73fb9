"""Checking a file of an edition as ``termbank check`` does: asked for, done by the worker in a cage, and kept with the file.

Everything that a check finds is counted; of each check, so many findings are kept as there is sense in reading.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from registry import jobs, storage
from registry.actors import Actor, Role
from registry.db import reading, transaction
from registry.errors import NotFound
from registry.jobs import OPEN, Job, JobRun
from registry.locks import holding
from registry.paging import Page, page_of
from termbank.editions.tables import EditionFile, EditionFinding, Reading
from termbank.vocabularies.caged import examine
from termbank.vocabularies.examining import Examination

CHECK = "termbank.check-edition-file"
MOST_KEPT = 2_000
"""Findings of one check."""
SHOWN = 50
"""Findings on a page."""
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
    """Handler of `CHECK`. What was found before stays until the file has been checked anew."""
    file_id = int(job.payload["file"])
    with reading() as session:
        file = session.get(EditionFile, file_id)
        if file is None or file.state != Reading.READY:
            return
        name, data = file.name, storage.read(session, file.object_key)
    found = examine(data, name, most=MOST_KEPT)
    counts = {one.code: one.count for one in found.outcomes}
    if found.unreadable is not None:
        counts = {found.unreadable.code: 1}
    rows = list(_rows(file_id, found))
    with transaction(bookkeeping=True) as session:
        held = session.scalar(holding(select(EditionFile).where(EditionFile.id == file_id)))
        if held is None or held.state != Reading.READY:
            return
        kept = {key: number for key, number in (held.counts or {}).items() if not key.startswith(_PREFIX)}
        held.counts = kept | {f"{_PREFIX}{code}": number for code, number in counts.items()}
        session.execute(delete(EditionFinding).where(EditionFinding.file_id == file_id))
        if rows:
            session.execute(insert(EditionFinding), rows)


def counted(file: EditionFile) -> Mapping[str, int]:
    """How often each check found something, by its code; empty where the file has not been checked."""
    return {key.removeprefix(_PREFIX): number for key, number in (file.counts or {}).items() if key.startswith(_PREFIX)}


def is_waiting(session: Session, file: EditionFile) -> bool:
    """Whether the file waits to be checked, or is being checked."""
    query = select(Job.id).where(Job.kind == CHECK, Job.state.in_(OPEN), Job.payload == {"file": file.id}).limit(1)
    return session.scalar(query) is not None


def page_of_check(session: Session, file: EditionFile, code: str, number: int) -> Page[EditionFinding]:
    """A page of what is kept of one check; empty for a file that was checked when only counts were kept."""
    rows = select(EditionFinding).where(EditionFinding.file_id == file.id, EditionFinding.code == code)
    return page_of(session, rows.order_by(EditionFinding.number), number, SHOWN)


def _rows(file_id: int, found: Examination) -> Iterator[dict[str, Any]]:
    told = [(one.code, one.findings) for one in found.outcomes]
    if found.unreadable is not None:
        told.append((found.unreadable.code, (found.unreadable,)))
    for code, findings in told:
        for number, finding in enumerate(findings):
            yield {"file_id": file_id, "code": code, "number": number, "finding": finding.as_dict()}
