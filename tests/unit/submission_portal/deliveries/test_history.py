"""How much a value may change from one delivery to the next before it has to be explained."""

import polars as pl
import pytest

from information_models.starter.loading import starter_model
from information_models.typed_rows import TypedRows
from registry.findings import Place, Severity, Text
from submission_portal.deliveries.assessment.case import Case
from submission_portal.deliveries.assessment.history import Change, of_the_same_kinds, unit_elements, units_only_in
from submission_portal.deliveries.assessment.history_checks import HISTORY
from submission_portal.deliveries.assessment.known import DeliveryBefore
from submission_portal.deliveries.checks import found_by, run_checks

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
RATES = starter_model("publicerade-kvoter")


def compare(loaded, now, before, period):
    case = Case(loaded, TypedRows.of(now), earlier=DeliveryBefore(before, period))
    return found_by(run_checks(HISTORY, case)), case.changes


def beds(value, *, day="2026-10-01", ward="Medicin", row=2):
    return {"dag": day, "sjukhus": "65016", "avdelning": ward, "disponibla": value, "__row": row, "__sheet": None}


def rate(value, period="2017-H1"):
    unit = {
        "period": period,
        "region": "25",
        "sjukhus": None,
        "vardform": "somatisk",
        "matt": "overbelaggningar_per_100",
    }
    return {**unit, "varde": value, "__row": 2, "__sheet": None}


def codes(loaded, before, now):
    findings, changes = compare(loaded, pl.DataFrame(now), pl.DataFrame(before), "2026-09")
    assert bool(changes) == ("HIS-002" in [finding.code for finding in findings])
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("before", "now", "is_large"),
    [
        (50, 60, False),
        (50, 61, True),
        (50, 40, False),
        (50, 39, True),
        (20, 25, True),
        (20, 15, True),
        (16, 20, False),
        (2, 1, False),
        (0, 5, True),
        (0, 4, False),
    ],
)
def test_a_change_of_a_count_is_large_above_a_fifth_and_from_five(before, now, is_large):
    assert codes(DAILY, [beds(before)], [beds(now)]) == (["HIS-002"] if is_large else [])


@pytest.mark.parametrize(
    ("before", "now", "is_large"),
    [(2.0, 3.0, True), (2.0, 1.0, True), (2.0, 2.9, False), (10.0, 12.0, False), (10.0, 12.1, True), (5.0, 6.0, False)],
)
def test_a_change_of_a_rate_is_large_above_a_fifth_and_from_one(before, now, is_large):
    assert codes(RATES, [rate(before)], [rate(now)]) == (["HIS-002"] if is_large else [])


def test_the_text_says_the_share_that_is_counted_with():
    findings, [change] = compare(DAILY, pl.DataFrame([beds(61)]), pl.DataFrame([beds(50)]), "2026-09")
    assert findings[0].params["share"] == 20
    assert (change.before, change.now, change.percent) == ("50", "61", "22.0")
    assert (change.place.row, change.place.field) == (2, "disponibla")


def test_means_of_a_units_rows_are_compared():
    before = [beds(40), beds(60, day="2026-10-02", row=3)]
    assert codes(DAILY, before, [beds(0), beds(120, day="2026-10-02", row=3)]) == []
    assert codes(DAILY, before, [beds(60), beds(62, day="2026-10-02", row=3)]) == ["HIS-002"]


def test_a_unit_that_came_is_told():
    findings, _ = compare(DAILY, pl.DataFrame([beds(20)]), pl.DataFrame([beds(20, ward="Kirurgi")]), "2026-09")
    assert [(one.code, one.severity) for one in findings] == [("HIS-003", Severity.INFO)]
    assert "Medicin" in findings[0].places[0].label.en


def test_another_kind_of_period_is_not_compared():
    assert codes(RATES, [rate(2.0, "2017-H1")], [rate(9.0, "2017-10")]) == []
    assert codes(RATES, [rate(2.0, "2017-H1")], [rate(9.0, "2017-H2")]) == ["HIS-002"]


def test_a_column_that_either_delivery_lacks_is_not_compared():
    small, large = pl.DataFrame([beds(20)]), pl.DataFrame([beds(40)])
    assert compare(DAILY, large, small, "2026-09")[1]
    assert compare(DAILY, large, small.drop("disponibla"), "2026-09")[1] == ()
    assert compare(DAILY, large.drop("disponibla"), small, "2026-09")[1] == ()


def test_the_earlier_rows_of_the_same_kinds_are_those_that_are_compared():
    now = pl.DataFrame({"period": ["2017-H1", "2017-10", None]})
    earlier = pl.DataFrame({"period": ["2016-H1", "2016", "2016-09", "2016-W10", None, "2016-H2"]})
    kept = of_the_same_kinds(RATES, now, earlier)
    assert kept["period"].to_list() == ["2016-H1", "2016-09", "2016-H2"]
    assert of_the_same_kinds(RATES, now.head(1), earlier)["period"].to_list() == ["2016-H1", "2016-H2"]
    assert of_the_same_kinds(RATES, pl.DataFrame({"x": [1]}), earlier) is earlier
    other = pl.DataFrame({"x": [1]})
    assert of_the_same_kinds(RATES, now, other) is other


def of_change(before, now):
    _, changes = compare(DAILY, pl.DataFrame(now), pl.DataFrame(before), "2026-09")
    return [one.as_dict() for one in changes]


def test_a_change_says_what_was_and_what_is_as_it_is_shown():
    label = DAILY.code_lists["sjukhus"].by_code["65016"].label
    unit = {"sv": f"{label.sv}, Medicin", "en": f"{label.en}, Medicin"}
    assert of_change([beds(20)], [beds(30, row=7)]) == [
        {"unit": unit, "element": "disponibla", "before": "20", "now": "30", "percent": "50.0", "row": 7, "sheet": ""}
    ]
    assert of_change([beds(0)], [beds(30)])[0]["percent"] == ""
    assert of_change([beds(30)], [beds(20)])[0]["percent"] == "-33.3"
    halves = of_change([beds(20), beds(21, day="2026-10-02")], [beds(40, row=9), beds(41, day="2026-10-02", row=3)])
    assert [(one["before"], one["now"], one["row"]) for one in halves] == [("20.5", "40.5", 3)]
    one_half = of_change([beds(20), beds(21, day="2026-10-02")], [beds(40)])
    assert [(one["before"], one["now"]) for one in one_half] == [("20.5", "40.0")]


def test_changes_come_in_the_order_of_the_rows():
    before = [beds(20, ward=ward) for ward in ("A", "B", "C")]
    now = [beds(40, ward=ward, row=row) for ward, row in (("A", 5), ("B", 3), ("C", 4))]
    assert [one["row"] for one in of_change(before, now)] == [3, 4, 5]


def test_a_change_of_a_rate_keeps_the_decimals_of_its_element():
    [change] = compare(RATES, pl.DataFrame([rate(4.0)]), pl.DataFrame([rate(2.0)]), "2016-H1")[1]
    decimals = RATES.model.element("varde").decimals
    assert (change.before, change.now) == (f"{2:.{decimals}f}", f"{4:.{decimals}f}")
    assert change.place.field == change.element == "varde"
    assert change.place.label == change.unit


def test_a_unit_that_is_not_stated_is_compared_with_one_that_is_not_stated():
    [change] = compare(RATES, pl.DataFrame([rate(9.0)]), pl.DataFrame([rate(2.0)]), "2016-H1")[1]
    assert "–" in change.unit.sv
    both = units_only_in(RATES, pl.DataFrame([rate(9.0)]), pl.DataFrame([rate(2.0)]))
    assert both == ()


def test_units_are_told_in_swedish_order_and_by_their_key():
    wards = ("Öron", "Akut", "Åker", "Ärr")
    found = units_only_in(DAILY, pl.DataFrame([beds(1, ward=ward) for ward in wards]), pl.DataFrame([beds(1)]))
    assert [key[-1] for key, _ in found] == [("avdelning", ward) for ward in ("Akut", "Åker", "Ärr", "Öron")]
    assert found[0][0] == (("sjukhus", "65016"), ("avdelning", "Akut"))


def test_a_stored_change_is_read_again_also_from_before_it_had_two_languages():
    [change] = compare(DAILY, pl.DataFrame([beds(40)]), pl.DataFrame([beds(20)]), "2026-09")[1]
    stored = change.as_dict()
    assert Change.from_dict(stored).as_dict() == stored
    old = Change.from_dict({**stored, "unit": ["Sunderbyn", "Medicin"], "sheet": "Blad", "row": 0})
    assert (old.unit, old.place.sheet, old.place.row) == (
        Text("Sunderbyn, Medicin", "Sunderbyn, Medicin"),
        "Blad",
        None,
    )


def test_the_units_are_the_key_without_the_period():
    assert unit_elements(DAILY) == ["sjukhus", "avdelning"]


@pytest.mark.parametrize("place", [Place("Blad", 3), Place(row=3), Place("Blad"), Place()])
def test_a_change_is_stored_with_its_place(place):
    one = Change(Text("Medicin", "Medicine"), "disponibla", "10", "20", "+100 %", place)
    assert Change.from_dict(one.as_dict()) == one
    assert (one.as_dict()["sheet"], one.as_dict()["row"]) == (place.sheet or "", place.row or 0)
