"""Terms in running text find their concepts, inflected as Swedish and English inflect them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.inflection import is_form_of
from termbank.linking import Linker
from tests.factories.concepts import concept

SCHEME = {
    "vardplats": concept("vårdplats", "hospital bed"),
    "disponibel-vardplats": concept("disponibel vårdplats", "available bed"),
    "vardenhet": concept("vårdenhet", "care unit"),
    "sluten-vard": concept("sluten vård", "in-patient care", synonyms=["slutenvård"]),
    "huvudman": concept("huvudman", "principal"),
    "patient": concept("patient", "patient"),
    "inskriven-patient": concept("inskriven patient", "admitted patient"),
    "mvo": concept("medicinskt verksamhetsområde", "medical service area", synonyms=["MVO"]),
}
LINKER = Linker(SCHEME)


def found(text, language="sv", but=()):
    return [(piece.text, piece.slug) for piece in LINKER.pieces(text, language, but=but) if piece.slug]


def test_the_longest_term_wins():
    assert found("disponibel vårdplats på vårdenhet") == [
        ("disponibel vårdplats", "disponibel-vardplats"),
        ("vårdenhet", "vardenhet"),
    ]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("disponibla vårdplatser", "disponibel-vardplats"),
        ("de disponibla vårdplatserna", "disponibel-vardplats"),
        ("den slutna vården", "sluten-vard"),
        ("slutenvården", "sluten-vard"),
        ("huvudmännen", "huvudman"),
        ("huvudmannens beslut", "huvudman"),
        ("vårdenheterna", "vardenhet"),
        ("patienternas", "patient"),
        ("inskrivna patienter", "inskriven-patient"),
        ("varje MVO", "mvo"),
        ("medicinska verksamhetsområden", "mvo"),
        ("VÅRDPLATS", "vardplats"),
    ],
)
def test_inflected_forms_are_found(text, slug):
    assert [one for _text, one in found(text)] == [slug]


@pytest.mark.parametrize("text", ["vården", "vard", "platsen", "tomt", "vårdplatserfarenhet", "slutet på dagen"])
def test_words_that_only_look_like_a_term_are_left_alone(text):
    assert found(text) == []


def test_the_concept_being_defined_is_not_linked_and_still_hides_shorter_terms():
    assert found("disponibel vårdplats", but=("disponibel-vardplats",)) == []
    assert found("inskriven patient och patient", but=("inskriven-patient",)) == [("patient", "patient")]


def test_a_term_does_not_reach_across_a_comma():
    assert found("disponibel, vårdplats") == [("vårdplats", "vardplats")]


def test_english_is_linked_with_english_terms():
    assert found("number of available beds in in-patient care", "en") == [
        ("available beds", "disponibel-vardplats"),
        ("in-patient care", "sluten-vard"),
    ]


def test_uses_names_each_concept_once_in_order():
    assert LINKER.uses("patient, vårdenhet och patient", "sv") == ("patient", "vardenhet")


@given(st.text(max_size=80))
def test_the_pieces_are_the_text(text):
    assert "".join(piece.text for piece in LINKER.pieces(text, "sv")) == text


@given(st.lists(st.sampled_from(["disponibla", "vårdplatser", "på", "patienten", ",", "  ", "å"]), max_size=12))
def test_the_pieces_are_the_text_also_when_full_of_terms(words):
    text = " ".join(words)
    assert "".join(piece.text for piece in LINKER.pieces(text, "sv")) == text


@pytest.mark.parametrize(
    ("word", "term", "expected"),
    [
        ("öppna", "öppen", True),
        ("fastställt", "fastställd", True),
        ("vårdtillfället", "vårdtillfälle", True),
        ("beläggningsbart", "beläggningsbar", True),
        ("vård", "vårdenhet", False),
    ],
)
def test_the_comparison_goes_from_the_text_towards_the_term(word, term, expected):
    assert is_form_of(word, term, "sv") is expected
