"""Few at a time, across the processes of an instance: who comes later waits for a place, in the order of coming.

    with places.take(name) as place:       # waits; raises Busy where too many are in hand here already
        ...
    places.queue(name)                     # how many are before it, for whoever looks on meanwhile

A place is a lock on a file in the instance folder, and so is a ticket in the queue. The kernel drops both with the process
that holds them, so that nobody waits for somebody who is dead. A wait costs a thread: therefore no process takes more than so
many in hand. On several machines each has places of its own, since each reads with its own processors.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import IO

from registry.errors import Busy

try:
    import fcntl

    CAN_LOCK = True
except ImportError:  # no POSIX system, and so no web server: commands never wait
    CAN_LOCK = False

LOOK_EVERY = 0.1
"""Seconds between two looks of somebody who waits."""
_NAME = re.compile("[A-Za-z0-9]{8,64}")


@dataclass(frozen=True, slots=True)
class Queue:
    """Who waits. ``before``: how many come before the one that asked; ``None`` where it does not wait."""

    waiting: int
    before: int | None = None


@dataclass(slots=True)
class Places:
    """``count`` places in ``folder``; this process has at most ``most_in_hand`` who hold one or wait for one."""

    folder: Path
    count: int
    most_in_hand: int
    _in_hand: int = 0
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def take(self, name: str = "") -> Iterator[None]:
        """Wait for a place and hold it. ``name`` is what the waiting one is asked for by in `queue`. Raises ``Busy``."""
        with self._lock:
            if self._in_hand >= self.most_in_hand:
                raise Busy
            self._in_hand += 1
        try:
            place = self._wait(name if _NAME.fullmatch(name) else token_hex(8))
            try:
                yield
            finally:
                place.close()
        finally:
            with self._lock:
                self._in_hand -= 1

    def queue(self, name: str = "") -> Queue:
        """The queue as it is now."""
        tickets = [path.name for path in self._tickets()]
        before = next((at for at, ticket in enumerate(tickets) if ticket.endswith(f"-{name}")), None)
        return Queue(len(tickets), before if name else None)

    def _wait(self, name: str) -> IO[bytes]:
        self.folder.mkdir(parents=True, exist_ok=True)
        path, ticket = self._ticket(name)
        try:
            while True:
                first = next(iter(self._tickets()), path)
                if first == path and (place := self._free_place()) is not None:
                    return place
                time.sleep(LOOK_EVERY)
        finally:
            path.unlink(missing_ok=True)
            ticket.close()

    def _ticket(self, name: str) -> tuple[Path, IO[bytes]]:
        """A ticket of our own: locked before anybody can take it for one that was left behind."""
        while True:
            path = self.folder / f"ticket-{time.monotonic_ns():020d}-{name}"
            file = _locked(path)
            if file is not None:
                return path, file

    def _tickets(self) -> Iterator[Path]:
        """The tickets of those who wait, first come first; those of the dead are removed."""
        for path in sorted(self.folder.glob("ticket-*")):
            file = _locked(path, make=False)
            if file is None:
                if path.exists():
                    yield path
            else:
                path.unlink(missing_ok=True)
                file.close()

    def _free_place(self) -> IO[bytes] | None:
        for number in range(self.count):
            if (file := _locked(self.folder / f"place-{number}")) is not None:
                return file
        return None


def _locked(path: Path, *, make: bool = True) -> IO[bytes] | None:
    """The file, locked by us; ``None`` where somebody else has it, or it is gone."""
    try:
        descriptor = os.open(path, os.O_RDWR | (os.O_CREAT if make else 0), 0o600)
    except FileNotFoundError:
        return None
    file = os.fdopen(descriptor, "r+b")
    if not CAN_LOCK:
        return file
    with suppress(OSError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Somebody may have removed it between opening and locking: then the lock is on nothing.
        if path.exists() and path.stat().st_ino == os.fstat(descriptor).st_ino:
            return file
    file.close()
    return None
