"""The proof of an event as it is handed out, to those who may read the event."""

from typing import Any

import structlog
from sqlalchemy.orm import Session

from registry import merkle
from registry.auditing.proofs import SCHEMA
from registry.events import Event, nodes_in
from registry.signing.heads import Head
from registry.signing.signed_heads import first_with

log = structlog.get_logger("registry.auditing")


def proof_of(session: Session, number: int) -> dict[str, Any] | None:
    """``log-proof/1`` of an event, in the first log with it that was signed; without a head where none has been yet. ``None`` where somebody
    has taken away what it would be proven by."""
    event, head = session.get(Event, number), first_with(session, number)
    if event is None:
        return None
    try:
        path = _path(session, number, head)
    except LookupError as error:
        log.error("not_proven", number=number, told=str(error))
        return None
    return {
        "content_schema": SCHEMA,
        "event": {
            "number": event.number,
            "type": event.type,
            "recorded_at": event.recorded_at.isoformat(timespec="microseconds"),
            "person_id": event.person_id,
            "organisation_id": event.organisation_id,
            "subject": event.subject,
            "data": event.data,
            "previous": event.previous,
            "rows_hash": event.rows_hash,
            "salt": event.salt,
        },
        "path": path,
        "head": head.as_dict() if head is not None else None,
    }


def _path(session: Session, number: int, head: Head | None) -> list[str]:
    if head is None:
        return []
    return [step.hex() for step in merkle.inclusion(number - 1, head.size, nodes_in(session))]
