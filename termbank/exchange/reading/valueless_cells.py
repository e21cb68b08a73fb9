"""Cells of a workbook that show a fault (``#NAME?``) or have a formula without a value: what reads workbooks gives them as empty. Pure.

An empty cell takes a value away when a table is imported, and nobody has emptied these (ECMA-376 part 1, 18.3.1.4).
"""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.parsers import expat

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_STRICT_ID = "http://purl.oclc.org/ooxml/officeDocument/relationships id"
_ROW = re.compile(r"[A-Z]{1,3}([0-9]{1,7})")


def rows_with_valueless_cells(data: bytes, sheet: str) -> frozenset[int]:
    """The numbers, from 0, of the rows of this sheet with such a cell; none where the workbook is of another kind than xlsx.

    Raises ``zipfile.BadZipFile`` or ``ValueError`` for a workbook that is broken.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        if _BOOK not in book.namelist() or _LINKS not in book.namelist():
            return frozenset()
        sheets = {one["name"]: one.get(_ID) or one.get(_STRICT_ID, "") for one in _elements(book, _BOOK, "sheet")}
        places = {one["Id"]: one["Target"] for one in _elements(book, _LINKS, "Relationship")}
        target = places.get(sheets.get(sheet, ""), "")
        name = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if name not in book.namelist():
            return frozenset()
        found = _Cells()
        _parse(book, name, found.parser)
        return frozenset(found.rows)


class _Cells:
    """Takes one event of the parser at a time."""

    def __init__(self) -> None:
        self.rows: set[int] = set()
        self.row = 0
        self.has_formula = self.has_value = self.is_fault = self.in_value = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "row":
            self.row = int(attributes.get("r", self.row + 1))
        elif local == "c":
            self.has_formula = self.has_value = False
            self.is_fault = attributes.get("t") == "e"
            if place := _ROW.fullmatch(attributes.get("r", "")):
                self.row = int(place[1])
        elif local == "f":
            self.has_formula = True
        self.in_value = local in ("v", "t")

    def _characters(self, text: str) -> None:
        if self.in_value and text.strip():
            self.has_value = True

    def _end(self, name: str) -> None:
        self.in_value = False
        if name.rpartition(" ")[2] == "c" and (self.is_fault or (self.has_formula and not self.has_value)):
            self.rows.add(self.row - 1)


def _elements(book: zipfile.ZipFile, name: str, wanted: str) -> list[Mapping[str, str]]:
    """The attributes of each element of this local name."""
    found: list[Mapping[str, str]] = []

    def start(element: str, attributes: Mapping[str, str]) -> None:
        if element.rpartition(" ")[2] == wanted:
            found.append(dict(attributes))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    _parse(book, name, parser)
    return found


def _parse(book: zipfile.ZipFile, name: str, parser: expat.XMLParserType) -> None:
    with book.open(name) as file:
        try:
            parser.ParseFile(file)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from None
