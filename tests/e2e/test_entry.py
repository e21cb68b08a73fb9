"""Entering figures in a grid: by keyboard alone, pasted, undone, without a connection, in two tabs, on a phone and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.browser
LINE = "/inmatning/exempelregionen-dagliga-vardplatser/"
LOGIN = "uppgiftslamnare-99"
PASTE = """(cell, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def begun(visitor, period, **settings):
    """A grid for a day that no other test enters."""
    one = visitor(LOGIN, **settings)
    page = one.go(LINE)
    page.fill("#period", period)
    page.click("main .form[method=post] button[type=submit]")
    page.wait_for_url(re.compile(LINE + "[0-9a-f]{32}/"))
    if settings.get("java_script_enabled", True):
        expect(page.get_by_role("grid")).to_be_visible()
    return one, page


def cell(page, row, column):
    return page.locator("tbody tr").nth(row).locator("td").nth(column)


def value(page, row, column):
    return cell(page, row, column).locator("input").input_value()


def saved(page):
    expect(page.locator(".entry-status")).to_have_text(re.compile(r"sparad \d\d:\d\d$"))


def test_a_paste_leaves_an_empty_cell_waiting_and_is_undone_at_once(visitor, sound):
    _one, page = begun(visitor, "2026-12-01")
    cell(page, 0, 0).focus()
    page.keyboard.type("22")
    page.keyboard.press("Enter")
    expect(cell(page, 1, 0)).to_be_focused()
    page.keyboard.press("ArrowUp")
    cell(page, 0, 0).evaluate(PASTE, "18\t17\n\t16")
    assert [value(page, *at) for at in ((0, 0), (0, 1), (1, 0), (1, 1))] == ["18", "17", "", "16"]
    expect(cell(page, 1, 0)).to_contain_text("väntar på svar")
    saved(page)
    sound(page, "inmatning")
    page.keyboard.press("Control+z")
    assert [value(page, *at) for at in ((0, 0), (0, 1), (1, 0), (1, 1))] == ["22", "", "", ""]
    saved(page)
    page.reload()
    assert value(page, 0, 0) == "22" and value(page, 1, 1) == ""


def test_the_keyboard_alone_fills_a_row_with_one_tab_stop(visitor):
    _one, page = begun(visitor, "2026-12-02")
    assert page.locator("[role=grid] [tabindex='0']").count() == 1
    cell(page, 0, 0).focus()
    page.keyboard.press("F2")
    expect(cell(page, 0, 0).locator("input")).to_be_focused()
    page.keyboard.type("21")
    page.keyboard.press("Escape")
    assert value(page, 0, 0) == ""
    page.keyboard.press("s")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("e")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("0")
    page.keyboard.press("Enter")
    expect(cell(page, 1, 2)).to_be_focused()
    expect(cell(page, 0, 0)).to_contain_text("stängd")
    expect(cell(page, 0, 1)).to_contain_text("ej rapporterad")
    assert [value(page, 0, column) for column in range(3)] == ["stängd", "ej rapporterat", "0"]
    saved(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[role=grid]') === null")


def test_a_second_tab_with_the_old_revision_is_shown_both_values(visitor):
    one, page = begun(visitor, "2026-12-03")
    other = one.context.new_page()
    other.goto(page.url)
    for tab, text in ((page, "20"), (other, "18")):
        cell(tab, 0, 0).focus()
        tab.keyboard.type(text)
        tab.keyboard.press("Enter")
        if tab is page:
            saved(page)
    clash = other.locator(".message.is-stop")
    expect(clash).to_contain_text("ni skrev 18, där står 20")
    clash.get_by_role("button", name="Behåll mitt").click()
    saved(other)
    page.reload()
    assert value(page, 0, 0) == "18"
    for tab in (page, other):  # the same in both is no clash
        cell(tab, 0, 1).focus()
        tab.keyboard.type("17")
        tab.keyboard.press("Enter")
        saved(tab)
    expect(clash).to_have_count(0)


def test_what_is_written_without_a_connection_waits_and_is_forgotten_at_sign_out(visitor):
    one, page = begun(visitor, "2026-12-14")
    one.context.set_offline(True)
    try:
        for row, text in enumerate(("7", "8", "9")):
            cell(page, row, 0).focus()
            page.keyboard.type(text)
            page.keyboard.press("Enter")
        status = page.locator(".entry-status")
        expect(status).to_contain_text("3 väntar")
        cell(page, 0, 1).focus()
        page.keyboard.type("19811218-9876")
        expect(status).to_contain_text("personnummer")
        assert value(page, 0, 1) == ""  # its last digits are no figure
        assert "9876" not in page.evaluate("JSON.stringify(localStorage)")
        page.evaluate(
            "dispatchEvent(new Event('online'))"
        )  # what waits is tried once more, and the refusal still stands
        expect(status).to_contain_text("Ingen anslutning")
        expect(status).to_contain_text("personnummer")
    finally:
        one.context.set_offline(False)
    saved(page)
    page.reload()
    assert [value(page, row, 0) for row in range(3)] == ["7", "8", "9"]
    page.evaluate("localStorage.setItem('kept:x:y', '{}')")
    page.evaluate("document.querySelector('form[data-module=forget]').requestSubmit()")
    expect(page.get_by_role("link", name="Logga in").first).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_phone_fills_a_cell_with_fingers_and_checks_what_is_entered(visitor, sound):
    _one, page = begun(visitor, "2026-12-05", size=PHONE)
    cell(page, 0, 0).locator("input").click()
    page.keyboard.type("12")
    cell(page, 0, 1).locator("input").click()
    page.get_by_role("button", name="Stängd").click()
    saved(page)
    assert (value(page, 0, 0), value(page, 0, 1)) == ("12", "stängd")
    sound(page, "inmatning på telefon")
    page.get_by_role("button", name="Kontrollera det inmatade").click()
    page.wait_for_url(re.compile("/leveranser/"))
    assert "inmatning-2026-12-05.csv" in page.inner_text("main")


def test_without_a_script_the_table_is_saved_by_its_button(visitor):
    _one, page = begun(visitor, "2026-12-06", java_script_enabled=False)
    page.fill("input[name=cell-0-disponibla]", "14")
    page.get_by_role("button", name="Spara", exact=True).click()
    assert page.locator("input[name=cell-0-disponibla]").input_value() == "14"
    assert "väntar på svar" in page.locator("tbody tr").first.inner_text()
