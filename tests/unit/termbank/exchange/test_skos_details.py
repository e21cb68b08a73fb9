"""What the triples say of what is withdrawn, of schemes with names of their own, and of each kind of relation and remark."""

from dataclasses import replace
from datetime import date

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from registry.findings import Text
from registry.provenance import Provenance
from termbank.concepts.concept import Definition, Foreign, Notation, Relation, Source, Target, Term
from termbank.concepts.schemes import Scheme
from termbank.concepts.version_chain import PublishedVersion
from termbank.concepts.wordings import wordings_of
from termbank.exchange import skos
from termbank.exchange.names import Names
from termbank.exchange.scheme_exports import WITHDRAWN, Coming, PublishedApplication, PublishedConcept, SchemeExport
from termbank.exchange.skos_losses import losses, losses_with_labels
from termbank.notions import RelationKind
from tests.factories.concepts import concept, contested, note, statement

BASE = "https://r.se"
SCHEME = Scheme("s", Text("Sängar", "Beds"), Text("", ""))
PLAIN = concept("plats", rendering=False, provenance=Provenance.OWN, source=None)


def published(slug, one=PLAIN, **more):
    return PublishedConcept(slug, f"id-{slug}", 1, slug[0] * 64, "published", None, one, **more)


def named(slug) -> URIRef:
    return URIRef(f"{BASE}/termbank/id/concept/id-{slug}")


def exported(*concepts, scheme=SCHEME, applications=(), **more):
    return SchemeExport(scheme, concepts, applications, BASE, **more)


def said_of(one, *others, **more) -> Graph:
    return skos.graph(exported(published("a", one), *others, **more))


def to(kind, key="b"):
    return replace(PLAIN, relations=(Relation(kind, Target(key=key)),))


def test_what_was_withdrawn_names_others_and_is_named_by_none():
    gone = replace(published("g", to(RelationKind.ASSOCIATIVE)), state="withdrawn", replaced_by="b")
    triples = skos.graph(exported(published("b"), gone=[gone]))
    scheme = URIRef(f"{BASE}/termbank/id/scheme/s")
    assert (named("g"), SKOS.related, named("b")) in triples and (named("b"), SKOS.related, named("g")) not in triples
    assert list(triples.objects(scheme, SKOS.hasTopConcept)) == [named("b")]
    assert list(triples.subjects(SKOS.topConceptOf, scheme)) == [named("b")]
    assert list(triples.subjects(OWL.deprecated, Literal(True))) == [named("g")]
    assert (named("g"), DCTERMS.isReplacedBy, named("b")) in triples
    assert (named("b"), DCTERMS.replaces, named("g")) in triples
    unknown = skos.graph(exported(published("b"), gone=[replace(gone, replaced_by="nowhere")]))
    assert not list(unknown.subject_objects(DCTERMS.isReplacedBy))


def test_relations_of_what_was_withdrawn_that_lead_out_are_lost_too():
    source = exported(published("b"), gone=[published("g", to(RelationKind.ASSOCIATIVE, "out"))])
    assert [(one.params["slug"], one.params["other"]) for one in losses(source)] == [("g", "out")]
    assert source.slugs == {"b", "g"}


@pytest.mark.parametrize(
    ("kind", "forth", "back"),
    [
        (RelationKind.EXACT, SKOS.exactMatch, SKOS.exactMatch),
        (RelationKind.CLOSE, SKOS.closeMatch, SKOS.closeMatch),
        (RelationKind.BROAD, SKOS.broadMatch, SKOS.narrowMatch),
        (RelationKind.NARROW, SKOS.narrowMatch, SKOS.broadMatch),
        (RelationKind.RELATED, SKOS.relatedMatch, SKOS.relatedMatch),
        (RelationKind.ASSOCIATIVE, SKOS.related, SKOS.related),
        (RelationKind.BROADER_UNKNOWN, SKOS.broader, SKOS.narrower),
    ],
)
def test_each_kind_of_relation_is_said_there_and_back_and_in_no_other_way(kind, forth, back):
    triples = said_of(to(kind), published("b"))
    assert list(triples.predicates(named("a"), named("b"))) == [forth]
    assert list(triples.predicates(named("b"), named("a"))) == [back]


def test_a_relation_to_an_address_is_said_one_way_and_to_what_is_no_address_not_at_all():
    def related_to(iri):
        return replace(PLAIN, relations=(Relation(RelationKind.CLOSE, Target(iri=iri)),))

    there = URIRef("https://v.example/1")
    triples = said_of(related_to(str(there)))
    assert list(triples.objects(named("a"), SKOS.closeMatch)) == [there] and not list(triples.predicates(there))
    assert not list(said_of(related_to("javascript:x")).subject_objects(SKOS.closeMatch))


def test_a_relation_that_is_not_known_by_its_key_is_lost_by_its_id():
    lost = losses(exported(published("a", replace(PLAIN, relations=(
        Relation(RelationKind.ASSOCIATIVE, Target(item="number-7")), Relation(RelationKind.CLOSE, Target(iri="https://v.example/1")),
        Relation(RelationKind.CLOSE, Target(key="out")),
    )))))  # fmt: skip
    assert [(one.params["role"], one.params["other"]) for one in lost] == [
        ("related", "number-7"), (RelationKind.CLOSE.value, "out"),
    ]  # fmt: skip


def test_a_scheme_may_have_names_and_a_licence_of_its_own():
    own = replace(SCHEME, base="https://own.example/s", licence="https://licence.example/")
    triples = said_of(PLAIN, published("b"), scheme=own, bases={"a": "https://own.example/c/"})
    assert (URIRef("https://own.example/s"), DCTERMS.license, URIRef("https://licence.example/")) in triples
    assert set(triples.subjects(RDF.type, SKOS.Concept)) == {URIRef("https://own.example/c/id-a"), named("b")}
    assert not list(said_of(PLAIN, scheme=replace(SCHEME, licence="fri")).subject_objects(DCTERMS.license))


def test_notations_and_subject_fields_are_said_as_they_are():
    one = replace(
        PLAIN,
        notations=(Notation("1", "https://d.example/code"), Notation("2")),
        subject_field=wordings_of(Text("vård", "care")),
    )
    triples, own = said_of(one), Names(BASE).vocabulary
    assert set(triples.objects(named("a"), SKOS.notation)) == {
        Literal("1", datatype=URIRef("https://d.example/code")), Literal("2"),
    }  # fmt: skip
    assert set(triples.objects(named("a"), own.subjectField)) == {Literal("vård", "sv"), Literal("care", "en")}
    assert (own.subjectField, RDF.type, RDF.Property) in triples


@pytest.mark.parametrize(
    ("iri", "versions"),
    [
        ("https://v.example/1", [URIRef("https://v.example/1")]),
        ("urn:x", []),
        (str(named("a")), []),
    ],
)
def test_a_concept_is_a_version_of_the_one_that_it_was_taken_from_where_that_has_another_address(iri, versions):
    triples = said_of(replace(PLAIN, foreign=Foreign(iri)))
    assert list(triples.objects(named("a"), DCTERMS.isVersionOf)) == versions


def test_a_source_is_cited_in_its_language_with_what_was_said_of_it_by_language():
    source = Source(
        "Bok", "", "2012", wordings_of(Text("Gäller", "Holds")), wordings_of(Text("Läst", "")), language="sv"
    )
    triples = said_of(replace(PLAIN, sources=(source,)))
    assert list(triples.objects(named("a"), DCTERMS.bibliographicCitation)) == [Literal("Bok, 2012", "sv")]
    assert set(triples.objects(named("a"), SKOS.historyNote)) == {
        Literal("Gäller. Läst", "sv"), Literal("Holds", "en"),
    }  # fmt: skip
    undated = said_of(replace(PLAIN, sources=(replace(source, date="", language=""),)))
    assert list(undated.objects(named("a"), DCTERMS.bibliographicCitation)) == [Literal("Bok")]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"terms": (Term("a", "sv", source="Bok"),)}, "SKOS-006"),
        ({"terms": (Term("a", "sv", grammar="plural"),)}, "SKOS-006"),
        ({"terms": (Term("a", "sv", abbreviation=True),)}, "SKOS-006"),
        ({"terms": (Term("a", "sv", homograph=0),)}, "SKOS-006"),
        ({"terms": (Term("a", "sv"),)}, None),
        ({"definitions": (Definition("a", "sv", source="Bok"),)}, "SKOS-007"),
        ({"definitions": (Definition("a", "sv", url="https://b.se/"),)}, "SKOS-007"),
        ({"definitions": (Definition("a", "sv"),)}, None),
        ({"relations": (Relation(RelationKind.ASSOCIATIVE, Target(key="a"), wordings_of(Text("x", "x"))),)}, "SKOS-008"),
        ({"relations": (contested("a", Text("x", "x"), "Bok"),)}, "SKOS-001"),
        ({"examples": (note("x", "x", "Bok", "https://b.se/"),)}, "SKOS-002"),
    ],
)  # fmt: skip
def test_what_has_no_place_in_skos_is_counted_once(parts, code):
    source = exported(published("a", replace(PLAIN, **parts)))
    assert {one.code: one.params["number"] for one in losses(source)} == ({code: 1} if code else {})
    with_labels = [one.code for one in losses_with_labels(source)]
    assert with_labels == ([code] if code and code != "SKOS-006" else [])


@pytest.mark.parametrize(
    "change",
    [
        {"state": "withdrawn"},
        {"valid_from": date(2026, 1, 1)},
        {"content_hash": "z" * 64},
        {"item_id": "other"},
        {"replaced_by": "b"},
        {"coming": Coming("c" * 64, 2, date(2027, 1, 1))},
    ],
)
def test_whatever_is_written_of_a_concept_makes_another_file(change):
    here, gone = published("a"), published("g")
    source = exported(here, gone=[gone])
    assert replace(source, concepts=[replace(here, **change)]).key != source.key
    assert replace(source, gone=[replace(gone, **change)]).key != source.key


def test_where_names_begin_and_each_statement_make_another_file():
    app = PublishedApplication("app", 1, "a" * 64, statement({}, concept="a"))
    source = exported(published("a"), applications=[app], bases={"a": "https://x/"})
    assert replace(source, bases={}).key != source.key
    for change in ({"item_id": "other"}, {"content_hash": "b" * 64}):
        assert replace(source, applications=[replace(app, **change)]).key != source.key


def test_the_prefixes_are_those_that_others_use():
    bound = {prefix: str(name) for prefix, name in skos.graph(exported()).namespaces()}
    assert bound["dct"] == str(DCTERMS) and bound["iso-thes"] == str(skos.ISO_THES)
    assert bound["vpr"] == f"{BASE}/termbank/ns#"


def test_versions_say_which_took_the_place_of_which_and_which_apply_no_longer():
    first, second, third = (
        PublishedVersion(letter * 64, number, state, day, state != "published", until)
        for letter, number, state, day, until in (
            ("x", 1, "withdrawn", None, None),
            ("y", 3, "superseded", date(2026, 1, 2), None),
            ("z", 4, "published", None, date(2027, 5, 6)),
        )
    )
    x, y, z = (URIRef(f"{BASE}/termbank/id/version/{letter * 64}") for letter in "xyz")
    own = Names(BASE).vocabulary
    triples = skos.graph(exported(published("a", versions=(first, second, third))))
    assert (
        set(triples.objects(named("a"), DCTERMS.hasVersion))
        == {x, y, z}
        == set(triples.subjects(RDF.type, own.ConceptVersion))
    )
    assert set(triples.subject_objects(DCTERMS.isReplacedBy)) == {(x, y), (y, z)}
    assert set(triples.subject_objects(DCTERMS.replaces)) == {(y, x), (z, y)}
    assert set(triples.subjects(OWL.deprecated, Literal(True))) == {x, y}
    assert {str(day) for day in triples.objects(y, DCTERMS.valid)} == {"2026-01-02"}
    assert list(triples.subject_objects(own.transitionUntil)) == [(z, Literal("2027-05-06", datatype=XSD.date))]
    assert [str(state) for state in triples.objects(x, own.status)] == ["withdrawn"]
    assert (own.ConceptVersion, RDF.type, RDFS.Class) in triples
    alone = skos.graph(exported(published("a", versions=(third,))))
    assert (None, DCTERMS.hasVersion, None) not in alone and (own.ConceptVersion, None, None) not in alone
    assert (named("a"), DCTERMS.hasVersion, x) in skos.graph(exported(published("a", versions=(first,))))


def test_a_version_that_was_withdrawn_does_not_withdraw_the_concept_that_goes_on():
    one = replace(published("a"), state=WITHDRAWN)
    assert (named("a"), OWL.deprecated, Literal(True)) in skos.graph(exported(one))
    assert (None, OWL.deprecated, None) not in skos.graph(exported(replace(one, goes_on=True)))
