"""What the headers of tus 1.0 say (https://tus.io/protocols/resumable-upload). Pure."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from registry.findings import Text

VERSION = "1.0.0"
EXTENSIONS = "creation,checksum,expiration,termination"
PART = "application/offset+octet-stream"
"""The media type of a part."""
MISMATCH = 460
"""The status for a part that is not what its checksum says."""
ALGORITHMS: Mapping[str, Callable[[bytes], Any]] = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}  # tus demands SHA-1
MOST_METADATA = 8192
"""Characters of ``Upload-Metadata``."""


class Unreadable(ValueError):
    """A header that is not written as the protocol says."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a part is said to be."""

    algorithm: str
    digest: bytes

    def fits(self, part: bytes) -> bool:
        """Whether the part is that."""
        return bool(ALGORITHMS[self.algorithm](part).digest() == self.digest)


def checksum_in(header: str) -> Checksum:
    """``Upload-Checksum``. Raises `Unreadable`.

    >>> checksum_in("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=").fits(b"hello world")
    True
    >>> checksum_in("md5 XrY7u+Ae7tCTyyK7j1rNww==")
    Traceback (most recent call last):
    submission_portal.receiving.uploads.protocol.Unreadable: It has to be sha1 or sha256, a blank and the digest in base64.
    """
    algorithm, _, text = header.strip().partition(" ")
    digest = _base64(text)
    if algorithm not in ALGORITHMS or not digest:
        raise Unreadable(
            Text(
                f"Den ska vara {' eller '.join(ALGORITHMS)}, ett blanksteg och summan i base64.",
                f"It has to be {' or '.join(ALGORITHMS)}, a blank and the digest in base64.",
            )
        )
    return Checksum(algorithm, digest)


def metadata_in(header: str) -> dict[str, str]:
    """``Upload-Metadata``: names with values in base64. Raises `Unreadable`.

    >>> metadata_in("line a2FsaXg=, filename bWFqLmNzdg==,part")
    {'line': 'kalix', 'filename': 'maj.csv', 'part': ''}
    """
    found: dict[str, str] = {}
    for pair in header.split(",") if header.strip() else ():
        name, _, value = pair.strip().partition(" ")
        data = _base64(value.strip())
        if not name or data is None:
            raise Unreadable(
                Text(
                    "Den ska vara namn och värden i base64, skilda åt med komma.",
                    "It has to be names and values in base64, with commas between them.",
                )
            )
        if name in found:
            raise Unreadable(Text(f"{name[:80]} finns två gånger.", f"{name[:80]} is there twice."))
        try:
            found[name] = data.decode()
        except UnicodeDecodeError as error:
            raise Unreadable(Text(f"{name[:80]} är inte UTF-8.", f"{name[:80]} is not UTF-8.")) from error
        if "\x00" in found[name]:
            raise Unreadable(Text(f"{name[:80]} har tecknet noll.", f"{name[:80]} has the character zero."))
    return found


def _base64(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
