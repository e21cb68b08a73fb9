"""One address for people and machines: pages and files by what is accepted, and versions marked by what became of them."""

from dataclasses import replace
from datetime import date

import pytest
from rdflib import OWL, RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from registry import clock
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.items import queries as items
from registry.items import withdrawing
from registry.items.lifecycle import Change
from registry.items.starter import publish_loaded
from termbank import services
from termbank.bank.numbers import numbers_of
from termbank.bank.queries import term_banks
from termbank.bank.queries.statements import published_statements
from tests.conftest import NOW
from tests.factories.concepts import defined
from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
BASE = "http://127.0.0.1:8000/termbank/"
SLUG = "faststalld-vardplats"
RDF_TYPES = {
    "ttl": "text/turtle",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}


def _triples(answer) -> Graph:
    return Graph().parse(data=answer.data, format=answer.mimetype)


@pytest.fixture
def renewed(term_bank) -> tuple[str, int, int]:
    """A concept with a version that was superseded and one in force: its own address, and the numbers of the two."""
    with transaction() as session:
        item = items.item_by_slug(session, "concept", SLUG)
        old = items.current(session, item)
        withdrawing.withdraw(session, SYSTEM, NOW, items.open_version(session, item), reason="Prov.")
        changed = replace(term_banks.concept_of(old), definitions=defined("ny ordalydelse", "new wording"))
        draft = services.draft_concept(
            session, SYSTEM, NOW, item=item, concept=changed, organisation_id=item.organisation_id, reason="Prov."
        )
        publish_loaded(session, NOW, draft, change=Change.MEANING, valid_from=date(2026, 11, 20))
        draft.transition_until = date(2027, 6, 30)
        numbers = (old.number, draft.number)
    number = numbers_of(db.session, [SLUG])[SLUG]
    return f"/termbank/begrepp/{number}-{SLUG}/", *numbers


def test_every_address_gives_the_page_or_the_file_that_is_accepted(client, renewed):
    own, old, new = renewed
    pages = {
        "/termbank/system/vardplatser/": "/termbank/vardplatser.{}",
        own: f"/termbank/begrepp/{SLUG}.{{}}",
        f"{own}version/{old}/": f"{own.rstrip('/')}/version/{old}.{{}}",
        f"{own}version/{new}/": f"{own.rstrip('/')}/version/{new}.{{}}",
    }
    for page, file in pages.items():
        assert client.get(page).mimetype == client.get(page, headers={"Accept": "*/*"}).mimetype == "text/html"
        for extension, name in RDF_TYPES.items() if "version" in page else [("nt", RDF_TYPES["nt"])]:
            answer = client.get(page, headers={"Accept": f"text/html;q=0.3, {name};q=0.9"})
            assert (answer.status_code, answer.mimetype, answer.vary.as_set()) == (200, name, {"accept", "cookie"})
            assert answer.headers["Content-Location"] == file.format(extension)
            assert client.get(file.format(extension)).data == answer.data
    machine = {"Accept": "text/turtle"}
    assert client.head(own, headers=machine).mimetype == "text/turtle"
    tag = client.get(own, headers=machine).headers["ETag"]
    assert tag != client.get(own).headers["ETag"]
    unchanged = client.get(own, headers={**machine, "If-None-Match": tag})
    assert (unchanged.status_code, unchanged.vary.as_set()) == (304, {"accept", "cookie"})


def test_what_there_is_is_said_where_nothing_of_it_is_accepted(client, renewed):
    own = renewed[0]
    answer = client.get(own, headers={"Accept": "image/png"})
    assert "text/html, text/turtle, application/rdf+xml" in read(answer, 406).text
    told = client.get(own, headers={"Accept": "application/problem+json"})
    assert told.status_code == 406 and "application/n-triples" in told.json["detail"]
    refused = client.get(own, headers={"Accept": "text/html;q=0, text/turtle;q=0"})
    assert refused.status_code == 406


def test_what_nobody_has_published_has_a_page_and_no_file(client):
    version = next(one for one in items.in_review(db.session, SYSTEM) if one.item.kind == "concept")
    page = f"/termbank/begrepp/{version.item.slug}/version/{version.number}/"
    assert client.get(page).mimetype == "text/html"
    answer = client.get(page, headers={"Accept": "text/turtle"})
    assert "text/turtle" not in read(answer, 406).text
    assert client.get(f"{page.rstrip('/')}.ttl").status_code == 404
    assert (
        client.get(f"/termbank/id/version/{version.content_hash}", headers={"Accept": "text/turtle"}).status_code == 406
    )


def test_identifiers_lead_to_what_is_accepted(client, renewed):
    item = items.item_by_slug(db.session, "concept", SLUG)
    old = items.versions_of(db.session, item)[0]
    statement = published_statements(db.session, SLUG)[0].version
    for path, file in (
        (f"version/{old.content_hash}", f"begrepp/{SLUG}/version/1.nt"),
        (f"concept/{item.id}", f"begrepp/{SLUG}.nt"),
        (f"application/{statement.item_id}", f"begrepp/{SLUG}.nt"),
        ("scheme/vardplatser", "vardplatser.nt"),
    ):
        answer = client.get(f"/termbank/id/{path}", headers={"Accept": "application/n-triples"})
        assert (answer.status_code, answer.location) == (303, f"/termbank/{file}")
        assert answer.vary.as_set() == {"accept", "cookie"}
        assert client.get(f"/termbank/id/{path}", headers={"Accept": "image/png"}).status_code == 406


def test_a_superseded_version_says_so_everywhere(client, renewed):
    own, *_ = renewed
    item = items.item_by_slug(db.session, "concept", SLUG)
    before, after = (one for one in items.versions_of(db.session, item) if one.published_at)
    concept, old, new = (
        URIRef(f"{BASE}id/{name}")
        for name in (f"concept/{item.id}", f"version/{before.content_hash}", f"version/{after.content_hash}")
    )
    past = _triples(client.get(f"{own}version/{before.number}/", headers={"Accept": "text/turtle"}))
    for triples in (
        past,
        _triples(client.get("/termbank/vardplatser.ttl")),
        _triples(client.get(f"/termbank/begrepp/{SLUG}.xl.ttl")),
    ):
        assert {
            (old, OWL.deprecated, Literal(True)),
            (old, DCTERMS.isReplacedBy, new),
            (new, DCTERMS.replaces, old),
        } <= set(triples)
        assert set(triples.objects(concept, DCTERMS.hasVersion)) == {old, new}
        assert (new, OWL.deprecated, None) not in triples and (concept, OWL.deprecated, None) not in triples
        assert str(triples.value(new, URIRef(f"{BASE}ns#transitionUntil"))) == "2027-06-30"
    assert "ny ordalydelse" not in {str(said) for said in past.objects(concept, SKOS.definition)}
    assert (concept, RDF.type, SKOS.Concept) in past and str(past.value(concept, OWL.versionInfo)) == "1"
    assert str(past.value(concept, URIRef(f"{BASE}ns#status"))) == "superseded"
    wording = URIRef(f"{BASE}ns#conceptVersion")
    assert set(past.objects(None, wording)) == {old}


def test_a_withdrawn_version_and_its_concept_say_what_is_used_instead(client, renewed, terminologist, colleague):
    own, _, number = renewed
    with transaction() as session:
        other = items.item_by_slug(session, "concept", "disponibel-vardplats")
        version = items.current(session, items.item_by_slug(session, "concept", SLUG))
        entry = withdrawing.propose(session, terminologist, clock.now(), version, reason="Prov.", replaced_by=other)
        withdrawing.decide(session, colleague, clock.now(), entry, is_granted=True, reason="Prov.")
        concept, instead = (URIRef(f"{BASE}id/concept/{one}") for one in (version.item_id, other.id))
        last = URIRef(f"{BASE}id/version/{version.content_hash}")
    for page in (own, f"{own}version/{number}/", "/termbank/system/vardplatser/"):
        triples = _triples(client.get(page, headers={"Accept": "text/turtle"}))
        assert {(concept, OWL.deprecated, Literal(True)), (last, OWL.deprecated, Literal(True))} <= set(triples)
        assert {(concept, DCTERMS.isReplacedBy, instead), (instead, DCTERMS.replaces, concept)} <= set(triples)


def test_the_versions_in_a_file_of_our_own_are_known_when_it_is_read_in(client, renewed):
    from termbank.exchange.caged import read as read_file
    from termbank.imports.importing import own_names

    names = own_names(db.session, BASE.removesuffix("/termbank/"))
    reading = read_file(client.get("/termbank/vardplatser.ttl").data, "a.ttl", names)
    assert reading.unreadable is None and reading.account.lost == {}
