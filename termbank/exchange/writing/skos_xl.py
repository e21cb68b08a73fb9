"""A concept scheme as SKOS-XL: each term a resource of its own, with its source and what is said of it. Pure.

The triples of plain SKOS stand beside (https://www.w3.org/TR/skos-reference/skos-xl.html, S55 to S57), so that tools that
do not know SKOS-XL read the file too.
"""

import hashlib
import json

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from termbank.concepts.concept import Term
from termbank.exchange import skos
from termbank.exchange.names import Names, nodes_of
from termbank.exchange.scheme_exports import SchemeExport
from termbank.exchange.vocabulary import VOCABULARY
from termbank.notions import TermStatus

XL = Namespace("http://www.w3.org/2008/05/skos-xl#")
LABELS = {
    TermStatus.PREFERRED: XL.prefLabel,
    TermStatus.ADMITTED: XL.altLabel,
    TermStatus.DEPRECATED: XL.hiddenLabel,
    TermStatus.HIDDEN: XL.hiddenLabel,
}


def graph(source: SchemeExport) -> Graph:
    """The triples of `skos.graph`, and a label for each term."""
    triples = skos.graph(source)
    triples.bind("skosxl", XL)
    names = Names(source.base)
    nodes = nodes_of(source)
    for one in (*source.concepts, *source.gone):
        for term in one.concept.terms:
            _add_label(triples, names, nodes[one.slug], term)
    skos.describe(triples, names, (one for one in VOCABULARY if one.about_labels))
    return triples


def label_of(concept: URIRef, term: Term) -> URIRef:
    """The name of a term: the same as long as the term is written in the same way."""
    said = json.dumps([term.language, term.status.value, term.text, term.homograph], ensure_ascii=False)
    return URIRef(f"{concept}#term-{hashlib.sha256(said.encode()).hexdigest()[:16]}")


def _add_label(triples: Graph, names: Names, concept: URIRef, term: Term) -> None:
    node, own = label_of(concept, term), names.vocabulary
    triples.add((concept, LABELS[term.status], node))
    triples.add((node, RDF.type, XL.Label))
    triples.add((node, XL.literalForm, Literal(term.text, lang=term.language or None)))
    if term.source:
        triples.add((node, DCTERMS.source, Literal(term.source)))
    if term.grammar:
        triples.add((node, own.grammar, Literal(term.grammar)))
    if term.abbreviation:
        triples.add((node, own.isAbbreviation, Literal(True)))
    if term.homograph is not None:
        triples.add((node, own.homograph, Literal(term.homograph)))
    if term.status is TermStatus.DEPRECATED:
        triples.add((node, own.termStatus, Literal(term.status.value)))
