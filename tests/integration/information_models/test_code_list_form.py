"""Writing code lists in a form: a new one, and what the checks say in the form's own words."""

import pytest

from information_models.kinds import CODE_LIST
from registry.db import db
from registry.items import queries as items
from tests.pages import read

NEW = "/modeller/kodlistor/ny"
FORM = {
    "slug": "provlista", "title_sv": "Provlista", "title_en": "Sample list", "description_sv": "Till prov.",
    "description_en": "For trials.", "parent_list": "", "codes": "R01;Ett;One\nR02;Två;Two;2026-01-01", "reason": "Prov.",
    "action": "save",
}  # fmt: skip


def test_a_new_code_list_is_written_in_a_form_and_becomes_a_draft(signed_in, modeller):
    client = signed_in(modeller)
    assert NEW in read(client.get("/uppgifter/")).links
    read(client.get(NEW))
    read(client.get(client.post(NEW, data=FORM).headers["Location"]))
    draft = items.open_version(db.session, items.item_by_slug(db.session, CODE_LIST, "provlista"))
    assert [code["label"]["en"] for code in draft.content["codes"]] == ["One", "Two"]
    assert "Namnet är upptaget" in read(client.post(NEW, data=FORM), 409).text


@pytest.mark.parametrize(
    ("codes", "language", "told"),
    [
        (
            "R01;Ett;One\nR02;Två;Two\nR03;Tre;Three;2026-02-30",
            "sv",
            "Kod 3 (R03), giltig från: är inget datum som finns",
        ),
        ("R01;Ett;One\nR02;Två", "sv", "Kod 2 (R02), namn på engelska: är tomt"),
        ("R01;Ett;One\nR02;Två", "en", "Code 2 (R02), name in English: is empty"),
        ("R01;Ett;One;i går", "sv", "Kod 1 (R01), giltig från: ska vara ett datum som 2026-01-31"),
    ],
)
def test_what_is_wrong_is_told_in_the_words_of_the_form(signed_in, modeller, codes, language, told):
    client = signed_in(modeller)
    client.set_cookie("language", language)
    page = read(client.post(NEW, data={**FORM, "codes": codes, "action": "check"}), 422)
    assert told in page.text
    assert "Innehållet klarar alla kontroller" not in page.text
    assert "codes[" not in page.text
    assert items.item_by_slug(db.session, CODE_LIST, "provlista") is None


def test_errors_are_told_in_the_order_of_the_page(signed_in, modeller):
    wrong = {"slug": "Å", "title_sv": "", "codes": ""}
    page = read(signed_in(modeller).post(NEW, data={**FORM, **wrong}), 422)
    assert [link.get("href")[1:] for link in page.find("//div[@role='alert']//a")] == list(wrong)


@pytest.mark.parametrize("written", ["R01;Ett;One\rR02;Två;Two", 'R01;"Ett"x\ry;One'])
def test_lines_may_end_in_any_way(signed_in, modeller, written):
    page = signed_in(modeller).post(NEW, data={**FORM, "codes": written, "action": "check"})
    assert page.status_code in (200, 422)


def test_a_quotation_mark_that_is_never_closed_is_told(signed_in, modeller):
    codes = 'R01;"' + "Ett\n" * 50_000
    page = read(signed_in(modeller).post(NEW, data={**FORM, "codes": codes, "action": "check"}), 422)
    assert "Avsluta varje citattecken" in page.text


def test_where_a_file_is_asked_for_there_are_examples_of_one(signed_in, modeller):
    client = signed_in(modeller)
    examples = [link for link in read(client.get("/modeller/ny")).links if link.endswith("innehall.json")]
    assert len(examples) == 3
    assert all(client.get(link).json["content_schema"] for link in examples)
