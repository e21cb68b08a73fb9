"""How far a file has been read that a request reads, for the page that waits for the answer.

The page may ask another process of the instance than the one that reads; what is told stands in a small file of the instance
folder, under the name that the page made up, and goes with the reading. It holds a stage and a number, nothing of the file.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from submission_portal.deliveries.reading.limits import STAGES, Progress, no_progress

TELL_EVERY = 0.3
"""Seconds between two times that something is told."""
LEFT_BEHIND = 86_400
"""Seconds after which what somebody dead has told is removed."""
_NAME = re.compile("[A-Za-z0-9]{8,64}")
_TOLD = re.compile(rf"({'|'.join(STAGES)}) ([0-9]{{1,12}})")


@dataclass(frozen=True, slots=True)
class ReadingTold:
    """What is told of readings in a folder."""

    folder: Path

    @contextmanager
    def telling(self, name: str) -> Iterator[Progress]:
        """A way to tell how far a reading has come, under ``name``; without a name that is one, nothing is told."""
        if not _NAME.fullmatch(name):
            yield no_progress
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self._tidy()
        path, told_at = self._path(name), 0.0

        def told(stage: str, done: int, _total: int) -> None:
            nonlocal told_at
            if time.monotonic() - told_at >= TELL_EVERY:
                told_at = time.monotonic()
                path.write_text(f"{stage} {done}", "ascii")

        try:
            yield told
        finally:
            path.unlink(missing_ok=True)

    def rows_read(self, name: str) -> int | None:
        """How many rows have been read under a name; ``None`` where nothing is told."""
        if not _NAME.fullmatch(name):
            return None
        try:
            match = _TOLD.fullmatch(self._path(name).read_text("ascii"))
        except (OSError, UnicodeDecodeError):
            return None
        return int(match[2]) if match else None

    def _path(self, name: str) -> Path:
        return self.folder / f"read-{name}"

    def _tidy(self) -> None:
        for path in self.folder.glob("read-*"):
            try:
                if path.stat().st_mtime < time.time() - LEFT_BEHIND:
                    path.unlink(missing_ok=True)
            except FileNotFoundError:
                continue
