"""Sheets without headings: their columns are called by their letters, and an export is known again by how many columns it has and
what kinds of cells are in each. Pure.

That a sheet has no headings is said by a person, and told of each later file that is read so.
"""

from collections.abc import Sequence
from itertools import islice

from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.date_order import LONGEST_WRITTEN
from submission_portal.deliveries.reading.layouts.content import (
    EMPTY,
    KINDS,
    MOST_COLUMNS,
    NUMBER,
    PERIOD_CELL,
    TEXT,
    Layout,
)
from submission_portal.deliveries.reading.sheets import Row, letter

MOST_LOOKED_AT = 2_000
"""So many first rows say what kinds of cells a sheet has."""


def width_of(rows: Sequence[Row]) -> int:
    return min(MOST_COLUMNS, max((len(row) for row in islice(rows, MOST_LOOKED_AT) if any(row)), default=0))


def letters_of(rows: Sequence[Row]) -> list[str]:
    """What the columns of a sheet without headings are called."""
    return [letter(at) for at in range(width_of(rows))]


def kind_of(cell: str) -> str:
    """What a cell is; a number of eight digits that is a day is a number in one row and a day in the next, so it is a day.

    >>> kind_of("12,5"), kind_of("2026-03"), kind_of("Kalmar"), kind_of("20260301"), kind_of("")
    ('number', 'period', 'text', 'period', 'empty')
    """
    if not cell:
        return EMPTY
    if len(cell) > LONGEST_WRITTEN:
        return TEXT
    if written_forms.number(cell) is not None:
        is_day = len(cell) in (6, 8) and cell.isdecimal() and written_forms.period(cell) is not None
        return PERIOD_CELL if is_day else NUMBER
    return PERIOD_CELL if written_forms.period(cell) is not None else TEXT


def kinds_of_columns(rows: Sequence[Row]) -> tuple[str, ...]:
    """The kind that most cells of each column are; `EMPTY` where it has none.

    >>> kinds_of_columns([["2026-03", "Kalmar", "12,5", ""], ["2026-03", "Västervik", "-", ""]])
    ('period', 'text', 'number', 'empty')
    """
    counts: list[dict[str, int]] = [{} for _ in range(width_of(rows))]
    for row in islice(rows, MOST_LOOKED_AT):
        for at, cell in enumerate(row[: len(counts)]):
            if cell:
                kind = kind_of(cell)
                counts[at][kind] = counts[at].get(kind, 0) + 1
    return tuple(max(each, key=lambda kind: (each[kind], -KINDS.index(kind))) if each else EMPTY for each in counts)


def like_headless(layouts: Sequence[Layout | None], rows: Sequence[Row]) -> int | None:
    """The one layout of an export without headings that a sheet is like: as many columns, of the same kinds, and a first row of those
    kinds too. ``None`` where none is, or more than one: then it is asked."""
    if not any(layout is not None and layout.headless for layout in layouts):
        return None
    kinds = kinds_of_columns(rows)
    first = next((row for row in islice(rows, MOST_LOOKED_AT) if any(row)), [])
    found = [
        index
        for index, layout in enumerate(layouts)
        if layout is not None
        and layout.headless
        and _fit(layout.headless, kinds)
        and not any(one != TEXT and kind_of(cell) == TEXT for one, cell in zip(layout.headless, first, strict=False))
    ]
    return found[0] if len(found) == 1 else None


def _fit(said: Sequence[str], found: Sequence[str]) -> bool:
    """Whether columns are of the kinds that were said; an empty one may be any."""
    if len(said) != len(found):
        return False
    pairs = list(zip(said, found, strict=True))
    return all(one == other or EMPTY in (one, other) for one, other in pairs) and any(
        EMPTY not in pair for pair in pairs
    )
