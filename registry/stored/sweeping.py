"""The sweep: what nobody owns is erased, whoever died before doing so.

Once a day the worker asks for it, and `flask --app wsgi storage verify --sweep` does it at once. Four kinds of remains:

* rows that are marked as removed, with or without their bytes (a worker died between the two transactions);
* drafts' objects that nothing refers to (their tidying was never asked for, or failed);
* unfinished files that nobody is writing (a killed process, a full disk);
* bytes without a row (the transaction that wrote them was rolled back).

Each is looked at again under the lock that whoever needs it would take (`registry.storage`), so that nothing is erased
that is being put at this moment. Records and what is published are never erased, nor is a file that is under no key: a
person looks at those (`registry.stored.verifying`). A file that somebody is listed as lacking (``missing_objects``), put
back from a backup, is taken up again by whoever lacks it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import structlog
from sqlalchemy import Column, ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session

from registry import clock, events, storage
from registry.actors import SYSTEM
from registry.db import db, insert_or_ignore, transaction
from registry.identity.tables import Organisation
from registry.jobs import JobRun, PutOff
from registry.locks import holding
from registry.storage import Retention, StoredObject

SWEEP = "sweep_storage"
ERASED = "DraftObjectErased"
AT_ONCE = 500
log = structlog.get_logger("registry.storage")


@dataclass(frozen=True, slots=True)
class Swept:
    """How many of each kind were erased. ``held_until``: nothing was, because a copy is being made."""

    removals: int = 0
    drafts: int = 0
    unfinished: int = 0
    rowless: int = 0
    found_again: int = 0
    """Not erased, but taken up again by whoever lacked them."""
    held_until: datetime | None = None


def run(job: JobRun) -> None:
    """The worker's sweep; put off while a copy of the instance is made."""
    swept = sweep(job.now)
    if swept.held_until is not None:
        raise PutOff(storage.HELD)
    log.info(
        "storage_swept",
        removals=swept.removals,
        drafts=swept.drafts,
        unfinished=swept.unfinished,
        rowless=swept.rowless,
        found_again=swept.found_again,
    )


def sweep(now: datetime) -> Swept:
    """Erase what nobody owns, each thing in transactions of its own."""
    session = db.session
    session.rollback()
    held_until = storage.tidying_is_held(session)
    marked = list(session.scalars(select(StoredObject.key).where(StoredObject.removed_at.is_not(None))))
    is_forgotten = (*is_nobodys(), StoredObject.retention == Retention.DRAFT)
    forgotten = list(session.scalars(select(StoredObject.key).where(*is_forgotten)))
    missed, organisations = list(listed_missing(session)), set(session.scalars(select(Organisation.id)))
    session.rollback()
    if held_until is not None:
        return Swept(held_until=held_until)
    found_again = sum(_take_up(now, lack) for lack in missed)
    lacking = {lack.key for lack in missed}
    loose = [key for key in rowless(session) if key not in lacking and key.partition("/")[0] in organisations]
    session.rollback()
    return Swept(
        found_again=found_again,
        removals=sum(storage.erase_removed(key) for key in marked),
        drafts=sum(erase_draft(now, key) for key in forgotten),
        unfinished=storage.files().erase_abandoned(),
        rowless=sum(_erase_rowless(now, key) for key in loose),
    )


def erase_draft(now: datetime, key: str) -> bool:
    """Erase a draft's object unless something refers to it; returns whether it went.

    Doing it again, or where the object is gone or became a record, changes nothing; nor does it while tidying is held, so
    that a copy of the instance has no removal that was begun.
    """
    with transaction() as session:
        if storage.tidying_is_held(session):
            return False
        stored = storage.hold_alone(session, key)
        if stored is None or stored.retention != Retention.DRAFT:
            return False
        if storage.remove(session, key):
            events.record(
                session,
                ERASED,
                actor=SYSTEM,
                now=now,
                subject=f"object:{stored.kind}/{stored.sha256}",
                organisation_id=stored.organisation_id,
            )
    return storage.erase_removed(key)


def is_nobodys() -> tuple[ColumnElement[bool], ...]:
    """The conditions on rows of objects that nothing refers to and that are not marked as removed."""
    owned = [exists().where(column == StoredObject.key) for column in storage.owner_columns()]
    return (StoredObject.removed_at.is_(None), *(~one for one in owned))


def rowless(session: Session) -> Iterator[str]:
    """Keys of files that have no row."""
    found = storage.files().keys()
    while keys := list(islice(found, AT_ONCE)):
        session.rollback()  # read what is committed now: the files were listed before
        there = set(session.scalars(select(StoredObject.key).where(StoredObject.key.in_(keys))))
        yield from (key for key in keys if key not in there)


@dataclass(frozen=True, slots=True)
class Lack:
    """An object that a row is listed as lacking, and the column that is to refer to it."""

    column: Column[str]
    row_id: str
    key: str

    @property
    def owner(self) -> str:
        return f"{self.column.table.name}:{self.row_id}"


def listed_missing(session: Session) -> Iterator[Lack]:
    """What received and published things were found to lack at an upgrade."""
    for column in storage.owner_columns():
        if (listed := column.table.columns.get("missing_objects")) is None:
            continue
        rows = session.execute(select(column.table.columns["id"], listed).where(listed.is_not(None)))
        yield from (Lack(column, one, missing[column.name]) for one, missing in rows if column.name in (missing or {}))


def _take_up(now: datetime, lack: Lack) -> bool:
    """Let whoever lacks an object refer to it again, where its bytes are back."""
    if storage.files().digest(lack.key) != lack.key.rpartition("/")[2]:
        return False
    organisation_id, kind, digest = lack.key.split("/")
    table = lack.column.table
    is_it = table.columns["id"] == lack.row_id
    with transaction() as session:
        row = session.execute(holding(select(table.columns["missing_objects"]).where(is_it))).one()
        if lack.column.name not in (row.missing_objects or {}):
            return False
        storage.put(
            session, organisation_id, kind, storage.files().read(lack.key), now=now,
            media_type="application/octet-stream" if kind == "delivered" else "application/vnd.apache.parquet",
            retention=Retention.PUBLISHED if kind == "published-table" else Retention.RECORD,
        )  # fmt: skip
        left = {name: key for name, key in row.missing_objects.items() if name != lack.column.name}
        session.execute(
            update(table).where(is_it).values({lack.column.name: lack.key, "missing_objects": left or None})
        )
        events.record(
            session, "LostObjectFound", actor=SYSTEM, now=now, subject=f"object:{kind}/{digest}",
            organisation_id=organisation_id, data={"owner": lack.owner},
        )  # fmt: skip
    return True


def _erase_rowless(now: datetime, key: str) -> bool:
    organisation_id, kind, digest = key.split("/")
    with transaction(bookkeeping=True) as session:
        if storage.tidying_is_held(session):
            return False
        # The key is taken for a moment: whoever is putting the object comes first, or waits and writes it anew.
        is_free = insert_or_ignore(
            session, StoredObject,
            key=key, organisation_id=organisation_id, kind=kind, sha256=digest, size=0, media_type="",
            retention=Retention.DRAFT, created_at=now, removed_at=clock.now(),
        )  # fmt: skip
        if is_free:
            storage.files().erase(key, confirm=lambda: storage.confirm_lock(session))
            session.execute(delete(StoredObject).where(StoredObject.key == key))
    return is_free
