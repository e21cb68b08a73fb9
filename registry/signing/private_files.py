"""Private keys as files of the instance, beside the key that signs cookies: 32 bytes in hexadecimal, for their owner alone."""

import os
from contextlib import suppress
from pathlib import Path

from registry.signing.keys import public_half

FOLDER = "signing_keys"


def file_name(kid: str) -> str:
    """A ``kid`` is base64url, and so a name on any system."""
    return f"{kid}.key"


def keep(instance: Path, kid: str, private: bytes) -> None:
    """Write a private key, so that it is on the disk before anything names it."""
    folder = instance / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / file_name(kid), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(private.hex())
        file.flush()
        os.fsync(file.fileno())


def find(instance: Path, kid: str, public: bytes) -> bytes | None:
    """The private half of a public key; ``None`` where its file is not there, or holds another."""
    try:
        private = bytes.fromhex((instance / FOLDER / file_name(kid)).read_text("ascii").strip())
        return private if public_half(private) == public else None
    except (OSError, ValueError):
        return None


def forget(instance: Path, kid: str) -> None:
    """Remove a private key that nothing more is signed with."""
    with suppress(FileNotFoundError):
        (instance / FOLDER / file_name(kid)).unlink()
