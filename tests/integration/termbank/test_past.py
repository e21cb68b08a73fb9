"""A scheme as it was on a day: page, files and commands show what applied then, and bad days are answered clearly."""

import json
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Literal, URIRef

from registry import clock
from registry.actors import SYSTEM
from registry.db import transaction
from registry.findings import Text
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.lifecycle import Change
from registry.items.starter import publish_loaded
from registry.items.withdrawing import take_out_of_use
from registry.meanwhile import Meanwhile
from termbank import services
from termbank.bank.queries import published_schemes, term_banks
from termbank.presentation import offers
from termbank.presentation import past as presented
from tests.conftest import NOW
from tests.factories.concepts import defined
from tests.pages import read

SLUG, GONE = "varddygn", "permission"
NEW = Text("vårdplats med ny lydelse", "hospital bed in new words")
PAGE = "/termbank/system/vardplatser/som-det-var"
REVISED = datetime(2026, 11, 10, 9, tzinfo=UTC)
MOVED = "https://beds.example/"
BEFORE, AFTER = date(2026, 11, 9), date(2026, 11, 10)


@pytest.fixture(autouse=True)
def later(term_bank, monkeypatch):
    """The starter's content was published on 2 November; on the 10th one wording is revised and one concept withdrawn."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 9, tzinfo=UTC))
    with transaction() as session:
        item = items.item_by_slug(session, "concept", SLUG)
        changed = replace(term_banks.concept_of(items.current(session, item)), definitions=defined(NEW.sv, NEW.en))
        draft = services.draft_concept(
            session, SYSTEM, REVISED, item=item, concept=changed, organisation_id=item.organisation_id, reason="Prov."
        )
        publish_loaded(session, REVISED, draft, change=Change.MEANING, valid_from=AFTER)
        out = items.current(session, items.item_by_slug(session, "concept", GONE))
        take_out_of_use(session, SYSTEM, REVISED, out)


@pytest.fixture
def command(app):
    runner = app.test_cli_runner()
    return lambda *arguments: runner.invoke(args=["termbank", *arguments])


def definitions(data: bytes) -> set[str]:
    return {str(one) for one in Graph().parse(data=data, format="turtle").objects(None, SKOS.definition)}


def all_pages(client, address) -> str:
    return "".join(read(client.get(f"{address}&sida={number}")).text for number in (1, 2))


def test_the_page_shows_what_applied_that_day(client):
    old, new = (all_pages(client, f"{PAGE}?den={day}") for day in (BEFORE, AFTER))
    assert NEW.sv in new
    assert NEW.sv not in old
    assert "Återtagna då" in new
    assert "Återtagna då" not in old


def test_the_files_are_those_of_the_day(client, command):
    old, new = (client.get(f"/termbank/vardplatser.ttl?den={day}") for day in (BEFORE, AFTER))
    assert NEW.sv in definitions(new.data)
    assert NEW.sv not in definitions(old.data)
    assert b"deprecated" in new.data.lower()
    assert b"owl#deprecated" not in old.data and b"owl:deprecated" not in old.data
    assert "vardplatser-2026-11-09.ttl" in old.headers["Content-Disposition"]
    assert command("export", "vardplatser", "--on", BEFORE.isoformat()).stdout_bytes == old.data


def test_the_scheme_itself_is_as_it_was_that_day(client, command, terminologist):
    """Its title, and the base that names began with; what was called otherwise before says so."""
    with transaction() as session:
        item = items.item_by_slug(session, "scheme", "vardplatser")
        moved = replace(
            published_schemes.scheme_named(session, "vardplatser"), base=MOVED, title=Text("Sängar", "Beds")
        )
        draft = lifecycle.keep_draft(session, terminologist, REVISED, item, content=moved.as_content(), reason="Prov.")
        publish_loaded(session, REVISED, draft, change=Change.EDITORIAL, valid_from=None)
    old, new = (Graph().parse(data=client.get(f"/termbank/vardplatser.ttl?den={day}").data) for day in (BEFORE, AFTER))
    assert not any(MOVED in str(term) for triple in old for term in triple)
    assert (None, OWL.sameAs, None) not in old
    assert (URIRef(MOVED), DCTERMS.title, Literal("Sängar", lang="sv")) in new
    assert set(new.subjects(OWL.sameAs)) == {URIRef(MOVED), *new.subjects(RDF.type, SKOS.Concept)}
    assert command("export", "vardplatser", "--on", BEFORE.isoformat(), "--format", "ntriples").stdout_bytes == (
        client.get(f"/termbank/vardplatser.nt?den={BEFORE}").data
    )
    assert "Vårdplatser" in read(client.get(f"{PAGE}?den={BEFORE}")).find("string(//h1)")
    assert "Sängar" in read(client.get(f"{PAGE}?den={AFTER}")).find("string(//h1)")


def test_today_is_as_the_scheme_is(client):
    today = client.get("/termbank/vardplatser.ttl").data
    assert client.get("/termbank/vardplatser.ttl?den=2026-11-20").data == today


def test_before_the_first_publication_there_was_nothing(client, command):
    day = clock.today(NOW) - timedelta(days=1)
    page = read(client.get(f"{PAGE}?den={day}"))
    assert "Inget hade publicerats då" in page.text
    result = command("export", "vardplatser", "--on", day.isoformat())
    assert result.exit_code == 1
    assert f"Nothing in vardplatser had been published by {day}" in result.output


@pytest.mark.parametrize(("written", "said"), [("igår", "«igår»"), ("2026-02-30", "«2026-02-30»"), ("", "«»"), ("2026-11-21", "inte varit ännu")])  # fmt: skip
def test_a_day_that_is_none_or_is_to_come_is_told(client, command, written, said):
    for address in (PAGE, "/termbank/vardplatser.ttl"):
        answer = client.get(f"{address}?den={written}")
        assert answer.status_code == 400
        assert said in read(answer, status=400).text
    result = command("export", "vardplatser", "--on", written)
    assert result.exit_code == 2
    assert written in result.output


def test_the_check_takes_a_day_for_a_scheme_and_none_for_a_file(command, tmp_path):
    result = command("check", "vardplatser", "--on", BEFORE.isoformat(), "--json")
    assert json.loads(result.output)
    (file := tmp_path / "one.ttl").write_text("")
    result = command("check", str(file), "--on", BEFORE.isoformat())
    assert result.exit_code == 2
    assert "not for a file" in result.output


def test_a_scheme_that_is_not_there_has_no_past(client):
    assert client.get("/termbank/system/mobler/som-det-var?den=2026-11-09").status_code == 404
    assert client.get("/termbank/mobler.ttl?den=2026-11-09").status_code == 404


def test_the_scheme_s_page_leads_to_its_past(client):
    page = read(client.get("/termbank/system/vardplatser/"))
    form = page.find("//form[contains(@action, 'som-det-var')]")[0]
    assert form.xpath(".//input[@name='den']/@value") == ["2026-11-20"]


class Held(Meanwhile):
    """Nobody waits for what is made, and it is not made before it is let go."""

    def __init__(self):
        super().__init__(patience=0.0)
        self._may_begin = threading.Event()

    def made(self, key, make):
        return super().made(key, lambda: self._may_begin.wait(60) and make())

    def let_go(self):
        self._may_begin.set()
        self.patience = 60


def test_a_large_scheme_is_read_once_for_all_of_its_pages(client, monkeypatch):
    small = all_pages(client, f"{PAGE}?den={BEFORE}")
    monkeypatch.setattr(term_banks, "LARGE", 1)
    hurried = Held()
    monkeypatch.setattr(presented, "MEANWHILE", hurried)
    answer = client.get(f"{PAGE}?den={BEFORE}")
    assert answer.status_code == 503 and "Det tas fram" in answer.text
    hurried.let_go()
    assert all_pages(client, f"{PAGE}?den={BEFORE}") == small
    monkeypatch.setattr(presented, "_read", lambda *_: pytest.fail("read again"))
    assert all_pages(client, f"{PAGE}?den={BEFORE}") == small


def test_the_page_of_a_large_scheme_waits_for_no_file(client, monkeypatch):
    monkeypatch.setattr(term_banks, "LARGE", 1)
    monkeypatch.setattr(offers, "_lost", {})
    hurried = Held()
    monkeypatch.setattr(offers, "MEANWHILE", hurried)
    page = read(client.get("/termbank/system/vardplatser/"))
    assert "Vad filerna utelämnar räknas fram." in page.text
    hurried.let_go()
    assert "räknas fram" not in read(client.get("/termbank/system/vardplatser/")).text
