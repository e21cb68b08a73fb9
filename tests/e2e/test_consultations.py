"""A consultation in the browser: written on a desktop, answered on a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from registry import clock
from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.browser


def test_a_consultation_is_written_sent_and_answered_on_a_phone(visitor, sound):
    page = visitor("terminolog").go("/termbank/begrepp/faststalld-vardplats/")
    page.get_by_role("link", name="Skicka ordalydelsen på remiss").click()
    page.get_by_label("Rubrik").fill("Påhittad remiss om vårdplatser")
    page.get_by_label("Diarienummer").fill("Dnr 1/2026 (påhittat)")
    page.get_by_label("Missiv").fill("Vad tycker ni om ordalydelserna?\nSvara gärna på båda.")
    page.get_by_label("Sista svarsdag").fill((clock.today() + timedelta(days=30)).isoformat())
    assert (
        page.get_by_role("group", name="Ordalydelser som remitteras").get_by_role("checkbox", checked=True).count() == 1
    )
    page.get_by_label("Region Norrbotten").check()
    page.get_by_label("Andra som tillfrågas").fill("Påhittade förbundet")
    sound(page, "consultation-form-1280")
    page.get_by_role("button", name="Spara utkastet").click()
    sound(page, "consultation-draft-1280")
    page.get_by_role("button", name="Skicka ut").click()
    address = page.url.removeprefix(page.url.split("/termbank")[0])
    phone = visitor("utlamnare-25", size=PHONE).go(address)
    sound(phone, "consultation-open-390")
    phone.get_by_role("link", name="Svara för Region Norrbotten").click()
    phone.get_by_label("Avstyrker").last.check()
    phone.get_by_label("Skäl, text 1").last.fill("Påhittat: den säger inget om tekniska vårdplatser.")
    sound(phone, "consultation-answer-390")
    phone.get_by_role("button", name="Lämna svaret").click()
    expect(phone.get_by_text("Svaret är lämnat.")).to_be_visible()
    english = visitor("terminolog", language="en").go(address)
    sound(english, "consultation-open-1280-en")
