"""A delivery as data: what the resources answer with."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.api.problems import finding_as_data
from registry.db import db
from registry.findings import Finding, Place
from registry.items.tables import Item
from submission_portal.deliveries.assessment.remaining import findings_of, remaining
from submission_portal.deliveries.fingerprints import with_proof
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.reading.records import KINDS, pointer
from submission_portal.deliveries.reading.sheets import Preview
from submission_portal.deliveries.tables import Delivery, Receipt

FINDINGS_SHOWN, PLACES_SHOWN = 20, 20
"""So many of each go with the delivery itself; all that is kept is at its findings."""
STOPPED = "stopped"


def lines_of(session: Session, deliveries: Sequence[Delivery]) -> dict[str, str]:
    """The readable keys of the lines that deliveries are of, by item; one statement."""
    ids = {one.flow_item_id for one in deliveries}
    return {row.id: row.slug for row in session.execute(select(Item.id, Item.slug).where(Item.id.in_(ids)))}


def tag_of(delivery: Delivery) -> str:
    """What names a delivery as it is now, for ``If-Match``."""
    return f"{delivery.id[:8]}-{delivery.revision}-{delivery.state}"


def state_of(delivery: Delivery) -> str:
    """Its state; a draft is one that something stops."""
    return STOPPED if delivery.state == DeliveryState.DRAFT else str(delivery.state)


def as_data(delivery: Delivery, line: str) -> dict[str, Any]:
    """The delivery, with the gravest of its findings."""
    preview = delivery.reading.preview
    found = findings_as_data(delivery, most=FINDINGS_SHOWN, places=PLACES_SHOWN)
    return {
        "id": delivery.id,
        "number": delivery.number,
        "state": state_of(delivery),
        "revision": delivery.revision,
        "line": line,
        "line_version": delivery.flow_version_hash,
        "model_version": delivery.model_version_hash,
        "sender_reference": delivery.sender_reference,
        "period": {"name": delivery.period, "first": delivery.period_first, "last": delivery.period_last},
        "part": delivery.part,
        "rows": delivery.row_count,
        "file": {
            "name": delivery.file_name,
            "size": delivery.file_size,
            "sha256": delivery.file_sha256,
            "format": preview.file_kind,
        },
        "columns": [{"heading": one.heading, "element": one.element} for one in preview.columns],
        "corrects": delivery.corrects_delivery_id,
        "correction_kind": delivery.correction_kind,
        "created_at": delivery.created_at,
        "changed_at": delivery.changed_at,
        "sent_at": delivery.sent_at,
        "findings_total": len(delivery.assessment.findings),
        "findings": found,
    }


def findings_as_data(delivery: Delivery, *, most: int | None = None, places: int | None = None) -> list[dict[str, Any]]:
    """What was found, gravest first; at most so many findings and places of each."""
    needs = {one.key: one.needs for one in remaining(delivery.assessment, delivery.explanations)}
    preview = delivery.reading.preview
    return [
        {**finding_in_file(finding, preview, places), "key": key, "needs": needs.get(key, "nothing")}
        for key, finding in findings_of(delivery.assessment)[:most]
    ]


def finding_in_file(finding: Finding, preview: Preview, places: int | None = None) -> dict[str, Any]:
    """A finding with its places as its sender has them: cells of a sheet, or JSON Pointers."""
    return {
        **finding_as_data(finding),
        "count": finding.count,
        "places": [_place(place, preview) for place in finding.places[:places]],
    }


def receipt_as_data(receipt: Receipt) -> dict[str, Any]:
    """The receipt."""
    return {
        "number": receipt.number,
        "received_at": receipt.received_at,
        "file_sha256": receipt.file_sha256,
        "content_hash": receipt.content_hash,
        "chain_head": receipt.chain_head,
        "body": with_proof(db.session, receipt),
    }


def _place(place: Place, preview: Preview) -> Mapping[str, Any]:
    at = pointer(place, preview.columns) if preview.file_kind in KINDS else None
    if at is not None:
        return {**replace(place, sheet=None, row=None, column=None).as_dict(), "pointer": at}
    return place.as_dict()
