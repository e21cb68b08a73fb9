"""Bytes of a workbook → its sheets as texts. The package is guarded and looked through first (`workbooks`)."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from registry.findings import Finding, Place, Severity
from submission_portal.deliveries.reading.archives import UnreadableError
from submission_portal.deliveries.reading.csv_files import too_large
from submission_portal.deliveries.reading.identity_scan import IdentityScan, safe_names
from submission_portal.deliveries.reading.limits import Deadline, Limits
from submission_portal.deliveries.reading.sheets import Row, Sheet, cell_of
from submission_portal.deliveries.reading.workbooks import WorkbookFacts, workbook_facts


class _Texts(dict[Any, str]):
    """Cells' values as texts, each made once. ``True`` equals 1, so truth values are not looked up here."""

    def __missing__(self, value: Any) -> str:
        text = cell_text(value)
        self[value] = text
        return text


def read_xlsx(
    data: bytes, scan: IdentityScan, limits: Limits, deadline: Deadline
) -> tuple[tuple[Sheet, ...], WorkbookFacts]:
    """Every sheet with its values, hidden ones included, and what else the workbook holds.

    ``scan`` has then seen everything in the file. Raises :class:`UnreadableError` and ``TookTooLongError``.
    """
    facts = workbook_facts(data, scan, limits, deadline)
    shown = safe_names(facts.sheet_names)
    sheets = []
    cells = 0
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        for name in workbook.sheet_names:
            deadline.check()
            if name not in facts.worksheets:
                continue  # a chart sheet: no cells
            sheet = _sheet(workbook, name, facts)
            cells += sum(len(row) for row in sheet.rows[:1]) * len(sheet.rows)
            if cells > limits.cells:
                raise UnreadableError(too_large(limits))
            scan.sheet(sheet, shown.get(name, name))
            sheets.append(sheet)
    except CalamineError:
        raise UnreadableError(Finding("FIL-006", Severity.ERROR)) from None
    if not scan.places:
        scan.text(facts.shared_text, Place(field="shared_strings"))
    return tuple(sheets), facts


def _sheet(workbook: CalamineWorkbook, name: str, facts: WorkbookFacts) -> Sheet:
    values = workbook.get_sheet_by_name(name)
    found = facts.worksheets[name]
    rows = _rows(values.to_python(skip_empty_area=False))
    for (row, column), text in found.errors.items():
        # The reader of values leaves a cell such as #DIV/0! empty, and empty means something else.
        if row <= len(rows) and column < len(rows[row - 1]) and not rows[row - 1][column]:
            rows[row - 1][column] = text
    return Sheet(
        rows=rows,
        name=name,
        is_hidden=name in facts.hidden,
        formulas=found.formulas,
        hidden_rows=found.hidden_rows,
        hidden_columns=found.hidden_columns,
        merged=tuple((first[0] + 1, first[1], last[0] + 1, last[1]) for first, last in values.merged_cell_ranges or ()),
        has_date_system_1904=facts.has_date_system_1904,
    )


def _rows(values: list[list[Any]]) -> list[Row]:
    texts = _Texts()
    return [[texts[one] if one is not True and one is not False else cell_text(one) for one in row] for row in values]


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
