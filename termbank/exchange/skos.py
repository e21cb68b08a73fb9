"""A concept scheme as SKOS: the triples that `termbank.formats` writes. What they cannot hold is said by `skos_losses`.

A plain profile, without SKOS-XL: preferred, alternative and hidden labels (hidden for deprecated terms), definition,
scope and editorial notes, examples, broader, narrower and related (generic and partitive also as ISO 25964 names them),
mappings, top concepts, source and version, and what another vocabulary said of it. What SKOS has no words for
(which version this is, how regions apply a wording, relations that are applied differently) stands beside it in a
small vocabulary of our own, described in the file itself.

Identifiers are opaque; `names` makes them absolute, with the base address of the instance that exports. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Protocol

from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from registry.findings import Text
from registry.provenance import Provenance
from termbank.concepts.concept import Concept, Note, Relation
from termbank.concepts.kept_statements import is_address, literal, triples_of
from termbank.concepts.outline import MADE_UP_TEXT, RENDERING_TEXT
from termbank.concepts.version_chain import PublishedVersion
from termbank.exchange.names import Names, nodes_of
from termbank.exchange.scheme_exports import PublishedApplication, PublishedConcept, SchemeExport
from termbank.exchange.skos_losses import is_writable
from termbank.exchange.vocabulary import VOCABULARY, VocabularyTerm
from termbank.notions import RelationKind, TermStatus

LANGUAGES = ("sv", "en")
ISO_THES = Namespace("http://purl.org/iso25964/skos-thes#")
LABELS = {
    TermStatus.PREFERRED: SKOS.prefLabel,
    TermStatus.ADMITTED: SKOS.altLabel,
    TermStatus.DEPRECATED: SKOS.hiddenLabel,
    TermStatus.HIDDEN: SKOS.hiddenLabel,
}
TERM_PROPERTIES = {TermStatus.DEPRECATED: "deprecatedLabel"}
"""What tells labels apart that SKOS does not."""
HIERARCHIES = {
    RelationKind.GENERIC: (ISO_THES.broaderGeneric, ISO_THES.narrowerGeneric),
    RelationKind.PARTITIVE: (ISO_THES.broaderPartitive, ISO_THES.narrowerPartitive),
}
MATCHES = {
    RelationKind.EXACT: (SKOS.exactMatch, SKOS.exactMatch),
    RelationKind.CLOSE: (SKOS.closeMatch, SKOS.closeMatch),
    RelationKind.BROAD: (SKOS.broadMatch, SKOS.narrowMatch),
    RelationKind.NARROW: (SKOS.narrowMatch, SKOS.broadMatch),
    RelationKind.RELATED: (SKOS.relatedMatch, SKOS.relatedMatch),
}


class Triples(Protocol):
    """What triples are written to: a graph of rdflib, or lines (`termbank.sparql.lines`)."""

    def bind(self, prefix: str, namespace: Any) -> Any: ...

    def add(self, triple: Any) -> Any: ...

    def __contains__(self, triple: Any) -> bool:
        """Whether there is a triple of this pattern: ``None`` for anything, but at the place of a predicate or a class."""


def graph(source: SchemeExport) -> Graph:
    """The scheme as triples."""
    triples = Graph()
    write(source, triples)
    return triples


def write(source: SchemeExport, triples: Triples) -> None:
    """Write the triples of a scheme."""
    names = Names(source.base)
    triples.bind("skos", SKOS)
    triples.bind("dct", DCTERMS)
    triples.bind("owl", OWL)
    triples.bind("vpr", names.vocabulary)
    triples.bind("iso-thes", ISO_THES)
    node = names.scheme(source.scheme)
    triples.add((node, RDF.type, SKOS.ConceptScheme))
    _say(triples, node, DCTERMS.title, source.scheme.title)
    _say(triples, node, SKOS.prefLabel, source.scheme.title)
    _say(triples, node, DCTERMS.description, source.scheme.description)
    if is_address(source.scheme.licence):
        triples.add((node, DCTERMS.license, URIRef(source.scheme.licence)))
    nodes = nodes_of(source)
    _add_earlier_names(triples, names, node, nodes, source)
    for one in source.concepts:
        _add_concept(triples, names, node, nodes, one)
    for one in source.gone:
        _add_concept(triples, names, node, nodes, one, is_gone=True)
    described = {one.slug for one in source.concepts}
    for statement in source.applications:
        if statement.application.concept in described:
            _add_application(triples, names, nodes, statement)
    _describe_vocabulary(triples, names, bool(source.applications))


def _add_earlier_names(
    triples: Triples, names: Names, scheme: URIRef, nodes: Mapping[str, URIRef], source: SchemeExport
) -> None:
    """What the scheme and its concepts were called in files before its base was another: two names of one thing."""
    for base in source.earlier_bases:
        triples.add((scheme, OWL.sameAs, names.scheme(replace(source.scheme, base=base))))
        for one in (*source.concepts, *source.gone):
            triples.add((nodes[one.slug], OWL.sameAs, names.concept(one.item_id, base)))


def _add_concept(
    triples: Triples,
    names: Names,
    scheme: URIRef,
    nodes: Mapping[str, URIRef],
    one: PublishedConcept,
    *,
    is_gone: bool = False,
) -> None:
    node, concept, own = nodes[one.slug], one.concept, names.vocabulary
    triples.add((node, RDF.type, SKOS.Concept))
    triples.add((node, SKOS.inScheme, scheme))
    _add_terms(triples, names, node, concept)
    for one_wording in concept.definitions:
        triples.add((node, SKOS.definition, _literal(one_wording.text, one_wording.language)))
    if not concept.definitions:
        _say(triples, node, SKOS.editorialNote, NO_DEFINITION)
    for predicate, notes in (
        (SKOS.scopeNote, concept.notes),
        (SKOS.example, concept.examples),
        (SKOS.editorialNote, concept.problems),
    ):
        for note in notes:
            for said in note.texts:
                triples.add((node, predicate, _literal(_with_source(said.text, note), said.language)))
    for domain in concept.subject_field:
        triples.add((node, own.subjectField, _literal(domain.text, domain.language)))
    for notation in concept.notations:
        if is_writable(notation):
            triples.add((node, SKOS.notation, literal(notation.text, datatype=notation.datatype)))
    if concept.rendering:
        _say(triples, node, SKOS.editorialNote, RENDERING_TEXT)
    if concept.provenance is Provenance.MADE_UP:
        _say(triples, node, SKOS.editorialNote, MADE_UP_TEXT)
    _add_relations(triples, names, scheme, nodes, one, is_gone)
    _add_sources(triples, node, concept)
    _add_foreign(triples, node, concept)
    triples.add((node, OWL.versionInfo, Literal(str(one.number))))
    triples.add((node, DCTERMS.identifier, Literal(one.slug)))
    triples.add((node, own.version, names.version(one.content_hash)))
    triples.add((node, own.contentHash, Literal(one.content_hash)))
    triples.add((node, own.status, Literal(one.state)))
    triples.add((node, own.origin, Literal(concept.origin.value)))
    if concept.concerns_persons is not None:
        triples.add((node, own.concernsPersons, Literal(concept.concerns_persons)))
    if one.valid_from:
        triples.add((node, DCTERMS.valid, Literal(one.valid_from.isoformat(), datatype=XSD.date)))
    if one.is_withdrawn and not one.goes_on:
        triples.add((node, OWL.deprecated, Literal(True)))
    if one.replaced_by in nodes:
        triples.add((node, DCTERMS.isReplacedBy, nodes[one.replaced_by]))
        triples.add((nodes[one.replaced_by], DCTERMS.replaces, node))
    if one.coming:
        triples.add((node, own.comingVersion, names.version(one.coming.content_hash)))
        triples.add((node, own.comingFrom, Literal(one.coming.valid_from.isoformat(), datatype=XSD.date)))
    _add_versions(triples, names, node, one.versions)


def _add_versions(triples: Triples, names: Names, node: URIRef, versions: Sequence[PublishedVersion]) -> None:
    """The versions of a concept and which took the place of which; nothing where one alone has ever applied, and does."""
    own = names.vocabulary
    for one in versions if len(versions) > 1 or any(one.is_past for one in versions) else ():
        version = names.version(one.content_hash)
        triples.add((node, DCTERMS.hasVersion, version))
        triples.add((version, RDF.type, own.ConceptVersion))
        triples.add((version, DCTERMS.isVersionOf, node))
        triples.add((version, OWL.versionInfo, Literal(str(one.number))))
        triples.add((version, own.status, Literal(one.state)))
        for predicate, day in ((DCTERMS.valid, one.valid_from), (own.transitionUntil, one.transition_until)):
            if day:
                triples.add((version, predicate, Literal(day.isoformat(), datatype=XSD.date)))
        if one.is_past:
            triples.add((version, OWL.deprecated, Literal(True)))
    for earlier, later in pairwise(versions):
        triples.add((names.version(earlier.content_hash), DCTERMS.isReplacedBy, names.version(later.content_hash)))
        triples.add((names.version(later.content_hash), DCTERMS.replaces, names.version(earlier.content_hash)))


def _add_relations(
    triples: Triples, names: Names, scheme: URIRef, nodes: Mapping[str, URIRef], one: PublishedConcept, is_gone: bool
) -> None:
    """The relations both ways. What is gone names others, and none of them names it; nor is it on top of anything."""
    node, concept = nodes[one.slug], one.concept
    for relation in concept.relations:
        if (other := _node_of(relation, nodes)) is not None:
            for forth, back in _properties(relation.kind):
                triples.add((node, forth, other))
                if relation.key in nodes and not is_gone:
                    triples.add((other, back, node))
    if not concept.broader and not is_gone:
        triples.add((node, SKOS.topConceptOf, scheme))
        triples.add((scheme, SKOS.hasTopConcept, node))
    for doubt in concept.contested:
        if doubt.key in nodes:
            triples.add((node, names.vocabulary.appliedDifferently, nodes[doubt.key]))
            for said in doubt.texts:
                triples.add((node, SKOS.editorialNote, _literal(said.text, said.language)))


def _node_of(relation: Relation, nodes: Mapping[str, URIRef]) -> URIRef | None:
    iri = relation.target.iri
    return nodes.get(relation.key) if not iri else URIRef(iri) if is_address(iri) else None


def _properties(kind: RelationKind) -> list[tuple[URIRef, URIRef]]:
    """The properties there and back of a relation of this kind."""
    if kind in MATCHES:
        return [MATCHES[kind]]
    if kind is RelationKind.ASSOCIATIVE:
        return [(SKOS.related, SKOS.related)]
    if kind is RelationKind.CONTESTED:
        return []
    finer = [HIERARCHIES[kind]] if kind in HIERARCHIES else []
    return [(SKOS.broader, SKOS.narrower), *finer]


def _add_terms(triples: Triples, names: Names, node: URIRef, concept: Concept) -> None:
    for term in concept.terms:
        label = _literal(term.text, term.language)
        triples.add((node, LABELS[term.status], label))
        if (finer := TERM_PROPERTIES.get(term.status)) is not None:
            triples.add((node, names.vocabulary[finer], label))


def _add_sources(triples: Triples, node: URIRef, concept: Concept) -> None:
    for source in concept.sources:
        if is_address(source.url):
            triples.add((node, DCTERMS.source, URIRef(source.url)))
        cited = ", ".join(part for part in (source.title, source.date) if part)
        triples.add((node, DCTERMS.bibliographicCitation, _literal(cited, source.language)))
        told: dict[str, list[str]] = {}
        for said in (*source.status, *source.verification):
            told.setdefault(said.language, []).append(said.text)
        for language, texts in told.items():
            triples.add((node, SKOS.historyNote, _literal(". ".join(texts), language)))


def _add_foreign(triples: Triples, node: URIRef, concept: Concept) -> None:
    """What another vocabulary said of the concept, as it said it."""
    if concept.foreign is None:
        return
    if is_address(concept.foreign.iri) and concept.foreign.iri != str(node):
        triples.add((node, DCTERMS.isVersionOf, URIRef(concept.foreign.iri)))
    for triple in triples_of(concept.foreign.statements):
        triples.add(triple)


def _add_application(
    triples: Triples, names: Names, nodes: Mapping[str, URIRef], statement: PublishedApplication
) -> None:
    own, application = names.vocabulary, statement.application
    node = names.application(statement.item_id)
    triples.add((node, RDF.type, own.ApplicationStatement))
    triples.add((node, own.concept, nodes[application.concept]))
    triples.add((node, own.conceptVersion, names.version(application.concept_version)))
    triples.add((node, own.region, Literal(application.region)))
    triples.add((node, own.contentHash, Literal(statement.content_hash)))
    triples.add((node, own.provenance, Literal(application.provenance.value)))
    triples.add((node, OWL.versionInfo, Literal(str(statement.number))))
    for predicate, day in ((own.validFrom, application.valid_from), (own.validTo, application.valid_to)):
        if day:
            triples.add((node, predicate, Literal(day.isoformat(), datatype=XSD.date)))
    for one in application.answers:
        answer = URIRef(f"{node}#{one.question}")
        triples.add((node, own.answer, answer))
        triples.add((answer, RDF.type, own.Answer))
        triples.add((answer, own.value, Literal(one.answer.value)))
        _say(triples, answer, own.question, application.question(one.question))
        _say(triples, answer, RDFS.comment, one.text)
    if application.decision:
        decision = application.decision
        _say(triples, node, own.decidedBy, decision.body)
        if decision.date:
            triples.add((node, own.decidedOn, Literal(decision.date.isoformat(), datatype=XSD.date)))
        if decision.registry_number:
            triples.add((node, own.registryNumber, Literal(decision.registry_number)))
        if is_address(decision.url):
            triples.add((node, DCTERMS.source, URIRef(decision.url)))


def _describe_vocabulary(triples: Triples, names: Names, with_applications: bool) -> None:
    describe(triples, names, (one for one in VOCABULARY if with_applications or not one.about_applications))


def describe(triples: Triples, names: Names, terms: Iterable[VocabularyTerm]) -> None:
    """Say in the file what classes and properties of our own mean; rare ones where something there has them."""
    for term in terms:
        node = names.vocabulary[term.name]
        if term.is_rare and (None, node, None) not in triples and (None, RDF.type, node) not in triples:
            continue
        kind = RDFS.Class if term.name[0].isupper() else RDF.Property
        triples.add((node, RDF.type, kind))
        triples.add((node, RDFS.label, Literal(term.name)))
        _say(triples, node, RDFS.comment, term.meaning)


def _with_source(text: str, note: Note) -> str:
    cited = note.source or note.url
    return f"{text} ({cited})" if cited else text


def _literal(text: str, language: str) -> Literal:
    return Literal(text, lang=language or None)


def _say(triples: Triples, node: URIRef, predicate: URIRef, text: Text) -> None:
    for language in LANGUAGES:
        if value := text.in_language(language):
            triples.add((node, predicate, Literal(value, lang=language)))


NO_DEFINITION = Text("Definition saknas.", "There is no definition.")
