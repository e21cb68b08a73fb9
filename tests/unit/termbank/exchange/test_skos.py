"""A scheme as SKOS: what another tool reads back, the same in every format, and the same bytes each time."""

import json
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from rdflib import OWL, RDF, SKOS, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS

from registry.findings import Severity, Text
from registry.formats import format_named
from registry.provenance import Provenance
from termbank.concepts.concept import Foreign, Relation, Target, Term
from termbank.concepts.schemes import Scheme
from termbank.exchange import skos
from termbank.exchange.names import Names
from termbank.exchange.scheme_exports import PublishedApplication, PublishedConcept, SchemeExport
from termbank.exchange.skos_losses import losses
from termbank.formats import FORMATS
from termbank.notions import RelationKind, TermStatus
from tests.factories.concepts import ALL_YES, SOURCE, concept, contested, defined, note, related, statement

BASE = "https://register.example.se/"
SKOS_FORMATS = [one for one in FORMATS if one.name in ("turtle", "rdfxml", "jsonld", "ntriples")]
SCHEME = Scheme("vardplatser", Text("Vårdplatser", "Hospital beds"), Text("Om vårdplatser", "About beds"))
CONCEPTS = {
    "vardplats": concept("vårdplats", "hospital bed", definition="plats på vårdenhet", synonyms=["säng & plats"], deprecated=["<bädd>"]),
    "disponibel-vardplats": concept("disponibel vårdplats", "available bed", broader=("vardplats",), notes=(note("Inte fysisk", "Not physical", "SKL 2015"),)),
    "teknisk-vardplats": concept("teknisk vårdplats", "technical bed", broader=("disponibel-vardplats",), problems=(note("Räknas olika", "Counted differently"),)),
    "faststalld-vardplats": concept(
        "fastställd vårdplats", "established bed", definition="vårdplats som huvudman beslutat", broader=("vardplats",), related=("disponibel-vardplats",),
        contested=(contested("teknisk-vardplats", Text("Räknas in och ut", "Counted in and out")),),
    ),
}  # fmt: skip


def published(concepts=CONCEPTS, **parts):
    return [
        PublishedConcept(
            slug,
            f"id{number}",
            2,
            f"{number}" * 64,
            parts.get("state", "published"),
            parts.get("valid_from", date(2020, 1, 2)),
            one,
        )
        for number, (slug, one) in enumerate(concepts.items())
    ]


STATEMENTS = [
    PublishedApplication(
        "app1",
        1,
        "a" * 64,
        statement({**ALL_YES, "must-be-available": ("partly", "utom sommaren")}, first="2018-03-01", last="2020-01-01"),
    ),
]


def export(name, concepts=CONCEPTS, statements=STATEMENTS):
    source = SchemeExport(SCHEME, published(concepts), statements, BASE)
    chosen = format_named(FORMATS, name)
    return skos.graph(source), chosen.write(source).data


def graph(concepts, known=None):
    """The triples, and the relations that they lost."""
    source = SchemeExport(SCHEME, concepts, [], BASE, known or {})
    return skos.graph(source), tuple(loss for loss in losses(source) if "role" in loss.params)


def node(slug) -> URIRef:
    return URIRef(f"{BASE}termbank/id/concept/id{list(CONCEPTS).index(slug)}")


@pytest.mark.parametrize("chosen", SKOS_FORMATS, ids=lambda chosen: chosen.name)
def test_every_format_reads_back_as_the_same_triples(chosen):
    triples, data = export(chosen.name)
    back = Graph().parse(data=data, format=chosen.media_type)
    assert isomorphic(triples, back)
    assert len(back) > 80


@pytest.mark.parametrize("chosen", SKOS_FORMATS, ids=lambda chosen: chosen.name)
def test_the_same_content_gives_the_same_bytes_in_another_process(chosen):
    program = (
        "import sys; sys.path.insert(0, '.'); from tests.unit.termbank.exchange.test_skos import export; "
        f"sys.stdout.buffer.write(export({chosen.name!r})[1])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert runs == {export(chosen.name)[1]}


def test_labels_say_which_term_is_preferred_alternative_and_deprecated():
    triples, _ = export("turtle")
    bed = node("vardplats")
    assert set(triples.objects(bed, SKOS.prefLabel)) == {Literal("vårdplats", "sv"), Literal("hospital bed", "en")}
    assert set(triples.objects(bed, SKOS.altLabel)) == {Literal("säng & plats", "sv")}
    assert set(triples.objects(bed, SKOS.hiddenLabel)) == {Literal("<bädd>", "sv")}


def test_relations_go_both_ways_and_tops_are_named():
    triples, _ = export("turtle")
    scheme = URIRef(f"{BASE}termbank/id/scheme/vardplatser")
    assert (node("teknisk-vardplats"), SKOS.broader, node("disponibel-vardplats")) in triples
    assert (node("disponibel-vardplats"), SKOS.narrower, node("teknisk-vardplats")) in triples
    assert (node("disponibel-vardplats"), SKOS.related, node("faststalld-vardplats")) in triples
    assert set(triples.objects(scheme, SKOS.hasTopConcept)) == {node("vardplats")}
    assert (node("vardplats"), SKOS.topConceptOf, scheme) in triples
    assert set(triples.subjects(SKOS.inScheme, scheme)) == {node(slug) for slug in CONCEPTS}


def test_notes_problems_source_and_version_come_along():
    triples, _ = export("turtle")
    assert (node("disponibel-vardplats"), SKOS.scopeNote, Literal("Inte fysisk (SKL 2015)", "sv")) in triples
    assert (node("teknisk-vardplats"), SKOS.editorialNote, Literal("Counted differently", "en")) in triples
    assert (node("vardplats"), SKOS.editorialNote, Literal("Återgiven i registrets egna ord", "sv")) in triples
    assert (node("vardplats"), DCTERMS.source, URIRef("https://example.se/")) in triples
    assert (node("vardplats"), OWL.versionInfo, Literal("2")) in triples


def test_a_concept_without_a_definition_says_so_and_has_none():
    triples, _ = export("turtle")
    assert not list(triples.objects(node("disponibel-vardplats"), SKOS.definition))
    assert any(
        str(note) == "There is no definition."
        for note in triples.objects(node("disponibel-vardplats"), SKOS.editorialNote)
    )


def test_application_statements_stand_beside_the_concept_with_answers_and_decision():
    triples, _ = export("turtle")
    own = Names(BASE).vocabulary
    said = URIRef(f"{BASE}termbank/id/application/app1")
    assert (said, RDF.type, own.ApplicationStatement) in triples
    assert (said, own.concept, node("faststalld-vardplats")) in triples
    answer = URIRef(f"{said}#must-be-available")
    assert (answer, own.value, Literal("partly")) in triples
    assert {str(day) for day in (*triples.objects(said, own.validFrom), *triples.objects(said, own.validTo))} == {
        "2018-03-01",
        "2020-01-01",
    }
    assert (said, own.registryNumber, Literal("3754-2017")) in triples


def test_a_relation_that_is_applied_differently_is_no_skos_relation():
    triples, _ = export("turtle")
    own = Names(BASE).vocabulary
    assert (node("faststalld-vardplats"), own.appliedDifferently, node("teknisk-vardplats")) in triples
    assert (node("faststalld-vardplats"), SKOS.related, node("teknisk-vardplats")) not in triples


def test_every_word_of_our_own_is_described_in_the_file():
    triples, _ = export("turtle")
    own = str(Names(BASE).vocabulary)
    used = {str(term) for triple in triples for term in triple if str(term).startswith(own)}
    described = {str(term) for term in triples.subjects(RDF.type, None) if str(term).startswith(own)}
    assert used == described


def test_relations_out_of_the_export_are_left_out_and_reported():
    some = {"faststalld-vardplats": CONCEPTS["faststalld-vardplats"]}
    triples, lost = graph(published(some))
    assert {(finding.params["role"], finding.params["other"]) for finding in lost} == {
        ("broader", "vardplats"), ("related", "disponibel-vardplats"), ("contested", "teknisk-vardplats"),
    }  # fmt: skip
    assert not list(triples.subject_objects(SKOS.broader))


def test_relations_to_concepts_that_are_known_but_not_described_are_kept():
    some = {"faststalld-vardplats": CONCEPTS["faststalld-vardplats"]}
    known = {slug: f"known-{slug}" for slug in CONCEPTS}
    triples, lost = graph(published(some), known)
    assert lost == ()
    assert URIRef(f"{BASE}termbank/id/concept/known-vardplats") in set(triples.objects(None, SKOS.broader))


def test_identifiers_are_opaque_and_absolute_only_by_the_base_address():
    _, here = export("turtle")
    source = SchemeExport(SCHEME, published(), STATEMENTS, "http://127.0.0.1:8000")
    elsewhere = format_named(FORMATS, "turtle").write(source).data
    assert b"http://127.0.0.1:8000/termbank/id/concept/id0" in elsewhere
    assert BASE.encode() not in elsewhere
    assert b"concept/vardplats" not in here


def test_json_ld_has_its_context_inside_and_reads_without_any_network(monkeypatch):
    _, data = export("jsonld")
    assert isinstance(json.loads(data)["@context"], dict)
    assert all(
        isinstance(value, str) and not value.endswith(".jsonld") for value in json.loads(data)["@context"].values()
    )

    def refuse(*_arguments, **_named):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert len(Graph().parse(data=data, format="json-ld")) > 80


def test_made_up_wordings_say_so_in_the_file():
    made_up = {"vardplats": replace(CONCEPTS["vardplats"], provenance=Provenance.MADE_UP)}
    triples, _ = graph(published(made_up))
    assert any("made up" in text for text in triples.objects(None, SKOS.editorialNote))


def test_a_withdrawn_concept_is_marked_deprecated():
    triples, _ = graph(published(state="withdrawn"))
    assert (node("vardplats"), OWL.deprecated, Literal(True)) in triples


def test_an_address_that_is_no_address_becomes_no_link():
    bad = replace(CONCEPTS["vardplats"], sources=(replace(SOURCE, url="javascript:alert(1)"),))
    triples, _ = graph(published({"vardplats": bad}))
    assert not list(triples.objects(None, DCTERMS.source))


def test_what_skos_has_no_place_for_is_a_loss_of_every_format():
    bed, established = CONCEPTS["vardplats"], CONCEPTS["faststalld-vardplats"]
    bare = {"vardplats": replace(bed, sources=(), notes=(), problems=(), provenance=Provenance.OWN)}
    assert losses(SchemeExport(SCHEME, published(bare), [], BASE)) == ()
    lossy = {
        "vardplats": replace(
            bed,
            sources=(replace(SOURCE, url="hylla 7"),),
            notes=(note("Inte fysisk", "Not physical", "SKL 2015", "https://example.se/"),),
            problems=(),
            provenance=Provenance.REPRODUCED,
        ),
        "faststalld-vardplats": replace(
            established,
            relations=related(
                broader=("vardplats",), contested=(contested("vardplats", Text("Olika", "Differently"), "SKL"),)
            ),
        ),
    }
    own_term = replace(STATEMENTS[0].application, term=Text("fast plats", "fixed bed"))
    source = SchemeExport(SCHEME, published(lossy), [replace(STATEMENTS[0], application=own_term)], BASE)
    expected = {"SKOS-001": 1, "SKOS-002": 1, "SKOS-003": 2, "SKOS-004": 1, "SKOS-005": 1}
    for chosen in SKOS_FORMATS:
        lost = chosen.write(source).losses
        assert {loss.code: loss.params["number"] for loss in lost} == expected
        assert {loss.severity for loss in lost} == {Severity.INFO}


def test_control_characters_never_reach_a_file():
    from termbank.concepts.content import read as read_concept

    odd = read_concept(
        replace(CONCEPTS["vardplats"], definitions=defined("plats\x0b\x00 & <b>\ud800", "place")).as_content()
    )
    _, data = export("rdfxml", {"vardplats": odd}, [])
    back = Graph().parse(data=data, format="xml")
    assert Literal("plats & <b>", "sv") in set(back.objects(None, SKOS.definition))


def test_generic_and_partitive_stand_as_iso_25964_names_them_beside_broader():
    row = replace(
        concept("rad"),
        relations=(
            Relation(RelationKind.GENERIC, Target(key="vardplats")),
            Relation(RelationKind.PARTITIVE, Target(key="disponibel-vardplats")),
        ),
    )
    triples, _ = graph(published({**CONCEPTS, "rad": row}))
    whole, part = URIRef(f"{BASE}termbank/id/concept/id4"), node("disponibel-vardplats")
    assert (whole, skos.ISO_THES.broaderGeneric, node("vardplats")) in triples
    assert (node("vardplats"), skos.ISO_THES.narrowerGeneric, whole) in triples
    assert (whole, skos.ISO_THES.broaderPartitive, part) in triples and (whole, SKOS.broader, part) in triples
    unknown = (node("disponibel-vardplats"), skos.ISO_THES.broaderGeneric, node("vardplats"))
    assert unknown not in triples, "a kind that nobody has stated is not guessed"


def test_terms_of_every_status_and_language_and_what_another_vocabulary_said_come_along():
    line = '<https://v.example/1> <https://v.example/ns#seen> "1999"^^<http://www.w3.org/2001/XMLSchema#gYear> .'
    one = replace(
        concept("plats"),
        terms=(
            Term("sijoituspaikka", "fi"),
            Term("P1"),
            Term("plasts", "sv", TermStatus.HIDDEN),
            Term("bädd", "sv", TermStatus.DEPRECATED),
        ),
        relations=(Relation(RelationKind.EXACT, Target(iri="https://v.example/1")),),
        foreign=Foreign("https://v.example/1", (line,)),
    )
    triples, lost = graph(published({"vardplats": one}))
    bed, own = node("vardplats"), Names(BASE).vocabulary
    assert set(triples.objects(bed, SKOS.prefLabel)) == {Literal("sijoituspaikka", "fi"), Literal("P1")}
    assert set(triples.objects(bed, SKOS.hiddenLabel)) == {Literal("plasts", "sv"), Literal("bädd", "sv")}
    assert set(triples.objects(bed, own.deprecatedLabel)) == {Literal("bädd", "sv")}
    assert (bed, SKOS.exactMatch, URIRef("https://v.example/1")) in triples and lost == ()
    assert Literal("1999", datatype=XSD.gYear) in set(triples.objects(URIRef("https://v.example/1")))
