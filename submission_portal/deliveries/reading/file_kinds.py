"""What a file is by its first bytes, whatever its name says."""

import zipfile
from io import BytesIO

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
_TEXT_ENDINGS = (".csv", ".txt", ".tsv", ".skv")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(data: bytes) -> str:
    """``"csv"`` for text, ``"xlsx"`` for a workbook, otherwise a word for what it is instead.

    >>> kind_of(b"dag;sjukhus\\n"), kind_of(b"%PDF-1.7"), kind_of(b"<html><table>")
    ('csv', 'pdf', 'html')
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data.startswith(b"PK"):
        return _kind_of_archive(data)
    if data.startswith(_BYTE_ORDER_MARKS[1:]):
        return "csv"
    start = data[:4096].removeprefix(_BYTE_ORDER_MARKS[0]).lstrip().lower()
    if b"\x00" in data[:65536]:
        return "binary"
    if start.startswith((b"<html", b"<!doctype html", b"<table")):
        return "html"
    if start.startswith((b"<?xml", b"<")):
        return "xml"
    if start.startswith((b"{", b"[")):
        return "json"
    return "csv"


def kind_by_name(file_name: str) -> str | None:
    """What the name promises, ``None`` where it promises nothing that is known.

    >>> kind_by_name("Oktober.XLSX"), kind_by_name("oktober.skv"), kind_by_name("oktober")
    ('xlsx', 'csv', None)
    """
    name = file_name.casefold().strip()
    if name.endswith(".xlsx"):
        return "xlsx"
    if name.endswith(_TEXT_ENDINGS):
        return "csv"
    dot = name.rfind(".")
    return name[dot + 1 :] if dot > 0 and len(name) - dot <= 6 else None


def _kind_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist()[:2000])
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError):
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
