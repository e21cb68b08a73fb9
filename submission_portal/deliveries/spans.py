"""The time that a delivery is about: one period where its days are one, else from day to day. Pure."""

from calendar import monthrange
from datetime import date, timedelta

from registry.findings import Param, Text
from registry.period import Period


def span_name(first: date, last: date) -> str:
    """What the days from ``first`` to ``last`` are called.

    >>> span_name(date(2026, 10, 1), date(2026, 10, 31)), span_name(date(2014, 1, 1), date(2015, 12, 31))
    ('2026-10', '2014-01-01/2015-12-31')
    """
    if first == last:
        return first.isoformat()
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1] and first.year == last.year:
        months = (first.month, last.month)
        if months == (1, 12):
            return str(first.year)
        if months in ((1, 6), (7, 12)):
            return f"{first.year}-H{1 if first.month == 1 else 2}"
        if months in ((1, 4), (5, 8), (9, 12)):
            return f"{first.year}-T{(first.month + 3) // 4}"
        if first.month == last.month:
            return f"{first:%Y-%m}"
    if first.weekday() == 0 and last - first == timedelta(days=6):
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02d}"
    return f"{first.isoformat()}/{last.isoformat()}"


def span_label(name: str, language: str) -> str:
    """The span in words.

    >>> span_label("2026-10", "sv"), span_label("2014-01-01/2015-12-31", "en")
    ('oktober 2026', '2014–2015')
    >>> span_label("2026-09-01/2026-10-31", "sv"), span_label("2017-10-01/2018-09-30", "en")
    ('september–oktober 2026', 'October 2017 – September 2018')
    >>> span_label("2026-09-28/2026-10-04", "sv")
    '28 september 2026 – 4 oktober 2026'
    >>> span_label("2026-10-05/2026-10-07", "en")
    '5–7 October 2026'
    """
    if not name:
        return ""
    first, slash, last = name.partition("/")
    if not slash:
        return Period.parse(name).label(language)
    if first.endswith("-01-01") and last.endswith("-12-31"):
        return f"{first[:4]}–{last[:4]}"
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    if begins.day == 1 and ends.day == monthrange(ends.year, ends.month)[1]:
        months = [Period.parse(f"{day:%Y-%m}").label(language) for day in (begins, ends)]
        if begins.year == ends.year:
            return "–".join([months[0].removesuffix(f" {begins.year}"), months[1]])
        return " – ".join(months)
    if (begins.year, begins.month) == (ends.year, ends.month):
        return f"{begins.day}–{Period.day(ends).label(language)}"
    return " – ".join(Period.day(day).label(language) for day in (begins, ends))


def named_span(name: str) -> dict[str, Param]:
    """The span in both languages, as the parameter ``period`` of a finding."""
    return {"period": Text(span_label(name, "sv"), span_label(name, "en"))}
