"""Which column of the file is which element of the model.

A heading is compared with the element's name, labels and aliases, first letter for letter (case, spaces and hyphens
aside), then without a unit in brackets, last without accents. The last step is never silent: *å* is a letter of its
own, so what it led to is shown, and where it leads to two elements nothing is chosen.
"""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, fold, strip_accents, without_unit
from submission_portal.deliveries.reading.grid_rows import GridRows
from submission_portal.deliveries.reading.layouts.shaping import (
    Shape,
    bare_across,
    codes_across,
    elements_across,
    headings_of,
    periods_across,
    shape_of,
)
from submission_portal.deliveries.reading.older_encodings import repaired
from submission_portal.deliveries.reading.sheets import MappedColumn, Row, letter, shortened
from submission_portal.deliveries.reading.written_forms import number

HEADER_SEARCHED = 60
"""A header is looked for among this many first rows."""
LONGEST_HEADING = 300


@dataclass(frozen=True, slots=True)
class Missing:
    """An element that no column was read as, and the columns whose headings are close to its own."""

    element: ExpectedColumn
    near: tuple[MappedColumn, ...]
    garbled: MappedColumn | None = None
    """The column whose heading is the element's, once read in the wrong encoding."""

    @property
    def headings(self) -> str:
        """Every heading that the element goes under."""
        return ", ".join(dict.fromkeys(_headings(self.element).values()))


@dataclass(frozen=True, slots=True)
class Mapping:
    """The header that was found and what its columns mean."""

    header_row: int
    """As the sender counts, from 1; 0 where the sheet has none."""
    columns: tuple[MappedColumn, ...]
    positions: dict[str, int]
    """Element name → column counted from 0; the first where there are several."""
    doubled: dict[str, tuple[int, ...]]
    """Elements that several columns are read as, with all of them."""
    ambiguous: tuple[tuple[MappedColumn, tuple[str, ...]], ...]
    """Columns whose headings may mean several elements, with the names of those."""
    missing: tuple[Missing, ...]
    """Elements that no column was read as and that are required, or that a heading is close to."""


def matches(expected: Expected, heading: str) -> tuple[tuple[str, ...], str]:
    """The elements that a heading may mean, and how it was recognised. A very long text is no heading."""
    if len(heading) > LONGEST_HEADING:
        return (), ""
    if heading not in expected.understood:
        expected.understood[heading] = _matches(expected, heading)
    return expected.understood[heading]


def _matches(expected: Expected, heading: str) -> tuple[tuple[str, ...], str]:
    for candidate, how in ((heading, "exact"), (without_unit(heading), "without_unit")):
        if names := expected.exact.get(fold(candidate)):
            return names, how
    if names := expected.without_accents.get(strip_accents(fold(without_unit(heading)))):
        return names, "without_accents"
    return (), ""


def header_score(expected: Expected, row: Row) -> int:
    """How many different elements the cells of a row name, and how many periods beside them."""
    named = {names for cell in row if cell and (names := matches(expected, cell)[0])}
    if not named:
        return 0
    across = periods_across(expected, row)
    beside = {(name,) for name in elements_across(expected, row)} if across else set()
    return len(named | beside) + (across or bare_across(expected, row) or codes_across(expected, row))


def best_header(expected: Expected, rows: Sequence[Row]) -> tuple[int, int]:
    """(index, score) of the row that most looks like the header, with the row above where headings stand in two; score 0 where
    none does."""
    best, best_score = 0, 0
    for index in range(min(len(rows), HEADER_SEARCHED)):
        if (score := header_score(expected, headings_of(rows, index))) > best_score:
            best, best_score = index, score
    return best, best_score


def header_index(expected: Expected, rows: Sequence[Row]) -> int | None:
    """The index of the header; ``None`` where no row is one. A header names at least two elements, or all there are; one that
    names a single element has no figures."""
    index, score = best_header(expected, rows)
    if score >= min(2, len(expected.columns)):
        return index
    texts = [cell for cell in rows[index] if cell] if score else []
    is_header = len(texts) >= len(expected.columns) // 2 + 1 and not any(map(number, texts))
    return index if is_header and len(texts) > 2 else None


def map_headings(expected: Expected, rows: Sequence[Row], shape: Shape | None = None) -> Mapping | None:
    """What the columns mean; ``None`` where no row is a header. ``shape``: what has been answered about them."""
    if shape is None:
        index = header_index(expected, rows)
        if index is None:
            return None
        shape = shape_of(expected, (), rows, index)
    columns: list[MappedColumn] = []
    ambiguous: list[tuple[MappedColumn, tuple[str, ...]]] = []
    positions = {f"{shape.period_parts} {part}": position for part, position in shape.parts.items()}
    doubled: dict[str, list[int]] = {}
    across = {one.position: one.name for one in shape.wide}
    for position, heading in enumerate(shape.headings):
        if not heading:
            if _has_cells(rows, shape.header + 1, position):
                columns.append(MappedColumn(letter(position), "", None))
            continue
        column, names = _read_as(expected, shape, position)
        columns.append(column)
        if names:
            ambiguous.append((column, names))
        if column.element is None or position in shape.parts.values():
            continue
        name = across.get(position, column.element)
        if name in positions:
            doubled.setdefault(name, [positions[name]]).append(position)
        positions.setdefault(name, position)
    closed = {letter(position) for position in shape.unread}
    return Mapping(
        header_row=shape.header + 1,
        columns=tuple(columns),
        positions=positions,
        doubled={element: tuple(at) for element, at in doubled.items()},
        ambiguous=tuple(ambiguous),
        missing=_missing(
            expected,
            [one for one in columns if one.letter not in closed],
            positions,
            is_headless=shape.is_headless,
        ),
    )


def _read_as(expected: Expected, shape: Shape, position: int) -> tuple[MappedColumn, tuple[str, ...]]:
    """A column with the element that it is, and the elements that it may be where those are several."""
    at, heading = letter(position), shape.headings[position]
    answered = shape.element_at(position)
    if answered is not None:
        return MappedColumn(at, shortened(heading), answered, "answered"), ()
    if position in shape.unread or any(position in asked for asked in shape.asked_across.values()):
        return MappedColumn(at, shortened(heading), None), ()
    names, how = matches(expected, heading) if not shape.is_headless else ((), "")
    if len(names) == 1 and all(one.element != names[0] for one in shape.wide):
        return MappedColumn(at, shortened(heading), names[0], how), ()
    return MappedColumn(at, shortened(heading), None), names if len(names) > 1 else ()


def _has_cells(rows: Sequence[Row], start: int, position: int) -> bool:
    if isinstance(rows, GridRows) and start == len(rows.head):
        return rows.has_cells(position)
    return any(len(row) > position and row[position] for row in islice(rows, start, None))


def _missing(
    expected: Expected, columns: Sequence[MappedColumn], positions: dict[str, int], *, is_headless: bool
) -> tuple[Missing, ...]:
    unknown = [column for column in columns if column.element is None and column.heading] if not is_headless else []
    found = []
    for element in expected.columns:
        if element.name in positions or element.is_given or element.of:
            continue
        words = list(_headings(element))
        near = tuple(
            other for other in unknown if difflib.get_close_matches(fold(other.heading), words, n=1, cutoff=0.75)
        )
        garbled = next((other for other in unknown if _is_garbled(expected, other.heading, element.name)), None)
        if element.is_required or near or garbled is not None:
            found.append(Missing(element, near, garbled))
    return tuple(found)


def _is_garbled(expected: Expected, heading: str, element: str) -> bool:
    return len(heading) <= LONGEST_HEADING and any(
        matches(expected, text)[0] == (element,) for text in repaired(heading)
    )


def _headings(element: ExpectedColumn) -> dict[str, str]:
    """What an element's column may be called, by how that is compared."""
    return {fold(heading): heading for heading in (element.name, element.label, *element.headings) if heading}
