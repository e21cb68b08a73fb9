"""A line in parts and a use of it, from proposal to approval and two hospitals' files, by four people, on a phone, without scripts."""

import pytest
from playwright.sync_api import expect

from registry import clock
from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.browser

NORRA, SODRA = "Norra exempelsjukhuset (påhittat)", "Södra exempelsjukhuset (påhittat)"
ANSWERS = {
    "public_document": "open",
    "persons": "no",
    "defence_and_crisis": "no",
    "lifting": "not_needed",
    "data_protection": "ground",
    "security_protection": "outside",
}
LAST_DAY = f"{clock.today().year + 2}-12-31"


def _somebody(visitor, login):
    return visitor(login, size=PHONE, java_script_enabled=False)


def _path(page):
    return "/" + page.url.split("/", 3)[3]


def _answer(page):
    for question, choice in ANSWERS.items():
        page.locator(f"input[name=q_{question}][value={choice}]").check()
        page.locator(f"textarea[name=q_{question}_reason]").fill("Uppgifterna är påhittade.")


def _approve(page, reason, *, is_legal=False):
    if is_legal:
        _answer(page)
    panel = page.locator("form.panel")
    panel.locator("input[name=outcome][value=approve]").check()
    panel.locator("textarea[name=reason]").fill(reason)
    panel.get_by_role("button", name="Besluta").click()


def _propose_line(visitor):
    """The line's address, once the recipient's quality reviewer has approved it."""
    region = _somebody(visitor, "uppgiftslamnare-99").go("/floden/foresla/")
    region.get_by_label("Informationsmodell").select_option(label="Fastställda vårdplatser per sjukhus, version 1")
    region.get_by_label("Namn på svenska").fill("Fastställda vårdplatser, i delar")
    region.get_by_label("En period lämnas").select_option(label="I delar: en fil för varje sjukhus")
    region.get_by_label("Vilka delar").fill("Norra exempelsjukhuset\nMånsjukhuset")
    region.get_by_role("button", name="Spara som utkast").click()
    expect(region.get_by_text("Ännu inte ifyllt: sista dag.")).to_be_visible()
    expect(region.get_by_text("Finns inte bland regionens koder för sjukhus: Månsjukhuset.")).to_be_visible()
    expect(region.get_by_role("button", name="Skicka till granskning")).to_have_count(0)

    region.get_by_role("link", name="Ändra utkastet").click()
    region.get_by_label("Vilka delar").fill("Norra exempelsjukhuset\nSödra exempelsjukhuset")
    region.get_by_label("Gäller till och med").fill(LAST_DAY)
    region.get_by_role("button", name="Spara som utkast").click()
    expect(region.get_by_text(f"{NORRA}, {SODRA}")).to_be_visible()
    region.get_by_role("button", name="Skicka till granskning").click()
    expect(region.get_by_text("Linjen är skickad till granskning.")).to_be_visible()

    quality = _somebody(visitor, "kvalitetsgranskare").go(_path(region))
    _approve(quality, "Delarna är rätt.")
    expect(quality.get_by_text("Linjen är godkänd och gäller.")).to_be_visible()
    return _path(region).split("version/")[0]


def _propose_use(visitor, line):
    region = _somebody(visitor, "uppgiftslamnare-99").go(line)
    expect(region.get_by_role("heading", name="Ingen användning gäller")).to_be_visible()
    region.get_by_role("link", name="Föreslå en användning").click()
    region.get_by_label("Namn på svenska").fill("Uppföljning av delar")
    region.get_by_label("Ändamål på svenska").fill("Påhittat: pröva delar i webbläsaren.")
    region.get_by_label("Rättslig grund på svenska").fill("Påhittat uppdrag.")
    region.get_by_label("Grundens beteckning").fill("PÅHITTAD 1")
    region.get_by_label("Grunden gäller till och med").fill(LAST_DAY)
    region.locator("input[name=threshold]").fill("5")
    region.locator("input[name=policy_source]").fill("Praxis hos AIHW")
    region.locator("input[name=valid_from]").fill(clock.today().isoformat())
    region.locator("input[name=valid_to]").fill(LAST_DAY)
    region.locator("input[name=retention_months]").fill("12")
    region.get_by_role("button", name="Spara som utkast").click()
    region.get_by_role("button", name="Skicka till båda sidor").click()
    use = _path(region)
    _approve(_somebody(visitor, "kvalitetsgranskare").go(use), "Behovet är angivet.")
    _approve(_somebody(visitor, "rattsgranskare").go(use), "Grunden gäller.", is_legal=True)
    _approve(_somebody(visitor, "utlamnare-99").go(use), "Regionen godtar.")


def _deliver(visitor, line, hospital, count, address=None):
    officer = _somebody(visitor, "uppgiftslamnare-99")
    page = officer.go(address or line.replace("/floden/", "/leveranser/ny/"))
    data = f"Dag;Sjukhus;Fastställda vårdplatser\r\n2026-03-01;{hospital};{count}\r\n".encode()
    page.set_input_files("input[type=file]", {"name": f"{count}.csv", "mimeType": "text/csv", "buffer": data})
    page.click("main form button[type=submit]")
    delivery = _path(page)
    decision = _somebody(visitor, "utlamnare-99").go(f"{delivery}utlamnande/")
    _answer(decision)
    decision.check("input[name=outcome][value=disclose]")
    decision.fill("#registry_number", "RN 2026/144")
    decision.fill("#reason", "Uppgifterna är påhittade.")
    decision.click("#beslutet button[type=submit]")
    page = officer.go(f"{delivery}skicka/")
    page.click("main form button[type=submit]")
    assert "/leveranser/L-" in page.url
    return page.url.rstrip("/").rsplit("/", 1)[1]


def test_a_line_in_parts_is_approved_and_two_hospitals_are_delivered_without_scripts(visitor):
    line = _propose_line(visitor)
    _propose_use(visitor, line)
    first = _deliver(visitor, line, NORRA, 41)

    officer = _somebody(visitor, "uppgiftslamnare-99")
    index = officer.go(f"{line}perioder/")
    expect(index.get_by_text("1 av 2 delar")).to_be_visible()
    missing = index.get_by_role("row", name=SODRA)
    expect(missing.get_by_text("Saknas än så länge")).to_be_visible()
    missing.get_by_role("link", name="Leverera").click()
    assert index.locator("select[name=part] option:checked").inner_text() == SODRA

    second = _deliver(visitor, line, SODRA, 52, _path(index))
    assert first != second
    reviewer = _somebody(visitor, "kvalitetsgranskare").go(f"{line}perioder/")
    expect(reviewer.get_by_text("2 av 2 delar")).to_be_visible()
    for number in (first, second):
        expect(reviewer.get_by_role("link", name=number)).to_be_visible()
