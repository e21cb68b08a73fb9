"""Every triple of a scheme in which each part of a concept and of a statement is there once, and once is not.

The triples are in ``kept_triples.txt``, a line each; a line that changes is a change of what other tools read.
"""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rdflib import RDF

from registry.findings import Text
from registry.formats import format_named
from registry.provenance import Provenance
from termbank.applications.statement import Decision
from termbank.concepts.concept import Source
from termbank.concepts.schemes import Scheme
from termbank.concepts.wordings import wordings_of
from termbank.exchange import skos
from termbank.exchange.names import Names
from termbank.exchange.scheme_exports import Coming, PublishedApplication, PublishedConcept, SchemeExport
from termbank.exchange.skos_losses import losses
from termbank.formats import FORMATS
from termbank.notions import Origin
from tests.factories.concepts import concept, contested, note, statement

KEPT = Path(__file__).parent / "kept_triples.txt"

BASE = "https://r.se/"
SCHEME = Scheme("s", Text("Sängar", "Beds"), Text("Om", ""))
FULL = concept(
    "plats", "place", definition="ställe", definition_en="spot", synonyms=["ställe", ""], deprecated=["bädd"], broader=("bredare", "utanför"),
    related=("annan", "utanför"), contested=(contested("annan", Text("olika", "differently")), contested("utanför", Text("x", "x"))),
    notes=(note("ett", "one", "Bok"), note("två", "two", url="https://b.se/"), note("tre", "three")), problems=(note("fel", "wrong", "Bok"),),
    provenance=Provenance.MADE_UP, rendering=True, concerns_persons=False, origin=Origin.PROPOSAL,
    source=Source("Bok", "https://b.se/", "2012", wordings_of(Text("Gäller", "Holds")), wordings_of(Text("Läst", ""))),
)  # fmt: skip
BARE = concept(
    "annan",
    rendering=False,
    provenance=Provenance.OWN,
    source=Source("Bok", "hylla 7", "", wordings_of(Text("", "x")), wordings_of(Text("y", "y"))),
)
NONE = concept(
    "ensam", rendering=False, provenance=Provenance.OWN, source=None, broader=("bredare",), concerns_persons=True
)
COMING = Coming("c" * 64, 3, date(2027, 1, 2))
DECISION = Decision(Text("Nämnd", "Board"), date(2018, 5, 6), "R 1", "https://b.se/beslut")


def published(slug, one, **more):
    return PublishedConcept(
        slug, f"id-{slug}", 2, slug[0] * 64, more.get("state", "published"), more.get("first"), one, more.get("coming")
    )


def everything():
    said = statement({"must-be-available": ("partly", "ibland")}, first="2018-03-01", concept="plats", wording="w" * 64)
    silent = replace(statement({}, concept="plats"), decision=None)
    bare = replace(
        statement({}, last="2020-01-01", concept="annan"), decision=Decision(Text("", ""), None, "", "hylla")
    )
    unknown = statement({}, concept="utanför")
    return SchemeExport(
        SCHEME,
        [
            published("plats", FULL, state="withdrawn", first=date(2026, 1, 2), coming=COMING),
            published("annan", BARE),
            published("ensam", NONE),
        ],
        [
            PublishedApplication(f"app{number}", number, "a" * 64, one)
            for number, one in enumerate((replace(said, decision=DECISION), silent, bare, unknown), 1)
        ],
        BASE,
        {"bredare": "id-known"},
    )


def lines(source):
    """The triples, a line each, with short names, and of our own vocabulary only which of its words are described."""
    triples = skos.graph(source)
    manager, own = triples.namespace_manager, str(Names(BASE).vocabulary)
    told = []
    for subject, predicate, value in triples:
        if str(subject).startswith(own):
            if predicate == RDF.type:
                told.append(f"described: {str(subject).removeprefix(own)} {value.n3(manager)}")
            continue
        told.append(
            " ".join(one.n3(manager) for one in (subject, predicate, value)).replace("https://r.se/termbank/id/", "")
        )
    return sorted(re.sub(r"(.)\1{63}", r"\1…", one) for one in told)


def test_every_triple_is_as_it_was_kept():
    assert lines(everything()) == KEPT.read_text("utf-8").splitlines()


def test_without_statements_no_word_about_them_is_described():
    source = replace(everything(), applications=[])
    described = {one.split()[1] for one in lines(source) if one.startswith("described")}
    assert {"contentHash", "appliedDifferently", "concernsPersons"} <= described
    assert not described & {"Answer", "ApplicationStatement", "region", "decidedBy"}
    unsaid = replace(source, concepts=[published("annan", BARE)])
    assert "described: concernsPersons rdf:Property" not in lines(unsaid)


def counted_losses(concepts, applications=(), known=None):
    found = losses(SchemeExport(SCHEME, concepts, applications, BASE, known or {}))
    relations = [(one.params["slug"], one.params["role"], one.params["other"]) for one in found if "role" in one.params]
    return relations, {one.code: one.params["number"] for one in found if "number" in one.params}


def test_relations_that_lead_out_are_lost_one_by_one():
    relations, _ = counted_losses([published("plats", FULL)], known={"annan": "id"})
    assert relations == [
        ("plats", "broader", "bredare"), ("plats", "broader", "utanför"), ("plats", "related", "utanför"),
        ("plats", "contested", "utanför"),
    ]  # fmt: skip
    assert counted_losses([published("annan", BARE)])[0] == []


@pytest.mark.parametrize(
    ("parts", "lost"),
    [
        ({}, {}),
        (
            {"relations": (contested("annan", Text("x", "x"), "Bok"), contested("annan", Text("x", "x")))},
            {"SKOS-001": 1},
        ),
        ({"notes": (note("x", "x", "Bok", "https://b.se/"),)}, {"SKOS-002": 1}),
        ({"notes": (note("x", "x", "Bok"), note("x", "x", "", "https://b.se/"))}, {}),
        ({"problems": (note("x", "x", "Bok", "https://b.se/"),)}, {"SKOS-002": 1}),
        ({"provenance": Provenance.REPRODUCED}, {"SKOS-003": 1}),
        ({"sources": (Source("Bok", "hylla 7"),)}, {"SKOS-005": 1}),
        ({"sources": (Source("Bok"),)}, {}),
        ({"sources": (Source("Bok", "https://b.se/"),)}, {}),
    ],
)
def test_what_skos_cannot_hold_is_counted(parts, lost):
    assert (
        counted_losses(
            [
                published(
                    "annan", replace(BARE, sources=()) if not parts else replace(replace(BARE, sources=()), **parts)
                )
            ]
        )[1]
        == lost
    )


def test_of_a_statement_its_term_and_its_address_may_be_lost():
    said = replace(statement({}, concept="annan"), term=BARE.title)
    here = [published("annan", replace(BARE, sources=()))]

    def of(one):
        return counted_losses(here, [PublishedApplication("app", 1, "a" * 64, one)])[1]

    assert of(said) == {}
    assert of(replace(said, term=Text("annat", "other"))) == {"SKOS-004": 1}
    assert of(replace(said, decision=Decision(Text("", ""), None, "", "hylla"))) == {"SKOS-005": 1}
    assert of(replace(said, decision=None)) == {}
    assert of(replace(said, concept="utanför", term=Text("annat", "other"))) == {}


def test_the_same_key_is_the_same_file():
    one, other = everything(), everything()
    assert one.key == other.key
    for change in (
        {"base": "https://q.se/"}, {"concepts": one.concepts[1:]}, {"applications": one.applications[1:]}, {"known": {}},
        {"scheme": replace(SCHEME, slug="t")}, {"concepts": [replace(one.concepts[0], state="published"), *one.concepts[1:]]},
    ):  # fmt: skip
        assert replace(one, **change).key != one.key
    assert one.slugs == {"plats", "annan", "ensam", "bredare"}


def test_the_formats_of_a_scheme_are_texts_with_the_names_that_other_tools_know():
    known = {
        ("turtle", "text/turtle", "ttl"),
        ("rdfxml", "application/rdf+xml", "rdf"),
        ("jsonld", "application/ld+json", "jsonld"),
    }
    assert {(one.name, one.media_type, one.extension) for one in FORMATS} >= known
    assert {one.name for one in FORMATS if not one.is_text} == {"xlsx"}


def test_rdf_xml_and_json_ld_are_in_order_and_with_the_names_of_others():
    source = SchemeExport(SCHEME, [published("annan", BARE)], [], BASE)
    xml, ld = (format_named(FORMATS, name).write(source).data.decode() for name in ("rdfxml", "jsonld"))
    about = [line for line in xml.splitlines() if "rdf:about" in line]
    assert about == sorted(about) and len(about) > 2
    head = xml.splitlines()[1]
    names = ("dct", "rdf", "rdfs", "owl", "skos", "vpr")
    assert [head.index(f"xmlns:{name}=") for name in names] == sorted(head.index(f"xmlns:{name}=") for name in names)
    assert '<skos:prefLabel xml:lang="sv">annan</skos:prefLabel>' in xml
    assert '<rdf:type rdf:resource="http://www.w3.org/2004/02/skos/core#Concept"/>' in xml
    assert "ns1" not in xml
    document = json.loads(ld)
    assert set(document) == {"@context", "@graph"}
    assert document["@context"]["vpr"] == f"{BASE}termbank/ns#"
    assert [node["@id"] for node in document["@graph"]] == sorted(node["@id"] for node in document["@graph"])
    assert all(list(node) == sorted(node) for node in document["@graph"])
    [node] = [node for node in document["@graph"] if node["@id"].endswith("id-annan")]
    assert [one["@language"] for one in node["skos:prefLabel"]] == ["en", "sv"]
    assert (
        "å"
        in format_named(FORMATS, "jsonld")
        .write(replace(source, scheme=replace(SCHEME, title=Text("å", "a"))))
        .data.decode()
    )
    assert "\\u00e5" not in ld and ld.endswith("}\n") and '\n "@graph"' in ld


def test_a_date_has_its_type_in_xml():
    source = SchemeExport(SCHEME, [published("annan", BARE, first=date(2026, 1, 2))], [], BASE)
    xml = format_named(FORMATS, "rdfxml").write(source).data.decode()
    assert '<dct:valid rdf:datatype="http://www.w3.org/2001/XMLSchema#date">2026-01-02</dct:valid>' in xml
