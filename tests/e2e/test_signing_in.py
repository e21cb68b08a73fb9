"""Signing in and choosing a password in a real browser: on a phone and a desktop, in both languages, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.walk import Seen, violations

pytestmark = pytest.mark.browser
CHOSEN = "fyra ord utan samband"
CODE = re.compile(r"#([\w-]{20,})")


@pytest.fixture
def link_for(visitor):
    """Make an account as an administrator, and return the link that the page shows."""

    def make(login: str, size=DESKTOP, language="sv") -> tuple[str, object]:
        admin = visitor("regionadministrator-25", size=size, language=language)
        page = admin.go("/administration/")
        page.locator("input[name=login]").fill(login)
        page.locator("input[name=name]").fill("Nina Nilsson")
        page.locator("select[name=role]").select_option("data_officer")
        page.locator("select[name=organisation]").select_option(label="Region Norrbotten")
        page.locator("form[action$='/personer'] button").click()
        return page.locator(".copied").inner_text().strip(), admin

    return make


@pytest.fixture
def is_sound(shown):
    def look(page) -> bool:
        assert Seen(shown=shown).in_both_schemes(page) == []
        page.emulate_media(color_scheme="light")
        return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    return look


@pytest.mark.parametrize(("size", "language"), [(PHONE, "sv"), (DESKTOP, "en")], ids=["phone-sv", "desktop-en"])
def test_a_new_person_opens_the_link_chooses_a_password_and_is_signed_in(visitor, link_for, is_sound, size, language):
    link, admin = link_for(f"nykomling-{language}", size, language)
    assert is_sound(admin.page)
    somebody = visitor(size=size, language=language)
    asked = []
    somebody.page.on("request", lambda request: asked.append(f"{request.url} {request.headers.get('referer', '')}"))
    page = somebody.page
    page.goto(link)
    expect(page.locator("input[name=new]")).to_be_visible()
    assert "#" not in page.url
    code = CODE.search(link)[1]
    assert not [one for one in asked if code in one]
    assert code not in str(somebody.context.cookies())
    assert is_sound(page)
    page.locator("input[name=new]").fill("Sommaren2026!")
    page.locator("input[name=again]").fill("Sommaren2026!")
    page.locator("main .form > .buttons button").click()
    expect(page.locator(".message.is-stop")).to_be_visible()
    page.locator(".message.is-stop a").first.click()
    expect(page.locator("input[name=new]")).to_be_focused()
    assert is_sound(page)
    page.locator("[data-module=reveal] button").click()
    assert page.locator("input[name=new]").get_attribute("type") == "text"
    page.locator("input[name=new]").fill(CHOSEN)
    page.locator("input[name=again]").fill(CHOSEN)
    page.locator("main .form > .buttons button").click()
    page.wait_for_url("**/uppgifter/")
    assert [one for one in somebody.complaints if "422" not in one] == []
    assert {one["name"].partition("-")[0] for one in somebody.context.cookies()} == {"registry", "language", "browser"}


def test_without_scripts_the_code_is_pasted(visitor, link_for):
    link, _admin = link_for("utan-skript")
    somebody = visitor(java_script_enabled=False)
    page = somebody.page
    page.goto(link)
    page.locator("input[name=code]").fill(link)
    page.locator("main button[type=submit]").click()
    page.locator("input[name=new]").fill(CHOSEN)
    page.locator("input[name=again]").fill(CHOSEN)
    page.locator("main .form > .buttons button").click()
    page.wait_for_url("**/uppgifter/")


@pytest.mark.parametrize(("size", "language"), [(PHONE, "sv"), (DESKTOP, "en")], ids=["phone-sv", "desktop-en"])
def test_whoever_guesses_is_told_to_wait_and_the_page_is_sound(visitor, is_sound, size, language):
    somebody = visitor(size=size, language=language)
    page = somebody.go("/logga-in")
    told = page.locator(".message.is-stop", has_text="Försök igen om" if language == "sv" else "Try again in")
    for _ in range(20):  # the first waits are of seconds, and may be over before a busy machine has sent the next guess
        page.locator("input[name=login]").fill(f"ingen-{language}")
        page.locator("input[name=password]").fill("wrong every time")
        page.locator("main button[type=submit]").click()
        page.wait_for_load_state()
        if told.count():
            break
    expect(told).to_be_visible()
    page.wait_for_function("document.activeElement.contains(document.querySelector('.message.is-stop'))")
    assert is_sound(page)
    assert violations(visitor(size=size, language=language).go("/valj-losenord")) == []


def test_the_pages_for_accounts_are_sound_on_a_phone(visitor, is_sound):
    admin = visitor("administrator", size=PHONE)
    for path in ("/konto/", "/behorigheter/", "/behorigheter/25/", "/administration/"):
        assert is_sound(admin.go(path))
    page = admin.page
    page.get_by_role("link", name="kvalitetsgranskare", exact=True).click()
    assert is_sound(page)
