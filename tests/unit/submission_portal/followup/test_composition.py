"""What is summed, and when a sum may be shown."""

from decimal import Decimal

import polars as pl

from registry.period import Period, PeriodKind
from submission_portal.followup.composition import compose
from submission_portal.followup.figures import SCHEMA, Status, read_figures
from submission_portal.followup.inner_cells import Country, Plan
from submission_portal.forwarding.sinks import DISCLOSER, RELEASE

HOSPITALS = {"25": frozenset({"gallivare", "kalix", "kiruna", "pitea", "sunderby"})}
BEFORE = {"gallivare": 103, "kalix": 59, "kiruna": 33, "pitea": 172, "sunderby": 432}
ESTABLISHED = Plan("faststallda", "dag", None, ("sjukhus",))


def expected(dimension: str, region: str, period: Period) -> frozenset[str] | None:
    if dimension == "region":
        return frozenset({"24", "25"})
    return HOSPITALS.get(region) if dimension == "sjukhus" else None


def beds(values: dict[str, int | None], release: str = "r1", status: dict[str, str] | None = None) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "dag": "2018-02-28",
            "sjukhus": list(values),
            "faststallda": list(values.values()),
            "faststallda__status": [(status or {}).get(name, "observed") for name in values],
            RELEASE: release,
            DISCLOSER: "25",
        },
        schema_overrides={"faststallda": pl.Int64},
    )


def figures(
    plan: Plan, rows: pl.DataFrame, newest_first=("r1",), expected=expected
) -> dict[str, tuple[Decimal | None, str]]:
    frame = compose(plan, rows, newest_first, expected)
    assert frame.schema == SCHEMA
    return {figure.key: (figure.value, figure.status.value) for figure in read_figures(frame)}


def test_a_regions_figure_is_the_sum_of_its_hospitals():
    found = figures(ESTABLISHED, beds(BEFORE))
    assert found["25/2018-02-28"] == (799, "observed")
    assert found["25/2018-02-28/sjukhus/kiruna"] == (33, "observed")


def test_the_country_is_not_shown_while_a_region_is_missing():
    frame = compose(ESTABLISHED, beds(BEFORE), ["r1"], expected)
    country = next(figure for figure in read_figures(frame) if figure.is_country)
    assert (country.value, country.status, country.missing) == (None, Status.INCOMPLETE, ("24",))
    assert (country.delivered, country.expected) == (1, 2)


def test_a_regions_sum_is_not_shown_while_a_hospital_is_missing():
    found = figures(ESTABLISHED, beds({name: value for name, value in BEFORE.items() if name != "kiruna"}))
    assert found["25/2018-02-28"] == (None, "incomplete")
    assert found["25/2018-02-28/sjukhus/kalix"] == (59, "observed")


def test_closed_is_covered_and_counts_nothing_while_not_reported_is_missing():
    closed = figures(ESTABLISHED, beds(BEFORE | {"kiruna": None}, status={"kiruna": "closed"}))
    assert closed["25/2018-02-28"] == (766, "observed")
    assert closed["25/2018-02-28/sjukhus/kiruna"] == (None, "closed")
    silent = figures(ESTABLISHED, beds(BEFORE | {"kiruna": None}, status={"kiruna": "not_reported"}))
    assert silent["25/2018-02-28"] == (None, "incomplete")
    assert silent["25/2018-02-28/sjukhus/kiruna"] == (None, "not_reported")


def test_an_observed_zero_is_a_value():
    found = figures(ESTABLISHED, beds(BEFORE | {"kiruna": 0}))
    assert found["25/2018-02-28/sjukhus/kiruna"] == (0, "observed")
    assert found["25/2018-02-28"] == (766, "observed")


def test_where_two_releases_hold_the_same_cell_the_newer_counts():
    rows = pl.concat([beds(BEFORE), beds({"kiruna": 30}, "r2")])
    found = figures(ESTABLISHED, rows, ("r2", "r1"))
    assert found["25/2018-02-28/sjukhus/kiruna"] == (30, "observed")
    assert found["25/2018-02-28"] == (796, "observed")


def test_wards_sum_to_hospitals_and_hospitals_to_the_region():
    rows = pl.DataFrame(
        {
            "dag": "2026-10-19",
            "sjukhus": ["norra", "norra", "sodra"],
            "avdelning": ["med/1", "kir", "med/1"],
            "utlokaliserade": [3, 0, 2],
            RELEASE: "r1",
            DISCLOSER: "99",
        }
    )
    plan = Plan("utlokaliserade", "dag", None, ("sjukhus", "avdelning"), country=Country.NONE)
    assert figures(plan, rows) == {
        "99/2026-10-19": (5, "observed"),
        "99/2026-10-19/sjukhus/norra": (3, "observed"),
        "99/2026-10-19/sjukhus/sodra": (2, "observed"),
        "99/2026-10-19/sjukhus/norra/avdelning/med%2F1": (3, "observed"),
        "99/2026-10-19/sjukhus/norra/avdelning/kir": (0, "observed"),
        "99/2026-10-19/sjukhus/sodra/avdelning/med%2F1": (2, "observed"),
    }


def test_rates_stand_as_published_and_the_country_is_never_their_mean():
    rows = pl.DataFrame(
        {
            "period": ["2016-H1"] * 3,
            "region": ["00", "10", "20"],
            "matt": "overbelaggningar_per_100",
            "varde": [Decimal("3.5"), Decimal("3.5"), Decimal("1.7")],
            RELEASE: "r1",
            DISCLOSER: "00",
        }
    )
    other = rows.with_columns(pl.lit("utlokaliserade_per_100").alias("matt"))
    plan = Plan(
        "varde",
        "period",
        "region",
        where={"matt": "overbelaggningar_per_100"},
        country=Country.PUBLISHED,
        is_summed=False,
    )
    assert figures(plan, pl.concat([rows, other])) == {
        "00/2016-H1": (Decimal("3.5"), "observed"),
        "10/2016-H1": (Decimal("3.5"), "observed"),
        "20/2016-H1": (Decimal("1.7"), "observed"),
    }


RATE = Plan(
    "overbelaggningar", "manad", None, ("sjukhus",), {"vardform": "somatisk"}, denominator="disponibla", per=100, decimals=1
)  # fmt: skip
MADE_UP = {"norra": ("24", 100, 10), "sodra": ("24", 50, 1), "mellersta": ("25", 350, 14)}
"""Made-up figures: region, available beds, overcrowding by hospital."""


def monthly(hospitals: dict[str, tuple[str, float | None, float | None]]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "manad": "2026-10",
            "sjukhus": list(hospitals),
            "vardform": "somatisk",
            "disponibla": [Decimal(str(beds)) if beds is not None else None for _, beds, _ in hospitals.values()],
            "overbelaggningar": [Decimal(str(over)) if over is not None else None for _, _, over in hospitals.values()],
            RELEASE: "r1",
            DISCLOSER: [region for region, _, _ in hospitals.values()],
        },
        schema_overrides={"disponibla": pl.Decimal(12, 2), "overbelaggningar": pl.Decimal(12, 2)},
    )


def rates(rows: pl.DataFrame) -> dict[str, tuple[Decimal | None, str]]:
    """Where any hospital may be one more, and the country is the two regions."""
    return figures(RATE, rows, expected=lambda name, region, period: {"region": frozenset({"24", "25"})}.get(name))


def test_a_ratio_is_made_of_two_sums_on_every_level_and_never_of_other_ratios():
    found = rates(monthly(MADE_UP))
    assert {key: value for key, (value, _) in found.items()} == {
        "24/2026-10/sjukhus/norra": Decimal("10.0"),
        "24/2026-10/sjukhus/sodra": Decimal("2.0"),
        "25/2026-10/sjukhus/mellersta": Decimal("4.0"),
        "24/2026-10": Decimal("7.3"),  # 11 / 150, where the mean of the hospitals would be 6.0
        "25/2026-10": Decimal("4.0"),
        "00/2026-10": Decimal("5.0"),  # 25 / 500, where the mean of the regions would be 5.7
    }


def test_psychiatric_rows_are_no_part_of_a_somatic_ratio():
    psychiatric = monthly({"norra": ("24", 900, 900)}).with_columns(pl.lit("psykiatrisk").alias("vardform"))
    assert rates(pl.concat([monthly(MADE_UP), psychiatric])) == rates(monthly(MADE_UP))


def test_a_ratio_is_not_shown_where_either_of_its_counts_is_incomplete():
    no_beds = rates(monthly(MADE_UP | {"norra": ("24", None, 10)}))
    assert no_beds["24/2026-10/sjukhus/norra"] == (None, "not_reported")
    assert (no_beds["24/2026-10"], no_beds["00/2026-10"]) == ((None, "incomplete"), (None, "incomplete"))
    assert no_beds["25/2026-10"] == (Decimal("4.0"), "observed")
    no_count = rates(monthly(MADE_UP | {"norra": ("24", 100, None)}))
    assert no_count["24/2026-10"] == (None, "incomplete")


def test_without_beds_there_is_nothing_to_divide_by_but_the_patients_count_in_the_region():
    found = rates(monthly(MADE_UP | {"sodra": ("24", 0, 1)}))
    assert found["24/2026-10/sjukhus/sodra"] == (None, "undefined")
    assert found["24/2026-10"] == (Decimal("11.0"), "observed")


def test_half_is_rounded_away_from_zero():
    assert rates(monthly({"norra": ("24", 200, Decimal("2.5"))}))["24/2026-10"][0] == Decimal("1.3")


def test_two_hundred_thousand_rows_are_composed_in_seconds():
    rows = pl.DataFrame(
        {
            "dag": [f"2026-{1 + number % 12:02}-{1 + number // 12 % 28:02}" for number in range(200_000)],
            "sjukhus": [f"h{number // 336 % 6}" for number in range(200_000)],
            "avdelning": [f"a{number // 2016}" for number in range(200_000)],
            "utlokaliserade": [number % 7 for number in range(200_000)],
            RELEASE: "r1",
            DISCLOSER: "99",
        }
    )
    plan = Plan("utlokaliserade", "dag", None, ("sjukhus", "avdelning"), country=Country.NONE)
    assert compose(plan, rows, ["r1"], expected).height > 200_000


def test_a_hospitals_region_comes_from_the_code_list_and_not_from_who_sent_the_file():
    plan = Plan("faststallda", "dag", "sjukhus", ("sjukhus",), regions={"kiruna": "25", "lycksele": "24"})
    rows = beds({"kiruna": 33, "lycksele": 20})
    assert {"25/2018-02-28/sjukhus/kiruna", "24/2018-02-28/sjukhus/lycksele"} <= figures(plan, rows).keys()


def test_a_rate_for_a_whole_region_ends_where_its_row_says_nothing_more():
    rows = pl.DataFrame(
        {
            "period": ["2018-09"] * 2,
            "region": ["01"] * 2,
            "vardform": ["somatisk"] * 2,
            "sjukhus": [None, "Capio"],
            "varde": [Decimal("5.0"), Decimal("0")],
            RELEASE: "r1",
            DISCLOSER: "01",
        }
    )
    plan = Plan("varde", "period", "region", ("vardform", "sjukhus"), country=Country.PUBLISHED, is_summed=False)
    assert figures(plan, rows) == {
        "01/2018-09/vardform/somatisk": (Decimal("5.0"), "observed"),
        "01/2018-09/vardform/somatisk/sjukhus/Capio": (0, "observed"),
    }


def test_half_years_and_months_of_one_model_are_figures_of_two_measures():
    rows = pl.DataFrame(
        {
            "period": ["2016-H1", "2017-10"],
            "region": ["01", "01"],
            "sjukhus": [None, ""],
            "varde": [Decimal("2.1"), Decimal("4.0")],
            RELEASE: "r1",
            DISCLOSER: "01",
        },
        schema_overrides={"sjukhus": pl.String},
    )
    plan = Plan(
        "varde", "period", "region", where={"sjukhus": None}, period_kinds=(PeriodKind.HALF_YEAR,), is_summed=False
    )
    assert figures(plan, rows) == {"01/2016-H1": (Decimal("2.1"), "observed")}
