"""The check of a whole scheme: asked for, done by the worker, and read in pages."""

from registry import jobs
from registry.db import db
from termbank.scheme_checks import checking
from termbank.scheme_checks.tables import SchemeCheck
from tests.pages import read

ADDRESS = "/termbank/system/vardplatser/kontroll/"


def test_a_scheme_is_checked_by_the_worker_and_its_findings_are_read_in_pages(
    terminologist, signed_in, monkeypatch, app
):
    author = signed_in(terminologist)
    assert ADDRESS in read(author.get("/termbank/system/vardplatser/")).links
    assert "Inte kontrollerat ännu" in read(author.get(ADDRESS)).text
    asked = read(author.post(ADDRESS, follow_redirects=True))
    assert "Hela begreppssystemet kontrolleras" in asked.text and not asked.find(
        "//form[contains(@action, 'kontroll')]"
    )
    first = db.session.query(SchemeCheck).one().work_id
    author.post(ADDRESS)
    db.session.rollback()
    assert db.session.query(SchemeCheck).one().work_id == first, "one check at a time"
    jobs.drain()
    page = read(author.get(ADDRESS))
    assert "Kontrollerat" in page.text and "Begrepp" in page.text
    code = next(one.rpartition("=")[2] for one in page.links if "?kontroll=" in one)
    monkeypatch.setattr(checking, "SHOWN", 1)
    assert read(author.get(f"{ADDRESS}?kontroll={code}")).find("//ul[@class='rows']/li")
    english = author.get(f"{ADDRESS}?kontroll={code}", headers={"Accept-Language": "en"})
    assert english.status_code == 200
    told = app.test_cli_runner().invoke(args=["termbank", "check", "vardplatser", "--json"])
    assert code in told.stdout


def test_only_terminologists_of_the_scheme_have_it_checked(data_officer, signed_in, client):
    assert signed_in(data_officer).post(ADDRESS).status_code == 403
    assert client.get(ADDRESS).status_code in (302, 401, 403)
