"""The main job through the web pages: a file with an empty cell, answered, decided, sent, forwarded, protected,
published, and traced back to the delivery. The figures are made up."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from submission_portal.demonstration.figures import daily_wards
from tests.e2e.conftest import Instance, serving

pytestmark = pytest.mark.browser
FLOW = "exempelregionen-dagliga-vardplatser"
REASON = "Demonstration: uppgifterna är påhittade."


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """One of its own: the table that is decided here is one that other tests find waiting."""
    with serving(tmp_path_factory, "thread") as served:
        yield served


def file_with_an_empty_cell() -> bytes:
    """Week 44 of the made-up region, in which one ward's number of available beds was left out."""
    lines = daily_wards(date(2026, 10, 26), 7).decode("utf-8-sig").split("\r\n")
    cells = lines[2].split(";")
    cells[3] = ""
    lines[2] = ";".join(cells)
    return "\r\n".join(lines).encode("utf-8-sig")


def answer_everything(form):
    """What is true of counts of patients, the first answer to every other question, and a reason wherever one fits."""
    for answer in ("protected", "ground"):
        if form.locator(f"input[type=radio][value={answer}]").count():
            form.locator(f"input[type=radio][value={answer}]").first.check()
    for group in form.locator("fieldset").all():
        if group.locator("input[type=radio]").count() and not group.locator("input[type=radio]:checked").count():
            group.locator("input[type=radio]").first.check()
    for box in form.locator("textarea").all():
        if not box.input_value():
            box.fill(REASON)
    for box in form.locator("input[type=text]").all():
        if not box.input_value():
            box.fill("EX-2026-131")


def wait_for(page: Page, words: str, seconds: int = 120) -> None:
    """Reload until the page says so: the worker does its part in its own time."""
    for _ in range(seconds):
        if words in page.locator("main").inner_text():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError(f"{page.url} never said “{words}”:\n{page.locator('main').inner_text()[:1500]}")


def test_a_week_goes_from_file_to_figure_and_back(visitor, photograph):
    officer = visitor("uppgiftslamnare-99")
    page = officer.go(f"/leveranser/ny/{FLOW}/")
    page.locator("input[type=file]").set_input_files(
        {"name": "dagliga_v44.csv", "mimeType": "text/csv", "buffer": file_with_an_empty_cell()}
    )
    page.get_by_role("button", name="Kontrollera filen").click()

    expect(page.locator("#kvar h2")).to_contain_text("En sak återstår")
    expect(page.locator("main")).to_contain_text("Inget har lämnat regionen")
    expect(page.locator("td.hit").first).to_have_text("tom")
    photograph(page, "delivery-with-a-question")
    page.locator("#svaren").get_by_role("radio", name="Ej rapporterat").check()
    page.locator("#svaren button[type=submit]").click()
    if page.locator("#svaren textarea").count():
        answer_everything(page.locator("#svaren"))
        page.locator("#svaren button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("Regionen prövar")
    draft = page.url.removeprefix(officer.instance.address).partition("#")[0]

    discloser = visitor("utlamnare-99")
    decision = discloser.go(f"{draft}utlamnande/")
    answer_everything(decision.locator("main"))
    photograph(decision, "disclosure-decision")
    decision.locator("#beslutet button[type=submit]").click()
    expect(decision.locator("h1")).not_to_have_text("Får uppgifterna lämnas ut?")

    officer.go(f"{draft}skicka/")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".receipt").first).to_be_visible()
    number = re.search(r"L-\d{4}-\d{4}", page.locator(".receipt").first.inner_text())[0]
    photograph(page, "delivery-received")

    if "granskare" in page.locator(".message").first.inner_text().lower():
        reviewer = visitor("kvalitetsgranskare")
        review = reviewer.go(f"/granskning/leverans/{number}/")
        answer_everything(review.locator("main"))
        review.locator("#beslutet button[type=submit]").click()
    officer.go(f"/leveranser/{number}/")
    wait_for(page, "Mottagen och frisläppt")

    lawyer = visitor("rattsgranskare")
    desk = lawyer.go("/granskning/")
    # The released delivery makes the next version of the table, which takes over from the one that waited.
    wait_for(desk, "Utlokaliserade patienter, tabellversion 3")
    desk.get_by_role("link", name=re.compile("^Utlokaliserade patienter, tabellversion")).first.click()
    expect(desk.locator("td.hid").first).to_have_text("dold")
    photograph(desk, "small-numbers")
    answer_everything(desk.locator("main"))
    expect(desk.locator(".reach")).to_contain_text("Allt är ifyllt.")
    desk.locator(".reach button.button[form=beslutet]").click()
    expect(desk.locator("main")).not_to_contain_text("Godkänns inte")

    anybody = visitor()
    figures = anybody.go("/uppfoljning/utlokaliserade-patienter/region/99")
    wait_for(figures, "vecka 44" if "vecka" in figures.locator("main").inner_text() else "2026")
    figures.locator("td a[href*='/siffra/']").first.click()
    photograph(figures, "figure-and-its-trace")
    trace = figures.locator("main").inner_text()
    for knot in ("Begrepp", "Informationsmodell", "Leveranslinje", "Leverans", "Beslut"):
        assert knot in trace
    assert not [one for visitor_ in (officer, discloser, lawyer, anybody) for one in visitor_.complaints]


def test_the_same_file_again_answers_with_the_first_receipt(visitor):
    officer = visitor("uppgiftslamnare-99")
    page = officer.go(f"/leveranser/ny/{FLOW}/")
    page.locator("input[type=file]").set_input_files(
        {"name": "igen.csv", "mimeType": "text/csv", "buffer": daily_wards(date(2026, 10, 5), 7)}
    )
    page.get_by_role("button", name="Kontrollera filen").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"L-\d{4}-\d{4}"))


def test_another_regions_draft_does_not_exist(visitor):
    officer = visitor("uppgiftslamnare-99")
    page = officer.go(f"/leveranser/ny/{FLOW}/")
    page.locator("input[type=file]").set_input_files(
        {"name": "dagliga_v45.csv", "mimeType": "text/csv", "buffer": daily_wards(date(2026, 11, 2), 7)}
    )
    page.get_by_role("button", name="Kontrollera filen").click()
    page.wait_for_url(re.compile(r"/leveranser/[0-9a-f]{32}/"))
    draft = page.url.removeprefix(officer.instance.address)
    other = visitor("uppgiftslamnare-25")
    assert other.go(draft).locator("h1").inner_text() == "Sidan finns inte"
    reviewer = visitor("kvalitetsgranskare")
    assert reviewer.go(draft).locator("h1").inner_text() == "Sidan finns inte"
