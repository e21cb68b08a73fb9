"""Parts that only the client can have read again: sealed under a key that stands in the upload's address and nowhere else.

What a region sends is searched for identity numbers before anything of it is kept. Of a file that comes in parts nothing can be
said before it is whole; so what lies on a disk until then is unreadable to whoever has the disk, the database and the backups.
The key is drawn anew for each upload and mixed with a salt that stands in the upload's row: when the row has gone, not even
the address opens what may be left of the parts somewhere. Pure.
"""

import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, SALT_BYTES, NONCE_BYTES, TAG_BYTES = 32, 16, 12, 16
PIECE = 2**20
"""Bytes that are sealed at a time."""
SIZE_BYTES = 4
_KEY = re.compile(f"[0-9a-f]{{{2 * KEY_BYTES}}}")


class Unsealable(Exception):
    """What lies there is not what was put there, or is not whole."""


def new_key() -> str:
    """The key of a new upload, as it stands in its address."""
    return secrets.token_hex(KEY_BYTES)


def new_salt() -> bytes:
    return os.urandom(SALT_BYTES)


def is_key(text: str) -> bool:
    """Whether a text may be a key.

    >>> is_key("0f" * 32), is_key("0F" * 32), is_key("0f")
    (True, False, False)
    """
    return _KEY.fullmatch(text) is not None


def name_of(key: str) -> str:
    """By what the registry knows the key when it is shown: nobody finds the key from it."""
    return sha256(b"registry upload 1\x00" + bytes.fromhex(key)).hexdigest()


@dataclass(frozen=True, slots=True, repr=False)
class Seal:
    """Seals and opens what belongs to one upload."""

    cipher: AESGCM

    @classmethod
    def of(cls, key: str, salt: bytes) -> "Seal":
        """The seal of a key and a salt."""
        derived = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"registry upload 1")
        return cls(AESGCM(derived.derive(bytes.fromhex(key))))

    def close(self, content: bytes, place: bytes) -> bytes:
        """Content that is sealed for one place, under a nonce drawn anew."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self.cipher.encrypt(nonce, content, place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """What was sealed for that place. Raises `Unsealable`."""
        try:
            return self.cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
        except (InvalidTag, ValueError) as error:
            raise Unsealable from error

    def close_part(self, part: bytes, start: int) -> Iterator[bytes]:
        """A part that begins ``start`` bytes into the file, as pieces to be written one after the other."""
        view = memoryview(part)
        for at in range(0, len(part), PIECE):
            piece = self.close(bytes(view[at : at + PIECE]), _place(start + at))
            yield len(piece).to_bytes(SIZE_BYTES) + piece

    def open_parts(self, source: IO[bytes], size: int, then: bytes = b"") -> bytes:
        """The first ``size`` bytes of the file, from its pieces, and what comes ``then``. Raises `Unsealable` where they are not
        there as they were."""
        whole = BytesIO()
        while whole.tell() < size:
            length = int.from_bytes(source.read(SIZE_BYTES))
            if not NONCE_BYTES + TAG_BYTES < length <= NONCE_BYTES + TAG_BYTES + PIECE:
                raise Unsealable
            whole.write(self.open(source.read(length), _place(whole.tell())))
        if whole.tell() != size:
            raise Unsealable
        whole.write(then)
        return whole.getvalue()


def pieces_of(size: int) -> int:
    """How many pieces a part of that size has.

    >>> pieces_of(0), pieces_of(1), pieces_of(PIECE), pieces_of(PIECE + 1)
    (0, 1, 1, 2)
    """
    return -(-size // PIECE)


def _place(start: int) -> bytes:
    return b"part" + start.to_bytes(8)
