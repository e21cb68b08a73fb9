"""What stands in the rows, held against the seals: the last event that decided a row says what it holds."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.auditing.evidence import Evidence, Flaw, Kind
from registry.events import Event
from registry.seals.rows import Seal, digest_of, sealed_tables
from registry.seals.tables import SealedRow

_NONE = ""
_END: tuple[int | None, list[Seal]] = (None, [])


def check_seals(session: Session, evidence: Evidence) -> None:
    """Each event's seals are those that it was hashed with."""
    carried = session.execute(
        select(Event.number, Event.rows_hash).where(Event.rows_hash.is_not(None)).order_by(Event.number),
        execution_options={"yield_per": 2000},
    )
    stored = _seals(session)
    number, found = next(stored, _END)
    for event, rows_hash in carried:
        while number is not None and number < event:
            evidence.add(Kind.SEALS, Flaw.SEALS_WITHOUT_EVENT, str(number))
            number, found = next(stored, _END)
        own = found if number == event else []
        evidence.count(Kind.SEALS, len(own))
        if digest_of(own) != rows_hash:
            evidence.add(Kind.SEALS, Flaw.SEALS_DIFFER, str(event))
        if number == event:
            number, found = next(stored, _END)
    while number is not None:
        evidence.add(Kind.SEALS, Flaw.SEALS_WITHOUT_EVENT, str(number))
        number, found = next(stored, _END)


def check_rows(session: Session, evidence: Evidence) -> None:
    """Each row under the proof holds what it was last sealed with; none is there or gone without an event."""
    for name, table in sorted(sealed_tables().items()):
        last = _last_seals(session, name)
        for _, key, hash_, _ in table.seals(session):
            evidence.count(Kind.ROWS, of=name)
            sealed = last.pop(key, _NONE)
            if sealed == _NONE:
                evidence.add(Kind.ROWS, Flaw.ROW_UNSEALED, f"{name} {key}")
            elif sealed is None:
                evidence.add(Kind.ROWS, Flaw.ROW_RETURNED, f"{name} {key}")
            elif sealed != hash_:
                evidence.add(Kind.ROWS, Flaw.ROW_CHANGED, f"{name} {key}")
        for key, sealed in last.items():
            if sealed is not None:
                evidence.add(Kind.ROWS, Flaw.ROW_MISSING, f"{name} {key}")


def _last_seals(session: Session, table: str) -> dict[str, str | None]:
    """What each row of a table was last sealed with, by key; ``None`` where it was taken away."""
    query = select(SealedRow.key, SealedRow.hash).where(SealedRow.table_name == table).order_by(SealedRow.number)
    return {row.key: row.hash for row in session.execute(query, execution_options={"yield_per": 5000})}


def _seals(session: Session) -> Iterator[tuple[int, list[Seal]]]:
    columns = SealedRow.number, SealedRow.table_name, SealedRow.key, SealedRow.hash, SealedRow.told
    query = select(*columns).order_by(SealedRow.number)
    rows = session.execute(query, execution_options={"yield_per": 5000})
    for number, own in groupby(rows, key=lambda row: row.number):
        yield number, [Seal(*row[1:]) for row in own]
