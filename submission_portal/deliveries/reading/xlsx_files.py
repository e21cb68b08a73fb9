"""Bytes of a workbook → its sheets as texts. The package is guarded and looked through first (`workbooks`), and what reads
the values is given a workbook that was written anew of what was found (`plain_workbooks`), never the file."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from registry.findings import Place
from submission_portal.deliveries.reading.archives import UnreadableError
from submission_portal.deliveries.reading.columnar.scanning import scan_columns
from submission_portal.deliveries.reading.damaged import DamagedError, Fault
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.grid_rows import Column, GridRows
from submission_portal.deliveries.reading.headings import HEADER_SEARCHED
from submission_portal.deliveries.reading.identity_scan import IdentityScan, safe_names
from submission_portal.deliveries.reading.limits import Limits, Progress, Unpacked, no_progress
from submission_portal.deliveries.reading.sheets import Row, Sheet, cell_of
from submission_portal.deliveries.reading.sizes import too_large
from submission_portal.deliveries.reading.workbooks import WorkbookFacts, WorksheetFacts, workbook_facts

_PANICS = "pyo3_runtime"
"""Where a failed assertion within the native reader comes from; it is no `Exception`, and its class cannot be imported."""


def read_xlsx(
    data: bytes,
    scan: IdentityScan,
    limits: Limits,
    unpacked: Unpacked,
    header_of: Callable[[Sequence[Row]], tuple[int, int]],
    progress: Progress = no_progress,
) -> tuple[tuple[Sheet, ...], WorkbookFacts]:
    """Every sheet with its values, hidden ones included, and what else the workbook holds.

    ``header_of``: index and score of the best header; the rows under one are kept as columns. ``scan`` has then seen everything in
    the file. Raises :class:`UnreadableError`.
    """
    facts = workbook_facts(data, scan, limits, unpacked, progress)
    shown = safe_names(facts.sheet_names)
    sheets = []
    cells = 0
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(facts.plain))
        for found in facts.unnamed:
            scan.sheet(_sheet(workbook, None, found, facts, header_of), None)
        for name in facts.sheet_names:
            if name not in facts.worksheets:
                continue  # a chart sheet: no cells
            cells += facts.worksheets[name].cells
            if cells > limits.cells:
                raise UnreadableError(too_large(limits, place=Place(shown.get(name, name))))
            sheet = _sheet(workbook, name, facts.worksheets[name], facts, header_of)
            if isinstance(sheet.rows, GridRows):
                scan_columns(scan, sheet, sheet.rows, shown.get(name, name))
            else:
                scan.sheet(sheet, shown.get(name, name))
            sheets.append(sheet)
    except CalamineError:
        raise UnreadableError(FINDINGS.found("FIL-006")) from None
    except BaseException as error:
        if type(error).__module__ != _PANICS:
            raise
        # The reader gave up in the middle: a day beyond all calendars, for instance.
        raise UnreadableError(DamagedError(Fault.VALUE).finding()) from None
    if not scan.places:
        scan.text(facts.shared_text, Place(field="shared_strings"))
    return tuple(sheets), facts


def _sheet(
    workbook: CalamineWorkbook,
    name: str | None,
    found: WorksheetFacts,
    facts: WorkbookFacts,
    header_of: Callable[[Sequence[Row]], tuple[int, int]],
) -> Sheet:
    sheet = workbook.get_sheet_by_index(found.place)
    try:
        values = sheet.to_python(skip_empty_area=False)
    except OverflowError:
        # More hours or days than Python has: a large number in a cell that is formatted as a length of time.
        raise UnreadableError(DamagedError(Fault.VALUE).finding()) from None
    for (row, column), text in found.errors.items():
        # The reader of values leaves a cell such as #DIV/0! empty, and empty means something else.
        if row <= len(values) and column < len(values[row - 1]) and not cell_text(values[row - 1][column]):
            values[row - 1][column] = text
    return Sheet(
        rows=_rows(values, header_of),
        name=name,
        is_hidden=name in facts.hidden,
        formulas=found.formulas,
        hidden_rows=found.hidden_rows,
        hidden_columns=found.hidden_columns,
        merged=found.merged,
        has_date_system_1904=facts.has_date_system_1904,
    )


def _rows(values: list[list[Any]], header_of: Callable[[Sequence[Row]], tuple[int, int]]) -> Sequence[Row]:
    """The rows as texts, kept as columns where there are some under a header."""
    header, score = header_of([list(map(cell_text, row)) for row in values[:HEADER_SEARCHED]])
    if not score or len(values) == header + 1:
        return [list(map(cell_text, row)) for row in values]
    head = [list(map(cell_text, row)) for row in values[: header + 1]]
    return GridRows(head, list(map(_column, zip(*values[header + 1 :], strict=True))))


def _column(values: Sequence[Any]) -> Column:
    """``True`` equals 1, so a column with truth values is compared by its texts."""
    if bool in set(map(type, values)):
        return Column.of(list(map(cell_text, values)), str)
    return Column.of(values, cell_text)


def cell_text(value: object) -> str:
    """A cell's value as text: numbers as a person would type them, days in ISO form.

    A spreadsheet keeps numbers as binary fractions with at most 15 digits that mean something.

    >>> cell_text(12.0), cell_text(0.1 + 0.2), cell_text(198112189876.0), cell_text(datetime(2026, 10, 1))
    ('12', '0.3', '198112189876', '2026-10-01')
    """
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            text = f"{value or 0.0:.15g}"  # minus zero is zero
            return format(Decimal(text), "f") if "e" in text else text
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("seconds")
        case timedelta():
            return str(value)
        case _:
            return "" if value is None else cell_of(str(value))
