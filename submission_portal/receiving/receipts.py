"""The receipt: that a delivery was received, when, and exactly what. Pure.

``receipt/1`` is canonical content, so that it can be signed as it is once there is a key; ``alg`` and ``kid`` are there
from the start and null until then.
"""

from datetime import datetime
from typing import Any, Protocol

from marshmallow import fields, validate

from registry.content.envelopes import Envelope
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.reading.kept import KeptReading

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
    reading: KeptReading
    file_name: str
    file_sha256: str
    content_hash: str | None
    correction_kind: CorrectionKind | None

    @property
    def content_hash_scheme(self) -> str | None: ...


class ReceiptSchema(Envelope):
    """``receipt/1``: handed out when a delivery is received, and read again from whoever hands it in."""

    content_schema = fields.Constant(CONTENT_SCHEMA)
    number = fields.Str(required=True, attribute="delivery.number")
    received_at = fields.Str(required=True)
    discloser = fields.Str(required=True, attribute="delivery.organisation_id")
    recipient = fields.Str(required=True, attribute="delivery.recipient_id")
    flow_version = fields.Str(required=True, attribute="delivery.flow_version_hash")
    model_version = fields.Str(required=True, attribute="delivery.model_version_hash")
    period = fields.Str(required=True, attribute="delivery.period")
    rows = fields.Int(required=True, strict=True, attribute="delivery.row_count")
    lines = fields.Int(strict=True)
    """Of a text file; with ``records``, in receipts since there are such counts."""
    records = fields.Int(strict=True)
    file_name = fields.Str(required=True, attribute="delivery.file_name")
    file_sha256 = fields.Str(required=True, attribute="delivery.file_sha256")
    content_hash = fields.Str(required=True, allow_none=True, attribute="delivery.content_hash")
    content_hash_scheme = fields.Str(allow_none=True, attribute="delivery.content_hash_scheme")
    correction = fields.Str(
        required=True,
        allow_none=True,
        attribute="delivery.correction_kind",
        validate=validate.OneOf([kind.value for kind in CorrectionKind]),
    )
    chain_head = fields.Str(required=True)
    alg = fields.Str(required=True, allow_none=True)
    kid = fields.Str(required=True, allow_none=True)


def counts_of(delivery: Received) -> dict[str, int]:
    """The lines of text and the records that the file was read as, where that is known."""
    counted = {"lines": delivery.reading.preview.lines, "records": delivery.reading.preview.records}
    return {name: count for name, count in counted.items() if count is not None}


def receipt_body(delivery: Received, *, received_at: datetime, chain_head: str) -> dict[str, Any]:
    """The receipt as it is handed out."""
    body: dict[str, Any] = ReceiptSchema().dump(
        {
            "delivery": delivery,
            "received_at": received_at.isoformat(timespec="microseconds"),
            "chain_head": chain_head,
            "alg": None,
            "kid": None,
            **counts_of(delivery),
        }
    )
    return body
