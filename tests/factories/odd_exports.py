"""Text files as exports, spreadsheets and hands garble them: split decimals, rows too wide or too narrow, stray quotation
marks. All figures are made up."""

import io
import random
from collections.abc import Callable, Sequence

import openpyxl
from openpyxl.styles import PatternFill

from tests.factories.delivery_files import HEADINGS, csv_lines

Row = Sequence[str]


def rows(count: int = 6, *, seed: int = 1) -> list[list[str]]:
    """Rows for `HEADINGS`, right in every cell."""
    draw = random.Random(seed)
    return [
        [
            f"2026-10-{number:02}",
            "Norra sjukhuset",
            f"Avd {number}",
            str(draw.randint(10, 40)),
            f"{draw.randint(5, 30)}",
            "0",
        ]
        for number in range(1, count + 1)
    ]


def text(body: Sequence[Row], *, head: Row = HEADINGS, delimiter: str = ";") -> bytes:
    """The rows as they stand, without quotation marks."""
    return csv_lines(delimiter.join(head), *(delimiter.join(row) for row in body))


def with_split_decimals(at: Sequence[int], *, count: int = 6) -> bytes:
    """A comma-separated file in which these rows (counted from 0) have a decimal comma in a figure."""
    body = rows(count)
    for index in at:
        body[index][4] = "11,5"
    return text(body, delimiter=",")


def with_cells_too_many(at: Sequence[int], *, delimiter: str = ";", more: Row = ("obs",)) -> bytes:
    body = rows()
    for index in at:
        body[index] += more
    return text(body, delimiter=delimiter)


def with_a_cell_left_out(at: Sequence[int], *, column: int = 2) -> bytes:
    """The cell is missing with its delimiter, so that the others stand under the heading to the left of theirs."""
    body = rows()
    for index in at:
        del body[index][column]
    return text(body)


STRAY_QUOTES: dict[str, tuple[Callable[[], bytes], int, int]] = {
    "closed two rows later": (lambda: _commented(['"obs', "", 'enligt "listan"', ""]), 5, 3),
    "closed at the end of a line": (lambda: _commented(['"obs', 'klart"', "", ""]), 5, 4),
    "around a text of several lines": (lambda: _commented(['"obs\r\nväntar på svar"', "", "", ""]), 6, 5),
    "a line break at the end of a cell": (lambda: _commented(['"obs\r\n"', "", "", ""]), 6, 5),
    "in a ward's name": (
        lambda: csv_lines(";".join(HEADINGS), '2026-10-01;N;"A;1;1;0', '2026-10-02;N;B";1;1;0', "2026-10-03;N;C;1;1;0"),
        4,
        3,
    ),
}
"""By what was written: the file, its lines of text and the records that they are read as."""


def _commented(comments: Sequence[str]) -> bytes:
    body = [[*row, comment] for row, comment in zip(rows(len(comments)), comments, strict=True)]
    return text(body, head=(*HEADINGS, "Kommentar"))


def with_ghosts(*cells: tuple[int, int], count: int = 31) -> bytes:
    """A workbook of ``count`` rows, with formatted cells that hold nothing at these places (row and column from 1)."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    for row in rows(count):
        sheet.append(row)
    for row, column in cells:
        sheet.cell(row, column).fill = PatternFill("solid", fgColor="FFFF00")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
