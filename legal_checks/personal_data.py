"""Swedish personal identity numbers and coordination numbers, wherever they stand in a text.

Says *where* something that looks like one stands, never *what* it says: a number that was found must not travel on in a
finding, a log or a page. A match has a calendar date, a right check digit (Luhn), and is not part of a longer number.

Sources: folkbokföringslagen (1991:481) 18 § (personal identity number: birth date, birth number, check digit);
lag (2022:1697) om samordningsnummer (coordination number: 60 is added to the day). A coordination number
whose birth date is not known in full may carry month 00 or day 60, so both are taken for one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NumberKind(StrEnum):
    """Which of the two numbers it looks like."""

    PERSONAL_IDENTITY = "personal_identity"
    COORDINATION = "coordination"


@dataclass(frozen=True, slots=True)
class Match:
    """Where in a text a number stands: the half-open range of characters, and its kind. Not the number itself."""

    start: int
    end: int
    kind: NumberKind


def find_numbers(text: str) -> tuple[Match, ...]:
    """Every personal identity number or coordination number in ``text``, in order.

    With or without century, with ``-``, ``+``, a space or nothing before the last four digits; also with the date
    written apart (``1981-12-18-9876``), with odd dashes and spaces, and in digits of other scripts.

    >>> find_numbers("avdelning 3, 811218-9876")
    (Match(start=13, end=24, kind=<NumberKind.PERSONAL_IDENTITY: 'personal_identity'>),)
    >>> find_numbers("organisationsnummer 232100-0016"), find_numbers("811218-9875")
    ((), ())
    """
    return tuple(_matches(plain(text)))


def has_number(text: str) -> bool:
    """Whether ``text`` holds at least one such number.

    >>> has_number("198112789873")
    True
    """
    return next(_matches(plain(text)), None) is not None


def plain(text: str) -> str:
    """``text`` with digits, dashes and spaces of every kind written as ASCII, character for character.

    The length stays the same, so that a place in the result is a place in ``text``.
    """
    return text if text.isascii() else text.translate(_PLAIN)


class _PlainCharacters(dict[int, str]):
    """The translation table of :func:`plain`, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain_character = character
        if code > 127:
            category = unicodedata.category(character)
            if category == "Nd":
                plain_character = str(unicodedata.decimal(character))
            elif category == "Pd" or code == 0x2212:
                plain_character = "-"
            elif category == "Zs":
                plain_character = " "
            elif category == "Cf":
                plain_character = _INVISIBLE
        self[code] = plain_character
        return plain_character


_INVISIBLE = "\x00"
_PLAIN = _PlainCharacters()

# Two year digits with or without a century, month, day, four digits. Not inside a longer number, and not the
# decimals of one. Inside the number at most one invisible character may stand between two digits.
_I = f"{_INVISIBLE}?"
_DIGITS_2 = rf"[0-9]{_I}[0-9]{_I}"
_CANDIDATE = re.compile(
    rf"(?<![0-9])(?<![0-9][.,])"
    rf"(?P<century>(?:1{_I}[89]|2{_I}0){_I})?(?P<year>{_DIGITS_2})"
    rf"(?:(?P<month>{_DIGITS_2})(?P<day>{_DIGITS_2})(?: ?[-+]? ?{_I})"
    rf"|[-./ ](?P<month_apart>{_DIGITS_2})[-./ ](?P<day_apart>{_DIGITS_2}) ?[-+] ?{_I})"
    rf"(?P<last>{_DIGITS_2}{_DIGITS_2})(?![0-9])"
)


def _matches(text: str) -> Iterator[Match]:
    position = 0
    while candidate := _CANDIDATE.search(text, position):
        if kind := _kind(candidate):
            yield Match(candidate.start(), candidate.end(), kind)
            position = candidate.end()
        else:
            position = candidate.start() + 1


def _kind(candidate: re.Match[str]) -> NumberKind | None:
    def digits(*groups: str) -> str:
        found = next((candidate[group] for group in groups if candidate[group]), "")
        return found.replace(_INVISIBLE, "")

    century, year = digits("century"), digits("year")
    month, day, last = digits("month", "month_apart"), digits("day", "day_apart"), digits("last")
    if not _has_right_check_digit(year + month + day + last):
        return None
    years = [int(century + year)] if century else [1900 + int(year), 2000 + int(year)]
    if any(_is_date(each, int(month), int(day)) for each in years):
        return NumberKind.PERSONAL_IDENTITY
    if int(day) >= 60 and any(_is_partial_date(each, int(month), int(day) - 60) for each in years):
        return NumberKind.COORDINATION
    return None


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_partial_date(year: int, month: int, day: int) -> bool:
    return _is_date(year, month or 1, day or 1)


def _has_right_check_digit(ten_digits: str) -> bool:
    """Luhn's rule on the ten digits without the century."""
    total = 0
    for index, character in enumerate(ten_digits):
        product = int(character) * (2 - index % 2)
        total += product // 10 + product % 10
    return total % 10 == 0
