"""What a client may take of the web server, and how long: bounds that hold without a proxy in front.

Pure. A client that moves bytes earns time, a client that stands still uses it up, and nobody can save more than a little:
so a slow line is served to its end, and a connection that is only held open is closed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KIB, MIB = 2**10, 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one web process. Sizes are in bytes, times in seconds, rates in bytes per second."""

    header_seconds: float = 15.0
    """From the first byte of a request (or the connection) to the end of its headers."""
    idle_seconds: float = 60.0
    """Between two requests on a connection."""
    least_rate: float = 16.0 * KIB
    """What a client must send of a body, or read of an answer, in the long run."""
    patience: float = 30.0
    """How long a client that has sent or read well may stand still."""
    header_bytes: int = 32 * KIB
    body_bytes: int = 26 * MIB
    """The largest body that is kept in memory: the largest upload with the form around it."""
    stranger_bytes: int = 64 * KIB
    """The largest body that is kept for somebody who is not signed in. More is read and thrown away."""
    buffer_bytes: int = 256 * MIB
    """All bodies above `stranger_bytes`, and all answers that wait to be read, may hold so much each."""
    connections: int = 500

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> "Limits":
        """The bounds that an instance's settings give."""
        return cls(
            header_seconds=settings["HEADER_SECONDS"],
            least_rate=settings["LEAST_RATE"],
            patience=settings["PATIENCE_SECONDS"],
            body_bytes=settings["UPLOAD_BYTES"] + MIB,
            buffer_bytes=max(settings["BUFFER_BYTES"], settings["UPLOAD_BYTES"] + MIB),
            connections=settings["CONNECTIONS"],
        )


class Credit:
    """The time that a client has left: it runs out while nothing moves, and every byte gives some back.

    >>> credit = Credit(now=0.0, patience=30.0, rate=1000.0)
    >>> credit.left(now=20.0)
    10.0
    >>> credit.earn(5000, now=20.0)
    >>> credit.left(now=20.0)
    15.0
    >>> credit.earn(10_000_000, now=21.0)  # no more than the patience can be saved
    >>> credit.left(now=21.0), credit.left(now=52.0)
    (30.0, -1.0)
    """

    __slots__ = ("_at", "_left", "_patience", "_rate")

    def __init__(self, *, now: float, patience: float, rate: float) -> None:
        self._at, self._left, self._patience, self._rate = now, patience, patience, rate

    def earn(self, count: int, *, now: float) -> None:
        """``count`` bytes were moved until ``now``."""
        self._left = min(self._patience, self.left(now=now) + count / self._rate)
        self._at = now

    def left(self, *, now: float) -> float:
        """Seconds that are left; negative where the client has used up its time."""
        return self._left - (now - self._at)
