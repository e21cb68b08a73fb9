"""A workbook written anew from what was looked through, for the fast reader of values to read instead of the file.

Names, relationships, content types and declared sizes are ours; of the file come the rows in their plain form, the texts that
cells share, and the formats of numbers (which tell days from numbers). Nothing else of the file reaches a native reader.
"""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from submission_portal.deliveries.reading.damaged import DamagedError, Fault
from submission_portal.deliveries.reading.xml_parts import as_plain, escaped, parse, quoted, without_prefixes

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_ROOT_START = re.compile(rb"<sst(?=[\s/>])[^<>]*>")
_NUMBER = re.compile("[0-9]{1,6}")
STORED_BYTES = 64 << 20
"""Rows of at most so many bytes are not packed, which takes longer than it takes to read them."""
MOST_FORMATS = 70_000
"""Excel allows 65,490 formats of cells."""
LONGEST_FORMAT = 1_000
SHORTEST_TEXT = len("<si/>")
MOST_TEXTS = 100_000_000
"""More references to shared texts than any file that is read can hold."""


@dataclass(slots=True)
class PlainWorkbook:
    """Takes the parts as they come; `packed` gives the workbook."""

    _sheets: int = 0
    _file: BytesIO = field(default_factory=BytesIO)
    _archive: zipfile.ZipFile = field(init=False)

    def __post_init__(self) -> None:
        self._archive = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)

    def add_sheet(self, rows: bytes) -> int:
        """Add a sheet of rows in the plain form; its place among the sheets, from 0."""
        self._sheets += 1
        name = zipfile.ZipInfo(f"xl/worksheets/sheet{self._sheets}.xml")
        name.compress_type = zipfile.ZIP_STORED if len(rows) <= STORED_BYTES else zipfile.ZIP_DEFLATED
        with self._archive.open(name, "w", force_zip64=True) as part:
            part.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            part.write(rows)
            part.write(b"</sheetData></worksheet>")
        return self._sheets - 1

    def packed(self, texts: bytes, formats: str, *, has_date_system_1904: bool) -> bytes:
        """The workbook with the shared texts (`plain_texts`) and formats (`plain_formats`)."""
        numbers = range(1, self._sheets + 1)
        sheets = "".join(f'<sheet name="{one}" sheetId="{one}" r:id="rId{one}"/>' for one in numbers)
        targets = [*(("worksheet", f"worksheets/sheet{one}.xml") for one in numbers)]
        targets += [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
        others: dict[str, str | bytes] = {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
            'ContentType="application/xml"/><Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
            "_rels/.rels": _relationships([("officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr '
            f'date1904="{int(has_date_system_1904)}"/><sheets>{sheets}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relationships(targets),
            "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{_MAIN}">'.encode() + texts + b"</sst>",
            "xl/styles.xml": f'{_HEAD}<styleSheet xmlns="{_MAIN}">{formats}</styleSheet>',
        }
        for name, content in others.items():
            self._archive.writestr(name, content)
        self._archive.close()
        return self._file.getvalue()


def _relationships(targets: Sequence[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def plain_texts(content: bytes) -> bytes:
    """The entries of a shared-strings part (ECMA-376 part 1, 18.4.9), without what it says of their number.

    Raises :class:`DamagedError` where it says that there are more than it has room for, and as `xml_parts.read_part`.
    """
    data = as_plain(content)
    if data is not None:
        data = without_prefixes(data)
    start = _ROOT_START.match(data) if data is not None else None
    if data is None or start is None:
        return _rewritten_texts(content)
    if b"ount" in start[0]:
        parse(
            start[0] + (b"" if start[0].endswith(b"/>") else b"</sst>"),
            start=lambda _, told: _require_room(told, len(content)),
        )
    if start[0].endswith(b"/>"):
        return b""
    return data[start.end() : data.rindex(b"</sst")]  # the part is well-formed, so that is the end of its root


def _require_room(attributes: dict[str, str], room: int) -> None:
    for name, most in (("uniqueCount", room // SHORTEST_TEXT), ("count", MOST_TEXTS)):
        written = attributes.get(name, "0").strip()
        if written.isascii() and written.isdecimal() and (len(written) > 18 or int(written) > most):
            raise DamagedError(Fault.COUNT)


def _rewritten_texts(content: bytes) -> bytes:
    written: list[str] = []
    open_names: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if not open_names:
            _require_room(attributes, len(content))
        open_names.append(local)
        if local == "si":
            written.append('<si><t xml:space="preserve">')

    def end(_name: str) -> None:
        if open_names.pop() == "si":
            written.append("</t></si>")

    def character_data(text: str) -> None:
        if "si" in open_names[:3] and open_names[-1] == "t" and "rPh" not in open_names:
            written.append(escaped(text))

    parse(content, start=start, end=end, character_data=character_data)
    return "".join(written).encode("utf-8", "replace")


def plain_formats(content: bytes) -> str:
    """The formats of numbers and of cells of a styles part (ECMA-376 part 1, 18.8). Raises as `plain_texts`."""
    numbers: list[str] = []
    cells: list[str] = []
    within: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "numFmt":
            identifier, code = attributes.get("numFmtId", ""), attributes.get("formatCode", "")
            if _NUMBER.fullmatch(identifier) and len(code) <= LONGEST_FORMAT:
                numbers.append(f'<numFmt numFmtId="{identifier}" formatCode={quoted(code)}/>')
        elif local == "xf" and within and within[-1] == "cellXfs":
            identifier = attributes.get("numFmtId", "0")
            cells.append(f'<xf numFmtId="{identifier if _NUMBER.fullmatch(identifier) else 0}"/>')
        if max(len(numbers), len(cells)) > MOST_FORMATS:
            raise DamagedError(Fault.COUNT)
        within.append(local)

    def end(_name: str) -> None:
        within.pop()

    parse(content, start=start, end=end)
    return f"<numFmts>{''.join(numbers)}</numFmts><cellXfs>{''.join(cells)}</cellXfs>"
