"""A line joins neighbours only."""

from datetime import date
from decimal import Decimal

from registry.period import Period, PeriodKind
from submission_portal.followup.breaks import Break, Cause
from submission_portal.followup.series import Point, build_series


def points(**values: int | None) -> list[Point]:
    return [
        Point(Period.parse(name.strip("p").replace("_", "-")), None if value is None else Decimal(value), name)
        for name, value in values.items()
    ]


def joined(found: list[Point], breaks=()) -> list[list[str]]:
    return [[str(point.period) for point in piece] for series in build_series(found, breaks) for piece in series.pieces]


def test_neighbours_are_joined():
    assert joined(points(p2018_01=1, p2018_02=2)) == [["2018-01", "2018-02"]]


def test_a_break_is_never_drawn_over():
    one = Break(date(2018, 3, 1), Cause.APPLICATION, "25")
    assert joined(points(p2018_02_28=799, p2018_03_01=746), [one]) == [["2018-02-28"], ["2018-03-01"]]


def test_a_missing_month_is_a_gap_and_not_a_decline():
    assert joined(points(p2018_01=1, p2018_02=2, p2018_04=4)) == [["2018-01", "2018-02"], ["2018-04"]]


def test_a_hidden_figure_is_a_gap():
    assert joined(points(p2018_01=1, p2018_02=None, p2018_03=4)) == [["2018-01"], ["2018-03"]]


def test_first_half_years_are_neighbours_where_second_ones_are_not_published():
    assert joined(points(p2013_H1=1, p2014_H1=2, p2016_H1=3)) == [["2013-H1", "2014-H1"], ["2016-H1"]]


def test_half_years_and_months_are_two_series():
    found = build_series(points(p2016_H1=3, p2017_10=4, p2017_11=5), ())
    assert [(one.kind, len(one.points)) for one in found] == [(PeriodKind.HALF_YEAR, 1), (PeriodKind.MONTH, 2)]
