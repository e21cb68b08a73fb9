"""What each predicate of a vocabulary becomes: a text, a relation, or a statement that is kept as it is. Pure.

Names of SKOS stand for themselves (``broader``), those of other vocabularies have a prefix (``xl:prefLabel``).
"""

from termbank.editions.rows import DEFINITION, LABELS, LITERAL_FORM, NOTATION, NOTES
from termbank.vocabularies.index import ISO_THES, MAPPINGS, SKOS, SKOS_XL

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
FIRST, REST, NIL = "rdf:first", "rdf:rest", f"{RDF}nil"
MEMBER_LIST, MEMBER = "memberList", "member"
XL_LABELS = {f"xl:{name}": name for name in LABELS}
"""Relations from a concept to a label that is a resource, each with the kind of label."""
_PREFIXES = {"xl:": SKOS_XL, "iso:": ISO_THES, "rdf:": RDF, "": SKOS}

UPWARDS = ("broader", *(f"iso:broader{kind}" for kind in ("Generic", "Partitive", "Instantial")), "broaderTransitive")
DOWNWARDS = tuple(one.replace("broader", "narrower") for one in UPWARDS)
RELATED = "related"
MAPPED = tuple(one.removeprefix(SKOS) for one in MAPPINGS)
IN_SCHEME, TOP_OF, HAS_TOP = "inScheme", "topConceptOf", "hasTopConcept"
_TEXT_KINDS = (*LABELS, NOTATION, DEFINITION, *NOTES, f"xl:{LITERAL_FORM}")
_RELATION_KINDS = (
    *UPWARDS, *DOWNWARDS, RELATED, *MAPPED, IN_SCHEME, TOP_OF, HAS_TOP, MEMBER, MEMBER_LIST, FIRST, REST, *XL_LABELS,
    "xl:labelRelation", "semanticRelation", "mappingRelation",
)  # fmt: skip


def predicate_of(kind: str) -> str:
    """The IRI that a kind of text or relation is written with.

    >>> predicate_of("broader"), predicate_of("rdf:first")
    ('http://www.w3.org/2004/02/skos/core#broader', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#first')
    """
    prefix = next(one for one in _PREFIXES if kind.startswith(one))
    return _PREFIXES[prefix] + kind.removeprefix(prefix)


TEXT_BY_PREDICATE = {predicate_of(kind): kind for kind in _TEXT_KINDS}
RELATION_BY_PREDICATE = {predicate_of(kind): kind for kind in _RELATION_KINDS}
