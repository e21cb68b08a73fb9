"""A workbook made anew of the rows that were read, with its cells marked: where the file was no workbook, or too large a one. Pure."""

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

import polars as pl

from registry.spreadsheets import storable
from submission_portal.deliveries.annotating.notes import FILLS, MOST_CELLS, MOST_COMMENTS, Note, Notes, gravest

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ROW_WIDTH, WIDTH = 8, 22


def workbook(rows: pl.DataFrame | None, notes: Notes, row_heading: str, labels: Mapping[str, str]) -> bytes:
    """Two sheets: the list of all notes, and the rows with the notes' cells marked.

    ``rows`` have the elements that notes call columns by, and ``__row`` (the sender's number, which the first column shows);
    ``None`` where nobody has them any more. ``labels`` are what elements are called. Of rows of more than `MOST_CELLS` cells
    there is the list alone.
    """
    from xlsxwriter import Workbook  # not where the application starts

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, options)
    bold = book.add_format({"bold": True})
    _list(book.add_worksheet(notes.title), notes, bold)
    if rows is not None and rows.width * rows.height <= MOST_CELLS:
        looks = {severity: book.add_format({"bg_color": f"#{colour}"}) for severity, colour in FILLS.items()}
        _rows(book.add_worksheet(row_heading), rows, notes, {"": row_heading, **labels}, bold, looks)
    book.close()
    return out.getvalue()


def _list(sheet: "Worksheet", notes: Notes, bold: "Format") -> None:
    for number, line in enumerate(notes.said):
        sheet.write_string(number, 0, storable(line))
    first = len(notes.said) + 1
    for at, heading in enumerate(notes.headings):
        sheet.write_string(first, at, storable(heading), bold)
        sheet.set_column(at, at, WIDTH)
    for number, note in enumerate(notes.notes, start=first + 1):
        for at, text in enumerate(note.cells):
            sheet.write_string(number, at, storable(text))
    sheet.freeze_panes(first + 1, 0)


def _rows(
    sheet: "Worksheet",
    rows: pl.DataFrame,
    notes: Notes,
    labels: Mapping[str, str],
    bold: "Format",
    looks: Mapping[str, "Format"],
) -> None:
    names = [name for name in rows.columns if name in labels]
    sheet.set_column(0, 0, ROW_WIDTH)
    for at, name in enumerate(("", *names)):
        sheet.write_string(0, at, storable(labels[name]), bold)
    marked: dict[tuple[int, str], list[Note]] = {}
    for note in notes.notes:
        marked.setdefault((note.row, note.column if note.column in names else ""), []).append(note)
    commented = 0
    for line, (number, *cells) in enumerate(rows.select("__row", *names).rows(), start=1):
        for at, (name, text) in enumerate(zip(("", *names), (number, *cells), strict=True)):
            mine = marked.get((number, name), [])
            look = looks.get(gravest(mine).severity) if mine else None
            sheet.write_string(line, at, storable("" if text is None else str(text)), look)
            if mine and commented < MOST_COMMENTS:
                said = "\n\n".join(dict.fromkeys(note.text for note in mine))
                sheet.write_comment(line, at, storable(said), {"author": notes.author})
                commented += 1
    sheet.freeze_panes(1, 1)
