"""A file out of a care system, all the way to its receipt, as a data officer and a disclosing officer meet it."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from registry.places import Places
from submission_portal.demonstration.figures import daily_wards
from tests.e2e.conftest import PHONE
from tests.e2e.walk import WITHOUT_COLOURS, Seen, violations
from tests.factories.deliveries import workbook_with_hidden_number

pytestmark = pytest.mark.browser
FLOW = "/leveranser/ny/exempelregionen-dagliga-vardplatser/"
ANSWERS = {
    "public_document": "open",
    "persons": "protected",
    "defence_and_crisis": "no",
    "lifting": "not_needed",
    "data_protection": "ground",
    "security_protection": "outside",
}


def awkward(first, *, empty=(4, 11), halved=("exempel-norra", "Medicin")):
    """Made-up figures as an export has them: Windows-1252, title rows, empty cells, a column too many, a sum row."""
    head, *rows = [line.split(";") for line in daily_wards(first, 7).decode("utf-8-sig").splitlines()]
    for number, row in enumerate(rows):
        if (row[1], row[2]) == halved:
            row[3], row[4] = str(int(row[3]) // 2), str(int(row[4]) // 2)
        if number in empty:
            row[3] = ""
    sums = [str(sum(int(row[column]) for row in rows if row[column].isdecimal())) for column in range(3, 7)]
    lines = [["Exempelregionen (påhittad)"], [], [*head, "Ansvarig"], *rows, ["Summa", "", "", *sums]]
    return "\r\n".join(";".join(line) for line in lines).encode("cp1252")


def upload(page, name, data):
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": data})
    page.click("main form button[type=submit]")


def decide(officer, address):
    page = officer.go(f"{address}utlamnande/")
    for name, choice in ANSWERS.items():
        page.check(f"input[name=q_{name}][value={choice}]")
        page.fill(f"textarea[name=q_{name}_reason]", "Påhittade uppgifter; småtal döljs före publicering.")
    page.check("input[name=outcome][value=disclose]")
    page.fill("#registry_number", "RN 2026/144")
    page.fill("#reason", "Uppgifterna är påhittade.")
    page.click("#beslutet button[type=submit]")
    assert "Får skickas" in page.inner_text("main")


def test_a_file_goes_from_the_care_system_to_its_receipt_without_a_script(visitor):
    from datetime import date

    officer = visitor("uppgiftslamnare-99", size=PHONE, java_script_enabled=False)
    upload(officer.go(FLOW), "platser.csv", awkward(date(2026, 10, 19)))
    page, address = officer.page, officer.page.url.removeprefix(officer.instance.address)
    assert "2 saker återstår" in page.inner_text("main")
    assert page.locator("td.hit").count() == 2
    page.check("input[name=tom-disponibla][value=closed]")
    page.fill("textarea[name^=forklaring-]", "En avdelning stängd för ombyggnad.")
    page.click("#svaren button[type=submit]")
    assert "Regionen prövar" in page.inner_text("main")
    decide(visitor("utlamnare-99", java_script_enabled=False), address)
    officer.go(f"{address}skicka/")
    assert "En avdelning stängd" in page.inner_text("main")
    page.click("main form button[type=submit]")
    assert "/leveranser/L-" in page.url
    assert "En granskare läser den" in page.inner_text("main")
    first = page.url
    upload(officer.go(FLOW), "platser.csv", awkward(date(2026, 10, 19)))
    assert page.url == first


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_state_of_a_delivery_has_a_fault_that_axe_can_see(visitor, shown, language):
    from datetime import date

    def faults(page):
        """In both schemes; in English without colours, which no language changes."""
        return Seen(shown=shown).in_both_schemes(page) if language == "sv" else violations(page, WITHOUT_COLOURS)

    officer = visitor("uppgiftslamnare-99", language=language)
    page = officer.go(FLOW)
    upload(page, "platser.xlsx", workbook_with_hidden_number())
    assert "9876" not in page.content()
    found = faults(page)
    day = date(2026, 11, 2 if language == "sv" else 9)
    upload(officer.go(FLOW), "platser.csv", awkward(day))
    found += faults(page)
    address = page.url.removeprefix(officer.instance.address)
    for step in ("fil/", "aterta/", "skicka/"):
        found += faults(officer.go(address + step))
    upload(officer.go(FLOW), "trasig.csv", b"Dag;Sjukhus\r\n2026-11-02;Nordsjukhuset\r\n")
    found += faults(page)
    decider = visitor("utlamnare-99", language=language)
    found += faults(decider.go(f"{address}utlamnande/"))
    assert not found, "\n".join(found)
    # A file that is refused answers 422, which the browser writes in its console; anything else would be a fault.
    assert all("422" in one for one in officer.complaints), officer.complaints


def test_a_large_file_waits_for_its_turn_and_its_page_says_how_many_are_before_it(visitor):
    from datetime import date

    officer = visitor("uppgiftslamnare-99")
    page = officer.go(FLOW)
    data = awkward(date(2026, 9, 7)).replace(b"\r\n2026-", b";" + b"x" * 100_000 + b"\r\n2026-")
    places = Places(officer.instance.folder / "uploads", 2, 9)
    with ThreadPoolExecutor(2) as others, ExitStack() as held:
        for _ in range(2):
            held.enter_context(places.take())
        before = [others.submit(_take_and_leave, places, f"before{number:06}") for number in range(2)]
        while places.queue().waiting < 2:
            page.wait_for_timeout(50)
        page.set_input_files("input[type=file]", {"name": "stor.csv", "mimeType": "text/csv", "buffer": data})
        page.click("main form button[type=submit]", no_wait_after=True)
        page.get_by_text("2 stora filer är före din").wait_for()
        assert violations(page) == []
    page.get_by_text("stor.csv").first.wait_for()
    assert "/ny/" not in page.url and all(one.result() for one in before)


RECORD = """() => {
    const said = document.querySelector("[data-module=queue]");
    sessionStorage.said = "";
    new MutationObserver(() => { sessionStorage.said += said.textContent + "\\n"; }).observe(said, {childList: true});
}"""
"""Keeps what the page says while its form is on the way; until the answer is there nobody can ask the page itself."""


def test_the_page_says_how_many_rows_have_been_read_while_the_request_reads(visitor):
    from datetime import date

    officer = visitor("uppgiftslamnare-99")
    page, asked = officer.go(FLOW), []
    page.on("requestfinished", lambda one: asked.append(one.url) if "/leveranser/plats" in one.url else None)
    data = awkward(date(2026, 8, 3)).replace(b"\r\n2026-", b";" + b"x" * 100_000 + b"\r\n2026-")
    folder = officer.instance.folder / "uploads"
    places = Places(folder, 2, 9)
    page.evaluate(RECORD)
    with ExitStack() as held:
        for _ in range(2):
            held.enter_context(places.take())
        page.set_input_files("input[type=file]", {"name": "lang.csv", "mimeType": "text/csv", "buffer": data})
        page.click("main form button[type=submit]", no_wait_after=True)
        _until(page, lambda: asked)
        ticket = asked[0].rpartition("=")[2]
        told = folder / f"read-{ticket}"  # as the process that reads would tell it
        for rows in (40_000, 280_000):
            told.write_text(f"file {rows}", "ascii")
            seen = len(asked)
            _until(page, lambda seen=seen: len(asked) > seen + 1)
        told.unlink()
        seen = len(asked)
        _until(page, lambda: len(asked) > seen + 1)
    page.wait_for_url(lambda url: "/ny/" not in url)
    said = [line.split(" rader")[0] for line in page.evaluate("sessionStorage.said").splitlines()]
    assert said[-2:] == ["40\u00a0000", "280\u00a0000"], "and what was told is not taken back"


def test_a_long_file_comes_to_its_end_on_the_page_without_a_script(visitor):
    from datetime import date

    officer = visitor("uppgiftslamnare-99", java_script_enabled=False)
    head, *rows = daily_wards(date(2026, 7, 6), 7).decode("utf-8-sig").splitlines()
    cells = [row.split(";") for row in rows]
    many = [";".join([*row[:2], f"{row[2]} {number}", *row[3:]]) for number in range(400) for row in cells]
    upload(officer.go(FLOW), "lang.csv", "\r\n".join([head, *many]).encode())
    officer.page.get_by_text("22\u00a0400 rader lästes").wait_for(timeout=60_000)


def _until(page, is_so):
    while not is_so():
        page.wait_for_timeout(50)


def _take_and_leave(places, name):
    with places.take(name):
        return True
