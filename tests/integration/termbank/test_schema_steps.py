"""A concept that was kept before its schema had a newer one: its bytes stay, and everything reads it as before."""

from datetime import date

import pytest
from flask import current_app

from registry.actors import SYSTEM
from registry.content.canonical import content_hash
from registry.db import db, transaction
from registry.items import queries as items
from registry.items import services
from registry.items.diff import outline_diff
from registry.items.lifecycle import Change
from registry.items.mentions import names_of
from registry.items.starter import publish_loaded
from registry.items.tables import Version
from termbank.bank.queries import term_banks
from termbank.kinds import concept_kind
from termbank.starter.load import load_concepts, load_proposals, steward_organisation
from tests.conftest import NOW
from tests.factories.concepts import concept, older
from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
SLUG = "provplats"
PAGE = f"/termbank/begrepp/{SLUG}/"


@pytest.fixture
def old(term_bank) -> Version:
    """A concept that was published as ``concept/1``."""
    content = older(concept("provplats", "sample bed", definition="vårdplats för prov"), "concept/1")
    with transaction() as session:
        version = services.create_item(
            session, SYSTEM, NOW, kind="concept", slug=SLUG, content=content,
            organisation_id=steward_organisation(session).id,
        )  # fmt: skip
        publish_loaded(session, NOW, version, change=Change.NEW, valid_from=date(2026, 1, 1))
        identifier = version.id
    return db.session.get_one(Version, identifier)


def succeed(old: Version, change: Change, **content: object) -> Version:
    with transaction() as session:
        item = session.get_one(Version, old.id).item
        stated = {**term_banks.concept_of(old).as_content(), **content}
        version = services.draft_successor(session, SYSTEM, NOW, item=item, content=stated, reason="Prov.")
        publish_loaded(session, NOW, version, change=change, valid_from=date(2026, 6, 1))
        identifier = version.id
    return db.session.get_one(Version, identifier)


def changed(before: Version, after: Version) -> list[str]:
    """The labels of what differs between two versions, as the comparison of versions has it."""
    outlines = [concept_kind.outline(one.content) for one in (before, after)]
    with current_app.test_request_context():
        names = names_of(db.session, SYSTEM, [row for rows in outlines for row in rows])
    fields = outline_diff(*outlines, "en", names)
    return [one.label.en for one in fields if one.is_changed]


def test_pages_and_exports_read_it_and_name_the_bytes_that_were_kept(client, old):
    assert "vårdplats för prov" in read(client.get(PAGE, follow_redirects=True)).text
    exported = client.get("/termbank/begrepp/provplats.ttl").data.decode()
    assert old.content_hash in exported and "concernsPersons" not in exported
    assert content_hash(old.content_text) == old.content_hash
    assert old.content["content_schema"] == "concept/1"


def test_the_newer_schema_alone_is_no_change_whatever_somebody_says_of_it(client, old):
    successor = succeed(old, Change.MEANING)
    assert successor.content["content_schema"] == "concept/3"
    assert successor.content_hash != old.content_hash
    assert successor.change == Change.EDITORIAL
    assert changed(old, successor) == []
    assert "vårdplats för prov" in read(client.get(f"/jamfor/{old.item_id}")).text


def test_what_the_newer_schema_says_is_a_change(client, old):
    successor = succeed(old, Change.MEANING, concerns_persons=True)
    assert successor.change == Change.MEANING
    assert changed(old, successor) == ["Concerns persons"]
    db.session.expire_all()
    assert items.current_by_slug(db.session, "concept", SLUG, date(2026, 7, 1)).id == successor.id
    assert "concernsPersons" in client.get("/termbank/begrepp/provplats.ttl").data.decode()


def test_an_open_draft_of_the_first_schema_is_written_on_and_sent(signed_in, terminologist, old):
    with transaction() as session:
        item = session.get_one(Version, old.id).item
        draft = services.draft_successor(
            session, terminologist, NOW, item=item, content={**old.content, "definition": None}, reason="Prov."
        )
        identifier = draft.id
    page = read(signed_in(terminologist).get(f"{PAGE}andra"))
    assert page.find("//input[@name='concerns_persons'][@checked]")[0].get("value") == ""
    with transaction() as session:
        services.submit(session, terminologist, NOW, session.get_one(Version, identifier), change=Change.MEANING)
    kept = db.session.get_one(Version, identifier)
    assert (kept.content["content_schema"], kept.change) == ("concept/1", Change.MEANING)


def test_what_the_form_says_of_persons_is_kept_and_shown_again(signed_in, terminologist, old):
    writer = signed_in(terminologist)
    page = read(writer.get(f"{PAGE}andra"))
    form = {field.get("name"): field.get("value", "") for field in page.find("//main//input[@type='text']")}
    form |= {field.get("name"): (field.text or "").strip() for field in page.find("//main//textarea")}
    form |= {"origin": "proposal", "concerns_persons": "no", "reason": "Prov.", "action": "save"}
    assert writer.post(f"{PAGE}andra", data=form).status_code == 302
    version = items.open_version(db.session, items.item_by_slug(db.session, "concept", SLUG))
    assert version.content["concerns_persons"] is False
    page = read(writer.get(f"{PAGE}andra"))
    assert page.find("//input[@name='concerns_persons'][@checked]")[0].get("value") == "no"


def test_the_starter_makes_no_version_because_of_the_schema(old):
    before = {version.id: version.content_hash for version in db.session.query(Version)}
    for load in (load_concepts, load_proposals):
        with transaction() as session:
            load(session, SYSTEM, NOW)
    assert {version.id: version.content_hash for version in db.session.query(Version)} == before
