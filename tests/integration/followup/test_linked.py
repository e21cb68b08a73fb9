"""Days and months tell the same persons: what one table hides, the other must not give away. Every figure is made up."""

from calendar import monthrange
from decimal import Decimal

import polars as pl
import pytest

from information_models.starter.loading import measure_contents, model_contents
from registry.db import db
from submission_portal.followup.figures import Status
from submission_portal.followup.queries import figures_of
from submission_portal.followup.versions import latest_version
from tests.by_hand import by_hand
from tests.factories.released_figures import outplaced, publish, run_worker
from tests.shown import as_shown

DAILY, MONTHLY = "dagliga-vardplatser-per-avdelning", "manadsuppgifter-per-sjukhus"
DAYS, MONTH = "utlokaliserade-patienter", "utlokaliserade-per-100-sjukhus"
NORRA, SODRA = "exempel-norra", "exempel-sodra"
BEDS = 12
SMALL_DAY = "2026-02-11"
DAYS_OF_MONTH = [f"2026-02-{day:02}" for day in range(1, monthrange(2026, 2)[1] + 1)]
PATIENTS = {day: {NORRA: 2 if day == SMALL_DAY else 6, SODRA: 30 + at} for at, day in enumerate(DAYS_OF_MONTH)}


def days() -> pl.DataFrame:
    return pl.concat(
        outplaced(day, {(hospital, "Medicin"): count for hospital, count in of_day.items()})
        for day, of_day in PATIENTS.items()
    )


def month(more: int = 0) -> pl.DataFrame:
    """Means over the days, with two decimals; ``more``: patients who are counted in no day."""
    means = {
        hospital: Decimal(sum(of_day[hospital] for of_day in PATIENTS.values()) + more) / len(PATIENTS)
        for hospital in (NORRA, SODRA)
    }
    columns: dict[str, object] = {"manad": ["2026-02"] * 2, "sjukhus": list(means), "vardform": ["somatisk"] * 2}
    for name, values in (
        ("disponibla", [BEDS, 60]),
        ("utlokaliserade", means.values()),
        ("overbelaggningar", means.values()),
    ):
        columns |= {name: [round(Decimal(one), 2) for one in values], f"{name}__status": ["observed"] * 2}
    kinds = {name: pl.Decimal(12, 2) for name in ("disponibla", "overbelaggningar", "utlokaliserade")}
    return pl.DataFrame(columns, schema_overrides=kinds)


def daily(world):
    world.release("99", DAILY, days(), "2026-02", provenance="made_up")
    run_worker()
    return latest_version(db.session, DAYS)


def monthly(world, more: int = 0):
    world.release("99", MONTHLY, month(more), "2026-02", provenance="made_up")
    run_worker()
    return latest_version(db.session, MONTH)


def shown(table, hospital: str) -> dict[str, Decimal | None]:
    figures = figures_of(as_shown(table))
    return {str(one.period): one.value for one in figures if one.place == (hospital,)}


def possible(of_days: dict[str, Decimal | None], rate: Decimal | None) -> set[int]:
    """How many patients the small day may have had, to somebody who reads days, month and beds and can add."""
    total = (
        range(2000)
        if rate is None
        else [whole for whole in range(2000) if abs(Decimal(whole) / 28 * 100 / BEDS - rate) <= Decimal("0.05")]
    )
    known = sum(int(value) for value in of_days.values() if value is not None)
    others = [day for day, value in of_days.items() if value is None and day != SMALL_DAY]
    return {
        whole - known - rest
        for whole in total
        for rest in ((0,) if not others else range(60))
        if whole - known - rest >= 0
    }


@pytest.fixture
def example(app, world):
    world.add_example_region()
    return world


def test_a_month_does_not_give_away_the_day_that_was_hidden(example):
    of_days = daily(example)
    assert shown(of_days, NORRA)[SMALL_DAY] is None
    of_month = monthly(example)
    assert len(possible(shown(of_days, NORRA), shown(of_month, NORRA)["2026-02"])) > 1
    assert shown(of_month, NORRA)["2026-02"] is None
    assert of_month.protection.is_safe


def test_nor_do_the_days_of_a_month_that_was_shown_first(example):
    of_month = monthly(example)
    assert shown(of_month, NORRA)["2026-02"] is not None
    of_days = daily(example)
    assert len(possible(shown(of_days, NORRA), shown(of_month, NORRA)["2026-02"])) > 1
    hidden = [one for one in figures_of(as_shown(of_days)) if one.status is Status.HIDDEN]
    assert {str(one.period) for one in hidden} > {SMALL_DAY}
    assert of_days.protection.is_safe


def test_a_month_that_counts_something_else_is_named_and_nothing_is_vouched_for(example):
    daily(example)
    of_month = monthly(example, more=140)
    assert [one.code for one in of_month.protection.findings if one.params.get("measure") == DAYS] == ["FOL-049"]
    assert of_month.protection.apart == (DAYS,)


def test_what_a_measure_says_to_be_the_same_is_joined_whatever_its_concept(example):
    slug = "belagda-per-100"
    body = measure_contents()[MONTH] | {"slug": slug, "element": "overbelaggningar", "content_schema": "measure/2"}
    same = {"model": DAILY, "element": "utlokaliserade", "over": "period", "by": "mean", "decimals": 2}
    with by_hand() as session:
        publish(session, "measure", slug, body | {"same_count_as": [same]}, example.steward)
    daily(example)
    monthly(example)
    assert shown(latest_version(db.session, slug), NORRA)["2026-02"] is None


def test_a_rate_that_somebody_published_is_reckoned_with_as_nearly_as_it_was_rounded(example):
    """Whoever knows the beds knows the patients of the month, and with them the day."""
    patients = sum(of_day[NORRA] + of_day[SODRA] for of_day in PATIENTS.values())
    rate = pl.DataFrame(
        {
            "period": ["2026-02"],
            "region": ["99"],
            "sjukhus": [None],
            "vardform": ["somatisk"],
            "matt": ["utlokaliserade_per_100"],
            "varde": [Decimal(patients)],
            "varde__status": ["observed"],
        },
        schema_overrides={"sjukhus": pl.String, "varde": pl.Decimal(12, 1)},
    )
    example.release("99", "publicerade-kvoter", rate, "2026-02", provenance="made_up")
    run_worker()
    of_days = daily(example)
    assert of_days.protection.linked, "the whole region of the small day and the rate give what is hidden there"


def test_what_another_model_hid_in_the_same_place_and_period_is_not_shown_here(example):
    """A second daily model of hospitals counts the same patients by itself, with nothing that is small to it: what the first
    hid, it must not show."""
    model, slug = "dagliga-per-sjukhus", "utlokaliserade-per-sjukhus"
    elements = [dict(one) for one in model_contents()[DAILY]["elements"] if one["name"] != "avdelning"]
    body = model_contents()[DAILY] | {"slug": model, "elements": elements, "key": ["dag", "sjukhus"], "rules": []}
    measure = measure_contents()[DAYS] | {"slug": slug, "model": model, "dimensions": ["sjukhus"]}
    with by_hand() as session:
        example.models[model] = publish(session, "model", model, body, example.steward)
        publish(session, "measure", slug, measure, example.steward)
        example.flow(session, "99", model, provenance="made_up", threshold=1)
    of_days = daily(example)
    assert shown(of_days, NORRA)[SMALL_DAY] is None
    example.release("99", model, days().drop("avdelning"), "2026-02", provenance="made_up")
    run_worker()
    assert shown(latest_version(db.session, slug), NORRA)[SMALL_DAY] is None
