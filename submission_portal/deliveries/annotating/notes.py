"""What is written into a workbook about the cells that something was found in. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST_CELLS = 100_000
"""A sheet with more cells is not written anew."""
MOST_NOTES = 10_000
"""So many notes are written into a workbook; the other files have all."""
MOST_COMMENTS = 2_000
"""So many cells have a comment of their own; a spreadsheet opens more of them slowly. The others are coloured and listed."""
FILLS = {"error": "F4C7D0", "question": "FBE3B6", "warning": "FBE3B6", "info": "D9E6F2"}
"""Colours of marked cells by severity; the comment and the list say it in words."""
_LETTERS = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class Note:
    """One marked cell: where (``column`` as a letter), how grave, and in words what was found and how to mend it."""

    row: int
    column: str
    severity: str
    text: str
    cells: tuple[str, ...]
    """The cells of its line in the list."""

    def as_list(self) -> list[Any]:
        return [self.row, self.column, self.severity, self.text, list(self.cells)]

    @classmethod
    def from_list(cls, data: Sequence[Any]) -> "Note":
        row, column, severity, text, cells = data
        return cls(row, column, severity, text, tuple(cells))

    @property
    def is_in_sheet(self) -> bool:
        """Whether it names a cell; what names only a row is marked in the row's first one."""
        return self.row > 0


@dataclass(frozen=True, slots=True)
class Notes:
    """All notes of a workbook with the words around them."""

    title: str
    """Of the sheet with the list."""
    said: tuple[str, ...]
    """Lines above the list: what this file is, and what it lacks."""
    headings: tuple[str, ...]
    notes: tuple[Note, ...]
    author: str = "Vårdplatsregistret"

    @property
    def by_cell(self) -> Mapping[tuple[int, str], list[Note]]:
        """The notes of each cell of the sheet, in order."""
        found: dict[tuple[int, str], list[Note]] = {}
        for note in self.notes:
            if note.is_in_sheet:
                found.setdefault((note.row, column_letter(note.column)), []).append(note)
        return found

    def as_dict(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "said": list(self.said),
            "headings": list(self.headings),
            "notes": [note.as_list() for note in self.notes],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Notes":
        return cls(
            data["title"],
            tuple(data["said"]),
            tuple(data["headings"]),
            tuple(Note.from_list(one) for one in data["notes"]),
        )


def column_letter(column: str) -> str:
    """The column to mark: the first where a place names a row, or a column by its heading.

    >>> column_letter("D"), column_letter(""), column_letter("Belagda")
    ('D', 'A', 'A')
    """
    return column if _LETTERS.fullmatch(column) else "A"


def gravest(notes: Sequence[Note]) -> Note:
    """The note whose colour a cell gets."""
    order = list(FILLS)
    return min(notes, key=lambda note: order.index(note.severity) if note.severity in order else len(order))
