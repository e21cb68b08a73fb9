"""Following models and lines as concepts are followed: who does is told when a new version of one is decided."""

from sqlalchemy import select

from information_models.kinds import CODE_LIST, MODEL
from registry.db import db
from registry.items import queries as items
from registry.items.tables import Item
from registry.messages import telling
from tests.factories.deliveries import DeliveryWorld
from tests.pages import read


def follow(browser, item, **data):
    return browser.post(f"/termbank/foljer/{item.id}", data=data)


def test_who_follows_a_line_is_told_of_its_next_version(organisations, actor, signed_in):
    world = DeliveryWorld.load(organisations, actor)
    browser, address = signed_in(world.other), f"/floden/{world.flow.slug}/"
    assert "Följ" in read(browser.get(address)).text
    assert follow(browser, world.flow).location.endswith(address)
    assert "Sluta följa" in read(browser.get(address)).text
    before = telling.unread(db.session, world.other)
    world.flows.approve_line(item_slug=world.flow.slug, title={"sv": "Vårdplatser", "en": "Beds"})
    assert telling.unread(db.session, world.other) == before + 1
    assert address in read(browser.get("/termbank/foljer/")).links
    follow(browser, world.flow, act="stop")
    assert "Sluta följa" not in read(browser.get(address)).text


def test_a_model_is_followed_and_a_code_list_is_not(organisations, actor, signed_in):
    world = DeliveryWorld.load(organisations, actor)
    browser = signed_in(world.officer)
    model = items.item_by_slug(db.session, MODEL, world.approved.content["model"])
    assert follow(browser, model).status_code == 302
    page = read(browser.get(f"/modeller/{model.slug}/"))
    assert "Sluta följa" in page.text
    code_list = db.session.scalars(select(Item).where(Item.kind == CODE_LIST)).first()
    assert follow(browser, code_list).status_code == 404
