"""Objects: files as they were sent, and tables as they were accepted, under their organisation's prefix.

A key is ``<organisation>/<kind>/<sha256>``: the same bytes are kept once per organisation, and nothing reveals to one
organisation what another has. Every object has a retention class. Whatever needs an object refers to its row with a
foreign key (`owner_columns`); an object is somebody's as long as there is such a reference, and no longer.

**The row is the lock.** Whoever puts an object, or takes it into a record, holds its row against erasing until their
transaction ends; whoever erases it holds the row against everybody, and then looks whether somebody refers to it. Bytes
are written under the first of these locks, before the row is committed, and erased under the second, after it is known
to the database that they go:

1. `remove` marks the row (``removed_at``) in the transaction that decides it; nobody reads the object from then on.
2. `erase_removed`, once that is committed, deletes the row and the bytes in a transaction of its own.

Whoever puts the same bytes in between takes the mark away again. A process that dies on the way leaves a marked row, an
unfinished file, or bytes without a row; `registry.stored.sweeping` finds them (ADR 17).

**A copy of the instance** is consistent while nothing is erased: `hold_tidying` keeps everybody from it for a time (the
database is copied first, then the files).
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from flask import current_app
from sqlalchemy import BigInteger, Column, ForeignKey, Select, String, exists, or_, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from registry import clock
from registry.columns import Base, UtcDateTime
from registry.db import insert_or_ignore, transaction
from registry.errors import NotFound, Refused
from registry.finding_texts import FINDINGS
from registry.identity.tables import InstanceMark
from registry.locks import Hold, hold_name, holding
from registry.object_files import Files
from registry.sealed import Outside

TIDYING = "storage:tidying"
"""The name that is held, shared, while something is erased."""
HELD = "tidying_held"
"""The instance's mark that nothing is erased; its value is until when."""


class Retention(StrEnum):
    """Why, and so for how long, an object is kept."""

    DRAFT = "draft"
    """The region's own working file; goes when the draft is withdrawn or sent."""
    RECORD = "record"
    """A received public document; kept by the archive rules of the authority that received it."""
    PUBLISHED = "published"
    """Openly published; kept as long as anything may cite it."""


class StoredObject(Base):
    """What is known of an object's bytes. The key names the organisation, and so does the row."""

    __tablename__ = "stored_object"
    __proof__ = Outside.NAMED

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(120))
    retention: Mapped[Retention] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when nobody needs it; the row and the bytes go as soon as that is committed."""


def put(
    session: Session,
    organisation_id: str,
    kind: str,
    data: bytes,
    *,
    media_type: str,
    retention: Retention,
    now: datetime,
) -> str:
    """Keep ``data`` and return its key; its row is held against erasing until the transaction ends.

    The bytes are on the disk before the row is committed: a row never points at nothing. Bytes that are there already
    and are not what their key says are replaced. Raises ``OSError`` where they cannot be written.
    """
    digest = sha256(data).hexdigest()
    key = f"{organisation_id}/{kind}/{digest}"
    # A row that this transaction inserted is its own to hold. Where one goes just now, it is waited for and put in anew.
    while not insert_or_ignore(
        session, StoredObject,
        key=key, organisation_id=organisation_id, kind=kind, sha256=digest, size=len(data),
        media_type=media_type, retention=retention, created_at=now,
    ):  # fmt: skip
        if (stored := hold(session, key)) is not None:
            break
    else:
        files().write(key, data)
        return key
    files().write(key, data)
    if stored.removed_at is not None:
        stored.removed_at, stored.retention = None, retention
        session.flush()
    elif retention is not Retention.DRAFT:
        stored.retention = retention
        session.flush()
    return key


def hold(session: Session, key: str) -> StoredObject | None:
    """The object's row as it is now; nobody erases the object until the transaction ends."""
    return session.scalar(holding(_row(key), Hold.THERE))


def hold_alone(session: Session, key: str) -> StoredObject | None:
    """The object's row as it is now, and nobody else's to hold until the transaction ends."""
    return session.scalar(holding(_row(key)))


def require(session: Session, key: str | None) -> StoredObject:
    """Hold an object that something is about to rest on for good, and read through its bytes.

    Raises `Refused` where it is not there, or is not what its key says.
    """
    stored = hold(session, key) if key else None
    if stored is None or stored.removed_at is not None or files().digest(stored.key) != stored.sha256:
        raise Refused(FINDINGS.found("STO-001"))
    return stored


def is_whole(session: Session, key: str | None) -> bool:
    """Whether the object is there and is what its key says. Reads through its bytes."""
    stored = session.get(StoredObject, key) if key else None
    return stored is not None and stored.removed_at is None and files().digest(stored.key) == stored.sha256


def keep_as(session: Session, key: str | None, retention: Retention) -> None:
    """Give a draft's object the retention class of what it has become. Raises `Refused` as `require` does."""
    require(session, key).retention = retention
    session.flush()


def read(session: Session, key: str | None) -> bytes:
    """The bytes behind ``key``. Whether the actor may read them is for the caller to have settled.

    Raises ``NotFound`` where there is no such object (any more), and `Refused` where its bytes are lost or damaged.
    """
    if key is None:
        raise NotFound("object")
    row = session.execute(
        select(StoredObject.sha256).where(StoredObject.key == key, StoredObject.removed_at.is_(None))
    ).first()
    if row is None:
        raise NotFound(key)
    try:
        data = files().read(key)
    except FileNotFoundError:
        raise Refused(FINDINGS.found("STO-001")) from None
    if sha256(data).hexdigest() != row.sha256:
        raise Refused(FINDINGS.found("STO-001"))
    return data


def remove(session: Session, key: str) -> bool:
    """Decide that a draft's object goes; once that is committed, `erase_removed` erases it. Returns whether it goes.

    One that something refers to stays. Records and what is published are refused with ``ValueError``.
    """
    stored = hold_alone(session, key)
    if stored is None or stored.removed_at is not None:
        return False
    if stored.retention != Retention.DRAFT:
        raise ValueError(f"{key} is kept as {stored.retention}")
    if is_owned(session, key):
        return False
    stored.removed_at = clock.now()
    session.flush()
    return True


def erase_removed(key: str) -> bool:
    """Erase an object that is marked as removed, row and bytes, in a transaction of its own; returns whether it did.

    One that was put again meanwhile stays; while tidying is held, everything does.
    """
    with transaction(bookkeeping=True) as session:
        if tidying_is_held(session):
            return False
        stored = hold_alone(session, key)
        if stored is None or stored.removed_at is None:
            return False
        session.delete(stored)
        session.flush()  # the database refuses it where something refers to the object
        files().erase(key, confirm=lambda: confirm_lock(session))
    return True


def confirm_lock(session: Session) -> None:
    """See that the transaction, and with it every lock that it took, is still there; raises ``DBAPIError`` where not."""
    session.execute(text("SELECT 1"))


def is_owned(session: Session, key: str) -> bool:
    """Whether anything refers to the object. Ask while its row is held alone, or the answer may be old."""
    return bool(session.scalar(select(or_(*(exists().where(column == key) for column in owner_columns())))))


def owner_columns() -> Sequence[Column[str]]:
    """The columns, of every table in the house, that refer to stored objects."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname == "stored_object.key" for key in column.foreign_keys)
    ]


def hold_tidying(session: Session, now: datetime, until: datetime) -> None:
    """Let nothing be erased until ``until``, or `release_tidying`. Waits for what is being erased at this moment.

    For a copy of the instance, in a transaction of its own (``transaction(bookkeeping=True)``) that is committed before
    the copying begins. Of two holders the later end counts, so a hold is let go by whoever ends last.
    """
    hold_name(session, TIDYING)
    mark = session.get(InstanceMark, HELD, populate_existing=True)
    if mark is None:
        session.add(InstanceMark(name=HELD, value=until.isoformat()))
    else:
        mark.value = max(until, datetime.fromisoformat(mark.value)).isoformat()
    session.flush()


def release_tidying(session: Session) -> None:
    """Let things be erased again."""
    hold_name(session, TIDYING)
    mark = session.get(InstanceMark, HELD, populate_existing=True)
    if mark is not None:
        session.delete(mark)
        session.flush()


def tidying_is_held(session: Session) -> datetime | None:
    """Until when nothing may be erased, if so. A hold that begins waits until the transaction that asked has ended."""
    hold_name(session, TIDYING, shared=True)
    mark = session.scalar(
        select(InstanceMark).where(InstanceMark.name == HELD).execution_options(populate_existing=True)
    )
    until = datetime.fromisoformat(mark.value) if mark is not None else None
    return until if until is not None and until > clock.now() else None


def files() -> Files:
    """The files of this instance."""
    return Files(Path(current_app.config["INSTANCE"]) / "objects")


def _row(key: str) -> Select[StoredObject]:
    return select(StoredObject).where(StoredObject.key == key)
