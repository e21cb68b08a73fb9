"""How the text in a cell becomes a value: numbers as Swedes write them, words for missing, periods, dates.

`columns` does the same to whole columns with the expressions below; a test holds both to the same answers. Pure.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import polars as pl

from information_models.cells import BLANKS
from information_models.code_lists import folded
from information_models.definitions import ValueStatus
from registry.findings import Text
from registry.period import Period, PeriodKind

CLOSED = ("stängd", "stängda", "stängt", "closed")
NOT_REPORTED = (
    "ej rapporterat",
    "ej rapporterad",
    "ej rapporterade",
    "ej inrapporterat",
    "not reported",
    "not_reported",
)
BLANK = (
    *("", "-", "–", "—", ".", "..", "…", "uppgift saknas", "saknas", "n/a", "na"),
    *("null", "(null)", "none", "nan", "<na>", "\\n"),  # of databases, Python and R
)
"""Marks that say that nothing is there but not why: the same question is asked as for an empty cell."""
TOTAL = (
    *("summa", "summa totalt", "totalt", "total", "totaler", "totals", "totalsumma", "delsumma", "slutsumma", "sum"),
    *("s:a", "s:ma", "tot", "tot.", "grand total", "subtotal", "sub total"),
    *("samtliga", "samtliga sjukhus", "samtliga enheter", "hela regionen"),
    *("alla sjukhus", "alla enheter", "alla avdelningar"),
)

LONGEST_WORD = 24
"""No word above is longer; a longer text need not be looked up."""
_STATUSES: Mapping[str, ValueStatus | None] = {
    **dict.fromkeys(CLOSED, ValueStatus.CLOSED),
    **dict.fromkeys(NOT_REPORTED, ValueStatus.NOT_REPORTED),
    **dict.fromkeys(BLANK, None),
}

_SPACES = " \u00a0\u2009\u202f"
NUMBER = rf"^[-−]?(?:[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+|[0-9]+)(?:[.,][0-9]+)?$"
_NUMBER = re.compile(NUMBER)
LONGEST_NUMBER = 24
MOST_DIGITS = 13
"""Whole digits beyond these are outside every limit that a model may set."""
CONTROL = "\\u0000-\\u001f\\u007f-\\u009f"
"""What a text may not contain, as the inside of a character class."""
_CONTROL = re.compile(f"[{CONTROL}]")


def status_of(text: str | None) -> ValueStatus | None:
    """What a value cell says about itself; ``None`` where it is empty or a mark without a reason.

    >>> status_of("Stängd"), status_of("0"), status_of(".."), status_of("NaN"), status_of(None)
    (<ValueStatus.CLOSED: 'closed'>, <ValueStatus.OBSERVED: 'observed'>, None, None, None)
    """
    if text is not None and len(text) > LONGEST_WORD:
        return ValueStatus.OBSERVED
    return _STATUSES.get(folded(text or ""), ValueStatus.OBSERVED)


def is_total(text: str) -> bool:
    """Whether a text says that a row sums other rows."""
    return len(text) <= LONGEST_WORD and folded(text) in TOTAL


def plain_number(text: str) -> str | None:
    """A number with decimal point and without separators, or ``None``.

    >>> plain_number("1 234,50"), plain_number("−3"), plain_number("12 34"), plain_number("1.234,5")
    ('1234.50', '-3', None, None)
    """
    text = text.strip(BLANKS)
    if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    return re.sub(f"[{_SPACES}]", "", text).replace(",", ".").replace("−", "-")


def plain_numbers(column: pl.Expr) -> pl.Expr:
    """`plain_number` for a column of text."""
    text = column.str.strip_chars()
    number = text.str.contains(NUMBER) & (text.str.len_chars() <= LONGEST_NUMBER)
    plain = text.str.replace_all(f"[{_SPACES}]", "").str.replace_all(",", ".", literal=True)
    return pl.when(number).then(plain.str.replace_all("−", "-", literal=True))


def period_of(text: str) -> Period | None:
    """The period that a cell names in its canonical form, or ``None``. Other spellings are the delivery reader's task.

    >>> str(period_of("2016-h1")), period_of("03/04/2018") is None, period_of("2018-02-30") is None
    ('2016-H1', True, True)
    """
    try:
        return Period.parse(text if "/" in text else text.upper())
    except ValueError:
        return None


_FORMS = {
    PeriodKind.YEAR: "2026",
    PeriodKind.HALF_YEAR: "2026-H1",
    PeriodKind.TERM: "2026-T1",
    PeriodKind.MONTH: "2026-10",
    PeriodKind.WEEK: "2026-W40",
    PeriodKind.DAY: "2026-10-01",
    PeriodKind.SHIFT: "2026-10-01/natt",
}


def period_forms(kinds: Sequence[PeriodKind]) -> Text:
    """How the periods that an element takes are written.

    >>> period_forms((PeriodKind.HALF_YEAR, PeriodKind.MONTH))
    Text(sv='2026-H1 eller 2026-10', en='2026-H1 or 2026-10')
    """
    forms = [_FORMS[kind] for kind in kinds]
    last = forms[-1] if forms else ""

    def joined(word: str) -> str:
        return f" {word} ".join([", ".join(forms[:-1]), last]) if len(forms) > 1 else last

    return Text(joined("eller"), joined("or"))


def day_of(text: str) -> date | None:
    """The day that a cell names, or ``None``."""
    period = period_of(text)
    return period.first if period and period.kind is PeriodKind.DAY else None


def scaled_number(plain: str, decimals: int) -> int | None:
    """A plain number as an integer of its smallest unit, or ``None`` where it has more decimals than that.

    >>> scaled_number("12.50", 1), scaled_number("-0.5", 1), scaled_number("0.25", 1)
    (125, -5, None)
    """
    whole, _, fraction = plain.partition(".")
    fraction = fraction.rstrip("0")
    return None if len(fraction) > decimals else int(whole + fraction.ljust(decimals, "0"))


def text_check(max_length: int, pattern: str | None) -> Callable[[str], bool]:
    """Whether a text is short enough, without control characters, and of the pattern."""
    form = re.compile(pattern) if pattern else None

    def fitting(text: str) -> bool:
        return len(text) <= max_length and not _CONTROL.search(text) and (form is None or bool(form.fullmatch(text)))

    return fitting
