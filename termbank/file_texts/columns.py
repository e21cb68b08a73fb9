"""A file of any kind that is taken → the texts in it with at least six digits, by what they are said as. Runs in the cage. Pure.

The file is kept as it came, so what matters is what is *written* in it, and not what a reader of its format makes of it: comments,
words that JSON-LD passes over and parts of a workbook that nobody sees are searched as well. What is said as one thing (a predicate,
an element, a column) is a column, since numbers are judged beside each other (`legal_checks.number_columns`).
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from xml.parsers import expat

import pyoxigraph as ox

from termbank.vocabularies.rdf_files import (
    UnreadableVocabularyError,
    format_of,
    in_utf_8,
    quads_of,
    reading_faults,
    refuse_growing_entities,
    resource_of,
)

Written = tuple[str, str]
"""What a text is said as, and the text."""
MOST_UNPACKED = 512 << 20
"""Bytes that the parts of a workbook may unpack to."""
NAMES, COMMENTS, ANYWHERE = "IRI", "#", ""
LONGEST_LINE, OVERLAP = 2_000, 40
"""Characters of a line that are searched at a time where a file cannot be read, and how much the parts share."""
_SIX_DIGITS = re.compile(r"(?:[0-9][^0-9]*){6}")
_TEN_DIGITS = re.compile(r"(?:[0-9][^0-9]?){10}")
"""In a name, which has not lost its zeros and is not among words."""
_OPAQUE = re.compile(
    r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|(?<![0-9a-zA-Z])(?=[0-9]*[a-fA-F])[0-9a-fA-F]{24,}(?![0-9a-zA-Z])"
)
"""Numbers that were drawn by lot to name something (UUIDs, hashes): some hold a birth date by chance."""
_COMMENT = re.compile(r"(?:^|\s)#([^\n]*)", re.MULTILINE)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


class TooMuchError(Exception):
    """The file unpacks to more than is searched."""


def columns_of(data: bytes, name: str) -> dict[str, list[str]]:
    """The different texts that have six digits, by what they are said as. Raises `TooMuchError`.

    >>> columns_of(b'<a:b> <a:notation> "12-3456", "12" . # 811218-9876', "a.ttl")
    {'notation': ['12-3456'], '#': [' 811218-9876']}
    """
    found: dict[str, dict[str, None]] = {}
    for heading, text in _written(data, name):
        if heading == NAMES:
            if _TEN_DIGITS.search(text) and _TEN_DIGITS.search(told := _OPAQUE.sub(" ", text)):
                found.setdefault(heading, {})[told] = None
        elif has_six_digits(text):
            found.setdefault(heading, {})[text] = None
    return {heading: list(texts) for heading, texts in found.items()}


def has_six_digits(text: str) -> bool:
    """Whether an identity number may be written in it: each has six digits at least, of whatever script.

    >>> has_six_digits("811218"), has_six_digits("81121"), has_six_digits("٨١١٢١٨")
    (True, False, True)
    """
    if text.isascii():
        return len(text) > 5 and _SIX_DIGITS.search(text) is not None
    return sum(one.isdigit() for one in text) > 5


def _written(data: bytes, name: str) -> Iterator[Written]:
    """What is written in a file, in its own way; as lines where it cannot be read so."""
    if data.startswith(b"PK\x03\x04"):
        yield from _of_archive(data)
        return
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        yield from _of_sheets(data)
        return
    kind = None if name.lower().endswith((".csv", ".tsv", ".txt")) else format_of(name, data)
    start = data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")[:1]
    read = _of_table
    if start == b"<" and kind not in (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES):
        read = _of_xml
    elif kind == ox.RdfFormat.JSON_LD:
        read = _of_json
    elif kind is not None:
        read = _of_turtle
    try:
        yield from read(data)
    except (UnreadableVocabularyError, expat.ExpatError, csv.Error, ValueError, RecursionError):
        yield from _of_lines(data)


def _of_turtle(data: bytes) -> Iterator[Written]:
    names: dict[str, None] = {}
    headings: dict[str, str] = {}
    with reading_faults(data):
        for subject, predicate, value, _graph in quads_of(data, "a.ttl"):
            names[subject.value if type(subject) is ox.NamedNode else resource_of(subject)] = None
            said = predicate.value
            if said not in headings:
                headings[said] = local_name(said)
            if type(value) is ox.Literal:
                yield headings[said], value.value
            else:
                names[value.value if type(value) is ox.NamedNode else resource_of(value)] = None
    for one in (*names, *headings):
        yield NAMES, one
    for comment in _COMMENT.finditer(_text_of(data)):
        yield COMMENTS, comment[1]


def _of_xml(data: bytes) -> Iterator[Written]:
    """Texts by their element (or its ``type``, as TBX names categories), attributes by theirs, comments and instructions."""
    data = in_utf_8(data)
    refuse_growing_entities(data)
    found: list[Written] = []
    open_: list[tuple[str, list[str]]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def start(name: str, attributes: Mapping[str, str]) -> None:
        for attribute, value in attributes.items():
            local = attribute.rpartition(" ")[2]
            found.append((NAMES if local in ("about", "resource", "ID", "nodeID", "id") else local, value))
        open_.append((attributes.get("type") or name.rpartition(" ")[2], []))

    def end(_name: str) -> None:
        heading, texts = open_.pop()
        found.append((heading, "".join(texts)))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda text: open_[-1][1].append(text)
    parser.CommentHandler = lambda text: found.append((COMMENTS, text))
    parser.ProcessingInstructionHandler = lambda target, text: found.append((COMMENTS, text))
    for place in range(0, len(data), 1 << 16):
        parser.Parse(data[place : place + (1 << 16)], False)
        yield from found
        found.clear()
    parser.Parse(b"", True)
    yield from found


def _of_json(data: bytes) -> Iterator[Written]:
    """Every text and number by its key, whether JSON-LD makes something of it or not."""
    left = [(ANYWHERE, json.loads(_text_of(data), parse_int=str, parse_float=str))]
    while left:
        key, value = left.pop()
        if isinstance(value, dict):
            for name, one in value.items():
                yield ANYWHERE, name
                heading = key if name in ("@value", "@list", "@set", "@graph") else NAMES if name == "@id" else name
                left.append((heading, one))
        elif isinstance(value, list):
            left += [(key, one) for one in value]
        elif isinstance(value, str):
            yield local_name(key), value


def _of_table(data: bytes) -> Iterator[Written]:
    text = _text_of(data)
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max((";", "\t", ","), key=first.count)
    limit = csv.field_size_limit(10_000_000)
    try:
        yield from _of_rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    finally:
        csv.field_size_limit(limit)


def _of_sheets(data: bytes) -> Iterator[Written]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            yield ANYWHERE, name
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield from _of_rows([_cell(one) for one in row] for row in rows)
    except (python_calamine.CalamineError, OSError, ValueError, KeyError):
        yield from _of_lines(data)


def _of_archive(data: bytes) -> Iterator[Written]:
    """A workbook: its cells by column, and every other part: comments, properties, texts that no cell shows any more."""
    yield from _of_sheets(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
                raise TooMuchError
            for part in archive.infolist():
                yield ANYWHERE, part.filename
                if part.filename.endswith((".xml", ".rels", ".vml")) and not _SHEET.fullmatch(part.filename):
                    with archive.open(part) as opened:
                        yield from _of_part(opened.read(MOST_UNPACKED))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError):
        yield from _of_lines(data)


def _of_part(data: bytes) -> Iterator[Written]:
    try:
        for _heading, text in _of_xml(data):
            yield ANYWHERE, text
    except (UnreadableVocabularyError, expat.ExpatError, ValueError):
        yield from _of_lines(data)


def _of_rows(rows: Iterable[Iterable[str]]) -> Iterator[Written]:
    """The cells of a table under its first row, each heading as a text of its own."""
    headings: list[str] = []
    for row in rows:
        if not headings:
            headings = list(row)
        yield from zip_longest(headings, row, fillvalue=ANYWHERE)


def _of_lines(data: bytes) -> Iterator[Written]:
    """What can be read of a file whose format cannot, part by part."""
    for line in _text_of(data).splitlines():
        for place in range(0, max(1, len(line) - OVERLAP), LONGEST_LINE - OVERLAP):
            yield ANYWHERE, line[place : place + LONGEST_LINE]


def _text_of(data: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def local_name(name: str) -> str:
    """
    >>> local_name("http://www.w3.org/2004/02/skos/core#notation"), local_name("skos:notation"), local_name("IRI")
    ('notation', 'notation', 'IRI')
    """
    return re.split(r"[#/:]", name.rstrip("#/:"))[-1]
