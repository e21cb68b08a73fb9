"""When a period is to be delivered at the latest: so long after its last day, counted in working days, days or months.

A working day is none of those that Swedish law sets aside when it counts time (SFS 1930:173, 2 §): Saturdays, Sundays, other
public holidays, and the eves of midsummer, Christmas and New Year. A last day that falls on such a day is moved to the next
working day. Pure.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from holidays.constants import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden

from registry.findings import Text
from registry.period import PeriodKind

COUNTED_OUT = (PeriodKind.YEAR, PeriodKind.HALF_YEAR, PeriodKind.TERM, PeriodKind.MONTH, PeriodKind.WEEK)
"""The kinds of which every period is expected by itself. Days and shifts come many in one file: a week or a month of them."""
ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a delay is counted in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"

    @property
    def label(self) -> Text:
        return UNIT_LABELS[self]


UNIT_LABELS = {
    Unit.WORKING_DAYS: Text("arbetsdagar", "working days"),
    Unit.DAYS: Text("dagar", "days"),
    Unit.MONTHS: Text("månader", "months"),
}
MOST: Mapping[Unit, int] = {Unit.WORKING_DAYS: 250, Unit.DAYS: 366, Unit.MONTHS: 12}
"""The longest delay in each unit: about a year."""


@dataclass(frozen=True, slots=True)
class Formula:
    """The last day for each period of a kind: ``delay`` (1 to `MOST`) of a unit after the period's last day.

    ``is_once``: what is counted is a single day of each period, so that one day of it is enough. Otherwise all its days are
    to be delivered.
    """

    per: PeriodKind
    delay: int
    unit: Unit
    is_once: bool = False

    def due(self, last: date) -> date:
        """The last day on which the period that ends on ``last`` is delivered in time.

        >>> Formula(PeriodKind.MONTH, 10, Unit.WORKING_DAYS).due(date(2026, 12, 31))
        datetime.date(2027, 1, 18)
        >>> Formula(PeriodKind.MONTH, 1, Unit.MONTHS).due(date(2026, 2, 28))
        datetime.date(2026, 3, 31)
        >>> Formula(PeriodKind.MONTH, 20, Unit.DAYS).due(date(2026, 11, 30))
        datetime.date(2026, 12, 21)
        """
        match self.unit:
            case Unit.WORKING_DAYS:
                return working_days_after(last, self.delay)
            case Unit.DAYS:
                return first_working_day(last + timedelta(days=self.delay))
            case Unit.MONTHS:
                return first_working_day(_months_after(last, self.delay))

    def in_words(self) -> Text:
        """
        >>> Formula(PeriodKind.MONTH, 10, Unit.WORKING_DAYS).in_words().sv
        '10 arbetsdagar efter periodens sista dag'
        >>> Formula(PeriodKind.MONTH, 1, Unit.MONTHS).in_words().sv
        '1 månad efter periodens sista dag'
        """
        label = SINGLE[self.unit] if self.delay == 1 else self.unit.label
        return Text(
            f"{self.delay} {label.sv} efter periodens sista dag", f"{self.delay} {label.en} after the period's last day"
        )


SINGLE = {
    Unit.WORKING_DAYS: Text("arbetsdag", "working day"),
    Unit.DAYS: Text("dag", "day"),
    Unit.MONTHS: Text("månad", "month"),
}


def is_working_day(day: date) -> bool:
    """
    >>> is_working_day(date(2027, 1, 5)), is_working_day(date(2027, 1, 6)), is_working_day(date(2026, 12, 24))
    (True, False, False)
    """
    return day.weekday() < 5 and day not in _set_aside(day.year)


def working_days_after(day: date, count: int) -> date:
    """The working day that is number ``count`` (at least 1) after ``day``."""
    while count:
        day += ONE_DAY
        count -= is_working_day(day)
    return day


def first_working_day(day: date) -> date:
    """The day itself where it is a working day, or else the first one after it."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


@cache
def _set_aside(year: int) -> frozenset[date]:
    return frozenset(Sweden(years=year, categories=(PUBLIC, DE_FACTO)))


def _months_after(day: date, count: int) -> date:
    """The same day ``count`` months later; the last of a month leads to the last of a month."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    longest = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, longest if is_last else min(day.day, longest))
