"""What a file is by its first bytes, whatever its name says."""

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO

from registry.findings import Param, Text

_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"PAR1", "parquet"),
    (b"SQLite format 3", "sqlite"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)
UTF_32_MARKS = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MOST_ENTRIES = 5_000
"""Several times what any workbook has; so many are listed in a tenth of a second."""
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(data: bytes) -> str:
    """The kind that a reader has (`readers`), otherwise a word for what it is instead. One object after the other is NDJSON.

    >>> kind_of(b"dag;sjukhus\\n"), kind_of(b"%PDF-1.7"), kind_of(b"<html><table>"), kind_of(b'[{"dag":'), kind_of(b'{"dag":')
    ('csv', 'pdf', 'html', 'json', 'ndjson')
    >>> kind_of("[".encode("utf-16")), kind_of("{".encode("utf-32")), kind_of("dag;".encode("utf-16"))
    ('json', 'ndjson', 'csv')
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return "encrypted" if kind == "ole" and _ENCRYPTED in data else kind
    if data.startswith(b"PK"):
        return _kind_of_archive(data)
    if encoding := wide_encoding(data):
        text = data[:4096].decode(encoding, "ignore").removeprefix("\ufeff").lstrip()
        return "json" if text.startswith("[") else "ndjson" if text.startswith("{") else "csv"
    start = data[:4096].removeprefix(_BYTE_ORDER_MARKS[0]).lstrip().lower()
    if b"\x00" in data:
        return "binary"
    if start.startswith((b"<html", b"<!doctype html", b"<table")):
        return "html"
    if start.startswith((b"<?xml", b"<")):
        return "xml"
    if start.startswith((b"[", b"{")):
        return "json" if start.startswith(b"[") else "ndjson"
    return "csv"


def wide_encoding(data: bytes) -> str:
    """The name of the encoding of text in which a letter is two or four bytes; empty for other data.

    >>> wide_encoding("[".encode("utf-16")), wide_encoding("[".encode("utf-32")), wide_encoding(b"[]")
    ('utf-16', 'utf-32', '')
    """
    if data.startswith(UTF_32_MARKS):
        return "utf-32"
    return "utf-16" if data.startswith(_BYTE_ORDER_MARKS[1:]) else utf_16_without_mark(data)


def utf_16_without_mark(data: bytes) -> str:
    """The name of the encoding where text without a byte order mark can only be UTF-16: a zero byte in every pair at its start.

    >>> utf_16_without_mark("Dag;Sjukhus".encode("utf-16-le")), utf_16_without_mark(b"Dag;Sjukhus")
    ('utf-16-le', '')
    """
    start = data[: min(64, len(data) // 2 * 2)]
    if len(start) < 8:
        return ""
    for encoding, letters, zeros in (("utf-16-le", start[::2], start[1::2]), ("utf-16-be", start[1::2], start[::2])):
        if b"\x00" not in letters and zeros.count(0) >= len(zeros) * 0.9:
            return encoding
    return ""


def has_far_too_many_parts(data: bytes) -> bool:
    """Whether an archive's directory cannot be read within reason. Each entry of it begins with the same four bytes; an archive
    within the archive may have some of its own.

    >>> has_far_too_many_parts(b"PK\\x01\\x02" * 5_000), has_far_too_many_parts(b"PK\\x01\\x02" * 5_001)
    (False, True)
    """
    return data.count(b"PK\x01\x02") > MOST_ENTRIES


def _kind_of_archive(data: bytes) -> str:
    if has_far_too_many_parts(data):
        return "xlsx" if b"xl/workbook.xml" in data else "zip"
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist()[:2000])
    except (zipfile.BadZipFile, struct.error, EOFError, NotImplementedError, ValueError, OverflowError, LookupError):
        return "damaged_zip"
    if "[Content_Types].xml" in names:
        if any(name.casefold().endswith("xl/workbook.xml") for name in names):
            return "xlsx"
        if "xl/workbook.bin" in names:
            return "xlsb"
        if any(name.startswith("word/") for name in names):
            return "docx"
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    return "zip"


def kept_name(file_name: str) -> str:
    """The file's own name as it is kept: without folders and control characters.

    >>> kept_name("C:\\\\temp\\\\okt\\x00ober.csv")
    'oktober.csv'
    """
    name = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(each for each in name if each.isprintable())[-200:] or "fil"


KIND_WORDS: Mapping[str, Text] = {
    "pdf": Text("en PDF", "a PDF"),
    "ole": Text(
        "ett äldre Office-dokument (som .xls) eller ett med lösenord",
        "an older Office document (such as .xls) or one with a password",
    ),
    "encrypted": Text("ett dokument med lösenord", "a document with a password"),
    "gzip": Text("något annat än text packat med gzip", "something else than text packed with gzip"),
    "7z": Text("ett packat arkiv (7z)", "a packed archive (7z)"),
    "rar": Text("ett packat arkiv (RAR)", "a packed archive (RAR)"),
    "zip": Text("ett packat arkiv (zip)", "a packed archive (zip)"),
    "damaged_zip": Text("en avbruten eller skadad XLSX- eller zip-fil", "a cut or damaged XLSX or zip file"),
    "xlsb": Text("en binär arbetsbok (XLSB)", "a binary workbook (XLSB)"),
    "docx": Text("ett Word-dokument", "a Word document"),
    "ods": Text("ett kalkylark i OpenDocument (ODS)", "an OpenDocument spreadsheet (ODS)"),
    "html": Text("en webbsida, som en del system sparar som .xls", "a web page, which some systems save as .xls"),
    "xml": Text("XML", "XML"),
    "rtf": Text("ett RTF-dokument", "an RTF document"),
    "picture": Text("en bild", "a picture"),
    "sqlite": Text("en databas (SQLite)", "a database (SQLite)"),
    "program": Text("ett program", "a program"),
    "binary": Text("data som inte är text (den har nolltecken)", "data that is no text (it has zero bytes)"),
}
"""What each kind is called to the sender."""


_SAVE_AGAIN = Text(
    "Öppna filen i kalkylprogrammet och spara den som XLSX eller CSV.",
    "Open the file in the spreadsheet program and save it as XLSX or CSV.",
)
_UNPACK = Text("Packa upp arkivet och välj filen i det.", "Unpack the archive and choose the file in it.")
_COPY = Text(
    "Kopiera tabellen till ett kalkylblad och spara det som XLSX eller CSV.",
    "Copy the table to a spreadsheet and save it as XLSX or CSV.",
)
_EXPORT = Text(
    "Ta ut uppgifterna ur systemet som CSV eller XLSX.", "Have the system give out the figures as CSV or XLSX."
)
_CHOOSE = Text(
    "Det är inte en fil med uppgifter. Kontrollera att rätt fil valdes.",
    "This is no file of figures. Check that the right file was chosen.",
)
ADVICE: Mapping[str, Text] = {
    "encrypted": Text(
        "Öppna filen med sitt lösenord och spara en kopia utan lösenord.",
        "Open the file with its password and save a copy without one.",
    ),
    "damaged_zip": Text(
        "Hämta eller spara filen på nytt: den kom inte hel.", "Fetch or save the file again: it did not arrive whole."
    ),
    **dict.fromkeys(("gzip", "7z", "rar", "zip"), _UNPACK),
    **dict.fromkeys(("pdf", "docx", "rtf"), _COPY),
    **dict.fromkeys(("xml", "sqlite", "binary"), _EXPORT),
    **dict.fromkeys(("picture", "program"), _CHOOSE),
    **dict.fromkeys(("ole", "xlsb", "ods", "html"), _SAVE_AGAIN),
}
"""What to do about each kind."""


def unreadable_kind(kind: str) -> dict[str, Param]:
    """The parameters of the finding that a file is of a kind that cannot be read.

    >>> unreadable_kind("gzip")["what"].sv, unreadable_kind("gzip")["advice"].en
    ('något annat än text packat med gzip', 'Unpack the archive and choose the file in it.')
    """
    return {"kind": kind, "what": KIND_WORDS[kind], "advice": ADVICE[kind]}
