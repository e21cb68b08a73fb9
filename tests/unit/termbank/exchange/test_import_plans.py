"""What an import would do: told from a file that was written and changed, in each format."""

import json
from dataclasses import replace

import pytest

from registry.findings import Text
from registry.formats import Options, format_named
from registry.items.outlines import Word
from termbank.concepts.concept import Definition, Foreign, Note, Relation, Target, Term
from termbank.concepts.wordings import Wording, wordings_of
from termbank.exchange.changes import Change, changes
from termbank.exchange.comparing import compare
from termbank.exchange.planning import Fate, Known, plan
from termbank.exchange.records import Account, Reading, Record, blank, covers
from termbank.formats import FORMATS
from termbank.notions import Origin, RelationKind, TermStatus
from tests.unit.termbank.exchange.exchange_sources import (
    BARE,
    BASE,
    BED,
    CONCEPTS,
    FOREIGN,
    FURNITURE,
    ID,
    ROOM,
    published,
    source,
)
from tests.unit.termbank.exchange.import_readings import CITED, FILES, OWN, V, fates, planned, read, turtle, written


@pytest.mark.parametrize("name", FILES)
def test_what_is_written_and_read_again_changes_nothing(name):
    reading = read(*written(name))
    done = planned(reading, whole=True)
    told = {one.title.sv: one.changes() for one in done.concepts if one.fate is not Fate.SAME}
    assert set(fates(done).values()) == {Fate.SAME}, told
    assert len(done.concepts) == 4 and done.to_do == [] and done.account.adds_up


@pytest.mark.parametrize("name", FILES)
def test_a_changed_definition_a_new_synonym_and_a_new_note_are_the_only_changes(name):
    definitions = (
        BED.definitions[0],
        Definition("möbel att sova i", "sv", BED.definitions[1].source, BED.definitions[1].url),
    )
    terms = (*BED.terms, Term("bingen", "sv", TermStatus.ADMITTED))
    changed = replace(BED, definitions=definitions, terms=terms, notes=(*BED.notes, Note((Wording("Ny.", "sv"),))))
    done = planned(read(*written(name, {**CONCEPTS, "sang": changed})))
    assert done.counts[Fate.CHANGED] == 1 and done.counts[Fate.SAME] == 3
    (one,) = done.of(Fate.CHANGED)
    assert {term.text for term in one.after.terms} == {*(term.text for term in BED.terms), "bingen"}
    assert [said.text for said in one.after.definitions if said.language == "sv"] == ["möbel att sova i"]
    assert [note for note in one.after.notes if note not in one.before.notes] == [Note((Wording("Ny.", "sv"),))]
    for kept in (
        "examples",
        "problems",
        "relations",
        "sources",
        "notations",
        "foreign",
        "subject_field",
        "concerns_persons",
    ):
        assert getattr(one.after, kept) == getattr(one.before, kept), kept
    old = {(term.text, term.language): term for term in BED.terms}
    assert all(old.get((term.text, term.language), term) == term for term in one.after.terms)


@pytest.mark.parametrize("name", FILES)
def test_what_is_taken_away_is_taken_away_and_nothing_else(name):
    changed = replace(
        BED, terms=tuple(term for term in BED.terms if term.text != "VS"), definitions=BED.definitions[:1], notes=BED.notes[1:],
        relations=tuple(one for one in BED.relations if one.kind is not RelationKind.PARTITIVE),
    )  # fmt: skip
    (one,) = planned(read(*written(name, {**CONCEPTS, "sang": changed}))).of(Fate.CHANGED)
    assert [term.text for term in one.before.terms if term not in one.after.terms] == ["VS"]
    assert [said.language for said in one.after.definitions] == ["en"] and one.after.notes == BED.notes[1:]
    assert {each.kind for each in one.before.relations} - {each.kind for each in one.after.relations} == {
        RelationKind.PARTITIVE
    }


def test_a_status_that_changes_changes_the_term_and_keeps_what_is_said_of_it():
    terms = tuple(replace(term, status=TermStatus.DEPRECATED) if term.text == "VS" else term for term in BED.terms)
    for name in FILES:
        (one,) = planned(read(*written(name, {**CONCEPTS, "sang": replace(BED, terms=terms)}))).of(Fate.CHANGED)
        assert [term for term in one.after.terms if term.text == "VS"] == [
            Term("VS", "sv", TermStatus.DEPRECATED, abbreviation=True, homograph=2)
        ], name


def test_what_the_file_does_not_mention_is_gone_only_where_it_is_the_whole():
    reading = read(*written("turtle", {"rum": ROOM, "7": FURNITURE}))
    assert planned(reading).counts[Fate.GONE] == 0
    done = planned(reading, whole=True)
    assert [one.title.sv for one in done.of(Fate.GONE)] == ["säng", "lakan"] and len(done.to_do) == 2
    assert done.of(Fate.GONE)[0].item == ID["sang"] and done.of(Fate.GONE)[0].before is not None


def test_a_concept_of_somebody_else_s_is_new_with_its_source_and_everything_that_was_said_of_it():
    reading = turtle(
        ':s a skos:ConceptScheme ; dct:title "Möbler"@sv . :a a skos:Concept ; skos:prefLabel "stol"@sv, "chair"@EN ; skos:altLabel "sits"@sv ;\n'
        'skos:definition "sits med ben"@sv ; skos:broader :b ; skos:exactMatch <https://w.example/1> ; skos:notation "S1" ;\n'
        'dct:creator [ dct:title "Anna" ] ; skos:changeNote "ny"@sv ; skos:inScheme :s . :b a skos:Concept ; skos:prefLabel "sits"@sv ; skos:topConceptOf :s .'
    )
    done = planned(reading)
    chair = next(one for one in done.of(Fate.NEW) if one.title.sv == "stol").after
    assert (chair.origin, chair.sources, chair.foreign.iri) == (Origin.OFFICIAL, (CITED,), f"{V}a")
    assert chair.relations == (
        Relation(RelationKind.BROADER_UNKNOWN, Target(iri=f"{V}b")),
        Relation(RelationKind.EXACT, Target(iri="https://w.example/1")),
    )
    assert len(chair.foreign.statements) == 3 and any("urn:vpr:genid:" in line for line in chair.foreign.statements)
    assert done.account == Account("triples", 17, 16, 0, {"dct:title": 1}), (
        "the scheme's title has no place in a concept"
    )
    assert reading.title == "Möbler"


def test_it_is_found_again_by_the_iri_that_it_has_elsewhere():
    told = f'<{FOREIGN}> a skos:Concept ; skos:prefLabel "säng"@sv ; <https://v.example/ns#seen> "2000" .'
    (one,) = planned(turtle(told)).concepts
    assert (one.item, one.fate) == (ID["sang"], Fate.CHANGED)
    assert one.after.foreign == Foreign(FOREIGN, (f'<{FOREIGN}> <https://v.example/ns#seen> "2000" .',))
    assert list(one.after.terms) == [BED.terms[1]], "what the file says of it otherwise is what it says"


def test_the_sums_add_up_and_name_what_is_lost():
    reading = turtle(
        ':s a skos:ConceptScheme ; dct:creator "x" ; skos:hasTopConcept :a, :c . :t a skos:ConceptScheme . :k a skos:Collection ; skos:member :a .\n'
        ':a a skos:Concept ; skos:prefLabel " a "@sv , ""@en ; skos:inScheme :s, :t ; skos:topConceptOf :s ; skos:narrower :c, <urn:x> .\n'
        ':c a skos:Concept ; skos:prefLabel "c"@sv ; skos:related :a, "x" . :z skos:prefLabel "z" .'
    )
    lost = {
        "dct:creator": 1, "rdf:type": 2, "skos:hasTopConcept": 1, "skos:member": 1, "skos:prefLabel": 1,
        "skos:prefLabel (blanks)": 1, "skos:prefLabel (empty)": 1,
    }  # fmt: skip
    assert reading.account.lost == lost and reading.account.adds_up
    a = reading.records[0].concept
    assert [term.text for term in a.terms] == [
        "a"
    ] and f"<{V}a> <http://www.w3.org/2004/02/skos/core#narrower> <urn:x> ." in a.foreign.statements


@pytest.mark.parametrize(
    ("above", "lost"),
    [
        (f"<{FOREIGN}>", {"skos:hasTopConcept": 1, "skos:topConceptOf": 1}),
        ("<https://w.example/9>", {}),
    ],
    ids=["a concept that is here", "one that nobody knows"],
)
def test_what_is_on_top_of_a_file_may_be_below_a_concept_that_is_here_already(above, lost):
    reading = turtle(
        ":s a skos:ConceptScheme ; skos:hasTopConcept :a .\n"
        f':a a skos:Concept ; skos:prefLabel "stol"@sv ; skos:broader {above} ; skos:topConceptOf :s .'
    )
    done = planned(reading)
    assert done.account.lost == lost and done.account.adds_up
    assert [one.kind for one in done.of(Fate.NEW)[0].after.relations] == [RelationKind.BROADER_UNKNOWN]


def test_relations_are_read_both_ways_and_as_fine_as_they_are_said():
    reading = turtle(
        ':a a skos:Concept ; skos:prefLabel "a"@sv ; skos:narrower :b ; iso:narrowerPartitive :c ; skos:related :c .\n'
        ':b a skos:Concept ; skos:prefLabel "b"@sv ; iso:broaderGeneric :a . :c a skos:Concept ; skos:prefLabel "c"@sv ; skos:broader :a .'
    )
    told = {
        one.name.removeprefix(V): {(each.kind.value, each.target.iri.removeprefix(V)) for each in one.concept.relations}
        for one in reading.records
    }
    assert told == {
        "a": {("associative", "c")},
        "b": {("generic", "a")},
        "c": {("partitive", "a"), ("associative", "a")},
    }
    assert reading.account.kept == reading.account.read == 11


def test_labels_that_are_resources_are_terms_and_what_else_is_said_of_them_is_kept():
    reading = turtle(
        ':a a skos:Concept ; xl:prefLabel :l ; xl:altLabel [ xl:literalForm "b"@sv ] ; skos:prefLabel "a"@sv .\n'
        ':l a xl:Label ; xl:literalForm "a"@sv ; dct:source "SAOB" ; dct:created "2001" .'
    )
    one = reading.records[0].concept
    assert one.terms == (Term("a", "sv", source="SAOB"), Term("b", "sv", TermStatus.ADMITTED))
    assert (
        len(one.foreign.statements) == 5 and reading.kind == "skosxl" and reading.account.kept == reading.account.read
    )


def test_a_definition_may_be_a_resource():
    reading = turtle(
        ':a a skos:Concept ; skos:prefLabel "a"@sv ; skos:definition [ <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> "x"@sv ; dct:source "B" ] .'
    )
    assert reading.records[0].concept.definitions == (Definition("x", "sv"),)
    assert len(reading.records[0].concept.foreign.statements) == 3 and reading.account.adds_up


def test_the_words_of_the_register_are_told_in_both_languages_and_content_as_it_is():
    (one,) = planned(turtle(':a a skos:Concept ; skos:prefLabel "a"@sv .')).concepts
    told = {change.label.sv: change.after for change in one.changes()}
    assert told["Ursprung"] == Word("Ordalydelse i källan", "Wording of the source")
    assert told["IRI på annat håll"] == f"{V}a"


def test_rows_name_each_other_by_key_by_term_and_by_iri():
    rows = "Key;Term (sv);Broader (generic);Related;Exact match\n;skåp;7 möbel;låda;https://w.example/1\n;låda;skåp;8;\n;x;ingenting;;\n"
    done = planned(read(rows, "a.csv"))
    cupboard, drawer, odd = (one.after.relations for one in done.of(Fate.NEW))
    assert cupboard == (
        Relation(RelationKind.GENERIC, Target(item=ID["7"])), Relation(RelationKind.ASSOCIATIVE, Target(iri="row 3")),
        Relation(RelationKind.EXACT, Target(iri="https://w.example/1")),
    )  # fmt: skip
    assert drawer == (
        Relation(RelationKind.GENERIC, Target(iri="row 2")),
        Relation(RelationKind.ASSOCIATIVE, Target(item=ID["8"])),
    )
    assert odd == () and done.of(Fate.NEW)[2].findings[0].params["name"] == "ingenting"
    assert done.of(Fate.NEW)[0].after.origin is Origin.PROPOSAL and done.of(Fate.NEW)[0].after.foreign is None


def test_a_column_that_is_not_there_changes_nothing_and_an_empty_cell_does():
    (one,) = planned(read("Nyckel;Term (sv);Term (en)\nsang;bädden;bed", "a.csv")).concepts
    assert {t.text for t in one.before.terms} - {t.text for t in one.after.terms} == {
        "säng"
    } and one.after.definitions == BED.definitions
    (other,) = planned(read("Nyckel;Term (sv);Definition (sv)\nsang;säng;", "a.csv")).concepts
    assert [said.language for said in other.after.definitions] == ["en"] and other.findings == ()
    (odd,) = planned(read("Nyckel;Term (sv);Term (en)\nsang;hus;house", "a.csv")).concepts
    assert [each.code for each in odd.findings] == ["IMPORT-018", "TERM-016"], "its source said other words"


def test_a_number_is_a_key_too():
    known = Known(source(), OWN, {"sang": 12})
    (one,) = plan(read("Nyckel;Term (sv)\n12;säng", "a.csv"), known, source=CITED).concepts
    assert (one.item, one.fate) == (ID["sang"], Fate.SAME)


def test_what_changes_is_told_text_by_text():
    one, other = (
        FURNITURE,
        replace(FURNITURE, terms=(Term("möbel", "sv"),), notes=(Note(wordings_of(Text("Ny", "New"))),)),
    )
    assert changes(one, other, {}) == [
        Change(Text("Term (svenska)", "Term (Swedish)"), "=möbel", "möbel"),
        Change(Text("Term (engelska)", "Term (English)"), "furniture", ""),
        Change(Text("Anmärkning", "Note"), "", "Ny / New"),
    ]  # fmt: skip
    assert changes(one, one, {}) == [] and changes(None, None, {}) == []
    named = replace(one, relations=(Relation(RelationKind.GENERIC, Target(item=ID["rum"])),))
    assert changes(one, named, {ID["rum"]: "rum"})[0].after == "rum"
    assert changes(BED, None, {})[0].after == "" and changes(None, BARE, {})[0].before == ""


def test_a_file_that_cannot_be_read_is_a_plan_of_nothing():
    done = planned(read("%PDF", "a.pdf"))
    assert done.unreadable.code == "IMPORT-001" and done.to_do == [] and done.counts[Fate.NEW] == 0


def test_a_reading_goes_through_the_pipe_as_it_is():
    for name in FILES:
        reading = Reading.from_dict(json.loads(json.dumps(read(*written(name)).as_dict())))
        assert Reading.from_dict(reading.as_dict()) == reading and set(fates(planned(reading)).values()) == {Fate.SAME}
    with pytest.raises(ValueError, match="one name"):
        Reading.from_dict(Reading((Record("a", blank()), Record("a", blank()))).as_dict())


def test_an_account_moves_what_was_kept_after_all():
    account = Account("triples", 10, 8, 1, {"x": 1})
    assert account.adds_up and account.moved(0, "y") is account
    assert account.moved(3, "x") == Account("triples", 10, 5, 1, {"x": 4}) and not Account("triples", 10, 8, 1).adds_up


def test_what_is_covered_is_covered_as_narrowly_as_it_is_said():
    assert covers(frozenset({("a", "b")}), "a", "b", "c") and not covers(frozenset({("a", "b")}), "a")


def test_two_readings_are_compared_by_the_names_that_they_share():
    first, second = (
        read(*written("turtle")),
        read(*written("skosxl-jsonld", {**CONCEPTS, "rum": replace(ROOM, terms=(Term("sal", "sv"),))})),
    )
    found = compare(first, second)
    assert [one.title.sv for one in found.changed] == ["sal"] and found.new == found.gone == ()
    assert [(one.before, one.after) for one in found.changed[0].changes] == [("rum", "sal"), ("room", "")]
    less = compare(first, read(*written("turtle", {"rum": ROOM})))
    assert (less.same, [one.title.sv for one in less.gone], less.new) == (1, ["=möbel", "lakan", "säng"], ())
    more = compare(read(*written("csv", {"rum": ROOM})), first)
    assert (more.same, len(more.new), more.gone) == (1, 3, ())


def test_a_withdrawn_concept_in_the_file_is_the_register_s_own_and_relations_to_it_stay():
    gone = replace(
        published(
            "8", replace(BARE, relations=(Relation(RelationKind.ASSOCIATIVE, Target(key="rum", item=ID["rum"])),))
        ),
        state="withdrawn",
    )
    here = replace(source({slug: CONCEPTS[slug] for slug in ("rum", "sang", "7")}), gone=[gone])
    for name in ("turtle", "skosxl-ntriples", "csv", "tbx"):
        one = format_named(FORMATS, name)
        done = plan(
            read(one.content(here, Options("sv")), one.file_name("a")), Known(here, OWN), source=CITED, whole=True
        )
        assert [each.fate for each in done.concepts] == [Fate.SAME] * 3, (
            name,
            [each.changes() for each in done.concepts],
        )
        assert done.account.adds_up


def test_a_note_that_is_a_resource_is_a_note():
    reading = turtle(
        f'<{BASE}termbank/id/concept/{ID["rum"]}> a skos:Concept ; skos:prefLabel "rum"@sv ; skos:editorialNote <https://w.example/n> .'
    )
    assert reading.records[0].concept.problems == () and reading.account.adds_up
    assert reading.records[0].concept.foreign.statements and reading.records[0].row == 0
