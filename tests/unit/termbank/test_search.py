"""Search: stems and prefixes, and letters that stay letters."""

import pytest

from termbank.search import search
from tests.factories.concepts import concept, note

SCHEME = {
    "vardplats": concept("vårdplats", "hospital bed", definition="plats på vårdenhet"),
    "disponibel-vardplats": concept("disponibel vårdplats", "available bed"),
    "overbelaggning": concept(
        "överbeläggning", "overcrowding", definition="händelse när patient får plats fast det är fullt"
    ),
    "belaggning": concept("beläggning", "occupancy"),
    "varddag": concept("vårddag", "day of care"),
    "oppen-vard": concept("öppen vård", "out-patient care"),
    "mvo": concept("medicinskt verksamhetsområde", "medical service area", synonyms=["MVO"]),
    "lakare": concept("läkare", "doctor", notes=(note("Den som har legitimation."),)),
    "lakar": concept("lakar", "lake"),
}


def slugs(query, language="sv"):
    return [hit.slug for hit in search(SCHEME, query, language)]


def test_the_term_itself_comes_first():
    assert slugs("beläggning")[0] == "belaggning"
    assert slugs("vårdplats")[0] == "vardplats"


def test_inflected_queries_find_the_term():
    assert slugs("överbeläggningar")[0] == "overbelaggning"
    assert slugs("disponibla vårdplatser")[0] == "disponibel-vardplats"


def test_the_beginning_of_a_word_is_enough():
    assert set(slugs("disp")) == {"disponibel-vardplats"}
    assert slugs("över") == ["overbelaggning"]


def test_a_part_of_a_compound_finds_it_in_terms():
    assert {"vardplats", "disponibel-vardplats"} <= set(slugs("plats"))


@pytest.mark.parametrize(
    ("query", "missed"),
    [("overbelaggning", "overbelaggning"), ("oppen", "oppen-vard"), ("lakare", "lakare"), ("vardplats", "vardplats")],
)
def test_a_and_o_do_not_find_å_ä_and_ö(query, missed):
    assert missed not in slugs(query)


def test_å_ä_and_ö_are_found_whatever_their_form():
    assert slugs("O\u0308VERBELA\u0308GGNING")[0] == "overbelaggning"


def test_synonyms_are_found_and_named():
    hit = search(SCHEME, "mvo")[0]
    assert (hit.slug, hit.term) == ("mvo", "MVO")


def test_the_other_language_is_found_and_named():
    hit = search(SCHEME, "overcrowding")[0]
    assert (hit.slug, hit.term) == ("overbelaggning", "overcrowding")
    assert search(SCHEME, "overcrowding", "en")[0].term is None


def test_definitions_and_notes_are_searched_after_terms():
    assert slugs("fullt") == ["overbelaggning"]
    assert slugs("legitimation") == ["lakare"]
    assert slugs("plats").index("overbelaggning") > slugs("plats").index("disponibel-vardplats")


def test_every_word_must_be_found():
    assert slugs("disponibel patient") == []


@pytest.mark.parametrize("query", ["", "   ", "!?", "x" * 10_000])
def test_nothing_asked_finds_nothing(query):
    assert slugs(query) == []


def test_equal_hits_come_in_swedish_order():
    order = slugs("vård")
    assert order.index("varddag") < order.index("oppen-vard")
