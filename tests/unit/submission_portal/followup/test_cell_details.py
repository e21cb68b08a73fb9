"""Rows that count, cells and sums, with every part of a plan: which rows, whose region, what is there and what lacks."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest

from registry.findings import Text
from registry.formats import Options
from registry.period import Period, PeriodKind
from submission_portal.followup.composition import compose, compose_counts
from submission_portal.followup.figures import SCHEMA, Status
from submission_portal.followup.formats import FORMATS, TableSource
from submission_portal.followup.inner_cells import Country, Plan, inner_cells, rows_that_count, unclear, units_there
from submission_portal.forwarding.sinks import DISCLOSER, RELEASE

PLAN = Plan("n", "p", None, ("h", "w"), country=Country.NONE)


def nobody(dimension, region, period):
    return None


def rows(*given, **columns):
    """Rows of {n, h, w, …}; what is left out is 2026-10 of release r1, disclosed by 25, hospital a and no ward."""
    plain = {"p": "2026-10", RELEASE: "r1", DISCLOSER: "25", "h": "a", "w": None, "n": None}
    types = {"n": pl.Int64, "w": pl.String, "h": pl.String, "k": pl.String, "q": pl.String, "n__status": pl.String}
    frame = pl.DataFrame(
        [plain | one for one in given],
        schema_overrides={name: types[name] for name in types if any(name in one for one in (*given, plain))},
    )
    return frame.with_columns(**columns) if columns else frame


def cells(plan, frame, *newest, expected=nobody):
    found = inner_cells(plan, frame, newest or ("r1",), expected)
    assert found.columns == [name for name in SCHEMA if name != "key"]
    return {
        "/".join((one["region"], *one["place"])): (one["value"] and int(one["value"]), one["status"])
        for one in found.iter_rows(named=True)
    }


def test_a_cell_is_the_sum_of_its_rows_whatever_else_they_differ_in():
    plan = replace(PLAN, dimensions=("h",), key=("h", "q"))
    frame = rows({"n": 3, "q": "x"}, {"n": 4, "q": "y"}, {"n": 5, "h": "b", "q": "x"})
    assert cells(plan, frame) == {"25/a": (7, "observed"), "25/b": (5, "observed")}


@pytest.mark.parametrize(
    ("statuses", "values", "found"),
    [
        (("observed", "observed"), (3, 4), (7, "observed")),
        (("observed", "closed"), (3, None), (3, "observed")),
        (("closed", "closed"), (None, None), (None, "closed")),
        (("not_reported", "not_reported"), (None, None), (None, "not_reported")),
        (("observed", "not_reported"), (3, None), (None, "incomplete")),
        (("closed", "not_reported"), (None, None), (None, "incomplete")),
        (("observed", "observed"), (0, 0), (0, "observed")),
        (("observed", "observed"), (None, None), (None, "observed")),
        (("closed", "observed"), (9, 3), (3, "observed")),
        ((None, None), (3, 4), (7, "observed")),
        ((None, None), (3, None), (None, "incomplete")),
        ((None, None), (None, None), (None, "not_reported")),
    ],
)
def test_the_status_of_a_cell_follows_from_all_its_rows(statuses, values, found):
    plan = replace(PLAN, dimensions=("h",), key=("h", "q"))
    frame = rows(*({"n": n, "n__status": status, "q": q} for n, status, q in zip(values, statuses, "xy", strict=True)))
    assert cells(plan, frame) == {"25/a": found}
    if statuses == (None, None):
        assert cells(plan, frame.drop("n__status")) == {"25/a": found}


def test_of_two_releases_that_hold_a_row_the_newer_ones_counts():
    frame = rows(
        {"n": 3}, {"n": 4, RELEASE: "r2"}, {"n": 5, "h": "b", RELEASE: "old"}, {"n": 6, "h": "b", RELEASE: "r2"}
    )
    plan = replace(PLAN, dimensions=("h",))
    assert cells(plan, frame, "r2", "r1") == {"25/a": (4, "observed"), "25/b": (6, "observed")}
    assert cells(plan, frame, "r1", "r2") == {"25/a": (3, "observed"), "25/b": (6, "observed")}
    found = inner_cells(
        replace(plan, key=("h", "q")), rows({"n": 1, "q": "x"}, {"n": 2, "q": "y", RELEASE: "r2"}), ["r1"], nobody
    )
    assert (found["releases"].to_list(), found["delivered"].to_list(), found["missing"].to_list()) == (
        [["r1", "r2"]],
        [2],
        [[]],
    )


def test_rows_without_a_key_are_told_apart_by_their_places():
    plan = replace(PLAN, key=("nowhere",))
    assert cells(replace(plan, dimensions=("h",)), rows({"n": 3}, {"n": 4, "h": "b"})) == {
        "25/a": (3, "observed"), "25/b": (4, "observed"),
    }  # fmt: skip


def test_a_measure_picks_rows_by_code_and_by_kind_of_period():
    frame = rows(
        {"n": 1, "q": " x "},
        {"n": 2, "q": "y"},
        {"n": 3, "q": None},
        {"n": 4, "q": " "},
        {"n": 5, "q": "x", "p": "2026-H1"},
    )

    def picked(**changes):
        return rows_that_count(replace(PLAN, **changes), frame)["n"].to_list()

    assert picked() == [1, 2, 3, 4, 5]
    assert picked(where={"q": "x"}) == [1, 5]
    assert picked(where={"q": None}) == [3, 4]
    assert picked(where={"q": "x"}, period_kinds=(PeriodKind.MONTH,)) == [1]
    assert picked(period_kinds=(PeriodKind.HALF_YEAR,)) == [5]
    assert picked(period_kinds=(PeriodKind.MONTH, PeriodKind.HALF_YEAR)) == [1, 2, 3, 4, 5]
    assert (
        rows_that_count(
            replace(PLAN, period_kinds=(PeriodKind.MONTH,)), frame.with_columns(p=pl.lit(None, pl.String))
        ).height
        == 0
    )


def test_the_region_is_the_disclosers_or_that_of_a_column():
    frame = rows({"n": 1, "k": "01"}, {"n": 2, "k": "h1", "h": "b"}, {"n": 3, "k": "new", "h": "c"})
    plan = replace(PLAN, dimensions=("h",))
    assert sorted(cells(plan, frame)) == ["25/a", "25/b", "25/c"]
    assert sorted(cells(replace(plan, region="k"), frame)) == ["01/a", "h1/b", "new/c"]
    assert sorted(cells(replace(plan, region="k", regions={"01": "01", "h1": "12"}), frame)) == ["01/a", "12/b", "25/c"]


def test_a_place_ends_where_a_row_says_nothing_more():
    frame = rows({"n": 1, "w": "x"}, {"n": 2, "h": None, "w": "x"}, {"n": 3, "h": "b", "w": " "}, {"n": 4, "h": "c"})
    rates = replace(PLAN, is_summed=False)
    assert sorted(cells(rates, frame)) == ["25", "25/a/x", "25/b", "25/c"]
    assert sorted(cells(PLAN, frame)) == ["25/a/x"]
    assert sorted(cells(replace(PLAN, dimensions=()), rows({"n": 1}))) == ["25"]


def test_what_may_not_be_added_makes_no_cell():
    plan = replace(PLAN, dimensions=("h",), key=("h", "q"))
    mixed = rows({"n": 1, "q": "x"}, {"n": 2, "q": None}, {"n": 3, "h": "b", "q": None}, {"n": 4, "h": "c", "q": "x"})
    assert sorted(cells(plan, mixed)) == ["25/b", "25/c"]
    assert unclear(plan, mixed, ["r1"]).rows() == [("25", ["a"], "2026-10")]
    twice = rows({"n": 1, "q": "x"}, {"n": 2, "q": "y"}, {"n": 3, "h": "b", "q": "x"})
    assert sorted(cells(replace(plan, is_summed=False), twice)) == ["25/b"]
    assert unclear(replace(plan, is_summed=False), twice, ["r1"]).rows() == [("25", ["a"], "2026-10")]
    assert unclear(plan, twice, ["r1"]).height == 0


UNITS = {"25": frozenset({"a", "b", "c"})}


def by_unit(dimension, region, period):
    assert dimension in ("h", "region") and isinstance(period, Period)
    return UNITS.get(region) if dimension == "h" else None


WHOLE = replace(PLAN, dimensions=(), unit="h", key=("h",))


def whole(*given):
    found = inner_cells(WHOLE, rows(*given), ["r1"], by_unit)
    return [
        (
            one["region"],
            one["value"] and int(one["value"]),
            one["status"],
            one["delivered"],
            one["expected"],
            one["missing"],
        )
        for one in found.iter_rows(named=True)
    ]


def test_a_region_is_complete_where_every_unit_that_is_expected_has_a_row():
    full = [{"n": 1, "h": name} for name in "abc"]
    assert whole(*full) == [("25", 3, "observed", 3, 3, [])]
    assert whole(*full[:2]) == [("25", None, "incomplete", 2, 3, ["c"])]
    assert whole(*full, {"n": 1, "h": "d"}) == [("25", 4, "observed", 4, 4, [])]
    assert whole(*full[:2], {"n": None, "h": "c", "n__status": "not_reported"}) == [
        ("25", None, "incomplete", 2, 3, ["c"])
    ]
    assert whole(*full[:2], {"n": None, "h": "c", "n__status": "closed"}) == [("25", 2, "observed", 3, 3, [])]
    assert whole({"n": None, "h": "a", "n__status": "not_reported"}) == [
        ("25", None, "not_reported", 0, 3, ["a", "b", "c"])
    ]
    assert whole({"n": 5, DISCLOSER: "12"}) == [("12", 5, "observed", 1, None, [])]


def test_units_of_places_below_the_region_are_no_units_of_the_place():
    plan = replace(PLAN, dimensions=("w",), unit="h", key=("h", "w"))
    found = inner_cells(
        plan, rows({"n": 1, "w": "x"}, {"n": 2, "w": "y", "h": "b"}, {"n": 3, "w": "y", "h": "c"}), ["r1"], by_unit
    )
    assert found.sort("place").select("place", "expected", "delivered", "missing").rows() == [
        (["x"], None, 1, []),
        (["y"], None, 2, []),
    ]


def test_the_units_that_were_counted():
    plan = replace(PLAN, dimensions=(), unit="h", key=("h",))
    frame = rows(
        {"n": 1}, {"n": None, "h": "b", "n__status": "not_reported"}, {"n": None, "h": "c", "n__status": "closed"}
    )
    assert units_there(plan, frame, ["r1"]) == {("25", Period.parse("2026-10")): frozenset({"a", "c"})}
    assert units_there(plan, frame.clear(), ["r1"]) == {}
    assert units_there(replace(plan, unit="nowhere"), frame, ["r1"]) == {}
    assert units_there(replace(plan, unit=None), frame, ["r1"]) == {}


def test_a_plan_names_what_its_figures_are_made_of():
    assert [PLAN.parts_at(depth) for depth in range(3)] == ["h", "w", ""]
    assert replace(PLAN, unit="u").parts_at(2) == "u"
    assert (PLAN.is_ratio, replace(PLAN, denominator="d").is_ratio) == (False, True)
    assert (PLAN.per, PLAN.decimals, PLAN.is_summed, Plan("n", "p", None).country) == (1, 0, True, Country.SUM)


# Sums over places


def sums(plan, frame, expected=nobody):
    found = compose_counts(plan, frame, ["r1"], expected)
    return {
        one["key"].replace("/2026-10", ""): (
            one["value"] and int(one["value"]),
            one["status"],
            one["delivered"],
            one["expected"],
            one["missing"],
        )
        for one in found.iter_rows(named=True)
    }


WARDS = ({"n": 1, "w": "x"}, {"n": 2, "w": "y"}, {"n": 4, "h": "b", "w": "x"})


def test_places_are_summed_level_by_level_to_the_region_and_the_country():
    found = sums(replace(PLAN, country=Country.SUM), rows(*WARDS, {"n": 9, "w": "x", DISCLOSER: "12"}))
    assert {key: one[0] for key, one in found.items()} == {
        "00": 16, "12": 9, "12/h/a": 9, "12/h/a/w/x": 9, "25": 7, "25/h/a": 3, "25/h/a/w/x": 1, "25/h/a/w/y": 2, "25/h/b": 4,
        "25/h/b/w/x": 4,
    }  # fmt: skip
    assert found["25"] == (7, "observed", 2, None, [])
    assert found["00"] == (16, "observed", 2, None, [])
    assert "00" not in sums(PLAN, rows(*WARDS))


def test_a_sum_says_how_many_of_its_parts_are_there():
    def known(dimension, region, period):
        return {"h": frozenset({"a", "b", "c"}), "region": frozenset({"25", "12"})}.get(dimension)

    found = sums(replace(PLAN, country=Country.SUM), rows(*WARDS), known)
    assert found["25/h/a"] == (3, "observed", 2, None, [])
    assert found["25"] == (None, "incomplete", 2, 3, ["c"])
    assert found["00"] == (None, "incomplete", 0, 2, ["12", "25"])
    extra = sums(PLAN, rows(*WARDS, {"n": 1, "h": "c", "w": "x"}, {"n": 1, "h": "d", "w": "x"}), known)
    assert extra["25"] == (9, "observed", 4, 4, [])


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        ("closed", "closed", "closed"), ("observed", "closed", "observed"), ("not_reported", "not_reported", "not_reported"),
        ("observed", "not_reported", "incomplete"), ("closed", "not_reported", "incomplete"),
    ],
)  # fmt: skip
def test_the_status_of_a_sum_follows_from_its_parts(one, other, status):
    frame = rows(
        *(
            {"n": 3 if said == "observed" else None, "n__status": said, "h": h, "w": "x"}
            for h, said in (("a", one), ("b", other))
        )
    )
    assert sums(PLAN, frame)["25"][1] == status


def test_a_region_that_no_list_expects_is_not_in_the_country_and_nor_is_the_country_itself():
    def known(dimension, region, period):
        return frozenset({"25"}) if dimension == "region" else None

    frame = rows(*WARDS, {"n": 9, "w": "x", DISCLOSER: "99"}, {"n": 50, "w": "x", DISCLOSER: "00"})
    assert sums(replace(PLAN, country=Country.SUM), frame, known)["00"] == (7, "observed", 1, 1, [])
    assert sums(replace(PLAN, country=Country.PUBLISHED, is_summed=False), frame)["00/h/a/w/x"][0] == 50
    assert "00/h/a/w/x" not in sums(replace(PLAN, is_summed=False), frame)


RATIO = replace(PLAN, dimensions=("h",), denominator="d", per=100, decimals=1)


def ratio(*pairs, **changes):
    frame = rows(*({"n": n, "h": name} for name, (n, _) in zip("abc", pairs, strict=False)))
    frame = frame.with_columns(pl.Series("d", [d for _, d in pairs], dtype=pl.Int64))
    found = compose(replace(RATIO, **changes), frame, ["r1"], nobody)
    return {one["key"].replace("/2026-10", ""): (one["value"], one["status"]) for one in found.iter_rows(named=True)}


def test_a_ratio_is_rounded_half_away_from_zero_and_made_anew_on_every_level():
    assert ratio((1, 800), (3, 40)) == {
        "25": (Decimal("0.5"), "observed"), "25/h/a": (Decimal("0.1"), "observed"), "25/h/b": (Decimal("7.5"), "observed"),
    }  # fmt: skip
    assert ratio((1, 800), decimals=3)["25"][0] == Decimal("0.125")
    assert ratio((1, 800), per=1000)["25"][0] == Decimal("1.3")


@pytest.mark.parametrize(
    ("pair", "status"),
    [((0, 5), "observed"), ((3, 0), "undefined"), ((None, 5), "not_reported"), ((3, None), "not_reported"), ((None, None), "not_reported")],
)  # fmt: skip
def test_a_ratio_says_nothing_where_either_count_says_nothing(pair, status):
    value, said = ratio(pair)["25/h/a"]
    assert said == status and (value is None) == (status != "observed")


def test_of_two_counts_the_graver_status_is_that_of_the_ratio():
    assert ratio((3, None), (4, 5))["25"] == (None, "incomplete")
    frame = rows({"n": None, "n__status": "closed"}, {"n": 4, "h": "b", "n__status": "observed"}).with_columns(
        pl.Series("d", [7, None], dtype=pl.Int64), pl.Series("d__status", ["observed", "closed"])
    )
    found = {one["key"][11:]: one for one in compose(RATIO, frame, ["r1"], nobody).iter_rows(named=True)}
    assert [found[name]["status"] for name in ("h/a", "h/b")] == ["closed", "closed"]
    lacking = compose(
        RATIO,
        frame.with_columns(pl.lit(None, pl.Int64).alias("d"), pl.Series("d__status", ["not_reported", "observed"])),
        ["r1"],
        nobody,
    )
    by_key = {one["key"][11:]: one for one in lacking.iter_rows(named=True)}
    assert (by_key["h/a"]["status"], by_key[""]["missing"], by_key[""]["delivered"]) == ("not_reported", ["a"], 1)
    assert by_key[""]["releases"] == ["r1"]


# What files cannot carry


def source(**changes):
    class Names:
        labels = changes.pop("labels", {"h": {"a": "A", "b": "B"}, "w": {"x": "X"}})

    parts = {
        "measure": "m", "about": {"source": {"title": "x"}}, "remarks": (), "breaks": lambda options: (),
        "figures": lambda options: (), "names": lambda language: Names, "origin": lambda language: None,
        "not_comparable": lambda: 0,
    }  # fmt: skip
    return TableSource(**(parts | changes))


def losses(name, **changes):
    chosen = next(one for one in FORMATS if one.name == name)
    return {one.code: one.params["number"] for one in chosen.losses(source(**changes), Options())}


def test_what_a_file_of_a_table_leaves_out_is_counted():
    assert losses("csv") == {"FOL-033": 1}
    told = losses(
        "csv", remarks=(1, 2), breaks=lambda options: (1, 2, 3), labels={"h": {"a": "=1", "b": "B", "c": "+2"}}
    )
    assert (told["FOL-031"], told["FOL-032"], told["FOL-034"]) == (3, 2, 2)
    assert losses("json") == {"FOL-035": 3}
    assert losses("json", about={"source": None}) == {"FOL-035": 3, "FOL-036": 1}
    assert losses("json", about={}) == {"FOL-035": 3, "FOL-036": 1}
    assert Status.HIDDEN.label == Text("dold", "hidden")
