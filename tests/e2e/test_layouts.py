"""An export that the registry has not seen, with the clock running: the first month, and the second."""

from datetime import date

import pytest

from submission_portal.demonstration.figures import daily_wards
from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.browser
FLOW = "/leveranser/ny/exempelregionen-dagliga-vardplatser/"


def export(first, *, order=(0, 1, 2, 3, 4, 5, 6), title="", more=""):
    """Made-up figures under headings of another system, with a hospital by half its name."""
    rows = [line.split(";") for line in daily_wards(first, 7).decode("utf-8-sig").splitlines()]
    rows[0] = ["Dag", "Sjukhus", "Avd", "DVP", "Inskr. 06", "ÖB", "UTL"]
    lines = [";".join(row[at] for at in order) + (f";{more}" if more and number == 0 else ";" if more else "")
             for number, row in enumerate(rows)]  # fmt: skip
    text = "\r\n".join([*([title] if title else []), *lines, ""])
    return text.replace("exempel-norra", "Nordsjukh.").encode()


def upload(page, data):
    page.set_input_files("input[type=file]", {"name": "export.csv", "mimeType": "text/csv", "buffer": data})
    page.click("main form button[type=submit]")


def test_a_new_export_takes_one_page_of_answers_and_the_next_month_none(visitor, sound, photograph):
    officer = visitor("uppgiftslamnare-99")
    page = officer.go(FLOW)
    upload(page, export(date(2026, 8, 3)))
    assert "/kolumner/" in page.url
    assert "Vad är «Inskr. 06»?" in page.inner_text("main")
    sound(page, "layouts-columns")
    choice = page.get_by_label("Finns inte i vår export")
    choice.focus()
    page.keyboard.press("Space")
    page.select_option("select[name=namn-0]", "exempel-norra")
    page.get_by_label("Vad kallar ni exporten?").fill("Vårdsystemet")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/kolumner/" not in url)
    assert "Vårdsystemet, version 1" in page.inner_text("main")
    assert "Finns inte i er export: Belagda vårdplatser" in page.inner_text("main")
    following = export(date(2026, 8, 10), order=(1, 0, 2, 5, 6, 3, 4), title="Uttag", more="Kommentar")
    upload(officer.go(FLOW), following)
    assert "/kolumner/" not in page.url
    assert "Nytt i exporten sedan ni svarade" in page.inner_text("main")
    sound(officer.go("/leveranser/layouter/"), "layouts-list")
    page.get_by_role("link", name="Vårdsystemet").click()
    sound(page, "layouts-one")


def test_the_questions_are_answered_on_a_phone_without_a_script_in_english(visitor, photograph):
    officer = visitor("uppgiftslamnare-99", size=PHONE, java_script_enabled=False, language="en")
    page = officer.go(FLOW)
    upload(page, export(date(2026, 8, 17)).replace(b"DVP", b"Platser").replace(b"UTL", b"Hos andra"))
    assert "/kolumner/" in page.url
    photograph(page, "layouts-phone")
    page.get_by_role("button", name="Save and read").click()
    assert "things to correct" in page.inner_text("main") or "thing to correct" in page.inner_text("main")
    assert "/kolumner/" in page.url
