"""How much one delivered file may hold, and how long reading it may take.

The limits stand against accidents and zip bombs, not against large regions: a year of daily figures for every ward in
the country is about 400,000 rows.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

Progress = Callable[[str, int, int], None]
"""Told of the stage, how much of it is done, and how much there is (0: not known)."""
STEP = 20_000
"""Progress is told, and the time looked at, every so many rows."""


def untold(_stage: str, _done: int, _total: int) -> None:
    """Nobody wants to know how far the work has come."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds that a file is held to before and while it is read."""

    file_bytes: int = 40_000_000
    rows: int = 500_000
    columns: int = 200
    cells: int = 5_000_000
    unpacked_bytes: int = 400_000_000
    unpacked_ratio: int = 150
    """Unpacked to packed; counted only above ``ratio_floor`` bytes, since small files may pack very well."""
    ratio_floor: int = 20_000_000
    parts: int = 600
    seconds: float = 45.0


DEFAULT = Limits()


class TookTooLongError(Exception):
    """Reading passed its deadline."""


@dataclass(slots=True)
class Deadline:
    """A moment after which reading is given up."""

    seconds: float
    started: float = field(default_factory=time.monotonic)

    def check(self) -> None:
        """Raise :class:`TookTooLongError` when the time is up."""
        if time.monotonic() - self.started > self.seconds:
            raise TookTooLongError
