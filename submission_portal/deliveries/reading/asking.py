"""Which columns, elements and cells of a sheet nobody has said the meaning of. What is near is asked and never taken. Pure."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.date_order import LONGEST_WRITTEN
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written, fold
from submission_portal.deliveries.reading.grid_rows import cells_at, counted_cells
from submission_portal.deliveries.reading.headings import Mapping, Missing
from submission_portal.deliveries.reading.laying import Laid
from submission_portal.deliveries.reading.layouts.content import LONGEST, MONTH, WEEK, YEAR
from submission_portal.deliveries.reading.layouts.headless import kinds_of_columns
from submission_portal.deliveries.reading.layouts.measure_rows import LEAST_MEASURES
from submission_portal.deliveries.reading.layouts.questions import (
    FIRST_ROWS,
    MOST_VALUES,
    SAMPLES,
    ColumnQuestion,
    ElementQuestion,
    FactorQuestion,
    FillQuestion,
    Mapped,
    TimeQuestion,
    ValueQuestion,
)
from submission_portal.deliveries.reading.layouts.shaping import LEAST_ACROSS, Shape, period_column
from submission_portal.deliveries.reading.near_codes import near_codes
from submission_portal.deliveries.reading.row_words import SUM
from submission_portal.deliveries.reading.rows import Sorted
from submission_portal.deliveries.reading.sheets import MappedColumn, Row, column_of, letter, shortened

MOST_CARDS = 40
LONGEST_PART = 2
"""Digits of the number of a week or a month."""
_OTHERWISE = re.compile(
    r"(?<!\w)(?:tusen(?:tal)?|ttal|1 ?000[- ]?tal|thousands?|procent(?:andel)?|per ?cent|percentage|andel|share|promille)(?!\w)|[%‰]",
    re.IGNORECASE,
)
"""What in a heading says that its figures are no plain counts."""
_PARTS = {YEAR: ("år", "year"), WEEK: ("vecka", "v", "week", "veckonummer"), MONTH: ("månad", "mån", "month")}


@dataclass(frozen=True)
class Asked:
    """A sheet under its header, with what has been answered about it."""

    expected: Expected
    """As `shaping.expected_here`."""
    shape: Shape
    mapping: Mapping
    rows: Sequence[Row]
    found: Sorted
    is_shown: bool = False
    """Whether somebody looks at how the columns are read, though nothing is asked."""
    laid: Laid | None = None
    """How the sheet was laid out from the sender's."""

    def mapped(self) -> Mapped:
        """Everything that is to be asked, and how the columns were read."""
        columns, values, fills = self.columns, list(self._values()), list(self._fills())
        elements, factors, times = list(self._elements(columns)), tuple(self._factors()), tuple(self._times())
        is_shown = self.is_shown or bool(columns or elements or values or fills or factors or times)
        laid = self.laid
        shown = first_rows_of(laid.raw.rows if laid is not None else self.rows, self.shape.header) if is_shown else ()
        read = {column.letter: column.element or "" for column in self.mapping.columns}
        patterns = tuple(
            (letter(at), pattern, read.get(letter(at), ""))
            for at, pattern in enumerate(self.shape.patterns)
            if self.shape.headings[at]
        )
        here = self.expected.by_name
        return Mapped(
            columns,
            tuple(elements),
            tuple(values),
            tuple(fills),
            patterns,
            shown,
            new=tuple(shortened(self.shape.headings[at]) for at in self.shape.new),
            absent=tuple(
                name for name in self.shape.layout.absent if name in here and name not in self.mapping.positions
            ),
            orders=dict(self.shape.layout.date_orders),
            factors=factors,
            times=times,
            headless=kinds_of_columns(self.rows) if self.shape.is_headless else (),
            measures=self._measures(),
        )

    def _times(self) -> Iterator[TimeQuestion]:
        """The year, or the month, of headings that name none."""
        time = self.laid.time if self.laid is not None else None
        if self.laid is not None and time is not None and not time.is_known:
            yield TimeQuestion(time.need, tuple(map(shortened, self.laid.bare[:SAMPLES])), time.candidates)

    def _measures(self) -> str:
        """What is kept of the heading of the column that names the measures."""
        laid = self.laid
        if laid is None or laid.measures is None:
            return ""
        return fold(laid.shown_headings.get(laid.measures.measure_at, "")[:LONGEST])

    @cached_property
    def columns(self) -> tuple[ColumnQuestion, ...]:
        """The columns that may be elements that have none."""
        found = [*self._across(), *self._parts()]
        taken = {at for one in found for at in one.letters}
        taken |= {letter(at) for at in self._names_across}
        found += [one for column in self._unread() if column.letter not in taken and (one := self._column(column))]
        return tuple(found[:MOST_CARDS])

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """The elements without a column; those whose heading is garbled are told as that."""
        return tuple(one for one in self.mapping.missing if one.garbled is None)

    def _unread(self) -> list[MappedColumn]:
        closed = {letter(at) for at in self.shape.unread}
        garbled = {one.garbled.letter for one in self.mapping.missing if one.garbled is not None}
        return [
            column
            for column in self.mapping.columns
            if column.element is None and column.heading and column.letter not in closed | garbled
        ]

    def _across(self) -> Iterator[ColumnQuestion]:
        values = tuple(one.element.name for one in self.missing if one.element.is_value)
        for pattern, at in self.shape.asked_across.items():
            near = self._near_to(pattern)
            others = tuple(name for name in values if name not in near)
            shown = ", ".join(dict.fromkeys(self.shape.headings[each] for each in at[:SAMPLES]))
            if not (near or others) and self._is_measure(at[0]):
                continue  # one more measure, of which nothing is missing: told as a column that is not read
            yield self._question(pattern, shown, at, near, others, is_required=True)

    def _is_measure(self, position: int) -> bool:
        """Whether a column is that of a measure whose rows are in the sheet."""
        measures = self.laid.measures if self.laid is not None else None
        return measures is not None and position >= measures.width

    def _near_to(self, pattern: str) -> tuple[str, ...]:
        """The elements that the rest of a heading across is close to."""
        rest = pattern.partition("{")[0] + pattern.rpartition("}")[2]
        words = {fold(one.element.label or one.element.name): one.element.name for one in self.missing}
        found = difflib.get_close_matches(" ".join(rest.split()), list(words), n=2, cutoff=0.6) if rest.strip() else []
        return tuple(words[each] for each in found if self.expected.by_name[words[each]].is_value)

    def _parts(self) -> Iterator[ColumnQuestion]:
        """The columns that together say for which time a row is, where no column does alone."""
        period = period_column(self.expected)
        if period is None or period.is_given or not self._is_without_period(period):
            return
        wanted = {"week": (YEAR, WEEK), "month": (YEAR, MONTH), None: (YEAR, WEEK, MONTH)}.get(period.period_kind, ())
        at = {
            part: column
            for column in self.mapping.columns
            for part in wanted
            if column.element in (None, period.name) and fold(column.heading) in _PARTS[part]
        }
        if YEAR not in at or len(at) != 2:
            return
        for part, column in at.items():
            position = column_of(column.letter)
            pattern = self.shape.patterns[position]
            yield self._question(pattern, column.heading, (position,), (period.name,), (), is_required=True, part=part)

    def _is_without_period(self, period: ExpectedColumn) -> bool:
        """Whether no column is the period, or the one that is has nothing but numbers of weeks, or numbers or names of months."""
        position = self.mapping.positions.get(period.name)
        if position is None:
            return True
        cells = [cell for cell in counted_cells(self.rows, position, self.found.data) if cell]
        return bool(cells) and all(
            (cell.isdecimal() and len(cell) <= LONGEST_PART) or written_forms.month(cell) is not None for cell in cells
        )

    def _column(self, column: MappedColumn) -> ColumnQuestion | None:
        position = column_of(column.letter)
        ambiguous = next((names for other, names in self.mapping.ambiguous if other == column), ())
        near = [one.element.name for one in self.missing if column in one.near]
        near += [name for name in ambiguous if name not in near and name not in self.mapping.positions]
        cells = counted_cells(self.rows, position, self.found.data)
        others = [
            one.element.name
            for one in self.missing
            if one.element.is_required and one.element.name not in near and _may_be(one.element, list(cells))
        ]
        with_codes = [
            name for name in others if (codes := self.expected.by_name[name]).codes and _has_codes(codes, cells)
        ]
        if with_codes:  # its cells say which of the coded ones it is
            others = [name for name in others if name in with_codes or not self.expected.by_name[name].codes]
        may_be_measures = self._may_be_measures(cells)
        if not near and not others and not may_be_measures:
            return None
        pattern = self.shape.patterns[position]
        one = self._question(pattern, column.heading, (position,), tuple(near), tuple(others), is_required=bool(near))
        return replace(one, may_be_measures=may_be_measures)

    def _may_be_measures(self, cells: dict[str, int]) -> bool:
        """Whether cells may name what each row counts: at least two names, each there twice and more, in a sheet in which at least two
        elements that are counted have no column."""
        filled = {cell: count for cell, count in cells.items() if cell}
        if self.laid is None or not self.laid.is_plain or not LEAST_MEASURES <= len(filled) <= MOST_VALUES:
            return False
        counted = sum(one.element.is_value and one.element.is_required for one in self.missing)
        return counted >= LEAST_MEASURES and sum(filled.values()) >= 2 * len(filled) and _are_names(list(filled))

    def _question(
        self, pattern: str, heading: str, at: Sequence[int], near: tuple[str, ...], others: tuple[str, ...],
        *, is_required: bool, part: str = "",
    ) -> ColumnQuestion:  # fmt: skip
        cells: dict[str, int] = {}
        for position in at:
            for cell, count in counted_cells(self.rows, position, self.found.data).items():
                cells[cell] = cells.get(cell, 0) + count
        empty = cells.pop("", 0)
        numbers = sorted(
            (Decimal(value), cell)
            for cell in cells
            if len(cell) <= LONGEST_WRITTEN and (value := written_forms.number(cell))
        )
        return ColumnQuestion(
            pattern,
            shortened(heading),
            tuple(map(letter, at)),
            tuple(shortened(cell) for cell in list(cells)[:SAMPLES]),
            numbers[0][1] if numbers else None,
            numbers[-1][1] if numbers else None,
            sum(cells.values()),
            empty,
            near,
            others,
            part,
            is_required,
        )

    def _elements(self, columns: Sequence[ColumnQuestion]) -> Iterator[ElementQuestion]:
        """The elements for which there may be no column among those that are asked about."""
        required = [one.element for one in self.missing if one.element.is_required]
        if (
            self._names_across
        ):  # what they are is asked first: then they are columns of an element, and of that dimension
            dimensions = {column.name for column, _codes in self._names_across.values()}
            required = [one for one in required if not one.is_value and one.name not in dimensions]
        values = [one for one in required if one.is_value]
        offered = [one for one in columns if any(self.expected.by_name[name].is_value for name in one.choices)]
        asked = {name for one in columns for name in one.choices if self._is_likely(one, name)}
        for element in required:
            is_short = len(values) > len(offered) if element.is_value else element.name not in asked
            if is_short and element.written not in _PERIODS:
                yield ElementQuestion(element.name, element.is_value, not element.is_value)

    def _is_likely(self, one: ColumnQuestion, name: str) -> bool:
        """Whether what a column holds, and not only that it holds names, says that it is an element."""
        element = self.expected.by_name[name]
        return not element.codes or name in one.near or _has_codes(element, one.samples)

    @cached_property
    def _names_across(self) -> dict[int, tuple[ExpectedColumn, tuple[str, ...]]]:
        """Position → the dimension, and its codes that the heading may be, of columns that may stand across under names; where no
        column has that dimension and at least two headings are, or may be, its codes."""
        missing = {one.element.name for one in self.missing}
        for column in self.expected.columns:
            if not (column.is_key and column.is_closed and column.name in missing | self.shape.across):
                continue
            asked = {at for positions in self.shape.asked_across.values() for at in positions}
            unread = [at for one in self._unread() if (at := column_of(one.letter)) not in asked]
            near = {at: near_codes(column, self.shape.headings[at]) for at in unread}
            found = {at: (column, codes) for at, codes in near.items() if codes}
            known = sum(column.name in one.fills for one in self.shape.wide)
            known += len(self.shape.asked_across.get(f"{{{column.name}}}", ()))
            if found and len(found) + known >= LEAST_ACROSS:
                return found
        return {}

    def _values(self) -> Iterator[ValueQuestion]:
        """The texts that are no codes, where the column has few of them; and names that stand as headings."""
        for at, (column, near) in self._names_across.items():
            counts = counted_cells(self.rows, at, self.found.data)
            filled = sum(count for cell, count in counts.items() if cell)
            yield ValueQuestion(column.name, self.shape.headings[at], filled, letter(at), self.shape.header + 1, near)
        for name, position in self.mapping.positions.items():
            column = self.expected.by_name[name]
            if not column.is_closed or column.is_value:
                continue
            counts = counted_cells(self.rows, position, self.found.data)
            unknown = [cell for cell in counts if cell and column.code_of(cell) is None and _is_name(cell)]
            unknown = [cell for cell in unknown if not SUM.fullmatch(cell)]
            if not unknown or len(unknown) > MOST_VALUES:
                continue
            first = _first_rows_of(self.rows, position, self.found.data, set(unknown))
            for text in unknown:
                near = near_codes(column, text)
                yield ValueQuestion(name, text, counts[text], letter(position), first[text] + 1, near)

    def _fills(self) -> Iterator[FillQuestion]:
        """Required columns of the key in which at least a third of the cells are empty, and the first is not. A cell that may
        be empty says what it says: a record of JSON that conforms to the model is a delivery, with nothing to ask."""
        for name, position in self.mapping.positions.items():
            column, data = self.expected.by_name[name], self.found.data
            if not column.is_key or column.is_value or name in self.shape.layout.filled_down or not len(data):
                continue
            if column.of or not column.is_required or column.written in _PERIODS:
                continue
            empty = counted_cells(self.rows, position, data).get("", 0)
            row = self.rows[data[0]]
            is_first = 3 * empty >= len(data) and empty < len(data) and position < len(row) and bool(row[position])
            if filled := self._filled_at(position):
                yield FillQuestion(name, letter(position), filled[0], filled[1] + 1)
            elif is_first and not self._is_repeated(position):
                at = next(index for index in data if not self._cell(index, position))
                yield FillQuestion(name, letter(position), empty, at + 1)

    def _filled_at(self, position: int) -> tuple[int, int] | None:
        """How many empty cells of a column were taken for what is above them when measures were put together, and the first."""
        measures = self.laid.measures if self.laid is not None else None
        return measures.filled.get(position) if measures is not None else None

    def _is_repeated(self, position: int) -> bool:
        """Whether a name is on two rows that follow each other: then it is not written once for its group."""
        cells = list(cells_at(self.rows, position, self.found.data))
        return any(one and one == other for one, other in pairwise(cells))

    def _cell(self, index: int, position: int) -> str:
        row = self.rows[index]
        return row[position] if position < len(row) else ""

    def _factors(self) -> Iterator[FactorQuestion]:
        """The columns of figures whose headings say that they count in something else, where that was not asked."""
        seen: set[str] = set()
        for name, position in self.mapping.positions.items():
            column = self.expected.by_name[name]
            heading, pattern = self.shape.headings[position], self.shape.patterns[position]
            if column.factor or pattern in seen or not column.is_value:
                continue
            earlier, before = self._counted_earlier(column.element, pattern)
            if not _OTHERWISE.search(heading) and before in ("", "1"):
                continue
            if column.written not in (Written.INTEGER, Written.DECIMAL):
                continue
            seen.add(pattern)
            cells = [cell for cell in counted_cells(self.rows, position, self.found.data) if cell]
            samples = tuple(map(shortened, cells[:SAMPLES]))
            yield FactorQuestion(
                pattern, column.element, shortened(heading), letter(position), samples, earlier, before
            )

    def _counted_earlier(self, element: str, pattern: str) -> tuple[str, str]:
        """Another heading that the layout has read an element from, and what it was multiplied by: one that says it, if any."""
        layout = self.shape.layout
        others = [
            (one.heading, layout.factors.get(one.heading, "1"))
            for one in layout.columns
            if one.element == element and one.heading != pattern and not one.part
        ]
        return next((each for each in others if each[1] != "1"), others[0] if others else ("", ""))


def first_rows_of(rows: Sequence[Row], header: int = 0) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """A sheet as it begins; from the header on where that is further down."""
    start = max(0, header - FIRST_ROWS // 2)
    return tuple(
        (index + 1, tuple(map(shortened, rows[index]))) for index in range(start, min(start + FIRST_ROWS, len(rows)))
    )


_PERIODS = (Written.DAY, Written.PERIOD)


def _is_name(cell: str) -> bool:
    return len(cell) <= LONGEST_WRITTEN and any(character.isalpha() for character in cell)


def _has_codes(element: ExpectedColumn, cells: Iterable[str]) -> bool:
    """Whether a cell is a code of an element, or near one."""
    return any(element.code_of(cell) is not None or near_codes(element, cell) for cell in cells)


def _are_names(cells: Sequence[str]) -> bool:
    """Whether most cells are texts that name something: a hospital by its initials, a care form in other words."""
    names = (cell for cell in cells if _is_name(cell) and written_forms.period(cell) is None)
    return 2 * sum(not SUM.fullmatch(cell) and written_forms.number(cell) is None for cell in names) > len(cells)


def _may_be(element: ExpectedColumn, cells: Sequence[str]) -> bool:
    """Whether cells are of the kind that an element has."""
    filled = [cell for cell in cells if cell and len(cell) <= LONGEST_WRITTEN][:200]
    if not filled:
        return False
    if element.written in (Written.INTEGER, Written.DECIMAL):
        return 2 * sum(written_forms.number(cell) is not None for cell in filled) > len(filled)
    if element.written in _PERIODS:
        return 2 * sum(written_forms.period(cell) is not None for cell in filled) > len(filled)
    if element.codes:
        return _has_codes(element, filled) or (len(set(filled)) <= MOST_VALUES and _are_names(filled))
    return any(written_forms.number(cell) is None for cell in filled)


def _first_rows_of(rows: Sequence[Row], position: int, data: Sequence[int], texts: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index in data:
        row = rows[index]
        cell = row[position] if position < len(row) else ""
        if cell in texts and cell not in found:
            found[cell] = index
            if len(found) == len(texts):
                break
    return found
