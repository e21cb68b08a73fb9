"""How the text of a cell becomes a value: words for what is missing, totals, numbers, days, texts."""

from datetime import date

import pytest

from information_models.values import ValueStatus as Status
from information_models.values import day_of, is_total, period_forms, plain_number, scaled_number, status_of, text_check
from registry.findings import Text
from registry.period import PeriodKind


@pytest.mark.parametrize(
    ("text", "status"),
    [(None, None), ("", None), ("…", None), ("STÄNGD", Status.CLOSED), (" ej  Rapporterat ", Status.NOT_REPORTED),
     ("0", Status.OBSERVED), ("x", Status.OBSERVED), (" " * 30, Status.OBSERVED), ("ej rapporterat" + " " * 10, Status.NOT_REPORTED),
     ("ej rapporterat" + " " * 11, Status.OBSERVED)],
)  # fmt: skip
def test_a_cell_says_why_it_has_no_number(text, status):
    assert status_of(text) is status


def test_a_total_is_a_short_text():
    assert is_total("Summa") and is_total(" TOTALT ") and is_total("totalt" + " " * 18)
    assert not is_total("Summan") and not is_total("totalt" + " " * 19)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("1 234", "1234"), ("1\u00a0234\u202f567,5", "1234567.5"), ("12 34", None), ("1 2345", None), ("−3,0", "-3.0"), ("", None),
     (",5", None), ("5,", None), ("9" * 24, "9" * 24), ("9" * 25, None), (" 7 ", "7"), ("1,2,3", None), ("0012", "0012")],
)  # fmt: skip
def test_a_number_is_read_as_swedes_write_it(text, plain):
    assert plain_number(text) == plain


def test_a_number_is_an_integer_of_its_smallest_unit():
    assert (scaled_number("12", 0), scaled_number("12.0", 0), scaled_number("12.5", 0)) == (12, 12, None)
    assert (scaled_number("-0.25", 2), scaled_number("1.2", 3), scaled_number("1.234", 2)) == (-25, 1200, None)


@pytest.mark.parametrize(
    ("kinds", "sv", "en"),
    [((), "", ""), ((PeriodKind.YEAR,), "2026", "2026"),
     ((PeriodKind.YEAR, PeriodKind.MONTH), "2026 eller 2026-10", "2026 or 2026-10"),
     ((PeriodKind.YEAR, PeriodKind.MONTH, PeriodKind.DAY), "2026, 2026-10 eller 2026-10-01", "2026, 2026-10 or 2026-10-01")],
)  # fmt: skip
def test_forms_of_periods_are_listed(kinds, sv, en):
    assert period_forms(kinds) == Text(sv, en)


def test_a_day_is_a_day_and_no_other_period():
    assert day_of("2018-02-28") == date(2018, 2, 28)
    assert (day_of("2018-02-29"), day_of("2018-02"), day_of("x")) == (None, None, None)


def test_a_text_is_short_enough_and_of_its_pattern():
    fits = text_check(3, "[a-z]{1,3}")
    assert [fits(text) for text in ("abc", "abcd", "AB", "a\n", "")] == [True, False, False, False, False]
    plain = text_check(3, None)
    assert [plain(text) for text in ("abc", "abcd", "", "a\u0085")] == [True, False, True, False]
