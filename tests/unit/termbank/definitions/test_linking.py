"""Terms in running text find their concepts, inflected as Swedish and English inflect them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.concepts.concept import Definition, Link, Target, Term
from termbank.definitions.inflection import is_form_of
from termbank.definitions.linking import Linker
from termbank.notions import TermStatus
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


# Words that several concepts bear

SPRING, SEASON = "kalla", "arstid"
SENSES = Linker(
    {SPRING: concept("vår", "spring"), SEASON: concept("vår", "spring season"), "patient": concept("patient")}
)


def pieces(linker, text, **more):
    return [(piece.text, piece.slug or piece.senses) for piece in linker.pieces(text, "sv", **more)]


def test_a_text_that_begins_and_ends_with_a_term_has_no_empty_pieces():
    assert pieces(LINKER, "patient på vårdenhet") == [("patient", "patient"), (" på ", ()), ("vårdenhet", "vardenhet")]
    assert pieces(LINKER, "en patient.") == [("en ", ()), ("patient", "patient"), (".", ())]
    assert pieces(LINKER, "") == []
    assert pieces(LINKER, "tomt") == [("tomt", ())]


@pytest.mark.parametrize(
    ("picks", "but", "expected"),
    [
        ({}, (), (SPRING, SEASON)),
        ({"vår": SEASON}, (), SEASON),
        ({"våren": SEASON}, (), SEASON),
        ({"vår": "elsewhere"}, (), (SPRING, SEASON)),
        ({"patient": SEASON}, (), (SPRING, SEASON)),
        ({"vår och höst": SEASON}, (), (SPRING, SEASON)),
        ({}, (SPRING,), (SPRING, SEASON)),
        ({}, (SPRING, SEASON), ()),
        ({"vår": SEASON}, (SEASON,), ()),
        ({"vår": SEASON}, (SPRING,), SEASON),
    ],
)
def test_words_that_several_bear_lead_to_the_one_that_is_chosen(picks, but, expected):
    assert pieces(SENSES, "vår", picks=picks, but=but) == [("vår", expected)]


@pytest.mark.parametrize(("text", "phrase"), [("slutna", "sluten"), ("sluten", "slutna"), ("slutna", "slutna")])
def test_a_sense_may_have_been_chosen_in_another_form_of_the_words(text, phrase):
    linker = Linker({"a": concept("sluten"), "b": concept("sluten"), "c": concept("slutna"), "d": concept("slutna")})
    [(_, chosen)] = pieces(linker, text, picks={"annat": "a", phrase: "b" if text == "sluten" else "d"})
    assert chosen == ("b" if text == "sluten" else "d")


def test_a_sense_is_chosen_for_all_the_words_and_not_for_some_of_them():
    linker = Linker({"a": concept("sluten vård"), "b": concept("sluten vård")})
    assert pieces(linker, "slutna vården", picks={"sluten avdelning": "b"}) == [("slutna vården", ("a", "b"))]
    assert pieces(linker, "slutna vården", picks={"sluten vård": "b"}) == [("slutna vården", "b")]


def test_undecided_words_are_told_with_their_senses_and_only_they():
    said = Definition("vår patient, vår", "sv")
    assert SENSES.undecided(said) == {"vår": (SPRING, SEASON)}
    assert SENSES.undecided(said, but=(SPRING, SEASON)) == {}
    decided = replace(said, links=(Link("vår", Target(key=SEASON)),))
    assert SENSES.undecided(decided) == {}
    assert SENSES.used_in(decided) == (SEASON, "patient")
    assert SENSES.used_in(said) == ("patient",)
    assert SENSES.used_in(said, but=("patient",)) == SENSES.used_in(None) == ()


@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        ((("a", "slutna"), ("b", "sluten")), "slutna", "a"),
        ((("a", "slutna"), ("b", "sluten")), "sluten", "b"),
        ((("a", "plats"), ("b", "plats på enhet")), "platser på enheter", "b"),
        ((("b", "plats på enhet"), ("a", "plats")), "platser på enheter", "b"),
        ((("a", "plats"), ("b", "plats")), "platser", ("a", "b")),
    ],
)
def test_the_words_themselves_come_before_other_forms_and_longer_ones_before_shorter(terms, text, expected):
    assert pieces(Linker({slug: concept(term) for slug, term in terms}), text) == [(text, expected)]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (TermStatus.PREFERRED, ("a", "b")),
        (TermStatus.ADMITTED, ("a", "b")),
        (TermStatus.DEPRECATED, "a"),
        (TermStatus.HIDDEN, "a"),
    ],
)
def test_a_term_to_be_used_comes_before_one_advised_against_and_a_hidden_one_is_never_found(status, expected):
    other = concept("b", terms=(Term("säng", "sv", status), Term("brits", "sv", status)))
    linker = Linker({"a": concept("säng"), "b": other})
    assert pieces(linker, "säng") == [("säng", expected)]
    assert pieces(linker, "brits") == [("brits", () if status is TermStatus.HIDDEN else "b")]


def test_a_term_of_no_language_is_found_in_both_and_one_without_words_in_none():
    linker = Linker({"a": concept("a", terms=(Term("MVO"), Term("–"), Term("sijoituspaikka", "fi")))})
    assert linker.uses("MVO – sijoituspaikka", "sv") == linker.uses("an MVO", "en") == ("a",)
    assert linker.uses("MVO", "fi") == () and linker.uses("sijoituspaikka", "fi") == ("a",)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("disponibel vårdplats", True),
        ("disponibel  vårdplats", True),
        ("disponibel-vårdplats", True),
        ("disponibel\nvårdplats", True),
        ("disponibel\u00a0vårdplats", True),
        ("disponibel. Vårdplats", False),
        ("disponibel/vårdplats", False),
        ("disponibel", False),
    ],
)
def test_the_words_of_a_term_are_parted_by_blanks_or_a_hyphen(text, is_one):
    assert ("disponibel-vardplats" in LINKER.uses(text, "sv")) is is_one


def test_a_term_of_three_words_is_parted_by_blanks_everywhere():
    linker = Linker({"a": concept("plats på enhet")})
    found_in = [
        linker.uses(text, "sv") for text in ("plats på enhet", "plats på, enhet", "plats, på enhet", "plats på")
    ]
    assert found_in == [("a",), (), (), ()]
