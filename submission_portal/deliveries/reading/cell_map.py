"""From the rows that were made of a sheet back to the sender's own cells: of columns that stand across, and of measures that stand on
rows of their own. Pure."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

STEP = 100_000
"""More rows than a wide table has."""


@dataclass(frozen=True, slots=True)
class CellMap:
    """Where cells are. One that says nothing is that of a sheet whose rows are records."""

    across: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Element → the letters of its columns across, one for each group of rows (`turning`)."""
    beneath: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)
    """Element → from which row on its own row is how far below the row of its place, ascending."""

    @property
    def is_plain(self) -> bool:
        return not (self.across or self.beneath)

    def cell(self, row: int, element: str | None) -> tuple[int, str | None]:
        """The row of the sheet that a row was made of, and the letter of the element's column there (``None``: not across).

        >>> wide = CellMap({"dvp": ("B", "C", "D")})
        >>> wide.cell(200_007, "dvp"), wide.cell(7, "dvp"), CellMap().cell(7, "dvp")
        ((7, 'D'), (7, 'B'), (7, None))
        >>> CellMap({}, {"dvp": ((2, 0),), "used": ((2, 1), (8, 2))}).cell(9, "used")
        (11, None)
        """
        if self.is_plain:
            return row, None
        group, number = divmod(row, STEP) if self.across else (0, row)
        letters = self.across.get(element or "", ())
        runs = self.beneath.get(element or "", ())
        at = bisect_right(runs, (number, STEP)) - 1
        return number + (runs[at][1] if at >= 0 else 0), letters[group] if 0 <= group < len(letters) else None

    def row(self, row: int, element: str, letter: str | None) -> int:
        """The row that was made of a cell of the sheet: `cell`, the other way.

        >>> CellMap({"used": ("B", "C")}, {"used": ((2, 1), (8, 2))}).row(11, "used", "C")
        100009
        """
        letters = list(self.across.get(element, ()))
        if self.across and letter not in letters:
            return row
        number, runs = row, self.beneath.get(element, ())
        for at, (start, below) in enumerate(runs):
            end = runs[at + 1][0] if at + 1 < len(runs) else STEP
            if start <= row - below < end:
                number = row - below
                break
        return number + (STEP * letters.index(letter) if letter in letters else 0)


PLAIN = CellMap()


def runs_of(rows: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    """By row of a place the row of a measure → `CellMap.beneath` of its element.

    >>> runs_of({2: 3, 4: 5, 6: 6})
    ((2, 1), (6, 0))
    """
    runs: list[tuple[int, int]] = []
    for first, row in sorted(rows.items()):
        if not runs or runs[-1][1] != row - first:
            runs.append((first, row - first))
    return tuple(runs)
