"""Rows that share region, place and period: all of them count, or there is no figure. Figures are made up."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest

from registry.period import Period
from submission_portal.followup.composition import compose
from submission_portal.followup.figures import Figure, read_figures
from submission_portal.followup.inner_cells import Country, Plan, unclear, units_there
from submission_portal.forwarding.sinks import DISCLOSER, RELEASE

KEY = ("manad", "sjukhus", "vardform")
HOSPITALS = {"24": frozenset({"a", "b"}), "25": frozenset({"c"})}
BEDS = Plan("platser", "manad", None, ("sjukhus",), key=KEY)
WHOLE = replace(BEDS, dimensions=(), unit="sjukhus")
SOMATIC, PSYCHIATRIC = "somatisk", "psykiatrisk"
FULL = (
    ("24", "a", SOMATIC, 100, 9),
    ("24", "a", PSYCHIATRIC, 40, 1),
    ("24", "b", SOMATIC, 50, 5),
    ("25", "c", SOMATIC, 200, 10),
    ("25", "c", PSYCHIATRIC, 10, 5),
)


def expected(dimension: str, region: str, period: Period) -> frozenset[str] | None:
    return frozenset(HOSPITALS) if dimension == "region" else HOSPITALS.get(region) if dimension == "sjukhus" else None


def month(
    *rows: tuple[str, str | None, str | None, int | None, int], release: str = "r1", **status: str
) -> pl.DataFrame:
    """Rows of (region, hospital, form of care, beds, patients); ``status`` of the beds by hospital and form."""
    return pl.DataFrame(
        {
            "manad": ["2026-10"] * len(rows),
            "sjukhus": [one[1] for one in rows],
            "vardform": [one[2] for one in rows],
            "platser": [one[3] for one in rows],
            "platser__status": [status.get(f"{one[1]}_{one[2]}", "observed") for one in rows],
            "patienter": [one[4] for one in rows],
            RELEASE: [release] * len(rows),
            DISCLOSER: [one[0] for one in rows],
        },
        schema_overrides={"platser": pl.Int64, "sjukhus": pl.String, "vardform": pl.String},
    )


def made(plan: Plan, rows: pl.DataFrame, *newest_first: str) -> dict[str, Figure]:
    frame = compose(plan, rows, newest_first or ("r1",), expected)
    assert frame["key"].is_unique().all()
    return {one.key.replace("/2026-10", ""): one for one in read_figures(frame)}


def values(figures: dict[str, Figure]) -> dict[str, tuple[Decimal | None, str]]:
    return {key: (one.value, one.status.value) for key, one in figures.items()}


@pytest.mark.parametrize("order", [1, -1], ids=["as-sent", "turned"])
def test_all_forms_of_care_of_a_hospital_are_summed_on_every_level(order):
    assert values(made(BEDS, month(*FULL[::order]))) == {
        "24/sjukhus/a": (140, "observed"),
        "24/sjukhus/b": (50, "observed"),
        "24": (190, "observed"),
        "25/sjukhus/c": (210, "observed"),
        "25": (210, "observed"),
        "00": (400, "observed"),
    }


def test_of_a_ratio_both_counts_are_summed_before_they_are_divided():
    found = made(replace(BEDS, value="patienter", denominator="platser", per=100, decimals=1), month(*FULL))
    assert {key: one.value for key, one in found.items()} == {
        "24/sjukhus/a": Decimal("7.1"),  # 10 / 140, where the first row alone would be 9.0
        "24/sjukhus/b": 10,
        "24": Decimal("7.9"),
        "25/sjukhus/c": Decimal("7.1"),
        "25": Decimal("7.1"),
        "00": Decimal("7.5"),
    }


def test_a_correction_of_one_row_leaves_the_other_rows_of_its_place_and_both_releases_are_named():
    rows = pl.concat([month(*FULL), month(("24", "a", PSYCHIATRIC, 30, 1), release="r2")])
    found = made(BEDS, rows, "r2", "r1")
    assert found["24/sjukhus/a"].value == 130
    assert found["24/sjukhus/a"].releases == found["24"].releases == ("r1", "r2")
    assert found["24/sjukhus/b"].releases == ("r1",)


def test_rows_of_two_releases_that_hold_different_rows_of_a_place_are_added():
    found = made(BEDS, pl.concat([month(FULL[1], release="r2"), month(FULL[0], *FULL[2:])]), "r2", "r1")
    assert (found["24/sjukhus/a"].value, found["24/sjukhus/a"].releases) == (140, ("r1", "r2"))


def test_a_row_that_is_not_reported_makes_its_place_incomplete_and_a_closed_one_does_not():
    silent = made(BEDS, month(*FULL, a_psykiatrisk="not_reported"))
    assert values(silent)["24/sjukhus/a"] == (None, "incomplete")
    assert values(silent)["24"] == values(silent)["00"] == (None, "incomplete")
    assert silent["24"].missing == ("a",)
    assert values(silent)["25"] == (210, "observed")
    closed = values(made(BEDS, month(*FULL, a_psykiatrisk="closed")))
    assert (closed["24/sjukhus/a"], closed["24"]) == ((100, "observed"), (150, "observed"))
    both = values(made(BEDS, month(*FULL, a_psykiatrisk="closed", a_somatisk="closed")))
    assert both["24/sjukhus/a"] == (None, "closed")


def test_a_region_without_places_still_misses_a_hospital_that_has_no_row():
    found = made(WHOLE, month(*FULL))
    assert values(found) == {"24": (190, "observed"), "25": (210, "observed"), "00": (400, "observed")}
    assert (found["24"].delivered, found["24"].expected, found["24"].missing) == (2, 2, ())
    lacking = made(WHOLE, month(*FULL[:2], *FULL[3:]))
    assert values(lacking)["24"] == (None, "incomplete")
    assert (lacking["24"].delivered, lacking["24"].expected, lacking["24"].missing) == (1, 2, ("b",))
    assert lacking["00"].missing == ("24",)


def test_a_hospital_with_one_form_of_care_is_not_missing_in_a_table_by_form_of_care():
    by_form = replace(WHOLE, dimensions=("vardform",))
    found = values(made(by_form, month(*FULL)))
    assert (found["24/vardform/somatisk"], found["24/vardform/psykiatrisk"]) == ((150, "observed"), (40, "observed"))
    lacking = values(made(by_form, month(*FULL[:2], *FULL[3:])))
    assert lacking["24/vardform/psykiatrisk"] == lacking["24"] == (None, "incomplete"), "nobody knows what b would say"


def test_the_units_behind_a_region_are_those_that_were_counted():
    rows = month(*FULL, b_somatisk="not_reported")
    october = Period.parse("2026-10")
    assert units_there(WHOLE, rows, ("r1",)) == {("24", october): {"a"}, ("25", october): {"c"}}
    assert units_there(BEDS, rows, ("r1",)) == {}


def test_rates_that_are_not_singled_out_make_no_figure():
    plan = replace(BEDS, is_summed=False, country=Country.NONE)
    assert values(made(plan, month(*FULL))) == {"24/sjukhus/b": (50, "observed")}
    assert sorted(unclear(plan, month(*FULL), ("r1",))["place"].to_list()) == [["a"], ["c"]]
    somatic = replace(plan, where={"vardform": SOMATIC})
    assert values(made(somatic, month(*FULL))).keys() == {"24/sjukhus/a", "24/sjukhus/b", "25/sjukhus/c"}
    assert unclear(somatic, month(*FULL), ("r1",)).is_empty()


@pytest.mark.parametrize("blank", [None, " "])
def test_a_row_that_may_be_the_total_of_the_others_is_not_added_to_them(blank):
    rows = month(*FULL, ("24", "a", blank, 140, 10))
    found = values(made(BEDS, rows))
    assert "24/sjukhus/a" not in found
    assert found["24"] == (None, "incomplete")
    assert unclear(BEDS, rows, ("r1",)).select("region", "place").rows() == [("24", ["a"])]
    total = replace(BEDS, where={"vardform": None})
    assert values(made(total, rows))["24/sjukhus/a"] == (140, "observed")


def test_a_row_for_a_whole_region_is_not_added_to_its_hospitals():
    found = made(BEDS, month(*FULL, ("24", None, SOMATIC, 190, 15)))
    assert values(found)["24"] == (190, "observed")
    assert found["24"].delivered == 2


@pytest.mark.parametrize("country", [Country.SUM, Country.NONE])
def test_a_row_for_the_country_is_not_added_to_the_regions(country):
    plan = Plan("platser", "manad", "sjukhus", key=KEY, country=country)
    found = values(
        made(plan, month(("24", "24", SOMATIC, 1, 1), ("25", "25", SOMATIC, 2, 1), ("00", "00", SOMATIC, 4, 1)))
    )
    assert found.get("00") == ((3, "observed") if country is Country.SUM else None)
