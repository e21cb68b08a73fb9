"""What the time that a delivery is about is called."""

from datetime import date

import pytest

from registry.findings import Text
from submission_portal.deliveries.spans import named_span, span_label, span_name


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 10, 1), date(2026, 10, 1), "2026-10-01"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 1, 1), date(2026, 6, 30), "2026-H1"),
        (date(2026, 7, 1), date(2026, 12, 31), "2026-H2"),
        (date(2026, 1, 1), date(2026, 4, 30), "2026-T1"),
        (date(2026, 5, 1), date(2026, 8, 31), "2026-T2"),
        (date(2026, 9, 1), date(2026, 12, 31), "2026-T3"),
        (date(2026, 2, 1), date(2026, 2, 28), "2026-02"),
        (date(2026, 2, 1), date(2026, 2, 27), "2026-02-01/2026-02-27"),
        (date(2026, 2, 2), date(2026, 2, 28), "2026-02-02/2026-02-28"),
        (date(2026, 9, 1), date(2026, 10, 31), "2026-09-01/2026-10-31"),
        (date(2025, 1, 1), date(2026, 12, 31), "2025-01-01/2026-12-31"),
        (date(2025, 12, 29), date(2026, 1, 4), "2026-W01"),
        (date(2026, 9, 28), date(2026, 10, 4), "2026-W40"),
        (date(2026, 9, 28), date(2026, 10, 5), "2026-09-28/2026-10-05"),
        (date(2026, 9, 29), date(2026, 10, 5), "2026-09-29/2026-10-05"),
    ],
)
def test_whole_periods_have_their_names_and_other_spans_their_days(first, last, name):
    assert span_name(first, last) == name


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 1, 1), date(2027, 6, 30), "2026-01-01/2027-06-30"),
        (date(2026, 1, 2), date(2026, 12, 31), "2026-01-02/2026-12-31"),
        (date(2026, 2, 1), date(2026, 6, 30), "2026-02-01/2026-06-30"),
        (date(2026, 4, 1), date(2027, 4, 30), "2026-04-01/2027-04-30"),
        (date(2027, 1, 4), date(2027, 1, 10), "2027-W01"),
        (date(2027, 1, 4), date(2027, 1, 9), "2027-01-04/2027-01-09"),
    ],
)
def test_a_name_is_of_exactly_these_days(first, last, name):
    assert span_name(first, last) == name


@pytest.mark.parametrize(
    ("name", "sv", "en"),
    [
        ("", "", ""),
        ("2026", "2026", "2026"),
        ("2014-01-01/2015-12-31", "2014–2015", "2014–2015"),
        ("2014-01-01/2015-11-30", "januari 2014 – november 2015", "January 2014 – November 2015"),
        ("2014-02-01/2015-12-31", "februari 2014 – december 2015", "February 2014 – December 2015"),
        ("2026-09-01/2026-10-31", "september–oktober 2026", "September–October 2026"),
        ("2026-09-02/2026-10-31", "2 september 2026 – 31 oktober 2026", "2 September 2026 – 31 October 2026"),
        ("2026-09-01/2026-10-30", "1 september 2026 – 30 oktober 2026", "1 September 2026 – 30 October 2026"),
    ],
)
def test_a_span_is_said_in_both_languages(name, sv, en):
    assert (span_label(name, "sv"), span_label(name, "en")) == (sv, en)
    assert named_span(name) == {"period": Text(sv, en)}
