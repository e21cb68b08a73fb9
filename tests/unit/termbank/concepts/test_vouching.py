"""What vouches for a text vouches for this text: whoever rewrites it does not take the old source along."""

from dataclasses import replace

import pytest

from registry.findings import Text
from termbank.concepts.concept import Definition, Note, Source, Term
from termbank.concepts.content import parse
from termbank.concepts.vouching import Earlier, unvouched
from termbank.concepts.wordings import wordings_of
from termbank.notions import Origin
from tests.factories.concepts import SOURCE, concept, defined

FIRST = concept("säng", "bed", definition="möbel att ligga i", definition_en="furniture to lie in")
OTHERS = defined("möbel att sova i", "furniture to sleep in")
REWORDED = replace(FIRST, definitions=OTHERS)
PROPOSED = replace(REWORDED, origin=Origin.PROPOSAL, rendering=False)
ANEW = replace(SOURCE, verification=wordings_of(Text("Läst 2026", "Read in 2026")))


def codes(now, *earlier, base=None) -> list[str]:
    """``earlier``: what was published, the newest first."""
    told = [Earlier(len(earlier) - place, one) for place, one in enumerate(earlier)]
    return [one.code for one in unvouched(now, told, base or earlier[0])]


@pytest.mark.parametrize(
    "now",
    [
        REWORDED,
        PROPOSED,
        replace(REWORDED, rendering=False),
        replace(FIRST, definitions=(*defined(None, "furniture to lie in"), Definition("möbel att sova i", "sv"))),
        replace(FIRST, terms=(Term("bädd", "sv"), Term("bed", "en"))),
        replace(FIRST, rendering=False),
        replace(REWORDED, sources=(replace(SOURCE, url="https://example.se/annan"),)),
        replace(REWORDED, sources=(replace(SOURCE, status=wordings_of(Text("Ny", "New"))),)),
        replace(REWORDED, sources=(replace(SOURCE, title="A  source.", date=" 2012"),)),
    ],
    ids=["words", "proposal", "quoted", "one language", "term", "now a quotation", "address", "status", "a full stop"],
)
def test_what_was_said_of_the_source_does_not_go_along_with_other_words(now):
    assert codes(now, FIRST) == ["TERM-016"]


@pytest.mark.parametrize(
    "now",
    [
        FIRST,
        replace(FIRST, definitions=()),
        replace(FIRST, origin=Origin.PROPOSAL, rendering=False),
        replace(FIRST, notes=(Note(wordings_of(Text("Ny", "New"))),)),
        replace(REWORDED, sources=(ANEW,)),
        replace(REWORDED, sources=(replace(SOURCE, date="2026"),)),
        replace(PROPOSED, sources=()),
        replace(PROPOSED, sources=(Source("The pilot's own group"),)),
        replace(
            FIRST, definitions=tuple(replace(one, text=f" {one.text.replace(' ', '  ')}") for one in FIRST.definitions)
        ),
    ],
)
def test_the_same_words_and_words_that_were_read_anew_are_not_asked_about(now):
    assert codes(now, FIRST) == []


def test_a_wording_where_there_was_none_is_asked_about_too():
    assert codes(FIRST, replace(FIRST, definitions=(), rendering=False)) == ["TERM-016"]


def test_the_way_round_by_a_proposal_without_a_source_is_seen():
    between = replace(PROPOSED, sources=())
    assert codes(REWORDED, between, FIRST) == ["TERM-016"]
    assert codes(replace(REWORDED, sources=(ANEW,)), between, FIRST) == []


def test_a_proposal_with_a_source_of_its_own_does_not_become_the_sources_wording_unread():
    proposal = replace(PROPOSED, sources=(SOURCE,))
    assert codes(replace(proposal, origin=Origin.OFFICIAL, rendering=True), proposal) == ["TERM-016"]


def test_what_is_published_already_is_not_asked_about_again():
    assert codes(replace(REWORDED, notes=(Note(wordings_of(Text("Ny", "New"))),)), REWORDED, FIRST) == []


def test_of_several_sources_one_is_read_anew_and_the_rest_are_warned_of():
    second = Source("Another")
    before = replace(FIRST, sources=(SOURCE, second))
    assert codes(replace(REWORDED, sources=(ANEW, second)), before) == ["TERM-017"]
    assert codes(replace(REWORDED, sources=(SOURCE, second)), before) == ["TERM-016"]


def test_a_definition_with_a_source_of_its_own_does_not_keep_it_for_another_text():
    cited = replace(
        FIRST, sources=(), definitions=(Definition("möbel att ligga i", "sv", "SOSFS 2012:1", "https://a.se/"),)
    )
    other = replace(cited, definitions=(replace(cited.definitions[0], text="möbel att sova i"),))
    assert codes(other, cited) == ["TERM-018"]
    assert codes(replace(other, definitions=(replace(other.definitions[0], source="SOSFS 2026:1"),)), cited) == []
    assert codes(replace(other, definitions=(replace(other.definitions[0], source="", url=""),)), cited) == []
    assert codes(other, replace(cited, definitions=()), cited) == ["TERM-018"], "nor by way of a version without any"


@pytest.mark.parametrize("part", ["notes", "examples", "problems"])
def test_a_rewritten_note_with_the_source_left_is_warned_of_and_a_new_one_is_not(part):
    had, new, read_there = (
        Note(wordings_of(Text(text, text)), "SKL 2015") for text in ("som det var", "omskriven", "en till")
    )
    before = replace(FIRST, **{part: (had,)})
    assert codes(replace(before, **{part: (new,)}), before) == ["TERM-019"]
    assert codes(replace(before, **{part: (had, read_there)}), before) == []
    assert codes(replace(before, **{part: (replace(new, source="SKL 2020"),)}), before) == []


def test_a_proposal_renders_nothing():
    content = replace(PROPOSED, rendering=True, sources=()).as_content()
    assert "TERM-015" in [one.code for one in parse(content)[1]]
