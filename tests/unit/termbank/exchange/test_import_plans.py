"""What an import would do: told from a file that was written and changed, in each format."""

import json
from dataclasses import replace

import pytest

from registry.findings import Text
from registry.formats import Options, format_named
from registry.items.outlines import Word
from termbank.concepts.circles import circles
from termbank.concepts.concept import Definition, Foreign, Note, Relation, Source, Target, Term
from termbank.concepts.wordings import Wording, wordings_of
from termbank.exchange.changes import Change, changes
from termbank.exchange.comparing import compare
from termbank.exchange.planning import Fate, Known, plan
from termbank.exchange.reading.files import read_file
from termbank.exchange.records import Account, Reading, Record, blank, covers
from termbank.finding_texts.all import FINDINGS
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

OWN = (f"{BASE}termbank/",)
FILES = ("turtle", "rdfxml", "jsonld", "ntriples", "skosxl-turtle", "skosxl-jsonld", "tbx", "xlsx", "csv")
CITED = Source("En vokabulär")
V = "https://v.example/"


def read(data, name="a.ttl") -> Reading:
    return read_file(data.encode() if isinstance(data, str) else data, name, OWN)


def written(name, concepts=None) -> tuple[bytes, str]:
    one = format_named(FORMATS, name)
    return one.content(source(concepts), Options("sv")), one.file_name("a")


def planned(reading, concepts=None, **more):
    return plan(reading, Known(source(concepts), OWN), source=CITED, **more)


def turtle(body) -> Reading:
    return read(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xl: <http://www.w3.org/2008/05/skos-xl#> .\n"
        f"@prefix : <{V}> . @prefix dct: <http://purl.org/dc/terms/> . @prefix iso: <http://purl.org/iso25964/skos-thes#> .\n{body}"
    )


def fates(done) -> dict[str, Fate]:
    return {one.title.sv: one.fate for one in done.concepts}


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


def test_what_is_refused_is_lost_too():
    done = planned(
        turtle(
            ':a a skos:Concept ; skos:prefLabel "a"@sv, "b"@sv . :b a skos:Concept ; skos:prefLabel "c"@sv ; skos:related :a .'
        )
    )
    assert fates(done) == {"a": Fate.REFUSED, "c": Fate.NEW}
    assert [one.code for one in done.of(Fate.REFUSED)[0].findings] == ["IMPORT-020"]
    assert done.account.lost == {"nowhere": 1, "refused": 3} and done.account.adds_up
    kept = done.of(Fate.NEW)[0]
    assert kept.after.relations == () and [one.code for one in kept.findings] == ["IMPORT-032"]
    assert (
        FINDINGS.read(kept.findings[0], "en").body
        == "https://v.example/a is named as Related concept, but is refused. The relation is not imported."
    )


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


def test_more_statements_than_a_concept_holds_are_counted_as_lost():
    reading = turtle(
        ':a a skos:Concept ; skos:prefLabel "a"@sv ; '
        + " ; ".join(f'<https://p.example/{n}> "x"' for n in range(203))
        + " ."
    )
    assert len(reading.records[0].concept.foreign.statements) == 200 and sum(reading.account.lost.values()) == 3
    assert reading.account.adds_up and fates(planned(reading)) == {"a": Fate.NEW}


def test_more_terms_than_a_concept_holds_refuse_it():
    reading = turtle(
        ":a a skos:Concept ; skos:altLabel "
        + ", ".join(f'"t{n}"@sv' for n in range(501))
        + ' . :b a skos:Concept ; skos:prefLabel "b"@sv .'
    )
    done = planned(reading)
    assert done.counts[Fate.REFUSED] == 1 and done.of(Fate.REFUSED)[0].findings[0].code == "IMPORT-003"
    assert len(reading.records[0].concept.terms) == 500 and done.account.adds_up


def test_circles_are_refused_also_by_way_of_what_is_here():
    done = planned(turtle(
        ':a a skos:Concept ; skos:prefLabel "a"@sv ; skos:broader :b . :b a skos:Concept ; skos:prefLabel "b"@sv ; skos:broader :a .\n'
        ':c a skos:Concept ; skos:prefLabel "c"@sv ; skos:broader :c . :d a skos:Concept ; skos:prefLabel "d"@sv ; skos:broader :b .'
    ))  # fmt: skip
    assert fates(done) == {"a": Fate.REFUSED, "b": Fate.REFUSED, "c": Fate.REFUSED, "d": Fate.NEW}
    assert {one.findings[0].code for one in done.of(Fate.REFUSED)} == {"IMPORT-021"} and done.of(Fate.NEW)[
        0
    ].after.relations == ()
    room, bed = (f"<{BASE}termbank/id/concept/{ID[slug]}>" for slug in ("rum", "sang"))
    told = (
        written("turtle", {"rum": ROOM})[0].decode()
        + f"\n{room} <http://www.w3.org/2004/02/skos/core#broader> {bed} .\n"
    )
    assert fates(planned(read(told))) == {"rum": Fate.REFUSED}


def test_a_row_without_key_or_term_is_called_by_its_row_in_both_languages():
    (one,) = planned(read("Term (sv);Definition (sv)\n;en sak", "a.csv")).concepts
    assert (one.title, one.is_nameless) == (Text("rad 2", "row 2"), True)
    assert FINDINGS.read(one.findings[0], "sv").body == "Begreppet (rad 2) har ingen term."


def test_the_words_of_the_register_are_told_in_both_languages_and_content_as_it_is():
    (one,) = planned(turtle(':a a skos:Concept ; skos:prefLabel "a"@sv .')).concepts
    told = {change.label.sv: change.after for change in one.changes()}
    assert told["Ursprung"] == Word("Ordalydelse i källan", "Wording of the source")
    assert told["IRI på annat håll"] == f"{V}a"


def test_a_concept_is_on_top_where_all_that_is_above_it_is_refused():
    said = ':s a skos:ConceptScheme . :a a skos:Concept ; skos:prefLabel "a"@sv ; skos:topConceptOf :s ; skos:broader :b . :b a skos:Concept ; skos:prefLabel "b"@sv{}.'
    done = planned(turtle(said.format(" ")))
    assert done.account.lost == {"skos:topConceptOf": 1} and done.account.adds_up
    done = planned(turtle(said.format(', "c"@sv ')))
    assert fates(done) == {"a": Fate.NEW, "b": Fate.REFUSED}
    assert "skos:topConceptOf" not in done.account.lost and done.account.adds_up


def codes(done) -> dict[str, list[str]]:
    return {one.title.sv: [finding.code for finding in one.findings] for one in done.concepts}


def test_conditions_that_a_change_set_is_refused_for_are_told_before_there_is_one():
    done = planned(turtle(
        ':a a skos:Concept ; skos:prefLabel "a"@sv . :b a skos:Concept ; skos:prefLabel "b"@sv ; skos:broader :a .\n'
        ':c a skos:Concept ; skos:prefLabel "c"@sv ; skos:broader :b ; skos:related :a .\n'
        ':d a skos:Concept ; skos:prefLabel "d"@sv ; skos:altLabel "d"@sv .\n'
        ':e a skos:Concept ; skos:prefLabel "e"@sv ; skos:exactMatch <http://x.example/e> ; skos:broadMatch <http://x.example/e> .'
    ))  # fmt: skip
    assert codes(done) == {"a": [], "b": [], "c": ["SKOS-S27"], "d": ["SKOS-S13"], "e": ["SKOS-S46"]}
    assert set(fates(done).values()) == {Fate.NEW}  # they come along, and are mended in the change set
    (told,) = done.concepts[2].findings
    assert FINDINGS.read(told, "sv").body == "c är relaterat till a, som det också är underordnat."


def test_a_condition_is_told_of_what_is_here_too_but_only_where_the_file_breaks_it():
    room, bed = (f"<{BASE}termbank/id/concept/{ID[slug]}>" for slug in ("rum", "sang"))
    alone = written("turtle", {"rum": ROOM, "sang": BED})[0].decode()
    assert set(fates(planned(read(alone), {"rum": ROOM, "sang": BED})).values()) == {Fate.SAME}
    both = alone + (
        f"\n{bed} <http://www.w3.org/2004/02/skos/core#broader> {room} ; <http://www.w3.org/2004/02/skos/core#related> {room} ."
    )
    first = planned(read(both), {"rum": ROOM, "sang": BED})
    assert [code for found in codes(first).values() for code in found] == ["SKOS-S27"]
    here = {"rum": ROOM, "sang": next(one.after for one in first.concepts if one.after and one.fate is Fate.CHANGED)}
    again = planned(read(both), here)
    assert "SKOS-S27" not in [code for found in codes(again).values() for code in found]


@pytest.mark.parametrize(
    ("above", "found"),
    [({}, []), ({"a": ["b"], "b": ["c"]}, []), ({"a": ["b", "c"], "b": ["c"], "c": ["a"]}, [["a", "b", "c"]]),
     ({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["a", "d"]}, [["b", "c"], ["d"]]), ({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}, [["a", "b"], ["c", "d"]]),
     ({"a": ["a", "b"], "b": []}, [["a"]])],
)  # fmt: skip
def test_circles_are_found(above, found):
    assert sorted(map(sorted, circles(above))) == found


def test_a_long_chain_is_no_circle_and_no_recursion():
    assert circles({str(n): [str(n + 1)] for n in range(20_000)}) == []


def test_a_concept_that_is_said_to_be_here_and_is_not_is_refused():
    gone = f'<{BASE}termbank/id/concept/{"9" * 32}> a skos:Concept ; skos:prefLabel "x"@sv .'
    (one,) = planned(turtle(gone)).concepts
    assert (one.fate, one.findings[0].code) == (Fate.REFUSED, "IMPORT-017")
    (row,) = planned(read("Nyckel;Term (sv)\n99;x", "a.csv")).concepts
    assert (row.fate, row.findings[0].code, row.row) == (Fate.REFUSED, "IMPORT-017", 2)


def test_a_concept_that_an_earlier_import_made_and_is_not_published_is_refused():
    known = Known(source(), OWN, open={f"{V}a": "stol"})
    (one,) = plan(turtle(':a a skos:Concept ; skos:prefLabel "stol"@sv .'), known, source=CITED).concepts
    assert (one.fate, one.findings[0].code, one.findings[0].params["term"]) == (Fate.REFUSED, "IMPORT-023", "stol")


def test_two_records_of_one_concept_are_both_refused():
    done = planned(
        turtle(
            f'<{FOREIGN}> a skos:Concept ; skos:prefLabel "säng"@sv . <{BASE}termbank/id/concept/{ID["sang"]}> a skos:Concept ; skos:prefLabel "säng"@sv .'
        )
    )
    assert [(one.fate, [each.code for each in one.findings]) for one in done.concepts] == [
        (Fate.REFUSED, ["IMPORT-022"])
    ] * 2


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
    assert [each.code for each in odd.findings] == ["IMPORT-018"]


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


def test_content_that_could_not_be_sent_to_review_is_refused_with_what_is_wrong():
    done = planned(
        turtle(
            f':a a skos:Concept ; skos:prefLabel "{"x" * 121}"@sv . :b a skos:Concept ; skos:prefLabel "{"x" * 120}"@sv .'
        )
    )
    assert [one.fate for one in done.concepts] == [Fate.REFUSED, Fate.NEW]
    (finding,) = done.concepts[0].findings
    assert finding.code == "TERM-004" and finding.places[0].value == f"{V}a" and done.concepts[0].row == 0


def test_only_a_key_is_doubted_where_no_term_is_shared():
    (one,) = planned(turtle(f'<{FOREIGN}> a skos:Concept ; skos:prefLabel "helt annat"@sv .')).concepts
    assert one.findings == () and one.fate is Fate.CHANGED


def test_a_note_that_is_a_resource_is_a_note():
    reading = turtle(
        f'<{BASE}termbank/id/concept/{ID["rum"]}> a skos:Concept ; skos:prefLabel "rum"@sv ; skos:editorialNote <https://w.example/n> .'
    )
    assert reading.records[0].concept.problems == () and reading.account.adds_up
    assert reading.records[0].concept.foreign.statements and reading.records[0].row == 0


def test_a_row_without_a_term_is_refused_by_its_key_else_its_number_unless_the_concept_has_one():
    done = planned(read("Nyckel;Term (sv);Definition (sv)\nsang;;x\n;;x\n;a;b\n", "a.csv"))
    assert [(one.code, dict(one.params), one.places[0].row) for each in done.of(Fate.REFUSED) for one in each.findings] == [
        ("IMPORT-008", {"name": Text("Begreppet", "The concept"), "line": 3}, 3),
    ]  # fmt: skip
    emptied = planned(read("Nyckel;Avrådda termer (sv)\n8;\n", "a.csv"))
    assert [one.params["name"] for one in emptied.of(Fate.REFUSED)[0].findings if one.code == "IMPORT-008"] == ["8"]
    assert planned(read("Nyckel;Definition (sv)\n8;x\n", "a.csv")).of(Fate.CHANGED)[0].findings == ()


def test_a_concept_whose_text_turns_the_direction_of_writing_is_refused_alone():
    done = planned(
        turtle(
            ':a a skos:Concept ; skos:prefLabel "plats\u202e"@sv . :b a skos:Concept ; skos:prefLabel "säng"@sv, "\u05de\u05d9\u05d8\u05d4"@he .'
        )
    )
    assert fates(done) == {"plats\u202e": Fate.REFUSED, "säng": Fate.NEW}
    assert [one.code for one in done.of(Fate.REFUSED)[0].findings] == ["TXT-004"]
