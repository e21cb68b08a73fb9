"""Files that letters come as: which kinds are kept, and what may not be in them. Pure.

A letter is kept as it came and downloaded as bytes. So it must be what its name says, and nothing in it may run when somebody
opens it. Nothing is unpacked further than to look for that; texts in Word, OpenDocument and plain text are given for reading.
"""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registry.findings import Finding
from termbank.finding_texts.all import FINDINGS

LARGEST = 20 * 2**20
"""Bytes of a letter."""
MOST_PARTS, LARGEST_PART, LARGEST_TEXT = 2_000, 16 * 2**20, 64 * 2**20
"""Parts of a Word or OpenDocument file, and the unpacked bytes of one and of all that are read."""
MOST_STREAMS = 2_000
_WORD, _OPEN_DOCUMENT, _PDF, _TEXT = "docx", "odt", "pdf", "txt"
ENDINGS: Mapping[str, str] = {
    "pdf": _PDF, "docx": _WORD, "odt": _OPEN_DOCUMENT, "txt": _TEXT, "png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "tif": "TIFF", "tiff": "TIFF",
}  # fmt: skip
"""Kinds of files by what their names end with."""
_BEGINNINGS = (
    (b"%PDF-", _PDF), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"),
)  # fmt: skip
_PROGRAMS = {
    _WORD: re.compile(r"vbaproject|vbadata|/activex/|oleobject|\.bin$|\.exe$", re.I),
    _OPEN_DOCUMENT: re.compile(r"^(basic|scripts|dialogs)/.*[^/]$|\.(bin|exe|py|js)$", re.I),
}
_TEXTS = {_WORD: re.compile(r"^word/[a-z]+\d*\.xml$"), _OPEN_DOCUMENT: re.compile(r"^content\.xml$")}
_ELSEWHERE = re.compile(rb"attachedTemplate\"[^>]*Target=\"(?:https?:|\\\\|file:////)|Target=\"(?:https?:|\\\\)[^\"]*\"[^>]*attachedTemplate\"", re.I)  # fmt: skip
_RUNS_IN_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|EmbeddedFile)(?![A-Za-z])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of a file: what keeps it from being kept, if anything, and what is written in it, where that can be read."""

    fault: Finding | None = None
    text: str = ""


def looked_into(name: str, data: bytes) -> Looked:
    """What a file is, judged by its bytes and held against its name.

    >>> looked_into("svar.txt", "Vi tillstyrker.".encode()).text, looked_into("svar.pdf", b"MZ").fault.code
    ('Vi tillstyrker.', 'CONS-018')
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in ENDINGS:
        return _fault("CONS-015", name=name)
    if len(data) > LARGEST:
        return _fault("CONS-016", name=name, largest=LARGEST // 2**20)
    if not data:
        return _fault("CONS-019", name=name)
    kind = ENDINGS[ending]
    if kind in _TEXTS:
        return _package(name, kind, data)
    if kind == _TEXT:
        return _plain(name, data)
    if next((found for begin, found in _BEGINNINGS if data.startswith(begin)), "") != kind:
        return _fault("CONS-018", name=name)
    if kind == _PDF and b"/Encrypt" in data:
        return _fault("CONS-019", name=name)
    return _fault("CONS-017", name=name) if kind == _PDF and _runs(data) else Looked()


def _fault(code: str, **parameters: str | int) -> Looked:
    return Looked(FINDINGS.found(code, parameters))


def _plain(name: str, data: bytes) -> Looked:
    if b"\0" in data:
        return _fault("CONS-018", name=name)
    try:
        return Looked(text=data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Looked(text=data.decode("cp1252", "replace"))


def _package(name: str, kind: str, data: bytes) -> Looked:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            names = [part.filename.replace("\\", "/") for part in parts]
            if len(parts) > MOST_PARTS or any(part.flag_bits & 1 for part in parts):
                return _fault("CONS-019", name=name)
            if ("[Content_Types].xml" if kind == _WORD else "META-INF/manifest.xml") not in names:
                return _fault("CONS-018", name=name)
            if any(_PROGRAMS[kind].search(one) for one in names):
                return _fault("CONS-017", name=name)
            wanted = [part for part in parts if part.filename.endswith(".rels") or _TEXTS[kind].match(part.filename)]
            if any(part.file_size > LARGEST_PART for part in wanted) or sum(part.file_size for part in wanted) > LARGEST_TEXT:  # fmt: skip
                return _fault("CONS-019", name=name)
            read = {part.filename: _whole(package, part) for part in wanted}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        return _fault("CONS-019" if data.startswith(b"PK") else "CONS-018", name=name)
    if any(one.endswith(".rels") and _ELSEWHERE.search(content) for one, content in read.items()):
        return _fault("CONS-017", name=name)
    return Looked(text="\n".join(_words(content) for one, content in read.items() if _TEXTS[kind].match(one)))


def _whole(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part, which may not be longer than it says that it is."""
    with package.open(part) as opened:
        content = opened.read(part.file_size + 1)
    if len(content) > part.file_size:
        raise zipfile.BadZipFile(part.filename)
    return content


def _words(xml: bytes) -> str:
    """What stands between the tags, a line for each paragraph."""
    lines = re.sub(r"</(?:w|text):(?:p|h)>", "\n", xml.decode("utf-8", "replace"))
    return html.unescape(re.sub(r"<[^>]*>", "", lines))


def _runs(data: bytes) -> bool:
    """Whether something in a PDF may run or be unpacked: looked for in its objects, also in packed ones."""
    return any(
        _RUNS_IN_PDF.search(_ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), part)) for part in _objects(data)
    )


def _objects(data: bytes) -> Iterable[bytes]:
    yield _STREAM.sub(b"", data)
    left = LARGEST_TEXT
    for place, stream in enumerate(_STREAM.finditer(data)):
        if b"/ObjStm" not in data[max(0, stream.start() - 400) : stream.start()]:
            continue
        if place >= MOST_STREAMS or left <= 0:
            break
        try:
            unpacked = zlib.decompressobj().decompress(stream[1], left)
        except zlib.error:
            continue
        left -= len(unpacked)
        yield unpacked
