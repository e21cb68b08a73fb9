"""What readers hand over: which reader a file gets, what a record and an account say, and what does not come through the pipe."""

import pytest

from registry.findings import Place, Severity
from registry.provenance import Provenance
from termbank.concepts.concept import Target, Term
from termbank.exchange.reading import rdf, sheets, tbx
from termbank.exchange.reading.files import ACCEPTED, read_file, reader_for
from termbank.exchange.records import EVERYTHING, MOST_FINDINGS, Account, Reading, Record, blank, covers, distinct
from termbank.finding_texts.all import FINDINGS
from termbank.notions import Origin

FOUND = FINDINGS.found("IMPORT-008", {"name": "a", "line": 2}, (Place(row=2),))


@pytest.mark.parametrize(
    ("name", "data", "reader"),
    [
        ("a.TBX", b"", tbx),
        ("a.tbxm", b"", tbx),
        ("a.martif", b"", tbx),
        ("a.xml", b"<martif", tbx),
        ("a", b"<tbx", tbx),
        ("a.csv", b"<tbx", sheets),
        ("a.XLSX", b"", sheets),
        ("a", b"PK\x03\x04", sheets),
        ("a.txt", b"<rdf:RDF", sheets),
        ("a.xml", b"<rdf:RDF", rdf),
        ("a.ttl", b"", rdf),
        ("a", b"@prefix", rdf),
        ("a", b"%PDF", None),
    ],
)
def test_a_file_is_read_by_its_name_or_its_beginning(name, data, reader):
    assert reader_for(name, data) is (reader.read if reader else None)


def test_each_accepted_end_of_a_name_has_a_reader_and_another_is_refused():
    assert all(reader_for(f"a{end}", b"") for end in ACCEPTED)
    assert read_file(b"%PDF", "a.pdf", ()) == Reading(unreadable=FINDINGS.found("IMPORT-001"))
    assert read_file(b"", "a.csv", ()).unreadable.code == "IMPORT-013"


def test_a_blank_concept_says_nothing():
    one = blank(terms=(Term("a"),))
    assert (one.scheme, one.origin, one.rendering, one.provenance) == (Target(), Origin.PROPOSAL, False, Provenance.OWN)
    assert one.terms == (Term("a"),) and one.definitions == one.notes == one.relations == ()


def test_a_record_is_in_a_row_or_is_named():
    assert Record("a", blank()).place == Place(value="a") and Record("a", blank()).kept == 0
    assert Record("a", blank(), 1).place == Place(row=1)


def test_of_records_with_one_name_the_first_is_taken():
    records = Record("a", blank(), 1), Record("b", blank(), 2), Record("a", blank(), 3)
    assert [(one.name, one.row) for one in distinct(records)] == [("a", 1), ("b", 2)]


@pytest.mark.parametrize(
    ("account", "adds_up"),
    [
        (Account(), True),
        (Account("values", 9, 2, 3, {"a": 1, "b": 3}), True),
        (Account("values", 9, 2, 3, {"a": 1, "b": 2}), False),
        (Account("values", 1), False),
    ],
)
def test_an_account_adds_up_where_everything_is_told(account, adds_up):
    assert account.adds_up is adds_up


def test_what_is_lost_after_all_is_named_in_order():
    moved = Account("values", 9, 6, 1, {"z": 2}).moved(1, "a")
    assert moved == Account("values", 9, 5, 1, {"a": 1, "z": 2}) and list(moved.lost) == ["a", "z"]


def test_what_is_kept_after_all_is_no_longer_named():
    assert Account("values", 9, 6, 1, {"a": 1, "z": 1}).moved(-1, "z") == Account("values", 9, 7, 1, {"a": 1})


def test_what_a_file_says_may_be_narrowed_down_more_than_once():
    says = frozenset({("notes",), ("terms", "preferred", "sv")})
    assert covers(says, "notes") and covers(says, "notes", "sv", "x") and covers(says, "terms", "preferred", "sv")
    assert not covers(says, "terms", "preferred") and not covers(says, "sv", "notes") and not covers(says)
    assert all(covers(EVERYTHING, *one) for one in EVERYTHING)


def test_findings_of_one_file_are_made_up_to_a_bound():
    assert MOST_FINDINGS == 1_000


READ = Reading(
    (Record("a", blank(terms=(Term("a", "sv"),)), 7, ("b",), 4, (FOUND,)),), frozenset({("notes",)}),
    Account("values", 9, 4, 3, {"x": 2}), (FOUND,), "tbx", "Titel",
)  # fmt: skip


@pytest.mark.parametrize("reading", [Reading(), READ, Reading(unreadable=FINDINGS.found("IMPORT-001"))])
def test_a_reading_comes_through_the_pipe_whole(reading):
    assert Reading.from_dict(reading.as_dict()) == reading


@pytest.mark.parametrize("where", ["findings", "unreadable", "records"])
def test_a_finding_that_is_not_as_grave_as_its_entry_says_does_not_come_through(where):
    assert FOUND.severity is not Severity.INFO
    told, milder = READ.as_dict(), {**FOUND.as_dict(), "severity": Severity.INFO.value}
    told[where] = milder if where == "unreadable" else [milder]
    if where == "records":
        told[where] = [{**READ.records[0].as_dict(), "findings": [milder]}]
    with pytest.raises(ValueError, match="IMPORT-008 is not as grave"):
        Reading.from_dict(told)


def test_two_records_with_one_name_do_not_come_through():
    told = READ.as_dict()
    with pytest.raises(ValueError, match="one name"):
        Reading.from_dict({**told, "records": told["records"] * 2})
