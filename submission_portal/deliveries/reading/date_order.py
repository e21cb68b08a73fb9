"""Whether a column's dates have the day or the month first, where ``01/02/2018`` alone does not tell. Nothing is guessed."""

from collections.abc import Collection

from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.expected import ExpectedColumn, Written

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
TOLD = {DAY_FIRST: "STR-009", MONTH_FIRST: "STR-016"}
"""The code of what is told of dates that were read in that order."""
LONGEST_WRITTEN = 100
"""A longer text is no number and no date."""


def is_two_ways(cell: str) -> bool:
    """Whether a cell is a date that either order could have.

    >>> is_two_ways("01/02/2018"), is_two_ways("13/02/2018"), is_two_ways("1.2.2018"), is_two_ways("02/02/2018")
    (True, False, False, False)
    """
    numbers = _numbers(cell)
    return numbers is not None and max(numbers) <= 12 and numbers[0] != numbers[1]


def order_of(column: ExpectedColumn, cells: Collection[str]) -> str | None:
    """``DAY_FIRST`` or ``MONTH_FIRST`` as the column's other cells settle it; ``""`` where they do not.

    ``None`` where no date can be read in two ways, and none has the month first.
    """
    if column.written not in (Written.DAY, Written.PERIOD):
        return None
    pairs = {pair for cell in cells if (pair := _numbers(cell)) is not None}
    if not any(map(is_two_ways, cells)):
        is_month_first = any(month <= 12 < day for month, day in pairs) and not any(first > 12 for first, _ in pairs)
        return MONTH_FIRST if is_month_first else None
    first, second = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    is_day, is_month = max(first) > 12, max(second) > 12
    if is_day == is_month and column.period_kind == "month":
        # A spreadsheet that makes a month its first day: only one order then gives different months.
        is_day, is_month = first == {1} and len(second) > 1, second == {1} and len(first) > 1
    return "" if is_day == is_month else DAY_FIRST if is_day else MONTH_FIRST


def in_order(column: ExpectedColumn, cell: str, order: str) -> str:
    """A date in the form of its column, read with the day or the month first; what is no date as it stands."""
    month_first = order == MONTH_FIRST
    if column.written is Written.DAY:
        return written_forms.day(cell, month_first=month_first) or cell
    return written_forms.period(cell, column.period_kind, month_first=month_first) or cell


def _numbers(cell: str) -> tuple[int, int] | None:
    return written_forms.two_numbers(cell) if 0 < len(cell) <= LONGEST_WRITTEN else None
