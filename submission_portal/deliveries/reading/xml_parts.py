"""The XML parts of a workbook, read without document types, entities or anything from outside the file.

Parsed by expat through the standard library: it reaches for nothing outside, takes time and memory in proportion to the part
however deep or wide it is, and refuses what is not well-formed (two attributes of one name, for instance).
"""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

SEPARATOR = "\x1f"
"""Stands between texts that do not belong together; no identity number reaches across it."""

_RUNS = frozenset({"t", "r", "rPr", "b", "i", "u", "sz", "color", "rFont", "family", "scheme", "charset", "vertAlign"})
"""Elements that only dress a piece of a text: the text goes on after them."""
ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1", "windows-1252"})
"""OOXML allows the first two (ECMA-376 part 2, 8.2); the others are read as they always were."""
PLAIN_ENCODINGS = frozenset({"utf-8", "us-ascii"})
_PREFIX = re.compile(rb"<(/?)(?:[^\s<>/:]+:)+")


class UnsafeXmlError(Exception):
    """A document type or an entity, which no spreadsheet program writes."""


class BrokenXmlError(Exception):
    """The part is no well-formed XML."""


class StrangeEncodingError(Exception):
    """The part says that it is in an encoding that no spreadsheet program writes."""


@dataclass(slots=True)
class Element:
    """One element as it was met, in document order: local name, attributes (local names) and the text directly in it
    and in its runs."""

    name: str
    attributes: Mapping[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


@dataclass(slots=True)
class _Reader:
    wanted: frozenset[str]
    found: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    open: list[Element | None] = field(default_factory=list)
    within: list[Element] = field(default_factory=list)
    """The wanted elements among the open ones."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        for value in attributes.values():
            self.texts.append(SEPARATOR + value + SEPARATOR)
        if local in self.wanted:
            element = Element(local, {key.rpartition(":")[2]: value for key, value in attributes.items()})
            self.found.append(element)
            self.open.append(element)
            self.within.append(element)
        else:
            self.open.append(None)

    def end(self, name: str) -> None:
        if self.open.pop() is not None:
            self.within.pop()
        if name.rpartition(":")[2] not in _RUNS:
            self.texts.append(SEPARATOR)

    def character_data(self, text: str) -> None:
        self.texts.append(text)
        if self.within:
            self.within[-1].pieces.append(text)

    def aside(self, text: str) -> None:
        self.texts.append(SEPARATOR + text + SEPARATOR)


@dataclass(frozen=True, slots=True)
class Part:
    """What was read of one part."""

    elements: tuple[Element, ...]
    text: str
    """Every text and attribute value in it, apart from each other."""


def read_part(data: bytes, wanted: tuple[str, ...] = ()) -> Part:
    """Read a part; ``wanted`` are the local names of the elements to keep.

    Raises :class:`UnsafeXmlError`, :class:`StrangeEncodingError` or :class:`BrokenXmlError`.

    >>> read_part(b'<a><si><t>8112</t><r><t>18</t></r></si></a>', ("si",)).elements[0].text
    '811218'
    """
    reader = _Reader(frozenset(wanted))
    parse(
        data,
        start=reader.start,
        end=reader.end,
        character_data=reader.character_data,
        aside=reader.aside,
    )
    return Part(tuple(reader.found), "".join(reader.texts))


def parse(
    data: bytes,
    *,
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    character_data: Callable[[str], None] | None = None,
    aside: Callable[[str], None] | None = None,
) -> str:
    """Parse a part and call what is given for each piece of it; ``aside`` is for comments and processing instructions.

    Returns the encoding that it declares (lower case, ``""``: none). Raises as `read_part` does.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    declared = ""

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        nonlocal declared
        declared = (encoding or "").casefold()
        if declared and declared not in ENCODINGS:
            raise StrangeEncodingError

    def instruction(_target: str, text: str) -> None:
        if aside is not None:
            aside(text)

    parser.XmlDeclHandler = declaration
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = _refuse
    if start is not None:
        parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if character_data is not None:
        parser.CharacterDataHandler = character_data
    if aside is not None:
        parser.CommentHandler = aside
        parser.ProcessingInstructionHandler = instruction
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise BrokenXmlError(str(error)) from None
    return declared


def as_plain(data: bytes) -> bytes | None:
    """The part where each ``<`` begins a tag and each ``>`` ends one: UTF-8 without comments, CDATA, processing instructions,
    or a ``>`` elsewhere. Such a part can be searched as bytes, and no two readers can understand it in two ways. ``None`` for
    any other, which has to be read by a parser.

    Raises as `read_part` does: well-formed it is in any case.

    >>> as_plain(b'<?xml version="1.0"?><a>1</a>'), as_plain(b'<a b=">"/>'), as_plain(b'<a><!-- b --></a>')
    (b'<a>1</a>', None, None)
    """
    if parse(data) not in ("", *PLAIN_ENCODINGS):
        return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data.startswith(b"<?xml"):
        data = data[data.index(b"?>") + 2 :].lstrip(b" \t\r\n")
    if b"<!" in data or b"<?" in data or data.count(b"<") != data.count(b">"):
        return None
    try:
        data.decode()
    except UnicodeDecodeError:
        return None  # UTF-16
    return data


def without_prefixes(data: bytes) -> bytes:
    """A part of the plain form with the local names of its elements only.

    >>> without_prefixes(b'<x:a xmlns:x="u">1</x:a>')
    b'<a xmlns:x="u">1</a>'
    """
    return _PREFIX.sub(rb"<\1", data)


def escaped(text: str) -> str:
    """A text as it is written between tags (`xml.sax.saxutils` would bring half of the network with it).

    >>> escaped("a < b & c")
    'a &lt; b &amp; c'
    """
    return html.escape(text, quote=False).replace("\r", "&#13;")


def quoted(value: str) -> str:
    """A value as it is written for an attribute, within its quotation marks.

    >>> quoted('"<')
    '"&quot;&lt;"'
    """
    return f'"{html.escape(value)}"'


def _refuse(*_arguments: object) -> int:
    raise UnsafeXmlError
