"""Concept schemes as content: what is read, what must be mended, and what a reader is shown."""

from dataclasses import replace

import pytest

from registry.findings import Text
from termbank.concepts.schemes import SCHEMA, SHIPPED, Scheme, outline, parse, read, title

SCHEME = Scheme(
    "beds", Text("Platser", "Beds"), Text("Om platser", "About beds"), ("sv", "en", "fi"), "https://e.se/cc0", "https://e.se/id/"
)  # fmt: skip


def found(scheme: Scheme) -> list[tuple[str, str]]:
    parsed, findings = parse(scheme.as_content())
    assert parsed is not None
    assert all(one.places[0].field == one.params["field"] for one in findings)
    return [(one.code, one.places[0].field) for one in findings]


def test_what_was_written_is_read_again():
    assert read(SCHEME.as_content(), "beds") == SCHEME
    assert read(SCHEME.as_content(), "beds", "id1") == replace(SCHEME, item="id1")
    for shipped in SHIPPED:
        assert read(shipped.as_content(), shipped.slug) == shipped and found(shipped) == []


def test_a_scheme_that_says_little_is_read_too():
    bare = read({"content_schema": "scheme/1"})
    assert (bare.title, bare.languages, bare.licence, bare.base) == (Text("", ""), (), "", "")
    assert outline({"content_schema": "scheme/1"}) == []


def test_a_language_is_said_once():
    assert read({**SCHEME.as_content(), "languages": ["SV", "en", "sv", "sv-fi"]}).languages == ("sv", "en", "sv-FI")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"title": Text("Platser", "")}, []),
        ({"title": Text("", "Beds")}, []),
        ({"title": Text("", "")}, [("SCHEME-002", "title_sv")]),
        ({"licence": ""}, []),
        ({"licence": "CC0"}, [("TERM-009", "licence")]),
        ({"base": ""}, []),
        ({"base": "https://e.se/id#"}, []),
        ({"base": "https://e.se/id"}, [("SCHEME-003", "base")]),
        ({"base": "urn:id"}, [("TERM-009", "base"), ("SCHEME-003", "base")]),
        ({"base": "urn:id/"}, [("TERM-009", "base")]),
    ],
)
def test_what_must_be_mended_is_told_at_its_field(changes, expected):
    assert found(replace(SCHEME, **changes)) == expected


def test_one_language_stands_in_for_the_other():
    for said in (Text("Platser", ""), Text("", "Platser")):
        assert title(replace(SCHEME, title=said).as_content()) == Text("Platser", "Platser")
    assert title(SCHEME.as_content()) == Text("Platser", "Beds")


def test_an_outline_has_what_is_said():
    assert outline(SCHEME.as_content()) == [
        (Text("Titel", "Title"), Text("Platser", "Beds")),
        (Text("Beskrivning", "Description"), Text("Om platser", "About beds")),
        (Text("Språk", "Languages"), "sv, en, fi"),
        (Text("Licens", "Licence"), "https://e.se/cc0"),
        (Text("Början av begreppens IRI", "Beginning of the concepts' IRIs"), "https://e.se/id/"),
    ]
    short = outline(replace(SCHEME, description=Text("", ""), licence="").as_content())
    assert [label.en for label, _ in short] == ["Title", "Languages", "Beginning of the concepts' IRIs"]


@pytest.mark.parametrize(("count", "is_wrong"), [(0, True), (1, False), (100, False), (101, True)])
def test_a_scheme_has_one_to_a_hundred_languages(count, is_wrong):
    languages = [f"en-x-{number}" for number in range(count)]
    assert bool(SCHEMA.faults({**SCHEME.as_content(), "languages": languages})) is is_wrong
    assert bool(parse({**SCHEME.as_content(), "languages": languages})[0] is None) is is_wrong
