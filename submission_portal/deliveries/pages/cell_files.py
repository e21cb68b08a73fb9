"""The cells of a delivery's findings as files: CSV for spreadsheets, JSON for programs, and what is written into a workbook.

Text that a spreadsheet would take for a formula is neutralised in CSV; JSON and workbooks are left exact.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from registry.findings import Finding
from registry.spreadsheets import neutral
from submission_portal.deliveries.annotating.notes import MOST_NOTES, Note, Notes
from submission_portal.deliveries.assessment.found_cells import Change
from submission_portal.deliveries.pages.cells import CellRow
from submission_portal.deliveries.pages.findings import read_finding
from submission_portal.deliveries.tables import Delivery

JSON_SCHEMA = "found-cells/1"


def headings() -> tuple[str, ...]:
    """The columns of the list, in the reader's language."""
    return (
        _("Rule"), _("Severity"), _("Since the attempt before"), _("Sheet"), _("Row"), _("Column"), _("Element"),
        _("Value"), _("Unit"), _("Period"), _("What was found"), _("How to mend it"),
    )  # fmt: skip


def line_of(row: CellRow) -> tuple[str, ...]:
    """One cell as a line of the list."""
    return (
        row.code, severity_word(row.severity), row.change, row.sheet, str(row.row or ""), row.column, row.element, row.value,
        row.unit, row.period, row.text.title, row.text.mend,
    )  # fmt: skip


def row_heading() -> str:
    """What the sheet with the rows, and its first column, are called."""
    told: str = _("Row")
    return told


def severity_word(severity: str) -> str:
    """How grave it is, in a word."""
    words = {"error": _("Error"), "question": _("Question"), "warning": _("Warning"), "info": _("Information")}
    return str(words[severity])


def as_csv(rows: Iterable[CellRow]) -> bytes:
    """A line for each cell, as a Swedish spreadsheet opens it: semicolons, and UTF-8 with a mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings())
    for row in rows:
        writer.writerow(map(neutral, line_of(row)))
    return b"\xef\xbb\xbf" + out.getvalue().encode(errors="replace")


def as_json(delivery: Delivery, rows: Iterable[CellRow]) -> bytes:
    """``found-cells/1``: the findings once with their texts, and every cell with the key of its finding."""
    return json.dumps(
        {
            "content_schema": JSON_SCHEMA,
            "delivery": delivery.number or delivery.id,
            "revision": delivery.revision,
            "file": delivery.file_name,
            "file_sha256": delivery.file_sha256,
            "attempt": dict(delivery.assessment.attempt),
            "findings": [_finding(key, finding) for key, finding in delivery.assessment.keyed],
            "cells": [
                {
                    "finding": row.key,
                    "change": row.change_code or None,
                    "sheet": row.sheet or None,
                    "row": row.row,
                    "column": row.column or None,
                    "element": row.element_name or None,
                    "value": row.value or None,
                    "unit": row.unit_code or None,
                    "unit_label": row.unit or None,
                    "period": row.period_code or None,
                }
                for row in rows
            ],
        },
        ensure_ascii=False,
        indent=1,
    ).encode(errors="replace")


def _finding(key: str, finding: Finding) -> dict[str, object]:
    text = read_finding(finding)
    return {
        "key": key,
        "code": finding.code,
        "severity": finding.severity.value,
        "count": finding.count,
        "title": text.title,
        "body": text.body,
        "mend": text.mend,
    }


def notes_of(rows: Sequence[CellRow], *, all_: int, is_own: bool) -> Notes:
    """What is written into a workbook: into the sender's own (``is_own``), whose cells are called by their letters, or into one
    made anew, whose columns are called as the elements are. Mended cells are not marked."""
    shown = [row for row in rows if row.change_code != Change.MENDED][:MOST_NOTES]
    said = [
        _("What the check found, with the cells marked. The file itself has not been changed by the check."),
        _("Images, charts and macros of the original are not in this copy.")
        if is_own
        else _("The rows as they were read. The original's looks, and what was in it besides, are not in this copy."),
        _("Deliver your own file when it is mended, not this one."),
    ]
    if all_ > len(shown):
        said.append(_("%(shown)s of %(all)s cells are marked; the CSV file has all.", shown=len(shown), all=all_))
    return Notes(_("Findings")[:31], tuple(said), headings(), tuple(_note(row, is_own=is_own) for row in shown))


def _note(row: CellRow, *, is_own: bool) -> Note:
    lines = (f"{severity_word(row.severity)}, {row.code}", row.text.title, row.text.mend)
    return Note(
        row.row or 0,
        row.column if is_own else row.element_name,
        row.severity,
        "\n".join(filter(None, lines)),
        line_of(row),
    )
