"""Files that regions send by mistake, or somebody with ill will. All figures are made up, and so is every person."""

import io
import unicodedata
import zipfile
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.factories import forged_workbooks as forged
from tests.factories.delivery_files import with_part

HEAD = "Dag;Sjukhus;Fastställda vårdplatser"
ROWS = ("2026-03-01;Gällivare sjukhus;103", "2026-03-01;Kalix sjukhus;59", "2026-03-01;Kiruna sjukhus;33")


def text(*rows: str, head: str = HEAD, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return end.join([head, *(rows or ROWS), ""]).encode(encoding)


def book(fill: Callable[[Worksheet], object] = lambda sheet: None) -> bytes:
    made = Workbook()
    sheet = made.active
    for row in (HEAD, *ROWS):
        sheet.append([int(cell) if cell.isdecimal() else cell for cell in row.split(";")])
    fill(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """The archive with every part said to be encrypted."""
    changed = bytearray(data)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := changed.find(sign, at + 1)) >= 0:
            changed[at + offset] |= 1
    return bytes(changed)


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
_PDF = b"%PDF-1.7\n%%EOF"
_DOCX = archive(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
_ODS = archive(**{"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})

NOT_KEPT: dict[str, tuple[str, bytes, str]] = {
    "nothing at all": ("a.csv", b"", "FIL-001"),
    "only spaces": ("a.csv", b" \r\n\r\n", "FIL-001"),
    "a workbook of no bytes": ("a.xlsx", b"", "FIL-001"),
    "a PDF as a text file": ("a.csv", _PDF, "FIL-004"),
    "a PDF as a workbook": ("a.xlsx", _PDF, "FIL-004"),
    "a letter": ("a.xlsx", _DOCX, "FIL-004"),
    "an old workbook": ("a.xls", _OLE, "FIL-004"),
    "an old workbook by a new name": ("a.xlsx", _OLE, "FIL-004"),
    "a workbook with a password": ("a.xlsx", _OLE + "EncryptedPackage".encode("utf-16-le"), "FIL-004"),
    "an OpenDocument spreadsheet": ("a.ods", _ODS, "FIL-004"),
    "an archive with a password": ("a.zip", locked(archive(**{"a.csv": text()})), "FIL-004"),
    "a workbook with locked parts": ("a.xlsx", locked(book()), "FIL-004"),
    "half a workbook": ("a.xlsx", book()[:2000], "FIL-004"),
    "a bomb": ("a.xlsx", with_part(book(), "xl/x.xml", b"\x00" * 30_000_000), "FIL-005"),
    "macros": ("a.xlsm", with_part(book(), "xl/vbaProject.bin", b"x"), "FIL-008"),
    "links to another workbook": (
        "a.xlsx",
        with_part(book(), "xl/externalLinks/externalLink1.xml", b"<x/>"),
        "FIL-008",
    ),
    "a document type": ("a.xlsx", with_part(book(), "xl/x.xml", b"<!DOCTYPE x []><x/>"), "FIL-007"),
    "zero bytes": ("a.csv", text().replace(b"59", b"5\x009"), "FIL-004"),
    "zero bytes far away": ("a.csv", text(*[ROWS[0]] * 4000, "2026-03-01;Kalix sjukhus;5\x009"), "FIL-004"),
    "UTF-32": ("a.csv", text(encoding="utf-32"), "FIL-016"),
    "half a character": ("a.csv", text(encoding="utf-16") + b"x", "FIL-016"),
    "ten million characters on one line": ("a.csv", b"x" * 10_000_000, "FIL-023"),
    "five million cells on one line": ("a.csv", b"a;" * 5_000_000, "FIL-017"),
    "a quotation mark without end": ("a.csv", text(ROWS[0], '2026-03-01;"Kalix sjukhus;59', ROWS[2]), "FIL-023"),
    "16,384 columns": ("a.csv", text(head=HEAD + ";" * 16_381), "FIL-017"),
    "the last column of a sheet": ("a.xlsx", book(lambda sheet: sheet.cell(1, 16_384, "x")), "FIL-017"),
    "the last row of a sheet": ("a.xlsx", book(lambda sheet: sheet.cell(1_048_576, 1, "x")), "FIL-017"),
    "a cell far below its row": ("a.xlsx", forged.NAMED["a cell far below its row"], "FIL-030"),
    "a million texts that are not there": ("a.xlsx", forged.NAMED["a million texts that are not there"], "FIL-030"),
    "a strange encoding": ("a.xlsx", forged.NAMED["Shift JIS"], "FIL-031"),
}
"""What it is → name, bytes, and the finding that says so. Nothing of it is kept."""


def _with_hidden_sheet(sheet: Worksheet) -> None:
    hidden = sheet.parent.create_sheet("Dold")
    hidden.append(["x", 1])
    hidden.sheet_state = "veryHidden"


def _with_error(sheet: Worksheet) -> None:
    sheet["C3"] = "#DIV/0!"
    sheet["C3"].data_type = "e"


def _kalix(value: str, day: str = "2026-03-01") -> bytes:
    return text(ROWS[0], f"{day};Kalix sjukhus;{value}", ROWS[2])


def _days(day: str) -> bytes:
    return text(*(row.replace("2026-03-01", day) for row in ROWS))


KEPT: dict[str, tuple[str, bytes, str | None]] = {
    "only a header": ("a.csv", HEAD.encode(), "STR-012"),
    "a hidden sheet": ("a.xlsx", book(_with_hidden_sheet), "FIL-010"),
    "merged cells": ("a.xlsx", book(lambda sheet: sheet.merge_cells("A2:A4")), "STR-008"),
    "a formula": ("a.xlsx", book(lambda sheet: sheet.__setitem__("C2", "=1+2")), "FIL-009"),
    "a formula from elsewhere": ("a.xlsx", book(lambda sheet: sheet.__setitem__("C2", "='[b.xlsx]x'!A1")), "FIL-009"),
    "an error in a cell": ("a.xlsx", book(_with_error), "ROW-002"),
    "macros in name only": ("a.xlsm", book(), None),
    "UTF-16 with a mark": ("a.csv", text(encoding="utf-16"), None),
    "UTF-16 without a mark": ("a.csv", text(encoding="utf-16-le"), None),
    "mixed line ends": ("a.csv", (HEAD + "\r\n" + "\n".join(ROWS[:2]) + "\r" + ROWS[2]).encode(), None),
    "quoted line breaks": ("a.csv", text(head='Dag;Sjukhus;"Fastställda\r\nvårdplatser"'), None),
    "headings twice": (
        "a.csv",
        text(*(row + ";1" for row in ROWS), head=HEAD + ";fastställda  VÅRDPLATSER "),
        "STR-003",
    ),
    "headings twice, decomposed": (
        "a.csv",
        text(*(row + ";1" for row in ROWS), head=HEAD + ";" + unicodedata.normalize("NFD", "Fastställda vårdplatser")),
        "STR-003",
    ),
    "decomposed letters": ("a.csv", unicodedata.normalize("NFD", text().decode()).encode(), None),
    "a decimal comma": ("a.csv", _kalix("59,0"), None),
    "half a bed": ("a.csv", _kalix("59,5"), "ROW-002"),
    "a no-break space in a number": ("a.csv", _kalix("1\u00a0059"), None),
    "a narrow no-break space in a number": ("a.csv", _kalix("1\u202f059"), None),
    "a minus sign": ("a.csv", _kalix("\u22125"), "ROW-003"),
    "per cent": ("a.csv", _kalix("59 %"), "ROW-002"),
    "control characters": ("a.csv", _kalix("5\x01\x1b9"), "ROW-002"),
    "a mark within": ("a.csv", _kalix("\ufeff59", "\ufeff2026-03-01"), None),
    "days in order": ("a.csv", _days("2018-03-01"), None),
    "days as they are said": ("a.csv", _days("1.3.2018"), "STR-009"),
    "days in one": ("a.csv", _days("20180301"), None),
    "days with long dashes": ("a.csv", _days("2018–03–01"), None),
    "days that a spreadsheet counted": ("a.csv", _days("43160"), "STR-030"),
    "sums": ("a.csv", text(*ROWS, "Totalt;;195", ";Summa;195"), "FIL-011"),
    "footnotes": ("a.csv", text(*ROWS, "", "1) Avser beslutade platser.", "* Källa: egen statistik"), "STR-013"),
}
"""What it is → name, bytes, and the finding that says so; ``None`` where nothing has to be said."""
