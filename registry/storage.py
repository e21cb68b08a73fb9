"""Objects: files as they were sent, and tables as they were accepted, under their organisation's prefix.

A key is ``<organisation>/<kind>/<sha256>``: the same bytes are kept once per organisation, and nothing reveals to one
organisation what another has. Every object has a retention class. A local folder is the default; the interface is
small enough for an S3-compatible store to stand behind it.
"""

import hashlib
import os
import tempfile
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from flask import current_app
from sqlalchemy import BigInteger, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from registry import clock
from registry.db import Base, UtcDateTime
from registry.errors import NotFound
from registry.identity.tables import InstanceMark


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

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(120))
    retention: Mapped[Retention] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


def put(
    session: Session,
    organisation_id: str,
    kind: str,
    data: bytes,
    *,
    media_type: str,
    retention: Retention,
    now: datetime,
) -> StoredObject:
    """Keep ``data`` and return its row. The bytes are on disk before the row is: a row never points at nothing."""
    digest = hashlib.sha256(data).hexdigest()
    key = f"{organisation_id}/{kind}/{digest}"
    path = _path(key)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    stored = session.get(StoredObject, key)
    if stored is None:
        stored = StoredObject(
            key=key, organisation_id=organisation_id, kind=kind, sha256=digest, size=len(data),
            media_type=media_type, retention=retention, created_at=now,
        )  # fmt: skip
        session.add(stored)
        session.flush()
    elif retention is not Retention.DRAFT:
        stored.retention = retention
    return stored


def read(session: Session, key: str) -> bytes:
    """The bytes behind ``key``. Whether the actor may read them is for the caller to have settled. Raises ``NotFound``."""
    if session.scalar(select(StoredObject.key).where(StoredObject.key == key)) is None:
        raise NotFound(key)
    return _path(key).read_bytes()


def remove(session: Session, key: str) -> None:
    """Erase a draft's object. Records and what is published are refused with ``ValueError``."""
    stored = session.get(StoredObject, key)
    if stored is None:
        return
    if stored.retention != Retention.DRAFT:
        raise ValueError(f"{key} is kept as {stored.retention}")
    session.delete(stored)
    session.flush()
    _path(key).unlink(missing_ok=True)


# --- Minimal until the branch about storage is joined, which has the same functions: keep that branch's. ---
HELD = "tidying_held"


def hold_tidying(session: Session, now: datetime, until: datetime) -> None:
    """Nothing is erased until that moment, or until `release_tidying`: a backup is copying what the register names."""
    mark = session.get(InstanceMark, HELD)
    if mark is None:
        session.add(InstanceMark(name=HELD, value=until.isoformat()))
    else:
        mark.value = until.isoformat()
    session.flush()


def release_tidying(session: Session) -> None:
    """Tidying may go on."""
    if (mark := session.get(InstanceMark, HELD)) is not None:
        session.delete(mark)
        session.flush()


def tidying_is_held(session: Session) -> datetime | None:
    """Until when nothing may be erased, if so."""
    mark = session.get(InstanceMark, HELD, populate_existing=True)
    until = datetime.fromisoformat(mark.value) if mark is not None else None
    return until if until is not None and until > clock.now() else None


# --- End of what is minimal. ---


def _path(key: str) -> Path:
    return Path(current_app.config["INSTANCE"]) / "objects" / key
