"""Links lead to a concept's own address at once, and not through the address that it had before."""

import re
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest

from registry import clock
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.items import queries as items
from registry.items import withdrawing
from registry.items.lifecycle import Change
from registry.items.starter import publish_loaded
from registry.items.tables import Item
from termbank import services
from termbank.bank.addresses import complete, follow
from termbank.bank.indexing import load_index, rebuild
from termbank.bank.numbers import numbers_of
from termbank.bank.queries import term_banks
from termbank.concepts.concept import Term
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.concepts import concept
from tests.pages import read
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("term_bank")
CONCEPT = re.compile(r"/termbank/begrepp/[^/]+/")
PAGES = (
    "/termbank/",
    "/termbank/?q=vårdplats",
    "/termbank/?ordning=hierarki",
    "/termbank/begrepp/vardplats/",
    "/termbank/begrepp/disponibel-vardplats/",
    "/termbank/begrepp/disponibel-vardplats/version/1/",
    "/termbank/begrepp/disponibel-vardplats/diagram",
    "/termbank/begrepp/disponibel-vardplats/jamforbarhet",
    "/termbank/system/vardplatser/diagram",
    "/termbank/system/vardplatser/som-det-var?den=2026-11-29",
    "/termbank/tillampningar/",
    "/termbank/tillampningar/faststalld-vardplats.25.1/",
    "/termbank/jamforbarhet/",
    "/termbank/fragor/faststalld-vardplats/",
    "/termbank/jamfor-tillampningar?vanster=faststalld-vardplats.25.1&hoger=faststalld-vardplats.25.2",
)


def _address(slug: str) -> str | None:
    db.session.expire_all()
    return db.session.query(Item.address).filter_by(kind="concept", slug=slug).scalar()


def test_no_link_of_a_page_leads_through_another_address(client, signed_in, terminologist):
    with transaction() as session:
        load_index(session, SYSTEM, NOW)
    own = {f"/termbank/begrepp/{address}/" for (address,) in db.session.query(Item.address).filter_by(kind="concept")}
    assert len(own) == 35
    author = signed_in(terminologist)
    for reader, pages in ((client, PAGES), (author, (*PAGES[:4], "/termbank/begrepp/vardplats/andra", "/uppgifter/"))):
        for page in pages:
            found = read(reader.get(page, follow_redirects=True))
            links = {one for link in found.links if CONCEPT.fullmatch(one := urlsplit(link).path)}
            assert links <= own, page
    assert client.get("/termbank/begrepp/vardplats/").status_code == 301, "what others have stored leads there still"


def test_the_address_follows_the_term_in_force(client, organisations):
    with transaction() as session:
        item = items.item_by_slug(session, "concept", "faststalld-vardplats")
        withdrawing.withdraw(session, SYSTEM, NOW, items.open_version(session, item), reason="Prov.")
        old = term_banks.concept_of(items.current(session, item))
        number = numbers_of(session, [item.slug])[item.slug]
        changed = replace(old, terms=(Term("bestämd plats", "sv"), Term("established bed", "en")))
        draft = services.draft_concept(
            session, SYSTEM, NOW, item=item, concept=changed, organisation_id=item.organisation_id, reason="Prov."
        )
        assert item.address == f"{number}-faststalld-vardplats", "a draft changes no heading"
        publish_loaded(session, NOW, draft, change=Change.MEANING, valid_from=date(2026, 11, 20))
        new = services.draft_concept(
            session,
            SYSTEM,
            NOW,
            item=None,
            concept=concept("Ωμέγα"),
            organisation_id=item.organisation_id,
            reason="Prov.",
        ).item
        assert new.address == new.slug
    assert _address("faststalld-vardplats") == f"{number}-bestamd-plats"
    assert client.get(f"/termbank/begrepp/{number}-bestamd-plats/").status_code == 200


def test_the_address_follows_on_the_day_when_a_coming_version_takes_force():
    with transaction() as session:
        item = items.item_by_slug(session, "concept", "vardplats")
        before = item.address
        old = term_banks.concept_of(items.current(session, item))
        changed = replace(old, terms=(Term("plats för vård", "sv"), Term("hospital bed", "en")))
        draft = services.draft_concept(
            session, SYSTEM, NOW, item=item, concept=changed, organisation_id=item.organisation_id, reason="Prov."
        )
        day = clock.today() + timedelta(days=10)
        publish_loaded(session, NOW, draft, change=Change.MEANING, valid_from=day)
        assert item.address == before
    with by_hand() as session:
        assert (follow(session, day - timedelta(days=1)), follow(session, day), follow(session, day)) == (0, 1, 0)
    assert _address("vardplats") == f"{before.partition('-')[0]}-plats-for-vard"


def test_addresses_are_completed_and_made_anew(client):
    before = _address("vardplats")
    with transaction() as session:
        load_index(session, SYSTEM, NOW)
    db.session.get_one(Item, items.item_by_slug(db.session, "concept", "vardplats").id).address = None
    db.session.flush()
    with counted() as statements:
        assert (complete(db.session), complete(db.session)) == (1, 0)
    assert len(statements) <= 6
    db.session.rollback()
    with transaction() as session:
        rebuild(session, SYSTEM, NOW)
    assert _address("vardplats") == before
