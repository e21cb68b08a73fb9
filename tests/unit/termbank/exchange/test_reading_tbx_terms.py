"""What TBX says of a term: its status, grammar, source, group and language. The files are made up."""

import pytest

from termbank.concepts.concept import Definition, Note, Term
from termbank.concepts.wordings import Wording
from termbank.exchange.reading.tbx import read
from termbank.notions import TermStatus
from tests.unit.termbank.exchange.tbx_readings import entry, of_entry, section, sums, term, terms, whole


def test_a_concept_with_too_many_terms_is_found_once():
    many = "".join(f"<termSec><term>t{number}</term></termSec>" for number in range(600))
    reading = read(entry(many).encode(), "a.tbx")
    assert len(reading.records[0].concept.terms) == 500
    assert [one.code for one in reading.records[0].findings] == ["IMPORT-003"] and reading.account.adds_up


def test_a_kind_of_term_that_is_no_abbreviation_is_lost_and_so_is_a_text_that_looks_like_one():
    told = entry().replace(
        "<term>a</term>",
        '<term>a</term><termNote type="termType">fullForm</termNote><termNote type="usage">acronym</termNote>'
        '<termNote type="usage">synonym</termNote>',
    )
    reading = read(told.encode(), "a.tbx")
    assert reading.records[0].concept.terms == (Term("a", "sv"),) and reading.account.lost == {
        "termType": 1,
        "usage": 2,
    }


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>', {"status": TermStatus.DEPRECATED}),
        ('<termNote type="normativeAuthorization">admittedTerm</termNote>', {"status": TermStatus.ADMITTED}),
        ('<termNote type="termType">initialism</termNote>', {"abbreviation": True}),
        ('<termNote type="partOfSpeech">noun</termNote>', {"grammar": "noun"}),
        ('<termNote type="grammaticalGender">neuter</termNote>', {"grammar": "neuter"}),
        ('<termNote type="grammaticalNumber">plural</termNote>', {"grammar": "plural"}),
        ('<admin type="source">B</admin>', {"source": "B"}),
    ],
)
def test_what_is_said_of_a_term_is_part_of_it(said, told):
    reading = whole(section(f"<termSec>{said}<term>a</term></termSec>"))
    assert reading.records[0].concept.terms == (Term("a", "sv", **told),) and sums(reading) == (2, {})
    grouped = whole(section(f"<ntig><termGrp><term>a</term><termNoteGrp>{said}</termNoteGrp></termGrp></ntig>"))
    assert grouped.records == reading.records and sums(grouped) == (2, {})


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        ('<termNote type="administrativeStatus">good</termNote>', "administrativeStatus"),
        ('<termNote type="usage">deprecatedTerm-admn-sts</termNote>', "usage"),
        ('<termNote type="partOfSpeech"> </termNote>', "partOfSpeech"),
        ('<admin type="source"/>', "source"),
        ("<x>noun</x>", "x"),
    ],
)
def test_what_has_no_place_in_a_term_is_lost_by_its_category(said, lost):
    reading = whole(section(term(said)))
    assert reading.records[0].concept.terms == (Term("a", "sv"),) and sums(reading) == (1, {lost: 1})


def test_grammar_is_gathered_and_the_first_source_is_the_term_s():
    grammar = '<termNote type="partOfSpeech">noun</termNote><termNote type="grammaticalGender">neuter</termNote>'
    reading = whole(section(term(grammar + '<admin type="source">B</admin><admin type="source">C</admin>')))
    assert reading.records[0].concept.terms == (Term("a", "sv", source="B", grammar="noun, neuter"),)
    assert sums(reading) == (4, {"source": 1})


def test_the_first_term_of_a_language_without_a_status_is_preferred():
    deprecated = '<termNote type="administrativeStatus">deprecated</termNote>'
    told = section(term(deprecated, "x") + term("", "a") + term("", "b")) + section(term(), 'xml:lang="en"')
    assert [(one.text, one.language, one.status.value) for one in whole(told).records[0].concept.terms] == [
        ("x", "sv", "deprecated"), ("a", "sv", "preferred"), ("b", "sv", "admitted"), ("a", "en", "preferred"),
    ]  # fmt: skip


def test_a_term_without_a_text_is_lost_with_what_is_said_of_it_but_not_what_is_said_of_the_concept():
    said = '<admin type="source">B</admin><termNote type="usage">x</termNote><note>n</note>'
    reading = whole(section(term(said, " ") + "\n<termSec/>", 'xml:lang="und"'))
    assert sums(reading) == (1, {"term": 2, "usage": 1}) and reading.records[0].concept.terms == ()
    assert reading.records[0].concept.notes == (Note((Wording("n"),)),)
    assert [(one.code, one.params.get("language"), one.params["line"]) for one in reading.records[0].findings] == [
        ("IMPORT-009", "und", 1), ("IMPORT-009", "und", 2), ("IMPORT-008", None, 1),
    ]  # fmt: skip
    (swedish, _) = whole(section("<termSec/>")).records[0].findings
    assert swedish.params["language"] == "sv"


@pytest.mark.parametrize(
    ("number", "codes", "lost"), [(500, [], {}), (501, ["IMPORT-003"], {"term": 2}), (502, ["IMPORT-003"], {"term": 4})]
)
def test_terms_beyond_the_most_are_lost_with_one_finding(number, codes, lost):
    reading = whole(section("".join(term('<admin type="source">B</admin>', f"t{each}") for each in range(number))))
    (record,) = reading.records
    assert [one.code for one in record.findings] == codes and sums(reading) == (1_000, lost)
    assert all(one.params["most"] == 500 for one in record.findings) and len(record.concept.terms) == 500


def test_each_group_of_a_section_is_a_term():
    group = "<termGrp><term>{0}</term><termNote type='partOfSpeech'>{1}</termNote></termGrp>".format
    reading = of_entry(
        f"<langSet xml:lang='en'><ntig>{group('bed', 'noun')}{group('cot', 'verb')}<admin type='source'>B</admin></ntig></langSet>"
    )
    (record,) = reading.records
    told = Term("bed", "en", source="B", grammar="noun"), Term("cot", "en", TermStatus.ADMITTED, grammar="verb")
    assert record.concept.terms == told and (record.kept, reading.account.lost) == (5, {})


def test_a_second_word_in_one_term_is_lost_by_name():
    reading = of_entry("<langSet xml:lang='en'><tig><term> </term><term>bed</term><term>cot</term></tig></langSet>")
    assert [one.text for one in reading.records[0].concept.terms] == ["bed"] and reading.account.lost == {"term": 2}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("", "", ("preferred", "admitted")),
        ("", "preferredTerm-admn-sts", ("admitted", "preferred")),
        ("", "admittedTerm-admn-sts", ("preferred", "admitted")),
        ("deprecatedTerm-admn-sts", "", ("deprecated", "preferred")),
        ("preferredTerm-admn-sts", "", ("preferred", "admitted")),
    ],
)
def test_a_term_without_a_status_makes_room_for_the_one_that_is_said_to_be_preferred(first, second, expected):
    note = "<termNote type='administrativeStatus'>{}</termNote>".format
    tigs = "".join(
        f"<tig><term>{word}</term>{note(said) if said else ''}</tig>" for word, said in (("a", first), ("b", second))
    )
    assert tuple(terms(f"<langSet xml:lang='en'>{tigs}</langSet>").values()) == expected


@pytest.mark.parametrize(
    ("kind", "status"), [("entryTerm", "preferred"), ("synonym", "admitted"), ("phrase", "preferred")]
)
def test_version_2_says_the_status_by_the_kind_of_a_term(kind, status):
    tig = "<langSet xml:lang='en'><tig><term>a</term><termNote type='termType'>{}</termNote>{}</tig></langSet>".format
    assert terms(tig(kind, "")) == {"a": status}
    said = "<termNote type='administrativeStatus'>deprecatedTerm</termNote>"
    assert terms(tig(kind, said)) == {"a": "deprecated"}
    assert of_entry(tig(kind, "")).account.lost == ({"termType": 1} if kind == "phrase" else {})


@pytest.mark.parametrize(
    "source",
    ["<admin type='sourceIdentifier'>B</admin>", "<xref type='xSource' target='B'/>", "<admin type='source'>B</admin>"],
)
def test_a_source_is_said_in_three_ways(source):
    (record,) = of_entry(
        f"<langSet xml:lang='en'><descripGrp><descrip type='definition'>d</descrip>{source}</descripGrp><tig><term>a</term>{source}</tig></langSet>"
    ).records
    assert record.concept.definitions == (Definition("d", "en", "B"),) and record.concept.terms == (
        Term("a", "en", source="B"),
    )
