"""Statements that another vocabulary made, which a concept keeps as lines of N-Triples, as triples for what is written. Pure.

A literal stays as it was written: rdflib would make ``"007"^^xsd:integer`` into ``"7"``. A name that no strict reader of RDF
takes is not written, since it would spoil the whole file for them.
"""

import logging
import warnings
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import Literal, URIRef

from termbank.concepts.concept import is_web_address

# rdflib warns of each literal that is not of its datatype, with its text: it is somebody else's, and stays as it is.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)
warnings.filterwarnings("ignore", category=UserWarning, module=r"rdflib\.term")
Triple = tuple[URIRef, URIRef, URIRef | Literal]
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def is_name(iri: str) -> bool:
    """Whether an IRI is one for a strict reader (RFC 3987).

    >>> is_name("https://v.example/å#1"), is_name("https://v.example/{id}"), is_name("https://v.example/100%")
    (True, False, False)
    """
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True


def is_address(iri: str) -> bool:
    """Whether an IRI is a web address that may stand in what is written."""
    return is_web_address(iri) and is_name(iri)


def literal(text: str, language: str = "", datatype: str = "") -> Literal:
    """The literal with exactly this text.

    >>> literal("007", datatype="http://www.w3.org/2001/XMLSchema#integer").n3()
    '"007"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    return Literal(text, lang=language or None, datatype=URIRef(datatype) if datatype else None, normalize=False)


def triple_of(line: str) -> Triple | None:
    """The statement of a line, or ``None`` where it is none for a strict reader: earlier releases kept such lines too."""
    try:
        found = [quad.triple for quad in ox.parse(line, format=ox.RdfFormat.N_TRIPLES)]
    except (SyntaxError, ValueError):
        return None
    if len(found) != 1 or not isinstance(found[0].subject, ox.NamedNode):
        return None
    value = found[0].object
    if isinstance(value, ox.Literal):
        is_plain = value.language or value.datatype.value == _STRING
        said: URIRef | Literal = literal(value.value, value.language or "", "" if is_plain else value.datatype.value)
    else:
        said = URIRef(value.value)
    return URIRef(found[0].subject.value), URIRef(found[0].predicate.value), said


def triples_of(lines: Iterable[str]) -> Iterator[Triple]:
    """The statements that can be written."""
    yield from (found for line in lines if (found := triple_of(line)) is not None)
