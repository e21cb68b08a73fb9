"""A model, a code list or a measure that is published and not yet in force."""

from datetime import date

import pytest

from information_models import services
from information_models.kinds import CODE_LIST, MEASURE, MODEL
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.lifecycle import Change, Outcome
from registry.items.starter import publish_loaded
from tests.conftest import NOW
from tests.pages import read

COMING = date(2030, 1, 1)
DAILY, HOSPITALS, AVAILABLE = "dagliga-vardplatser-per-avdelning", "sjukhus", "disponibla-vardplatser"
PAGES = {
    MODEL: (DAILY, f"/modeller/{DAILY}/"),
    CODE_LIST: (HOSPITALS, f"/modeller/kodlistor/{HOSPITALS}/"),
    MEASURE: (AVAILABLE, f"/modeller/matt/{AVAILABLE}/"),
}


def _draft(session, kind, slug, who=SYSTEM):
    item = items.item_by_slug(session, kind, slug)
    content = items.current(session, item).content | {"description": {"sv": "Ny beskrivning.", "en": "New words."}}
    return lifecycle.draft_successor(session, who, NOW, item=item, content=content)


@pytest.mark.parametrize("kind", [MODEL, CODE_LIST, MEASURE])
def test_the_page_shows_what_applies_today_and_links_to_what_is_coming(models, client, kind):
    slug, address = PAGES[kind]
    with transaction() as session:
        publish_loaded(session, NOW, _draft(session, kind, slug), change=Change.MEANING, valid_from=COMING)
    page = read(client.get(address))
    assert "Ny beskrivning." not in page.text
    assert "Publicerad gäller till och med 31 december 2029" in page.text
    assert "En ny version är på väg Version 2 gäller från 1 januari 2030" in page.text
    [link] = page.find("//main//a[contains(., 'Version 2 gäller från')]")
    coming = read(client.get(link.get("href"))).text
    assert "Ny beskrivning." in coming and "Gäller från 1 januari 2030" in coming
    assert "En ny version gäller från 1 januari 2030" in read(client.get("/modeller/")).text


def test_new_content_is_bound_to_what_is_in_force(models):
    before = services.shelf(db.session, MODEL).code_lists[HOSPITALS][0]
    with transaction() as session:
        publish_loaded(session, NOW, _draft(session, CODE_LIST, HOSPITALS), change=Change.MEANING, valid_from=COMING)
    assert services.shelf(db.session, MODEL).code_lists[HOSPITALS][0] == before


def test_a_day_that_is_too_early_is_told_on_the_form_with_the_first_day_that_is_free(signed_in, modeller, colleague):
    with transaction() as session:
        publish_loaded(session, NOW, _draft(session, MODEL, DAILY), change=Change.MEANING, valid_from=COMING)
    with transaction() as session:
        draft = _draft(session, MODEL, DAILY, modeller)
        lifecycle.submit(session, modeller, NOW, draft, change=Change.MEANING)
        lifecycle.decide(session, colleague, NOW, draft, requirement="model", outcome=Outcome.APPROVE, reason="Bra.")
        address = f"/granskning/version/{draft.id}"
    client = signed_in(colleague)
    [field] = read(client.get(address)).find("//input[@name='valid_from']")
    assert field.get("value") == "2030-01-02"
    page = read(client.post(f"{address}/publicera", data={"valid_from": "2020-01-01"}), 409)
    assert "Version 2 gäller från och med 1 januari 2030." in page.text
    assert "Välj 2 januari 2030 eller en senare dag." in page.text
    assert client.post(f"{address}/publicera", data={"valid_from": "2031-01-01"}).status_code == 302
