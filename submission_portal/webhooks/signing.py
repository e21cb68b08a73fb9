"""How a webhook says who it is from: standard webhooks, with a key that sender and receiver share. Pure.

The key is not kept. It follows from the key of the instance, the webhook and a number that counts its keys, so that a copy of the
database holds nothing to sign with (ADR 61).

Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks import Webhook as Signer

PREFIX = "whsec_"


def secret_of(instance_key: str, webhook_id: str, number: int) -> str:
    """The webhook's secret of this number, as receivers are given it: 256 bits in base64.

    >>> secret_of("key", "w", 1) == secret_of("key", "w", 1) != secret_of("key", "w", 2)
    True
    """
    said = f"webhook secret/1:{webhook_id}:{number}".encode()
    return PREFIX + base64.b64encode(hmac.new(instance_key.encode(), said, hashlib.sha256).digest()).decode()


def body_of(type_: str, happened_at: datetime, data: dict[str, str]) -> str:
    """What is sent: what kind of thing happened, when, and to what; the same bytes however often it is sent.

    >>> body_of("delivery.released", datetime(2026, 11, 2, 8, tzinfo=UTC), {"id": "1", "state": "released"})
    '{"type":"delivery.released","timestamp":"2026-11-02T08:00:00.000Z","data":{"id":"1","state":"released"}}'
    """
    moment = happened_at.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"
    return json.dumps({"type": type_, "timestamp": moment, "data": data}, separators=(",", ":"))


def headers_of(message_id: str, now: datetime, body: str, secrets: Sequence[str]) -> dict[str, str]:
    """The headers that a receiver knows a message by and verifies it with: a signature for each secret that is valid."""
    signatures = (Signer(secret).sign(message_id, now, body) for secret in secrets)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
