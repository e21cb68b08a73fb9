"""The foundation's own store: the objects that rows of `registry.storage.StoredObject` name.

Files without a row are not copied: they belong to a transaction that had not ended, or are left behind by one that never
did.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, inspect, select
from sqlalchemy.orm import Session

from registry.backup.finding_texts import FINDINGS
from registry.backup.kept import Copying, FileEntry, KeptStore, Overtaken
from registry.db import db
from registry.findings import Finding, Place
from registry.storage import StoredObject

FOLDER = "objects"
Named = Sequence[tuple[str, str, int]]
"""Key, SHA-256 and size in bytes of each object."""


def named(session: Session) -> Named:
    """Every object that has not been decided to go, by a database of this release or of an earlier one."""
    query = select(StoredObject.key, StoredObject.sha256, StoredObject.size).where(*_stays(session))
    return [(key, sha256, size) for key, sha256, size in session.execute(query.order_by(StoredObject.key))]


def copy(objects: Named, copying: Copying) -> list[Finding]:
    """Copy each object. One that is missing or damaged in the instance itself is reported, and the rest is copied.

    Raises ``Overtaken`` where one was erased, with its row, after the snapshot.
    """
    missing, damaged = [], []
    for key, sha256, size in objects:
        try:
            entry = copying.file(key, expected=sha256)
        except FileNotFoundError:
            if not _is_still_named(key):
                raise Overtaken(key) from None
            missing.append(key)
        else:
            if entry != FileEntry(size, sha256):
                damaged.append(key)
    return findings(missing, damaged)


def findings(missing: Sequence[str], damaged: Sequence[str]) -> list[Finding]:
    return [
        FINDINGS.found(code, places=tuple(Place(value=key) for key in keys))
        for code, keys in (("BACK-001", missing), ("BACK-002", damaged))
        if keys
    ]


def _is_still_named(key: str) -> bool:
    session = db.session
    session.rollback()
    try:
        query = select(StoredObject.key).where(StoredObject.key == key, *_stays(session))
        return session.scalar(query) is not None
    finally:
        session.rollback()


def _stays(session: Session) -> tuple[ColumnElement[bool], ...]:
    # A backup is taken before an upgrade, too: the column is then not there yet.
    columns = {column["name"] for column in inspect(session.connection()).get_columns(StoredObject.__tablename__)}
    return (StoredObject.removed_at.is_(None),) if "removed_at" in columns else ()


OBJECTS = KeptStore(FOLDER, named, copy)
