"""What is handed out so that anybody can check it without the registry: that an event is in the log which a head was signed of. Pure.

``log-proof/1`` holds the event as it was hashed, its place, the audit path (RFC 9162, 2.1.3), and the signed head. What the event
decides stands beside it, in the document that the proof is of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from registry import merkle
from registry.content.canonical import ContentError, canonical, content_hash
from registry.links import leaf_of, link_hash
from registry.signing.heads import Head
from registry.signing.keys import BadSignature, KeyRing, UnknownKey

SCHEMA = "log-proof/1"
PROOF, CLAIMS = "proof", "claims"
"""Where a document has its proof; and where the event has the hash of everything else in the document."""


class Fault(StrEnum):
    """Why a document is not proven; the values are what machines are told."""

    NO_PROOF = "no_proof"
    NOT_READABLE = "not_readable"
    CLAIMS_DIFFER = "claims_differ"
    NOT_IN_LOG = "not_in_log"
    NO_HEAD = "no_head"
    UNKNOWN_KEY = "unknown_key"
    NOT_SIGNED = "not_signed"


class NotProven(ValueError):
    """The document is not proven; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Proven:
    """What a document was proven by: the event, and the head of the log that contains it."""

    number: int
    event_hash: str
    recorded_at: str
    head: Head


def claims_hash(claims: Mapping[str, Any]) -> str:
    """The hash of what a document claims, which its event carries. Raises `ContentError` where that has no canonical form."""
    return content_hash(canonical(claims))


def check(document: Mapping[str, Any], ring: KeyRing) -> Proven:
    """That the event of a document carries the hash of its claims, and is in a log whose head a key of the ring has signed.

    Raises `NotProven`.
    """
    number, event, head, path = _parts(document)
    claims = {name: value for name, value in document.items() if name != PROOF}
    try:
        is_claimed = event["data"].get(CLAIMS) == claims_hash(claims)
        hash_ = link_hash(event)
        leaf = leaf_of(hash_, event["salt"])
    except (ContentError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        raise NotProven(Fault.NOT_READABLE) from None
    if not is_claimed:
        raise NotProven(Fault.CLAIMS_DIFFER)
    if head is None:
        raise NotProven(Fault.NO_HEAD)
    if not merkle.includes(number - 1, head.size, leaf, path, bytes.fromhex(head.root)):
        raise NotProven(Fault.NOT_IN_LOG)
    try:
        head.verify(ring)
    except UnknownKey:
        raise NotProven(Fault.UNKNOWN_KEY) from None
    except BadSignature:
        raise NotProven(Fault.NOT_SIGNED) from None
    return Proven(number, hash_, event["recorded_at"].isoformat(), head)


def _parts(document: Mapping[str, Any]) -> tuple[int, dict[str, Any], Head | None, list[bytes]]:
    proof = document.get(PROOF)
    if proof is None:
        raise NotProven(Fault.NO_PROOF)
    try:
        if proof["content_schema"] != SCHEMA:
            raise NotProven(Fault.NOT_READABLE)
        event = dict(proof["event"])
        event["recorded_at"] = datetime.fromisoformat(event["recorded_at"])
        number = event["number"]
        head = None if proof["head"] is None else Head.from_dict(proof["head"])
        path = [bytes.fromhex(step) for step in proof["path"]]
        if head is not None:
            bytes.fromhex(head.root)
        if type(number) is not int or not isinstance(event["rows_hash"], str) or not isinstance(event["data"], dict):
            raise NotProven(Fault.NOT_READABLE)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, NotProven):
            raise
        raise NotProven(Fault.NOT_READABLE) from None
    return number, event, head, path
