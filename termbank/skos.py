"""A concept scheme as SKOS: the triples that `termbank.formats` writes, and what they cannot hold.

A plain profile, without SKOS-XL: preferred, alternative and hidden labels (hidden for deprecated terms), definition,
scope and editorial notes, broader, narrower and related, top concepts, source and version. What SKOS has no words for
(which version this is, how regions apply a wording, relations that are applied differently) stands beside it in a
small vocabulary of our own, described in the file itself.

Identifiers are opaque; they become absolute only here, with the base address of the instance that exports. Pure.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from registry.findings import Finding, Text
from registry.formats import counted_losses
from registry.provenance import Provenance
from termbank.applications import Application
from termbank.concepts import MADE_UP_TEXT, RENDERING_TEXT, Concept, Note, is_web_address
from termbank.finding_texts.all import FINDINGS
from termbank.questions import question_text
from termbank.schemes import Scheme
from termbank.vocabulary import VOCABULARY

LANGUAGES = ("sv", "en")


@dataclass(frozen=True, slots=True)
class PublishedConcept:
    """A concept version with what the register knows about it. ``item_id`` is the concept's opaque identifier."""

    slug: str
    item_id: str
    number: int
    content_hash: str
    state: str
    valid_from: date | None
    concept: Concept
    coming: "Coming | None" = None
    """The version that takes its place on a day to come, where one is published."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A published version with its first day to come."""

    content_hash: str
    number: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class PublishedApplication:
    """An application statement with what the register knows about it."""

    item_id: str
    number: int
    content_hash: str
    application: Application


@dataclass(frozen=True, slots=True)
class SchemeExport:
    """What is written of a scheme: some of its concepts and the statements on them.

    ``base`` is the address of the instance. ``known`` gives the item ids, by slug, of concepts that are not described but
    may be pointed at; relations to any other concept are left out.
    """

    scheme: Scheme
    concepts: Sequence[PublishedConcept]
    applications: Sequence[PublishedApplication]
    base: str
    known: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> Hashable:
        """Everything that the file is made of: the same key gives the same bytes."""
        return (
            self.base,
            self.scheme.slug,
            tuple((one.item_id, one.content_hash, one.state, one.valid_from, one.coming) for one in self.concepts),
            tuple((one.item_id, one.content_hash) for one in self.applications),
            tuple(self.known.items()),
        )

    @property
    def slugs(self) -> frozenset[str]:
        """The concepts that may be pointed at."""
        return frozenset(self.known) | {one.slug for one in self.concepts}


class Names:
    """The absolute names of one instance. ``base`` is its address without a final slash."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")
        self.vocabulary = Namespace(f"{self.base}/termbank/ns#")

    def scheme(self, slug: str) -> URIRef:
        return URIRef(f"{self.base}/termbank/id/scheme/{slug}")

    def concept(self, item_id: str) -> URIRef:
        return URIRef(f"{self.base}/termbank/id/concept/{item_id}")

    def application(self, item_id: str) -> URIRef:
        return URIRef(f"{self.base}/termbank/id/application/{item_id}")

    def version(self, content_hash: str) -> URIRef:
        return URIRef(f"{self.base}/termbank/id/version/{content_hash}")


def graph(source: SchemeExport) -> Graph:
    """The scheme as triples. What they cannot hold is said by `losses`."""
    names = Names(source.base)
    triples = Graph()
    triples.bind("skos", SKOS)
    triples.bind("dct", DCTERMS)
    triples.bind("owl", OWL)
    triples.bind("vpr", names.vocabulary)
    node = names.scheme(source.scheme.slug)
    triples.add((node, RDF.type, SKOS.ConceptScheme))
    _say(triples, node, DCTERMS.title, source.scheme.title)
    _say(triples, node, SKOS.prefLabel, source.scheme.title)
    _say(triples, node, DCTERMS.description, source.scheme.description)
    nodes = {slug: names.concept(item_id) for slug, item_id in source.known.items()}
    nodes |= {one.slug: names.concept(one.item_id) for one in source.concepts}
    for one in source.concepts:
        _add_concept(triples, names, node, nodes, one)
    described = {one.slug for one in source.concepts}
    for statement in source.applications:
        if statement.application.concept in described:
            _add_application(triples, names, nodes, statement)
    _describe_vocabulary(triples, names, bool(source.applications))
    return triples


def losses(source: SchemeExport) -> tuple[Finding, ...]:
    """What the triples do not hold: relations that lead out of them, and what SKOS has no place for."""
    known = source.slugs
    relations = [
        FINDINGS.found("SKOS-LOST", {"slug": one.slug, "role": role, "other": other})
        for one in source.concepts
        for role, other in _relations(one.concept)
        if other not in known
    ]
    concepts = [one.concept for one in source.concepts]
    described = {one.slug: one.concept for one in source.concepts}
    statements = [one.application for one in source.applications if one.application.concept in described]
    addresses = [one.source.url for one in concepts if one.source]
    addresses += [one.decision.url for one in statements if one.decision]
    counts = {
        "SKOS-001": sum(bool(other.source) for one in concepts for other in one.contested),
        "SKOS-002": sum(bool(note.source and note.url) for one in concepts for note in (*one.notes, *one.problems)),
        "SKOS-003": sum(one.provenance is Provenance.REPRODUCED for one in concepts),
        "SKOS-004": sum(one.term != described[one.concept].title for one in statements),
        "SKOS-005": sum(bool(url) and not is_web_address(url) for url in addresses),
    }
    return (*relations, *counted_losses(FINDINGS, counts))


def _relations(concept: Concept) -> list[tuple[str, str]]:
    """Each relation of a concept: its role and the slug of the other concept."""
    return [
        *(("broader", slug) for slug in concept.broader),
        *(("related", slug) for slug in concept.related),
        *(("contested", other.concept) for other in concept.contested),
    ]


def _add_concept(
    triples: Graph, names: Names, scheme: URIRef, nodes: Mapping[str, URIRef], one: PublishedConcept
) -> None:
    node, concept, own = nodes[one.slug], one.concept, names.vocabulary
    triples.add((node, RDF.type, SKOS.Concept))
    triples.add((node, SKOS.inScheme, scheme))
    for language in LANGUAGES:
        terms = concept.terms[language]
        labels = [(SKOS.prefLabel, (terms.preferred,)), (SKOS.altLabel, terms.synonyms)]
        for label, values in [*labels, (SKOS.hiddenLabel, terms.deprecated)]:
            for value in values:
                if value:
                    triples.add((node, label, Literal(value, lang=language)))
    if concept.definition:
        _say(triples, node, SKOS.definition, concept.definition)
    else:
        _say(triples, node, SKOS.editorialNote, NO_DEFINITION)
    for note in concept.notes:
        _say(triples, node, SKOS.scopeNote, _with_source(note))
    for problem in concept.problems:
        _say(triples, node, SKOS.editorialNote, _with_source(problem))
    if concept.rendering:
        _say(triples, node, SKOS.editorialNote, RENDERING_TEXT)
    if concept.provenance is Provenance.MADE_UP:
        _say(triples, node, SKOS.editorialNote, MADE_UP_TEXT)
    _add_relations(triples, names, scheme, nodes, one)
    _add_source(triples, node, concept)
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
    if one.state == "withdrawn":
        triples.add((node, OWL.deprecated, Literal(True)))
    if one.coming:
        triples.add((node, own.comingVersion, names.version(one.coming.content_hash)))
        triples.add((node, own.comingFrom, Literal(one.coming.valid_from.isoformat(), datatype=XSD.date)))


def _add_relations(
    triples: Graph, names: Names, scheme: URIRef, nodes: Mapping[str, URIRef], one: PublishedConcept
) -> None:
    node, concept = nodes[one.slug], one.concept
    for role, slugs in (("broader", concept.broader), ("related", concept.related)):
        forth, back = (SKOS.broader, SKOS.narrower) if role == "broader" else (SKOS.related, SKOS.related)
        for slug in slugs:
            if slug in nodes:
                triples.add((node, forth, nodes[slug]))
                triples.add((nodes[slug], back, node))
    if not concept.broader:
        triples.add((node, SKOS.topConceptOf, scheme))
        triples.add((scheme, SKOS.hasTopConcept, node))
    for other in concept.contested:
        if other.concept in nodes:
            triples.add((node, names.vocabulary.appliedDifferently, nodes[other.concept]))
            _say(triples, node, SKOS.editorialNote, other.text)


def _add_source(triples: Graph, node: URIRef, concept: Concept) -> None:
    source = concept.source
    if source is None:
        return
    if is_web_address(source.url):
        triples.add((node, DCTERMS.source, URIRef(source.url)))
    cited = ", ".join(part for part in (source.title, source.date) if part)
    triples.add((node, DCTERMS.bibliographicCitation, Literal(cited)))
    if source.status.sv:
        for language in LANGUAGES:
            status, checked = source.status.in_language(language), source.verification.in_language(language)
            text = ". ".join(part for part in (status, checked) if part)
            if text:
                triples.add((node, SKOS.historyNote, Literal(text, lang=language)))


def _add_application(
    triples: Graph, names: Names, nodes: Mapping[str, URIRef], statement: PublishedApplication
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
        _say(triples, answer, own.question, question_text(application.concept, one.question))
        _say(triples, answer, RDFS.comment, one.text)
    if application.decision:
        decision = application.decision
        _say(triples, node, own.decidedBy, decision.body)
        if decision.date:
            triples.add((node, own.decidedOn, Literal(decision.date.isoformat(), datatype=XSD.date)))
        if decision.registry_number:
            triples.add((node, own.registryNumber, Literal(decision.registry_number)))
        if is_web_address(decision.url):
            triples.add((node, DCTERMS.source, URIRef(decision.url)))


def _describe_vocabulary(triples: Graph, names: Names, with_applications: bool) -> None:
    for term in VOCABULARY:
        if term.about_applications and not with_applications:
            continue
        node = names.vocabulary[term.name]
        if term.is_rare and (None, node, None) not in triples:
            continue
        kind = RDFS.Class if term.name[0].isupper() else RDF.Property
        triples.add((node, RDF.type, kind))
        triples.add((node, RDFS.label, Literal(term.name)))
        _say(triples, node, RDFS.comment, term.meaning)


def _with_source(note: Note) -> Text:
    cited = note.source or note.url
    return Text(f"{note.text.sv} ({cited})", f"{note.text.en} ({cited})") if cited else note.text


def _say(triples: Graph, node: URIRef, predicate: URIRef, text: Text) -> None:
    for language in LANGUAGES:
        if value := text.in_language(language):
            triples.add((node, predicate, Literal(value, lang=language)))


NO_DEFINITION = Text("Ingen definition har setts i någon källa.", "No definition has been seen in any source.")
