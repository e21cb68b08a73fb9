"""Awkward files as they come out of care systems and spreadsheets, made for the tests. All figures are made up."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import xlsxwriter

from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written

HEADINGS = ("Datum", "Sjukhus", "Avdelning", "Disponibla vårdplatser", "Belagda vårdplatser", "Överbeläggningar")
WARDS = Expected(
    (
        ExpectedColumn("dag", ("Dag", "Datum"), "Dag", Written.DAY),
        ExpectedColumn("sjukhus", ("Sjukhus", "Hospital"), "Sjukhus", codes={"norra sjukhuset": "n", "n": "n"}),
        ExpectedColumn("avdelning", ("Avdelning",), "Avdelning"),
        ExpectedColumn(
            "disponibla",
            ("Disponibla vårdplatser",),
            "Disponibla vårdplatser",
            Written.INTEGER,
            is_value=True,
            is_additive=True,
        ),
        ExpectedColumn(
            "belagda", ("Belagda vårdplatser",), "Belagda vårdplatser", Written.DECIMAL, is_value=True, is_additive=True
        ),
        ExpectedColumn(
            "overbelaggningar",
            ("Överbeläggningar",),
            "Överbeläggningar",
            Written.INTEGER,
            is_required=False,
            is_value=True,
            is_additive=True,
        ),
    )
)


def csv_lines(*lines: str, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return end.join([*lines, ""]).encode(encoding)


def ward_csv(*rows: str, encoding: str = "utf-8") -> bytes:
    return csv_lines(";".join(HEADINGS), *rows, encoding=encoding)


def workbook(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    """A workbook with one ward row on the sheet *Oktober*, and whatever ``fill`` does to it."""
    book = openpyxl.Workbook()
    book.properties.creator = ""
    sheet = book.active
    sheet.title = "Oktober"
    sheet.append(HEADINGS)
    sheet.append(["2026-10-01", "Norra sjukhuset", "Avd 1", 12, 11.5, 0])
    fill(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def plain_workbook(rows: Sequence[Sequence[Any]], sheet_name: str = "Oktober") -> bytes:
    return workbook_of({sheet_name: rows})


def workbook_of(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook with these sheets, by name their rows."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes | Callable[[bytes], bytes]) -> bytes:
    """The package with one part replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for each in before.namelist():
            old = before.read(each)
            if each == name:
                old = content(old) if callable(content) else content
            after.writestr(each, old)
        if name not in before.namelist():
            assert isinstance(content, bytes)
            after.writestr(name, content)
    return file.getvalue()
