"""A concept scheme as SKOS: Turtle, RDF/XML and JSON-LD that other SKOS tools read.

A plain profile, without SKOS-XL: preferred, alternative and hidden labels (hidden for deprecated terms), definition,
scope and editorial notes, broader, narrower and related, top concepts, source and version. What SKOS has no words for
(which version this is, how regions apply a wording, relations that are applied differently) stands beside it in a
small vocabulary of our own, described in the file itself.

Identifiers are opaque; they become absolute only here, with the base address of the instance that exports. Nothing
is fetched: JSON-LD carries its context inline.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, split_uri

from registry.findings import Finding, Text
from termbank.applications import Application
from termbank.concepts import MADE_UP_TEXT, RENDERING_TEXT, Concept, Note, Provenance, is_web_address
from termbank.finding_texts import FINDINGS
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
class Format:
    """One way to write triples: the name on the command line, and what the web calls it."""

    name: str
    rdflib_name: str
    media_type: str
    extension: str
    label: str


FORMATS = (
    Format("turtle", "turtle", "text/turtle", "ttl", "Turtle"),
    Format("rdfxml", "xml", "application/rdf+xml", "rdf", "RDF/XML"),
    Format("jsonld", "json-ld", "application/ld+json", "jsonld", "JSON-LD"),
)


def format_named(name: str) -> Format | None:
    """The format by its name or file extension."""
    return next((one for one in FORMATS if name in (one.name, one.extension)), None)


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


def graph(
    scheme: Scheme,
    concepts: Sequence[PublishedConcept],
    applications: Sequence[PublishedApplication],
    base: str,
    known: Mapping[str, str] | None = None,
) -> tuple[Graph, tuple[Finding, ...]]:
    """The scheme as triples, and a report of what they could not hold.

    ``concepts`` may be a part of the scheme (one concept, say). ``known`` gives the item ids, by slug, of concepts that
    are not described but may be pointed at; relations to any other concept are left out and reported.
    """
    names = Names(base)
    triples = Graph()
    triples.bind("skos", SKOS)
    triples.bind("dct", DCTERMS)
    triples.bind("owl", OWL)
    triples.bind("vpr", names.vocabulary)
    node = names.scheme(scheme.slug)
    triples.add((node, RDF.type, SKOS.ConceptScheme))
    _say(triples, node, DCTERMS.title, scheme.title)
    _say(triples, node, SKOS.prefLabel, scheme.title)
    _say(triples, node, DCTERMS.description, scheme.description)
    nodes = {slug: names.concept(item_id) for slug, item_id in (known or {}).items()}
    nodes |= {one.slug: names.concept(one.item_id) for one in concepts}
    lost: list[Finding] = []
    for one in concepts:
        lost += _add_concept(triples, names, node, nodes, one)
    described = {one.slug: one for one in concepts}
    for statement in applications:
        if statement.application.concept in described:
            _add_application(triples, names, nodes, statement)
    _describe_vocabulary(triples, names, bool(applications))
    return triples, tuple(lost)


def write(triples: Graph, name: str, base: str) -> bytes:
    """``triples`` in one of `FORMATS`, the same bytes each time. Raises ``KeyError`` for an unknown format."""
    chosen = format_named(name)
    if chosen is None:
        raise KeyError(name)
    ordered = Graph()
    for prefix, namespace in triples.namespaces():
        ordered.bind(prefix, namespace)
    for triple in sorted(triples, key=lambda triple: tuple(term.n3() for term in triple)):
        ordered.add(triple)
    if chosen.name == "jsonld":
        return _json_ld(ordered, base)
    if chosen.name == "rdfxml":
        return _rdf_xml(ordered)
    return ordered.serialize(format=chosen.rdflib_name, encoding="utf-8")


def _add_concept(
    triples: Graph, names: Names, scheme: URIRef, nodes: Mapping[str, URIRef], one: PublishedConcept
) -> list[Finding]:
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
    lost = _add_relations(triples, names, scheme, nodes, one)
    _add_source(triples, node, concept)
    triples.add((node, OWL.versionInfo, Literal(str(one.number))))
    triples.add((node, DCTERMS.identifier, Literal(one.slug)))
    triples.add((node, own.version, names.version(one.content_hash)))
    triples.add((node, own.contentHash, Literal(one.content_hash)))
    triples.add((node, own.status, Literal(one.state)))
    triples.add((node, own.origin, Literal(concept.origin.value)))
    if one.valid_from:
        triples.add((node, DCTERMS.valid, Literal(one.valid_from.isoformat(), datatype=XSD.date)))
    if one.state == "withdrawn":
        triples.add((node, OWL.deprecated, Literal(True)))
    if one.coming:
        triples.add((node, own.comingVersion, names.version(one.coming.content_hash)))
        triples.add((node, own.comingFrom, Literal(one.coming.valid_from.isoformat(), datatype=XSD.date)))
    return lost


def _add_relations(
    triples: Graph, names: Names, scheme: URIRef, nodes: Mapping[str, URIRef], one: PublishedConcept
) -> list[Finding]:
    node, concept = nodes[one.slug], one.concept
    lost = []
    for role, slugs in (("broader", concept.broader), ("related", concept.related)):
        for slug in slugs:
            if slug not in nodes:
                lost.append(FINDINGS.found("SKOS-LOST", {"slug": one.slug, "role": role, "other": slug}))
                continue
            forth, back = (SKOS.broader, SKOS.narrower) if role == "broader" else (SKOS.related, SKOS.related)
            triples.add((node, forth, nodes[slug]))
            triples.add((nodes[slug], back, node))
    if not concept.broader:
        triples.add((node, SKOS.topConceptOf, scheme))
        triples.add((scheme, SKOS.hasTopConcept, node))
    for other in concept.contested:
        if other.concept not in nodes:
            lost.append(FINDINGS.found("SKOS-LOST", {"slug": one.slug, "role": "contested", "other": other.concept}))
            continue
        triples.add((node, names.vocabulary.appliedDifferently, nodes[other.concept]))
        _say(triples, node, SKOS.editorialNote, other.text)
    return lost


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
        kind = RDFS.Class if term.name[0].isupper() else RDF.Property
        triples.add((node, RDF.type, kind))
        triples.add((node, RDFS.label, Literal(term.name)))
        _say(triples, node, RDFS.comment, term.meaning)


def _rdf_xml(triples: Graph) -> bytes:
    """RDF/XML with subjects and properties in order; rdflib's own writers order by hash, differently in each process."""
    prefixes = {str(namespace): prefix for prefix, namespace in triples.namespaces()}
    used: dict[str, str] = {str(RDF): "rdf"}
    body: list[str] = []

    def name_of(predicate: URIRef) -> str:
        namespace, local = split_uri(predicate)
        prefix = used.setdefault(namespace, prefixes.get(namespace) or f"ns{len(used)}")
        return f"{prefix}:{local}"

    for subject in sorted(set(triples.subjects()), key=str):
        body.append(f"  <rdf:Description rdf:about={quoteattr(str(subject))}>")
        for predicate, value in sorted(
            triples.predicate_objects(subject), key=lambda pair: (pair[0].n3(), pair[1].n3())
        ):
            name = name_of(URIRef(str(predicate)))
            if isinstance(value, Literal):
                mark = f" xml:lang={quoteattr(value.language)}" if value.language else ""
                mark += f" rdf:datatype={quoteattr(str(value.datatype))}" if value.datatype else ""
                body.append(f"    <{name}{mark}>{escape(str(value))}</{name}>")
            else:
                body.append(f"    <{name} rdf:resource={quoteattr(str(value))}/>")
        body.append("  </rdf:Description>")
    declared = "".join(f" xmlns:{prefix}={quoteattr(namespace)}" for namespace, prefix in sorted(used.items()))
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<rdf:RDF{declared}>", *body, "</rdf:RDF>", ""]
    return "\n".join(lines).encode()


def _json_ld(triples: Graph, base: str) -> bytes:
    context: dict[str, Any] = {
        "skos": str(SKOS),
        "dct": str(DCTERMS),
        "owl": str(OWL),
        "rdfs": str(RDFS),
        "xsd": str(XSD),
        "vpr": str(Names(base).vocabulary),
    }
    document = json.loads(triples.serialize(format="json-ld", context=context, auto_compact=False))
    if isinstance(document.get("@graph"), list):
        document["@graph"].sort(key=lambda node: node["@id"])
        document["@graph"] = [_ordered(node) for node in document["@graph"]]
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=False) + "\n").encode()


def _ordered(node: Mapping[str, Any]) -> dict[str, Any]:
    def settle(value: Any) -> Any:
        if isinstance(value, list):
            return sorted(value, key=lambda item: json.dumps(item, sort_keys=True, ensure_ascii=False))
        return value

    return {key: settle(node[key]) for key in sorted(node)}


def _with_source(note: Note) -> Text:
    cited = note.source or note.url
    return Text(f"{note.text.sv} ({cited})", f"{note.text.en} ({cited})") if cited else note.text


def _say(triples: Graph, node: URIRef, predicate: URIRef, text: Text) -> None:
    for language in LANGUAGES:
        if value := text.in_language(language):
            triples.add((node, predicate, Literal(value, lang=language)))


NO_DEFINITION = Text("Ingen definition har setts i någon källa.", "No definition has been seen in any source.")
