"""Headings that name a day or a month without its year, as month sheets have them (``1;2;3;…;31``, ``jan;feb;mar``), and the year and
the month that the sheet says elsewhere: in its title, in the sheet's name, in the file's. Pure.

Nothing is guessed: a place that says two years is a question, and so is a sheet that says none.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from registry.period import PeriodKind
from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.expected import fold
from submission_portal.deliveries.reading.layouts.content import PERIOD
from submission_portal.deliveries.reading.layouts.patterns import Pattern

LEAST_DAYS, LEAST_MONTHS = 5, 2
"""So many days that follow each other, or different months, make headings of them."""
TITLE, GROUP, SHEET, FILE, SENDER = "title", "group", "sheet", "file", "sender"
"""Where a year or a month was read: in the rows above the headings, just above each of them, in the name of the sheet or of the
file, or as the sender said."""
SOURCES = (TITLE, GROUP, SHEET, FILE, SENDER)
YEAR, MONTH = "year", "month"
NEEDS = (YEAR, MONTH)
MOST_CANDIDATES = 12
LONGEST_CELL, MONTHS = 20, 12
LONGEST_TEXT = 200
"""Longer cells are no titles."""
_TOLD = re.compile(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?")
_DAY = re.compile(r"(?:dag(?:en)? |day |d)?(\d{1,2})(?::[ae])?", re.I)
_WEEKDAY = re.compile(
    r"(?:m[åa](?:ndag|n)?|ti(?:sdag|s)?|on(?:sdag|s)?|to(?:rsdag|rs|r)?|fr(?:edag|e)?|l[öo](?:rdag|r)?|s[öo](?:ndag|n)?"
    r"|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\.?",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_FULL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-./_ ](0[1-9]|1[0-2])[-./_ ](?:[0-3]\d)(?!\d)"
    r"|(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(?:[0-3]\d)(?!\d)"
    r"|(?<!\d)[0-3]?\d(?:/| )([01]?\d)[- /]((?:19|20)\d\d)(?!\d)"
)
_YEAR_MONTH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-./_ ]?(0[1-9]|1[0-2])|[-/ _]([1-9]|1[0-2])|[ -]?m(\d{1,2}))(?![\d-])"
    r"|(?<!\d)(0?[1-9]|1[0-2])[-/]((?:19|20)\d\d)(?!\d)",
    re.I,
)
_YEAR = re.compile(r"(?<![\d])((?:19|20)\d\d)(?!\d)")
_WORD_SHORT_YEAR = re.compile(r"([^\W\d_]{3,9})\.?[ _-]{0,2}['’]?([1-4]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Bare:
    """A heading that names a day or a month: its number, and what else it says before and after that."""

    number: int
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """The years and the months that a text says."""

    years: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FileTime:
    """What the bare headings of a sheet are of: its year, and of days its month too; ``None`` where that is to be asked."""

    need: str
    year: int | None = None
    month: int | None = None
    source: str = ""
    """Where it was read: one of `SOURCES`; of a year and a month from different places that of the year."""
    candidates: tuple[str, ...] = ()
    """What it may be, as `told` reads it, where a place says several."""

    @property
    def is_known(self) -> bool:
        return self.year is not None and (self.need == YEAR or self.month is not None)

    @property
    def written(self) -> str:
        """The year, or the year and the month, where that is known."""
        if not self.is_known:
            return ""
        return f"{self.year}" if self.need == YEAR else f"{self.year}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Completed:
    """The patterns of a sheet's bare headings, by position, with the periods that they name."""

    patterns: Mapping[int, Pattern]
    beyond: Mapping[int, int] = field(default_factory=dict)
    """Position → a day that the month does not have."""


def need_of(kinds: Sequence[PeriodKind]) -> str | None:
    """What bare headings of these kinds of period lack: days a month, months a year."""
    if tuple(kinds) == (PeriodKind.DAY,):
        return MONTH
    return YEAR if PeriodKind.MONTH in kinds else None


def told(text: str) -> tuple[int, int | None] | None:
    """A year, or a year and a month, as a sender says it.

    >>> told("2026"), told("2026-03"), told("mars")
    ((2026, None), (2026, 3), None)
    """
    match = _TOLD.fullmatch(text)
    return (int(match[1]), int(match[2]) if match[2] else None) if match else None


def bare_headings(headings: Sequence[str], kinds: Sequence[PeriodKind]) -> dict[int, Bare]:
    """The columns whose headings name days, or months, of no year; none where they are too few to be that.

    >>> sorted(bare_headings(["Sjukhus", "jan", "feb", "DVP"], (PeriodKind.MONTH,)))
    [1, 2]
    >>> bare_headings(["Sjukhus", "1", "2", "3"], (PeriodKind.DAY,))
    {}
    """
    need = need_of(kinds)
    if need is None:
        return {}
    read = _bare_day if need == MONTH else _bare_month
    found = {at: one for at, heading in enumerate(headings) if heading and (one := read(heading)) is not None}
    numbers = sorted({one.number for one in found.values()})
    if need == YEAR:
        return found if len(numbers) >= LEAST_MONTHS else {}
    follow = len(numbers) >= LEAST_DAYS and numbers == list(range(numbers[0], numbers[-1] + 1))
    return found if follow else {}


def _bare_day(heading: str) -> Bare | None:
    """A day of a month: a number alone or with its weekday, or beside other words that hold no number."""
    if len(heading) > LONGEST_TEXT:
        return None
    words = [word for word in heading.replace(",", " ").split() if not _WEEKDAY.fullmatch(word)]
    joined = " ".join(words)
    if match := _DAY.fullmatch(joined):
        return Bare(int(match[1])) if 1 <= int(match[1]) <= 31 else None
    at = [index for index, word in enumerate(words) if word.isascii() and word.isdecimal()]
    digits = sum(any(character.isdigit() for character in word) for word in words)
    if len(at) != 1 or digits != 1 or at[0] not in (0, len(words) - 1) or not 1 <= int(words[at[0]][:3]) <= 31:
        return None
    return Bare(int(words[at[0]][:3]), " ".join(words[: at[0]]), " ".join(words[at[0] + 1 :]))


def _bare_month(heading: str) -> Bare | None:
    """A month by its name, first or last in the heading, that names no year."""
    if len(heading) > LONGEST_TEXT or any(character.isdigit() for character in heading):
        return None
    words = heading.replace("(", " ").replace(")", " ").split()
    at = [index for index, word in enumerate(words) if written_forms.month(word) is not None]
    if len(at) != 1 or at[0] not in (0, len(words) - 1):
        return None
    number = written_forms.month(words[at[0]]) or 0
    return Bare(number, " ".join(words[: at[0]]), " ".join(words[at[0] + 1 :]))


def bare_cells(cells: Iterable[str], kinds: Sequence[PeriodKind]) -> dict[str, int]:
    """The cells of the period's own column that say only a day, or a month by its name or its number; none where any says all of its
    period, or they are too few.

    >>> bare_cells(["jan", "feb", "Summa"], (PeriodKind.MONTH,)), bare_cells(["jan", "2026-02"], (PeriodKind.MONTH,))
    ({'jan': 1, 'feb': 2}, {})
    """
    need, texts = need_of(kinds), [cell for cell in cells if cell and len(cell) <= LONGEST_CELL]
    if need is None or any(written_forms.period(text, kinds[0].value) is not None for text in texts):
        return {}
    found: dict[str, int] = {}
    for text in texts:
        one = _bare_day(text) if need == MONTH else _bare_month(text) or _month_number(text)
        if one is not None and not (one.before or one.after):
            found[text] = one.number
    is_enough = len(set(found.values())) >= (LEAST_DAYS if need == MONTH else 1)
    return found if is_enough and 2 * len(found) > len(texts) else {}


def _month_number(text: str) -> Bare | None:
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(MONTHS))
    return Bare(int(text)) if is_number and 1 <= int(text) <= MONTHS else None


def period_in(time: FileTime, number: int) -> str | None:
    """The day, or the month, with a number in the year and the month of a file."""
    if time.need == YEAR:
        return f"{time.year}-{number:02d}"
    return _day_in(time.year or 0, time.month or 0, number)


def said_in(texts: Iterable[str]) -> Said:
    """The years and months that texts say. A whole date (the day of an export) counts only where they say nothing else.

    >>> said = said_in(["Disponibla vårdplatser mars 2026", "Uttag 2026-04-02"])
    >>> sorted(said.years), sorted(said.months)
    ([2026], [3])
    >>> said_in(["Mars månad, år 2026"]) == said_in(["2026-03"]) == said_in(["vpl_202603.csv"]) == said
    True
    >>> sorted(said_in(["2025 och 2026"]).years)
    [2025, 2026]
    """
    years: set[int] = set()
    months: set[int] = set()
    of_days: list[tuple[int, int]] = []
    for text in texts:
        rest = text[:LONGEST_TEXT]
        for match in _FULL_DAY.finditer(rest):
            year, month = (match[1] or match[3] or match[6]), (match[2] or match[4] or match[5])
            if 1 <= int(month) <= 12:
                of_days.append((int(year), int(month)))
        rest = _FULL_DAY.sub(" ", rest)
        for match in _YEAR_MONTH.finditer(rest):
            years.add(int(match[1] or match[6]))
            months.add(int(match[2] or match[3] or match[4] or match[5]))
        rest = _YEAR_MONTH.sub(" ", rest)
        years.update(int(match[1]) for match in _YEAR.finditer(rest))
        for match in _WORD_SHORT_YEAR.finditer(rest):
            if written_forms.month(match[1]) is not None:
                years.add(2000 + int(match[2]))
        words = _WORD.findall(rest)
        months.update(number for word in words if (number := written_forms.month(word)) is not None)
    if not years:
        years.update(year for year, _month in of_days)
    if not months:
        months.update(month for year, month in of_days if year in years)
    return Said(frozenset(years), frozenset(number for number in months if 1 <= number <= 12))


def time_of(need: str, places: Sequence[tuple[str, Sequence[str]]], sender: str = "") -> FileTime:
    """The time of a sheet by the first of ``places`` (a source and its texts) that says a year, and that says a month; what the
    sender says comes before all of them."""
    by_sender = told(sender)
    if by_sender is not None and (need == YEAR or by_sender[1] is not None):
        return FileTime(need, by_sender[0], by_sender[1], SENDER)
    said = [(source, said_in(texts)) for source, texts in places]
    source, years = next(((name, one.years) for name, one in said if one.years), ("", frozenset[int]()))
    _where, months = next(((name, one.months) for name, one in said if one.months), ("", frozenset[int]()))
    if need == YEAR:
        if len(years) == 1:
            return FileTime(need, min(years), None, source)
        return FileTime(need, candidates=tuple(str(year) for year in sorted(years))[:MOST_CANDIDATES])
    if len(years) == 1 and len(months) == 1:
        return FileTime(need, min(years), min(months), source)
    either = tuple(f"{year}-{month:02d}" for year in sorted(years) for month in sorted(months))
    return FileTime(need, candidates=either[:MOST_CANDIDATES])


def understood(need: str, text: str) -> str:
    """A year, or a year and a month, as a person writes it, in the form of `told`; empty where it is none, or several.

    >>> understood("month", "mars 2026"), understood("year", "år 2026"), understood("month", "2026"), understood("year", "")
    ('2026-03', '2026', '', '')
    """
    return time_of(need, ((SENDER, (text,)),)).written


def completed(bare: Mapping[int, Bare], time: FileTime, groups: Mapping[int, int] | None = None) -> Completed:
    """The periods that bare headings name in the year and the month of the sheet, which are known. ``groups``: by position the year
    that stands above it, where several do. A day that the month does not have is ``beyond``."""
    patterns, beyond = {}, {}
    for at, one in bare.items():
        period = period_in(replace(time, year=(groups or {}).get(at, time.year)), one.number)
        patterns[at] = Pattern(pattern_of_bare(one), period)
        if period is None:
            beyond[at] = one.number
    return Completed(patterns, beyond)


def pattern_of_bare(one: Bare) -> str:
    """What the answer about a bare heading is kept under: as that about one that names its year.

    >>> pattern_of_bare(Bare(3, "DVP")), pattern_of_bare(Bare(3))
    ('dvp {period}', '{period}')
    """
    return " ".join(part for part in (fold(one.before), PERIOD, fold(one.after)) if part)


def _day_in(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def years_above(row: Sequence[str], bare: Mapping[int, Bare]) -> dict[int, int]:
    """By position of a bare heading the year that stands above it, or before that; where the row above has several.

    >>> years_above(["", "2025", "", "2026"], {1: Bare(11), 2: Bare(12), 3: Bare(1)})
    {1: 2025, 2: 2025, 3: 2026}
    """
    years = {at: int(cell) for at, cell in enumerate(row) if _YEAR.fullmatch(cell)}
    if len(set(years.values())) < LEAST_MONTHS:
        return {}
    found, current = {}, None
    for at in range(max(bare, default=-1) + 1):
        current = years.get(at, current)
        if at in bare and current is not None:
            found[at] = current
    return found if set(found) == set(bare) else {}
