"""A flow from proposal to approval, by three people at three browsers, on a phone and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.browser

ANSWERS = {
    "public_document": ("open", ""),
    "persons": ("protected", "Småtal döljs före publicering."),
    "defence_and_crisis": ("no_harm", "Uppgifterna är påhittade."),
    "lifting": ("not_needed", ""),
    "data_protection": ("ground", "Grunden och dess slutdatum står i flödet."),
    "security_protection": ("outside", ""),
}


def _somebody(visitor, login):
    return visitor(login, size=PHONE, java_script_enabled=False)


def _decide(page, outcome, reason):
    panel = page.locator("form.panel")
    panel.locator(f"input[name=outcome][value={outcome}]").check()
    panel.locator("textarea[name=reason]").fill(reason)
    panel.get_by_role("button", name="Besluta").click()


def test_a_flow_is_proposed_completed_and_approved_without_scripts(visitor):
    region = _somebody(visitor, "uppgiftslamnare-99").go("/floden/foresla/")
    region.get_by_label("Informationsmodell").select_option(label="Månadsuppgifter per sjukhus, version 1")
    region.get_by_label("Namn på svenska").fill("Månadsuppgifter, Exempelregionen")
    region.get_by_role("button", name="Spara som utkast").click()
    expect(region.get_by_text("Ännu inte ifyllt: ändamål")).to_be_visible()
    expect(region.get_by_role("button", name="Skicka till granskning")).to_have_count(0)

    region.get_by_role("link", name="Ändra utkastet").click()
    region.get_by_label("Ändamål på svenska").fill("Påhittat: pröva månadsuppgifter i webbläsaren.")
    region.get_by_label("Rättslig grund på svenska").fill("Påhittat uppdrag.")
    region.get_by_label("Grundens beteckning").fill("PÅHITTAD 1")
    region.get_by_label("Grunden gäller till och med").fill("2030-12-31")
    region.get_by_label("Var talet kommer ifrån").fill("Praxis hos AIHW")
    region.get_by_label("Gäller till och med").last.fill("2030-12-31")
    region.get_by_role("button", name="Spara som utkast").click()
    region.get_by_role("button", name="Skicka till granskning").click()
    expect(region.get_by_text("Flödet är skickat till granskning.")).to_be_visible()
    path = region.url.removeprefix(region.url.split("/floden/")[0])

    quality = _somebody(visitor, "kvalitetsgranskare").go(path)
    _decide(quality, "approve", "Behovet är angivet.")
    expect(quality.get_by_text("Kvalitet: godkänd")).to_be_visible()

    legal = _somebody(visitor, "rattsgranskare").go(path)
    _decide(legal, "approve", "Grunden gäller.")
    expect(legal.get_by_role("alert").get_by_text("Välj ett svar.")).to_have_count(len(ANSWERS))
    assert legal.locator("textarea[name=reason]").input_value() == "Grunden gäller."
    for question, (choice, reason) in ANSWERS.items():
        legal.locator(f"input[name=q_{question}][value={choice}]").check()
        legal.locator(f"textarea[name=q_{question}_reason]").fill(reason)
    legal.locator("form.panel").get_by_role("button", name="Besluta").click()
    expect(legal.get_by_text("Båda har godkänt, och flödet gäller.")).to_be_visible()

    public = visitor(size=PHONE).go(path)
    expect(public.get_by_text("Gäller sedan båda granskarna har godkänt")).to_be_visible()
    expect(public.get_by_text("Påhittat: pröva månadsuppgifter")).to_be_visible()
