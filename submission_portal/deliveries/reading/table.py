"""The rows of a sheet → a table of texts under the model's element names, each value in one form.

What stood in the file is kept beside what it was brought to, so that the sender is always shown their own cells. Pure, and
without Polars: this runs where files are read, in a small process of its own (`frames` makes the frame of it).
"""

from array import array
from collections.abc import Collection, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter

import numpy as np

from registry.findings import Finding, Place
from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.date_order import (
    DAY_FIRST,
    LONGEST_WRITTEN,
    TOLD,
    in_order,
    is_two_ways,
    order_of,
)
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written, spelled
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.headings import Mapping
from submission_portal.deliveries.reading.rows import Sorted
from submission_portal.deliveries.reading.sheets import Sheet, letter, shortened
from submission_portal.deliveries.reading.thousands import in_two_ways

ROW, SHEET, FORMULAS = "__row", "__sheet", "__formulas"
PLACES_TOLD = 50
"""So many places of cells that were read in another form; the rest are alike."""


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column that says few different things, many times: the different values, and which of them each row has."""

    values: tuple[str | None, ...]
    codes: "array[int] | np.ndarray"
    """Indexes into ``values``, unsigned."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Coded):
            return NotImplemented
        return self.values == other.values and np.array_equal(self.codes, other.codes)

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def of(cls, cells: Sequence[str], meaning: MappingOf[str, str | None]) -> "Coded":
        """The cells, each as what it means.

        >>> Coded.of(["12,0", "", "12"], {"12,0": "12", "": None, "12": "12"})
        Coded(values=('12', None), codes=array('I', [0, 1, 0]))
        """
        different = dict.fromkeys(cells)
        values = {value: code for code, value in enumerate(dict.fromkeys(meaning[cell] for cell in different))}
        codes = {cell: values[meaning[cell]] for cell in different}
        return cls(tuple(values), array("I", map(codes.__getitem__, cells)))


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The data rows of a sheet. ``columns`` as `Reading.frame` describes them, without the row and the sheet."""

    rows: "array[int] | np.ndarray"
    """The sender's row numbers."""
    sheet: str | None
    columns: MappingOf[str, Coded]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return (self.sheet, self.columns) == (other.sheet, other.columns) and np.array_equal(self.rows, other.rows)

    __hash__ = None  # type: ignore[assignment]


def table_of(
    expected: Expected, mapping: Mapping, sheet: Sheet, found: Sorted, file_kind: str
) -> tuple[Table, list[Finding]]:
    """The data rows, and what was read in another form than it was written."""
    findings: list[Finding] = []
    data: dict[str, Coded] = {}
    beside: dict[str, Coded] = {}
    rows = [sheet.rows[index] for index in found.data]
    narrowest = min(map(len, rows), default=0)
    for column in expected.columns:
        position = mapping.positions.get(column.name)
        if position is None:
            continue
        if position < narrowest:
            cells = list(map(itemgetter(position), rows))
        else:
            cells = [row[position] if position < len(row) else "" for row in rows]
        order = order_of(column, set(cells))
        known, notes = forms_of(column, set(cells), sheet, file_kind, order)
        data[column.name] = Coded.of(cells, known)
        written = written_forms_of(known)
        if any(written.values()):
            beside[written_name(column.name)] = Coded.of(cells, written)
        said: dict[str, list[int]] = {}
        for at, cell in enumerate(cells if notes else ()):
            for code in notes.get(cell, ()):
                said.setdefault(code, []).append(at)
        for code, at_rows in said.items():
            places = [
                Place(sheet.name, found.data[at] + 1, letter(position), column.name, shortened(cells[at]))
                for at in at_rows[:PLACES_TOLD]
            ]
            findings.append(told_of(column, code, len(at_rows), places))
    if formulas := formulas_without_value(mapping, sheet, found):
        beside[FORMULAS] = Coded.of(formulas, {text: text or None for text in formulas})
    return Table(array("q", (index + 1 for index in found.data)), sheet.name, data | beside), findings


def written_name(element: str) -> str:
    """The column that keeps what stands in the file."""
    return f"__written_{element}"


def told_of(column: ExpectedColumn, code: str, rows: int, places: Sequence[Place]) -> Finding:
    """What is told of cells that were read in another form than they are written in."""
    return FINDINGS.found(code, {"rows": rows, "count": rows, "element": column.label or column.name}, places)


def written_forms_of(known: MappingOf[str, str | None]) -> dict[str, str | None]:
    """By cell how it is written, where it was brought to another form."""
    return {cell: cell if cell and cell != now else None for cell, now in known.items()}


def formulas_without_value(mapping: Mapping, sheet: Sheet, found: Sorted) -> list[str] | None:
    """Per row the elements whose cell is a formula without a stored value (``""``: none); ``None`` where no row has any."""
    names = {position: name for name, position in mapping.positions.items()}
    by_row: dict[int, list[str]] = {}
    for number, position in sorted(sheet.formulas):
        row = sheet.rows[number - 1] if number <= len(sheet.rows) else []
        if position in names and not (row[position] if position < len(row) else ""):
            by_row.setdefault(number, []).append(names[position])
    if not by_row:
        return None
    return [" ".join(by_row.get(index + 1, ())) for index in found.data]


def forms_of(
    column: ExpectedColumn, cells: Collection[str], sheet: Sheet, file_kind: str, order: str | None
) -> tuple[dict[str, str | None], dict[str, list[str]]]:
    """Each different cell in one form, and the finding codes of those whose reading should be told."""
    known: dict[str, str | None] = {"": None}
    notes: dict[str, list[str]] = {cell: ["STR-027"] for cell in in_two_ways(column, cells)}
    for cell in cells:
        if not cell:
            continue
        known[cell] = column.renamed.get(spelled(cell), cell) if column.renamed else cell
        if len(cell) > LONGEST_WRITTEN:
            continue
        if cell in column.completed:
            known[cell] = column.completed[cell]
            continue
        if column.written is Written.INTEGER:
            number = _number(column, cell)
            known[cell] = (written_forms.integer(number) or number) if number else cell
        elif column.written is Written.DECIMAL:
            known[cell] = _number(column, cell) or cell
        elif column.written in (Written.DAY, Written.PERIOD):
            known[cell], told = _as_period(column, cell, sheet, file_kind, order)
            if told:
                notes[cell] = told
    return known, notes


def _number(column: ExpectedColumn, cell: str) -> str | None:
    """A number in one form, and as the model counts; ``None`` for a cell that is none."""
    number = written_forms.number(cell)
    return number if number is None else times(number, column.factor)


def times(number: str, factor: str) -> str:
    """A number multiplied by a factor, where there is one, exactly.

    >>> times("0.2002", "1000"), times("12", "0.01"), times("12.50", ""), times("0", "1000")
    ('200.2', '0.12', '12.50', '0')
    """
    if factor in ("", "1"):
        return number
    text = format(Decimal(number) * Decimal(factor), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _as_period(
    column: ExpectedColumn, cell: str, sheet: Sheet, file_kind: str, order: str | None
) -> tuple[str, list[str]]:
    """A day or a period in one form, and the codes of what is told about how it was read."""
    is_day = column.written is Written.DAY
    serial = written_forms.day_of_serial(cell, from_1904=sheet.has_date_system_1904) if is_day else None
    if file_kind == "xlsx" and serial:
        return serial, ["STR-011"]
    now, told = in_order(column, cell, order or DAY_FIRST), []
    if is_day and written_forms.is_day_before_month(cell) and not (order == "" and is_two_ways(cell)):
        told.append(TOLD[order or DAY_FIRST])
    elif is_two_ways(cell) and order is not None:
        told.append(TOLD[order] if order else "STR-015")
    if now != cell and written_forms.is_unusual_day(cell):
        told.append("STR-029")
    clock = written_forms.clock_of(cell) if now != cell else None
    if clock is not None and clock.ahead is not None:
        told.append("STR-022")
    if clock is not None and clock.ahead is None and clock.is_end_of_day:
        told.append("STR-023")
    return now, told
