"""Concepts as they were written before ``concept/3``: lifted word by word, nothing guessed, nothing empty kept."""

import pytest

from registry.provenance import Provenance
from termbank.concepts.earlier import EARLIER
from termbank.concepts.schema import SCHEMA

BARE = {
    "content_schema": "concept/2", "scheme": "mobler", "origin": "proposal", "rendering": False,
    "concerns_persons": None, "terms": {"sv": {"preferred": "säng"}},
}  # fmt: skip


def lifted(**changes):
    """What is in the lifted content beside what each has."""
    content = {**BARE, **changes}
    assert not SCHEMA.faults(content), SCHEMA.faults(content)
    found = SCHEMA.lift(content)
    assert found["content_schema"] == "concept/3"
    return {
        name: said for name, said in found.items() if name not in ("content_schema", "origin", "rendering", "scheme")
    }


def test_a_bare_concept_says_what_it_said():
    assert SCHEMA.lift(BARE) == {
        "content_schema": "concept/3", "origin": "proposal", "rendering": False, "provenance": Provenance.OWN.value,
        "scheme": {"key": "mobler"}, "terms": [{"text": "säng", "language": "sv", "status": "preferred"}],
    }  # fmt: skip
    first = {name: said for name, said in BARE.items() if name != "concerns_persons"} | {"content_schema": "concept/1"}
    assert SCHEMA.lift(first) == SCHEMA.lift(BARE)
    assert [one.name for one in EARLIER] == ["concept/1", "concept/2"]


def test_terms_come_by_language_and_status_each_once():
    terms = {
        "sv": {"preferred": " säng ", "synonyms": ["bädd", "bädd ", "", "brits"], "deprecated": ["slaf"]},
        "en": {"preferred": "", "synonyms": ["bed"]},
    }
    assert [(one["text"], one["language"], one["status"]) for one in lifted(terms=terms)["terms"]] == [
        ("bed", "en", "admitted"), ("säng", "sv", "preferred"), ("bädd", "sv", "admitted"), ("brits", "sv", "admitted"),
        ("slaf", "sv", "deprecated"),
    ]  # fmt: skip
    assert lifted(terms={"sv": {"preferred": "säng"}, "en": None})["terms"] == lifted()["terms"]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (None, None),
        ({"sv": "", "en": " "}, None),
        ({"sv": "möbel"}, [{"text": "möbel", "language": "sv"}]),
        (
            {"sv": "möbel", "en": "furniture"},
            [{"text": "furniture", "language": "en"}, {"text": "möbel", "language": "sv"}],
        ),
    ],
)
def test_a_definition_has_the_languages_that_it_is_written_in(definition, expected):
    assert lifted(definition=definition).get("definitions") == expected


@pytest.mark.parametrize("name", ["notes", "problems"])
def test_remarks_without_texts_are_dropped_whatever_their_source(name):
    remarks = [
        {"sv": "a", "source": " bok ", "url": ""},
        {"sv": " ", "source": "bok"},
        {"en": "b", "url": "https://e.se/"},
    ]
    assert lifted(**{name: remarks})[name] == [
        {"texts": [{"text": "a", "language": "sv"}], "source": "bok"},
        {"texts": [{"text": "b", "language": "en"}], "url": "https://e.se/"},
    ]
    assert name not in lifted(**{name: []})


def test_relations_keep_their_order_and_what_names_nothing_is_dropped():
    contested = [
        {"concept": "skap", "sv": "olika", "en": "", "source": "bok"},
        {"concept": " "},
        {"concept": "stol", "source": ""},
    ]
    assert lifted(broader=["mobel", " ", "ting"], related=["rum", ""], contested=contested)["relations"] == [
        {"kind": "broader_unknown", "target": {"key": "mobel"}},
        {"kind": "broader_unknown", "target": {"key": "ting"}},
        {"kind": "associative", "target": {"key": "rum"}},
        {
            "kind": "contested",
            "target": {"key": "skap"},
            "texts": [{"text": "olika", "language": "sv"}],
            "source": "bok",
        },
        {"kind": "contested", "target": {"key": "stol"}},
    ]
    assert "relations" not in lifted(broader=[""])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (None, None),
        ({"title": ""}, None),
        ({"title": " Bok ", "url": "", "date": "2012"}, [{"title": "Bok", "date": "2012"}]),
        ({"title": "", "url": "https://e.se/"}, [{"url": "https://e.se/"}]),
        (
            {"title": "Bok", "status": {"sv": "Gäller", "en": ""}, "verification": {"sv": "", "en": "Read"}},
            [{"title": "Bok", "status": [{"text": "Gäller", "language": "sv"}], "verification": [{"text": "Read", "language": "en"}]}],
        ),
    ],
)  # fmt: skip
def test_a_source_says_what_it_said(source, expected):
    assert lifted(source=source).get("sources") == expected


@pytest.mark.parametrize("said", [True, False])
def test_whether_persons_are_concerned_is_kept_where_it_was_said(said):
    assert lifted(concerns_persons=said)["concerns_persons"] is said
    assert "concerns_persons" not in lifted(concerns_persons=None)


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("notes", {"sv": "a"}),
        ("problems", {"sv": "a"}),
        ("broader", "mobel"),
        ("related", "mobel"),
        ("contested", {"concept": "skap"}),
    ],
)
def test_lists_held_two_hundred(name, one):
    assert not SCHEMA.faults({**BARE, name: [one] * 200})
    assert SCHEMA.faults({**BARE, name: [one] * 201})


def test_a_term_without_status_was_no_term():
    for terms in ({"en": {"preferred": "bed"}}, {"sv": {"synonyms": ["säng"]}}, {}):
        assert SCHEMA.faults({**BARE, "terms": terms})
