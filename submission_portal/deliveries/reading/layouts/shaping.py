"""What a sheet's columns are, seen through what has been answered about exports like it: which layout it has, its headings
(of two rows where they stand in two), the columns that name a period or a code, and what is new since it was answered.

Everything after this reads a sheet in which each column is one element: `expected_here` gives every column of a wide table a
name of its own, and `turning` makes rows of them. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from registry.period import PeriodKind
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written, fold
from submission_portal.deliveries.reading.layouts.bare_periods import bare_headings, pattern_of_bare
from submission_portal.deliveries.reading.layouts.content import (
    LAST_HEADER,
    LONGEST,
    MONTH,
    MOST_COLUMNS,
    PERIOD,
    SUM,
    Layout,
)
from submission_portal.deliveries.reading.layouts.headless import like_headless
from submission_portal.deliveries.reading.layouts.patterns import Pattern, pattern_of
from submission_portal.deliveries.reading.sheets import Row

MOST_GROUPS = 99
"""Periods, or codes, across a wide table; more is no table that somebody reads."""
LEAST_ACROSS = 2
"""So many headings that name a period make a row a header, where it names an element as well."""


@dataclass(frozen=True)
class Headings:
    """The headings of a sheet, and what each is kept under; ``unread``: positions of columns that nobody is to be asked about."""

    texts: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    unread: frozenset[int] = frozenset()
    is_headless: bool = False
    """Whether they are the letters of the columns, of a sheet that has no headings."""


@dataclass(frozen=True, slots=True)
class WideColumn:
    """A column of a wide table: ``name`` is its own name, ``fills`` what its heading says of each of its rows."""

    position: int
    element: str
    name: str
    group: int
    """Columns of one group have the same ``fills``: they become the same row."""
    fills: Mapping[str, str]


@dataclass(frozen=True)
class Shape:
    """What the columns of one sheet are. Positions are counted from 0."""

    header: int
    headings: tuple[str, ...]
    patterns: tuple[str, ...]
    """By position the heading's pattern; of a column per code the element in braces."""
    index: int | None = None
    """Which of the layouts it has."""
    layout: Layout = field(default_factory=Layout)
    read: Mapping[int, str] = field(default_factory=dict)
    """Position → element, where an answer says so."""
    unread: frozenset[int] = frozenset()
    """Columns that an answer says are not read in."""
    wide: tuple[WideColumn, ...] = ()
    asked_across: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Pattern → the columns across, of which nobody has said which element they are."""
    across: frozenset[str] = frozenset()
    """The dimensions that headings name instead of a column."""
    parts: Mapping[str, int] = field(default_factory=dict)
    """`content.PARTS` → the column that has that part of the period."""
    new: tuple[int, ...] = ()
    """Columns that the layout knows nothing of."""
    gone: tuple[str, ...] = ()
    """Headings that the layout reads and the sheet does not have."""
    is_headless: bool = False
    """Whether the sheet has no headings: they are the letters of its columns."""

    @property
    def given(self) -> frozenset[str]:
        """The elements that need no column of their own."""
        together = {self.layout.by_heading[self.patterns[at]].element for at in self.parts.values()}
        return frozenset((*self.layout.absent, *self.layout.constants, *self.across, *together))

    def element_at(self, position: int) -> str | None:
        """The element that answers say that a column is, or has a part of; ``None`` where they say nothing of it, or the element stands
        across in other columns."""
        if position in self.parts.values():
            return self.period_parts
        wide = next((one.element for one in self.wide if one.position == position), None)
        read = self.read.get(position)
        return wide or (read if all(one.element != read for one in self.wide) else None)

    @property
    def period_parts(self) -> str | None:
        """The element that is put together of several columns."""
        return next((self.layout.by_heading[self.patterns[at]].element for at in self.parts.values()), None)


def shape_of(
    expected: Expected,
    layouts: Sequence[Layout | None],
    rows: Sequence[Row],
    header: int,
    told: Headings | None = None,
) -> Shape:
    """The shape of a sheet whose headings are in the row ``header`` (index). ``layouts``: ``None`` for those of other sheets;
    ``told``: its headings, where they are not as they stand in that row."""
    period = period_column(expected)
    told = told or _as_they_stand(rows, header, period)
    headings, found = list(told.texts), list(told.patterns)
    named = {names[0] for each in headings if not told.is_headless and (names := _exact(expected, each))}
    if told.is_headless:
        index = like_headless(layouts, rows)
        period = None
    else:
        of_headings = [None if one is None or one.headless else one for one in layouts]
        index = _like(of_headings, {one.heading for one in found} | {_braces(each) for each in expected.columns})
    layout = (layouts[index] if index is not None else None) or Layout()
    read_as = {layout.by_heading[one.heading].element for one in found if one.heading in layout.by_heading}
    across_period = period is not None and period.name not in named | read_as
    across_code = next(
        (
            one
            for one in (() if told.is_headless else expected.columns)
            if one.codes and one.is_key and one.name not in named | read_as
        ),
        None,
    )
    if across_code is not None and (meant := layout.codes.get(across_code.name)):
        across_code = replace(across_code, codes={**across_code.codes, **meant})
    patterns = [_pattern(expected, heading, one, across_code) for heading, one in zip(headings, found, strict=True)]
    shape = _Shaping(expected, layout, period if across_period else None, across_code, told.is_headless)
    for position, (heading, pattern, one) in enumerate(zip(headings, patterns, found, strict=True)):
        if position in told.unread:
            shape.unread.add(position)
        else:
            shape.take(position, heading, pattern, one)
    is_known = index is not None
    return Shape(
        header,
        tuple(headings),
        tuple(patterns),
        index,
        layout,
        shape.read,
        frozenset(shape.unread),
        shape.columns(),
        {pattern: tuple(at) for pattern, at in shape.asked.items()},
        frozenset(shape.across),
        shape.parts,
        tuple(shape.new) if is_known else (),
        tuple(sorted(layout.headings_read.difference(patterns))) if is_known else (),
        told.is_headless,
    )


def _as_they_stand(rows: Sequence[Row], header: int, period: ExpectedColumn | None) -> Headings:
    texts, kinds = headings_of(rows, header), kinds_of(period)
    return Headings(tuple(texts), tuple(pattern_of(heading, kinds) for heading in texts))


class _Shaping:
    """Takes the columns of a header one by one."""

    def __init__(
        self,
        expected: Expected,
        layout: Layout,
        period: ExpectedColumn | None,
        code: ExpectedColumn | None,
        is_headless: bool = False,
    ) -> None:
        self.expected, self.layout, self.period, self.code = expected, layout, period, code
        self.is_headless = is_headless
        self.read: dict[int, str] = {}
        self.unread: set[int] = set()
        self.parts: dict[str, int] = {}
        self.asked: dict[str, list[int]] = {}
        self.across: set[str] = set()
        self.new: list[int] = []
        self._wide: list[tuple[int, str, dict[str, str]]] = []

    def take(self, position: int, heading: str, pattern: str, found: Pattern) -> None:
        answer = self.layout.by_heading.get(pattern)
        fills = self._fills(heading, pattern, found)
        if not heading:
            return
        if answer is None and not fills:
            if self.is_headless or not _exact(self.expected, heading):
                self.new.append(position)
            return
        if answer is not None and not answer.element:
            self.unread.add(position)
        elif answer is not None and answer.part:
            self.parts.setdefault(answer.part, position)
        elif answer is not None and not fills:
            self.read[position] = answer.element
        else:
            self._take_across(position, pattern, found, fills, answer.element if answer is not None else None)

    def _fills(self, heading: str, pattern: str, found: Pattern) -> dict[str, str]:
        if self.period is not None and found.period is not None:
            return {self.period.name: found.period}
        if self.code is not None and pattern == _braces(self.code):
            return {self.code.name: self.code.code_of(heading) or ""}
        return {}

    def _take_across(
        self, position: int, pattern: str, found: Pattern, fills: dict[str, str], element: str | None
    ) -> None:
        names = (element,) if element else _exact(self.expected, found.rest) if found.period else ()
        self.across.update(fills)
        if len(names) == 1 and self.expected.by_name[names[0]].is_value:
            self._wide.append((position, names[0], fills))
        else:
            self.asked.setdefault(pattern, []).append(position)

    def columns(self) -> tuple[WideColumn, ...]:
        groups: dict[tuple[tuple[str, str], ...], int] = {}
        found = []
        for position, element, fills in self._wide:
            group = groups.setdefault(tuple(sorted(fills.items())), len(groups))
            if group < MOST_GROUPS:
                found.append(WideColumn(position, element, f"{element} {position}", group, fills))
        return tuple(found)


def expected_here(expected: Expected, shape: Shape) -> Expected:
    """What is expected of this very sheet: the model's columns, with a column of its own for each that stands across, and with
    what the layout says of cells and of rows."""
    layout, columns = shape.layout, []
    across: dict[str, list[WideColumn]] = {}
    for one in shape.wide:
        across.setdefault(one.element, []).append(one)
    for column in expected.columns:
        known = layout.codes.get(column.name, {})
        column = replace(
            column,
            is_given=column.name in shape.given,
            renamed=known,
            codes={**column.codes, **known} if known else column.codes,
        )
        if column.name in across:
            columns += [replace(column, name=one.name, headings=(), of=column.name) for one in across[column.name]]
        else:
            columns.append(column)
    together = shape.period_parts
    if together is not None:
        of = expected.by_name[together]
        columns += [
            ExpectedColumn(
                f"{together} {part}",
                (),
                of.label,
                Written.AS_IS if part == MONTH else Written.INTEGER,
                is_key=False,
                of=together,
            )
            for part in shape.parts
        ]
    sums = {text for text, row in layout.aside.items() if row == SUM}
    return Expected(tuple(columns), expected.allows_sum_rows, expected.sum_names | sums, frozenset(sums))


def scored_by(expected: Expected, layouts: Sequence[Layout]) -> Expected:
    """What a header is recognised by: the model's headings, and every heading that was answered."""
    answered: dict[str, list[str]] = {}
    for layout in layouts:
        for answer in () if layout.headless else layout.columns:
            if answer.element and "{" not in answer.heading:
                answered.setdefault(answer.element, []).append(answer.heading)
    if not answered:
        return expected
    columns = (
        replace(column, headings=(*column.headings, *answered.get(column.name, ()))) for column in expected.columns
    )
    return replace(expected, columns=tuple(columns))


def headings_of(rows: Sequence[Row], header: int) -> list[str]:
    """The headings of a sheet; what is repeated is told apart by the row above, and what is empty stands there, where that row
    has headings of its own.

    >>> headings_of([["", "DVP", "", "ÖB", ""], ["Sjukhus", "jan-26", "feb-26", "jan-26", "feb-26"]], 1)
    ['Sjukhus', 'DVP jan-26', 'DVP feb-26', 'ÖB jan-26', 'ÖB feb-26']
    >>> headings_of([["Sjukhus", "jan-26", "", "feb-26", ""], ["", "DVP", "ÖB", "DVP", "ÖB"]], 1)
    ['Sjukhus', 'jan-26 DVP', 'jan-26 ÖB', 'feb-26 DVP', 'feb-26 ÖB']
    >>> headings_of([["Title", ""], ["Dag", "Dag"]], 1)
    ['Dag', 'Dag']
    """
    row = list(rows[header])[:MOST_COLUMNS]
    above = list(rows[header - 1]) if header else []
    if len({cell for cell in above if cell}) < LEAST_ACROSS:
        return row
    times: dict[str, int] = {}
    for heading in row:
        times[fold(heading)] = times.get(fold(heading), 0) + 1
    told, group = [], ""
    for position, heading in enumerate(row):
        over = above[position] if position < len(above) else ""
        group = over or group
        told.append(f"{group} {heading}" if heading and group and times[fold(heading)] > 1 else heading or over)
    return told


def period_column(expected: Expected) -> ExpectedColumn | None:
    """The element that says for which time a row is."""
    return next((one for one in expected.columns if one.is_key and one.written in (Written.DAY, Written.PERIOD)), None)


def kinds_of(period: ExpectedColumn | None) -> tuple[PeriodKind, ...]:
    """The kinds of period that a heading may name."""
    if period is None or (period.period_kind is None and period.written is Written.PERIOD):
        return tuple(PeriodKind)
    return (PeriodKind(period.period_kind or "day"),)


def periods_across(expected: Expected, row: Row) -> int:
    """How many cells of a row name different periods, where no heading of it is that of the period's column."""
    named = {one.period for one in _across(expected, row)}
    return len(named) if len(named) >= LEAST_ACROSS else 0


def codes_across(expected: Expected, row: Row) -> int:
    """How many different codes of one element that says what rows are about the cells of a row name, where no heading of it is
    that element's (*Månad;Västerviks sjukhus;Kalmar sjukhus*)."""
    most = 0
    for one in expected.columns:
        if one.codes and one.is_key and not any(one.name in _exact(expected, cell) for cell in row if cell):
            named = {code for cell in row if not cell.isdecimal() and (code := one.code_of(cell)) is not None}
            most = max(most, len(named))
    return most if most >= LEAST_ACROSS else 0


def bare_across(expected: Expected, row: Row) -> int:
    """How many different days, or months, of no year the cells of a row name, where no heading of it is that of the period."""
    period = period_column(expected)
    if period is None or any(period.name in _exact(expected, cell) for cell in row if cell):
        return 0
    return len({one.number for one in bare_headings(row, kinds_of(period)).values()})


def elements_across(expected: Expected, row: Row) -> frozenset[str]:
    """The elements that cells of a row name beside a period (*jan-26 DVP*)."""
    names = (_exact(expected, one.rest) for one in _across(expected, row) if one.rest)
    return frozenset(each[0] for each in names if len(each) == 1)


def _across(expected: Expected, row: Row) -> list[Pattern]:
    """The cells of a row that name a period, where no heading of it is that of the period's column."""
    period = period_column(expected)
    if period is None or any(period.name in _exact(expected, cell) for cell in row if cell):
        return []
    kinds = kinds_of(period)
    return [one for cell in row if cell and not cell.isdecimal() and (one := pattern_of(cell, kinds)).period]


def answered_header(expected: Expected, layouts: Sequence[Layout], rows: Sequence[Row]) -> int | None:
    """The row (index) of the headings of an export whose heading row somebody chose: most of its headings are there, at least
    half and two of them, the chosen row before others; ``None`` where no such export is known, or like this."""
    kinds = kinds_of(period_column(expected))
    codes = [one for one in expected.columns if one.codes and one.is_key]
    best: tuple[int, bool, int] | None = None
    for layout in layouts:
        for index in range(min(len(rows), LAST_HEADER) if layout.header else 0):
            headings = [one for one in headings_of(rows, index) if one]
            patterns = {pattern_of(one, kinds).heading for one in headings}
            bare = bare_headings(headings, kinds)
            patterns |= {pattern_of_bare(one) for one in bare.values()}
            patterns |= {_braces(one) for one in codes if any(one.code_of(each) is not None for each in headings)}
            known = {one.heading for one in layout.columns}
            hits = len(known & patterns)
            if hits >= LEAST_ACROSS and 2 * hits >= len(known):
                best = max(best or (0, False, 0), (hits, index == layout.header - 1, -index))
    return -best[2] if best else None


def _like(layouts: Sequence[Layout | None], patterns: set[str]) -> int | None:
    """The layout that most of whose headings are there, the latest of several; at least half of them, and two where it has so many."""
    best: tuple[float, int, int] | None = None
    for index, layout in enumerate(layouts):
        if layout is None:
            continue
        known = layout.headings_read
        hits = len(known & patterns)
        if hits >= min(LEAST_ACROSS, max(1, len(known))) and 2 * hits >= len(known):
            best = max(best or (0.0, 0, -1), (hits / len(known), hits, index))
    return best[2] if best else None


def _exact(expected: Expected, heading: str) -> tuple[str, ...]:
    return expected.exact.get(fold(heading), ()) if len(heading) <= LONGEST else ()


def _braces(column: ExpectedColumn) -> str:
    return f"{{{column.name}}}" if f"{{{column.name}}}" != PERIOD else ""


def _pattern(expected: Expected, heading: str, found: Pattern, code: ExpectedColumn | None) -> str:
    is_code = code is not None and not heading.isdecimal() and code.code_of(heading) is not None
    return _braces(code) if code is not None and is_code and not _exact(expected, heading) else found.heading
