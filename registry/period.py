"""The time that a figure is about: a year, half-year, term, month, week or day.

Written as in the sources and in ISO 8601 where that has a form: ``2014``, ``2016-H1``, ``2016-T2``, ``2018-03``,
``2018-W09``, ``2018-03-01``. A shift is a day with a part: ``2020-03-16/natt``.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import total_ordering


class PeriodKind(StrEnum):
    """The lengths of time that figures are given for, longest first."""

    YEAR = "year"
    HALF_YEAR = "half-year"
    TERM = "term"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    SHIFT = "shift"


SHIFTS = ("fm", "em", "natt")
_FORM = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(-H(?P<half>[12])|-T(?P<term>[123])|-W(?P<week>[0-9]{2})|-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2})(/(?P<shift>fm|em|natt))?)?)?"
)
_MONTHS = {
    "sv": [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A period of one kind, from its ``first`` to its ``last`` day, both included."""

    kind: PeriodKind
    first: date
    shift: str | None = None

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The period that ``text`` names. Raises ``ValueError`` where it names none.

        >>> Period.parse("2016-H2").first, Period.parse("2016-H2").last
        (datetime.date(2016, 7, 1), datetime.date(2016, 12, 31))
        >>> Period.parse("2018-W01").first
        datetime.date(2018, 1, 1)
        >>> str(Period.parse("2018-03"))
        '2018-03'
        """
        match = _FORM.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not a period")
        year = int(match["year"])
        if match["half"]:
            return cls(PeriodKind.HALF_YEAR, date(year, 6 * int(match["half"]) - 5, 1))
        if match["term"]:
            return cls(PeriodKind.TERM, date(year, 4 * int(match["term"]) - 3, 1))
        if match["week"]:
            return cls(PeriodKind.WEEK, date.fromisocalendar(year, int(match["week"]), 1))
        if match["day"]:
            day = date(year, int(match["month"]), int(match["day"]))
            return cls(PeriodKind.SHIFT, day, match["shift"]) if match["shift"] else cls(PeriodKind.DAY, day)
        if match["month"]:
            return cls(PeriodKind.MONTH, date(year, int(match["month"]), 1))
        return cls(PeriodKind.YEAR, date(year, 1, 1))

    @classmethod
    def day(cls, day: date) -> "Period":
        return cls(PeriodKind.DAY, day)

    @property
    def last(self) -> date:
        months = {PeriodKind.YEAR: 12, PeriodKind.HALF_YEAR: 6, PeriodKind.TERM: 4, PeriodKind.MONTH: 1}.get(self.kind)
        if months:
            month = self.first.month + months - 1
            return date(self.first.year, month, monthrange(self.first.year, month)[1])
        return self.first + timedelta(days=6) if self.kind is PeriodKind.WEEK else self.first

    def __str__(self) -> str:
        first = self.first
        match self.kind:
            case PeriodKind.YEAR:
                return f"{first.year:04}"
            case PeriodKind.HALF_YEAR:
                return f"{first.year:04}-H{(first.month + 5) // 6}"
            case PeriodKind.TERM:
                return f"{first.year:04}-T{(first.month + 3) // 4}"
            case PeriodKind.MONTH:
                return first.isoformat()[:7]
            case PeriodKind.WEEK:
                year, week, _ = first.isocalendar()
                return f"{year:04}-W{week:02}"
            case PeriodKind.DAY:
                return first.isoformat()
            case PeriodKind.SHIFT:
                return f"{first.isoformat()}/{self.shift}"

    def __lt__(self, other: "Period") -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[date, date, int]:
        return self.first, self.last, SHIFTS.index(self.shift) if self.shift else -1

    def contains(self, day: date) -> bool:
        return self.first <= day <= self.last

    def next(self) -> "Period":
        """The period of the same kind that follows.

        >>> str(Period.parse("2016-H2").next()), str(Period.parse("2020-12").next())
        ('2017-H1', '2021-01')
        """
        if self.shift and self.shift != SHIFTS[-1]:
            return Period(self.kind, self.first, SHIFTS[SHIFTS.index(self.shift) + 1])
        return Period(self.kind, self.last + timedelta(days=1), SHIFTS[0] if self.shift else None)

    def label(self, language: str) -> str:
        """The period as people write it.

        >>> Period.parse("2016-H1").label("sv"), Period.parse("2018-03-01").label("sv")
        ('första halvåret 2016', '1 mars 2018')
        """
        first, swedish = self.first, language != "en"
        month = _MONTHS["sv" if swedish else "en"][first.month - 1]
        match self.kind:
            case PeriodKind.YEAR:
                return f"{first.year}"
            case PeriodKind.HALF_YEAR:
                half = first.month > 6
                if swedish:
                    return f"{'andra' if half else 'första'} halvåret {first.year}"
                return f"{'second' if half else 'first'} half of {first.year}"
            case PeriodKind.TERM:
                return f"{'tertial' if swedish else 'term'} {(first.month + 3) // 4} {first.year}"
            case PeriodKind.MONTH:
                return f"{month} {first.year}"
            case PeriodKind.WEEK:
                year, week, _ = first.isocalendar()
                return f"{'vecka' if swedish else 'week'} {week}, {year}"
            case PeriodKind.DAY:
                return f"{first.day} {month} {first.year}"
            case PeriodKind.SHIFT:
                part = (
                    self.shift if swedish else {"fm": "morning", "em": "afternoon", "natt": "night"}[self.shift or "fm"]
                )
                return f"{first.day} {month} {first.year}, {part}"
