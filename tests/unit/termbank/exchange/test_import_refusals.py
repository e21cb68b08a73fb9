"""What an import refuses, concept by concept, and what it says of it."""

import pytest

from registry.findings import Text
from termbank.concepts.circles import circles
from termbank.exchange.planning import Fate, Known, plan
from termbank.finding_texts.all import FINDINGS
from tests.unit.termbank.exchange.exchange_sources import (
    BASE,
    BED,
    FOREIGN,
    ID,
    ROOM,
    source,
)
from tests.unit.termbank.exchange.import_readings import CITED, OWN, READ_AS, V, fates, planned, read, turtle, written


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


def test_words_of_somebody_elses_vocabulary_are_read_in_its_file_and_those_of_a_table_are_not():
    (theirs,) = planned(turtle(f'<{FOREIGN}> a skos:Concept ; skos:prefLabel "bädd"@sv .')).concepts
    assert theirs.after.sources[0].verification == READ_AS
    assert theirs.before is not None and theirs.after.sources[0].title == theirs.before.sources[0].title
    (same,) = planned(turtle(f'<{FOREIGN}> a skos:Concept ; skos:prefLabel "säng"@sv ; skos:note "Ny"@sv .')).concepts
    assert same.after.sources == same.before.sources
