"""A document is proven by itself: its claims, the event that carries them, the log, and the head that was signed."""

from copy import deepcopy
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry import merkle
from registry.auditing.proofs import Fault, NotProven, check, claims_hash
from registry.links import leaf_of, link_hash
from registry.signing.heads import Head
from registry.signing.keys import KeyRing, PublicKey, encoded

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PublicKey(KEY.public_key().public_bytes_raw())
RING = KeyRing.of([PUBLIC])
CLAIMS = {"content_schema": "receipt/2", "number": "L-2026-0001", "rows": 5}
MOMENT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def event() -> dict:
    return {
        "number": 2, "type": "ReceiptIssued", "person_id": None, "organisation_id": None, "subject": "receipt:1",
        "data": {"claims": claims_hash(CLAIMS)}, "previous": "0" * 64, "recorded_at": MOMENT, "rows_hash": "1" * 64,
        "salt": "2" * 32,
    }  # fmt: skip


def document() -> dict:
    of_log, first = event(), merkle.leaf_hash(b"the event before")
    leaf = leaf_of(link_hash(of_log), of_log["salt"])
    unsigned = Head(2, merkle.node_hash(first, leaf).hex(), MOMENT.isoformat(), PUBLIC.kid, "")
    head = Head(2, unsigned.root, unsigned.signed_at, unsigned.kid, encoded(KEY.sign(unsigned.signed)))
    proof = {
        "content_schema": "log-proof/1",
        "event": of_log | {"recorded_at": MOMENT.isoformat()},
        "path": [first.hex()],
        "head": head.as_dict(),
    }
    return CLAIMS | {"proof": proof}


def test_a_document_is_proven_by_hash_path_and_signature():
    proven = check(document(), RING)
    assert (proven.number, proven.event_hash, proven.head.size) == (2, link_hash(event()), 2)
    assert proven.recorded_at == MOMENT.isoformat()


def changed(path: str, value) -> dict:
    found = deepcopy(document())
    at, *names = found, *path.split(".")
    for name in names[:-1]:
        at = at[name]
    at[names[-1]] = value
    return found


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("proof", None, Fault.NO_PROOF),
        ("proof.content_schema", "log-proof/9", Fault.NOT_READABLE),
        ("proof.event", [], Fault.NOT_READABLE),
        ("proof.event.recorded_at", "yesterday", Fault.NOT_READABLE),
        ("proof.event.number", True, Fault.NOT_READABLE),
        ("proof.event.data", "x", Fault.NOT_READABLE),
        ("proof.event.salt", "no hex", Fault.NOT_READABLE),
        ("proof.path", ["no hex"], Fault.NOT_READABLE),
        ("proof.head", {"content_schema": "head/1"}, Fault.NOT_READABLE),
        ("proof.head.size", 0, Fault.NOT_READABLE),
        ("rows", 6, Fault.CLAIMS_DIFFER),
        ("further", "word", Fault.CLAIMS_DIFFER),
        ("proof.event.data", {}, Fault.CLAIMS_DIFFER),
        ("proof.head", None, Fault.NO_HEAD),
        ("proof.event.subject", "receipt:2", Fault.NOT_IN_LOG),
        ("proof.path", [], Fault.NOT_IN_LOG),
        ("proof.head.kid", "another", Fault.UNKNOWN_KEY),
        ("proof.head.signed_at", "2026-11-03T08:00:00+00:00", Fault.NOT_SIGNED),
        ("proof.head.signature", "!", Fault.NOT_SIGNED),
    ],
)
def test_what_is_not_proven_says_why(path, value, fault):
    with pytest.raises(NotProven) as refused:
        check(changed(path, value), RING)
    assert refused.value.fault is fault
