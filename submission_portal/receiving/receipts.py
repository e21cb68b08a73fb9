"""The receipt: that a delivery was received, when, and exactly what. Pure.

``receipt/1`` is canonical content, so that it can be signed as it is once there is a key; ``alg`` and ``kid`` are there
from the start and null until then.
"""

from datetime import datetime
from typing import Any, Protocol

from submission_portal.deliveries.lifecycle import CorrectionKind

CONTENT_SCHEMA = "receipt/1"


class Received(Protocol):
    """What a receipt says about a delivery."""

    number: str | None
    organisation_id: str
    recipient_id: str
    flow_version_hash: str
    model_version_hash: str
    period: str
    row_count: int
    file_name: str
    file_sha256: str
    content_hash: str | None
    correction_kind: CorrectionKind | None


def receipt_body(delivery: Received, *, received_at: datetime, chain_head: str) -> dict[str, Any]:
    """The receipt as it is handed out."""
    return {
        "content_schema": CONTENT_SCHEMA,
        "number": delivery.number,
        "received_at": received_at.isoformat(timespec="microseconds"),
        "discloser": delivery.organisation_id,
        "recipient": delivery.recipient_id,
        "flow_version": delivery.flow_version_hash,
        "model_version": delivery.model_version_hash,
        "period": delivery.period,
        "rows": delivery.row_count,
        "file_name": delivery.file_name,
        "file_sha256": delivery.file_sha256,
        "content_hash": delivery.content_hash,
        "correction": delivery.correction_kind,
        "chain_head": chain_head,
        "alg": None,
        "kid": None,
    }
