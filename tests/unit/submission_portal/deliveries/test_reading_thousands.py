"""A sign before exactly three digits: thousands or decimals. Where nothing settles it, it is told and nothing is guessed."""

import pytest

from registry.findings import Severity
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.reader import read
from submission_portal.deliveries.reading.thousands import in_two_ways
from tests.factories.delivery_files import csv_lines

BEDS = ExpectedColumn("platser", ("Platser",), "Platser", Written.INTEGER, is_value=True)
RATE = ExpectedColumn("andel", ("Andel",), "Andel", Written.DECIMAL, is_value=True, decimals=1)


@pytest.mark.parametrize("cell", ["1,000", "1.000", "-5,000", "999,000"])
def test_thousands_of_another_country_are_told_and_never_taken_for_ones(cell):
    expected = Expected((ExpectedColumn("region", ("Region",), "Region"), BEDS))
    reading = read(csv_lines("Region;Platser", f"01;{cell}", "03;24"), "platser.csv", expected)
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("STR-027", Severity.ERROR)
    assert [(place.row, place.column, place.value) for place in finding.places] == [(2, "B", cell)]


@pytest.mark.parametrize("other", ["0,000", "24,0", "24,50", "24,0000", "1000,000", ",5", "1 000,000"])
def test_another_cell_that_has_decimals_settles_that_they_are_decimals(other):
    assert in_two_ways(BEDS, ["1,000", other, ""]) == frozenset()
    assert in_two_ways(BEDS, ["1.000", other, ""]) == {"1.000"}, "of the other sign it says nothing"


@pytest.mark.parametrize("other", ["24", "1000", "2,000", "stängd", "", "0"])
def test_a_cell_without_decimals_settles_nothing(other):
    assert "1,000" in in_two_ways(BEDS, ["1,000", other])


@pytest.mark.parametrize("cell", ["0,500", "1,001", "12,50", "1234,000", "1,0000", "1 000", "1,000,000", "24"])
def test_what_can_be_read_in_one_way_is_left_for_the_check(cell):
    assert in_two_ways(BEDS, [cell]) == frozenset()


def test_a_column_with_decimals_is_asked_of_only_where_the_last_ones_would_fall_away():
    assert in_two_ways(RATE, ["1,500"]) == {"1,500"}
    assert in_two_ways(RATE, ["1,550"]) == frozenset(), "that is told as too many decimals"
    assert in_two_ways(ExpectedColumn("m", (), written=Written.DECIMAL, decimals=3), ["1,500"]) == frozenset()
    assert in_two_ways(ExpectedColumn("m", (), written=Written.DECIMAL, decimals=2), ["1,500"]) == {"1,500"}


@pytest.mark.parametrize(("largest", "is_told"), [(24_000, True), (23_999, False), (None, True)])
def test_more_than_the_model_takes_is_no_thousands(largest, is_told):
    column = ExpectedColumn("platser", (), written=Written.INTEGER, largest=largest)
    assert bool(in_two_ways(column, ["24.000"])) is is_told


def test_texts_and_dates_are_not_asked_about():
    assert in_two_ways(ExpectedColumn("avd", ()), ["1,000"]) == frozenset()
    assert in_two_ways(ExpectedColumn("dag", (), written=Written.DAY), ["1.000"]) == frozenset()
