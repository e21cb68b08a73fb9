"""Search: forty queries with their expected order on both databases, misspelt words, filters, and words published later."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items.lifecycle import Change
from registry.items.starter import publish_loaded
from registry.starter import STEWARD
from termbank import services
from termbank.bank import listing
from termbank.bank.indexing import rebuild
from termbank.bank.queries import term_banks
from termbank.bank.search.searching import search
from termbank.concepts.concept import Term
from termbank.notions import TermStatus
from tests.conftest import NOW
from tests.factories import starter
from tests.factories.concepts import concept
from tests.snapshots import remembered

QUERIES = json.loads((Path(__file__).parent / "queries.json").read_text("utf-8"))
ADDED = (
    concept("sjukhussäng", deprecated=["sjuksäng"]),
    concept(
        "dagsjukvård", terms=(Term("dagsjukvård", "sv"), Term("DSV", "sv", TermStatus.ADMITTED, abbreviation=True))
    ),
    concept("narrativa metoder"),
    concept("intensivvård", synonyms=["IVA"], definition="vård av den som är svårt sjuk"),
    concept("9-dygnsvård"),
    concept("Þing"),
    concept("läkarråd"),
    concept("lakarråd"),
)


def publish(*concepts) -> None:
    for one in concepts:
        with transaction() as session:
            owner = identity.organisation_by_code(session, STEWARD, "steward").id
            version = services.draft_concept(
                session, SYSTEM, NOW, item=None, concept=one, organisation_id=owner, reason=""
            )
            publish_loaded(session, NOW, version, change=Change.NEW, valid_from=date(2026, 1, 1))


@pytest.fixture
def searched(any_app, organisations):
    """The starter's concepts and a few more, on both databases."""

    def build() -> None:
        starter.concepts()
        publish(*ADDED)

    remembered("searched concepts", build)
    return any_app


def found(query, language="sv", **asked) -> list[str]:
    """What a query finds, as it is called, with a question mark where it is what may have been meant."""
    results = search(db.session, query, language, **asked)
    return [hit.found.title for hit in results.hits] + [f"{hit.found.title}?" for hit in results.meant]


def labels(query) -> list[tuple[str, str, str]]:
    hits = search(db.session, query, "sv").hits
    return [(hit.found.title, hit.label.text, hit.label.status.value) for hit in hits if hit.label]


def test_forty_queries_find_what_they_should_in_order(searched):
    wrong = {}
    for query, expected in QUERIES.items():
        got = found(query)
        if got[: len(expected)] != expected or (not expected and got):
            wrong[query] = got
    assert wrong == {}
    assert len(QUERIES) >= 40


def test_the_label_that_was_found_is_told_with_its_status(searched):
    assert labels("dsv")[0] == ("dagsjukvård", "DSV", "admitted")
    assert labels("säng")[0] == ("sjukhussäng", "sjukhussäng", "preferred")
    assert labels("sjuksäng") == [("sjukhussäng", "sjuksäng", "deprecated")]


def test_an_acronym_is_found_as_a_word_only(searched):
    assert found("iva") == ["intensivvård"]
    assert "narrativa metoder" not in found("iva")


def test_a_status_leaves_what_was_found_by_such_a_label(searched):
    assert found("sjuk", status=TermStatus.DEPRECATED) == ["sjukhussäng"]
    assert found("vårdgivare", status=TermStatus.DEPRECATED) == []


def test_a_compound_is_cut_by_a_word_that_is_published_after_it(searched):
    assert found("råd") == []
    publish(concept("råd"))
    assert found("råd") == ["råd", "lakarråd", "läkarråd"]


def test_the_index_that_is_made_anew_finds_the_same(searched):
    before = {query: found(query) for query in QUERIES}
    with transaction() as session:
        rebuild(session, SYSTEM, NOW)
    assert {query: found(query) for query in QUERIES} == before


def test_whatever_is_typed_is_a_question_and_no_expression(searched):
    for query in (
        '"',
        "'",
        "a OR b",
        "NEAR(a b)",
        "vård*",
        "labels : vård",
        "(((",
        "\x00",
        "☃",
        "a" * 5_000,
        "'; DROP",
        "ʀ",
        "\\",
    ):
        search(db.session, query, "sv")


def test_in_english_english_terms_come_first(searched):
    assert found("bed", "en")[0] == "bed" or "bed" in found("bed", "en")[0]


def test_a_name_that_a_concept_had_before_leads_to_the_one_that_it_has_now(searched):
    item = items.item_by_slug(db.session, "concept", "varddygn")
    old = term_banks.concept_of(items.current(db.session, item))
    assert listing.formerly(db.session, "vårddygn") == []
    with transaction() as session:
        renamed = replace(old, terms=(Term("dygn i vård", "sv"), Term("night in care", "en")))
        item = items.item_by_slug(session, "concept", "varddygn")
        version = services.draft_concept(
            session, SYSTEM, NOW, item=item, concept=renamed, organisation_id=item.organisation_id, reason=""
        )
        publish_loaded(session, NOW, version, change=Change.EDITORIAL, valid_from=date(2026, 2, 1))
    for written in ("vårddygn", "VÅRDDYGN", "vårddygnen"):
        ((term, version),) = listing.formerly(db.session, written)
        assert (term.text, version.number) == ("vårddygn", 1)
        assert listing.called(db.session, [version.item_id], "sv") == {version.item_id: "dygn i vård"}
    assert listing.formerly(db.session, "dygn i vård") == []
    assert listing.formerly(db.session, "vårddygn", but=[item.id]) == []
    assert listing.formerly(db.session, "…") == []
    assert listing.formerly(db.session, "vårddyg") == []
    assert [term.text for term, _version in listing.formerly(db.session, "vårddyg", begun=True)] == ["vårddygn"]
    assert listing.formerly(db.session, "dygn i", begun=True) == []
    assert listing.formerly(db.session, "v", begun=True) == []
