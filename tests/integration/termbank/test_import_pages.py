"""Importing on the web: choose a file, read what would be done, make the change set."""

import io
import re
from datetime import timedelta

import pytest

from registry import clock, jobs
from registry.actors import Role
from registry.db import db
from registry.items.change_sets import queries as change_sets
from registry.items.tables import ChangeSet
from termbank.imports import files, importing
from termbank.imports.tables import ConceptImport
from tests.conftest import NOW
from tests.integration.termbank.test_importing import VOCABULARY
from tests.pages import read

ADDRESS = "/termbank/system/vardplatser/las-in"


@pytest.fixture
def author(terminologist, signed_in):
    return signed_in(terminologist)


def upload(who, data, name="a.ttl", **fields):
    data = data.encode() if isinstance(data, str) else data
    return who.post(
        ADDRESS, data={"file": (io.BytesIO(data), name), **fields}, content_type="multipart/form-data",
        follow_redirects=True,
    )  # fmt: skip


def form_of(page) -> tuple[str, dict[str, str]]:
    """Where the change set is asked for, and what is sent along."""
    form = page.find("//form[contains(@action, 'andringspaket')]")[0]
    given = {one.get("name"): one.get("value", "") for one in form.iter("input") if one.get("name")}
    return form.get("action"), given


def test_from_the_scheme_s_page_to_the_change_set(author):
    assert ADDRESS in read(author.get("/termbank/system/vardplatser/")).links
    assert "ändringspaket" in read(author.get(ADDRESS)).text
    page = read(upload(author, VOCABULARY))
    assert "22 tripler lästa = 18 behållna + 0 registrets egna + 4 förlorade" in page.text
    assert "Två rekommenderade termer" in page.text or "två rekommenderade termer" in page.text
    assert db.session.query(ChangeSet).count() == 0
    address, given = form_of(page)
    new = read(author.get(f"{address.removesuffix('andringspaket')}?visa=new"))
    assert "lådhylla" in new.text and "plan skiva" in new.text
    assert re.search(r"\b[0-9a-f]{32}\b", new.text) is None, "the scheme is told by its title"
    made = read(author.post(address, data={**given, "title": "Möbler"}, follow_redirects=True))
    assert made.heading == "Möbler" and "hylla" in made.text
    members = change_sets.members_of(db.session, db.session.query(ChangeSet).one())
    assert len(members) == 3
    assert "Ändringspaketet är gjort" in read(author.get(ADDRESS)).text


def test_what_was_told_is_what_is_done(author):
    address, told = form_of(read(upload(author, VOCABULARY)))
    stale = author.post(address, data={**told, "seen": "0" * 64})
    assert "Innehållet har ändrats sedan kontrollen" in read(stale, 409).text
    nameless = author.post(address, data={**told, "title": ""})
    assert "Skriv ett namn." in read(nameless, 422).text
    assert db.session.query(ChangeSet).count() == 0
    author.post(address, data=told)
    again = author.post(address, data=told)
    assert again.status_code == 409 and db.session.query(ChangeSet).count() == 1


def test_where_something_was_published_meanwhile_it_is_told_anew(author, monkeypatch):
    address, told = form_of(read(upload(author, VOCABULARY)))
    monkeypatch.setattr(files, "fingerprint", lambda plan: "f" * 64)
    page = read(author.post(address, data=told, follow_redirects=True))
    assert "Innehållet har ändrats sedan kontrollen" in page.text and form_of(page)[1]["seen"] == "f" * 64
    assert db.session.query(ChangeSet).count() == 0


def test_a_large_file_is_read_and_made_into_a_set_by_the_worker(author, monkeypatch):
    monkeypatch.setattr(files, "WHILE_ONE_WAITS", 10)
    monkeypatch.setattr(files, "AT_MOST", 2)
    page = read(upload(author, VOCABULARY))
    assert "Filen läses" in page.text and not page.find("//form[contains(@action, 'andringspaket')]")
    jobs.drain()
    (one,) = db.session.query(ConceptImport).all()
    report = f"{ADDRESS}/{one.id}/"
    address, told = form_of(read(author.get(report)))
    page = read(author.post(address, data=told, follow_redirects=True))
    assert "Inte påbörjat" in page.text and db.session.query(ChangeSet).count() == 0
    work = db.session.get(jobs.Job, db.session.get(ConceptImport, one.id).work_id)
    run = jobs.JobRun(work.id, work.payload, NOW, 2)
    jobs.drain()
    files.run_making(run)  # as after a worker that died when it was done
    assert "Ändringspaketet är gjort" in read(author.get(report)).text and db.session.query(ChangeSet).count() == 1


def test_what_the_worker_cannot_do_is_told_on_the_page(author, monkeypatch):
    monkeypatch.setattr(files, "WHILE_ONE_WAITS", 1)
    upload(author, "@prefix")
    jobs.drain()
    (one,) = db.session.query(ConceptImport).all()
    assert "Filen kan inte läsas" in read(author.get(f"{ADDRESS}/{one.id}/")).text
    monkeypatch.setattr(files, "LEFT_ALONE", timedelta(0))
    files.run_sweeping(jobs.JobRun("", {}, clock.now() + timedelta(days=1), 1))
    assert author.get(f"{ADDRESS}/{one.id}/").status_code == 404


def test_another_organisations_import_is_not_found(author, actor, signed_in):
    address, _told = form_of(read(upload(author, VOCABULARY)))
    stranger = signed_in(actor("annan", (Role.TERMINOLOGIST, "nationell-uppfoljning")))
    assert stranger.get(address.removesuffix("andringspaket")).status_code in (403, 404)


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


def test_a_long_report_is_read_in_pages(author):
    rows = "Nyckel;Term (sv)\r\n" + "".join(f";term {number}\r\n" for number in range(60))
    page = read(upload(author, rows, "a.csv"))
    assert "1–50 av 60" in page.text and "term 49" in page.text and "term 59" not in page.text
    address, _given = form_of(page)
    assert "term 59" in read(author.get(f"{address.removesuffix('andringspaket')}?sida=2")).text


def test_more_than_a_change_set_holds_is_refused(author, monkeypatch):
    monkeypatch.setattr(importing, "AT_MOST_IMPORTED", 2)
    page = read(upload(author, VOCABULARY))
    assert "För många ändringar" in page.text and not page.find("//form[contains(@action, 'andringspaket')]")


def test_an_unknown_scheme_is_not_found(author):
    assert author.get("/termbank/system/finns-inte/las-in").status_code == 404
