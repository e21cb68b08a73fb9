"""A sheet as it stands → the sheet that its headings are read of: with the periods of bare headings written out, its measures in
columns, and letters for headings where it has none. Pure.

What becomes of the sheet afterwards (`layouts.shaping`, `headings`, `rows`) sees only that; `Laid.place` leads back to the sender's
own cells.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from registry.findings import Finding, Place, changed_places
from registry.period import PeriodKind
from submission_portal.deliveries.reading.cell_map import CellMap, runs_of
from submission_portal.deliveries.reading.expected import Expected, fold
from submission_portal.deliveries.reading.layouts.bare_periods import (
    FILE,
    GROUP,
    MONTH,
    SHEET,
    TITLE,
    Completed,
    FileTime,
    bare_cells,
    bare_headings,
    completed,
    need_of,
    period_in,
    time_of,
    years_above,
)
from submission_portal.deliveries.reading.layouts.content import Layout
from submission_portal.deliveries.reading.layouts.headless import letters_of
from submission_portal.deliveries.reading.layouts.measure_rows import (
    Known,
    MeasureColumn,
    MeasureRows,
    cells_under,
    is_of_rows,
    measure_rows,
)
from submission_portal.deliveries.reading.layouts.patterns import Pattern, pattern_of
from submission_portal.deliveries.reading.layouts.shaping import Headings, headings_of, kinds_of, period_column
from submission_portal.deliveries.reading.sheets import Sheet, column_of, letter

HEADLESS = -1
"""The index of the headings of a sheet that has none."""


@dataclass(frozen=True)
class Laid:
    """``sheet`` has as many rows as the sender's ``raw`` one, each in its place."""

    raw: Sheet
    sheet: Sheet
    header: int
    headings: Headings
    time: FileTime | None = None
    """The year, and the month, of headings that name none; ``None`` where every heading does."""
    beyond: Mapping[int, int] = field(default_factory=dict)
    """Position → a day that the month does not have."""
    measures: MeasureRows | None = None
    bare: tuple[str, ...] = ()
    """The headings, or the cells of the period's column, that say only a part of their period."""
    period_cells: Mapping[str, str] = field(default_factory=dict)
    """Period by cell of the period's column, where those say only a part of it."""

    @property
    def is_time_asked(self) -> bool:
        return self.time is not None and not self.time.is_known

    @property
    def is_headless(self) -> bool:
        return self.header == HEADLESS

    @property
    def is_plain(self) -> bool:
        """Whether its cells are where the sender has them."""
        return self.measures is None and not self.is_headless

    def letter_of(self, position: int) -> str:
        """The letter of a column in the sender's own sheet."""
        made = self._made(position)
        return letter(made.at if made is not None else position)

    def raw_letter(self, letters: str) -> str:
        return self.letter_of(column_of(letters))

    def _made(self, position: int) -> MeasureColumn | None:
        measures = self.measures
        return measures.columns[position - measures.width] if measures and position >= measures.width else None

    def place(self, place: Place) -> Place:
        """A place in the sender's own sheet. What is said of the heading of a measure is said of the cell that names it."""
        if self.is_headless and place.row == 0:
            return replace(place, row=1)
        measures = self.measures
        if measures is None or place.column is None or (made := self._made(column_of(place.column))) is None:
            return place
        rows = measures.rows_of[made.measure]
        if place.row is None or place.row == self.header + 1:
            first = min(rows.values())
            return replace(place, row=first + 1, column=letter(measures.measure_at), value=place.value and made.measure)
        return replace(place, row=rows.get(place.row - 1, place.row - 1) + 1, column=letter(made.at))

    def of_sender(self, finding: Finding) -> Finding:
        return finding if self.is_plain else replace(finding, places=changed_places(finding.places, self.place))

    @cached_property
    def shown_headings(self) -> dict[int, str]:
        """By position of a column of the sender's sheet its heading."""
        if self.is_headless:
            return dict(enumerate(self.headings.texts))
        row = headings_of(self.raw.rows, self.header)
        return {at: heading for at, heading in enumerate(row) if heading}

    def cells(self, elements: Mapping[str, str], across: Mapping[str, Sequence[str]]) -> CellMap:
        """The way back from rows. ``elements``: measure → element; ``across``: as `turning` has it, with these columns' letters."""
        told = {name: tuple(self.raw_letter(each) if each else "" for each in at) for name, at in across.items()}
        if self.measures is None:
            return CellMap(told)
        beneath = {}
        firsts = sorted({first for rows in self.measures.rows_of.values() for first in rows})
        for measure, element in elements.items():
            rows = self.measures.rows_of[measure]
            runs = runs_of({first + 1: rows.get(first, first) + 1 for first in firsts})
            if any(below for _start, below in runs):
                beneath[element] = runs
        return CellMap(told, beneath)


def laid_out(
    expected: Expected,
    layouts: Sequence[Layout | None],
    sheet: Sheet,
    header: int,
    file_name: str,
    sender_time: str = "",
) -> Laid:
    """The sheet, whose headings are in the row ``header`` (index), or that has none (`HEADLESS`)."""
    if header == HEADLESS:
        rows = list(sheet.rows)
        texts = letters_of(rows)
        headings = Headings(tuple(texts), tuple(Pattern(fold(each)) for each in texts), is_headless=True)
        return Laid(sheet, replace(sheet, rows=rows), header, headings)
    texts = headings_of(sheet.rows, header)
    period = period_column(expected)
    kinds = kinds_of(period)
    patterns = [pattern_of(heading, kinds) for heading in texts]
    said = (file_name, sender_time)
    done, time = _completed(expected, layouts, sheet, header, texts, patterns, said, kinds)
    bare = tuple(texts[at] for at in done.patterns) if done is not None else ()
    cells: dict[str, str] = {}
    if done is None and (found := _bare_column(expected, layouts, sheet, header, texts, patterns, kinds)):
        time = time_of(need_of(kinds) or "", _places(sheet, header, texts, frozenset(), file_name), sender_time)
        bare = tuple(found)
        by = time if time.is_known else replace(time, year=2024, month=1)
        cells = {cell: told for cell, number in found.items() if (told := period_in(by, number))}
    for at, one in done.patterns.items() if done is not None else ():
        patterns[at] = one
    beyond = dict(done.beyond) if done is not None else {}
    measures = measure_rows(expected, texts, patterns, sheet.rows, header, _known(layouts))
    if measures is None:
        headings = Headings(tuple(texts), tuple(patterns), frozenset(beyond))
        return Laid(sheet, sheet, header, headings, time, beyond, bare=bare, period_cells=cells)
    taken = {measures.measure_at, *measures.values_at}
    shown = ["" if at in taken else heading for at, heading in enumerate(texts)]
    of_keys = [Pattern("") if at in taken else one for at, one in enumerate(patterns)]
    of_rows = {at for at, text in enumerate(shown) if text and is_of_rows(text)}
    unread = frozenset((*beyond, *of_rows))
    headings = Headings((*shown, *measures.texts), (*of_keys, *measures.patterns), unread)
    formulas = _formulas(sheet, measures)
    laid = replace(sheet, rows=measures.rows, formulas=formulas)
    return Laid(sheet, laid, header, headings, time, beyond, measures, bare, cells)


def _completed(
    expected: Expected,
    layouts: Sequence[Layout | None],
    sheet: Sheet,
    header: int,
    texts: Sequence[str],
    patterns: Sequence[Pattern],
    said: tuple[str, str],
    kinds: Sequence[PeriodKind],
) -> tuple[Completed | None, FileTime | None]:
    """The headings with their periods, where they name none of their own and no column does."""
    period, need = period_column(expected), need_of(kinds)
    known = _known(layouts).elements
    named = {expected.exact.get(one.heading, ("",))[0] for one in patterns} | {
        known.get(one.heading, "") for one in patterns
    }
    if period is None or need is None or period.name in named or any(one.period for one in patterns):
        return None, None
    bare = bare_headings(texts, kinds)
    if not bare:
        return None, None
    groups = years_above(sheet.rows[header - 1], bare) if header and need != MONTH else {}
    file_name, sender_time = said
    time = time_of(need, _places(sheet, header, texts, bare.keys(), file_name), sender_time)
    if groups:
        by_group = FileTime(need, min(groups.values()), None, GROUP)
        return completed(bare, by_group, groups), by_group
    # Until it is known, any year with a month of 31 days shows what else is to be asked.
    return completed(bare, time if time.is_known else FileTime(need, 2024, 1)), time


def _places(
    sheet: Sheet, header: int, texts: Sequence[str], bare: Collection[int], file_name: str
) -> tuple[tuple[str, list[str]], ...]:
    """Where a year and a month may be said, in the order in which they are looked for."""
    titles = [cell for row in sheet.rows[:header] for cell in row if cell]
    titles += [text for at, text in enumerate(texts) if at not in bare and text]
    return (TITLE, titles), (SHEET, [sheet.name or ""]), (FILE, [file_name])


def _bare_column(
    expected: Expected,
    layouts: Sequence[Layout | None],
    sheet: Sheet,
    header: int,
    texts: Sequence[str],
    patterns: Sequence[Pattern],
    kinds: Sequence[PeriodKind],
) -> dict[str, int]:
    """The cells of the period's column that say only a day or a month, where no column has the year."""
    period, known = period_column(expected), _known(layouts).elements
    if period is None or any(one.heading in _YEARS for one in patterns):
        return {}
    at = next(
        (
            position
            for position, one in enumerate(patterns)
            if texts[position] and period.name in (known.get(one.heading), *expected.exact.get(one.heading, ())[:1])
        ),
        None,
    )
    return {} if at is None else bare_cells(cells_under(sheet.rows, at, header), kinds)


_YEARS = ("år", "year")


def _known(layouts: Sequence[Layout | None]) -> Known:
    elements: dict[str, str] = {}
    measures: set[str] = set()
    for layout in layouts:
        if layout is None or layout.headless:
            continue
        elements |= {one.heading: one.element for one in layout.columns if "{" not in one.heading}
        if layout.measures:
            measures.add(layout.measures)
    return Known(elements, measures)


def _formulas(sheet: Sheet, measures: MeasureRows) -> frozenset[tuple[int, int]]:
    """The formulas at the columns that their cells went into."""
    if not sheet.formulas:
        return sheet.formulas
    to_first = {(row, measure): first for measure, rows in measures.rows_of.items() for first, row in rows.items()}
    position = {(one.measure, one.at): measures.width + number for number, one in enumerate(measures.columns)}
    found = set()
    for number, at in sheet.formulas:
        row = sheet.rows[number - 1] if number <= len(sheet.rows) else []
        measure = row[measures.measure_at] if measures.measure_at < len(row) else ""
        first = to_first.get((number - 1, measure))
        if at not in measures.values_at or first is None:
            found.add((number, at))
        else:
            found.add((first + 1, position[measure, at]))
    return frozenset(found)
