"""The bytes of a flow file: one way to write them, signed, and refused where a single byte is another. Pure.

The file is JSON with its names in order and no blanks, ends with a line feed, and is written in no other way: ``format``, ``content``
and ``signature`` (``alg``, ``kid``, ``value``). What is signed is the same text without ``value``.
"""

import json
from collections.abc import Mapping
from typing import Any, Protocol

from registry.content.strict_json import DoubledName, read_json
from registry.findings import Finding
from registry.signing.keys import ALGORITHM, BadSignature, KeyRing, UnknownKey, decoded, encoded
from submission_portal.deliveries.finding_texts.all import FINDINGS

FORMAT = "flow-file/1"
LARGEST = 200_000_000
"""Bytes of a flow file."""


class Signs(Protocol):
    """A key in use."""

    @property
    def kid(self) -> str: ...
    def sign(self, data: bytes) -> bytes: ...


def sealed(content: Mapping[str, Any], signer: Signs) -> bytes:
    """The bytes of a file with this content: the same for the same content and key."""
    unsigned = _unsigned(content, signer.kid)
    value = encoded(signer.sign(_text(unsigned)))
    return _text({**unsigned, "signature": {**unsigned["signature"], "value": value}}) + b"\n"


def unsealed(data: bytes, ring: KeyRing) -> Mapping[str, Any] | Finding:
    """The content that was signed, or why the file is refused: no flow file (FLF-001), another format (FLF-002), an unknown key
    (FLF-003) or altered (FLF-004). Nothing of the content is looked at before the signature holds."""
    stored = _json(data)
    if stored is None or not isinstance(stored.get("format"), str):
        return FINDINGS.found("FLF-001")
    if stored["format"] != FORMAT:
        return FINDINGS.found("FLF-002", {"found": stored["format"][:40], "expected": FORMAT})
    signature = stored.get("signature")
    if stored.keys() != {"format", "content", "signature"} or not isinstance(signature, dict):
        return FINDINGS.found("FLF-001")
    kid = str(signature.get("kid"))[:100]
    try:
        value = decoded(str(signature.get("value")))
        if _text(stored) + b"\n" != data or signature.keys() != {"alg", "kid", "value"}:
            raise BadSignature(kid)
        ring.verify(kid, _text(_unsigned(stored["content"], kid)), value)
        if signature["alg"] != ALGORITHM:
            raise BadSignature(kid)
    except UnknownKey:
        return FINDINGS.found("FLF-003", {"kid": kid})
    except ValueError:
        return FINDINGS.found("FLF-004")
    content = stored["content"]
    return content if isinstance(content, dict) else FINDINGS.found("FLF-001")


def address_in(data: bytes) -> str:
    """Where a file says that its portal is; nobody has verified it. Empty where it does not say."""
    stored = _json(data) or {}
    content = stored.get("content")
    address = content.get("address") if isinstance(content, dict) else None
    return address[:200] if isinstance(address, str) and address.startswith(("http://", "https://")) else ""


def _json(data: bytes) -> dict[str, Any] | None:
    try:
        stored = read_json(data) if len(data) <= LARGEST else None
    except (ValueError, RecursionError, DoubledName):
        return None
    return stored if isinstance(stored, dict) else None


def _unsigned(content: Any, kid: str) -> dict[str, Any]:
    return {"format": FORMAT, "content": content, "signature": {"alg": ALGORITHM, "kid": kid}}


def _text(value: Mapping[str, Any]) -> bytes:
    """The one way to write it. Texts are as they are: a unit's name has to be the one that is in the files."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "surrogatepass")
