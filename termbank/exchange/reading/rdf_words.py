"""What SKOS, SKOS-XL, ISO 25964 and this register's own vocabulary call the parts of a concept. Pure."""

from collections.abc import Iterable

import pyoxigraph as ox

from termbank.concepts.outline import MADE_UP_TEXT, RENDERING_TEXT
from termbank.exchange.reading.blank_nodes import Fact
from termbank.exchange.skos import NO_DEFINITION
from termbank.notions import RelationKind, TermStatus
from termbank.vocabularies.index import ISO_THES, RDF_TYPE, SKOS, SKOS_XL
from termbank.vocabularies.rdf_files import resource_of

DCT, OWL = "http://purl.org/dc/terms/", "http://www.w3.org/2002/07/owl#"
VERSION_OF = f"{DCT}isVersionOf"
FORM = f"{SKOS_XL}literalForm"
RDF_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
STATUSES = {
    "prefLabel": TermStatus.PREFERRED,
    "altLabel": TermStatus.ADMITTED,
    "hiddenLabel": TermStatus.HIDDEN,
}
LABELS = {SKOS + name: status for name, status in STATUSES.items()}
XL_LABELS = {SKOS_XL + name: status for name, status in STATUSES.items()}
NOTES = {
    f"{SKOS}scopeNote": "notes",
    f"{SKOS}note": "notes",
    f"{SKOS}example": "examples",
    f"{SKOS}editorialNote": "problems",
}
UP = {
    f"{SKOS}broader": RelationKind.BROADER_UNKNOWN,
    f"{ISO_THES}broaderGeneric": RelationKind.GENERIC,
    f"{ISO_THES}broaderPartitive": RelationKind.PARTITIVE,
}
DOWN = {name.replace("broader", "narrower"): kind for name, kind in UP.items()}
MATCHES = {
    f"{SKOS}exactMatch": RelationKind.EXACT,
    f"{SKOS}closeMatch": RelationKind.CLOSE,
    f"{SKOS}broadMatch": RelationKind.BROAD,
    f"{SKOS}narrowMatch": RelationKind.NARROW,
    f"{SKOS}relatedMatch": RelationKind.RELATED,
}
OWN_FACTS = frozenset(
    {f"{DCT}identifier", f"{DCT}source", f"{DCT}valid", f"{DCT}bibliographicCitation", f"{OWL}versionInfo",
     f"{OWL}deprecated", f"{SKOS}historyNote", f"{DCT}isReplacedBy", f"{DCT}replaces", f"{DCT}hasVersion",
     f"{OWL}sameAs"}
)  # fmt: skip
"""What this register writes of its own concepts beside their content."""
GENERATED = frozenset(
    text.in_language(language) for text in (NO_DEFINITION, RENDERING_TEXT, MADE_UP_TEXT) for language in ("sv", "en")
)
PREFIXES = {SKOS: "skos:", SKOS_XL: "skosxl:", ISO_THES: "iso-thes:", DCT: "dct:", OWL: "owl:",
             "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:", "http://www.w3.org/2000/01/rdf-schema#": "rdfs:"}  # fmt: skip
DC_TITLE = "http://purl.org/dc/elements/1.1/title"


def short(predicate: str) -> str:
    """
    >>> short("http://www.w3.org/2004/02/skos/core#member"), short("https://v.example/x")
    ('skos:member', 'https://v.example/x')
    """
    for namespace, prefix in PREFIXES.items():
        if predicate.startswith(namespace):
            return prefix + predicate.removeprefix(namespace)
    return predicate


def datatype(text: ox.Literal) -> str:
    """The datatype of a literal that is neither plain nor in a language, else nothing."""
    return "" if text.language or text.datatype.value == XSD_STRING else text.datatype.value


def is_a(kind: str, facts: Iterable[Fact]) -> bool:
    return any(what == RDF_TYPE and resource_of(said) == kind for what, said in facts)


def is_deprecated(facts: list[Fact]) -> bool:
    return any(
        what == f"{OWL}deprecated" and isinstance(said, ox.Literal) and said.value == "true" for what, said in facts
    )
