"""Vocabularies of the kinds that are published, through a plan and out again: each triple as pyoxigraph reads it. They are made up."""

from collections import Counter
from dataclasses import replace
from functools import cache

import pyoxigraph as ox
import pytest
from rdflib import Graph

from registry.findings import Text
from registry.formats import DEFAULTS
from termbank import formats
from termbank.concepts.concept import Source, Target
from termbank.concepts.schemes import Scheme
from termbank.exchange.planning import LOST_TEXTS, Fate, Known, Plan, plan
from termbank.exchange.reading import rdf
from termbank.exchange.scheme_exports import PublishedConcept, SchemeExport

BASE, OWN = "https://r.se/", "https://r.se/termbank/"
CONCEPT = f"{OWN}id/concept/"
SCHEME = Scheme("s", Text("S", "S"), Text("", ""), ("sv", "en"), "")
IN_RDF = {"turtle": "ttl", "rdfxml": "rdf", "jsonld": "jsonld", "ntriples": "nt"}
NAMES = [*IN_RDF, *(f"skosxl-{name}" for name in IN_RDF)]
PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix iso: <http://purl.org/iso25964/skos-thes#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://v.example/> .
"""
THESAURUS = """
: a skos:ConceptScheme ; dct:title "T"@en ; skos:hasTopConcept :1 . :group a skos:Collection ; skos:member :1, :2 .
:1 a skos:Concept, :Descriptor ; skos:prefLabel "rum"@sv, "room"@en, "غرفة"@ar ; skos:narrower :2 ; skos:inScheme : ; skos:topConceptOf : ;
   skos:notation "007"^^xsd:integer, "1.50"^^:code ; dct:modified "2020-01-01T00:00:00Z"^^xsd:dateTime ; owl:deprecated false ;
   skos:exactMatch <https://w.example/100%25>, <urn:isbn:1>, <https://w.example/{x}> ; :see <https://w.example/{x}> .
:2 a skos:Concept ; skos:prefLabel "säng"@sv ; skos:altLabel "1984"^^xsd:gYear ; skos:broader :1 ; iso:broaderPartitive :1 ; skos:related :3 ;
   skos:definition "<p>möbel</p>"^^rdf:HTML, [ rdf:value "furniture"@en ; dct:source [ dct:title "B" ], [ dct:title "B" ] ] ;
   skos:historyNote "h"@en ; :when "bad"^^xsd:date, "1"^^xsd:boolean, "1e0"^^xsd:double, "+1."^^xsd:decimal, "007"^^xsd:integer, true, 7 .
:3 a skos:Concept ; skos:prefLabel "lakan"@sv ; skos:related :2 ; skos:inScheme : , :other ; :parts ( "a" "a" :1 ), ( "a" "a" :1 ) ;
   skos:broader [ a skos:Concept ; skos:prefLabel "tyg"@sv ] ; skos:changeNote "c"@en ; skos:note "n" ; skos:semanticRelation :1 .
:x rdfs:label "hangs below nothing" .
"""
LABELS = """
:1 a skos:Concept ; xl:prefLabel :l2 ; xl:altLabel :l1, [ a xl:Label ; xl:literalForm "bare"@en ; dct:created "1981-01-09T00:00:00Z"^^xsd:dateTime ] ;
   skos:prefLabel "maize"@en ; skos:definition :d .
:l1 a xl:Label ; xl:literalForm "corn"@en ; xl:labelRelation :l2 ; dct:source "B" .
:l2 a xl:Label ; xl:literalForm "maize"@en ; xl:labelRelation :l1 ; dct:modified "2018-04-13T10:29:03+00:00"^^xsd:dateTime .
:d rdf:value "cereal"@en, "céréale"@fr ; dct:source <https://w.example/> .
:2 a skos:Concept ; xl:prefLabel :l3 ; xl:hiddenLabel :l1 . :l3 xl:literalForm "wheat"@en .
"""
NOT_IN_XML = """:1 a skos:Concept ; skos:prefLabel "a"@sv ; <https://v.example/12> "a property that ends in a number" ; :bell "\\u0007" ; :ok "b" ."""
REFUSED = """
:1 a skos:Concept ; skos:prefLabel "a"@sv, "b"@sv ; :seen [ :by "c" ] . :2 a skos:Concept ; skos:prefLabel "d"@sv ; skos:related :1 ; skos:broader :1 .
:3 a skos:Concept ; skos:prefLabel "e"@sv ; skos:narrower :1 ; skos:broadMatch :1 .
"""
VOCABULARIES = {"thesaurus": THESAURUS, "labels": LABELS, "not in XML": NOT_IN_XML, "refused": REFUSED}
Rows = Counter[tuple[str, str, str]]


@cache
def imported(name: str) -> tuple[Plan, SchemeExport, dict[str, str]]:
    """The plan of a vocabulary, the scheme that it makes, and what the file calls each concept of it."""
    done = planned(name, SchemeExport(SCHEME, [], [], BASE))
    new = done.of(Fate.NEW)
    slugs = {one.name: str(41 + place) for place, one in enumerate(new)}
    targets = {one: Target(key=slug, item=slug.zfill(32)) for one, slug in slugs.items()}
    made = []
    for one in new:
        relations = tuple(
            replace(each, target=targets.get(each.target.iri, each.target)) for each in one.after.relations
        )
        slug, item = slugs[one.name], targets[one.name].item
        concept = replace(one.after, item=item, relations=relations)
        made.append(PublishedConcept(slug, item, 1, item * 2, "published", None, concept))
    return done, SchemeExport(SCHEME, made, [], BASE), {CONCEPT + targets[name].item: name for name in slugs}


def planned(name: str, source: SchemeExport, written: bytes | None = None, ending: str = "ttl") -> Plan:
    data = (PREFIXES + VOCABULARIES[name]).encode() if written is None else written
    return plan(rdf.read(data, f"a.{ending}", (OWN,)), Known(source, (OWN,)), source=Source("a"))


def rows(data: bytes, ending: str, names: dict[str, str] | None = None) -> Rows:
    """Triples by what they say, with one name for all blank nodes and one for the scheme; strictly read where we wrote them."""

    def said(term) -> str:
        if isinstance(term, ox.Literal):
            return str(term)
        name = (names or {}).get(term.value, term.value) if isinstance(term, ox.NamedNode) else "_:"
        return (
            "_:"
            if name.startswith("urn:vpr:genid:")
            else "scheme"
            if name in ("https://v.example/", f"{OWN}id/scheme/s")
            else name
        )

    form = ox.RdfFormat.from_extension(ending)
    found = {quad.triple for quad in ox.parse(data, format=form, lenient=names is None)}
    return Counter((said(one.subject), one.predicate.value, said(one.object)) for one in found)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_each_triple_comes_out_again_or_is_named_as_lost(vocabulary, name):
    done, source, names = imported(vocabulary)
    chosen = next(one for one in formats.FORMATS if one.name == name)
    ending = IN_RDF[name.removeprefix("skosxl-")]
    exported = chosen.write(source, DEFAULTS)
    missing = rows((PREFIXES + VOCABULARIES[vocabulary]).encode(), "ttl") - rows(exported.data, ending, names)
    unsaid = sum(one.params["number"] for one in exported.losses if one.code == "SKOS-010")
    assert missing.total() == sum(done.account.lost.values()) + unsaid
    assert unsaid == (2 if vocabulary == "not in XML" and ending == "rdf" else 0)
    if not {*LOST_TEXTS} & done.account.lost.keys() and not unsaid:
        told = Counter(rdf.short(predicate) for _, predicate, _ in missing.elements())
        assert told == Counter({name.partition(" (")[0]: number for name, number in done.account.lost.items()})
    Graph().parse(data=exported.data, format={"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld", "nt": "nt"}[ending])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_what_is_here_already_is_not_imported_again(vocabulary, name):
    done, source, _ = imported(vocabulary)
    chosen = next(one for one in formats.FORMATS if one.name == name)
    again = planned(vocabulary, source, chosen.write(source, DEFAULTS).data, IN_RDF[name.removeprefix("skosxl-")])
    assert {one.fate for one in again.concepts} == {Fate.SAME}
    refused = {one.name for one in done.of(Fate.REFUSED)}
    assert all(
        one.fate is (Fate.REFUSED if one.name in refused else Fate.SAME) for one in planned(vocabulary, source).concepts
    )
