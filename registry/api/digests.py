"""``Content-Digest`` (RFC 9530): whether the content that came is the content that was sent. Pure."""

import base64
import binascii
import hashlib
import re

ALGORITHMS = {"sha-256": hashlib.sha256, "sha-512": hashlib.sha512}
"""Those that the RFC's registry has as active. Others are passed over, as the RFC wants it (section 2)."""
_MEMBER = re.compile(r"\s*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/=]*):\s*")


def digests_in(header: str) -> dict[str, bytes]:
    """The digests that a header names, of the algorithms that are known.

    Raises ``ValueError`` where it is no dictionary of byte sequences (RFC 9651, 3.2).

    >>> digests_in("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:, md5=:AAAA:")["sha-256"].hex()[:8]
    'e3b0c442'
    """
    found: dict[str, bytes] = {}
    for member in header.split(","):
        match = _MEMBER.fullmatch(member)
        if match is None:
            raise ValueError(member.strip())
        name, text = match.groups()
        try:
            value = base64.b64decode(text, validate=True)
        except binascii.Error as error:
            raise ValueError(member.strip()) from error
        if name in ALGORITHMS:
            found[name] = value
    return found


def digest_header(content: bytes) -> str:
    """The header that says what ``content`` is.

    >>> digest_header(b"")
    'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:'
    """
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"
