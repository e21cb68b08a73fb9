"""What the time that a delivery is about is called."""

from datetime import date

import pytest

from submission_portal.deliveries.spans import span_name


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
