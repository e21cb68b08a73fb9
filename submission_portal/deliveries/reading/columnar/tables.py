"""The data rows of a sheet kept as columns → a table: each different cell is brought to form once. Pure."""

from collections.abc import Mapping as MappingOf

import numpy as np

from registry.findings import Finding, Place
from submission_portal.deliveries.reading.date_order import order_of
from submission_portal.deliveries.reading.expected import Expected
from submission_portal.deliveries.reading.grid_rows import Column, GridRows, narrowest
from submission_portal.deliveries.reading.headings import Mapping
from submission_portal.deliveries.reading.rows import Sorted
from submission_portal.deliveries.reading.sheets import Sheet, letter, shortened
from submission_portal.deliveries.reading.table import (
    FORMULAS,
    PLACES_TOLD,
    Coded,
    Table,
    forms_of,
    formulas_without_value,
    told_of,
    written_forms_of,
    written_name,
)


def table_of_columns(
    expected: Expected, mapping: Mapping, sheet: Sheet, rows: GridRows, found: Sorted, file_kind: str
) -> tuple[Table, list[Finding]]:
    """As `table.table_of`."""
    findings: list[Finding] = []
    data: dict[str, Coded] = {}
    beside: dict[str, Coded] = {}
    numbers = np.array(found.data, dtype=np.int64)
    at = numbers - len(rows.head)
    chosen = None if at.size == rows.height else at
    for column in expected.columns:
        position = mapping.positions.get(column.name)
        if position is None:
            continue
        cells = rows.columns[position]
        different = cells.used(chosen)
        order = order_of(column, different)
        known, notes = forms_of(column, different, sheet, file_kind, order)
        data[column.name] = _coded(cells, chosen, known)
        written = written_forms_of(known)
        if any(written.values()):
            beside[written_name(column.name)] = _coded(cells, chosen, written)
        for code, said in _told(notes, cells, chosen).items():
            places = [
                Place(sheet.name, int(numbers[row]) + 1, letter(position), column.name, shortened(cells.texts[cells.codes[at[row]]]))
                for row in said[:PLACES_TOLD].tolist()
            ]  # fmt: skip
            findings.append(told_of(column, code, said.size, places))
    if formulas := formulas_without_value(mapping, sheet, found):
        beside[FORMULAS] = Coded.of(formulas, {text: text or None for text in formulas})
    return Table(numbers + 1, sheet.name, data | beside), findings


def _coded(column: Column, rows: np.ndarray | None, meaning: MappingOf[str, str | None]) -> Coded:
    """The cells of some rows, or of all, each as what it means."""
    values = {value: code for code, value in enumerate(dict.fromkeys(meaning.values()))}
    codes = [values[meaning[text]] if text in meaning else 0 for text in column.texts]
    of_rows = column.codes if rows is None else column.codes[rows]
    if codes == list(range(len(values))):  # nothing was brought to another form
        return Coded(tuple(values), of_rows)
    return Coded(tuple(values), np.array(codes, dtype=narrowest(len(values))).take(of_rows))


def _told(notes: MappingOf[str, list[str]], column: Column, rows: np.ndarray | None) -> dict[str, np.ndarray]:
    """By finding code the rows that it is told of, in the order in which the rows lead to it."""
    chosen = slice(None) if rows is None else rows
    codes = dict.fromkeys(code for told in notes.values() for code in told)
    said = {
        code: np.flatnonzero(column.is_any([cell for cell, told in notes.items() if code in told])[chosen])
        for code in codes
    }

    def first(code: str) -> tuple[int, int]:
        row = int(said[code][0])
        return row, notes[column.texts[column.codes[chosen][row]]].index(code)

    return {code: said[code] for code in sorted(codes, key=first)}
