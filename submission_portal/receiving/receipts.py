"""The receipt: that a delivery was received, when, and exactly what. Pure.

``receipt/2`` is canonical content: what is claimed. Its hash stands in the event of the sending, and the proof of that event is handed
out beside the claims (`registry.auditing.proofs`), once the event is in the log. ``receipt/1`` had two empty fields for a signature of its
own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from marshmallow import fields, validate

from registry.content.envelopes import Envelope
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.reading.kept import KeptReading

FIRST_SCHEMA, CONTENT_SCHEMA = "receipt/1", "receipt/2"


class Received(Protocol):
    """What a receipt says about a delivery."""

    number: str | None
    organisation_id: str
    recipient_id: str
    flow_version_hash: str
    model_version_hash: str
    period: str
    part: str
    row_count: int
    reading: KeptReading
    file_name: str
    file_sha256: str
    content_hash: str | None
    correction_kind: CorrectionKind | None

    @property
    def content_hash_scheme(self) -> str | None: ...


class Named(Protocol):
    """What a receipt says about a use."""

    @property
    def ref(self) -> str: ...

    @property
    def version_hash(self) -> str: ...


class NamedSchema(Envelope):
    """A use by its reference, and the approved version of it, or of what it is carried over from."""

    use = fields.Str(required=True, attribute="ref")
    version = fields.Str(required=True, attribute="version_hash")


class Decided(Protocol):
    """What a receipt says about the standing decision that a delivery went under."""

    @property
    def id(self) -> str: ...

    @property
    def registry_number(self) -> str: ...


class StandingSchema(Envelope):
    """The region's standing decision on disclosure, and each of its conditions with its value when the delivery was sent."""

    decision = fields.Str(required=True)
    registry_number = fields.Str(required=True)
    conditions = fields.List(fields.Dict(), required=True)


class ReceiptSchema(Envelope):
    """What is handed out when a delivery is received, and read again from whoever hands it in."""

    content_schema = fields.Str(required=True, validate=validate.OneOf([FIRST_SCHEMA, CONTENT_SCHEMA]))
    number = fields.Str(required=True, attribute="delivery.number")
    received_at = fields.Str(required=True)
    discloser = fields.Str(required=True, attribute="delivery.organisation_id")
    recipient = fields.Str(required=True, attribute="delivery.recipient_id")
    flow_version = fields.Str(required=True, attribute="delivery.flow_version_hash")
    model_version = fields.Str(required=True, attribute="delivery.model_version_hash")
    period = fields.Str(required=True, attribute="delivery.period")
    part = fields.Str()
    """The code of the part of the period, where the line is delivered in parts."""
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
    corrects = fields.Str()
    """The number of what it corrects or replaces; in receipts since they say so."""
    uses = fields.List(fields.Nested(NamedSchema))
    """What the region named that the delivery may be used for; in receipts since uses are named."""
    standing_disclosure = fields.Nested(StandingSchema)
    """Of a delivery that went under a standing decision; the conditions are for the parties (`deliveries.fingerprints`)."""
    chain_head = fields.Str(required=True)
    alg = fields.Str(allow_none=True)
    kid = fields.Str(allow_none=True)
    """Of ``receipt/1`` alone, with ``alg``."""


def counts_of(delivery: Received) -> dict[str, int]:
    """The lines of text and the records that the file was read as, where that is known."""
    counted = {"lines": delivery.reading.preview.lines, "records": delivery.reading.preview.records}
    return {name: count for name, count in counted.items() if count is not None}


def receipt_body(
    delivery: Received,
    uses: Sequence[Named],
    *,
    received_at: datetime,
    chain_head: str,
    corrects: str = "",
    under: tuple[Decided, Sequence[Mapping[str, Any]]] | None = None,
) -> dict[str, Any]:
    """The receipt as it is handed out, of a delivery that is received for these uses; ``under``: the standing decision that it
    went under, with its conditions as they are handed out."""
    body: dict[str, Any] = ReceiptSchema().dump(
        {
            "content_schema": CONTENT_SCHEMA,
            "delivery": delivery,
            "uses": uses,
            "received_at": received_at.isoformat(timespec="microseconds"),
            "chain_head": chain_head,
            **counts_of(delivery),
            **({"part": delivery.part} if delivery.part else {}),
            **({"corrects": corrects} if corrects else {}),
            **({"standing_disclosure": _standing(*under)} if under is not None else {}),
        }
    )
    return body


def _standing(decision: Decided, conditions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "decision": decision.id,
        "registry_number": decision.registry_number,
        "conditions": [dict(one) for one in conditions],
    }
