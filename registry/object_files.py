"""The bytes of stored objects in a local folder. Nothing here knows of the database.

The whole of what an object store has to offer in its place: write, read, hash, erase, list. Which key may be written or
erased when is for `registry.storage` to decide, under the lock on the object's row.

A file is written under another name in its own folder, forced to the disk, renamed, and the folder is forced too: a key
names all of its bytes or none. The writer keeps the unfinished file locked, so that `abandoned` knows what a process that
was killed left behind from what is being written, without guessing from its age.

A file is locked while it is erased, too. The lock on an object's row is lost with the connection to the database, while
the process that took it may go on (a server that restarts, a process that stood still for a while): so whoever erases
asks for the row once more when the file is locked, and whoever writes the same bytes waits for the file.
"""

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path

UNFINISHED = ".unfinished-"
_KEY = re.compile(r"[^/]+/[a-z-]+/([0-9a-f]{64})")
_UNFINISHED = re.compile(rf"(?:{re.escape(UNFINISHED)}|tmp)[A-Za-z0-9_]{{8}}")
"""The names of unfinished files; ``tmp`` is how earlier releases called them."""


class Files:
    """Files by key under one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, key: str, data: bytes) -> None:
        """Have exactly ``data`` under ``key``, on the disk, when this returns.

        What is there and is not ``data`` is replaced. Raises ``OSError`` where it cannot be written (a full disk), and
        then leaves nothing behind.
        """
        path = self.root / key
        if _kept(path) == hashlib.sha256(data).hexdigest():
            return
        _make(path.parent)
        descriptor, unfinished = _begin(path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                os.replace(unfinished, path)  # while the file is still locked: nobody takes it for abandoned
        except BaseException:
            with suppress(OSError):
                os.unlink(unfinished)
            raise
        _force(path.parent)

    def read(self, key: str) -> bytes:
        """The bytes under ``key``. Raises ``FileNotFoundError``."""
        return (self.root / key).read_bytes()

    def digest(self, key: str) -> str | None:
        """The SHA-256 of what is under ``key``, in hexadecimal; ``None`` where nothing is."""
        try:
            with (self.root / key).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def erase(self, key: str, *, confirm: Callable[[], object]) -> None:
        """Remove what is under ``key``, for good when this returns. Nothing there: nothing happens.

        ``confirm`` is called when nobody can write the same bytes any more, and raises where they may not go after all.
        """
        path = self.root / key
        with _held(path, fcntl.LOCK_EX) as file:
            if file is None:
                return
            confirm()
            path.unlink()
        _force(path.parent)

    def keys(self) -> Iterator[str]:
        """Every key with a file under it, in order."""
        for path in self._paths():
            key = path.relative_to(self.root).as_posix()
            if _KEY.fullmatch(key):
                yield key

    def strange(self) -> Iterator[Path]:
        """Files that are under no key and are not unfinished either; never ours."""
        for path in self._paths():
            if not _KEY.fullmatch(path.relative_to(self.root).as_posix()) and not _UNFINISHED.fullmatch(path.name):
                yield path

    def abandoned(self) -> Iterator[Path]:
        """Unfinished files that nobody is writing."""
        for path in self._paths():
            if _UNFINISHED.fullmatch(path.name) and _nobody_writes(path):
                yield path

    def erase_abandoned(self) -> int:
        """Remove the unfinished files that nobody is writing; returns how many."""
        count = 0
        for path in self.abandoned():
            path.unlink(missing_ok=True)
            count += 1
        return count

    def _paths(self) -> Iterator[Path]:
        if self.root.exists():
            yield from sorted(path for path in self.root.rglob("*") if path.is_file() or path.is_symlink())


@contextmanager
def _held(path: Path, how: int) -> Iterator[BufferedReader | None]:
    """The file that is under the path once it has been locked; ``None`` where none is (any more)."""
    while True:
        try:
            file = path.open("rb")
        except (FileNotFoundError, NotADirectoryError):
            yield None
            return
        with file:
            fcntl.flock(file, how)
            if _is_still(path, file):
                yield file
                return


def _is_still(path: Path, file: BufferedReader) -> bool:
    """Whether the open file is the one under the path, and was neither erased nor replaced meanwhile."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _kept(path: Path) -> str | None:
    """The SHA-256 of what is under the path, as `Files.digest`, when nobody erases it at this moment."""
    with _held(path, fcntl.LOCK_SH) as file:
        return None if file is None else hashlib.file_digest(file, "sha256").hexdigest()


def _begin(folder: Path) -> tuple[int, str]:
    """A new unfinished file that is locked by this process."""
    while True:
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=UNFINISHED)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor, name
        os.close(descriptor)  # taken for abandoned in the moment before it was locked


def _nobody_writes(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)


def _make(folder: Path) -> None:
    """Make a folder, with those above it, and force their names to the disk."""
    if folder.is_dir():
        return
    _make(folder.parent)
    folder.mkdir(exist_ok=True)
    _force(folder.parent)


def _force(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
