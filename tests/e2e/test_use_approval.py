"""A use from proposal to being in force, by four people of two sides, on a phone and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.browser

LINE = "exempelregionen-dagliga-vardplatser"
ANSWERS = {
    "public_document": ("open", ""),
    "persons": ("protected", "Småtal döljs före publicering."),
    "defence_and_crisis": ("no_harm", "Uppgifterna är påhittade."),
    "lifting": ("not_needed", ""),
    "data_protection": ("ground", "Grunden och dess slutdatum står i användningen."),
    "security_protection": ("outside", ""),
}


def _somebody(visitor, login):
    return visitor(login, size=PHONE, java_script_enabled=False)


def _decide(page, reason):
    panel = page.locator("form.panel")
    panel.locator("input[name=outcome][value=approve]").check()
    panel.locator("textarea[name=reason]").fill(reason)
    panel.get_by_role("button", name="Besluta").click()


def test_a_use_is_proposed_and_approved_by_both_sides_without_scripts(visitor):
    region = _somebody(visitor, "uppgiftslamnare-99").go(f"/floden/{LINE}/")
    region.get_by_role("link", name="Föreslå en användning").click()
    region.get_by_label("Namn på svenska").fill("Lägesbild i webbläsaren")
    region.get_by_role("button", name="Spara som utkast").click()
    expect(region.get_by_text("Ännu inte ifyllt: ändamål")).to_be_visible()
    expect(region.get_by_role("button", name="Skicka till båda sidor")).to_have_count(0)

    region.get_by_role("link", name="Ändra utkastet").click()
    region.get_by_label("Ändamål på svenska").fill("Påhittat: pröva en användning i webbläsaren.")
    region.get_by_label("Rättslig grund på svenska").fill("Påhittat uppdrag.")
    region.get_by_label("Grundens beteckning").fill("PÅHITTAD 1")
    region.get_by_label("Grunden gäller till och med").fill("2030-12-31")
    region.get_by_label("Var talet kommer ifrån").fill("Praxis hos AIHW")
    region.get_by_label("Bevaras efter slutet, i månader").fill("12")
    region.get_by_role("button", name="Spara som utkast").click()
    region.get_by_role("button", name="Skicka till båda sidor").click()
    expect(region.get_by_text("Användningen väntar på mottagarens två granskare")).to_be_visible()
    path = region.url.removeprefix(region.url.split("/anvandningar/")[0])

    quality = _somebody(visitor, "kvalitetsgranskare").go(path)
    _decide(quality, "Behovet är angivet.")
    expect(quality.get_by_text("Kvalitet: godkänd")).to_be_visible()

    discloser = _somebody(visitor, "utlamnare-99").go(path)
    _decide(discloser, "Regionen godtar.")
    expect(discloser.get_by_text("Regionens godtagande: godkänd")).to_be_visible()

    legal = _somebody(visitor, "rattsgranskare").go(path)
    for question, (choice, reason) in ANSWERS.items():
        legal.locator(f"input[name=q_{question}][value={choice}]").check()
        legal.locator(f"textarea[name=q_{question}_reason]").fill(reason)
    _decide(legal, "Grunden gäller.")
    expect(legal.get_by_text("Ditt beslut är registrerat. Båda sidor har godkänt")).to_be_visible()

    public = visitor(size=PHONE).go(path)
    expect(public.get_by_text("Gäller sedan båda sidor har godkänt")).to_be_visible()
    expect(public.get_by_text("Påhittat: pröva en användning")).to_be_visible()
