"""Regions that apply a wording differently are not comparable, and that stands beside their figures wherever they are shown."""

import json
from datetime import date, timedelta

import pytest

from registry import clock
from tests.factories.released_figures import available, run_worker
from tests.factories.statements import stated
from tests.pages import read

BEDS, CONCEPT = "disponibla-vardplatser", "disponibel-vardplats"
PAGE = f"/uppfoljning/{BEDS}"
APART = {"technical-beds-counted": "no"}


def told(client):
    return json.loads(client.get(f"{PAGE}/jamforbarhet.json").data)


@pytest.fixture
def figures(app, world):
    for code, beds in (("03", 650), ("24", 812), ("25", 745)):
        world.release(
            code, "disponibla-vardplatser-per-region-ar", available(code, 2015, beds), "2015", provenance="reproduced"
        )
    run_worker()
    return world


@pytest.fixture
def differing(figures):
    """Norrbotten counts technical beds, Västerbotten does not since 2015, and Uppsala has stated nothing."""
    stated(CONCEPT, "25", {}, now=clock.now())
    stated(CONCEPT, "24", APART, valid_from=date(2015, 1, 1), now=clock.now())


@pytest.fixture
def later(monkeypatch):
    """Three weeks on: what was not answered in fourteen days is out."""
    then = clock.now() + timedelta(days=21)
    monkeypatch.setattr(clock, "now", lambda: then)


def test_every_page_of_figures_says_which_regions_are_not_comparable_and_why(differing, later, client):
    why = "Räknas tekniska vårdplatser in? Norrbotten: ja; Västerbotten: nej."
    unanswered = "Obesvarad: Norrbotten, Västerbotten."
    national = read(client.get(PAGE)).text
    for said in (why, unanswered, "inte jämförbar med Norrbotten", "inte jämförbar med Västerbotten", "Norrbotten ≠"):
        assert said in national, said
    assert "Uppsala ≠" not in national
    region = read(client.get(f"{PAGE}/region/25")).text
    figure = read(client.get(f"{PAGE}/siffra/25/2015")).text
    for page in (region, figure):
        assert "Inte jämförbara Västerbotten" in page
        assert why in page
        assert unanswered in page
    assert "Inte jämförbar medVästerbotten" in figure, "the trace says it where it tells how the wording was applied"
    trace = read(client.get(f"{PAGE}/versioner/1")).text
    assert "Norrbotten och Västerbotten" in trace


def test_a_file_beside_those_of_the_table_says_what_is_not_comparable_and_why(differing, later, client):
    (one,) = told(client)["not_comparable"]
    assert (one["concept"], set(one["regions"]), one["from"], one["to"]) == (CONCEPT, {"24", "25"}, "2015-01-01", None)
    assert set(one["unanswered"]) == {"24", "25"}
    assert f"{PAGE}/jamforbarhet.json" in read(client.get(PAGE)).links
    assert client.get("/uppfoljning/sandslott/jamforbarhet.json").status_code == 404


def test_the_files_of_a_version_stay_as_they_are_and_lead_to_what_is_known_today(differing, client, monkeypatch):
    before = [client.get(f"{PAGE}/tabell.{kind}").data for kind in ("csv", "json")]
    then = clock.now() + timedelta(days=21)
    monkeypatch.setattr(clock, "now", lambda: then)
    after = [client.get(f"{PAGE}/tabell.{kind}") for kind in ("csv", "json")]
    assert told(client)["not_comparable"]
    assert [answer.data for answer in after] == before
    assert {answer.headers["Link"] for answer in after} == {f'<{PAGE}/jamforbarhet.json>; rel="describedby"'}


def test_the_command_line_says_it_beside_the_figures(differing, later, app):
    told = app.test_cli_runner().invoke(args=["followup", "figures", BEDS, "--region", "24"]).output
    assert "≠ Norrbotten and Västerbotten: not comparable. Are technical beds counted?" in told
    assert "≠" not in app.test_cli_runner().invoke(args=["followup", "figures", BEDS, "--region", "03"]).output
    machine = app.test_cli_runner().invoke(args=["followup", "figures", BEDS, "--json"]).output
    assert len(json.loads(machine)["comparability"]["not_comparable"]) == 1


def test_nothing_is_said_of_it_while_the_regions_may_answer(differing, client):
    assert "Norrbotten: ja" not in read(client.get(f"{PAGE}/siffra/25/2015")).text
    assert "inte jämförbar med" not in read(client.get(PAGE)).text
    assert told(client)["not_comparable"] == []


def test_a_figure_is_compared_as_the_words_were_applied_on_its_own_last_day(figures, client, monkeypatch):
    stated(CONCEPT, "25", {}, now=clock.now())
    stated(CONCEPT, "24", APART, valid_from=date(2016, 1, 1), now=clock.now())
    then = clock.now() + timedelta(days=21)
    monkeypatch.setattr(clock, "now", lambda: then)
    page = read(client.get(f"{PAGE}/siffra/25/2015")).text
    assert "Så som ordalydelsen tillämpades 31 december 2015: Ingen annan region har redovisat" in page
    assert "Inte jämförbar med" not in page
    assert "I dag: Inte jämförbara 1" in page


def test_a_region_that_has_stated_nothing_is_not_said_to_be_like_others(differing, later, client):
    page = read(client.get(f"{PAGE}/siffra/03/2015")).text
    assert "Regionen har inte redovisat hur den tillämpar ordalydelsen." in page
