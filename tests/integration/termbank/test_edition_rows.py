"""The rows of an edition's file on both databases: stored, searched, compared, written again, taken away."""

from hashlib import sha256

import pyoxigraph as ox
import pytest

from registry import jobs
from registry.actors import Role
from registry.db import db
from registry.errors import NotFound
from registry.starter import STEWARD
from termbank.editions import checks, comparing, files, queries, searching, writing
from termbank.editions.comparing import Difference
from termbank.editions.tables import ROWS, EditionFile, EditionFinding, Reading
from termbank.file_texts.searching import SearchedFile
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.vocabularies import BROKEN, FURNITURE, NEWER_FURNITURE


@pytest.fixture
def loaded(any_app, organisations, actor):
    """Send in a file and have it read; gives its row."""
    who = actor("terminolog", (Role.TERMINOLOGIST, STEWARD))
    organisation_id = organisations[STEWARD].id

    def load(data=FURNITURE, name="a.ttl") -> EditionFile:
        with by_hand() as session:
            file_id = files.receive(
                session, who, NOW, organisation_id=organisation_id, file=SearchedFile(name, data)
            ).id
        jobs.drain()
        return db.session.get_one(EditionFile, file_id)

    load.actor = who
    return load


def names(found) -> list[str]:
    return [one.name_sv for one in found]


def test_words_find_what_bears_them(loaded):
    file = loaded()
    expected = {
        "sjukhuss": ["sjukhussäng"], "VÅRDS": ["sjukhussäng"], "sjukhusänsg": ["sjukhussäng"], "m2": ["sjukhussäng"],
        "möb": ["möbel", "Samlade möbler"], "möbler saml": ["Samlade möbler"], "bed hospital": ["sjukhussäng"],
        "säng": ["Sängar", "sjukhussäng"], "sängarna": ["Sängar", "sjukhussäng"], "hospital säng": ["sjukhussäng"], "hyllorna": ["hylla"], "möblerna samlade": ["Samlade möbler"],
        "bel": [], "%": [], "_": [], "": [], "möbel hylla": [], "x" * 300: [],
    }  # fmt: skip
    assert {asked: names(searching.find(db.session, [file.id], asked, "sv")) for asked in expected} == expected
    assert names(searching.find(db.session, [file.id], "s", "sv", most=1)) != []
    assert searching.find(db.session, [], "möbel", "sv") == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("sjukhussängg", ["sjukhussäng"]),
        ("jsukhussäng", ["sjukhussäng"]),
        ("mööbel", ["möbel"]),
        ("qqqq", []),
        ("", []),
    ],
)
def test_what_is_spelt_nearly_so_is_what_was_meant(loaded, asked, found):
    file = loaded()
    assert searching.find(db.session, [file.id], asked, "sv") == []
    assert names(searching.meant(db.session, [file.id], asked, "sv")) == found


def test_the_label_by_which_the_end_of_a_compound_was_found_is_told(loaded):
    file = loaded()
    found = searching.find(db.session, [file.id], "säng", "sv")
    assert [hit.label for hit in searching.labelled(db.session, found, "säng", "sv")] == [None, None]


def test_a_name_that_is_the_query_comes_before_one_that_begins_so(loaded):
    more = 'x:7 a skos:Concept ; skos:prefLabel "hyllplan"@sv . x:8 a skos:Concept ; skos:prefLabel "a hylla"@sv .'
    file = loaded(FURNITURE + more.encode())
    assert names(searching.find(db.session, [file.id], "hyll", "sv")) == ["hylla", "hyllplan", "a hylla"]
    assert names(searching.find(db.session, [file.id], "hyllp", "sv")) == ["hyllplan"]


def test_several_editions_are_searched_at_once(loaded):
    ids = [loaded(data).id for data in (FURNITURE, NEWER_FURNITURE)]
    assert names(searching.find(db.session, ids, "möbel", "sv")) == ["möbel", "möbel"]
    assert len(searching.find(db.session, ids, "möb", "sv", most=3)) == 3


def test_what_became_of_each_concept(loaded):
    before, after = loaded(), loaded(NEWER_FURNITURE)
    assert comparing.counts(db.session, before, after) == dict.fromkeys(Difference, 1)
    assert comparing.counts(db.session, after, after) == dict.fromkeys(Difference, 0)
    shown = {
        one: [row.iri[-1] for row in comparing.page(db.session, before, after, one, "sv", 1).rows] for one in Difference
    }
    assert shown == {Difference.NEW: ["4"], Difference.CHANGED: ["2"], Difference.GONE: ["3"]}


def test_the_order_of_a_file_is_no_change(loaded):
    lines = b"\n".join(sorted(_n_triples(FURNITURE).splitlines(), reverse=True))
    before, after = loaded(), loaded(lines, "b.nt")
    assert comparing.counts(db.session, before, after) == dict.fromkeys(Difference, 0)


def test_concepts_on_top_are_those_that_nothing_is_broader_than(loaded):
    file = loaded()
    assert names(queries.tops(db.session, file, "sv", 1).rows) == ["hylla", "möbel"]
    assert file.counts["tops"] == 2


def test_relations_are_followed_whichever_of_the_two_states_them(loaded):
    narrower = b'x:9 a skos:Concept ; skos:prefLabel "stol"@sv . x:1 skos:narrower x:9, x:2 .'
    file = loaded(FURNITURE + narrower)
    furniture, chair = (queries.resource(db.session, file, f"https://a.example/{one}") for one in "19")
    assert names(queries.others(db.session, furniture, "narrower", "sv", 1, 20).rows) == ["sjukhussäng", "stol"]
    assert names(queries.others(db.session, chair, "broader", "sv", 1, 20).rows) == ["möbel"]
    assert queries.groups_of(db.session, furniture) == ["narrower", "collections", "schemes"]


def test_all_triples_can_be_written_again(loaded):
    file = loaded()
    written = "".join(writing.triples_of(db.session, file))
    assert sorted(_without_blanks(written.encode())) == sorted(_without_blanks(_n_triples(FURNITURE)))


def test_null_characters_in_what_is_asked_or_sent_harm_nobody(loaded):
    file = loaded(name="a\0b.ttl")
    assert file.name == "ab.ttl" and file.state == Reading.READY
    with pytest.raises(NotFound):
        queries.resource(db.session, file, "https://a.example/\0")
    assert searching.find(db.session, [file.id], "\0", "sv") == []


def test_a_file_that_breaks_in_the_middle_leaves_no_row(loaded):
    file = loaded(BROKEN)
    assert (file.state, file.counts) == (Reading.FAILED, None) and file.fault["code"] == "VOC-102"
    assert [db.session.query(table).count() for table in ROWS] == [0] * len(ROWS)


def test_the_same_file_is_read_once_and_its_rows_go_with_it(loaded):
    file = loaded()
    assert loaded().id == file.id and file.sha256 == sha256(FURNITURE).hexdigest()
    other = loaded(NEWER_FURNITURE).id
    for one in (file.id, other):
        db.session.rollback()
        with by_hand() as session:
            checks.ask(session, loaded.actor, NOW, session.get_one(EditionFile, one))
    jobs.drain()
    db.session.rollback()
    assert {one.file_id for one in db.session.query(EditionFinding)} == {file.id, other}
    with by_hand() as session:
        files.remove(session, loaded.actor, NOW, session.get_one(EditionFile, file.id))
    jobs.drain()
    assert {one.file_id for table in ROWS for one in db.session.query(table)} == {other}
    assert db.session.query(EditionFile).count() == 1


def test_a_concept_with_very_many_labels_is_read_and_its_page_is_bounded(loaded):
    labels = ", ".join(f'"ord {number}"@sv' for number in range(3_000))
    file = loaded(FURNITURE + f"x:1 skos:altLabel {labels} .".encode())
    one = queries.resource(db.session, file, "https://a.example/1")
    assert len(queries.texts(db.session, one)) == queries.MOST_TEXTS
    hits = searching.labelled(db.session, searching.find(db.session, [file.id], "ord 77", "sv"), "ord 77", "sv")
    assert [(hit.resource.name_sv, hit.label.text) for hit in hits] == [("möbel", "ord 77")]


def _n_triples(data: bytes) -> bytes:
    return ox.serialize(ox.parse(data, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES)


def _without_blanks(data: bytes) -> set[tuple[str, str, str]]:
    """Triples with one name for all blank nodes."""
    return {
        tuple(
            "_:" if isinstance(term, ox.BlankNode) else str(term)
            for term in (quad.subject, quad.predicate, quad.object)
        )
        for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)
    }
