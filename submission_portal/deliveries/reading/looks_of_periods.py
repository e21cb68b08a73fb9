"""What a cell looks like that is no period of its column, and how it should be written instead. Pure."""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from registry.findings import Param, Text
from registry.period import Period, PeriodKind
from submission_portal.deliveries.reading import written_forms

_SHORT_YEAR = re.compile(r"(\d\d)[-./ ](\d{1,2})[-./ ](\d\d)|(\d{1,2})[-./ ](\d{1,2})[-./ ](\d\d)|\d{6}")
_SHORT_YEAR_AND_CLOCK = re.compile(r"(\d{6})(?:[01]\d|2[0-4])[0-5]\d")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-./ ]?)(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?:[T ].*)?")
_YEAR_LAST = re.compile(r"(?P<day>\d{1,2})[-./ ](?P<month>\d{1,2})[-./ ](?P<year>\d{4})(?: .*)?")
_CLOCK_ALONE = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?", re.IGNORECASE)
_KINDS = {
    PeriodKind.YEAR: Text("ett år", "a year"),
    PeriodKind.HALF_YEAR: Text("ett halvår", "a half-year"),
    PeriodKind.TERM: Text("ett tertial", "a term of four months"),
    PeriodKind.MONTH: Text("en månad", "a month"),
    PeriodKind.WEEK: Text("en vecka", "a week"),
    PeriodKind.DAY: Text("en dag", "a day"),
    PeriodKind.SHIFT: Text("ett arbetspass", "a shift"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell looks like, why it is not read as that, and what to write."""

    looks: Text
    why: Text
    advice: Text

    def params(self) -> dict[str, Param]:
        """For the finding that says so."""
        return {"looks": self.looks, "why": self.why, "advice": self.advice}


def look_of(text: str, kinds: Sequence[PeriodKind]) -> Look | None:
    """What a text that is no period of ``kinds`` looks like; ``None`` where that is not known.

    >>> look_of("46296", (PeriodKind.DAY,)).looks.en, look_of("2026-W40", (PeriodKind.DAY,)).looks.en
    ('a serial day number of a spreadsheet', 'a week')
    >>> look_of("26-10-01", (PeriodKind.DAY,)).looks.en, look_of("hello", (PeriodKind.DAY,))
    ('a date with two digits for the year', None)
    >>> look_of("2026-02-29", (PeriodKind.DAY,)).why.en
    '2026-02-29 is not in the calendar: the month has 28 days.'
    """
    known: tuple[Callable[[str, Sequence[PeriodKind]], Look | None], ...] = (
        _serial,
        _other_kind,
        _short_year,
        _clock,
        _no_such_day,
    )
    return next((look for each in known if (look := each(text.strip(), kinds)) is not None), None)


def _serial(text: str, _kinds: Sequence[PeriodKind]) -> Look | None:
    day = written_forms.day_of_serial(text.replace(",", "."))
    if day is None:
        return None
    return Look(
        Text("kalkylprogrammets dagsnummer", "a serial day number of a spreadsheet"),
        Text(
            f"{text} är {day} i kalkylprogram som räknar från 1900, men fyra år senare i dem som räknar från 1904. En textfil säger "
            "inte vilket.",
            f"{text} is {day} in spreadsheets that count from 1900, but four years later in those that count from 1904. A text file "
            "does not say which.",
        ),
        Text(
            "Ge kolumnen ett datumformat i kalkylprogrammet (2026-10-01) och spara filen på nytt, eller lämna den som XLSX.",
            "Give the column a date format in the spreadsheet (2026-10-01) and save the file again, or deliver it as XLSX.",
        ),
    )


def _other_kind(text: str, kinds: Sequence[PeriodKind]) -> Look | None:
    written = written_forms.period(text)
    if written is None:
        return None
    kind = Period.parse(written).kind
    if kind in kinds:
        return None
    wanted = _listed([_KINDS[one] for one in kinds])
    return Look(
        _KINDS[kind],
        Text(
            f"Modellen tar emot {wanted.sv}, inte {_KINDS[kind].sv}.",
            f"The model takes {wanted.en}, not {_KINDS[kind].en}.",
        ),
        Text(
            f"Lämna uppgifterna för {wanted.sv}: {_EXAMPLES[kinds[0]]}.",
            f"Deliver the figures for {wanted.en}: {_EXAMPLES[kinds[0]]}.",
        ),
    )


_EXAMPLES = {
    PeriodKind.YEAR: "2026",
    PeriodKind.HALF_YEAR: "2026-H1",
    PeriodKind.TERM: "2026-T1",
    PeriodKind.MONTH: "2026-10",
    PeriodKind.WEEK: "2026-W40",
    PeriodKind.DAY: "2026-10-01",
    PeriodKind.SHIFT: "2026-10-01/natt",
}


def _short_year(text: str, _kinds: Sequence[PeriodKind]) -> Look | None:
    clock = _SHORT_YEAR_AND_CLOCK.fullmatch(text)
    day = clock[1] if clock else text
    if not _SHORT_YEAR.fullmatch(day) or not _is_some_day([int(part) for part in re.findall(r"\d{1,2}", day)]):
        return None
    return Look(
        Text("ett datum med tvåsiffrigt år", "a date with two digits for the year"),
        Text(
            f"I {text} går det inte att veta vilka siffror som är året, månaden och dagen.",
            f"In {text} nobody can know which digits are the year, the month and the day.",
        ),
        Text("Skriv året med fyra siffror: 2026-10-01.", "Write the year with four digits: 2026-10-01."),
    )


def _clock(text: str, _kinds: Sequence[PeriodKind]) -> Look | None:
    if not _CLOCK_ALONE.fullmatch(text):
        return None
    return Look(
        Text("ett klockslag utan dag", "a time without a day"),
        Text("Klockslaget säger inte vilken dag det gäller.", "The time does not say which day it is about."),
        Text(
            "Skriv dagen, med eller utan klockslag: 2026-10-01 06:00.",
            "Write the day, with or without a time: 2026-10-01 06:00.",
        ),
    )


def _no_such_day(text: str, _kinds: Sequence[PeriodKind]) -> Look | None:
    match = _YEAR_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(match[part]) for part in ("year", "month", "day"))
    if not (year and 1 <= month <= 12):
        return None
    last = monthrange(year, month)[1]
    if 1 <= day <= last:
        return None
    return Look(
        Text("en dag som inte finns", "a day that does not exist"),
        Text(
            f"{text} finns inte i kalendern: månaden har {last} dagar.",
            f"{text} is not in the calendar: the month has {last} days.",
        ),
        Text("Rätta dagen, eller ta bort raden.", "Mend the day, or remove the row."),
    )


def _is_some_day(numbers: Sequence[int]) -> bool:
    """Whether three numbers of two digits are a day in some order: the year first or last."""
    first, second, third = numbers
    for year, month, day in ((first, second, third), (third, second, first), (third, first, second)):
        try:
            date(2000 + year, month, day)
        except ValueError:
            continue
        return True
    return False


def _listed(words: Sequence[Text]) -> Text:
    return Text(" eller ".join(word.sv for word in words), " or ".join(word.en for word in words))
