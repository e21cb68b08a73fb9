"""How many requests a client may make: a bucket of so many that fills up again at an even pace. Pure.

Kept in the memory of each web process, and so for each process: a client meets at most the limit times the number of
processes. That costs nothing at a request, and holds back a script that has run wild; it is no accounting.
"""

import math
from dataclasses import dataclass
from threading import Lock

MOST_KEPT = 10_000
"""Buckets that are kept; those that are full again are dropped first."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in so many seconds, at once or evenly."""

    limit: int
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Taken:
    """What is left after a request. ``wait``: seconds until the next one is taken; 0 where this one was."""

    remaining: int
    full_in: int
    wait: int = 0


class Buckets:
    """The buckets of one process, by whose they are. ``now`` is any clock that runs evenly, in seconds.

    >>> buckets = Buckets()
    >>> [buckets.take("a", Rate(2, 60), now=at).wait for at in (0, 0, 0, 30)]
    [0, 0, 30, 0]
    """

    def __init__(self) -> None:
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def take(self, whose: str, rate: Rate, *, now: float) -> Taken:
        """Take one, where there is one."""
        pace = rate.limit / rate.seconds
        with self._lock:
            left, at = self._left.get(whose, (float(rate.limit), now))
            left = min(float(rate.limit), left + (now - at) * pace)
            is_taken = left >= 1
            left -= is_taken
            self._left[whose] = (left, now)
            if len(self._left) > MOST_KEPT:
                self._drop(now, rate.seconds)
        full_in = math.ceil((rate.limit - left) / pace)
        return Taken(int(left), full_in, 0 if is_taken else max(1, math.ceil((1 - left) / pace)))

    def _drop(self, now: float, seconds: int) -> None:
        """Drop what is full again; where that is too little, the half that was not used for longest."""
        self._left = {name: one for name, one in self._left.items() if now - one[1] < seconds}
        if len(self._left) > MOST_KEPT:
            oldest_first = sorted(self._left, key=lambda name: self._left[name][1])
            for name in oldest_first[: MOST_KEPT // 2]:
                del self._left[name]
