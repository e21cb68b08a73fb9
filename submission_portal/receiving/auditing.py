"""Receipts held against the log: what each claims is what its event has the hash of, and the log still has the head that it names."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.auditing.evidence import Evidence, Flaw, Kind
from registry.auditing.log_check import LogSeen
from registry.auditing.proofs import CLAIMS, claims_hash
from registry.auditing.verifying import Auditor
from registry.content.canonical import ContentError
from registry.events import Event
from registry.links import GENESIS
from submission_portal.deliveries.tables import Receipt


def _heads(session: Session) -> Iterable[str]:
    return session.scalars(select(Receipt.chain_head))


def _check(session: Session, log: LogSeen, evidence: Evidence) -> None:
    query = select(Receipt, Event).outerjoin(Event, Event.number == Receipt.event_number).order_by(Receipt.number)
    for receipt, event in session.execute(query, execution_options={"yield_per": 500}):
        evidence.count(Kind.RECEIPTS)
        at = 0 if receipt.chain_head == GENESIS else log.numbers.get(receipt.chain_head)
        if at is None:
            evidence.add(Kind.RECEIPTS, Flaw.HEAD_UNKNOWN, receipt.number)
        elif receipt.event_number is None:
            if log.sealing_since is not None and at >= log.sealing_since:
                evidence.add(Kind.RECEIPTS, Flaw.RECEIPT_WITHOUT_EVENT, receipt.number)
        elif event is None or at >= receipt.event_number:
            evidence.add(Kind.RECEIPTS, Flaw.RECEIPT_WITHOUT_EVENT, receipt.number)
        elif not _says(event, receipt):
            evidence.add(Kind.RECEIPTS, Flaw.RECEIPT_DIFFERS, receipt.number)


def _says(event: Event, receipt: Receipt) -> bool:
    """Whether the event of a sending has the receipt's claims, and the receipt's columns say what its claims do."""
    told = (receipt.number, receipt.file_sha256, receipt.content_hash, receipt.chain_head)
    claimed = tuple(receipt.body.get(name) for name in ("number", "file_sha256", "content_hash", "chain_head"))
    try:
        is_hashed = event.data.get(CLAIMS) == claims_hash(receipt.body)
    except ContentError:
        is_hashed = False
    return is_hashed and told == claimed and event.subject == f"delivery:{receipt.delivery_id}"


AUDITOR = Auditor(_heads, _check)
