"""What helps while one types and points: hits under a search, a concept that is picked, and definitions in a diagram."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.browser


def test_hits_show_while_one_types_and_are_reached_by_the_keyboard(visitor):
    page = visitor().go("/termbank/")
    field = page.get_by_role("searchbox").last
    hits = page.locator(".suggestions")
    field.press_sequentially("disponi")
    expect(hits.get_by_role("link", name=re.compile("^disponibel vårdplats"))).to_be_visible()
    expect(page.locator("[data-module=search] [role=status]")).to_contain_text(re.compile(r"\d"))
    field.press("Escape")
    expect(hits).to_be_hidden()
    field.fill("vårdplaats")
    expect(hits.get_by_role("link").first).to_be_visible()
    field.press("ArrowDown")
    expect(hits.get_by_role("link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    field.fill("disponibel vårdplats")
    expect(hits.get_by_role("link").first).to_contain_text("disponibel vårdplats")
    field.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("disponibel vårdplats")


def test_a_concept_that_is_found_is_picked_into_the_field_that_is_chosen(visitor):
    page = visitor("terminolog", size=PHONE).go("/termbank/nytt")
    picker = page.locator("[data-module=pick]")
    search = picker.locator("input[name=find]")
    picker.locator("select").select_option("generic")
    search.press_sequentially("beläggn")
    picker.get_by_role("button", name=re.compile("^beläggning\\b")).first.click()
    field = page.locator("textarea[name=generic]")
    expect(field).to_have_value(re.compile("^beläggning"))
    expect(search).to_be_focused()
    search.fill("beläggn")
    picker.get_by_role("button", name=re.compile("^beläggning\\b")).first.click()
    assert len(field.input_value().splitlines()) == 1, "what is there already is not put there again"


def test_a_diagram_shows_definitions_to_those_who_point_and_to_the_keyboard(visitor, sound):
    page = visitor().go("/termbank/begrepp/disponibel-vardplats/diagram")
    box = page.locator(".diagram a[href*='-disponibel-vardplats']").first  # others' definitions use the term
    tip = box.locator(".tip")
    expect(tip).to_be_hidden()
    box.locator("> rect").hover()
    expect(tip).to_be_visible()
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()
    page.locator("select[name=djup]").focus()
    for _stop in range(40):
        page.keyboard.press("Tab")
        if box.evaluate("one => one === document.activeElement"):
            break
    expect(tip).to_be_visible()
    sound(page, "diagram-1280")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("disponibel vårdplats")
    sound(
        visitor(size=PHONE, language="en", scheme="dark").go("/termbank/system/vardplatser/diagram"), "diagram-390-en"
    )


def test_what_the_checks_say_and_what_will_be_linked_shows_while_one_writes(visitor):
    page = visitor("terminolog").go("/termbank/nytt")
    page.locator("input[name=term_sv]").fill("vilobädd")
    page.locator("textarea[name=definition_sv]").press_sequentially("en vårdplats för en patient.")
    said = page.locator("#om-definition_sv")
    expect(said.get_by_role("link", name="vårdplats")).to_be_visible()
    expect(said).to_contain_text("Definitionen börjar med artikel")
    expect(page.locator("textarea[name=definition_sv]")).to_be_focused()
    page.get_by_role("button", name="Lägg till en anmärkning").click()
    expect(page.locator("textarea[name=notes-0-sv]")).to_be_in_viewport()


def test_hits_keep_to_what_is_chosen_beside_the_field(visitor):
    page = visitor().go("/termbank/?visa=definierade")
    field = page.get_by_role("searchbox").last
    hits = page.locator(".suggestions")
    field.press_sequentially("vårddyg")
    expect(hits).to_contain_text("Menade du")
    expect(hits.get_by_role("link", name="vårddygn")).to_have_count(0)
