"""What the instance keeps in files beside its database, and how each package has its own copied and put back.

A package names its folder in its plug-in (`Plugin.kept`). The order is always the same: the database first, then what it
names. An object is written before the row that names it, so that a snapshot of the database never names something that
is missing from a later copy of the files.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from registry.findings import Finding, Text

PIECE = 2**20


class Stopped(Exception):
    """A backup or a restoration cannot be carried out as it was asked for; ``text`` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Overtaken(Exception):
    """A file that the snapshot names was erased after the snapshot was taken: take another snapshot."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file in a backup: its size in bytes and the SHA-256 of its bytes in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class KeptStore:
    """A folder of the instance that a package keeps files in.

    ``named`` reads, from the snapshot of the database, what must be copied. ``copy`` copies that and gives findings about
    what is missing or damaged in the instance itself. ``settle`` runs in a restored instance: it compares the folder with
    the register, makes again what can be made from something else, and gives findings about what it did or could not do.
    """

    folder: str
    named: Callable[[Session], Any]
    copy: "Callable[[Any, Copying], list[Finding]]"
    settle: Callable[[Session, Path], list[Finding]] = lambda _session, _folder: []


@dataclass
class Copying:
    """Copies files of one folder into a backup (or out of one), with their hashes, each on disk before the next begins.

    ``earlier`` has the entries of an earlier backup in ``earlier_folder``: what has not changed is linked from there.
    ``step`` is called before each file.
    """

    source: Path
    target: Path
    step: Callable[[], None] = lambda: None
    earlier_folder: Path | None = None
    earlier: Mapping[str, FileEntry] = field(default_factory=dict)
    files: dict[str, FileEntry] = field(default_factory=dict)
    linked: int = 0

    def file(self, path: str, *, expected: str | None = None, is_immutable: bool = False) -> FileEntry:
        """Copy one file, named relative to the folder. Raises ``FileNotFoundError`` where it is not there.

        ``expected`` is the hash that it should have, ``is_immutable`` says that a file of this name never changes: either
        lets it be linked from an earlier backup whose copy is whole.
        """
        self.step()
        entry = self._linked(path, expected, is_immutable) or copy_file(self.source / path, self.target / path)
        self.files[path] = entry
        return entry

    def _linked(self, path: str, expected: str | None, is_immutable: bool) -> FileEntry | None:
        entry = self.earlier.get(path)
        if entry is None or self.earlier_folder is None or not (is_immutable or expected == entry.sha256):
            return None
        known, copy = self.earlier_folder / path, self.target / path
        try:
            if (self.source / path).stat().st_size != entry.size or hashed(known) != entry:
                return None
            copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.link(known, copy, follow_symlinks=False)
        except OSError:
            return None  # another file system, or one that knows no links: it is copied
        self.linked += 1
        return entry


def copy_file(source: Path, target: Path) -> FileEntry:
    """Copy the bytes of one file to a new one that only its owner may read, and wait until they are on disk."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as given:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as kept:
            while piece := given.read(PIECE):
                digest.update(piece)
                size += len(piece)
                kept.write(piece)
            kept.flush()
            os.fsync(kept.fileno())
    return FileEntry(size, digest.hexdigest())


def hashed(path: Path) -> FileEntry:
    """Size and hash of a file as it is. Symbolic links are not followed: ``OSError``."""
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as given:
        while piece := given.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return FileEntry(size, digest.hexdigest())


def settle_on_disk(folder: Path) -> None:
    """Wait until the names in the folder, and in all below it, are on disk as well."""
    for parent, _, _ in os.walk(folder):
        sync_folder(Path(parent))


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def files_below(folder: Path) -> Iterable[str]:
    """Every file below the folder, relative to it."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield str((Path(parent) / name).relative_to(folder))
