"""Bytes of an RDF file → triples: Turtle, RDF/XML, N-Triples or JSON-LD. Runs where nothing can be harmed (`caged`). Pure.

Nothing that a file asks for is fetched: a remote JSON-LD context is refused, a DTD is not loaded. Entities of RDF/XML are taken
where each is a short text of its own (`MOST_OF_AN_ENTITY`); one that is made of others can grow to anything, and is refused.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from xml.parsers import expat

import pyoxigraph as ox

from registry.findings import Finding
from termbank.finding_texts.all import FINDINGS
from termbank.vocabularies.file_faults import fault_in
from termbank.vocabularies.index import Literal, Resource, Triple

KINDS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}
"""By the end of the file's name."""
MOST_OF_AN_ENTITY = 500
"""Characters."""
MOST_GROWTH = 10_000_000
"""Bytes that entities may add to a file."""

_PROLOG = re.compile(
    rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*(?:<!DOCTYPE\s(?P<doctype>[^\[>]*(?:\[(?P<subset>.*?)\]\s*)?)>)?", re.DOTALL
)
_ENTITY = re.compile(
    rb"<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[^\s%]+)\s+(?:(?P<outside>SYSTEM|PUBLIC)\b|(?P<quote>[\"'])(?P<text>.*?)(?P=quote))",
    re.DOTALL,
)
_OWN_REFERENCE = re.compile(rb"&(?!#|amp;|lt;|gt;|quot;|apos;)|%")
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_ELEMENT = re.compile(rb"\s*<([^\s/>!?]+)")
_RDF = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class UnreadableVocabularyError(Exception):
    """The file is no RDF that can be read; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def format_of(name: str, data: bytes) -> ox.RdfFormat | None:
    """Which kind of RDF a file is: by its name, else by how it begins.

    >>> format_of("a.TTL", b""), format_of("a", b" <rdf:RDF"), format_of("a.pdf", b"%PDF")
    (<RdfFormat Turtle>, <RdfFormat RDF/XML>, None)
    """
    for ending, kind in KINDS.items():
        if name.lower().endswith(ending):
            return kind
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<?xml", b"<rdf:", b"<!doctype")):
        return ox.RdfFormat.RDF_XML
    if start.startswith((b"{", b"[")):
        return ox.RdfFormat.JSON_LD
    if start.startswith((b"@prefix", b"@base", b"prefix ", b"base ", b"#", b"<http", b"<urn", b"_:")):
        return ox.RdfFormat.TURTLE  # N-Triples is Turtle, too
    return None


def triples_of(data: bytes, name: str) -> Iterator[Triple]:
    """The triples of a file, as it is read. Raises `UnreadableVocabularyError`."""
    with reading_faults(data):
        for subject, predicate, value, _graph in quads_of(data, name):
            one = subject.value if type(subject) is ox.NamedNode else resource_of(subject)
            if type(value) is ox.NamedNode:
                yield one, predicate.value, value.value
            elif type(value) is ox.Literal:
                language = value.language
                yield one, predicate.value, Literal(value.value, language) if language else _plain(value)
            else:
                yield one, predicate.value, resource_of(value)


def _plain(value: ox.Literal) -> Literal:
    datatype = value.datatype.value
    return Literal(value.value, "", "" if datatype == _STRING else datatype)


def quads_of(data: bytes, name: str, base: str = "file:///") -> Iterable[Any]:
    """What pyoxigraph reads in a file; relative IRIs are read against ``base``. Use it within `reading_faults`.

    Raises `UnreadableVocabularyError` where it is no kind of RDF, or could grow while it is read.
    """
    kind = format_of(name, data)
    if kind is None:
        raise UnreadableVocabularyError(FINDINGS.found("VOC-101"))
    data = in_utf_8(data)
    if kind == ox.RdfFormat.JSON_LD and data.strip() and b'"@' not in data:  # JSON without any word of JSON-LD
        raise UnreadableVocabularyError(FINDINGS.found("VOC-101"))
    if kind == ox.RdfFormat.RDF_XML:
        refuse_growing_entities(data)
        _refuse_other_xml(data)
        _refuse_cut_off(data)
        data = _in_whole_texts(data)
    return ox.parse(data, format=kind, base_iri=base, lenient=True)


@contextmanager
def reading_faults(data: bytes) -> Iterator[None]:
    """What pyoxigraph raises within, where it reads ``data``, is raised as `UnreadableVocabularyError`."""
    try:
        yield
    except SyntaxError as error:
        raise UnreadableVocabularyError(_fault(error, data)) from None
    except ValueError as error:  # base that cannot be resolved against, and the like
        raise UnreadableVocabularyError(fault_in(0, str(error))) from None


def refuse_growing_entities(data: bytes) -> None:
    """Look through the prolog of an RDF/XML file in UTF-8, however long it is. Raises `UnreadableVocabularyError` for an entity
    that could grow."""
    prolog = _PROLOG.match(data)
    subset = (prolog and prolog["subset"]) or b""
    growth = 0
    for entity in _ENTITY.finditer(subset):
        text = entity["text"] or b""
        growth += data.count(b"&%b;" % entity["name"]) * len(text)
        is_long = len(text.decode("utf-8", "replace")) > MOST_OF_AN_ENTITY
        if entity["parameter"] or entity["outside"] or _OWN_REFERENCE.search(text) or is_long or growth > MOST_GROWTH:
            name = entity["name"].decode("utf-8", "replace")[:80]
            raise UnreadableVocabularyError(FINDINGS.found("VOC-103", {"name": name, "most": MOST_OF_AN_ENTITY}))


def in_utf_8(data: bytes) -> bytes:
    """The same text in UTF-8: by its mark, else by what an XML file says."""
    declared = _DECLARED.match(data[:200])
    encoding = next(
        (name for mark, name in _MARKS if data.startswith(mark)), declared[1].decode() if declared else "utf-8"
    )
    if encoding.lower() in ("utf-8", "utf8", "us-ascii", "ascii"):
        return data
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        raise UnreadableVocabularyError(FINDINGS.found("VOC-104", {"encoding": encoding[:40]})) from None
    return re.sub(r"(<\?xml[^>]*?)\sencoding\s*=\s*[\"'][^\"']*[\"']", r"\1", text, count=1).encode()


def resource_of(term: ox.NamedNode | ox.BlankNode | ox.Triple) -> Resource:
    """What a resource is called: its IRI, or ``_:`` and a name."""
    return (
        term.value
        if isinstance(term, ox.NamedNode)
        else f"_:{term.value}"
        if isinstance(term, ox.BlankNode)
        else str(term)
    )


def _in_whole_texts(data: bytes) -> bytes:
    """The same XML without comments, instructions and CDATA: pyoxigraph takes a text that they part for several, and refuses it
    or drops the blanks between (XML 1.0, 2.4 to 2.7).

    >>> _in_whole_texts(b"<?xml version='1.0'?><a>b <!-- c --><![CDATA[ <d> ]]></a>")
    b"<?xml version='1.0'?><a>b  &lt;d&gt; </a>"
    """
    return _PARTING.sub(_as_text, data)


_PARTING = re.compile(rb"<!--.*?-->|<\?(?!xml\s).*?\?>|<!\[CDATA\[(?P<text>.*?)\]\]>", re.DOTALL)


def _as_text(parting: re.Match[bytes]) -> bytes:
    text: bytes = parting["text"] or b""
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _refuse_other_xml(data: bytes) -> None:
    """Raises `UnreadableVocabularyError` for XML of another kind: it names RDF nowhere."""
    prolog = _PROLOG.match(data)
    root = _ELEMENT.match(data, prolog.end() if prolog else 0)
    if root is not None and not root[1].startswith(b"rdf:") and _RDF not in data:
        name = root[1].decode("utf-8", "replace")[:80]
        is_tbx = name.rpartition(":")[2].lower() in ("martif", "tbx")
        raise UnreadableVocabularyError(
            FINDINGS.found("VOC-110") if is_tbx else FINDINGS.found("VOC-108", {"name": name})
        )


def _fault(error: SyntaxError, data: bytes) -> Finding:
    words = str(error.msg)
    if "remote context" in words:
        return FINDINGS.found("VOC-105")
    if error.lineno:
        return fault_in(error.lineno, words, error.offset or 0)
    is_xml = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    found = _fault_of_xml(in_utf_8(data)) if is_xml else None
    return fault_in(found.lineno, _words_of(found), found.offset + 1) if found else fault_in(0, words)


def _refuse_cut_off(data: bytes) -> None:
    """Raises `UnreadableVocabularyError` for XML in UTF-8 that ends before its first element does: pyoxigraph takes the end of
    the file for that of every text that is open, and gives what was read so far."""
    fault = _fault_of_xml(data) if data.strip() else None
    if fault is not None and fault.code in _AT_THE_END:
        raise UnreadableVocabularyError(fault_in(fault.lineno, _words_of(fault), fault.offset + 1))


_AT_THE_END = {expat.errors.codes[one] for one in (
    expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN, expat.errors.XML_ERROR_PARTIAL_CHAR,
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
)}  # fmt: skip
"""Faults that expat finds where a file ends."""


def _fault_of_xml(data: bytes) -> expat.ExpatError | None:
    """Where XML breaks, which pyoxigraph does not tell. Nothing outside the file is loaded."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError as error:
        return error
    return None


def _words_of(error: expat.ExpatError) -> str:
    return expat.errors.messages.get(error.code, str(error))
