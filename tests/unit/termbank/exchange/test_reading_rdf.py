"""SKOS from elsewhere: what becomes part of a concept, what is kept beside it, and what is lost. The files are made up."""

import pytest

from termbank.concepts.concept import Definition, Foreign, Notation, Note, Relation, Target, Term
from termbank.concepts.wordings import Wording
from termbank.exchange.reading import rdf
from termbank.exchange.records import Account
from termbank.notions import RelationKind, TermStatus
from tests.unit.termbank.exchange.rdf_readings import (
    DCT,
    HERE,
    OWN,
    PREFIXES,
    SKOS,
    A,
    V,
    first,
    read,
    statements,
    sums,
)


def related(body: str, name: str = f"{V}a") -> set[tuple[str, str]]:
    """The relations of a concept."""
    (one,) = [record.concept for record in read(body).records if record.name == name]
    assert len(set(one.relations)) == len(one.relations)
    return {(each.kind.value, each.target.iri.removeprefix(V)) for each in one.relations}


def test_a_triple_that_is_said_twice_is_counted_once():
    line = f"<{V}a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{SKOS}Concept> .\n"
    assert rdf.read((line * 3).encode(), "a.nt", (OWN,)).account == Account("triples", 1, 1)


def test_several_schemes_and_names_without_a_base_are_told_of_the_file():
    one = ":s a skos:ConceptScheme . :a a skos:Concept ; skos:inScheme :s ."
    assert read(one).findings == ()
    (told,) = read(one + " :t a skos:ConceptScheme . :b a skos:Concept ; skos:inScheme :t .").findings
    assert (told.code, dict(told.params)) == ("IMPORT-034", {"number": 2, "name": f"{V}s"})
    (told,) = read("<a> a skos:Concept . <#b> a skos:Concept . :c a skos:Concept .").findings
    assert (told.code, dict(told.params)) == ("IMPORT-035", {"number": 2, "name": "a"})
    assert read("@base <https://v.example/> . <a> a skos:Concept .").findings == ()


@pytest.mark.parametrize(
    ("body", "code", "triples"),
    [
        (":a a :Concept, skos:Collection .", "VOC-106", 2),
        (f':a a "{SKOS}Concept" .', "VOC-106", 1),
        (":a dct:type skos:Concept .", "VOC-106", 1),
        (":a a", "VOC-102", None),
    ],
)
def test_a_file_without_concepts_is_refused(body, code, triples):
    reading = rdf.read((PREFIXES + body).encode(), "a.ttl", (OWN,))
    assert reading.unreadable.code == code and reading.unreadable.params.get("triples") == triples
    assert reading.records == ()


@pytest.mark.parametrize(
    "said",
    [
        "skos:prefLabel :b",
        'skos:notation "1"@sv',
        "skos:notation :b",
        'skos:broader "b"',
        "skos:broader <urn:b>",
        'skos:broader "https://w.example/b"',
        "skos:broader [ ]",
        'skos:narrower "b"',
        "skos:narrower <https://w.example/b>",
        'skos:related "b"',
        "skos:related <urn:b>",
        'skos:exactMatch "b"',
        "skos:exactMatch <urn:b>",
        "a :Thing",
        f'a "{SKOS}Concept"',
        "dct:type skos:Concept",
        "skos:inScheme :s",
        'skos:inScheme "s"',
        "skos:topConceptOf :s",
        'skos:topConceptOf "s"',
        'dct:source "Boken"',
        'dct:identifier "1"',
        "dct:isVersionOf :b",
        'xl:prefLabel "b"',
        "xl:prefLabel :b",
        "dct:title [ ]",
    ],
)
def test_what_has_no_place_in_a_concept_is_kept_as_a_statement(said):
    reading = read(f"{A}{said} .")
    (record,) = reading.records
    assert len(record.concept.foreign.statements) == 1 and sums(reading) == (2, 0, {})
    assert (record.concept.terms, record.concept.relations, record.concept.notations) == ((), (), ())
    assert (reading.kind, reading.title, record.also, record.row) == ("skos", "", (), 0)


@pytest.mark.parametrize(
    ("said", "part", "value"),
    [
        ('skos:prefLabel "a"@sv', "terms", (Term("a", "sv"),)),
        ('skos:altLabel "a"', "terms", (Term("a", "", TermStatus.ADMITTED),)),
        ('skos:hiddenLabel "a"@EN', "terms", (Term("a", "en", TermStatus.HIDDEN),)),
        ('skos:definition "a"@sv', "definitions", (Definition("a", "sv"),)),
        ('skos:definition "a"', "definitions", (Definition("a"),)),
        ('skos:scopeNote "a"@sv', "notes", (Note((Wording("a", "sv"),)),)),
        ('skos:scopeNote "a"', "notes", (Note((Wording("a"),)),)),
        ('skos:example "a"@sv', "examples", (Note((Wording("a", "sv"),)),)),
        ('skos:editorialNote "a"@sv', "problems", (Note((Wording("a", "sv"),)),)),
        ('skos:notation "1"', "notations", (Notation("1"),)),
        ('skos:notation "1"^^:code', "notations", (Notation("1", f"{V}code"),)),
        ("skos:broader :b", "relations", (Relation(RelationKind.BROADER_UNKNOWN, Target(iri=f"{V}b")),)),
        ("iso:broaderGeneric :b", "relations", (Relation(RelationKind.GENERIC, Target(iri=f"{V}b")),)),
        ("iso:broaderPartitive :b", "relations", (Relation(RelationKind.PARTITIVE, Target(iri=f"{V}b")),)),
        ("skos:related :b", "relations", (Relation(RelationKind.ASSOCIATIVE, Target(iri=f"{V}b")),)),
        ("skos:narrowMatch :b", "relations", (Relation(RelationKind.NARROW, Target(iri=f"{V}b")),)),
        ('w:subjectField "a"@sv', "subject_field", (Wording("a", "sv"),)),
        ('w:subjectField "a"', "subject_field", (Wording("a"),)),
        ('w:concernsPersons "true"', "concerns_persons", True),
        ('w:concernsPersons "false"', "concerns_persons", False),
    ],
)
def test_what_has_a_place_is_part_of_the_concept(said, part, value):
    reading = read(f"{A}{said} .")
    assert getattr(reading.records[0].concept, part) == value
    assert reading.records[0].concept.foreign == Foreign(f"{V}a") and sums(reading) == (2, 0, {})
    assert reading.records[0].findings == ()


def test_nothing_is_said_of_what_the_file_does_not_say():
    one = first(f'{A}skos:prefLabel "a" .')
    assert one.concerns_persons is None and one.relations == one.notes == one.subject_field == ()


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        ('skos:prefLabel " a"@sv', "skos:prefLabel (blanks)"),
        ('skos:prefLabel " "@sv', "skos:prefLabel (empty)"),
        ('skos:definition " a"@sv', "skos:definition (blanks)"),
        ('skos:definition ""@sv', "skos:definition (empty)"),
        ('skos:example ""@sv', "skos:example (empty)"),
        ('skos:notation " 1"', "skos:notation (blanks)"),
        ("skos:broader :b . :b a skos:Concept ; dct:title [ ] . :c dct:title :a", "dct:title"),
    ],
)
def test_what_is_read_otherwise_than_it_stands_is_named(said, lost):
    reading = read(f"{A}{said} .")
    assert reading.account.lost == {lost: 1}
    assert {term.text for record in reading.records for term in record.concept.terms} <= {"a"}


def test_the_register_s_own_words_and_facts_are_its_own():
    assert sums(read(f'{A}w:contentHash "x", "y" ; w:subjectField :b ; w:deprecatedLabel :b ; w:concernsPersons :b .')) == (
        1, 5, {},
    )  # fmt: skip
    told = f'{HERE}dct:identifier "1" ; owl:versionInfo "2" ; dct:source "x" ; owl:deprecated false ; dct:creator "x" .'
    assert sums(read(told)) == (2, 4, {})
    assert first(told).foreign == Foreign(f"{OWN}id/1", (f'<{OWN}id/1> <{DCT}creator> "x" .',))
    assert first(f'{HERE}skos:prefLabel "a" .').foreign is None


def test_a_withdrawn_concept_is_no_record_only_where_it_is_the_register_s_own():
    gone = f'{HERE}owl:deprecated true ; skos:prefLabel "b" ; skos:related :a . {A}skos:prefLabel "a" .'
    reading = read(gone)
    assert [one.name for one in reading.records] == [f"{V}a"] and sums(reading) == (2, 4, {})
    assert reading.records[0].concept.relations == ()
    for said in ('owl:deprecated "false"', "owl:deprecated :true", 'dct:valid "true"', "owl:deprecated _:true"):
        assert len(read(f"{HERE}{said} .").records) == 1
    assert len(read(f"{A}owl:deprecated true .").records) == 1


def test_a_version_is_known_by_the_name_of_what_it_is_a_version_of_and_what_is_said_there_is_kept():
    reading = read(f'{HERE}dct:isVersionOf :x, :y . :x dct:creator "N" . :y dct:creator "M" .')
    (record,) = reading.records
    assert record.also == (f"{V}x", f"{V}y") and sums(reading) == (5, 0, {})
    assert record.concept.foreign == Foreign(f"{V}x", (f'<{V}x> <{DCT}creator> "N" .', f'<{V}y> <{DCT}creator> "M" .'))
    both = read(f'{HERE}dct:isVersionOf :a . {A}dct:creator "N" .')
    assert [len(one.concept.foreign.statements) for one in both.records] == [0, 1] and sums(both) == (4, 0, {})
    assert read(f'{HERE}dct:isVersionOf "x" ; dct:relation :x .').records[0].also == ()


@pytest.mark.parametrize(
    ("said", "also", "told"),
    [
        ("skos:broader :b ; iso:broaderGeneric :b", "", {("generic", "b")}),
        ("iso:broaderGeneric :b ; skos:broader :b", "", {("generic", "b")}),
        ("iso:broaderGeneric :b ; iso:broaderPartitive :b", "", {("generic", "b"), ("partitive", "b")}),
        ("skos:broader :b ; skos:related :b", "", {("broader_unknown", "b"), ("associative", "b")}),
        ("iso:broaderGeneric :b", ":b iso:narrowerGeneric :a", {("generic", "b")}),
        ("skos:note :b", ":b iso:narrowerGeneric :a", {("generic", "b")}),
        ("skos:note :b", ":b iso:narrowerPartitive :a", {("partitive", "b")}),
        ("skos:note :b", ":b skos:narrower :a", {("broader_unknown", "b")}),
        ("skos:related :b", ":b skos:related :a", {("associative", "b")}),
        ("skos:note :b", ":b skos:related :a", {("associative", "b")}),
    ],
)
def test_a_relation_is_read_from_both_ends_and_as_fine_as_it_is_said(said, also, told):
    reading = read(f"{A}{said} . :b a skos:Concept . {also + ' .' if also else ''}")
    assert related(f"{A}{said} . :b a skos:Concept . {also + ' .' if also else ''}") == told
    assert sums(reading) == (reading.account.read, 0, {})


def test_only_the_first_scheme_is_the_vocabulary_s():
    body = f"{A}skos:inScheme :s, :t ; skos:topConceptOf :s, :t . :s a skos:ConceptScheme . :t a skos:ConceptScheme ."
    assert len(statements(body)) == 2 and sums(read(body)) == (6, 0, {"rdf:type": 1})


@pytest.mark.parametrize(
    ("said", "is_top"),
    [
        ("", True),
        ("skos:related :b ;", True),
        ("skos:related :b ; skos:broader :b ;", False),
        ("skos:broader :b ;", False),
        ("iso:broaderGeneric :b ; iso:broaderPartitive :b ;", False),
        ("skos:broadMatch :b ;", True),
    ],
)
def test_what_is_on_top_follows_from_relations_and_is_lost_where_it_does_not(said, is_top):
    body = f"{A}{said} skos:topConceptOf :s . :s a skos:ConceptScheme ; skos:hasTopConcept :a ."
    reading, tops = read(f"{body} :b a skos:Concept ."), {"skos:topConceptOf": 1, "skos:hasTopConcept": 1}
    assert reading.account.lost == ({} if is_top else tops)
    assert reading.records[0].tops == (tops if is_top else {})
    elsewhere = read(body)
    assert elsewhere.account.lost == {} and elsewhere.records[0].tops == tops, (
        "what is above is of no scheme that is known"
    )
    assert sums(read(f"{A}{said} skos:note :c ."))[2] == {}


def test_of_schemes_and_collections_only_that_they_are_there_is_kept():
    reading = read(
        f'{A}skos:broader :b . :s a skos:ConceptScheme, :Thing ; dct:title "S" ; skos:hasTopConcept :x ; dct:hasPart :a ; dct:type skos:ConceptScheme .\n'
        ":t skos:hasTopConcept :a ; a skos:ConceptScheme . :k a skos:Collection ; skos:member :a . :o a skos:OrderedCollection .\n"
        'own:s a skos:Collection ; dct:title "own" . :z dct:title "z" .'
    )
    assert sums(reading) == (3, 2, {
        "rdf:type": 4, "dct:title": 2, "skos:hasTopConcept": 2, "dct:hasPart": 1, "dct:type": 1, "skos:member": 1,
    })  # fmt: skip
    assert list(reading.account.lost) == sorted(reading.account.lost)


def test_only_what_is_said_to_be_on_top_is_of_the_scheme_s_structure():
    body = f"{A}skos:note :x . :s a skos:ConceptScheme ; dct:hasPart :a ; skos:hasTopConcept :a ; dct:type skos:ConceptScheme ."
    assert sums(read(body)) == (4, 0, {"dct:hasPart": 1, "dct:type": 1})


def test_a_collection_that_a_concept_names_stays_a_collection():
    body = (
        f"{A}dct:isPartOf :k, :o, :s . :k a skos:Collection . :o a skos:OrderedCollection . :s a skos:ConceptScheme ."
    )
    assert len(statements(body)) == 3 and sums(read(body)) == (5, 0, {"rdf:type": 2})


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ('dct:title "A"@en, "B"@sv, "0"@fi', "B"),
        ('dct:title "B"@en, "A"@fi, "0"', "B"),
        ('dct:title "B"@fi, "A"', "A"),
        ('dct:title " B "@sv', "B"),
        ('skos:prefLabel "B"', "B"),
        ('dc:title "B"', "B"),
        ('dct:title "B" ; dct:description "A"', "B"),
        ("dct:title :a", ""),
        ('dct:description "A"@sv', ""),
    ],
)
def test_the_title_is_the_scheme_s_in_swedish_first(said, title):
    assert (
        read(f'{A}dct:x "x" . :s a skos:ConceptScheme ; {said} . :t a skos:ConceptScheme ; dct:title "0"@sv .').title
        == title
    )


@pytest.mark.parametrize("name", ["<urn:b>", "<https://b.example/%>"])
def test_a_relation_may_name_any_concept_of_the_file(name):
    told = {
        "broader": RelationKind.BROADER_UNKNOWN,
        "related": RelationKind.ASSOCIATIVE,
        "closeMatch": RelationKind.CLOSE,
    }
    for predicate, kind in told.items():
        body = f"{A}skos:{predicate} {name} . {name} a skos:Concept ."
        assert [(one.kind, one.target.iri) for one in first(body).relations] == [(kind, name.strip("<>"))]
        assert sums(read(body)) == (3, 0, {}) and statements(body) == ()
