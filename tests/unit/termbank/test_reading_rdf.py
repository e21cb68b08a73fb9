"""SKOS and SKOS-XL from elsewhere: what becomes part of a concept, what is kept beside it, and what is lost. The files are made up."""

import hashlib

import pytest

from termbank.concepts.concept import Definition, Foreign, Notation, Note, Relation, Target, Term
from termbank.concepts.outline import RENDERING_TEXT
from termbank.concepts.schema import MOST_STATEMENTS, MOST_TERMS
from termbank.concepts.wordings import Wording
from termbank.exchange.reading import rdf
from termbank.exchange.records import Account, Reading
from termbank.notions import RelationKind, TermStatus

V, OWN = "https://v.example/", "https://r.se/termbank/"
XL = "http://www.w3.org/2008/05/skos-xl#"
SKOS, DCT = "http://www.w3.org/2004/02/skos/core#", "http://purl.org/dc/terms/"
PREFIXES = f"""@prefix skos: <{SKOS}> . @prefix dct: <{DCT}> . @prefix : <{V}> . @prefix own: <{OWN}id/> . @prefix w: <{OWN}ns#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> . @prefix iso: <http://purl.org/iso25964/skos-thes#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix dc: <http://purl.org/dc/elements/1.1/> .
"""
A, HERE = ":a a skos:Concept ; ", "own:1 a skos:Concept ; "


def read(body: str) -> Reading:
    reading = rdf.read((PREFIXES + body).encode(), "a.ttl", (OWN,))
    assert reading.unreadable is None and reading.account.adds_up
    return reading


def sums(reading: Reading) -> tuple[int, int, dict[str, int]]:
    """What was kept, what is the register's own, and what was lost."""
    return reading.account.kept, reading.account.own, reading.account.lost


def first(body: str):
    return read(body).records[0].concept


def statements(body: str) -> tuple[str, ...]:
    """The kept statements of the first concept."""
    foreign = first(body).foreign
    return foreign.statements if foreign else ()


def related(body: str, name: str = f"{V}a") -> set[tuple[str, str]]:
    """The relations of a concept."""
    (one,) = [record.concept for record in read(body).records if record.name == name]
    assert len(set(one.relations)) == len(one.relations)
    return {(each.kind.value, each.target.iri.removeprefix(V)) for each in one.relations}


def test_a_triple_that_is_said_twice_is_counted_once():
    line = f"<{V}a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{SKOS}Concept> .\n"
    assert rdf.read((line * 3).encode(), "a.nt", (OWN,)).account == Account("triples", 1, 1)


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
    reading = read(f"{A}{said} skos:topConceptOf :s . :s a skos:ConceptScheme ; skos:hasTopConcept :a .")
    assert reading.account.lost == ({} if is_top else {"skos:topConceptOf": 1, "skos:hasTopConcept": 1})
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


def test_a_label_says_more_of_a_term_than_its_text():
    said = 'xl:literalForm "a"@sv ; dct:source "SAOB" ; w:grammar "noun" ; w:isAbbreviation true ; w:homograph 2'
    reading = read(f'{A}xl:altLabel :l ; w:deprecatedLabel "a"@sv . :l a xl:Label ; {said} .')
    told = Term("a", "sv", TermStatus.ADMITTED, "SAOB", "noun", True, 2)
    assert reading.records[0].concept.terms == (told,), "it is deprecated only where it is hidden"
    assert sums(reading) == (9, 0, {}) and reading.kind == "skosxl"
    hidden = first(f'{A}xl:hiddenLabel :l ; w:deprecatedLabel "a"@sv . :l a xl:Label ; {said} .')
    assert hidden.terms == (Term("a", "sv", TermStatus.DEPRECATED, "SAOB", "noun", True, 2),)
    assert first(f'{A}skos:hiddenLabel "a" ; w:deprecatedLabel "a" .').terms == (Term("a", "", TermStatus.DEPRECATED),)
    assert first(f'{A}skos:hiddenLabel "a"@sv, "a"@en ; w:deprecatedLabel "a"@en .').terms == (
        Term("a", "sv", TermStatus.HIDDEN), Term("a", "en", TermStatus.DEPRECATED),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ('dct:source "B"', Term("a", source="B")),
        ('w:grammar "noun"', Term("a", grammar="noun")),
        ("w:isAbbreviation true", Term("a", abbreviation=True)),
        ("w:homograph 0", Term("a", homograph=0)),
    ],
)
def test_a_plain_label_is_the_same_term_as_a_label_that_says_more(said, term):
    plain = 'skos:prefLabel "a", "b" ; skos:altLabel "a" ;'
    others = (Term("b"), Term("a", "", TermStatus.ADMITTED))
    for body in (f"{A}{plain} xl:prefLabel :l .", f"{A}xl:prefLabel :l ; {plain} dct:x 1 ."):
        assert set(first(f'{body} :l xl:literalForm "a" ; {said} .').terms) == {term, *others}


@pytest.mark.parametrize(
    ("said", "status"), [("deprecated", TermStatus.DEPRECATED), ("hidden", TermStatus.HIDDEN), ("best", None)]
)
def test_a_label_says_its_status_itself(said, status):
    body = f'{A}xl:altLabel _:l . _:l xl:literalForm "a" ; w:termStatus "{said}" .'
    assert first(body).terms == (Term("a", "", status or TermStatus.ADMITTED),)
    assert len(statements(body)) == (0 if status else 3)


@pytest.mark.parametrize(
    "said",
    [
        "a :Thing",
        "dct:type xl:Label",
        "dct:source :b",
        'dct:source "B"@sv',
        'w:homograph "two"',
        'w:other "7"',
        "dct:x [ ]",
    ],
)
def test_what_else_a_label_says_is_kept_with_its_form(said):
    for label in (":l", "_:l"):
        body = f'{A}xl:prefLabel {label} . {label} a xl:Label ; xl:literalForm "a" ; {said} .'
        kept = statements(body)
        assert len(kept) == 4 and sums(read(body)) == (5, 0, {}) and first(body).terms == (Term("a"),)
    assert f"<{V}a> <{XL}prefLabel> <{V}l> ." in statements(body.replace("_:l", ":l"))


def test_a_label_with_an_address_keeps_it_and_one_of_the_register_s_own_does_not():
    said = '{0} a xl:Label ; xl:literalForm "a" ; dct:source "B" .'
    assert set(statements(f"{A}xl:prefLabel :l . {said.format(':l')}")) == {
        f"<{V}a> <{XL}prefLabel> <{V}l> .", f"<{V}l> <{XL}literalForm> \"a\" .", f"<{V}l> <{DCT}source> \"B\" .",
        f"<{V}l> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{XL}Label> .",
    }  # fmt: skip
    for label in ("_:l", "own:l"):
        body = f"{A}xl:prefLabel {label} . {said.format(label)}"
        assert (
            statements(body) == () and sums(read(body)) == (5, 0, {}) and first(body).terms == (Term("a", source="B"),)
        )


def test_labels_that_name_each_other_are_terms_of_their_own():
    told = 'a xl:Label ; xl:literalForm "{}" ; xl:labelRelation {} .'.format
    for one, other in ((":l", ":m"), (":m", ":l"), ("_:l", "_:m")):
        body = f"{A}xl:prefLabel {one} ; xl:altLabel {other} . {one} {told('a', other)} {other} {told('b', one)}"
        assert first(body).terms == (Term("a"), Term("b", "", TermStatus.ADMITTED))
        assert len(statements(body)) == 8 and sums(read(body)) == (9, 0, {})


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("skos:altLabel", "terms"),
        ("skos:definition", "definitions"),
        ("skos:scopeNote", "notes"),
        ("skos:example", "examples"),
    ],
)
def test_a_text_of_a_datatype_is_read_and_kept_as_it_was_said(said, part):
    body = f'{A}{said} "<p>1984</p>"^^rdf:HTML .'
    assert len(getattr(first(body), part)) == 1 and len(statements(body)) == 1 and sums(read(body)) == (2, 0, {})
    assert statements(f'{A}{said} "a", "b"@sv .') == ()


def test_a_form_of_a_datatype_is_kept_as_it_was_said():
    body = f'{A}xl:prefLabel _:l . _:l xl:literalForm "7"^^:code .'
    assert first(body).terms == (Term("7"),) and len(statements(body)) == 2
    body = f'{A}xl:prefLabel _:l . _:l xl:literalForm "a" ; dct:source "7"^^:code .'
    assert first(body).terms == (Term("a"),) and len(statements(body)) == 3


@pytest.mark.parametrize(
    ("label", "terms", "kept"),
    [
        ('xl:literalForm "a", "b"', 0, 3),
        ("xl:literalForm :b", 0, 2),
        ('dct:title "a"', 0, 2),
        ('a skos:Collection ; xl:literalForm "a"', 0, 1),
        ('xl:literalForm "a", :b', 1, 3),
    ],
)
def test_a_label_without_one_form_of_its_own_is_a_statement(label, terms, kept):
    body = f"{A}xl:prefLabel :l . :l {label} ."
    assert len(first(body).terms) == terms and len(statements(body)) == kept
    assert read(body).kind == ("skosxl" if terms else "skos")


def test_a_label_is_one_concept_s():
    reading = read(f'{A}xl:prefLabel :l . :b a skos:Concept ; xl:prefLabel :l . :l xl:literalForm "a" .')
    assert [len(one.concept.terms) for one in reading.records] == [1, 0]
    assert [len(one.concept.foreign.statements) for one in reading.records] == [2, 1] and sums(reading) == (5, 0, {})


def test_a_label_with_an_empty_form_is_lost_with_what_is_said_of_it():
    reading = read(f'{A}xl:prefLabel :l . :l a xl:Label ; xl:literalForm " " ; dct:source "B" .')
    assert reading.records[0].concept.terms == () and sums(reading) == (1, 0, {"skosxl:prefLabel": 4})


def labelled(terms: int) -> str:
    return f"{A}skos:altLabel " + ", ".join(f'"t{number}"' for number in range(terms))


def test_terms_beyond_the_most_are_lost_with_one_finding():
    reading = read(labelled(MOST_TERMS) + " .")
    assert reading.records[0].findings == () and sums(reading) == (501, 0, {})
    reading = read(labelled(MOST_TERMS + 2) + " .")
    assert [(one.code, one.params) for one in reading.records[0].findings] == [("IMPORT-003", {"most": 500})]
    assert sums(reading) == (501, 0, {"skos:altLabel (> 500)": 2})
    another = read(labelled(MOST_TERMS) + ' ; xl:altLabel :l . :l xl:literalForm "x" .')
    assert sums(another) == (501, 0, {"skosxl:altLabel": 2})
    assert sums(read(labelled(MOST_TERMS - 1) + ' ; xl:altLabel :l . :l xl:literalForm "x" .')) == (502, 0, {})
    same = read(labelled(MOST_TERMS) + ' ; xl:altLabel :l . :l xl:literalForm "t7" ; dct:source "B" .')
    assert sums(same) == (504, 0, {}) and len(same.records[0].concept.terms) == MOST_TERMS


@pytest.mark.parametrize(
    ("predicate", "part", "texts"),
    [
        ("definition", "definitions", (Definition("x", "sv"), Definition("y"))),
        ("example", "examples", (Note((Wording("x", "sv"),)), Note((Wording("y"),)))),
        ("note", "notes", (Note((Wording("x", "sv"),)), Note((Wording("y"),)))),
    ],
)
def test_a_text_may_be_the_value_of_a_resource_that_is_kept(predicate, part, texts):
    body = f'{A}skos:{predicate} [ rdf:value "x"@sv, "y", " ", :z ; dct:source "B" ] .'
    assert getattr(first(body), part) == texts
    assert len(statements(body)) == 6 and sums(read(body)) == (7, 0, {})


def test_a_note_of_no_kind_is_a_note_and_is_kept_as_it_was_said():
    assert first(f'{A}skos:note "x"@sv, " ", "y" .').notes == (Note((Wording("x", "sv"),)), Note((Wording("y"),)))
    assert len(statements(f'{A}skos:note "x"@sv, " ", "y" .')) == 3
    assert sums(read(f'{A}skos:note "x"@sv, " " .')) == (3, 0, {})


def test_texts_that_the_register_writes_by_itself_are_its_own_only_of_its_own_concepts():
    text = RENDERING_TEXT.in_language("en")
    assert sums(read(f'{HERE}skos:scopeNote "{text}"@en, "x"@en .')) == (2, 1, {})
    assert first(f'{HERE}skos:scopeNote "{text}"@en, "x"@en .').notes == (Note((Wording("x", "en"),)),)
    assert first(f'{A}skos:scopeNote "{text}"@en .').notes == (Note((Wording(text, "en"),)),)
    assert len(first(f'{HERE}skos:scopeNote [ rdf:value "{text}"@en ] .').notes) == 1


def filled(number: int, also: str = "") -> str:
    return A + " ; ".join(f'<https://p.example/{n}> "x"' for n in range(number)) + f"{also} ."


def test_statements_beyond_the_most_are_lost_by_their_predicates():
    assert sums(read(filled(MOST_STATEMENTS))) == (201, 0, {})
    reading = read(filled(MOST_STATEMENTS, ' ; dct:creator "x" ; skos:note "y"'))
    assert sums(reading) == (201, 0, {"dct:creator (> 200)": 1, "skos:note (> 200)": 1})
    body = filled(MOST_STATEMENTS - 1, ' ; xl:prefLabel :l . :l xl:literalForm "a" ; dct:creator "x"')
    assert len(statements(body)) == MOST_STATEMENTS and first(body).terms == (Term("a"),)
    assert read(body).account.lost == {"dct:creator (> 200)": 1, "skosxl:literalForm (> 200)": 1}


def test_what_hangs_below_a_concept_is_kept_with_the_first_that_names_it():
    reading = read(f'{A}dct:creator _:x . :b a skos:Concept ; dct:creator _:x ; dct:relation :a . _:x dct:title "N" .')
    assert [len(one.concept.foreign.statements) for one in reading.records] == [2, 2] and sums(reading) == (6, 0, {})
    assert [one.kept for one in reading.records] == [3, 3]
    parts = f"{A}dct:creator _:x .", ":b a skos:Concept ; dct:creator _:x .", '_:x dct:title "N" .'
    one, other = read(" ".join(parts)), read(" ".join(reversed(parts)))
    assert {each.name: each.concept for each in one.records} == {each.name: each.concept for each in other.records}


def name_of(said: str) -> str:
    return f"urn:vpr:genid:{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def test_a_node_without_a_name_gets_one_from_what_it_says():
    one, another = (
        statements(f'{A}dct:creator {name} . {name} dct:title "N" ; dct:date "1" .') for name in ("_:x", "_:y")
    )
    name = "<urn:vpr:genid:b53dcc61da68c9c476f77e5cf6330146>"
    lines = f"<{V}a> <{DCT}creator> {name} .", f'{name} <{DCT}date> "1" .', f'{name} <{DCT}title> "N" .'
    assert one == another == lines, "the name is stored with concepts"
    swapped = statements(f'{A}dct:creator _:x . _:x dct:date "1" ; dct:title "N" .')
    assert swapped == one


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ('dct:creator [ dct:title "N" ], [ dct:title "N" ]', 4),
        ("dct:creator [ ], [ ]", 2),
        ('dct:creator [ ] ; dct:hasPart ( "x" "x" ) ; dct:relation ( "x" "x" )', 11),
        ('dct:creator [ dct:title "N" ] ; dct:relation [ dct:title "N" ]', 4),
    ],
)
def test_nodes_that_say_the_same_are_not_the_same(body, number):
    told = statements(f"{A}{body} .")
    assert len(told) == number and sums(read(f"{A}{body} .")) == (1 + number, 0, {})
    assert told == statements(f"{A}{body} .")


def test_nodes_that_say_the_same_are_told_apart_by_what_leads_to_them():
    said = 'dct:creator [ dct:title "N" ]'
    one, other = (read(f":{x} a skos:Concept ; {said} . :{y} a skos:Concept ; {said} .") for x, y in ("ab", "ba"))
    assert {each.name: each.concept for each in one.records} == {each.name: each.concept for each in other.records}


def test_nodes_in_a_circle_end():
    told = statements(f"{A}dct:creator _:x . _:x dct:relation _:y . _:y dct:relation _:x .")
    inner = name_of(f"{DCT}relation urn:vpr:genid:")
    outer = name_of(f"{DCT}relation {inner}")
    assert set(told) == {
        f"<{V}a> <{DCT}creator> <{outer}> .",
        f"<{outer}> <{DCT}relation> <{inner}> .",
        f"<{inner}> <{DCT}relation> <{outer}> .",
    }


def test_a_concept_without_a_name_gets_one_and_is_told_of():
    told = [read(f'{A}skos:broader {n} . {n} a skos:Concept ; skos:prefLabel "b"@sv .').records for n in ("_:x", "_:y")]
    assert told[0] == told[1] and told[0][1].name == told[0][1].concept.foreign.iri
    assert told[0][1].name.startswith("urn:vpr:genid:")
    assert [[each.code for each in one.findings] for one in told[0]] == [[], ["IMPORT-028"]]


def test_the_name_of_a_node_does_not_follow_from_what_is_said_of_what_has_a_name():
    one, another = (statements(f'{A}dct:creator [ dct:relation :b ] . :b dct:title "{said}" .') for said in "xy")
    assert one[0] == another[0] == f"<{V}a> <{DCT}creator> <{name_of(f'{DCT}relation {V}b')}> ."


@pytest.mark.parametrize("name", ["a b", "a<b", "a\\u003Eb", "{a}", "a|b", "%zz"])
def test_what_cannot_be_a_name_in_a_statement_is_lost(name):
    assert sums(read(f'{A}<urn:{name}> "x" .')) == (1, 0, {f"urn:{name.replace(chr(92) + 'u003E', '>')}": 1})
    body = f'{A}dct:relation <urn:{name}> . <urn:{name}> dct:title "x" .'
    assert sums(read(body)) == (1, 0, {"dct:relation": 1, "dct:title": 1}) and statements(body) == ()


def chain(length: int, name: str, beside: str = "") -> tuple[str, ...]:
    links = " ".join(f"_:{name}{n} dct:relation _:{name}{n + 1} ." for n in range(length))
    return statements(f'{A}dct:creator _:{name}0 . {beside} {links} _:{name}{length} dct:title "end" .')


def test_names_follow_from_what_is_said_however_deep():
    assert chain(150, "x") == chain(150, "y") and len(chain(150, "x")) == 152


def test_many_nodes_beside_each_other_are_not_deep():
    one, another = (
        statements(f"{A}dct:creator [ dct:hasPart " + ", ".join(f"_:{name}{n}" for n in range(60)) + " ] . "
                   + " ".join(f'_:{name}{n} dct:title "{n}" .' for n in range(60)))
        for name in "xy"
    )  # fmt: skip
    assert one == another and len(one) == 121


def test_a_name_follows_from_the_first_thousand_things():
    def name(number: int) -> str:
        (line,) = [each for each in statements(f"{A}dct:creator [ dct:extent " + ", ".join(map(str, range(number))) + " ] .")
                   if each.startswith(f"<{V}a>")]  # fmt: skip
        return line

    assert name(999) != name(1_000) == name(1_001)


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
