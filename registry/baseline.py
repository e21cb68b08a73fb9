"""Where proof begins: one event that seals every row as it is found, and one for what a migration changed on purpose.

What happened before an instance was upgraded to a release that seals rows cannot be proven afterwards. The event says that
the rows were so at that moment, and from there on every change is sealed by the event that decides it.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from registry import clock, events
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.events import Event
from registry.seals import noting
from registry.seals.rows import Seal, sealed_tables

BEGUN, SEALED_ANEW = "ProofBegun", "RowsSealedAnew"
SUBJECT = "log:baseline"


def has_begun(session: Session) -> bool:
    """Whether there is an event that sealed every row."""
    return bool(session.scalar(select(exists().where(Event.type == BEGUN))))


def begin() -> None:
    """Seal every row as it is, unless that has been done."""
    if has_begun(db.session):
        db.session.rollback()
        return
    with transaction() as session:
        if not has_begun(session):  # by another process, while this one waited
            _seal(session, BEGUN, sealed_tables(), {})


def seal_anew(revisions: Iterable[str], tables: Iterable[str]) -> None:
    """Seal the rows of tables whose content migrations changed on purpose; the event names the migrations."""
    with transaction() as session:
        _seal(session, SEALED_ANEW, sorted(set(tables)), {"revisions": sorted(revisions)})


def _seal(session: Session, type_: str, tables: Iterable[str], data: dict[str, object]) -> None:
    found = list(_found(session, tables))
    noting.give(session, found)
    told = {"rows": len(found), "tables": len({seal.table for seal in found}), **data}
    events.record(session, type_, actor=SYSTEM, now=clock.now(), subject=SUBJECT, data=told)


def _found(session: Session, tables: Iterable[str]) -> Iterator[Seal]:
    for name in tables:
        yield from sealed_tables()[name].seals(session)
