"""The XML parts of a workbook, read without document types, entities or anything from outside the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

SEPARATOR = "\x1f"
"""Stands between texts that do not belong together; no identity number reaches across it."""

_RUNS = frozenset({"t", "r", "rPr", "b", "i", "u", "sz", "color", "rFont", "family", "scheme", "charset", "vertAlign"})
"""Elements that only dress a piece of a text: the text goes on after them."""


class UnsafeXmlError(Exception):
    """A document type or an entity, which no spreadsheet program writes."""


class BrokenXmlError(Exception):
    """The part is no well-formed XML."""


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


@dataclass(frozen=True, slots=True)
class Part:
    """What was read of one part."""

    elements: tuple[Element, ...]
    text: str
    """Every text and attribute value in it, apart from each other."""


def read_part(data: bytes, wanted: tuple[str, ...] = ()) -> Part:
    """Read a part; ``wanted`` are the local names of the elements to keep.

    Raises :class:`UnsafeXmlError` or :class:`BrokenXmlError`.

    >>> read_part(b'<a><si><t>8112</t><r><t>18</t></r></si></a>', ("si",)).elements[0].text
    '811218'
    """
    reader = _Reader(frozenset(wanted))
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.character_data
    parser.CommentHandler = lambda text: reader.texts.append(SEPARATOR + text + SEPARATOR)
    parser.ProcessingInstructionHandler = lambda _target, text: reader.texts.append(SEPARATOR + text + SEPARATOR)
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise BrokenXmlError(str(error)) from None
    return Part(tuple(reader.found), "".join(reader.texts))


def _refuse(*_arguments: object) -> int:
    raise UnsafeXmlError
