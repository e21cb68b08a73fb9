"""A delivery beside the register of units: names read, rows expected, figures of units that did not exist."""

from datetime import date

import polars as pl
import pytest

from information_models.starter.loading import starter_model
from information_models.typed_rows import TypedRows
from registry.period import Period
from submission_portal.deliveries.assessment import gaps
from submission_portal.deliveries.assessment.case import Case
from submission_portal.deliveries.assessment.confirmed_units import (
    ConfirmedUnits,
    named,
    not_registered,
    outside_life,
)
from submission_portal.deliveries.assessment.gap import ENDED
from submission_portal.deliveries.assessment.gap_checks import GAPS
from submission_portal.deliveries.assessment.unit_checks import UNITS
from submission_portal.deliveries.assessment.usual import Delivered, units_of, usual_of
from submission_portal.deliveries.checks import found_by, run_checks
from submission_portal.units.unit import RegisteredUnit

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
DAYS = [f"2026-03-{day:02}" for day in range(1, 6)]


def rows(days=DAYS, *, ward="K1", status="observed"):
    return pl.DataFrame(
        {
            "dag": days,
            "dag__first": [Period.parse(day).first for day in days],
            "dag__last": [Period.parse(day).last for day in days],
            "sjukhus": "65016",
            "avdelning": ward,
            "__region": "25",
            "disponibla": 20,
            "disponibla__status": status,
            "__row": range(2, len(days) + 2),
            "__sheet": pl.Series([None] * len(days), dtype=pl.String),
        }
    )


def confirmed(*units):
    return ConfirmedUnits.of(
        DAILY,
        [
            RegisteredUnit({"sjukhus": "65016", "avdelning": ward}, opened=opened, closed=closed)
            for ward, opened, closed in units
        ],
    )


def found_gaps(frame, register, before=None):
    found = gaps.find_gaps(DAILY, TypedRows.of(frame), register.expected(DAILY, before))
    return [(gap.unit[-1], gap.first[-2:], gap.last[-2:]) for gap in found]


def codes(frame, register, before=None):
    case = Case(DAILY, TypedRows.of(frame), usual=register.expected(DAILY, before), confirmed=register)
    return [finding.code for finding in found_by(run_checks((*UNITS, *GAPS), case))]


def test_a_confirmed_unit_without_a_row_is_a_gap_of_the_days_on_which_it_exists():
    register = confirmed(("K1", None, None), ("K2", date(2026, 3, 2), date(2026, 3, 4)), ("K3", date(2026, 4, 1), None))
    assert found_gaps(rows(), register) == [("K2", "02", "04")]
    assert codes(rows(), register) == ["GAP-003"]


def test_a_unit_with_rows_for_a_part_of_its_days_lacks_the_others():
    register = confirmed(("K1", None, date(2026, 3, 4)), ("K2", None, None))
    frame = pl.concat([rows(DAYS[:2]), rows(ward="K2")])
    assert found_gaps(frame, register) == [("K1", "03", "04")]


def test_the_deliveries_before_say_nothing_of_what_is_expected_but_offer_their_answers():
    before = usual_of([Delivered(units_of(DAILY, rows(ward="Gammal")))])
    assert found_gaps(rows(), confirmed(("K1", None, None)), before) == []
    assert found_gaps(rows(), confirmed(("K1", None, None), ("K2", None, None)), before) == [("K2", "01", "05")]


def test_a_unit_that_was_said_to_have_ended_is_not_asked_about_again():
    whole = pl.concat([rows(), rows(ward="K2")])
    register = confirmed(("K1", None, None), ("K2", None, None))
    (gap,) = gaps.find_gaps(DAILY, TypedRows.of(rows()), register.expected(DAILY, None))
    before = usual_of([Delivered(units_of(DAILY, whole)), Delivered(units_of(DAILY, rows()), (gap,), {gap.key: ENDED})])
    assert found_gaps(rows(), register, before) == []


@pytest.mark.parametrize(
    ("opened", "closed", "found"),
    [
        (None, date(2025, 12, 31), [2, 3, 4, 5, 6]),
        (None, date(2026, 3, 4), [6]),
        (date(2026, 3, 2), None, [2]),
        (date(2026, 3, 1), date(2026, 3, 5), []),
    ],
)
def test_figures_of_a_unit_are_found_on_days_on_which_it_did_not_exist(opened, closed, found):
    register = confirmed(("K1", opened, closed))
    assert [place.row for place in outside_life(DAILY, rows(), register)] == found
    assert ("UNI-001" in codes(rows(), register)) is bool(found)


def test_a_row_that_says_that_a_closed_unit_was_closed_is_no_fault():
    register = confirmed(("K1", None, date(2025, 12, 31)))
    assert outside_life(DAILY, rows(status="closed"), register) == []


def test_a_unit_that_is_not_in_the_register_is_told():
    frame = pl.concat([rows(), rows(ward="Ny")])
    (place,) = not_registered(DAILY, frame, confirmed(("K1", None, None)))
    assert place.key == (("sjukhus", "65016"), ("avdelning", "Ny"))
    assert "UNI-002" in codes(frame, confirmed(("K1", None, None)))


def test_nothing_of_the_register_is_looked_for_where_it_is_not_confirmed():
    case = Case(DAILY, TypedRows.of(rows()))
    outcomes = {one.code for one in run_checks((*UNITS, *GAPS), case)}
    assert outcomes & {"UNI-001", "UNI-002", "GAP-003"} == set()


def test_names_are_read_as_the_unit_and_what_the_file_says_is_kept():
    register = ConfirmedUnits.of(
        DAILY, [RegisteredUnit({"sjukhus": "65016", "avdelning": "K1"}, "Kirurgi", ("Kir 1",))]
    )
    frame = pl.DataFrame({"sjukhus": "65016", "avdelning": ["KIR  1", "K1", "kirurgi", "Annan", None]})
    read = named(DAILY, frame, register)
    assert read["avdelning"].to_list() == ["K1", "K1", "K1", "Annan", None]
    assert read["__written_avdelning"].to_list() == ["KIR  1", None, "kirurgi", None, None]


def test_what_the_reading_kept_as_written_stays():
    register = ConfirmedUnits.of(DAILY, [RegisteredUnit({"sjukhus": "65016", "avdelning": "1"}, aliases=("2026-01",))])
    frame = pl.DataFrame({"avdelning": ["2026-01"], "__written_avdelning": ["jan-26"]})
    assert named(DAILY, frame, register)["__written_avdelning"].to_list() == ["jan-26"]


def test_rows_without_such_names_are_left_as_they_are():
    frame = pl.DataFrame({"avdelning": ["K1"]})
    assert named(DAILY, frame, confirmed(("K1", None, None))) is frame
    assert named(DAILY, frame.rename({"avdelning": "annat"}), confirmed(("K1", None, None))).columns == ["annat"]


def test_a_part_of_the_line_has_the_units_of_that_part():
    register = ConfirmedUnits({("65016", "K1"): (None, None), ("65013", "M1"): (None, None)}, {})
    assert set(register.of_part(DAILY, "sjukhus", "65013").lives) == {("65013", "M1")}


def test_units_of_another_model_are_left_out():
    assert ConfirmedUnits.of(DAILY, [RegisteredUnit({"sjukhus": "65016"}, "Länssjukhuset")]) == ConfirmedUnits({}, {})
