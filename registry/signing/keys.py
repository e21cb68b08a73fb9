"""A ring of public keys by which it is known that the registry has said something: Ed25519 (RFC 8032), each known by its ``kid``. Pure.

The ring is published as a JSON Web Key Set (RFC 7517, RFC 8037), so that whoever relies on it can keep a copy of it (pin it). A
``kid`` is the key's own thumbprint (RFC 7638): two keys cannot have the same, and a ``kid`` beside another key is noticed. A key
that is not used any more stays in the ring, so that what it signed can be verified for as long as anybody has it.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from registry.content.strict_json import DoubledName, read_json

ALGORITHM = "Ed25519"
LARGEST_RING = 100_000
"""Bytes of a file of keys."""
MOST_KEYS = 200
_SIZE = 32


class NoKeyRing(ValueError):
    """What was given is no set of Ed25519 keys."""


class UnknownKey(LookupError):
    """The ring has no key by that ``kid``."""


class BadSignature(ValueError):
    """The bytes are not what the key signed."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """One key of the ring. ``retired_at``: since when nothing more is signed with it; ``None`` while it is in use."""

    raw: bytes
    made_at: datetime | None = None
    retired_at: datetime | None = None

    @property
    def x(self) -> str:
        """Its 32 bytes in base64url."""
        return encoded(self.raw)

    @property
    def kid(self) -> str:
        """The thumbprint (RFC 7638, RFC 8037 appendix A.3).

        >>> PublicKey(decoded("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")).kid
        'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
        """
        named = json.dumps({"crv": ALGORITHM, "kty": "OKP", "x": self.x}, separators=(",", ":"))
        return encoded(hashlib.sha256(named.encode()).digest())

    def as_jwk(self) -> dict[str, Any]:
        """It as a JSON Web Key; the moments in seconds, as JWTs have them."""
        moments = {"iat": self.made_at, "retired_at": self.retired_at}
        told = {name: int(moment.timestamp()) for name, moment in moments.items() if moment is not None}
        return {"kty": "OKP", "crv": ALGORITHM, "alg": "EdDSA", "use": "sig", "kid": self.kid, "x": self.x, **told}

    def verify(self, data: bytes, signature: bytes) -> None:
        """Raises `BadSignature` unless the key signed exactly these bytes."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except InvalidSignature:
            raise BadSignature(self.kid) from None


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by ``kid``."""

    by_kid: Mapping[str, PublicKey]

    @classmethod
    def of(cls, keys: Iterable[PublicKey]) -> "KeyRing":
        return cls({key.kid: key for key in keys})

    def verify(self, kid: str, data: bytes, signature: bytes) -> None:
        """Raises `UnknownKey`, or `BadSignature` unless the key of that ``kid`` signed exactly these bytes."""
        key = self.by_kid.get(kid)
        if key is None:
            raise UnknownKey(kid)
        key.verify(data, signature)

    def as_jwks(self) -> dict[str, Any]:
        """The ring as it is published, the newest key first."""
        keys = sorted(
            self.by_kid.values(),
            key=lambda key: (key.made_at.timestamp() if key.made_at else 0.0, key.kid),
            reverse=True,
        )
        return {"keys": [key.as_jwk() for key in keys]}


def read_ring(data: bytes) -> KeyRing:
    """The ring in a JSON Web Key Set; keys of other kinds in it are passed over. Raises `NoKeyRing`."""
    try:
        stored = read_json(data) if len(data) <= LARGEST_RING else None
    except (UnicodeDecodeError, ValueError, RecursionError, DoubledName):
        raise NoKeyRing("json") from None
    keys = stored.get("keys") if isinstance(stored, dict) else None
    if not isinstance(keys, list) or len(keys) > MOST_KEYS:
        raise NoKeyRing("keys")
    found = [_read(each) for each in keys if isinstance(each, dict) and each.get("crv") == ALGORITHM]
    if not found:
        raise NoKeyRing(ALGORITHM)
    return KeyRing.of(found)


def _read(jwk: Mapping[str, Any]) -> PublicKey:
    x = jwk.get("x")
    try:
        key = PublicKey(decoded(x) if isinstance(x, str) else b"")
    except ValueError:
        raise NoKeyRing("x") from None
    if len(key.raw) != _SIZE or jwk.get("kid", key.kid) != key.kid or "d" in jwk:
        raise NoKeyRing("kid")
    return key


def encoded(data: bytes) -> str:
    """Bytes in base64url without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of base64url without padding. Raises ``ValueError`` unless ``text`` is the one way to write them.

    >>> decoded("AB")
    Traceback (most recent call last):
    ValueError: not base64url
    """
    try:
        data = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError("not base64url") from None
    if encoded(data) != text:
        raise ValueError("not base64url")
    return data


def new_private_key() -> bytes:
    """A new private key, as 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_half(private: bytes) -> bytes:
    """The 32 bytes of the public key."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def signature_of(private: bytes, data: bytes) -> bytes:
    """The 64 bytes of the signature over ``data``."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(data)
