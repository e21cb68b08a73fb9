"""Boundary cases in the browser: written on a desktop, answered on a phone, and read when they are closed."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from registry import clock
from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.browser
CASES = (("Påhittat: tre väntar i korridoren.", "3"), ("Påhittat: en på permission.", "1"))


def _answer(visitor, sound, address, region, counts):
    page = visitor(f"uppgiftslamnare-{region}", size=PHONE).go(address)
    page.get_by_role("link", name="Svara för").click()
    for number, count in enumerate(counts, 1):
        page.get_by_label(f"Fall {number}, Antal").fill(count)
    page.get_by_label("Fall 1, varför").fill("Påhittat: de är inskrivna.")
    sound(page, f"boundary-answers-390-{region}")
    page.get_by_role("button", name="Lämna svaren").click()
    expect(page.get_by_text("Svaren är lämnade.")).to_be_visible()
    sound(page, f"boundary-own-390-{region}")


def test_cases_are_written_answered_on_a_phone_and_compared(visitor, sound):
    page = visitor("terminolog").go("/termbank/begrepp/faststalld-vardplats/")
    page.get_by_role("link", name="Pröva ordalydelsen på gränsfall").click()
    sound(page, "boundary-ways-1280")
    page.get_by_role("button", name="Vidare till första fallet").click()
    for text, count in CASES:
        page.get_by_label("Fallet", exact=True).fill(text)
        page.get_by_label("Ditt antal").fill(count)
        page.get_by_label("Varför du räknar så").fill("Påhittat skäl.")
        page.get_by_role("button", name="Spara, och skriv ett till").click()
    page.get_by_role("link", name="Avbryt").click()
    sound(page, "boundary-draft-1280")
    page.get_by_role("link", name="Skicka ut").click()
    page.get_by_label("Sista svarsdag").fill((clock.today() + timedelta(days=7)).isoformat())
    page.get_by_role("button", name="Skicka till alla regioner").click()
    address = page.url.removeprefix(page.url.split("/termbank")[0])
    _answer(visitor, sound, address, "25", ["3", "0"])
    _answer(visitor, sound, address, "24", ["4", "0"])
    page.reload()
    page.get_by_role("button", name="Avsluta omgången").click()
    expect(page.get_by_text("1 av 2 par lika (50 %)")).to_be_visible()
    sound(page, "boundary-closed-1280")
    sound(visitor(size=PHONE, language="en").go(address), "boundary-closed-390-en")
    sound(visitor(size=PHONE).go("/termbank/gransfall/"), "boundary-list-390")
