"""A signed head of the log: so many events, this root over them, signed by the instance. Pure.

What is signed are the bytes of canonical JSON ``{"content_schema": "head/1", "root": …, "signed_at": …, "size": …}``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registry.content.canonical import canonical
from registry.signing.keys import ALGORITHM, KeyRing, decoded

SCHEMA = "head/1"
_TEXTS = ("root", "signed_at", "kid", "signature")


@dataclass(frozen=True, slots=True)
class Head:
    """A signed head as it is handed out. ``root`` is 64 hexadecimal digits; ``signature`` 64 bytes in base64url."""

    size: int
    root: str
    signed_at: str
    kid: str
    signature: str

    @property
    def signed(self) -> bytes:
        """The bytes that the signature is over."""
        return canonical(
            {"content_schema": SCHEMA, "root": self.root, "signed_at": self.signed_at, "size": self.size}
        ).encode()

    def verify(self, ring: KeyRing) -> None:
        """Raises `UnknownKey`, or `BadSignature` where the key has not signed this."""
        try:
            signature = decoded(self.signature)
        except ValueError:
            signature = b""
        ring.verify(self.kid, self.signed, signature)

    def as_dict(self) -> dict[str, Any]:
        return {
            "content_schema": SCHEMA,
            "size": self.size,
            "root": self.root,
            "signed_at": self.signed_at,
            "alg": ALGORITHM,
            "kid": self.kid,
            "signature": self.signature,
        }

    @classmethod
    def from_dict(cls, data: Any) -> "Head":
        """Raises ``ValueError`` where something is no signed head."""
        if not isinstance(data, Mapping) or data.get("content_schema") != SCHEMA or data.get("alg") != ALGORITHM:
            raise ValueError("no signed head")
        size, texts = data.get("size"), [str(data.get(name)) for name in _TEXTS]
        if type(size) is not int or size < 1 or not all(isinstance(data.get(name), str) for name in _TEXTS):
            raise ValueError("no signed head")
        return cls(size, *texts)
