"""A table is downloaded, edited and imported in the browser: read on a desktop, and on a phone in English."""

import csv
import io

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.browser
ADDRESS = "/termbank/system/vardplatser/"


def edited(data: bytes) -> bytes:
    """The table with a definition reworded, a new concept, and one that has lost its terms."""
    heads, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")
    definition, term = heads.index("Definition (sv)"), heads.index("Term (sv)")
    rows[1][definition] = "påhittad ordalydelse för provet"
    for place, head in enumerate(heads):
        if head.startswith(("Term", "Synonymer", "Avrådda", "Dolda")):
            rows[2][place] = ""
    new = ["" for _ in heads]
    new[term], new[definition] = "provplats", "påhittad plats för provet"
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([heads, *rows, new])
    return out.getvalue().encode("utf-8-sig")


def test_an_edited_table_becomes_a_change_set(visitor, sound):
    author = visitor("terminolog")
    page = author.go(ADDRESS)
    data = author.context.request.get(author.instance.address + "/termbank/vardplatser.csv").body()
    sound(page, "scheme-1280")
    page.get_by_role("link", name="Läs in en fil").click()
    sound(page, "import-form-1280")
    file = {"name": "tabell.csv", "mimeType": "text/csv", "buffer": edited(data)}
    page.get_by_label("Fil", exact=True).set_input_files(file)
    page.get_by_role("button", name="Läs filen").click()
    sound(page, "import-report-1280")
    page.get_by_label("Ändringspaketets namn").fill("Påhittade ändringar")
    phone = visitor("terminolog", size=PHONE, language="en").go(f"{ADDRESS}las-in")
    phone.get_by_label("File", exact=True).set_input_files(file)
    sound(phone, "import-form-390-en")
    phone.get_by_role("button", name="Read the file").click()
    sound(phone, "import-report-390-en")
    page.get_by_role("button", name="Gör ändringspaketet").click()
    expect(page.get_by_role("heading", name="Påhittade ändringar", level=1)).to_be_visible()
    sound(page, "import-set-1280")
