"""Reading a concept: what is dropped, and each finding with its field on either side of its bound."""

from dataclasses import replace

import pytest

from termbank.concepts.concept import Concept, Definition, Note, Relation, Source, Target, Term
from termbank.concepts.content import parse, read
from termbank.concepts.schema import SCHEMA
from termbank.concepts.wordings import Wording
from termbank.notions import Origin, RelationKind, TermStatus
from tests.factories.concepts import concept, defined, note, related

PLAIN = concept("säng", "bed")
BLANK = "\x0b \x0c"
"""Fits the schema, and has no letter."""
STATEMENT = '<https://e.se/9> <https://e.se/p> "x" .'


def found(**changes) -> list[tuple[str, str]]:
    parsed, findings = parse(replace(PLAIN, **changes).as_content())
    assert parsed is not None
    assert all(one.places[0].field == one.params["field"] for one in findings)
    return [(one.code, one.places[0].field) for one in findings]


def kept(**changes) -> Concept:
    return read({**PLAIN.as_content(), **changes})


def test_texts_without_letters_are_left_out():
    texts = [{"text": BLANK, "language": "sv"}]
    assert kept(terms=[{"text": BLANK, "status": "preferred"}, {"text": "säng", "status": "preferred"}]).terms == (
        Term("säng"),
    )
    assert kept(definitions=[{"text": BLANK}, {"text": "möbel"}]).definitions == (Definition("möbel"),)
    for name in ("notes", "examples", "problems"):
        assert getattr(kept(**{name: [{"texts": texts, "source": "bok"}]}), name) == ()


def test_a_term_that_is_there_twice_is_one():
    term = {"text": "säng", "language": "SV", "status": "preferred"}
    assert kept(terms=[term, {**term, "language": "sv"}, {**term, "status": "admitted"}]).terms == (
        Term("säng", "sv"),
        Term("säng", "sv", TermStatus.ADMITTED),
    )


def test_all_of_a_term_is_read():
    term = {"text": " säng ", "language": "sv", "status": "admitted", "source": " SAOB ", "grammar": "-en",
            "abbreviation": True, "homograph": 2}  # fmt: skip
    assert kept(terms=[term]).terms == (Term("säng", "sv", TermStatus.ADMITTED, "SAOB", "-en", True, 2),)
    [bare] = kept(terms=[{"text": "säng", "status": "preferred"}]).terms
    assert (bare.abbreviation, bare.homograph, bare.source, bare.language) == (False, None, "", "")


def test_statements_of_others_are_sorted_and_each_said_once():
    other = STATEMENT.replace("x", "a")
    assert kept(foreign={"iri": " https://e.se/9 ", "statements": [STATEMENT, other, STATEMENT]}).foreign == (
        type(kept(foreign={"iri": "x"}).foreign)("https://e.se/9", (other, STATEMENT))
    )
    assert kept(foreign={"iri": "https://e.se/9"}).foreign.statements == ()
    assert kept().foreign is None


def test_a_tidy_concept_has_nothing_to_mend():
    assert found() == []


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (Target(item="a" * 32), []),
        (Target(key="vardplatser"), []),
        (Target(key="Vårdplatser"), [("TERM-002", "scheme")]),
        (Target(), [("TERM-002", "scheme")]),
        (Target(item="a" * 32, key="Å"), []),
    ],
)
def test_a_concept_is_of_a_scheme_by_its_id_or_its_key(scheme, expected):
    assert found(scheme=scheme) == expected


@pytest.mark.parametrize(("length", "expected"), [(120, []), (121, [("TERM-004", "term_fi")])])
def test_a_term_has_so_many_letters(length, expected):
    assert found(terms=(*PLAIN.terms, Term("å" * length, "fi"))) == expected


def test_how_long_a_text_may_be_is_said():
    long = replace(PLAIN, terms=(Term("å" * 121, "sv"),), definitions=defined("å" * 2_001))
    assert [one.params["most"] for one in parse(long.as_content())[1] if one.code == "TERM-004"] == [120, 2_000]


@pytest.mark.parametrize("length", [2_000, 2_001])
def test_definitions_and_remarks_have_so_many_letters_and_a_field_is_told_once(length):
    long, is_told = note("å" * length), length > 2_000
    assert found(definitions=defined("a", "å" * length)) == [("TERM-004", "definition_en")] * is_told
    assert found(definitions=defined("å" * length, "a")) == [("TERM-004", "definition_sv")] * is_told
    for name in ("notes", "examples", "problems"):
        assert found(**{name: (long, long)}) == [("TERM-004", name)] * is_told


def test_what_is_said_in_one_of_two_languages_is_told_and_where():
    assert found(definitions=defined("möbel")) == [("TERM-005", "definition_en")]
    assert found(definitions=defined("", "furniture")) == [("TERM-005", "definition_sv")]
    assert found(definitions=defined("möbel", "furniture")) == found(definitions=()) == []
    swedish, english, both = (Note((Wording("a", tag),)) for tag in ("sv", "en", "fi"))
    for name in ("notes", "examples", "problems"):
        assert found(**{name: (note("a"), swedish)}) == found(**{name: (english,)}) == [("TERM-006", name)]
        assert found(**{name: (note("a"), both)}) == []


def to(kind: RelationKind, **target: str) -> Relation:
    return Relation(kind, Target(**target))


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (RelationKind.GENERIC, "broader"),
        (RelationKind.BROADER_UNKNOWN, "broader"),
        (RelationKind.ASSOCIATIVE, "related"),
        (RelationKind.CONTESTED, "contested"),
        (RelationKind.EXACT, RelationKind.EXACT.value),
        (RelationKind.CLOSE, RelationKind.CLOSE.value),
    ],
)
def test_a_relation_is_told_at_the_field_that_it_is_written_in(kind, field):
    assert found(relations=(to(kind, key="mobel"),)) == []
    assert found(relations=(to(kind, key="Möbel"),)) == [("TERM-007", field)]
    assert found(relations=(to(kind, iri="https://e.se/1"),)) == []
    assert found(relations=(to(kind, iri="urn:x:1"),)) == [("TERM-009", field)]
    assert found(relations=(to(kind, item="a" * 32),)) == []
    assert found(relations=(to(kind, key="mobel"), to(kind, key="mobel"))) == [("TERM-008", field)]
    assert found(relations=(to(kind, key="mobel"), to(kind, key="skap"))) == []
    one = parse(replace(PLAIN, relations=(to(kind, key="Möbel"),)).as_content())[1][0]
    assert one.params["slug"] == "Möbel"


def test_relations_of_two_fields_may_lead_to_the_same_concept():
    assert found(relations=related(broader=("mobel",), related=("mobel",))) == []
    both = (to(RelationKind.GENERIC, key="mobel"), to(RelationKind.PARTITIVE, key="mobel"))
    assert found(relations=both) == [("TERM-008", "broader")]


@pytest.mark.parametrize(
    ("url", "expected"), [("", []), ("https://e.se/", []), ("ftp://e.se/", [("TERM-009", "source_url")])]
)
def test_addresses_of_sources_remarks_and_definitions_may_be_links(url, expected):
    assert found(sources=(Source("Bok", url),)) == expected
    assert found(definitions=(*defined("a", "b")[:1], replace(defined("a", "b")[1], url=url))) == expected
    for name in ("notes", "examples", "problems"):
        assert found(**{name: (note("a", url=url), note("b", url=url))}) == expected


def test_an_official_wording_has_a_source():
    assert found(sources=()) == [("TERM-010", "source_title")]
    assert found(sources=(), origin=Origin.PROPOSAL) == []
    assert found(terms=()) == [("TERM-003", "term_sv")]


TEXTS = [{"text": "a"}]
TARGET = {"key": "mobel"}
LISTS = {
    "terms": ({"text": "a", "status": "preferred"}, 500),
    "definitions": ({"text": "a"}, 100),
    "notes": ({"texts": TEXTS}, 200),
    "examples": ({"texts": TEXTS}, 200),
    "problems": ({"texts": TEXTS}, 200),
    "relations": ({"kind": "generic", "target": TARGET}, 1_000),
    "sources": ({"title": "a"}, 100),
    "subject_field": ({"text": "a"}, 100),
    "notations": ({"text": "a"}, 100),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_one_to_so_many(name):
    one, most = LISTS[name]

    def faults(count):
        return bool(SCHEMA.faults({**PLAIN.as_content(), name: [one] * count}))

    assert [faults(count) for count in (0, 1, most, most + 1)] == [True, False, False, True]


def test_lists_within_lists_hold_so_many():
    link = {"words": "a", "target": TARGET}
    relation = LISTS["relations"][0]
    for name, part, inner, most in (
        ("definitions", {"text": "a"}, {"links": link}, 200),
        ("notes", {}, {"texts": TEXTS[0]}, 100),
        ("sources", {"title": "a"}, {"status": TEXTS[0]}, 100),
        ("sources", {"title": "a"}, {"verification": TEXTS[0]}, 100),
        ("relations", relation, {"label": TEXTS[0]}, 100),
        ("relations", relation, {"texts": TEXTS[0]}, 100),
    ):
        [(field, one)] = inner.items()
        wrong = [
            bool(SCHEMA.faults({**PLAIN.as_content(), name: [{**part, field: [one] * count}]}))
            for count in (0, 1, most, most + 1)
        ]
        assert wrong == [True, False, False, True], (name, field)
    for count, is_wrong in ((0, True), (1, False), (200, False), (201, True)):
        foreign = {"iri": "https://e.se/9", "statements": [STATEMENT] * count}
        assert bool(SCHEMA.faults({**PLAIN.as_content(), "foreign": foreign})) is is_wrong


@pytest.mark.parametrize(
    ("changes", "is_wrong"),
    [
        ({"homograph": 1}, False),
        ({"homograph": 0}, True),
        ({"abbreviation": True}, False),
        ({"abbreviation": False}, True),
        ({"language": "en-x-" + "a1b2c3d4-" * 8 + "abc"}, False),
        ({"language": "en-x-" + "a1b2c3d4-" * 8 + "abcd"}, True),
    ],
)
def test_a_term_says_what_it_is_within_bounds(changes, is_wrong):
    if "language" in changes:
        assert len(changes["language"]) == 80 + is_wrong
    term = {"text": "a", "status": "preferred", **changes}
    assert bool(SCHEMA.faults({**PLAIN.as_content(), "terms": [term]})) is is_wrong


def test_a_target_is_named_in_one_way():
    for target, is_wrong in (({}, True), (TARGET, False), ({**TARGET, "iri": "https://e.se/"}, True)):
        content = {**PLAIN.as_content(), "relations": [{"kind": "generic", "target": target}]}
        assert bool(SCHEMA.faults(content)) is is_wrong
