"""Identity numbers that are divided over neighbouring cells of a table: the birth date, and the last four digits.

A date beside a count is no identity number, but has a right check digit by chance in one row of ten, and real files have
such columns. So what is judged is not a row but a pair of columns, by either of two rules:

* **By its headings.** A short text above the date begins with a word such as *födelsedatum*, *född* or *personnummer*,
  or one above the digits with *sista fyra*, *last four* or the like (*födda* is a count and does not do). Then one row with a
  right check digit is enough, and the last digits may have lost their leading zeros.
* **By its rows.** In at least ``LEAST_PAIRS`` (5) different pairs a whole date stands beside exactly four digits, and at least
  nine of ten of those pairs have a right check digit.

Error rates. A pair of columns without any identity number, in whose rows dates stand beside four-digit counts, is taken
for one with a probability of 0.1 to the power of 5 where exactly five pairs differ, 1 in 100,000; with ten pairs it is 1 in
100 million, with more it is less. Counts below 1,000 are never judged, since they are not four digits. Where other columns
stand between, or the last digits come first, both headings have to say so. Where a cell with nothing or a single sign stands
between, or the last digits are two cells (three digits and the check digit), the same rules hold for the three cells; then a
heading of the date counts only beside such a sign. Not found are: fewer than five persons under headings that say nothing, rows
in which every person is the same, and numbers divided in another way.

Sources: as `personal_data`.
"""

import re
from collections.abc import Sequence
from itertools import chain

from legal_checks.number_forms import kind_of, plain

LEAST_PAIRS = 5
LEAST_SHARE = 0.9
HEADINGS_SEARCHED = 60
"""A heading is looked for among this many first rows."""

LONGEST_HEADING = 60

_DATE = re.compile(
    r"(?P<century>1[89]|20)?(?P<year>[0-9]{2})"
    r"(?:(?P<month>[0-9]{2})(?P<day>[0-9]{2})|[-./ ](?P<month_apart>[0-9]{2})[-./ ](?P<day_apart>[0-9]{2}))"
    r" ?[-+]?(?:[ T]00:00(?::00)?)?"
)
_LAST = re.compile(r"[-+]? ?(?P<last>[0-9]{1,4})(?:[.,]0+)?")
_OF_NUMBERS = r"pers(?:on)?\.?[ -]?(?:nr|nummer)|p-?nr\b|identitetsnummer|identity number|ssn\b|samordningsn"
_OWNER = r"(?:patientens?|patient['’]?s?|pat\.?|barnets|the) "
_DATE_HEADING = re.compile(
    rf"(?:{_OWNER})?(?:f[öo]delse(?:datum|dag|tid)|f[öo]dd\b|birth ?(?:date|day)|date of birth|dob\b|{_OF_NUMBERS})",
    re.IGNORECASE,
)
_LAST_HEADING = re.compile(
    rf"(?:{_OWNER})?(?:de )?(?:sista ?(?:fyra|4)|(?:fyra|4) sista|last ?(?:four|4)|kontrollsiffr|f[öo]delsen(?:r|ummer)|{_OF_NUMBERS})",
    re.IGNORECASE,
)
_BIRTH_DATE = re.compile(
    rf"(?:{_OWNER})?(?:f[öo]delse(?:datum|dag|tid)|f[öo]dd\b|birth ?(?:date|day)|date of birth|dob\b)", re.IGNORECASE
)
_LAST_FOUR = re.compile(
    rf"(?:{_OWNER})?(?:de )?(?:sista ?(?:fyra|4)|(?:fyra|4) sista|last ?(?:four|4)|kontrollsiffr|f[öo]delsen(?:r|ummer))",
    re.IGNORECASE,
)
_Date = tuple[str, str, str, str]


def find_divided_numbers(rows: Sequence[Sequence[str]]) -> tuple[tuple[int, int], ...]:
    """Where in a table of texts a divided number begins: (row, column) of the cell with the date, counted from 0.

    >>> find_divided_numbers([["Född", "Sista fyra", "Avd"], ["811218", "9876", "3"], ["811218", "9875", "3"]])
    ((1, 0),)
    >>> find_divided_numbers([["Dag", "Disponibla"], ["811218", "9876"]])
    ()
    """
    different = set(chain.from_iterable(rows))
    dates = {cell: date for cell in different if (date := _date_of(cell))}
    lasts = {cell: match["last"] for cell in different if (match := _LAST.fullmatch(plain(cell)))}
    if not dates or not lasts:
        return ()
    found = _apart(rows, dates, lasts)
    headed = columns_by_headings(rows)
    for column, places in _beside(rows, dates, lasts).items():
        found |= _judged(column, places, by_headings=column in headed)
    signed, parted = columns_of_three_by_headings(rows)
    for column, places in _around_a_sign(rows, dates, lasts).items():
        found |= _judged(column, places, by_headings=column in signed)
    for column, places in _over_three(rows, dates, lasts).items():
        found |= _judged(column, places, by_headings=column in parted)
    return tuple(sorted(found))


_Places = dict[tuple[_Date, str], list[int]]
"""(date, last digits as they are written) → the rows in which they stand together."""


def _judged(column: int, places: _Places, *, by_headings: bool) -> set[tuple[int, int]]:
    """The places of a column of dates whose pairs are numbers by one of the two rules."""
    pairs = {pair for pair in places if by_headings or len(pair[1]) == 4}
    right = {(born, last) for born, last in pairs if kind_of(*born, last.zfill(4)) is not None}
    different_pairs = {(born[1:], last) for born, last in pairs}
    different_right = {(born[1:], last) for born, last in right}
    enough = len(different_pairs) >= LEAST_PAIRS and len(different_right) >= LEAST_SHARE * len(different_pairs)
    if not right or not (by_headings or enough):
        return set()
    return {(row, column) for pair in right for row in places[pair]}


def _apart(rows: Sequence[Sequence[str]], dates: dict[str, _Date], lasts: dict[str, str]) -> set[tuple[int, int]]:
    """Where other columns stand between, or the last digits come first: by both headings, row by row."""
    return {
        (number, born)
        for born, last in columns_apart(rows)
        for number, row in enumerate(rows)
        if max(born, last) < len(row)
        and row[born] in dates
        and row[last] in lasts
        and kind_of(*dates[row[born]], lasts[row[last]].zfill(4)) is not None
    }


def columns_apart(rows: Sequence[Sequence[str]]) -> frozenset[tuple[int, int]]:
    """The pairs of columns, not one after the other, that headings say to hold birth dates and last digits."""
    dated, ended = _columns_under(_BIRTH_DATE, rows), _columns_under(_LAST_FOUR, rows)
    return frozenset((born, last) for born in dated for last in ended - {born, born + 1})


def columns_by_headings(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """The columns that a heading, theirs or that of the next, says to hold the beginning of a divided number."""
    dated, ended = _columns_under(_DATE_HEADING, rows), _columns_under(_LAST_HEADING, rows)
    return dated | {column - 1 for column in ended}


def columns_of_three_by_headings(rows: Sequence[Sequence[str]]) -> tuple[frozenset[int], frozenset[int]]:
    """The columns that headings say to hold the beginning of a number over three cells: with a sign between, and with the last
    digits in two cells."""
    ended = _columns_under(_LAST_HEADING, rows)
    by_last = frozenset(column - after for column in ended for after in (1, 2))
    return by_last | _columns_under(_DATE_HEADING, rows), by_last


def may_begin(cell: str) -> bool:
    """Whether a divided number may begin with a cell.

    >>> may_begin("811218"), may_begin("8112")
    (True, False)
    """
    return _date_of(cell) is not None


def may_end(cell: str, *, by_heading: bool) -> bool:
    """Whether a divided number may end with a cell; ``by_heading``: where a heading says that there are some.

    >>> may_end("9876", by_heading=False), may_end("12", by_heading=False), may_end("12", by_heading=True)
    (True, False, True)
    """
    match = _LAST.fullmatch(plain(cell))
    return match is not None and (by_heading or len(match["last"]) == 4)


def may_stand_between(cell: str) -> bool:
    """Whether nothing or a single sign is in a cell.

    >>> [may_stand_between(cell) for cell in ("", "-", "1", "A1")]
    [True, True, False, False]
    """
    return len(cell) < 2 and not cell.isalnum()


def may_be_three_digits(cell: str) -> bool:
    """Whether a cell may hold the three digits before the check digit; zeros may have been lost.

    >>> may_be_three_digits("987"), may_be_three_digits("9876")
    (True, False)
    """
    match = _LAST.fullmatch(plain(cell))
    return match is not None and len(match["last"]) <= 3


def may_be_check_digit(cell: str) -> bool:
    """Whether a cell holds one digit.

    >>> may_be_check_digit("6"), may_be_check_digit("60")
    (True, False)
    """
    match = _LAST.fullmatch(plain(cell))
    return match is not None and len(match["last"]) == 1


def _beside(rows: Sequence[Sequence[str]], dates: dict[str, _Date], lasts: dict[str, str]) -> dict[int, _Places]:
    """By column of the date: the last digits in the cell after it."""
    found: dict[int, _Places] = {}
    for number, row in enumerate(rows):
        for column in range(len(row) - 1):
            if row[column] in dates and row[column + 1] in lasts:
                pair = dates[row[column]], lasts[row[column + 1]]
                found.setdefault(column, {}).setdefault(pair, []).append(number)
    return found


def _around_a_sign(rows: Sequence[Sequence[str]], dates: dict[str, _Date], lasts: dict[str, str]) -> dict[int, _Places]:
    """By column of the date: the last digits in the second cell after it, nothing or a sign between."""
    found: dict[int, _Places] = {}
    for number, row in enumerate(rows):
        for column in range(len(row) - 2):
            if row[column] in dates and row[column + 2] in lasts and may_stand_between(row[column + 1]):
                pair = dates[row[column]], lasts[row[column + 2]]
                found.setdefault(column, {}).setdefault(pair, []).append(number)
    return found


def _over_three(rows: Sequence[Sequence[str]], dates: dict[str, _Date], lasts: dict[str, str]) -> dict[int, _Places]:
    """By column of the date: three of the last digits in the cell after it, and the check digit in the next."""
    found: dict[int, _Places] = {}
    for number, row in enumerate(rows):
        for column in range(len(row) - 2):
            if row[column] in dates and row[column + 1] in lasts and row[column + 2] in lasts:
                middle, end = lasts[row[column + 1]], lasts[row[column + 2]]
                if len(middle) <= 3 and len(end) == 1:
                    found.setdefault(column, {}).setdefault((dates[row[column]], middle + end), []).append(number)
    return found


def _date_of(cell: str) -> _Date | None:
    """(century, year, month, day) where the cell is written as a date; whether there is such a day is judged later."""
    match = _DATE.fullmatch(plain(cell)) if len(cell) <= 30 else None
    if match is None:
        return None
    return (
        match["century"] or "",
        match["year"],
        match["month"] or match["month_apart"],
        match["day"] or match["day_apart"],
    )


def _columns_under(heading: re.Pattern[str], rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """Columns in whose first rows a short text begins with one of the words."""
    return frozenset(
        column
        for row in rows[:HEADINGS_SEARCHED]
        for column, cell in enumerate(row)
        if 0 < len(cell) <= LONGEST_HEADING and heading.match(" ".join(cell.split()))
    )
