"""A published total that differs from the sum is explained, not corrected."""

from decimal import Decimal

from registry.findings import Severity
from registry.period import Period
from submission_portal.followup.figures import Figure, Status
from submission_portal.followup.totals import PublishedTotal, differences, finding

COUNTRY_2015 = Figure("00/2015", "00", (), Period.parse("2015"), Decimal(23883), Status.OBSERVED, 21, 21, (), ())


def found(published: str):
    total = PublishedTotal("2015", Decimal(published), "a published table")
    return [finding(one) for one in differences([COUNTRY_2015], [total], {"2015": 21}, 0)]


def test_two_beds_among_twenty_one_rounded_regions_are_rounding():
    (said,) = found("23885")
    assert (said.code, said.severity) == ("FOL-001", Severity.INFO)
    assert (said.params["difference"], said.params["parts"]) == ("2", 21)


def test_a_hundred_beds_are_not():
    (said,) = found("23983")
    assert (said.code, said.severity) == ("FOL-002", Severity.WARNING)


def test_nothing_is_said_where_they_agree():
    assert found("23883") == [None]


def test_nothing_is_compared_with_a_sum_that_is_not_shown():
    incomplete = Figure("00/2015", "00", (), Period.parse("2015"), None, Status.INCOMPLETE, 20, 21, ("25",), ())
    assert differences([incomplete], [PublishedTotal("2015", Decimal(1), "")], {}, 0) == ()
