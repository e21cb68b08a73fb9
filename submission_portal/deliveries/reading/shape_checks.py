"""Checks of how the cells of a text file fit its header: nothing is lost, and nothing slips under another heading. Pure."""

from collections.abc import Callable, Iterator, Sequence

from registry.findings import Finding, Param, Place
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.reading.file_case import FileCase
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.needs import HEADED, TEXT_FILE
from submission_portal.deliveries.reading.quoted_cells import Quoted
from submission_portal.deliveries.reading.row_widths import width_of
from submission_portal.deliveries.reading.sheets import Row, letter, shortened

MOST_SHOWN = 200
"""So many cells with line breaks are shown; the rest are alike."""


def split_decimals(case: FileCase) -> Iterator[Finding]:
    """Rows with too many cells, since decimal commas stand in a file whose cells are divided by commas."""
    yield from _odd_rows(case, "STR-018", case.widths.split, width_of)


def too_many_cells(case: FileCase) -> Iterator[Finding]:
    """Rows with cells that have no heading."""
    yield from _odd_rows(case, "STR-019", case.widths.too_wide, width_of)


def too_few_cells(case: FileCase) -> Iterator[Finding]:
    """Rows that lack cells in which something is expected."""
    yield from _odd_rows(case, "STR-020", case.widths.too_narrow, len)


def swallowed_text(case: FileCase) -> Iterator[Finding]:
    """Cells that hold line breaks, or delimiters that make no sense there."""
    if case.quoted:
        file = case.text_file
        params: dict[str, Param] = {
            "lines": file.lines,
            "records": len(file.sheet.rows),
            "cells": len(case.quoted),
            "count": len(case.quoted),
        }
        yield FINDINGS.found("STR-021", params, [_place(cell) for cell in case.quoted[:MOST_SHOWN]])


SHAPE = (
    Check("STR-018", (TEXT_FILE, *HEADED), split_decimals),
    Check("STR-019", (TEXT_FILE, *HEADED), too_many_cells),
    Check("STR-020", (TEXT_FILE, *HEADED), too_few_cells),
    Check("STR-021", (TEXT_FILE, *HEADED), swallowed_text),
)


def _odd_rows(case: FileCase, code: str, rows: Sequence[int], cells_of: Callable[[Row], int]) -> Iterator[Finding]:
    if rows:
        file = case.text_file
        widths = [cells_of(file.sheet.rows[index]) for index in rows]
        cells = str(widths[0]) if len(set(widths)) == 1 else f"{min(widths)}–{max(widths)}"
        places = [Place(row=index + 1, value=shortened(file.delimiter.join(file.sheet.rows[index]))) for index in rows]
        yield FINDINGS.found(code, {"cells": cells, "header": case.widths.header}, places)


def _place(cell: Quoted) -> Place:
    column = None if cell.column is None else letter(cell.column)
    return Place(row=cell.row + 1, column=column, value=shortened(cell.shown) or None)
