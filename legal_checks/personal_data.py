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
    written apart (``1981-12-18-9876``), with odd dashes and spaces, in digits of other scripts, and as a spreadsheet
    writes a large number (``1,98112189876E+11``) where the digits given reach into the last four. What was rounded
    away cannot be found.

    >>> find_numbers("avdelning 3, 811218-9876")
    (Match(start=13, end=24, kind=<NumberKind.PERSONAL_IDENTITY: 'personal_identity'>),)
    >>> find_numbers("organisationsnummer 232100-0016"), find_numbers("811218-9875")
    ((), ())
    """
    readable = plain(text)
    found = list(_matches(readable))
    if _EXPONENT.search(readable):
        scientific = list(_scientific_matches(readable))
        alone = (one for one in found if not any(each.start <= one.start < each.end for each in scientific))
        found = sorted([*alone, *scientific], key=lambda match: match.start)
    return tuple(found)


def has_number(text: str) -> bool:
    """Whether ``text`` holds at least one such number.

    >>> has_number("198112789873")
    True
    """
    readable = plain(text)
    if next(_matches(readable), None) is not None:
        return True
    return bool(_EXPONENT.search(readable)) and next(_scientific_matches(readable), None) is not None


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


# A number as digits and a power of ten. Neither in a word nor in a longer number, so that no hash is taken for one.
_EXPONENT = re.compile(r"[0-9][\x00 ]?[eE][\x00 ]?[+-]?[0-9]")
_SCIENTIFIC = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.,])(?P<whole>[0-9\x00]{1,24})(?:[.,](?P<decimals>[0-9\x00]{1,40}))?"
    r" ?[eE]\x00?(?P<power>[+-]?[0-9]{1,4})(?![0-9A-Za-z])"
)
_IN_THE_LAST_FOUR = {10: 7, 12: 9}
"""Length of a number → so many digits must be written for one of the last four to be among them."""


def _scientific_matches(text: str) -> Iterator[Match]:
    for candidate in _SCIENTIFIC.finditer(text):
        number = _written_out(candidate)
        if number is not None and (whole := _CANDIDATE.fullmatch(number)) and (kind := _kind(whole)):
            yield Match(candidate.start(), candidate.end(), kind)


def _written_out(candidate: re.Match[str]) -> str | None:
    """The whole number, where as many digits were written as tell one person from another born on the same day.

    Zeros at its end may be left to the power of ten, as programs do that drop them.
    """
    whole = candidate["whole"].replace(_INVISIBLE, "")
    decimals = (candidate["decimals"] or "").replace(_INVISIBLE, "")
    written = (whole + decimals).lstrip("0")
    shift = int(candidate["power"]) - len(decimals)
    if not -40 <= shift <= 12:
        return None
    if shift < 0 and written[shift:].strip("0"):
        return None
    number = written[:shift] if shift < 0 else written + "0" * shift
    least = _IN_THE_LAST_FOUR.get(len(number))
    return number if least is not None and len(written) >= least else None


def _kind(candidate: re.Match[str]) -> NumberKind | None:
    def digits(*groups: str) -> str:
        found = next((candidate[group] for group in groups if candidate[group]), "")
        return found.replace(_INVISIBLE, "")

    return kind_of(
        digits("century"),
        digits("year"),
        digits("month", "month_apart"),
        digits("day", "day_apart"),
        digits("last"),
    )


def kind_of(century: str, year: str, month: str, day: str, last: str) -> NumberKind | None:
    """Which number the digits are, or ``None``: two for each but the last four, and the century may be empty.

    >>> kind_of("19", "81", "12", "78", "9873")
    <NumberKind.COORDINATION: 'coordination'>
    """
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
