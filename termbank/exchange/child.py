"""What runs in the cage for a file that is imported: `registry.cage.child` calls `warm_up` once, and `work` for each file."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from termbank.exchange.reading.files import read_file
from termbank.vocabularies.rdf_files import KINDS

_OWN = ("http://a.example/",)
_TBX = b'<tbx><text><body><conceptEntry id="a"><langSec xml:lang="sv"><termSec><term>a</term></termSec></langSec></conceptEntry></body></text></tbx>'


_ENCODINGS = (
    "cp437",
    "utf-8-sig",
    "utf-16",
    "utf-32",
    "cp1252",
    "iso-8859-1",
    "iso-8859-15",
    "cp850",
    "mac-roman",
    "ascii",
)


def _workbook() -> bytes:
    """A packed workbook with one sheet, of which no more is there than its cells."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
        f'<Relationship Id="r1" Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="str"><f>B1</f><v>å</v></c></row></sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return out.getvalue()


def warm_up() -> None:
    """Read a file of each kind, so that nothing has to be loaded when files can no longer be opened."""
    for encoding in _ENCODINGS:
        "a".encode(encoding).decode(encoding)
    for ending in KINDS:
        read_file(b"", f"a{ending}", _OWN)
    read_file(b"<http://a.example/a> a <http://www.w3.org/2004/02/skos/core#Concept> .", "a.ttl", _OWN)
    read_file(b'{"@context": "http://a.example/"}', "a.jsonld", _OWN)
    read_file(_TBX, "a.tbx", _OWN)
    read_file("Nyckel;Term (sv)\r\n1;å".encode(), "a.csv", _OWN)
    read_file(_workbook(), "a.xlsx", _OWN)


def work(
    request: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[..., None]
) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    """Read one file."""
    return read_file(parts[0], str(request["name"]), tuple(map(str, request["own"]))).as_dict(), ()
