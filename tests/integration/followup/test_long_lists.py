"""Pages of what has grown long: they say how much there is, show the newest, and lead to all of it."""

import json
import re

import polars as pl
import pytest

from registry.actors import PUBLIC
from registry.db import db
from submission_portal.followup.gateway import current_table
from tests.factories.released_figures import REGIONS, available, run_worker
from tests.pages import read

MONTHLY, RATES = "overbelaggningar-per-100-manad", "publicerade-kvoter"
MEASURE, MODEL = "disponibla-vardplatser", "disponibla-vardplatser-per-region-ar"
MONTHS = [f"{year}-{month:02}" for year in range(2005, 2018) for month in range(1, 13)]
FIGURE = re.compile(rf"/uppfoljning/{MONTHLY}/siffra/25/([0-9-]+)$")
DELIVERY = re.compile(r"/spar/(L-[0-9]{4}-[0-9]+)$")


@pytest.fixture
def thirteen_years(app, world):
    """The country and two regions, month by month."""
    rows = [(region, month) for month in MONTHS for region in ("00", "24", "25")]
    frame = pl.DataFrame(
        {
            "period": [month for _, month in rows],
            "region": [region for region, _ in rows],
            "sjukhus": [None] * len(rows),
            "vardform": ["somatisk"] * len(rows),
            "matt": ["overbelaggningar_per_100"] * len(rows),
            "varde": [f"{number % 7}.{number % 10}" for number in range(len(rows))],
            "varde__status": ["observed"] * len(rows),
        },
        schema_overrides={"sjukhus": pl.String},
    ).with_columns(pl.col("varde").cast(pl.Decimal(10, 1)))

    def build() -> None:
        world.release("01", RATES, frame, "2005", provenance="reproduced")
        run_worker()

    world.grown("thirteen years", build)
    return world


@pytest.fixture
def many_deliveries(app, world):
    """A table that rests on 21 deliveries."""

    def build() -> None:
        for code in REGIONS:
            world.release(code, MODEL, available(code, 2015, 100), "2015", provenance="reproduced")
        run_worker()

    world.grown("many deliveries", build)
    return world


def every_page(client, address: str) -> list:
    """The page and those that its pagination leads to, in order."""
    pages = [read(client.get(address))]
    while following := pages[-1].find("//nav[contains(@class, 'pagination')]//a[@rel='next']/@href"):
        pages.append(read(client.get(following[0])))
    return pages


def test_every_month_of_a_region_is_on_some_page(thirteen_years, client):
    pages = every_page(client, f"/uppfoljning/{MONTHLY}/region/25")
    assert len(pages) == 6
    shown = [
        month for page in pages for link in page.links if (found := FIGURE.match(link)) for month in found.groups()
    ]
    assert sorted(set(shown)) == MONTHS


def test_a_drawing_says_which_months_it_has_and_goes_back_with_the_page(thirteen_years, client):
    first, *_, last = every_page(client, f"/uppfoljning/{MONTHLY}/region/25")
    assert "120 av 156 perioder, jan 2008 till dec 2017" in first.text
    assert "1 av 156" in last.text


def test_every_period_of_a_measure_can_be_chosen_and_an_old_address_still_leads_to_it(thirteen_years, client):
    pages = every_page(client, f"/uppfoljning/{MONTHLY}")
    chosen = [option for page in pages for option in page.find("//select[@name='period']/option/@value")]
    assert sorted(chosen) == MONTHS
    old = read(client.get(f"/uppfoljning/{MONTHLY}?period=2006-03"))
    assert old.find("//select[@name='period']/option[@selected]/@value") == ["2006-03"]
    assert len({FIGURE.match(link)[1] for link in old.links if FIGURE.match(link)}) <= 31


def test_a_page_beyond_the_last_is_the_last(thirteen_years, client):
    far = read(client.get(f"/uppfoljning/{MONTHLY}/region/25?sida=99999"))
    assert far.text == read(client.get(f"/uppfoljning/{MONTHLY}/region/25?sida=6")).text


def test_a_trace_names_the_newest_deliveries_and_leads_to_all(many_deliveries, client, app):
    table = current_table(db.session, MEASURE, PUBLIC)
    page = read(client.get(f"/uppfoljning/{MEASURE}/versioner/{table.number}"))
    named = {found[1] for link in page.links if (found := DELIVERY.match(link))}
    assert len(named) == 20
    assert "21 leveranser" in page.text
    whole = next(link for link in page.links if "visa=delivery" in link)
    listed = every_page(client, whole)
    everything = {found[1] for one in listed for link in one.links if (found := DELIVERY.match(link))}
    assert len(listed) == 2
    assert len(everything) == 21 and named < everything
    told = json.loads(app.test_cli_runner().invoke(args=["trace", table.ref, "--json"]).output)
    parts = next(knot for knot in told["rests_on"] if knot["knot"] == "delivery")["parts"]
    assert len(parts) == 21


def test_a_list_that_a_trace_does_not_have_is_the_whole_trace(many_deliveries, client):
    table = current_table(db.session, MEASURE, PUBLIC)
    asked = read(client.get(f"/spar/{table.ref}?visa=nothing&sida=3"))
    assert asked.text == read(client.get(f"/spar/{table.ref}")).text


def test_breaks_have_a_list_of_their_own(norrbotten, client):
    page = read(client.get("/uppfoljning/faststallda-vardplatser/brott/"))
    assert "Ändrad tillämpning" in page.text
    of_region = read(client.get("/uppfoljning/faststallda-vardplatser/brott/?region=25"))
    assert "Norrbotten" in of_region.heading
    assert "Inget brott är känt" in read(client.get("/uppfoljning/faststallda-vardplatser/brott/?region=14")).text
