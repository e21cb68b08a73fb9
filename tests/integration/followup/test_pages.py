"""The follow-up's pages: what a visitor sees of figures, their breaks, their coverage and their trace."""

import csv
import io
import json

import polars as pl
import pytest
from sqlalchemy import select

from registry.actors import PUBLIC, SYSTEM, Role
from registry.db import db, transaction
from registry.identity.services import create_organisation
from registry.identity.tables import Organisation
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.deciding import publish_table
from submission_portal.followup.gateway import current_table
from submission_portal.followup.tables import SourceChange, TableVersion
from submission_portal.followup.versions import latest_version
from submission_portal.forwarding.tables import Release
from tests.factories.legal_answers import example_answers
from tests.factories.released_figures import (
    NOW,
    REGIONS,
    available,
    established,
    outplaced,
    run_worker,
)
from tests.pages import read

ESTABLISHED = "faststallda-vardplatser-per-sjukhus"
BEDS_2015 = (5163, 923, 685, 998, 878, 561, 650, 147, 415, 2974, 672, 4032, 654, 729, 638, 732, 601, 672, 316, 774, 669)
"""Available beds per region 2015 as published (SKL, Verksamhetstabeller 2015, table 32); their sum is 23,883."""


@pytest.fixture
def country(app, world):
    for code, beds in zip(REGIONS, BEDS_2015, strict=True):
        world.release(
            code, "disponibla-vardplatser-per-region-ar", available(code, 2015, beds), "2015", provenance="reproduced"
        )
    run_worker()
    return world


@pytest.fixture
def rates(app, world):
    rows = [
        ("00", "2013-H1", "2.7"),
        ("00", "2014-H1", "2.7"),
        ("25", "2013-H1", "1.9"),
        ("25", "2014-H1", "3.4"),
        ("00", "2017-10", "4.3"),
        ("25", "2017-10", "4.0"),
    ]
    frame = pl.DataFrame(
        {
            "period": [period for _, period, _ in rows],
            "region": [region for region, _, _ in rows],
            "sjukhus": [None] * len(rows),
            "vardform": ["somatisk"] * len(rows),
            "matt": ["overbelaggningar_per_100"] * len(rows),
            "varde": [value for _, _, value in rows],
            "varde__status": ["observed"] * len(rows),
        },
        schema_overrides={"sjukhus": pl.String},
    ).with_columns(pl.col("varde").cast(pl.Decimal(10, 1)))
    world.release("01", "publicerade-kvoter", frame, "2013", provenance="reproduced")
    run_worker()
    return world


def test_the_list_of_measures_leads_to_each(norrbotten, client):
    page = read(client.get("/uppfoljning/"))
    assert "/uppfoljning/faststallda-vardplatser" in page.links
    assert "1 brott" in page.text


def test_a_region_is_drawn_broken_with_its_cause_beside_it(norrbotten, client):
    page = read(client.get("/uppfoljning/faststallda-vardplatser/region/25"))
    assert "799" in page.text
    assert "746" in page.text
    assert "Ändrad tillämpning" in page.text
    lines = (
        "//*[local-name()='svg' and contains(@class, 'at-wide')]//*[local-name()='path' and contains(@class, 'series')]"
    )
    assert len(page.find(lines)) == 2


def test_the_figure_is_one_click_from_both_statements(norrbotten, client):
    figure = read(client.get("/uppfoljning/faststallda-vardplatser/siffra/25/2018-03-01"))
    way = next(link for link in figure.links if "/brott/25/2018-03-01/application" in link)
    both = read(client.get(way))
    assert "53" in both.text
    assert "Till 28 februari 2018" in both.text
    assert "Från 1 mars 2018" in both.text
    assert both.heading == "Ändrad tillämpning: Norrbotten, 1 mars 2018"


def test_a_figure_shows_its_parts_its_coverage_and_its_trace(norrbotten, client):
    page = read(client.get("/uppfoljning/faststallda-vardplatser/siffra/25/2018-03-01"))
    assert "Sunderby sjukhus" in page.text
    assert "Alla 5 finns" in page.text
    assert "L-2026-0002" in page.text
    assert "vad faststalld-vardplats betyder" in page.text or "what faststalld-vardplats means" in page.text


def test_the_same_pages_speak_english(norrbotten, client):
    client.set_cookie("language", "en")
    page = read(client.get("/uppfoljning/faststallda-vardplatser/siffra/25/2018-03-01"))
    assert "May it be compared?" in page.text
    assert "Changed application" in page.text


def test_the_sum_of_regions_stands_beside_the_published_total_and_the_difference_is_explained(country, client):
    page = read(client.get("/uppfoljning/disponibla-vardplatser"))
    assert "23 883" in page.text.replace("\xa0", " ")
    assert "23 885" in page.text.replace("\xa0", " ")
    assert "avrundning" in page.text
    assert "Alla 21 regioner" in page.text


def test_it_is_said_where_no_region_has_stated_how_it_applies_the_words(country, client):
    page = read(client.get("/uppfoljning/disponibla-vardplatser"))
    assert "Ingen region har redovisat hur den tillämpar orden" in page.text and "Läs hur" not in page.text
    assert "/termbank/tillampningar/" in page.links


def test_a_missing_region_keeps_the_country_from_being_shown_in_words(app, world, client):
    world.release("25", "disponibla-vardplatser-per-region-ar", available("25", 2015, 669), "2015")
    run_worker()
    page = read(client.get("/uppfoljning/disponibla-vardplatser"))
    assert "1 av 21 regioner" in page.text
    assert "Skåne" in page.text
    assert "ofullständig" in page.text


def test_rates_stand_beside_the_country_as_published_and_half_years_are_not_joined_with_months(rates, client):
    half_years = read(client.get("/uppfoljning/overbelaggningar-per-100/region/25"))
    assert "aldrig medelvärdet av regionerna" in half_years.text
    assert "okt 2017" not in half_years.text
    months = read(client.get("/uppfoljning/overbelaggningar-per-100-manad"))
    assert "okt 2017" in months.text or "oktober 2017" in months.text
    national = read(client.get("/uppfoljning/overbelaggningar-per-100"))
    assert "Sammanfogas inte med" in national.text


def test_the_spreadsheet_and_the_json_hold_what_the_page_holds(norrbotten, client):
    answer = client.get("/uppfoljning/faststallda-vardplatser/tabell.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 13
    assert "attachment" in answer.headers["Content-Disposition"]
    found = json.loads(client.get("/uppfoljning/faststallda-vardplatser/tabell.json").data)
    assert found["provenance"] == "reproduced"
    assert [one["cause"] for one in found["breaks"]] == ["application"]
    assert {one["value"] for one in found["figures"] if one["key"].count("/") == 1} == {"799", "746"}


def test_the_spreadsheets_call_the_country_by_its_name_and_say_their_source(norrbotten, country, client):
    for language, name, provenance in (
        ("sv", "Riket", "återgivna ur publicerad källa"), ("en", "Sweden", "reproduced from a published source"),
    ):  # fmt: skip
        client.set_cookie("language", language)
        rows = _spreadsheet(client, "disponibla-vardplatser")
        assert {row[1] for row in rows if row[0] == "00"} == {name}
        assert {row[-3] for row in rows[1:]} == {provenance}
        assert all(row[-2].startswith("SKL, Verksamhetstabeller 2015") for row in rows[1:])
    client.set_cookie("language", "sv")
    sources = {row[-2] for row in _spreadsheet(client, "faststallda-vardplatser")[1:]}
    assert all(source.startswith("Region Norrbotten, L-") for source in sources)


def _spreadsheet(client, slug):
    data = client.get(f"/uppfoljning/{slug}/tabell.csv").data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(data), delimiter=";"))


def test_a_hidden_value_is_in_no_page_and_no_download(app, world, actor, client):
    with transaction() as session:
        create_organisation(session, SYSTEM, NOW, kind="region", code="99", name_sv="Exempel", name_en="Example")
    world.organisations["99"] = db.session.query(Organisation).filter_by(code="99").one()
    wards = {("exempel-norra", "Medicin"): 4321, ("exempel-norra", "Kirurgi"): 3, ("exempel-norra", "Ortopedi"): 9876}
    world.release(
        "99", "dagliga-vardplatser-per-avdelning", outplaced("2026-10-19", wards), "2026-10-19", provenance="made_up"
    )
    run_worker()
    assert client.get("/uppfoljning/utlokaliserade-patienter/tabell.json").status_code == 404
    waiting = latest_version(db.session, "utlokaliserade-patienter")
    assert client.get(f"/uppfoljning/utlokaliserade-patienter/versioner/{waiting.number}").status_code == 404
    assert client.get(f"/spar/table:{waiting.id}").status_code == 404
    reviewer = actor("rattsgranskare", (Role.LEGAL_REVIEWER, "nationell-uppfoljning"))
    with transaction() as session:
        publish_table(
            session, reviewer, NOW, session.get_one(TableVersion, waiting.id),
            reason="read", answers=example_answers(counts_persons=True), replies={},
        )  # fmt: skip
    for path in ("tabell.csv", "tabell.json", "region/99", "versioner/1", ""):
        text = client.get(f"/uppfoljning/utlokaliserade-patienter/{path}".rstrip("/")).text
        assert "4321" not in text.replace("\xa0", "").replace(" ", ""), path
        assert "14200" in text.replace("\xa0", "").replace(" ", "") or path == "versioner/1"
    for value in ("3", "4321"):
        assert "/siffra/99/" not in " ".join(read(client.get("/spar/", query_string={"q": value})).links), value
    assert client.get(f"/objects/{waiting.parquet_key}").status_code == 404
    assert client.get(f"/static/../instance/objects/{waiting.parquet_key}").status_code == 404


def test_a_delivery_a_version_and_a_figure_can_be_traced_both_ways(norrbotten, client):
    delivery = read(client.get("/spar/L-2026-0001"))
    assert "Fastställda vårdplatser, tabellversion 1" in delivery.text
    assert "Region Norrbotten" in delivery.text
    table = current_table(db.session, "faststallda-vardplatser", PUBLIC)
    by_hash = client.get("/spar/", query_string={"q": table.content_hash[:12]})
    assert by_hash.status_code == 302
    assert read(client.get(by_hash.location)).text.count("L-2026-000") >= 2


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("799", "/uppfoljning/faststallda-vardplatser/siffra/25/2018-02-28"),
        ("746,0", "/uppfoljning/faststallda-vardplatser/siffra/25/2018-03-01"),
        ("799 norrbotten", "/uppfoljning/faststallda-vardplatser/siffra/25/2018-02-28"),
        ("Norrbotten", "/uppfoljning/faststallda-vardplatser/region/25"),
        ("kiruna", "/uppfoljning/faststallda-vardplatser/region/25"),
        ("fastställda", "/uppfoljning/faststallda-vardplatser"),
        ("established beds", "/uppfoljning/faststallda-vardplatser"),
    ],
)
def test_figures_are_found_by_value_place_and_measure(norrbotten, client, asked, found):
    page = read(client.get("/spar/", query_string={"q": asked}))
    assert found in page.links
    assert "Inget hittades" not in page.text


@pytest.mark.parametrize("asked", ["799 Stockholm", "123456", "Lappland", "1 2", "-"])
def test_what_fits_nothing_is_said_with_what_can_be_looked_up(norrbotten, client, asked):
    page = read(client.get("/spar/", query_string={"q": asked}))
    assert "Inget hittades" in page.text
    assert "799 Norrbotten" in page.text


def test_what_nobody_may_know_of_cannot_be_traced(norrbotten, client, world):
    draft = db.session.query(Delivery).first()
    assert client.get("/spar/L-2099-0001").status_code == 404
    assert client.get("/spar/delivery:" + "0" * 32).status_code == 404
    page = read(client.get(f"/spar/{draft.number}"))
    assert "faststallda-vardplatser-per-sjukhus.csv" not in page.text


def test_an_unknown_measure_region_or_figure_is_a_calm_404(norrbotten, client):
    for path in (
        "finns-inte",
        "faststallda-vardplatser/region/01",
        "faststallda-vardplatser/siffra/25/1999",
        "faststallda-vardplatser/brott/25/2018-03-02/application",
        "faststallda-vardplatser/versioner/9",
    ):
        assert client.get(f"/uppfoljning/{path}").status_code == 404, path


@pytest.mark.parametrize("number", ["99999999999999999999", "-1", "1e9", "x"])
def test_a_version_number_longer_than_any_column_is_no_version(norrbotten, client, number):
    address = "/uppfoljning/faststallda-vardplatser/siffra/25/2018-03-01"
    assert client.get(f"{address}?version={number}").status_code in (200, 404)


def test_the_versions_say_what_changed(norrbotten, world, client):
    last = db.session.query(Release).order_by(Release.period_first.desc()).first()
    world.release(
        "25",
        ESTABLISHED,
        established("2018-03-01", (91, 54, 30, 167, 405))[2:3],
        "2018-03-01",
        corrects=last,
        kind="correction",
        provenance="reproduced",
    )
    run_worker()
    listed = read(client.get("/uppfoljning/faststallda-vardplatser/versioner"))
    assert "Version 2" in listed.text
    version = read(client.get("/uppfoljning/faststallda-vardplatser/versioner/2"))
    assert "Kiruna sjukhus" in version.text
    corrected = read(client.get("/uppfoljning/faststallda-vardplatser/siffra/25/2018-03-01"))
    assert "rättar L-2026-0002" in corrected.text
    old = read(client.get("/uppfoljning/faststallda-vardplatser/siffra/25/2018-03-01?version=1"))
    assert "En nyare version av tabellen är publicerad" in old.text


def test_a_data_officer_declares_a_new_care_system_and_the_series_breaks(norrbotten, actor, signed_in):
    officer = signed_in(actor("uppgiftslamnare", (Role.DATA_OFFICER, "25")))
    address = "/uppfoljning/faststallda-vardplatser/kallbyten"
    empty = read(officer.post(address, data={"region": "", "changed_on": "", "note_sv": ""}))
    assert "Skriv med några ord vad som ändrades." in empty.text
    region = norrbotten.organisations["25"].id
    sent = officer.post(address, data={"region": region, "changed_on": "2018-03-01", "note_sv": "Nytt vårdsystem"})
    assert sent.status_code == 302
    run_worker()
    page = read(officer.get("/uppfoljning/faststallda-vardplatser/region/25"))
    assert "Ändrad källa eller mätning" in page.text
    assert "Nytt vårdsystem" in page.text


def test_a_declaration_names_nobody(norrbotten, actor, signed_in):
    officer = signed_in(actor("uppgiftslamnare", (Role.DATA_OFFICER, "25")))
    told = {"region": norrbotten.organisations["25"].id, "changed_on": "2018-03-01", "note_sv": "Fråga 811218-9876"}
    page = read(officer.post("/uppfoljning/faststallda-vardplatser/kallbyten", data=told))
    assert "Texten innehåller ett personnummer" in page.text
    assert db.session.query(SourceChange).count() == 0


def test_a_declaration_for_another_region_is_refused(norrbotten, actor, signed_in):
    officer = signed_in(actor("granne", (Role.DATA_OFFICER, "24")))
    region = norrbotten.organisations["25"].id
    answer = officer.post(
        "/uppfoljning/faststallda-vardplatser/kallbyten",
        data={"region": region, "changed_on": "2018-03-01", "note_sv": "x"},
    )
    assert answer.status_code == 200
    assert db.session.query(SourceChange).count() == 0


def test_the_public_start_page_tells_the_story_from_the_register(norrbotten, client):
    page = read(client.get("/"))
    assert "799 blev 746" in page.text
    assert any("/uppfoljning/faststallda-vardplatser" in link for link in page.links)


def test_without_a_broken_series_there_is_no_story(app, world, client):
    assert "blev" not in read(client.get("/")).text


def test_a_released_delivery_without_a_receipt_says_so_on_its_page(norrbotten, client):
    """As an instance may have it that lost rows: nobody is shown a server error for it."""
    delivery = db.session.scalars(select(Delivery)).first()
    assert delivery.receipt is None
    page = read(client.get(f"/leveranser/{delivery.number}/"))
    assert "Kvittensen saknas" in page.text
    assert client.get(f"/leveranser/{delivery.number}/kvittens.json").status_code == 404
