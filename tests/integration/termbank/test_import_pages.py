"""Importing on the web: choose a file, read what would be done, make the change set."""

import io

import pytest

from registry.db import db
from registry.items.change_sets import queries as change_sets
from registry.items.tables import ChangeSet
from tests.integration.termbank.test_importing import VOCABULARY
from tests.pages import read

ADDRESS = "/termbank/system/vardplatser/las-in"


@pytest.fixture
def author(terminologist, signed_in):
    return signed_in(terminologist)


def upload(who, data, name="a.ttl", **fields):
    data = data.encode() if isinstance(data, str) else data
    return who.post(ADDRESS, data={"file": (io.BytesIO(data), name), **fields}, content_type="multipart/form-data")


def fields(page) -> dict[str, str]:
    form = page.find("//form[contains(@action, 'andringspaket')]")[0]
    return {one.get("name"): one.get("value", "") for one in form.iter("input") if one.get("name")}


def test_from_the_scheme_s_page_to_the_change_set(author):
    assert ADDRESS in read(author.get("/termbank/system/vardplatser/")).links
    assert "ändringspaket" in read(author.get(ADDRESS)).text
    page = read(upload(author, VOCABULARY))
    assert "22 tripler lästa = 18 behållna + 0 registrets egna + 4 förlorade" in page.text
    assert "Två rekommenderade termer" in page.text or "två rekommenderade termer" in page.text
    assert db.session.query(ChangeSet).count() == 0
    made = read(
        author.post(f"{ADDRESS}/andringspaket", data={**fields(page), "title": "Möbler"}, follow_redirects=True)
    )
    assert made.heading == "Möbler" and "hylla" in made.text
    members = change_sets.members_of(db.session, db.session.query(ChangeSet).one())
    assert len(members) == 3


def test_what_was_told_is_what_is_done(author):
    told = fields(read(upload(author, VOCABULARY)))
    stale = author.post(f"{ADDRESS}/andringspaket", data={**told, "seen": "0" * 64})
    assert "Innehållet har ändrats sedan kontrollen" in read(stale, 409).text
    nameless = author.post(f"{ADDRESS}/andringspaket", data={**told, "title": ""})
    assert "Skriv ett namn." in read(nameless, 422).text
    for packed in ("", "!", "AAAA", "eJw="):
        assert author.post(f"{ADDRESS}/andringspaket", data={**told, "packed": packed}).status_code == 302
    assert db.session.query(ChangeSet).count() == 0


def test_a_table_comes_back_unchanged_and_says_so(author):
    for extension in ("xlsx", "csv", "tbx", "xl.ttl"):
        data = author.get(f"/termbank/vardplatser.{extension}").data
        page = read(upload(author, data, f"a.{extension}"))
        assert "Ingenting att ändra" in page.text, extension
        assert not page.find("//form[contains(@action, 'las-in/andringspaket')]")


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.ttl", "Välj en fil."),
        (b"%PDF-1.4", "a.pdf", "Filens slag känns inte igen"),
        (b"@prefix", "a.ttl", "rad 1"),
        (b"PK\x03\x04rest", "a.xlsx", "Arbetsboken kan inte läsas"),
        (b"a;b\n1;2", "a.csv", "Rubrikerna saknas"),
        (b"<html/>", "a.tbx", "Filen är inte TBX"),
        (b"<tbx><text/></tbx>", "a.tbx", "Inga begrepp i filen"),
        (b'<!DOCTYPE tbx [<!ENTITY a "&b;&b;"><!ENTITY b "x">]><tbx>&a;</tbx>', "a.tbx", "entitet"),
        (b'{"@context": "http://127.0.0.1:9/c"}', "a.jsonld", "kontext"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_at_its_field(author, data, name, said):
    page = read(upload(author, data, name), 422)
    assert said.lower() in page.text.lower()


def test_only_terminologists_import(client, data_officer, signed_in):
    assert client.get(ADDRESS).status_code in (302, 401, 403)
    assert signed_in(data_officer).get(ADDRESS).status_code == 403


def test_a_long_report_is_bounded(author):
    rows = "Nyckel;Term (sv)\r\n" + "".join(f";term {number}\r\n" for number in range(600))
    page = read(upload(author, rows, "a.csv"))
    assert "och 550 till" in page.text and "För många ändringar" in page.text
    assert not page.find("//form[contains(@action, 'las-in/andringspaket')]")


def test_an_unknown_scheme_is_not_found(author):
    assert author.get("/termbank/system/finns-inte/las-in").status_code == 404
