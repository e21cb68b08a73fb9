"""How large a sheet can be at all, and how its cells are named (ECMA-376 part 1, 18.18.7; Excel's specifications)."""

import re
from functools import lru_cache

from submission_portal.deliveries.reading.sheets import column_of

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,10})")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


@lru_cache(4096)
def column_of_reference(letters: bytes) -> int:
    """The column counted from 0 of at most three letters.

    >>> column_of_reference(b"A"), column_of_reference(b"XFD")
    (0, 16383)
    """
    return column_of(letters.decode("ascii"))


def cell_at(reference: str) -> tuple[int, int] | None:
    """(row from 1, column from 0) of a cell's reference; ``None`` for what is none.

    >>> cell_at("B3"), cell_at("D99999999"), cell_at("3B")
    ((3, 1), (99999999, 3), None)
    """
    match = _REFERENCE.fullmatch(reference)
    return (int(match[2]), column_of(match[1].upper())) if match else None


def area_at(reference: str) -> tuple[int, int, int, int] | None:
    """(first row from 1, first column from 0, last row, last column) of an area; ``None`` for what is none or beyond a sheet.

    >>> area_at("B9:C12"), area_at("A1"), area_at("A1:ZZZ99999999"), area_at("C1:A2")
    ((9, 1, 12, 2), (1, 0, 1, 0), None, None)
    """
    match = _AREA.fullmatch(reference)
    if match is None:
        return None
    first_row, first_column = int(match[2]), column_of(match[1])
    last_row, last_column = int(match[4] or match[2]), column_of(match[3] or match[1])
    is_one = 1 <= first_row <= last_row <= MOST_ROWS and first_column <= last_column < MOST_COLUMNS
    return (first_row, first_column, last_row, last_column) if is_one else None
