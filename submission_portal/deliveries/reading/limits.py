"""How much one delivered file may hold.

The limits stand against accidents and zip bombs, not against large regions: a year of daily figures for every ward in
the country is about 400,000 rows. They are the same wherever a file is read: in the portal, by the worker, offline. What they
let through is read within the bounds of the cage (`caged`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from registry.uploads import LARGEST_UPLOAD

Progress = Callable[[str, int, int], None]
"""Told of the stage, how much of it is done, and how much there is (0: not known)."""
STAGES = ("file", "structure")
"""The stages of a reading, as progress names them."""
STEP = 20_000
"""Progress is told every so many rows."""
Unpacked = Callable[[int], None]
"""Told how many bytes of a file have been unpacked so far."""


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Nobody wants to know how far the work has come."""


def uncounted(_unpacked: int) -> None:
    """Nobody counts what is unpacked."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds that a file is held to before and while it is read."""

    file_bytes: int = LARGEST_UPLOAD
    rows: int = 4_000_000
    """Rows under the header."""
    columns: int = 200
    cells: int = 60_000_000
    odd_bytes: int = 60_000_000
    odd_rows: int = 500_000
    odd_cells: int = 5_000_000
    """The same for a file that has to be read row by row: a workbook, and a text file whose lines are not all alike."""
    unpacked_bytes: int = 400_000_000
    unpacked_ratio: int = 150
    """Unpacked to packed; counted only above ``ratio_floor`` bytes, since small files may pack very well."""
    ratio_floor: int = 20_000_000
    parts: int = 600
    tags: int = 10_000_000
    """XML tags and comments in all parts that a parser has to take one by one: all but rows as programs usually write them."""


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Way:
    """How far to read, within which bounds, and who is told."""

    limits: Limits
    progress: Progress
    unpacked: Unpacked
