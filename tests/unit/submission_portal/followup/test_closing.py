"""What of a frame is closed to a reader, and that nothing that stays open gives it back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from legal_checks.compilations.rules import rule
from submission_portal.followup.breaks import COUNTRY
from submission_portal.followup.compilations.closing import Closing, Opening, close, could_mark, parts_of
from submission_portal.followup.figures import SCHEMA, figure_key

TODAY = date(2026, 11, 30)
IVA, NEAR, FINE = "intensive-care-capacity", "near-real-time", "fine-geography"
FOUR = frozenset({"01", "03", "04", "05"})
ORDERED = tuple(sorted(FOUR))


def cell(region: str, period: str, value: int | None, *place: str, status: str = "observed") -> dict[str, object]:
    return {
        "key": figure_key(region, period, ("sjukhus", "avdelning"), place),
        "region": region,
        "place": list(place),
        "period": period,
        "value": None if value is None else Decimal(value),
        "status": status,
        "delivered": 1,
        "expected": 1,
        "missing": [],
        "releases": ["r"],
    }


def frame(*cells: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(cells), schema=SCHEMA)


def regions(period: str = "2024", *, country: int | None = 100, codes=ORDERED) -> pl.DataFrame:
    parts = [cell(code, period, 10 * number) for number, code in enumerate(codes, 1)]
    return frame(*parts, *([cell(COUNTRY, period, country)] if country is not None else []))


def opened(rule_id: str, *codes: str, level: int = 0, kind: str = "year", age: int = 0) -> frozenset[Opening]:
    return frozenset({Opening(rule_id, level, kind, age, frozenset(codes))})


def closing(*rules: str, public=frozenset(), recipient=frozenset(), reader=None, **more) -> Closing:
    audiences = (public, recipient | public)
    return Closing(rules, TODAY, public if reader is None else reader, audiences, **{"counted": FOUR, **more})


def values(shown: pl.DataFrame) -> dict[str, tuple[object, str]]:
    return {row["key"]: (row["value"] and int(row["value"]), row["status"]) for row in shown.iter_rows(named=True)}


def test_undecided_every_region_is_closed_and_the_country_stays_open():
    found = values(close(regions(), closing(IVA)).frame)
    assert {found[f"{code}/2024"] for code in FOUR} == {(None, "needs_decision")}
    assert found["00/2024"] == (100, "observed")


def test_a_frame_that_no_rule_marks_is_the_same_frame():
    whole = regions()
    assert close(whole, closing(NEAR, FINE)).frame is whole
    assert not could_mark(whole, (rule(NEAR), rule(FINE)), TODAY)
    assert could_mark(whole, (rule(IVA),), TODAY)


def test_a_region_reads_its_own_and_no_other():
    found = values(close(regions(), closing(IVA, own=frozenset({"03"}))).frame)
    assert found["03/2024"] == (20, "observed")
    assert found["01/2024"] == (None, "needs_decision")


def test_one_region_alone_is_no_compilation_unless_others_have_delivered_too():
    whole = regions(country=None, codes=["25"])
    assert close(whole, closing(IVA)).frame is whole
    assert close(whole, closing(IVA, sources=1)).frame is whole
    assert values(close(whole, closing(IVA, sources=2)).frame)["25/2024"] == (None, "needs_decision")


@pytest.mark.parametrize("left, is_open", [(4, True), (3, True), (2, False), (1, False), (0, True)])
def test_the_country_is_closed_where_so_few_parts_are_that_they_could_be_worked_out(left, is_open):
    codes = sorted(FOUR)[: len(FOUR) - left]
    found = values(close(regions(), closing(IVA, public=opened(IVA, *codes))).frame)
    assert (found["00/2024"][0] is not None) is is_open
    for code in FOUR:
        assert (found[f"{code}/2024"][0] is not None) is (code in codes)


def test_the_country_is_closed_to_everybody_where_the_recipient_could_work_a_region_out_of_it():
    """The recipient reads what everybody reads, so that the public's country would give away its last region."""
    found = values(close(regions(), closing(IVA, recipient=opened(IVA, "01", "03", "04"))).frame)
    assert found["00/2024"] == (None, "needs_decision")


def test_a_made_up_region_is_no_part_of_the_country():
    whole = pl.concat([regions(codes=["01", "03"]), regions(country=None, codes=["98", "99"])])
    found = values(close(whole, closing(IVA, counted=frozenset({"01", "03"}))).frame)
    assert found["00/2024"] == (None, "needs_decision")


def test_a_published_country_is_no_sum_and_stays_open():
    found = values(close(regions(codes=["01", "03"]), closing(IVA, counted=frozenset())).frame)
    assert found["00/2024"] == (100, "observed")


def test_near_real_time_opens_by_itself_when_the_days_have_gone():
    whole = pl.concat([regions("2026-11-16"), regions("2026-11-17")])
    found = values(close(whole, closing(NEAR)).frame)
    assert found["01/2026-11-16"] == (10, "observed")
    assert found["01/2026-11-17"] == (None, "needs_decision")


def fine() -> pl.DataFrame:
    cells = []
    for code in ("01", "03"):
        cells.append(cell(code, "2024-05-01", 30))
        cells += [cell(code, "2024-05-01", 15, f"{code}-{name}") for name in ("a", "b")]
        cells += [cell(code, "2024-05-01", 5, f"{code}-a", ward) for ward in ("x", "y", "z")]
    return frame(*cells)


def keys_open(shown: pl.DataFrame) -> set[str]:
    return set(shown.filter(pl.col("value").is_not_null())["key"].to_list())


def test_hospitals_and_wards_by_day_are_closed_and_their_regions_stay_open():
    assert keys_open(close(fine(), closing(FINE)).frame) == {"01/2024-05-01", "03/2024-05-01"}


def test_a_level_is_open_only_with_the_one_above_it():
    wards = opened(FINE, "01", level=2, kind="day")
    assert keys_open(close(fine(), closing(FINE, public=wards)).frame) == {"01/2024-05-01", "03/2024-05-01"}
    both = wards | opened(FINE, "01", "03", level=1, kind="day")
    found = keys_open(close(fine(), closing(FINE, public=both)).frame)
    assert {key for key in found if "avdelning" in key} == {
        f"01/2024-05-01/sjukhus/01-a/avdelning/{ward}" for ward in "xyz"
    }
    assert len([key for key in found if key.count("/") == 3]) == 4


@pytest.mark.parametrize(
    "opening",
    [
        opened(IVA, "01", kind="month"),
        opened(NEAR, "01"),
        opened(IVA, "01", level=1),
        opened(IVA, "01", age=400_000),
    ],
)
def test_another_kind_of_period_rule_level_or_age_opens_nothing(opening):
    found = values(close(regions(), closing(IVA, public=opening)).frame)
    assert found["01/2024"] == (None, "needs_decision")


def test_the_age_that_is_named_opens_from_that_very_day_on():
    age = (TODAY - date(2024, 12, 31)).days
    for least, is_open in ((age, True), (age + 1, False)):
        found = values(close(regions(), closing(IVA, public=opened(IVA, *FOUR, age=least))).frame)
        assert (found["01/2024"][0] is not None) is is_open


def test_two_rules_each_want_their_own_decision():
    whole = regions("2026-11-29")
    one = closing(IVA, NEAR, public=opened(NEAR, *FOUR, kind="day"))
    assert values(close(whole, one).frame)["01/2026-11-29"] == (None, "needs_decision")
    both = replace(one, openings=one.openings | opened(IVA, *FOUR, kind="day"))
    assert values(close(whole, both).frame)["01/2026-11-29"] == (10, "observed")


def test_whether_a_unit_was_closed_or_hidden_is_not_told_and_that_nothing_came_is():
    whole = frame(
        cell("01", "2024", None, status="closed"),
        cell("03", "2024", None, status="hidden"),
        cell("04", "2024", None, status="not_reported"),
        cell("05", "2024", None, status="incomplete"),
    )
    found = {key: status for key, (_, status) in values(close(whole, closing(IVA)).frame).items()}
    assert found == {
        "01/2024": "needs_decision", "03/2024": "needs_decision", "04/2024": "not_reported", "05/2024": "incomplete",
    }  # fmt: skip


def test_what_is_closed_is_told_by_rule_level_and_kind_of_period():
    (part,) = parts_of(close(regions(), closing(IVA)).cells)
    assert (part.rule.id, part.level, part.period_kind, part.figures) == (IVA, 0, "year", 4)
    assert part.regions == tuple(sorted(FOUR))
    assert (part.first, part.last) == (date(2024, 1, 1), date(2024, 12, 31))


def test_a_region_for_trials_makes_no_compilation_and_is_never_closed():
    day = "2018-02-28"
    told = frame(cell("25", day, 799), cell("25", day, 86, "25010"), cell("99", day, 5), cell("99", day, 5, "99001"))
    trial = closing(FINE, made_up=frozenset({"99"}))
    assert close(told, trial).cells.is_empty()
    two = pl.concat([told, frame(cell("24", day, 40, "24010"))])
    found = values(close(two, trial).frame)
    assert found["99/2018-02-28/sjukhus/99001"] == (5, "observed")
    assert {one for one, (_, status) in found.items() if status == "needs_decision"} == {
        "25/2018-02-28/sjukhus/25010",
        "24/2018-02-28/sjukhus/24010",
    }
