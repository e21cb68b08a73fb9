"""People follow concepts and schemes, and see what is published of them."""

import pytest
from sqlalchemy import select

from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.lifecycle import Outcome
from registry.items.tables import Item
from termbank.bank.indexing import load_index
from termbank.news.following import follow, followed, news
from tests.conftest import NOW
from tests.integration.termbank.test_writing_statements import ESTABLISHED, approved_statement
from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
SLUG = "faststalld-vardplats"


def item_of(kind="concept", slug=SLUG):
    return items.item_by_slug(db.session, kind, slug)


def test_a_concept_is_followed_and_left_on_its_page(signed_in, data_officer):
    client = signed_in(data_officer)
    item_id = item_of().id
    page = read(client.post(f"/termbank/foljer/{item_id}", follow_redirects=True))
    assert "Sluta följa" in page.text
    client.post(f"/termbank/foljer/{item_id}")
    assert followed(db.session, data_officer, 1).total == 1, "following twice is following once"
    assert "fastställd vårdplats" in read(client.get("/termbank/foljer/")).text
    assert "fastställd vårdplats" in read(client.get("/termbank/foljer/allt")).text
    client.post(f"/termbank/foljer/{item_id}", data={"act": "stop"})
    assert followed(db.session, data_officer, 1).total == 0


def test_what_regions_state_on_a_followed_concept_is_news(
    signed_in, data_officer, disclosing_officer, terminologist, organisations
):
    signed_in(terminologist).post(f"/termbank/foljer/{item_of().id}")
    assert news(db.session, terminologist, 1).total == 0, "what was there already is no news"
    officer, decider = signed_in(data_officer), signed_in(disclosing_officer)
    version_id = approved_statement(officer, decider, organisations["24"].id)
    decider.post(f"/granskning/version/{version_id}/publicera", data={"valid_from": "2026-11-02"})
    assert [one.id for one in news(db.session, terminologist, 1).rows] == [version_id]
    assert news(db.session, data_officer, 1).total == 0, "who follows nothing hears nothing"
    assert "Du följer detta." in read(signed_in(terminologist).get("/uppgifter/")).text


def test_a_scheme_is_followed_with_all_its_concepts(signed_in, colleague):
    with transaction() as session:
        load_index(session, SYSTEM, NOW)
    page = read(
        signed_in(colleague).post(f"/termbank/foljer/{item_of('scheme', 'vardplatser').id}", follow_redirects=True)
    )
    assert "Sluta följa" in page.text
    proposal = next(one for one in items.in_review(db.session, colleague) if one.item.kind == "concept")
    with transaction() as session:
        version = items.version_for(session, colleague, proposal.id)
        lifecycle.decide(session, colleague, NOW, version, requirement="wording", outcome=Outcome.APPROVE, reason="Bra")
        lifecycle.publish(session, colleague, NOW.replace(year=NOW.year + 1), version, valid_from=NOW.date())
    assert [one.id for one in news(db.session, colleague, 1).rows] == [proposal.id]


def test_who_follows_much_leads_on_to_all_of_it(signed_in, data_officer):
    client = signed_in(data_officer)
    with transaction() as session:
        concepts = session.scalars(select(Item).where(Item.kind == "concept").order_by(Item.slug).limit(22)).all()
        for one in concepts:
            follow(session, data_officer, NOW, one)
    page = read(client.get("/termbank/foljer/"))
    assert "/termbank/foljer/allt" in page.links and "visa alla 22" in page.text
    assert "21–22 av 22" in read(client.get("/termbank/foljer/allt?sida=2")).text


def test_nothing_else_is_followed_and_nobody_without_an_account(signed_in, data_officer, client):
    statement = item_of("application", f"{SLUG}.25.1")
    assert signed_in(data_officer).post(f"/termbank/foljer/{statement.id}").status_code == 404
    assert signed_in(data_officer).post("/termbank/foljer/finns-inte").status_code == 404
    assert "Följ" not in read(client.get(ESTABLISHED, follow_redirects=True)).text
