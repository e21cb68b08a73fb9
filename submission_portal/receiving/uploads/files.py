"""Where sealed parts lie until their file is whole: a file for each upload, in a folder that no backup copies.

Whoever writes or reads one holds a lock on it, which the kernel drops with a process that dies.
"""

import os
import shutil
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # no POSIX system, and so no web server that answers two requests at the same time
    fcntl = None  # type: ignore[assignment]

FOLDER = "unfinished"
YOUNG_SECONDS = 3600.0
"""A file that was made so lately may be of an upload whose row is being written."""


class Held(Exception):
    """Another request writes to the upload at this moment."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The sealed parts of all uploads of an instance."""

    folder: Path

    @contextmanager
    def held(self, upload_id: str) -> Iterator[IO[bytes]]:
        """The file of an upload, for nobody else. Raises `Held`, and ``FileNotFoundError`` where it has none."""
        with self._path(upload_id).open("r+b") as file:
            if fcntl is not None:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError as error:
                    raise Held from error
            yield file

    def make(self, upload_id: str) -> None:
        """The empty file of a new upload."""
        self.folder.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self._path(upload_id), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    def size(self, upload_id: str) -> int:
        """How large the file of an upload is; -1 where it has none."""
        try:
            return self._path(upload_id).stat().st_size
        except FileNotFoundError:
            return -1

    def erase(self, upload_id: str) -> None:
        """Remove the file of an upload, if it is there."""
        self._path(upload_id).unlink(missing_ok=True)

    def erase_all_but(self, known: Collection[str]) -> int:
        """Remove what no upload has, but for what is young; returns how many that were."""
        young, count = time.time() - YOUNG_SECONDS, 0
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.name not in known and path.stat().st_mtime < young:
                path.unlink(missing_ok=True)
                count += 1
        return count

    def free_bytes(self) -> int:
        """How much room the disk has."""
        return shutil.disk_usage(self.folder if self.folder.is_dir() else self.folder.parent).free

    def _path(self, upload_id: str) -> Path:
        return self.folder / upload_id


def append(file: IO[bytes], kept: int, pieces: Iterable[bytes]) -> int:
    """Write pieces after the first ``kept`` bytes, whatever somebody who died has left there; returns the size. They are on the
    disk when it returns."""
    file.truncate(kept)
    file.seek(kept)
    for piece in pieces:
        file.write(piece)
    file.flush()
    os.fsync(file.fileno())
    return file.tell()
