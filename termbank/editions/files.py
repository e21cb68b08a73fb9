"""Files of editions: sent in, read into rows by the worker or a command, and taken away again.

A file has rows that anybody may see only when it is ready and a version that they may read names it. Reading is work that may
be broken off anywhere: it begins by taking away what an earlier attempt left, and a file that cannot be read keeps no row.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry import clock, jobs, storage
from registry.actors import Actor, Role
from registry.db import db, insert_or_ignore, reading, transaction
from registry.errors import NotFound, Refused
from registry.jobs import JobRun
from registry.locks import holding
from registry.storage import Retention
from termbank.concepts.wordings import CONTROLS
from termbank.editions import queries, storing
from termbank.editions.caged import UnreadableEditionError, read_rows
from termbank.editions.rows import TEXTS, Batch
from termbank.editions.tables import EditionFile, Reading
from termbank.file_texts.searching import SearchedFile, record_answer
from termbank.finding_texts.all import FINDINGS

READ, REMOVE, SWEEP = "termbank.read-edition", "termbank.remove-edition-file", "termbank.sweep-edition-files"
OBJECTS = "edition"
MEDIA_TYPE = "application/octet-stream"
"""Whatever kind of RDF a file is, it is handed out as it came."""
LEFT_ALONE = timedelta(days=30)
"""So long a file that no version names is kept for whoever sent it in."""
Told = Callable[[int], None]


def receive(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    organisation_id: str,
    file: SearchedFile,
    base: str = "",
    item_id: str | None = None,
    later: bool = True,
) -> EditionFile:
    """Keep a file that was sent in, and have it read by the worker (``later``) unless it was before.

    Raises `Forbidden` for one who writes no editions for the organisation.
    """
    actor.require(Role.TERMINOLOGIST, organisation_id=organisation_id, is_known=True)
    key = storage.put(
        session, organisation_id, OBJECTS, file.data, media_type=MEDIA_TYPE, retention=Retention.DRAFT, now=now
    )
    record_answer(session, actor, organisation_id, file)
    digest = sha256(file.data).hexdigest()
    insert_or_ignore(
        session, EditionFile,
        organisation_id=organisation_id, sha256=digest, base=base, name=CONTROLS.sub("", file.name)[-200:], size=len(file.data), object_key=key,
        item_id=item_id, state=Reading.WAITING, sent_by=actor.person_id, sent_at=now,
    )  # fmt: skip
    asked = select(EditionFile).where(
        EditionFile.organisation_id == organisation_id, EditionFile.sha256 == digest, EditionFile.base == base
    )
    kept = session.scalars(holding(asked)).one()
    kept.item_id = item_id or kept.item_id
    if kept.state in (Reading.FAILED, Reading.REMOVED):
        kept.state, kept.fault = Reading.WAITING, None
    if later and kept.state != Reading.READY:
        jobs.enqueue_unless_waiting(session, READ, now=now, payload={"file": kept.id}, organisation_id=organisation_id)
    session.flush()
    return kept


def read(file_id: int, told: Told = lambda _texts: None) -> Reading:
    """Read a file into its rows; ``told`` gets the number of texts that have been written. No transaction may be open.

    Gives what came of it: ready, or failed with the finding kept beside the file.
    """
    with reading() as session:
        file = session.get(EditionFile, file_id)
        if file is None or file.state in (Reading.READY, Reading.REMOVED):
            return Reading(file.state) if file else Reading.REMOVED
        name, base, data = file.name, file.base, storage.read(session, file.object_key)
    _become(file_id, Reading.READING)
    written = 0

    def take(batch: Batch) -> None:
        nonlocal written
        with transaction(bookkeeping=True) as session:
            storing.insert(session, file_id, batch)
        written += len(batch) if batch.layout is TEXTS else 0
        told(written)

    try:
        counts = read_rows(data, name, base, begin=lambda: storing.remove_rows(file_id), take=take)
    except UnreadableEditionError as error:
        storing.remove_rows(file_id)
        _become(file_id, Reading.FAILED, fault=error.finding.as_dict(), read_at=clock.now())
        return Reading.FAILED
    _become(file_id, Reading.READY, counts=dict(counts), read_at=clock.now())
    return Reading.READY


def run_reading(job: JobRun) -> None:
    """Handler of `READ`."""
    read(int(job.payload["file"]), told=lambda texts: job.progress("reading", texts, texts))


def remove(session: Session, actor: Actor, now: datetime, file: EditionFile) -> None:
    """Have the worker take a file and its rows away. Raises `Refused` where a version rests on it that is open or was
    published, `Forbidden` for others than those who write editions for its organisation."""
    actor.require(Role.TERMINOLOGIST, organisation_id=file.organisation_id)
    held = session.scalar(holding(select(EditionFile).where(EditionFile.id == file.id)))
    if held is None:
        raise NotFound("file")
    if (version := queries.resting_on(session, held)) is not None:
        raise Refused(FINDINGS.found("EDITION-014", {"title": queries.title_of(version)}))
    held.state = Reading.REMOVED
    jobs.enqueue_unless_waiting(
        session, REMOVE, now=now, payload={"file": held.id}, organisation_id=held.organisation_id
    )
    session.flush()


def run_removing(job: JobRun) -> None:
    """Handler of `REMOVE`: the rows, then the file itself; unless it was sent in again meanwhile."""
    file_id = int(job.payload["file"])
    if _state(file_id) is not Reading.REMOVED:
        return
    storing.remove_rows(file_id)
    key = None
    with transaction(bookkeeping=True) as session:
        file = session.scalar(holding(select(EditionFile).where(EditionFile.id == file_id)))
        if file is not None and file.state == Reading.REMOVED:
            key = file.object_key
            session.execute(delete(EditionFile).where(EditionFile.id == file_id))
            is_gone = storage.remove(session, key)
            key = key if is_gone else None
    if key:
        storage.erase_removed(key)


def run_sweeping(job: JobRun) -> None:
    """Handler of `SWEEP`, once a day: files that were sent in long ago and that no version names are taken away."""
    with transaction(bookkeeping=True) as session:
        old = session.scalars(select(EditionFile).where(EditionFile.sent_at < job.now - LEFT_ALONE)).all()
        for file in old:
            if queries.resting_on(session, file) is None:
                file.state = Reading.REMOVED
                jobs.enqueue_unless_waiting(
                    session, REMOVE, now=job.now, payload={"file": file.id}, organisation_id=file.organisation_id
                )


def _become(file_id: int, state: Reading, **values: object) -> None:
    with transaction(bookkeeping=True) as session:
        file = session.scalars(holding(select(EditionFile).where(EditionFile.id == file_id))).one()
        file.state = state
        for name, value in values.items():
            setattr(file, name, value)


def _state(file_id: int) -> Reading | None:
    state = db.session.scalar(select(EditionFile.state).where(EditionFile.id == file_id))
    db.session.rollback()
    return Reading(state) if state else None
