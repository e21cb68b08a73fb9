"""The sender's own workbook with its cells marked: openpyxl reads and writes it, in a child process (`caged`). Pure.

What openpyxl does not carry over is lost: images, charts, macros, links to other files. The values, formulas, formats and other
sheets stay.
"""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from registry.spreadsheets import storable
from submission_portal.deliveries.annotating.notes import FILLS, MOST_CELLS, MOST_COMMENTS, Notes, gravest

TALLEST = 1_048_576


class TooLargeError(Exception):
    """The sheet has more cells than are written anew."""


def annotated(data: bytes, sheet: str, notes: Notes) -> bytes:
    """The workbook with ``sheet`` (its first where there is none of that name) marked, and a last sheet that lists all notes.

    Raises `TooLargeError`, and whatever openpyxl raises over a workbook that it cannot read.
    """
    book = load_workbook(BytesIO(data), keep_vba=False, keep_links=False)
    for one in list(book.chartsheets):
        book.remove(one)
    for one in book.worksheets:
        one._charts, one._images = [], []
    read = book[sheet] if sheet in book.sheetnames else book.worksheets[0]
    if read.max_row * read.max_column > MOST_CELLS:
        raise TooLargeError
    _mark(read, notes)
    _list(book, notes)
    return _written(book)


def _mark(sheet: Worksheet, notes: Notes) -> None:
    fills = {severity: PatternFill("solid", start_color=colour, end_color=colour) for severity, colour in FILLS.items()}
    anchors = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    commented = 0
    for (row, letter), mine in notes.by_cell.items():
        column = column_index_from_string(letter)
        if row > TALLEST:
            continue
        cell = sheet.cell(*anchors.get((row, column), (row, column)))
        cell.fill = fills[gravest(mine).severity]
        if commented < MOST_COMMENTS:
            kept = [cell.comment.text] if cell.comment else []
            text = storable("\n\n".join([*kept, *dict.fromkeys(note.text for note in mine)]))
            cell.comment = Comment(text, notes.author, width=360, height=160)
            commented += 1


def _list(book: Workbook, notes: Notes) -> None:
    sheet = book.create_sheet(notes.title)
    lines = [*((line,) for line in notes.said), (), notes.headings, *(note.cells for note in notes.notes)]
    for number, line in enumerate(lines, start=1):
        for at, text in enumerate(line, start=1):
            cell = sheet.cell(number, at, storable(text))
            cell.data_type = "s"  # whatever it begins with, it is no formula
    for at in range(1, len(notes.headings) + 1):
        sheet.cell(len(notes.said) + 2, at).font = Font(bold=True)
        sheet.column_dimensions[chr(64 + at)].width = 22


class _InMemory(ExcelWriter):
    """Writes a workbook without a file: in the cage none can be opened."""

    def write_worksheet(self, ws: Worksheet) -> None:
        out = BytesIO()
        writer = WorksheetWriter(ws, out)
        writer.write()
        ws._rels, ws._drawing = writer._rels, None
        self._archive.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)


def _written(book: Workbook) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        _InMemory(book, archive).save()
    return out.getvalue()
