"""Public keys of machine clients: taken as PEM or JWK, kept as a JWK. Pure."""

import json
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "Ed25519", "EdDSA")
"""Signatures that are taken (RFC 7518, RFC 8037, RFC 9864): what the keys below make."""
LEAST_RSA_BITS = 2048
LONGEST_KEY = 8192
KINDS: tuple[type[RSAKey] | type[ECKey] | type[OKPKey], ...] = (RSAKey, ECKey, OKPKey)
CURVES = ("P-256", "P-384", "Ed25519")


class UnusableKey(ValueError):
    """What was given is no public key that is taken."""


class PrivateKeyGiven(UnusableKey):
    """What was given is the private half."""


def public_jwk(text: str) -> str:
    """The public key that ``text`` (PEM or JWK) is, as the text of a JWK without anything else in it.

    Raises `UnusableKey`, or `PrivateKeyGiven` where it holds the private half.
    """
    key = _imported(text.strip())
    if key.is_private:
        raise PrivateKeyGiven
    data: dict[str, Any] = dict(key.as_dict(private=False))
    if not _is_strong(key, data):
        raise UnusableKey(data.get("crv") or data["kty"])
    return json.dumps({name: data[name] for name in ("kty", "crv", "n", "e", "x", "y") if name in data}, sort_keys=True)


def read_key(jwk: str) -> Key:
    """The key that was kept."""
    data = json.loads(jwk)
    for kind in KINDS:
        if kind.key_type == data["kty"]:
            return kind.import_key(data)
    raise UnusableKey(data["kty"])


def thumbprint(jwk: str) -> str:
    """What people compare a key by (RFC 7638)."""
    return read_key(jwk).thumbprint()


def _imported(text: str) -> RSAKey | ECKey | OKPKey:
    if not text or len(text) > LONGEST_KEY:
        raise UnusableKey
    value: Any = text.encode()
    if text.startswith("{"):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UnusableKey from error
    for kind in KINDS:
        try:
            return kind.import_key(value)
        except (JoseError, ValueError, TypeError, KeyError, AttributeError):
            continue
    raise UnusableKey


def _is_strong(key: RSAKey | ECKey | OKPKey, data: dict[str, Any]) -> bool:
    if isinstance(key, RSAKey):
        return bool(key.raw_value.key_size >= LEAST_RSA_BITS)
    return data.get("crv") in CURVES
