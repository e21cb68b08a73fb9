"""Which periods of a line are expected, and when each is due: rules that both sides agreed on, exceptions, and absences. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import zip_longest

from registry.period import Period, PeriodKind
from submission_portal.flows.timetables.due_days import COUNTED_OUT, Formula

Span = tuple[date, date]
"""First and last day, both included."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A formula for the periods that begin on ``first`` or later, until another rule takes over."""

    first: date
    formula: Formula


@dataclass(frozen=True, slots=True)
class Expected:
    """A period that is to be delivered. ``is_exception``: its last day was agreed on for it alone."""

    period: Period
    due: date
    is_once: bool = False
    """Whether one day of it is enough."""
    is_exception: bool = False

    @property
    def span(self) -> Span:
        return self.period.first, self.period.last


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a region does not take part; ``last`` is ``None`` where it has not said when it comes back."""

    first: date
    last: date | None = None

    def touches(self, span: Span) -> bool:
        """Whether a day of the span is among them.

        >>> Absence(date(2026, 12, 15)).touches((date(2026, 12, 1), date(2026, 12, 31)))
        True
        """
        return self.first <= span[1] and (self.last is None or span[0] <= self.last)


@dataclass(frozen=True, slots=True)
class Timetable:
    """What both sides have agreed on for a line. ``rules`` in the order in which they were agreed on: of those that a period
    falls under, the newest counts. ``exceptions`` are last days by the span of the period."""

    rules: Sequence[Rule] = ()
    exceptions: Mapping[Span, date] = field(default_factory=dict)

    @property
    def is_agreed(self) -> bool:
        return bool(self.rules)

    def rule_on(self, day: date) -> Rule | None:
        """The rule for a period that begins on the day."""
        return next((one for one in reversed(self.rules) if one.first <= day), None)

    def periods(self, low: date, high: date) -> Iterator[Expected]:
        """The expected periods whose last day is from ``low`` to ``high``, in order."""
        firsts = sorted({one.first for one in self.rules})
        for first, following in zip_longest(firsts, firsts[1:]):
            rule = next(one for one in reversed(self.rules) if one.first <= first)
            period = period_with(rule.formula.per, max(first, low - timedelta(days=366)))
            while period.last <= high and (following is None or period.first < following):
                if period.last >= low:
                    yield self._expected(period, rule)
                period = period.next()

    def period(self, span: Span) -> Expected | None:
        """The expected period with exactly these days."""
        return next((one for one in self.periods(span[1], span[1]) if one.span == span), None)

    def _expected(self, period: Period, rule: Rule) -> Expected:
        agreed = self.exceptions.get((period.first, period.last))
        return Expected(period, agreed or rule.formula.due(period.last), rule.formula.is_once, agreed is not None)


def period_with(kind: PeriodKind, day: date) -> Period:
    """The period of a kind that begins on the day, or is the first to begin after it.

    >>> str(period_with(PeriodKind.MONTH, date(2026, 2, 2))), str(period_with(PeriodKind.WEEK, date(2026, 2, 2)))
    ('2026-03', '2026-W06')
    """
    if kind is PeriodKind.WEEK:
        year, week, _weekday = day.isocalendar()
        around = Period.parse(f"{year:04}-W{week:02}")
    else:
        months = {PeriodKind.MONTH: 1, PeriodKind.TERM: 4, PeriodKind.HALF_YEAR: 6, PeriodKind.YEAR: 12}[kind]
        around = Period(kind, date(day.year, day.month - (day.month - 1) % months, 1))
    return around if around.first == day else around.next()


def kinds_to_count(kinds: Sequence[PeriodKind]) -> tuple[PeriodKind, ...]:
    """What a line's last days may be counted by, where its periods are of these kinds: its own, or for days and shifts those
    that so many of them are delivered together in.

    >>> [one.value for one in kinds_to_count([PeriodKind.DAY])]
    ['month', 'week']
    >>> [one.value for one in kinds_to_count([PeriodKind.MONTH, PeriodKind.YEAR])]
    ['year', 'month']
    """
    own = tuple(one for one in COUNTED_OUT if one in kinds)
    return own or (PeriodKind.MONTH, PeriodKind.WEEK)
