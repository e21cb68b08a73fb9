"""Comparing what is stored with what is known: rows, bytes, hashes, and whoever rests on them.

The foundation compares rows with files, and references with rows. What else is known of an object (the hash on a receipt,
the rows that the national store has of a release) each package compares itself, with its `Examiner`. Nothing is changed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from time import sleep

from flask import current_app
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from registry import storage
from registry.identity.tables import Organisation
from registry.storage import StoredObject
from registry.stored.sweeping import is_nobodys, listed_missing, rowless

LOOKED_AGAIN = 1.0
"""What is being written at this moment is looked at again after so long, in seconds."""


class Fault(StrEnum):
    """What is wrong; the values are what machines are told."""

    BYTES_MISSING = "bytes_missing"
    BYTES_DIFFER = "bytes_differ"
    ROW_DIFFERS = "row_differs"
    ROW_MISSING = "row_missing"
    NOT_NAMED = "not_named"
    HASH_DIFFERS = "hash_differs"
    CONTENT_DIFFERS = "content_differs"
    LISTED_MISSING = "listed_missing"
    NOBODYS = "nobodys"
    NOBODYS_DRAFT = "nobodys_draft"
    REMOVAL_UNFINISHED = "removal_unfinished"
    FILE_WITHOUT_ROW = "file_without_row"
    FILE_MISSED = "file_missed"
    UNFINISHED_FILE = "unfinished_file"
    STRANGE_FILE = "strange_file"
    NOT_IN_NATIONAL_STORE = "not_in_national_store"
    NATIONAL_STORE_DIFFERS = "national_store_differs"
    NATIONAL_STORE_UNKNOWN = "national_store_unknown"


SWEPT = frozenset({Fault.NOBODYS_DRAFT, Fault.REMOVAL_UNFINISHED, Fault.FILE_WITHOUT_ROW, Fault.UNFINISHED_FILE})
"""Remains of what was interrupted, which the sweep takes away."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it is known to be: at which object (key, or path of a file), and who rests on it."""

    fault: Fault
    key: str
    owner: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"fault": self.fault.value, "object": self.key, "owner": self.owner}


@dataclass(frozen=True, slots=True)
class Examiner:
    """What a package knows of stored objects beyond its references to them."""

    differences: Callable[[Session, "Objects"], Iterator[Difference]]
    """(session, objects) → what is not as the package knows it to be."""
    awaited: Callable[[Session], Iterable[str]] = lambda _session: ()
    """Keys that a job is going to erase: they are nobody's, and rightly there until then."""


@dataclass(frozen=True, slots=True)
class Objects:
    """What the database knows of objects, by key, and which of them are whole on the disk."""

    sha256: Mapping[str, str]
    whole: frozenset[str]

    def check(self, owner: str, key: str | None, sha256: str | None = None) -> Iterator[Difference]:
        """What is wrong with an object that ``owner`` must have, with bytes of this hash where it knows one.

        A reference without a row, and bytes that are not there, `verify` itself has reported.
        """
        if key is None:
            yield Difference(Fault.NOT_NAMED, "", owner)
        elif key in self.sha256 and sha256 is not None and self.sha256[key] != sha256:
            yield Difference(Fault.HASH_DIFFERS, key, owner)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was compared, and what differed."""

    objects: int
    size: int
    differences: tuple[Difference, ...]

    @property
    def is_whole(self) -> bool:
        return not self.differences


def verify(session: Session) -> Verification:
    """Compare everything. Reads every byte that is stored.

    What an act that is going on may have left for a moment is looked at twice.
    """
    examiners = current_app.extensions["registry"].examiners
    remains = _remains(session)
    if remains:
        sleep(LOOKED_AGAIN)
        remains &= _remains(session)
    session.rollback()
    found = sorted(remains, key=lambda one: (one.fault, one.key))
    sha256, whole, size = {}, set(), 0
    rows = select(StoredObject).where(StoredObject.removed_at.is_(None)).order_by(StoredObject.key)
    for row in session.scalars(rows.execution_options(yield_per=500)):
        sha256[row.key] = row.sha256
        size += row.size
        faults = list(_faults(row))
        if not faults:
            whole.add(row.key)
        found += [Difference(fault, row.key, ", ".join(_owners(session, row.key))) for fault in faults]
    found += (Difference(Fault.LISTED_MISSING, lack.key, lack.owner) for lack in listed_missing(session))
    found += _references_without_row(session)
    found += [
        Difference(Fault.NOBODYS, key)
        for key in session.scalars(select(StoredObject.key).where(*is_nobodys(), StoredObject.retention != "draft"))
    ]
    for examiner in examiners:
        found += examiner.differences(session, Objects(sha256, frozenset(whole)))
    session.rollback()
    return Verification(len(sha256), size, tuple(found))


def _remains(session: Session) -> set[Difference]:
    """What the sweep would take away, or somebody should look at, as things are now."""
    session.rollback()
    examiners = current_app.extensions["registry"].examiners
    files, missed = storage.files(), {lack.key for lack in listed_missing(session)}
    organisations = set(session.scalars(select(Organisation.id)))
    found = {Difference(Fault.STRANGE_FILE, path.relative_to(files.root).as_posix()) for path in files.strange()}
    for key in rowless(session):
        fault = Fault.FILE_MISSED if key in missed else Fault.FILE_WITHOUT_ROW
        found.add(Difference(fault if key.partition("/")[0] in organisations else Fault.STRANGE_FILE, key))
    for path in files.abandoned():
        found.add(Difference(Fault.UNFINISHED_FILE, path.relative_to(files.root).as_posix()))
    marked = session.scalars(select(StoredObject.key).where(StoredObject.removed_at.is_not(None)))
    awaited = {key for examiner in examiners for key in examiner.awaited(session)}
    found |= {Difference(Fault.REMOVAL_UNFINISHED, key) for key in marked if key not in awaited}
    drafts = session.scalars(select(StoredObject.key).where(*is_nobodys(), StoredObject.retention == "draft"))
    return found | {Difference(Fault.NOBODYS_DRAFT, key) for key in drafts if key not in awaited}


def _faults(row: StoredObject) -> Iterator[Fault]:
    if row.key != f"{row.organisation_id}/{row.kind}/{row.sha256}":
        yield Fault.ROW_DIFFERS
    digest = storage.files().digest(row.key)
    if digest is None:
        yield Fault.BYTES_MISSING
    elif digest != row.sha256:
        yield Fault.BYTES_DIFFER


def _owners(session: Session, key: str) -> Iterator[str]:
    """References to the rows that refer to an object."""
    for column in storage.owner_columns():
        (identifier,) = column.table.primary_key.columns
        for one in session.scalars(select(identifier).where(column == key)):
            yield f"{column.table.name}:{one}"


def _references_without_row(session: Session) -> Iterator[Difference]:
    """References that the database should have refused; SQLite can be told not to."""
    for column in storage.owner_columns():
        (identifier,) = column.table.primary_key.columns
        lost = select(identifier, column).where(
            column.is_not(None), ~exists().where(StoredObject.key == column, StoredObject.removed_at.is_(None))
        )
        for one, key in session.execute(lost):
            yield Difference(Fault.ROW_MISSING, key, f"{column.table.name}:{one}")
