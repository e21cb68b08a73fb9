"""A measure that takes all forms of care together, from two deliveries to its pages. The figures are made up."""

from decimal import Decimal

import polars as pl
import pytest

from information_models.starter.loading import measure_contents
from registry.actors import PUBLIC
from registry.db import db
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.gateway import current_table
from submission_portal.followup.queries import figures_of, findings_of, releases_made_from
from submission_portal.followup.versions import latest_version
from tests.by_hand import by_hand
from tests.factories.released_figures import NOW, World, hospital_codes, publish, run_worker
from tests.integration.followup.test_monthly_rates import (
    FEW_IN_KIRUNA,
    MADE_UP,
    MODEL,
    RATE,
    counted,
    decide_on,
    monthly,
)
from tests.pages import read
from tests.shown import as_shown

BEDS = "platser-alla-vardformer"


@pytest.fixture
def world(app, organisations) -> World:
    return World.load(organisations)


def psychiatric(month: str, rows: tuple[tuple[float, float], ...]) -> pl.DataFrame:
    return monthly(month, rows).with_columns(pl.lit("psykiatrisk").alias("vardform"))


def measured(world, slug: str, *, element: str = "overbelaggningar", **changes: object) -> None:
    with by_hand() as session:
        publish(session, "measure", slug, counted(element, slug, **changes), world.steward)


def beds(world, **changes: object) -> None:
    measured(world, BEDS, element="disponibla", concerns_persons=False, **changes)


def found_in(slug: str) -> dict[str, object]:
    return {one.key: one for one in figures_of(as_shown(latest_version(db.session, slug)))}


def test_two_deliveries_of_a_month_are_one_figure_that_leads_back_to_both(world, client):
    beds(world, where={})
    first = world.release("25", MODEL, monthly("2026-10", MADE_UP), "2026-10")
    added = psychiatric("2026-10", ((10, 0), (10, 0), (0, 0), (20, 0), (60, 0)))
    second = world.release("25", MODEL, added, "2026-10", corrects=first, kind="correction")
    run_worker()
    kiruna = f"25/2026-10/sjukhus/{hospital_codes()['Kiruna sjukhus']}"
    found = found_in(BEDS)
    assert (found["25/2026-10"].value, found[kiruna].value) == (850, 30)
    table = current_table(db.session, BEDS, PUBLIC)
    assert not [one for one in findings_of(table) if one.code in ("FOL-003", "FOL-017")]
    assert set(releases_made_from(db.session, table)) == {first.id, second.id} == set(found[kiruna].releases)
    for key in ("25/2026-10", kiruna):
        page = read(client.get(f"/uppfoljning/{BEDS}/siffra/{key}"))
        for release in (first, second):
            assert db.session.get_one(Delivery, release.delivery_id).number in page.text


def test_the_same_rows_in_two_deliveries_count_once_and_that_is_said(world):
    beds(world, where={})
    both = pl.concat([monthly("2026-10", MADE_UP), psychiatric("2026-10", MADE_UP)])
    world.release("25", MODEL, both, "2026-10")
    halved = psychiatric("2026-10", tuple((beds / 2, over) for beds, over in MADE_UP))
    world.release("25", MODEL, halved, "2026-11", now=NOW.replace(hour=9))
    run_worker()
    assert found_in(BEDS)["25/2026-10"].value == 750 + 375
    (twice,) = findings_of(current_table(db.session, BEDS, PUBLIC))
    assert (twice.code, twice.params["cells"]) == ("FOL-003", 5)
    assert dict(twice.places[0].key)["vardform"] == "psykiatrisk"


def test_a_measure_of_whole_regions_misses_the_hospital_that_has_not_delivered_and_names_it(world, client):
    beds(world, dimensions=[], where={})
    four = monthly("2026-10", MADE_UP).filter(pl.col("sjukhus") != hospital_codes()["Kiruna sjukhus"])
    world.release("25", MODEL, pl.concat([four, psychiatric("2026-11", MADE_UP)]), "2026-10")
    world.release("25", MODEL, monthly("2026-11", MADE_UP), "2026-11")
    run_worker()
    found = found_in(BEDS)
    assert (found["25/2026-10"].value, found["25/2026-10"].status.value) == (None, "incomplete")
    assert found["25/2026-11"].value == 1500
    page = read(client.get(f"/uppfoljning/{BEDS}/siffra/25/2026-10"))
    assert "Kiruna sjukhus" in page.text and "4 av 5" in page.text


def test_small_numbers_are_those_of_the_sum_that_is_shown(world):
    """Two somatic and nine psychiatric patients are eleven, and eleven are many; two and one are few."""
    slug = "overbelaggningar-alla"
    measured(world, slug, where={})
    with by_hand() as session:
        for other in ("utlokaliserade-per-100-sjukhus", RATE):
            session.merge(world.measures[other]).state = "withdrawn"
    nine, one = ((0, 9), (0, 9), (0, 9), (0, 9), (0, 9)), ((0, 9), (0, 9), (0, 1), (0, 9), (0, 9))
    kiruna = hospital_codes()["Kiruna sjukhus"]
    for month, other in (("2026-10", nine), ("2026-11", one)):
        world.release("25", MODEL, pl.concat([monthly(month, FEW_IN_KIRUNA), psychiatric(month, other)]), month)
    run_worker()
    found = found_in(slug)
    assert found[f"25/2026-10/sjukhus/{kiruna}"].value == 11
    assert found[f"25/2026-11/sjukhus/{kiruna}"].status.value == "hidden"
    assert latest_version(db.session, slug).protection.primary == (f"25/2026-11/sjukhus/{kiruna}",)


def test_a_count_of_whole_regions_is_protected_in_one_table_with_the_rate_per_hospital(world, actor):
    slug = "overbelaggningar-regionvis"
    world.release("25", MODEL, monthly("2026-10", FEW_IN_KIRUNA), "2026-10")
    run_worker()
    decide_on(RATE, actor)
    measured(world, slug, dimensions=[])
    world.release("25", MODEL, monthly("2026-11", MADE_UP), "2026-11")
    run_worker()
    table = latest_version(db.session, slug)
    assert table.state == "published" and table.protection.is_safe and table.protection.findings == ()
    assert found_in(slug)["25/2026-10"].value == 46
    assert latest_version(db.session, RATE).protection.is_safe


def test_rates_of_a_measure_that_was_made_before_and_singles_out_no_row_are_not_shown_and_that_is_said(world):
    slug = "kvoter-utan-val"
    body = measure_contents()["overbelaggningar-per-100"] | {"slug": slug, "where": {"vardform": "somatisk"}}
    with by_hand() as session:
        publish(session, "measure", slug, body, world.steward)
    rows = pl.DataFrame(
        {
            "period": ["2016-H1"] * 3,
            "region": ["25", "25", "24"],
            "sjukhus": [None] * 3,
            "vardform": ["somatisk"] * 3,
            "matt": ["overbelaggningar_per_100", "utlokaliserade_per_100", "overbelaggningar_per_100"],
            "varde": [Decimal("3.5"), Decimal("1.2"), Decimal("2.0")],
            "varde__status": ["observed"] * 3,
        },
        schema_overrides={"sjukhus": pl.String, "varde": pl.Decimal(12, 1)},
    )
    world.release("25", "publicerade-kvoter", rows, "2016-H1", provenance="reproduced")
    run_worker()
    assert {key: one.value for key, one in found_in(slug).items()} == {"24/2016-H1": 2}
    (said,) = findings_of(current_table(db.session, slug, PUBLIC))
    assert (said.code, said.params["cells"], said.places[0].key) == ("FOL-017", 1, (("figure", "25/2016-H1"),))
    assert found_in("overbelaggningar-per-100")["25/2016-H1"].value == Decimal("3.5")
