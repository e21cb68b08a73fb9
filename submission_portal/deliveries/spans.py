"""The time that a delivery is about: one period where its days are one, else from day to day. Pure."""

from calendar import monthrange
from datetime import date, timedelta

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
    """
    if not name:
        return ""
    first, slash, last = name.partition("/")
    if not slash:
        return Period.parse(name).label(language)
    if first.endswith("-01-01") and last.endswith("-12-31"):
        return f"{first[:4]}–{last[:4]}"
    return f"{first}–{last}"


def named_span(name: str) -> dict[str, str | int]:
    """The span in both languages, as parameters of a finding."""
    return {"period_sv": span_label(name, "sv"), "period_en": span_label(name, "en")}
