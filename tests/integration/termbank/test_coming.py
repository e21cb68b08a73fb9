"""A wording that is published and not yet in force: every page and file says which one applies today, and what comes."""

import json
from dataclasses import replace
from datetime import date

import pytest

from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.findings import Text
from registry.items import queries as items
from registry.items.lifecycle import Change
from registry.items.starter import load_published, publish_loaded
from registry.starter import STEWARD
from termbank import checking, services
from termbank.bank.queries import term_banks
from tests.conftest import NOW
from tests.factories.concepts import concept, defined
from tests.pages import read

SLUG, COMING = "faststalld-vardplats", date(2030, 1, 1)
PAGE = f"/termbank/begrepp/{SLUG}/"
NEW = Text("vårdplats med ny lydelse", "hospital bed in new words")


@pytest.fixture
def coming(term_bank, organisations) -> None:
    """A new wording of one concept, and a concept that is altogether new, both from 2030."""
    with transaction() as session:
        item = items.item_by_slug(session, "concept", SLUG)
        old = term_banks.concept_of(items.current(session, item))
        if (draft := items.open_version(session, item)) is not None:  # the starter's example of a proposal
            from registry.items import withdrawing

            withdrawing.withdraw(session, SYSTEM, NOW, draft, reason="Prov.")
        changed = replace(old, definitions=defined(NEW.sv, NEW.en))
        draft = services.draft_concept(
            session, SYSTEM, NOW, item=item, concept=changed, organisation_id=item.organisation_id, reason="Prov."
        )
        publish_loaded(session, NOW, draft, change=Change.MEANING, valid_from=COMING)
        load_published(
            session, NOW, kind="concept", slug="gemensam-vardplats", organisation_id=organisations[STEWARD].id,
            content=concept("gemensam vårdplats", "shared bed", definition="vårdplats som delas", broader=("vardplats",)).as_content(),
            valid_from=COMING,
        )  # fmt: skip


def test_the_concept_page_shows_the_wording_in_force_and_links_to_the_coming_one(coming, client):
    page = read(client.get(PAGE, follow_redirects=True))
    definition = page.find("//blockquote | //*[contains(@class, 'definition')]")
    assert all(NEW.sv not in "".join(one.itertext()) for one in definition)
    number = items.coming_of(items.versions_of(db.session, items.item_by_slug(db.session, "concept", SLUG)))[0].number
    assert f"Version {number} gäller från 1 januari 2030" in page.text
    assert f"{PAGE}version/{number}/" in page.links
    assert "Ersatt" not in page.text


def test_the_coming_version_says_from_when_and_in_both_languages(coming, client):
    number = items.coming_of(items.versions_of(db.session, items.item_by_slug(db.session, "concept", SLUG)))[0].number
    page = read(client.get(f"{PAGE}version/{number}/"))
    assert "Gäller från 1 januari 2030" in page.text
    assert PAGE.replace(SLUG, f"6-{SLUG}") in page.links
    client.set_cookie("language", "en")
    assert "Applies from 1 January 2030" in read(client.get(f"{PAGE}version/{number}/?lang=en")).text


def test_lists_search_and_hierarchy_mark_what_is_to_come(coming, client):
    listed = read(client.get("/termbank/")).text
    assert "En ny version gäller från 1 januari 2030" in listed
    assert "gemensam vårdplats" in listed
    assert "Gäller från 1 januari 2030" in read(client.get("/termbank/?q=gemensam")).text
    assert "gemensam vårdplats gäller från 1 januari 2030" in read(client.get("/termbank/?ordning=hierarki")).text
    assert "gemensam vårdplats" in read(client.get("/termbank/?visa=kommande")).text


def test_exports_hold_the_wording_in_force_and_name_the_coming_one(coming, client):
    text = client.get(f"/termbank/begrepp/{SLUG}.ttl").text
    assert NEW.sv not in text
    assert 'vpr:status "published"' in text
    assert '"2030-01-01"^^xsd:date' in text
    assert client.get("/termbank/begrepp/gemensam-vardplats.ttl").status_code == 404
    assert "gemensam" not in client.get("/termbank/vardplatser.ttl").text


def test_the_command_line_tells_both(coming, app):
    result = app.test_cli_runner().invoke(args=["termbank", "list", "--json"])
    found = {one["slug"]: one for scheme in json.loads(result.output) for one in scheme["concepts"]}
    assert found[SLUG]["version"] < found[SLUG]["coming"]["version"]
    assert found[SLUG]["coming"]["valid_from"] == "2030-01-01"
    assert "gemensam-vardplats" not in found


def test_a_new_draft_may_name_a_concept_that_is_coming(coming):
    found = checking.concept_findings(
        db.session, "ny", concept("ny vårdplats", definition="ny", broader=("gemensam-vardplats",))
    )
    assert "TERM-011" not in {finding.code for finding in found}
