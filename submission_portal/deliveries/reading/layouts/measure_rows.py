"""A sheet that has each measure on a row of its own (``Sjukhus;Mått;jan-26;feb-26``) → the sheet with a column for each measure. Pure.

The rows of one place become one row, at the first of them; where a measure's own row was is kept, so that each cell is shown in the
sender's own sheet. A column names the measures where its heading says so, where its cells are headings of at least two elements, or
where somebody has said it.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.date_order import LONGEST_WRITTEN
from submission_portal.deliveries.reading.expected import Expected, Written, fold
from submission_portal.deliveries.reading.grid_rows import GridRows
from submission_portal.deliveries.reading.layouts.content import LONGEST, PERIOD
from submission_portal.deliveries.reading.layouts.patterns import Pattern
from submission_portal.deliveries.reading.layouts.questions import MOST_VALUES
from submission_portal.deliveries.reading.row_words import MEAN, SUM
from submission_portal.deliveries.reading.sheets import Row

MEASURE_WORDS = frozenset(
    ("mått", "måttet", "variabel", "variabler", "indikator", "nyckeltal", "mätetal", "measure", "variable", "indicator")
)
"""Headings of the column that names the measures."""
VALUE_WORDS = frozenset(("värde", "värden", "antal", "utfall", "resultat", "value", "values", "count", "result"))
"""Headings of the column that has their values."""
COMMENT_WORDS = frozenset(("kommentar", "kommentarer", "anmärkning", "notering", "not", "comment", "comments", "note"))
"""Headings of columns that say nothing of what a row is about."""
LEAST_MEASURES = 2
MOST_ROWS = 100_000
"""A sheet with measures as rows has at most so many of them."""
MOST_WIDTH, MOST_KINDS = 1_000, 180
"""Columns that become of it, and those of them that differ in more than their period."""


@dataclass(frozen=True, slots=True)
class MeasureColumn:
    """A column that the sheet does not have: the values that its column ``at`` has on the rows of one measure."""

    at: int
    measure: str


@dataclass(frozen=True, slots=True)
class Doubled:
    """A row whose measure was there already for the same place, and the row where it was; indexes."""

    index: int
    first: int
    measure: str


@dataclass(frozen=True)
class MeasureRows:
    """The sheet with a column for each measure, and the way back to the sender's cells. Positions and indexes count from 0."""

    measure_at: int
    values_at: tuple[int, ...]
    rows: list[Row]
    """As many as the sheet has, in their places; empty where a row went into one above it."""
    width: int
    """Of the sheet as it stands: the columns of measures are after it."""
    columns: tuple[MeasureColumn, ...]
    texts: tuple[str, ...]
    """What each of ``columns`` is called."""
    patterns: tuple[Pattern, ...]
    rows_of: Mapping[str, Mapping[int, int]]
    """Measure → index of its place's row → index of the sender's row."""
    consumed: int
    """How many rows went into others."""
    doubled: tuple[Doubled, ...] = ()
    nameless: tuple[int, ...] = ()
    """Rows that have values, and no measure."""
    filled: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Position of a column whose empty cells were taken for what is above them → how many, and the index of the first."""


@dataclass(frozen=True, slots=True)
class Known:
    """What answers say of the headings of a sheet, whichever layout it has."""

    elements: Mapping[str, str] = field(default_factory=dict)
    """Pattern → element, or empty where a column is not read in."""
    measures: Collection[str] = frozenset()
    """The patterns of columns that were said to name the measures."""


def measure_rows(
    expected: Expected,
    headings: Sequence[str],
    patterns: Sequence[Pattern],
    rows: Sequence[Row],
    header: int,
    known: Known,
) -> MeasureRows | None:
    """The sheet turned, where its measures are on rows; ``None`` where they are not. ``patterns``: those of ``headings``."""
    if len(rows) > MOST_ROWS or len(headings) > MOST_VALUES * LEAST_MEASURES * 2:
        return None
    of_columns = [_element_of(expected, one, known) for one in patterns]
    if any(name and expected.by_name[name].is_value for name in of_columns if name in expected.by_name):
        return None
    measure_at = _measure_column(expected, headings, patterns, of_columns, rows, header, known)
    if measure_at is None:
        return None
    values_at = _value_columns(expected, patterns, of_columns, rows, header, measure_at)
    if not values_at:
        return None
    keys = [
        at
        for at, one in enumerate(patterns)
        if headings[at]
        and at not in values_at
        and at != measure_at
        and of_columns[at] != ""
        and not (of_columns[at] is None and _is_beside(headings[at], one))
    ]
    numbers = {at for at in keys if of_columns[at] is None and _are_numbers(cells_under(rows, at, header))}
    sure = [at for at in keys if at not in numbers]
    found = _turned(headings, patterns, list(rows), header, (measure_at, values_at, sure))
    if found is None or not found.doubled or not numbers:
        return found
    # A number that nobody has said the meaning of may be the code of a place: where it tells rows apart, it is taken for one.
    apart = _turned(headings, patterns, list(rows), header, (measure_at, values_at, keys))
    return apart if apart is not None and len(apart.doubled) < len(found.doubled) else found


def _is_beside(heading: str, pattern: Pattern) -> bool:
    """Whether a column says nothing of what a row is about: a comment, a sum or a mean of the row."""
    return pattern.heading in COMMENT_WORDS or is_of_rows(heading)


def is_of_rows(heading: str) -> bool:
    """Whether a column is called a sum or a mean of each row: of several periods of one measure, and so of no element.

    >>> is_of_rows("Medel"), is_of_rows("Totalt"), is_of_rows("Vårdform")
    (True, True, False)
    """
    return bool(SUM.fullmatch(heading) or MEAN.fullmatch(heading))


def _element_of(expected: Expected, pattern: Pattern, known: Known) -> str | None:
    """The element that a column is by its heading or by an answer; empty: not read in; ``None``: nobody has said."""
    if pattern.heading in known.elements:
        return known.elements[pattern.heading]
    names = expected.exact.get(pattern.heading, ())
    return names[0] if names else None


def cells_under(rows: Sequence[Row], at: int, header: int) -> Counter[str]:
    """The different cells of a column under its heading that are not empty, and how often each is there."""
    if isinstance(rows, GridRows) and header == len(rows.head) - 1 and at < len(rows.columns):
        counts = rows.columns[at].counts(None).tolist()
        return Counter({text: count for text, count in zip(rows.columns[at].texts, counts, strict=True) if text})
    return Counter(row[at] for row in rows[header + 1 :] if at < len(row) and row[at])


def _measure_column(
    expected: Expected,
    headings: Sequence[str],
    patterns: Sequence[Pattern],
    of_columns: Sequence[str | None],
    rows: Sequence[Row],
    header: int,
    known: Known,
) -> int | None:
    said = [at for at, one in enumerate(patterns) if one.heading in known.measures]
    if said:
        return said[0]
    free = [at for at, name in enumerate(of_columns) if headings[at] and name is None and not patterns[at].period]
    named = [at for at in free if patterns[at].heading in MEASURE_WORDS]
    for at in named:
        cells = cells_under(rows, at, header)
        if (
            cells
            and len(cells) <= MOST_VALUES
            and all(written_forms.number(cell[:LONGEST_WRITTEN]) is None for cell in cells)
        ):
            return at
    found = [at for at in free if _names_elements(expected, cells_under(rows, at, header))]
    return found[0] if len(found) == 1 else None


def _names_elements(expected: Expected, cells: Counter[str]) -> bool:
    """Whether cells are headings of at least two elements that are counted, and most of them are."""
    if not LEAST_MEASURES <= len(cells) <= MOST_VALUES:
        return False
    read = [measure_of(expected, cell) for cell in cells]
    named = [name for name in read if name is not None]
    return len(set(named)) >= LEAST_MEASURES and 2 * len(named) >= len(cells)


def measure_of(expected: Expected, cell: str) -> str | None:
    """The element that is counted whose heading a cell is."""
    names = expected.exact.get(fold(cell), ()) if len(cell) <= LONGEST else ()
    return names[0] if len(names) == 1 and expected.by_name[names[0]].is_value else None


def _value_columns(
    expected: Expected,
    patterns: Sequence[Pattern],
    of_columns: Sequence[str | None],
    rows: Sequence[Row],
    header: int,
    measure_at: int,
) -> tuple[int, ...]:
    """The columns with the values: those of periods, else those that are called so, else those of numbers that are nothing else."""
    has_period = any(
        name in expected.by_name and expected.by_name[name].written in (Written.DAY, Written.PERIOD)
        for name in of_columns
        if name
    )
    across = tuple(at for at, one in enumerate(patterns) if one.period and not has_period)
    if across:
        return across
    free = [at for at, name in enumerate(of_columns) if name is None and patterns[at].heading and at != measure_at]
    called = tuple(at for at in free if patterns[at].heading in VALUE_WORDS)
    return called or tuple(at for at in free if _are_numbers(cells_under(rows, at, header)))


def _are_numbers(cells: Counter[str]) -> bool:
    numbers = sum(count for cell, count in cells.items() if written_forms.number(cell[:LONGEST_WRITTEN]) is not None)
    return 2 * numbers > cells.total()


def _turned(
    headings: Sequence[str],
    patterns: Sequence[Pattern],
    rows: list[Row],
    header: int,
    at: tuple[int, tuple[int, ...], list[int]],
) -> MeasureRows | None:
    measure_at, values_at, keys = at
    if any(len(row) > len(headings) and any(row[len(headings) :]) for row in rows[header + 1 :]):
        return None  # told as rows with too many cells
    measures = list(cells_under(rows, measure_at, header))
    width = len(headings)
    kinds = len(measures) * len({patterns[at].heading for at in values_at})
    if not measures or width + len(measures) * len(values_at) > MOST_WIDTH or width + kinds > MOST_KINDS:
        return None
    columns = tuple(MeasureColumn(value, measure) for measure in measures for value in values_at)
    position = {(one.measure, one.at): width + number for number, one in enumerate(columns)}
    fillable = {key for key in keys if _is_written_once(rows, key, measure_at, header)}
    made: list[Row] = [*rows[: header + 1], *([] for _ in rows[header + 1 :])]
    firsts: dict[tuple[str, ...], int] = {}
    rows_of: dict[str, dict[int, int]] = {measure: {} for measure in measures}
    last: dict[int, str] = {}
    doubled, nameless, filled, consumed = [], list[int](), dict[int, tuple[int, int]](), 0
    for index in range(header + 1, len(rows)):
        row = rows[index]
        measure = row[measure_at] if measure_at < len(row) else ""
        if row == rows[header]:
            made[index] = row
            continue
        if not measure:
            made[index] = ["" if at in values_at else cell for at, cell in enumerate(row)]
            if any(row[value] for value in values_at if value < len(row)):
                nameless.append(index)
            continue
        cells = {key: row[key] if key < len(row) else "" for key in keys}
        for key in fillable:
            if not cells[key]:
                count, start = filled.get(key, (0, index))
                filled[key] = (count + 1, start)
            last[key] = cells[key] = cells[key] or last.get(key, "")
        first = firsts.setdefault(tuple(cells.values()), index)
        if first in rows_of[measure]:
            doubled.append(Doubled(index, rows_of[measure][first], measure))
            consumed += 1
            continue
        rows_of[measure][first] = index
        if first == index:
            made[index] = [*row, *[""] * (width + len(columns) - len(row))][: width + len(columns)]
            for beside in (measure_at, *values_at):
                made[index][beside] = ""
            for key, cell in cells.items():
                made[index][key] = cell
        else:
            consumed += 1
        for value in values_at:
            if value < len(row):
                made[first][position[measure, value]] = row[value]
    return MeasureRows(
        measure_at,
        values_at,
        made,
        width,
        columns,
        tuple(_text(one, headings, patterns[one.at], len(values_at)) for one in columns),
        tuple(_pattern(one, patterns[one.at], len(values_at)) for one in columns),
        rows_of,
        consumed,
        tuple(doubled),
        tuple(nameless),
        filled,
    )


def _text(one: MeasureColumn, headings: Sequence[str], of_values: Pattern, count: int) -> str:
    is_named = count > 1 and not of_values.period and of_values.heading not in VALUE_WORDS
    return f"{one.measure} {headings[one.at]}" if is_named else one.measure


def _pattern(one: MeasureColumn, of_values: Pattern, count: int) -> Pattern:
    """What an answer about a measure is kept under: the measure, with the period of its columns, or with what several columns of
    values are called."""
    measure = fold(one.measure[:LONGEST])
    if of_values.period:
        rest = f" {of_values.rest}" if of_values.rest else ""
        return Pattern(f"{measure}{rest} {PERIOD}", of_values.period)
    if count > 1 and of_values.heading not in VALUE_WORDS:
        return Pattern(f"{measure} {of_values.heading}"[:LONGEST])
    return Pattern(measure)


def _is_written_once(rows: Sequence[Row], at: int, measure_at: int, header: int) -> bool:
    """Whether a name is only on the first row of its measures: the first row has it, a third of them do not, and no two rows that
    follow each other have the same."""
    cells = [
        row[at] if at < len(row) else "" for row in rows[header + 1 :] if measure_at < len(row) and row[measure_at]
    ]
    if not cells or not cells[0] or 3 * cells.count("") < len(cells):
        return False
    return not any(one and one == other for one, other in pairwise(cells))
