"""From monthly files to rates per hospital and region, on figures that are made up."""

from decimal import Decimal

import polars as pl
import pytest

from registry.db import db
from submission_portal.followup.queries import current_table, figures_of, latest_version
from tests.factories.released_figures import HOSPITALS, World, hospital_codes, run_worker

MODEL = "manadsuppgifter-per-sjukhus"
RATE, BEDS = "overbelaggningar-per-100-sjukhus", "disponibla-vardplatser-manad"
MADE_UP = ((90, 9), (50, 6), (30, 6), (160, 8), (420, 21))
"""Available beds and overcrowding by hospital: made up."""


def monthly(month: str, rows: tuple[tuple[float, float], ...]) -> pl.DataFrame:
    codes = hospital_codes()
    count = len(rows)
    columns: dict[str, object] = {
        "manad": [month] * count,
        "sjukhus": [codes[name] for name in HOSPITALS],
        "vardform": ["somatisk"] * count,
    }
    for name, values in (
        ("disponibla", [beds for beds, _ in rows]),
        ("overbelaggningar", [over for _, over in rows]),
        ("utlokaliserade", [over for _, over in rows]),
    ):
        columns |= {name: [Decimal(str(value)) for value in values], f"{name}__status": ["observed"] * count}
    decimals = {name: pl.Decimal(12, 2) for name in ("disponibla", "overbelaggningar", "utlokaliserade")}
    return pl.DataFrame(columns, schema_overrides=decimals)


@pytest.fixture
def world(any_app, organisations) -> World:
    return World.load(organisations)


def test_a_months_file_becomes_beds_and_rates_of_the_region_and_its_hospitals(world):
    world.release("25", MODEL, monthly("2026-10", MADE_UP), "2026-10", provenance="made_up")
    run_worker()
    codes = hospital_codes()
    beds = {figure.key: figure.value for figure in figures_of(db.session, current_table(db.session, BEDS))}
    assert beds["25/2026-10"] == 750
    table = current_table(db.session, RATE)
    found = {figure.key: figure for figure in figures_of(db.session, table)}
    assert table.provenance == "made_up"
    assert found["25/2026-10"].value == Decimal("6.7")  # 50 / 750; the mean of the hospitals would be 10.4
    assert found[f"25/2026-10/sjukhus/{codes['Kiruna sjukhus']}"].value == 20
    country = found["00/2026-10"]
    assert (country.value, country.status.value, country.delivered) == (None, "incomplete", 1)


def test_a_hospital_with_few_patients_waits_for_the_legal_reviewer(world):
    world.release("25", MODEL, monthly("2026-10", ((90, 9), (50, 6), (30, 2), (160, 8), (420, 21))), "2026-10")
    run_worker()
    assert current_table(db.session, RATE) is None
    waiting = latest_version(db.session, RATE)
    assert waiting.state == "awaiting_review" and waiting.hidden >= 2
