"""Reading ``concept/2`` and saying what has to be mended."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.content.canonical import canonical
from registry.findings import Text
from registry.provenance import Provenance
from termbank.concept_schema import Origin
from termbank.concepts import Contested, Note, outline, parse, read, slug_of, title
from tests.factories.concepts import concept, note


def codes(content) -> set[str]:
    return {finding.code for finding in parse(content)[1]}


def test_content_gives_the_concept_back():
    whole = concept(
        "teknisk vårdplats", "technical bed", definition="disponibel vårdplats på vårdenhet", synonyms=["TVP"], deprecated=["specialplats"],
        notes=(note("En anmärkning", "A note", "Källan", "https://example.se/"),), problems=(note("Ett problem"),),
        broader=("disponibel-vardplats",), related=("sluten-vard",),
        contested=(Contested("faststalld-vardplats", Text("räknas in och ut", "counted in and out"), "Norrbotten"),),
    )  # fmt: skip
    assert read(whole.as_content()) == whole
    assert parse(whole.as_content()) == (whole, ())


def test_content_is_canonical_and_names_its_schema():
    content = concept("vårdplats").as_content()
    assert content["content_schema"] == "concept/2"
    assert canonical(content) == canonical(read(content).as_content())


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {},
        {"content_schema": "model/1"},
        {"content_schema": "concept/1"},
        {"content_schema": "concept/1", "terms": 7},
    ],
)
def test_content_of_another_shape_is_findings_and_no_concept(content):
    read_as, findings = parse(content)
    assert read_as is None
    assert {finding.code for finding in findings} == {"TERM-001"}


def test_a_concept_needs_a_swedish_term():
    assert "TERM-003" in codes(concept("").as_content())


def test_a_definition_is_written_in_both_languages():
    one_sided = replace(concept("säng"), definition=Text("möbel att ligga i", ""))
    assert codes(one_sided.as_content()) == {"TERM-005"}


def test_a_concept_without_any_definition_is_welcome():
    assert codes(concept("belagd vårdplats").as_content()) == set()


def test_notes_are_written_in_both_languages():
    assert codes(replace(concept("säng"), notes=(Note(Text("bara svenska", "")),)).as_content()) == {"TERM-006"}


@pytest.mark.parametrize("slug", ["Vårdplats", "två ord", "", "-början"])
def test_relations_name_concepts_by_their_slug(slug):
    assert "TERM-007" in codes(replace(concept("säng"), broader=(slug,)).as_content())


def test_the_same_relation_twice_is_found():
    assert codes(replace(concept("säng"), related=("patient", "patient")).as_content()) == {"TERM-008"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://example.se/a b", "ftp://example.se"])
def test_an_address_that_must_not_be_a_link_is_found(url):
    assert "TERM-009" in codes(replace(concept("säng"), notes=(note("text", url=url),)).as_content())


def test_an_official_wording_needs_its_source_and_a_proposal_does_not():
    assert codes(replace(concept("säng"), source=None).as_content()) == {"TERM-010"}
    assert codes(replace(concept("säng"), source=None, origin=Origin.PROPOSAL).as_content()) == set()


def test_texts_that_are_too_long_are_found():
    assert "TERM-004" in codes(concept("å" * 121).as_content())
    assert "TERM-004" in codes(concept("säng", definition="ord " * 600).as_content())


def test_the_swedish_term_stands_in_for_a_missing_english_one():
    content = concept("säng").as_content()
    content["terms"]["en"]["preferred"] = ""
    assert title(content) == Text("säng", "säng")


def test_the_outline_has_every_text_that_a_reviewer_must_see():
    shown = outline(
        concept(
            "säng",
            definition="möbel",
            synonyms=["bädd"],
            notes=(note("om sängar"),),
            broader=("mobel",),
            provenance=Provenance.MADE_UP,
        ).as_content()
    )
    words = " ".join(f"{label.sv} {value.sv if isinstance(value, Text) else value}" for label, value in shown)
    for expected in ("säng", "bädd", "möbel", "om sängar", "mobel", "påhittat", "egna ord", "A source 2012"):
        assert expected in words


def test_the_outline_says_when_there_is_no_definition():
    assert Text("Ingen definition", "No definition") in [
        value for _label, value in outline(concept("säng").as_content())
    ]


def test_a_new_concepts_slug_is_ascii_and_readable():
    assert slug_of("Fastställd vårdplats") == "faststalld-vardplats"
    assert slug_of("  ") == ""


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(concept("säng").as_content())), ANYTHING, max_size=6))
def test_whatever_comes_in_is_findings_and_never_a_crash(parts):
    parsed, findings = parse({**concept("säng", definition="möbel").as_content(), **parts})
    assert parsed is not None or {finding.code for finding in findings} == {"TERM-001"}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"rendering": "false"}, "rendering"),
        ({"concerns_persons": "no"}, "concerns_persons"),
        ({"concern_persons": True}, "concern_persons"),
        ({"origin": "offical"}, "origin"),
        ({"provenance": "madeup"}, "provenance"),
        ({"definition": {"sv": "möbel", "eng": "furniture"}}, "definition.eng"),
        ({"notes": [{"sv": "a", "en": "b", "link": "c"}]}, "notes[0].link"),
        ({"broader": "mobel"}, "broader"),
    ],
)
def test_what_is_written_wrong_is_refused_with_its_place(changes, path):
    parsed, findings = parse({**concept("säng").as_content(), **changes})
    assert parsed is None
    assert [finding.places[0].field for finding in findings] == [path]


OLD = {**concept("säng", definition="möbel").as_content(), "content_schema": "concept/1"}
del OLD["concerns_persons"]


def test_a_concept_of_the_first_schema_is_read_with_what_it_did_not_know_unknown():
    assert read(OLD) == concept("säng", definition="möbel")
    assert read(OLD).concerns_persons is None
    assert parse(OLD) == (concept("säng", definition="möbel"), ())
    assert title(OLD).sv == "säng"


def test_the_step_between_the_schemas_is_no_difference_and_saying_something_of_persons_is():
    now = concept("säng", definition="möbel")
    assert outline(OLD) == outline(now.as_content())
    told = dict(outline(replace(now, concerns_persons=True).as_content()))
    assert told[Text("Rör personer", "Concerns persons")] == Text("Ja", "Yes")


def test_the_first_schema_knows_nothing_of_persons():
    assert parse({**OLD, "concerns_persons": True})[0] is None
