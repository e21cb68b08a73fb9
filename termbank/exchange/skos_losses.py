"""What the triples of a scheme cannot hold, counted before anybody downloads them. Pure."""

from registry.findings import Finding
from registry.formats import counted_losses
from registry.provenance import Provenance
from termbank.concepts.concept import Concept, Notation, Note, Term
from termbank.concepts.kept_statements import is_address, is_name, triple_of
from termbank.exchange.scheme_exports import SchemeExport
from termbank.finding_texts.all import FINDINGS
from termbank.notions import HIERARCHICAL, RelationKind

ROLES = {**dict.fromkeys(HIERARCHICAL, "broader"), RelationKind.ASSOCIATIVE: "related"}


def losses(source: SchemeExport) -> tuple[Finding, ...]:
    """What the triples of plain SKOS do not hold: what `losses_with_labels` says, and what is said of single terms."""
    terms = sum(says_more(term) for one in source.concepts for term in one.concept.terms)
    return (*losses_with_labels(source), *counted_losses(FINDINGS, {"SKOS-006": terms}))


def losses_with_labels(source: SchemeExport) -> tuple[Finding, ...]:
    """What is lost where terms are resources (SKOS-XL): relations that lead out, and what SKOS has no place for."""
    known = source.slugs
    relations = [
        FINDINGS.found("SKOS-LOST", {"slug": one.slug, "role": role, "other": other})
        for one in (*source.concepts, *source.gone)
        for role, other in _relations(one.concept)
        if other not in known
    ]
    concepts = [one.concept for one in source.concepts]
    described = {one.slug: one.concept for one in source.concepts}
    statements = [one.application for one in source.applications if one.application.concept in described]
    addresses = [source.url for one in concepts for source in one.sources]
    addresses += [one.decision.url for one in statements if one.decision]
    counts = {
        "SKOS-001": sum(bool(other.source) for one in concepts for other in one.contested),
        "SKOS-002": sum(bool(note.source and note.url) for one in concepts for note in _notes(one)),
        "SKOS-003": sum(one.provenance is Provenance.REPRODUCED for one in concepts),
        "SKOS-004": sum(one.term != described[one.concept].title for one in statements),
        "SKOS-005": sum(bool(url) and not is_address(url) for url in addresses),
        "SKOS-007": sum(bool(said.source or said.url) for one in concepts for said in one.definitions),
        "SKOS-008": sum(bool(relation.label) for one in concepts for relation in one.relations),
        "SKOS-009": sum(_unwritable(one.concept) for one in (*source.concepts, *source.gone)),
    }
    return (*relations, *counted_losses(FINDINGS, counts))


def _relations(concept: Concept) -> list[tuple[str, str]]:
    """Each relation of a concept to another here: its role, and the key of the other concept or else its id."""
    return [
        (ROLES.get(relation.kind, relation.kind.value), relation.key or relation.target.item)
        for relation in concept.relations
        if not relation.target.iri
    ]


def is_writable(notation: Notation) -> bool:
    """Whether a format of RDF can hold the notation: its datatype is an IRI, or there is none."""
    return not notation.datatype or is_name(notation.datatype)


def _unwritable(concept: Concept) -> int:
    """Statements, mappings and notations with an address that no strict reader of RDF takes."""
    statements = concept.foreign.statements if concept.foreign else ()
    return (
        sum(triple_of(line) is None for line in statements)
        + sum(bool(one.target.iri) and not is_address(one.target.iri) for one in concept.relations)
        + sum(not is_writable(one) for one in concept.notations)
    )


def says_more(term: Term) -> bool:
    """Whether something is said of the term that no plain label holds."""
    return bool(term.source or term.grammar or term.abbreviation or term.homograph is not None)


def _notes(concept: Concept) -> tuple[Note, ...]:
    return *concept.notes, *concept.examples, *concept.problems
