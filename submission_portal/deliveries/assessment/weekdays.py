"""Weekdays on which a unit is regularly closed: the Saturdays and Sundays of a ward that is open from Monday to Friday. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from registry.findings import Text
from registry.period import SHIFTS, Period, PeriodKind

LEAST_WEEKS = 3
"""A weekday that is missing so many times, and is never there, may be a regular one."""
LEAST_OPEN_DAYS = 8
LEAST_OPEN_SHARE = 0.75
"""The other weekdays are there at least so many times, and so often; else days are missing without a pattern."""
_SV = ("måndagar", "tisdagar", "onsdagar", "torsdagar", "fredagar", "lördagar", "söndagar")
_EN = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def regular_weekdays(run: Sequence[Period], places: Sequence[int]) -> tuple[int, ...]:
    """The weekdays (Monday is 1) that a unit with rows at these places of the run never has, where it regularly has the others.

    ``run`` is of days or shifts, each after the other. Only what lies between the unit's own first and last row is judged.

    >>> october = list(periods_from(Period.parse("2026-10-01"), Period.parse("2026-10-30")))
    >>> regular_weekdays(october, [at for at, day in enumerate(october) if day.first.isoweekday() < 6])
    (6, 7)
    >>> regular_weekdays(october, [0, 29])
    ()
    """
    in_a_day = len(SHIFTS) if run[0].kind is PeriodKind.SHIFT else 1
    expected = Counter(one.first.isoweekday() for one in run[places[0] : places[-1] + 1])
    there = Counter(run[at].first.isoweekday() for at in places)
    closed = tuple(
        weekday for weekday in sorted(expected) if not there[weekday] and expected[weekday] >= LEAST_WEEKS * in_a_day
    )
    open_days = sum(count for weekday, count in expected.items() if weekday not in closed)
    is_regular = len(places) >= max(LEAST_OPEN_DAYS * in_a_day, LEAST_OPEN_SHARE * open_days)
    return closed if is_regular else ()


def has_weekdays(run: Sequence[Period]) -> bool:
    """Whether a run is of days or shifts, each after the other."""
    return run[0].kind in (PeriodKind.DAY, PeriodKind.SHIFT) and all(
        before.next() == after for before, after in pairwise(run)
    )


def weekday_names(weekdays: Collection[int]) -> Text:
    """Weekdays in words.

    >>> weekday_names((6, 7)), weekday_names((1,)).en
    (Text(sv='lördagar och söndagar', en='Saturdays and Sundays'), 'Mondays')
    """
    return Text(_joined([_SV[one - 1] for one in weekdays], "och"), _joined([_EN[one - 1] for one in weekdays], "and"))


def periods_from(first: Period, last: Period) -> Iterator[Period]:
    """Every period from one to another, both included."""
    while first <= last:
        yield first
        first = first.next()


def stretches(periods: Sequence[Period]) -> list[tuple[Period, Period]]:
    """The first and the last of each stretch without a break."""
    found: list[tuple[Period, Period]] = []
    for one in periods:
        if found and found[-1][1].next() == one:
            found[-1] = (found[-1][0], one)
        else:
            found.append((one, one))
    return found


def _joined(words: Sequence[str], last: str) -> str:
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
