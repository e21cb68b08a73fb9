"""Numbers, days and periods as people and systems in Sweden write them, brought to one form.

Each function returns ``None`` for a text that it does not know for sure: a check then shows the text to the sender, and
nothing is guessed. Output: numbers as ``1234.5``, days as ``2026-10-01``, periods as :class:`registry.period.Period`
writes them (``2026``, ``2026-H1``, ``2026-T2``, ``2026-10``, ``2026-W40``, ``2026-10-01``).
"""

import re
from datetime import UTC, date, datetime, timedelta

from registry.clock import SWEDISH
from submission_portal.deliveries.reading.clock_times import Clock, divided, has_half_of_day

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "januari january jan",
            "februari february feb febr",
            "mars march mar",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "augusti august aug",
            "september sep sept",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for word in words.split()
}
_DASHES = str.maketrans("−–‑", "---")
_SPACES = re.compile(r"\s+")
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_GROUPED_DOT = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+")
_GROUPED_COMMA = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+")
_PLAIN_NUMBER = re.compile(r"\d+(?:[.,]\d+)?|[.,]\d+")

_WEEKDAY = re.compile(
    r"^(?:m[åa]n|tis|ons|tor|tors|fre|l[öo]r|s[öo]n|mon|tue|wed|thu|fri|sat|sun)[a-zåäö]*\.?,? ", re.I
)
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)[-./ ](\d{1,2})[-./ ](\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:[./-]|\. )(\d{1,2})(?:[./-]| |\. )((?:19|20)\d\d)")
_EITHER_FIRST = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2((?:19|20)\d\d)")
_DAY_WORD = re.compile(r"(?:den )?(\d{1,2})(?:[.:]?[ea]?)[ -]?([a-zåäö]+)\.?[ -]((?:19|20)\d\d)", re.I)
_DAY_WORD_SHORT = re.compile(r"(\d{1,2})[-./ ]([a-zåäö]{3,9})\.?[-./ ]'?([1-4]\d)", re.I)
"""As databases write days: 01-OCT-26."""
_WEEK_DAY = re.compile(r"((?:19|20)\d\d)-?W(\d\d)-?([1-7])", re.I)
_SINCE_1970 = re.compile(r"(\d{10})(?:\d{3})?")
FIRST_SECOND, LAST_SECOND = 1_262_304_000, 2_208_988_800
"""The seconds since 1970 of the years 2010 to 2039."""
_WORD_DAY = re.compile(r"([a-z]+) (\d{1,2}),? ((?:19|20)\d\d)", re.I)

_YEAR = re.compile(r"(?:år(?:et)? |year )?((?:19|20)\d\d)(?:[.,]0+)?", re.I)
_YEAR_PART = re.compile(r"((?:19|20)\d\d)[ -]?([HT])([1-3])", re.I)
_PART_YEAR = re.compile(r"([HT])([1-3])[ ,-]*((?:19|20)\d\d)", re.I)
_PART_WORD = re.compile(
    r"(?:(första|andra|tredje|first|second|third|1|2|3)(?::?[aest]{1,2})? )?(halvåret?|half(?:-year)?|tertialet|tertial|term)"
    r"(?: ([1-3]))?,? (?:of )?((?:19|20)\d\d)",
    re.I,
)
_ORDINALS = {"första": "1", "first": "1", "andra": "2", "second": "2", "tredje": "3", "third": "3"}
_MONTH_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)(?:[-./ ]|[ -]?m)?(\d{1,2})", re.I)
_MONTH_LAST = re.compile(r"(\d{1,2})[-/]((?:19|20)\d\d)")
_MONTH_WORD = re.compile(r"([a-zåäö]+)\.?[ -]*(?:'|’)?((?:19|20)?\d\d)", re.I)
_WORD_LAST = re.compile(r"((?:19|20)\d\d)[ -]*([a-zåäö]+)\.?", re.I)
_WEEK = re.compile(
    r"((?:19|20)\d\d)[ -]?[wv]\.? ?(\d{1,2})|(?:vecka|week|[wv])\.? ?(\d{1,2})[ ,-]+((?:19|20)\d\d)", re.I
)


def month(text: str) -> int | None:
    """The number of a month by its name.

    >>> month("Mars"), month("okt."), month("3")
    (3, 10, None)
    """
    return _MONTHS.get(text.strip().rstrip(".").casefold())


def number(text: str) -> str | None:
    """A number with decimal comma or point and spaces between thousands.

    A point or comma before exactly three digits at the end is taken for decimals, never for thousands.

    >>> number("1 234,5"), number("−3"), number("1.234,50"), number("12,0"), number("1 23")
    ('1234.5', '-3', '1234.50', '12.0', None)
    """
    text = _SPACES.sub(" ", text.replace("−", "-").replace("–", "-")).strip()
    sign = ""
    if text[:1] in "+-":
        sign, text = ("-" if text.startswith("-") else ""), text[1:].strip()
    if _PLAIN_NUMBER.fullmatch(text) or _GROUPED.fullmatch(text):
        digits = text.replace(" ", "").replace(",", ".")
    elif _GROUPED_DOT.fullmatch(text):
        digits = text.replace(".", "").replace(",", ".")
    elif _GROUPED_COMMA.fullmatch(text):
        digits = text.replace(",", "")
    else:
        return None
    whole, point, decimals = digits.partition(".")
    return sign + (whole.lstrip("0") or "0") + point + decimals


def integer(text: str) -> str | None:
    """A whole number; decimals that are all zero are dropped, since spreadsheets add them.

    >>> integer("12,0"), integer("1 234"), integer("12,5")
    ('12', '1234', None)
    """
    value = number(text)
    if value is None:
        return None
    whole, _, decimals = value.partition(".")
    return whole if not decimals.strip("0") else None


def day(text: str, *, month_first: bool = False) -> str | None:
    """A calendar day in digits or words, also with a weekday before it or a time of day after it. With a time zone it is the day
    in Sweden at that moment; 24:00 is the end of the day that is written.

    Digits that do not begin with the year are day, month, year; with ``month_first`` month, day, year.

    >>> day("2026-10-01 06:00:00"), day("tors 1 okt 2026"), day("1/10 2026"), day("20261001"), day("2026-02-30")
    ('2026-10-01', '2026-10-01', '2026-10-01', '2026-10-01', None)
    >>> day("01-OCT-26 11.30.00 PM"), day("2026-W40-4"), day("1790812800")
    ('2026-10-01', '2026-10-01', '2026-10-01')
    >>> day("2026-10-01T23:00:00Z"), day("2026-10-01 24:00"), day("202610010600"), day("2026-10-01 26:00")
    ('2026-10-02', '2026-10-01', '2026-10-01', None)
    """
    parts = _without_clock(text)
    if parts is None:
        return None
    if (since := _day_since_1970(text.strip())) is not None:
        return since
    written, clock = parts
    found = _day_of(_WEEKDAY.sub("", written), month_first=month_first)
    if found is None or clock is None:
        return found
    try:
        return clock.swedish_day(date.fromisoformat(found)).isoformat()
    except OverflowError:
        return None


def clock_of(text: str) -> Clock | None:
    """The time of day that stands after a day.

    >>> clock_of("2026-10-01T23:00:00Z"), clock_of("okt 2026")
    (Clock(hour=23, minute=0, second=0, ahead=0), None)
    """
    parts = _without_clock(text)
    return parts[1] if parts is not None else None


def _without_clock(text: str) -> tuple[str, Clock | None] | None:
    return divided(_SPACES.sub(" ", text.translate(_DASHES)).strip())


def _day_of(text: str, *, month_first: bool) -> str | None:
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _iso(match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return _iso(match[3], match[1], match[2]) if month_first else _iso(match[3], match[2], match[1])
    if match := _DAY_WORD.fullmatch(text):
        return _iso(match[3], _MONTHS.get(match[2].casefold(), 0), match[1])
    if match := _DAY_WORD_SHORT.fullmatch(text):
        return _iso(f"20{match[3]}", _MONTHS.get(match[2].casefold(), 0), match[1])
    if match := _WEEK_DAY.fullmatch(text):
        return _day_of_week(match[1], match[2], match[3])
    if match := _WORD_DAY.fullmatch(text):
        return _iso(match[3], _MONTHS.get(match[1].casefold(), 0), match[2])
    return None


def is_unusual_day(text: str) -> bool:
    """Whether a day is written in a form that people are told of: with two digits for the year after the name of a month, as the
    day of a week, in seconds since 1970, or with AM or PM.

    >>> [is_unusual_day(each) for each in ("01-Oct-26", "2026-W40-4", "1790812800", "2026-10-01 6:00 AM", "2026-10-01 06:00")]
    [True, True, True, True, False]
    """
    parts = _without_clock(text)
    written = parts[0] if parts is not None else text
    is_since_1970 = _SINCE_1970.fullmatch(text.strip()) is not None
    is_short = any(form.fullmatch(written) for form in (_DAY_WORD_SHORT, _WEEK_DAY))
    return is_since_1970 or is_short or has_half_of_day(text.strip())


def _day_since_1970(text: str) -> str | None:
    """The day in Sweden so many seconds, or milliseconds, after 1970 began in UTC."""
    match = _SINCE_1970.fullmatch(text)
    if match is None or not FIRST_SECOND <= int(match[1]) < LAST_SECOND:
        return None
    return datetime.fromtimestamp(int(match[1]), UTC).astimezone(SWEDISH).date().isoformat()


def _day_of_week(year: str, week: str, number: str) -> str | None:
    try:
        return date.fromisocalendar(int(year), int(week), int(number)).isoformat()
    except ValueError:
        return None


def two_numbers(text: str) -> tuple[int, int] | None:
    """The two numbers before the year where either may be the month: points and a space before the year are only written
    with the day first.

    >>> two_numbers("3/4/2026"), two_numbers("13-4-2026"), two_numbers("3/4 2026"), two_numbers("3.4.2026")
    ((3, 4), (13, 4), None, None)
    """
    parts = _without_clock(text)
    match = _EITHER_FIRST.fullmatch(parts[0]) if parts is not None else None
    return (int(match[1]), int(match[3])) if match else None


def is_day_before_month(text: str) -> bool:
    """Whether a day was written in digits with the day first, and could be mistaken for month before day.

    >>> is_day_before_month("3/4 2026"), is_day_before_month("13/4 2026")
    (True, False)
    """
    parts = _without_clock(text)
    match = _DAY_FIRST.fullmatch(parts[0]) if parts is not None else None
    return bool(match and int(match[1]) <= 12 and match[1] != match[2])


def day_of_serial(text: str, *, from_1904: bool = False) -> str | None:
    """The day of a spreadsheet's serial number, for the years 1990 to 2079.

    >>> day_of_serial("46296"), day_of_serial("12")
    ('2026-10-01', None)
    """
    whole, _, decimals = text.partition(".")
    if not whole.isdecimal() or (decimals and not decimals.isdecimal()):
        return None
    serial = int(whole) + (1462 if from_1904 else 0)
    if not 32_874 <= serial <= 65_745:
        return None
    return (date(1899, 12, 30) + timedelta(days=serial)).isoformat()


def period(text: str, kind: str | None = None, *, month_first: bool = False) -> str | None:
    """A period in any of the forms met in files. ``kind`` (``"month"``, ``"year"``, …) settles what a bare day means:
    the spreadsheet that turned *okt 2026* into its first day.

    >>> period("oktober 2026"), period("första halvåret 2016"), period("v. 9 2018"), period("202610"), period("okt-26")
    ('2026-10', '2016-H1', '2018-W09', '2026-10', '2026-10')
    >>> period("2026-10-01", "month"), period("2026-10-14", "month"), period("2026-01-01", "year")
    ('2026-10', None, None)
    """
    text = _SPACES.sub(" ", text).strip()
    if match := _YEAR.fullmatch(text):
        return match[1]
    if (written := day(text, month_first=month_first)) is not None:
        return _period_of_day(written, kind)
    if match := _YEAR_PART.fullmatch(text):
        return _part(match[1], match[2], match[3])
    if match := _PART_YEAR.fullmatch(text):
        return _part(match[3], match[1], match[2])
    if match := _PART_WORD.fullmatch(text):
        ordinal = match[3] or _ORDINALS.get((match[1] or "").casefold(), match[1])
        return _part(match[4], "H" if match[2].casefold().startswith("hal") else "T", ordinal) if ordinal else None
    if match := _WEEK.fullmatch(text):
        return _week(match[1] or match[4], match[2] or match[3])
    if match := _MONTH_YEAR_FIRST.fullmatch(text):
        return _month(match[1], int(match[2]))
    if match := _MONTH_LAST.fullmatch(text):
        return _month(match[2], int(match[1]))
    if match := _MONTH_WORD.fullmatch(text):
        year = match[2] if len(match[2]) == 4 else f"20{match[2]}"
        return _month(year, _MONTHS.get(match[1].casefold(), 0))
    if match := _WORD_LAST.fullmatch(text):
        return _month(match[1], _MONTHS.get(match[2].casefold(), 0))
    return None


def _iso(year: str, month: str | int, number_of_day: str) -> str | None:
    try:
        return date(int(year), int(month), int(number_of_day)).isoformat()
    except ValueError:
        return None


def _month(year: str, month: int) -> str | None:
    return f"{year}-{month:02d}" if 1 <= month <= 12 else None


def _part(year: str, part: str, ordinal: str) -> str | None:
    part = part.upper()
    return f"{year}-{part}{ordinal}" if int(ordinal) <= (2 if part == "H" else 3) else None


def _week(year: str, week: str) -> str | None:
    try:
        date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return None
    return f"{year}-W{int(week):02d}"


def _period_of_day(written: str, kind: str | None) -> str | None:
    if kind in (None, "day"):
        return written
    if kind == "month":
        return written[:7] if written.endswith("-01") else None
    return None
