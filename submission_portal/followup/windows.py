"""Which periods of a long series a page shows: a table's page of them, and as many as a drawing can be read with.

The latest come first, and every page ends where the one before it began. A drawing ends with the latest period of its page and
goes further back than the table does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.paging import Page, page_of_sequence, within
from registry.period import Period
from submission_portal.followup.breaks import Break
from submission_portal.followup.figures import Figure

ROWS = 31
"""Periods in a table at a time: a month of days, two and a half years of months."""
DRAWN = 120
"""Periods in a drawing at a time, ten years of months: closer points than so are one line to the eye."""


@dataclass(frozen=True, slots=True)
class Window:
    """``page``: the periods of the table, the latest first. ``drawn``: those of the drawings, in order of time."""

    page: Page[Period]
    drawn: tuple[Period, ...]

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods of the table in order of time."""
        return tuple(reversed(self.page.rows))

    @property
    def is_part(self) -> bool:
        """Whether the drawings leave periods out."""
        return len(self.drawn) < self.page.total

    def of_table(self, figures: Sequence[Figure]) -> list[Figure]:
        wanted = set(self.page.rows)
        return [one for one in figures if one.period in wanted]

    def breaks(self, breaks: Sequence[Break]) -> tuple[Break, ...]:
        """The breaks that stand in the drawings."""
        return within_drawn(self.drawn, breaks)


def within_drawn(drawn: Sequence[Period], breaks: Sequence[Break]) -> tuple[Break, ...]:
    """Of ``breaks`` those that stand between the first and the last of the periods that are drawn."""
    if not drawn:
        return ()
    return tuple(one for one in breaks if drawn[0].first < one.on <= drawn[-1].last)


def window_of(periods: Sequence[Period], number: int, rows: int = ROWS, drawn: int = DRAWN) -> Window:
    """The window on page ``number`` of ``periods``, which are in order of time; the nearest page where there is none.

    >>> months = [Period.parse(f"20{year}-{month:02}") for year in range(10, 26) for month in range(1, 13)]
    >>> newest, next_one = window_of(months, 1, 12, 24), window_of(months, 2, 12, 24)
    >>> str(newest.periods[0]), str(newest.periods[-1]), str(newest.drawn[0]), newest.is_part
    ('2025-01', '2025-12', '2024-01', True)
    >>> str(next_one.periods[-1]), str(next_one.drawn[0]), window_of(months, 99, 12).page.number
    ('2024-12', '2023-01', 16)
    """
    page = page_of_sequence(periods[::-1], number, rows)
    end = len(periods) - (page.number - 1) * rows
    return Window(page, tuple(periods[max(0, end - drawn) : end]))


def around(periods: Sequence[Period], on: date, drawn: int = DRAWN) -> tuple[Period, ...]:
    """As many periods as a drawing can be read with, half of them before a day and half from it on.

    >>> years = [Period.parse(str(year)) for year in range(1990, 2026)]
    >>> [str(one) for one in around(years, date(2018, 3, 1), 4)]
    ['2016', '2017', '2018', '2019']
    """
    middle = sum(one.last < on for one in periods)
    return tuple(periods[max(0, middle - drawn // 2) : middle + drawn // 2])


def page_with(periods: Sequence[Period], wanted: Period, rows: int = ROWS) -> int:
    """The page that ``wanted``, one of ``periods``, stands on."""
    return within((len(periods) - 1 - periods.index(wanted)) // rows + 1, len(periods), rows)
