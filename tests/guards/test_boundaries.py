"""No query crosses organisations: every route, walked as another region's people with the ids of what is not theirs.

The instance is the demonstration with one thing more: Exempelregionen has a draft delivery, a draft flow and a draft
application statement that nobody else may know of.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient

import wsgi
from registry import clock
from registry.db import db, transaction
from registry.identity.tables import Organisation
from registry.items import queries as items
from registry.items.tables import Item, Version
from submission_portal.deliveries import services as deliveries
from submission_portal.deliveries.tables import Delivery
from submission_portal.demonstration import figures, people
from submission_portal.flows import services as flows
from tests.conftest import Browser
from tests.demonstration import copied

SECRET_FILE = "hemlig-fil-fore-sandning.csv"
SECRET_TITLE = "Hemligt flödesförslag"
OTHERS = (
    "uppgiftslamnare-24",
    "utlamnare-24",
    "terminolog",
    "informatiker",
    "kvalitetsgranskare",
    "rattsgranskare",
    "mottagare",
    None,
)
ASKED = {"reason": "x", "outcome": "approve", "text": "x", "confirm": "y", "change": "new"}
"""What is posted to each address, whatever it asks for."""


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[tuple[Flask, dict[str, list[str]]]]:
    app = wsgi.create_app(
        {"INSTANCE": copied(tmp_path_factory, "boundaries"), "TESTING": True, "WTF_CSRF_ENABLED": False}
    )
    app.test_client_class = Browser
    with app.app_context():
        yield app, _secrets()
        db.session.close()
        db.engine.dispose()


def _secrets() -> dict[str, list[str]]:
    """What only Exempelregionen may know of: ids by the names that routes give their arguments."""
    officer = people.actor(db.session, "uppgiftslamnare-99")
    with transaction() as session:
        flow = items.item_by_slug(session, "flow", "exempelregionen-dagliga-vardplatser")
        data = figures.daily_wards(date(2026, 11, 2), 1)
        delivery = deliveries.start(session, officer, clock.now(), flow_item=flow, file_name=SECRET_FILE, data=data)
        delivery_id = delivery.id
    with transaction() as session:
        content = items.current(
            session, items.item_by_slug(session, "flow", "exempelregionen-dagliga-vardplatser")
        ).content
        content["title"] = {"sv": SECRET_TITLE, "en": SECRET_TITLE}
        version = flows.propose(session, officer, clock.now(), content=content, slug="hemligt-flode")
        version_id, item_id = version.id, version.item_id
    return {"delivery": [delivery_id], "version": [version_id], "item": [item_id], "slug": ["hemligt-flode"]}


def _client(app: Flask, login: str | None) -> FlaskClient:
    client = app.test_client()
    if login:
        password = people.password(app.config["INSTANCE"])
        assert client.post("/logga-in", data={"login": login, "password": password}).status_code == 302
        assert client.get("/uppgifter/").status_code == 200
    return client


def _addresses(app: Flask, secrets: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """(method, address) for every route, with every argument filled with what is secret."""
    everything = sorted({one for group in secrets.values() for one in group})
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.endpoint.startswith("identity."):
            continue
        methods = [method for method in ("GET", "POST") if method in rule.methods]
        yield from product(methods, dict.fromkeys(_filled(rule.rule, secret) for secret in everything))


def _filled(rule: str, secret: str) -> str:
    numbered = re.sub(r"<int(?:\([^)]*\))?:\w+>", "1", rule)
    return re.sub(r"<(?:\w+(?:\([^)]*\))?:)?\w+>", secret, numbered)


@pytest.mark.parametrize("login", OTHERS)
def test_others_learn_nothing_of_a_regions_drafts_and_change_nothing(world, login):
    app, secrets = world
    client = _client(app, login)
    before = _state()
    for method, address in _addresses(app, secrets):
        answer = client.get(address) if method == "GET" else client.post(address, data=ASKED)
        text = (
            answer.get_data(as_text=True)
            if answer.mimetype in ("text/html", "application/json", "text/plain", "text/csv")
            else ""
        )
        assert answer.status_code < 500, f"{login}: {method} {address} gave {answer.status_code}"
        assert SECRET_FILE not in text, f"{login}: {method} {address} names the draft's file"
        assert SECRET_TITLE not in text, f"{login}: {method} {address} shows the draft flow"
    assert _state() == before


def test_the_region_itself_sees_them(world):
    app, secrets = world
    client = _client(app, "uppgiftslamnare-99")
    assert SECRET_FILE in client.get(f"/leveranser/{secrets['delivery'][0]}", follow_redirects=True).text


def _state() -> list[tuple[object, ...]]:
    db.session.rollback()
    drafts = db.session.query(Delivery.id, Delivery.state, Delivery.changed_at).where(Delivery.number.is_(None)).all()
    versions = (
        db.session.query(Version.id, Version.state, Version.content_hash)
        .join(Item)
        .where(Item.slug == "hemligt-flode")
        .all()
    )
    organisations = db.session.query(Organisation.id, Organisation.name_sv).order_by(Organisation.id).all()
    return [*map(tuple, drafts), *map(tuple, versions), *map(tuple, organisations)]
