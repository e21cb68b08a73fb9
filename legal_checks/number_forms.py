"""What is written like an identity number: tokens of a text that have the length and the form of one, right or wrong.

A token says whether its digits have the *structure* of an identity number (a birth date, or what a reserve number has in its
place) and whether its *check digit* is right. Both are needed to judge a column: how many cells of the same form are wrong
says how many are right by chance.

Sources: folkbokföringslagen (1991:481) 18 § (birth date, birth number, check digit); lag (2022:1697) om samordningsnummer (60 is
added to the day; a birth date that is not known in full may have month 00 or day 60). Reserve numbers: `reserve_numbers`.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from legal_checks.check_digits import has_right_check_digit
from legal_checks.reserve_numbers import format_of, has_right_stockholm_digit, is_carelink_day


class NumberKind(StrEnum):
    """Which number it looks like."""

    PERSONAL_IDENTITY = "personal_identity"
    COORDINATION = "coordination"
    RESERVE = "reserve"


class Form(StrEnum):
    """How a token is written. Cells of one form are judged together."""

    TEN = "ten"
    """Ten digits, and nothing between them."""
    TWELVE = "twelve"
    DASHED_TEN = "dashed_ten"
    """``-`` or ``+`` before the last four; a space too, where no century is written."""
    DASHED_TWELVE = "dashed_twelve"
    PARTED_TEN = "parted_ten"
    """A tab, a line break or one of ``_ . / :`` before the last four; a space too, where the century is written, as times are."""
    PARTED_TWELVE = "parted_twelve"
    APART = "apart"
    """The date itself written apart: ``1981-12-18-9876``."""
    APART_PARTED = "apart_parted"
    """The same with something else before the last four, as a time of day is written: ``1981-12-18 9876``."""
    SPACED = "spaced"
    """Ten or twelve digits with spaces where none belong, as a large number is set in threes."""
    SCIENTIFIC = "scientific"
    ZEROS_LOST = "zeros_lost"
    """Eight or nine digits: a number of ten that began with one or two zeros."""
    LETTERED = "lettered"
    """A reserve number that has letters."""

    @property
    def is_loose(self) -> bool:
        """Whether other things are often written in this form, so that one token alone is never certain."""
        return self in (
            Form.PARTED_TEN, Form.PARTED_TWELVE, Form.APART_PARTED, Form.SPACED, Form.ZEROS_LOST,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a text in the form of an identity number. ``digits`` is never shown, only compared."""

    start: int
    end: int
    form: Form
    digits: str
    """Without what stands between them; letters of reserve numbers in upper case."""
    kind: NumberKind | None
    """``None``: no birth date, nor what a reserve number has in its place."""
    is_checked: bool
    """Whether the check digit is right. A reserve number without one is never checked."""

    @property
    def is_right(self) -> bool:
        return self.kind is not None and self.is_checked

    @property
    def may_be_time(self) -> bool:
        """Whether the last four are a time of day, in this century."""
        century = self.digits[:2] if len(self.digits) == 12 else "20"
        hour, minute = self.digits[-4:-2], self.digits[-2:]
        return (
            self.kind is NumberKind.PERSONAL_IDENTITY
            and century == "20"
            and (hour <= "23" or (hour, minute) == ("24", "00"))
            and minute <= "59"
        )


def tokens(text: str) -> Iterator[Token]:
    """Every token of ``text``, in order of its beginning but for scientific and lettered ones, which come last.

    Where characters are written as in HTML (``811218&#45;9876``), places are those in the text that is meant.

    >>> [(token.form.value, token.kind, token.is_checked) for token in tokens("811218-9876, 232100-0016")]
    [('dashed_ten', <NumberKind.PERSONAL_IDENTITY: 'personal_identity'>, True), ('dashed_ten', None, True)]
    """
    if text.isascii() and text.isdigit():
        if (alone := _of_digits(text)) is not None:
            yield alone
        return
    if not worth_judging(text):
        return
    yield from _written_tokens(html.unescape(text) if _ENTITY.search(text) else text)


def _written_tokens(text: str) -> Iterator[Token]:
    readable = plain(text)
    if readable is not text and not worth_judging(readable):
        return
    places = None
    if INVISIBLE in readable:
        kept = [index for index, one in enumerate(readable) if one != INVISIBLE or _is_gap(readable, index)]
        places = [*kept, len(readable)]
        readable = "".join(readable[index] for index in kept)
    if _SPACED.fullmatch(readable):
        yield from _of_spaced(readable)
        return
    found = [*_digit_tokens(readable), *_lettered_tokens(readable)]
    if _EXPONENT.search(readable):
        scientific = list(_scientific_tokens(readable))
        found = [one for one in found if not any(each.start <= one.start < each.end for each in scientific)]
        found += scientific
    for one in found:
        if places is not None:
            end = places[one.end - 1] + 1
            one = Token(places[one.start], end, one.form, one.digits, one.kind, one.is_checked)
        yield one


def _of_digits(text: str) -> Token | None:
    """The token of a text that is nothing but digits, as most cells are that may hold one."""
    length = len(text)
    if length not in _LENGTHS:
        return None
    digits = text.zfill(10)
    kind, is_checked = judged(digits[:-4], digits[-4:])
    return Token(0, length, _LENGTHS[length], digits, kind, is_checked)


_SPACED = re.compile("[0-9]{1,3}(?: [0-9]{1,3}){2,11}")


def _of_spaced(text: str) -> Iterator[Token]:
    """The token of a text that is nothing but digits in groups of at most three."""
    digits = text.replace(" ", "")
    if len(digits) in (10, 12):
        kind, is_checked = judged(digits[:-4], digits[-4:])
        yield Token(0, len(text), Form.SPACED, digits, kind, is_checked)


_LENGTHS = {8: Form.ZEROS_LOST, 9: Form.ZEROS_LOST, 10: Form.TEN, 12: Form.TWELVE}
SHORTEST = 7
"""No shorter text holds an identity number, in whatever form and under whatever heading."""
WORTH_JUDGING = (
    r"[0-9]{7}|[0-9]{6}[ \t\r\n_./:+-]*[0-9A-Za-z]{4}|[0-9]{2}[-./ ][0-9]{2}[-./ ][0-9]{2}|[0-9] [0-9]{1,3} [0-9]"
    r"|[0-9] ?[eE] ?[+-]?[0-9]|&#?[0-9A-Za-z]{1,8};|[^\x01-\x7f]"
)
"""Found in every text that holds a token, and in some that do not; without look-around, so that a data frame can be searched
with it as well. Digits of other scripts, and what is invisible, are left to be looked at."""
_WORTH_JUDGING = re.compile(WORTH_JUDGING)
_ENTITY = re.compile("&#?[0-9A-Za-z]{1,8};")


def worth_judging(text: str) -> bool:
    """Whether a text is long enough for an identity number, and has what may be one.

    >>> worth_judging("811218-9876"), worth_judging("123456,12"), worth_judging("2026")
    (True, False, False)
    """
    return len(text) >= SHORTEST and _WORTH_JUDGING.search(text) is not None


def plain(text: str) -> str:
    """``text`` with digits, dashes and spaces of every kind written as ASCII, character for character.

    The length stays the same, so that a place in the result is a place in ``text``.
    """
    return text if text.isascii() else text.translate(_PLAIN)


INVISIBLE = "\x00"
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that show nothing."""


class _PlainCharacters(dict[int, str]):
    """The translation table of :func:`plain`, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain_character = character
        if code > 127:
            category = unicodedata.category(character)
            if (digit := unicodedata.digit(character, None)) is not None:  # superscript and circled ones too
                plain_character = str(digit)
            elif category == "Pd" or code == 0x2212:
                plain_character = "-"
            elif category == "Zs":
                plain_character = " "
            elif category in ("Cf", "Mn", "Me") or character in _BLANK_LETTERS:
                plain_character = INVISIBLE
        self[code] = plain_character
        return plain_character


_PLAIN = _PlainCharacters()


def _is_gap(text: str, index: int) -> bool:
    """Whether an invisible character stands among others of its kind: between the values of a file that is no text."""
    return text[index - 1 : index] == INVISIBLE or text[index + 1 : index + 2] == INVISIBLE


# Not inside a longer number, and not the decimals of one.
_BEFORE = r"(?<![0-9])(?<![0-9][.,])"
_JOINT = r"(?P<joint> ?[-+]? ?|[ ]*[\t\r\n]+[ ]*| ?[_./:] ?)"
_DIGITS = re.compile(
    rf"{_BEFORE}(?:"
    rf"(?P<born>[0-9]{{6}}(?:[0-9]{{2}})?){_JOINT}(?P<last>[0-9]{{4}})"
    r"|(?P<apart>(?:[0-9]{2}|[0-9]{4})(?P<mark>[-./ ])[0-9]{2}(?P=mark)(?:[0-9]{2}|[0-9]{4}))(?P<apart_joint>[-+_/:, \t\r\n]{1,3})(?P<end>[0-9]{4})"
    r"|(?P<short>[0-9]{8,9})"
    r")(?![0-9])"
)


def _digit_tokens(text: str) -> Iterator[Token]:
    position = 0
    while candidate := _DIGITS.search(text, position):
        born, last = _parts(candidate)
        kind, is_checked = judged(born, last)
        yield Token(candidate.start(), candidate.end(), _form(candidate), born + last, kind, is_checked)
        # What is right is passed; what is not may hide one that begins within it.
        position = candidate.end() if kind is not None and is_checked else _next_start(candidate)


def _next_start(candidate: "re.Match[str]") -> int:
    """Past the first run of digits: the lookbehind lets nothing begin within one."""
    run = _RUN.match(candidate.string, candidate.start())
    return run.end() if run else candidate.end()


_RUN = re.compile("[0-9]+")


def _parts(candidate: "re.Match[str]") -> tuple[str, str]:
    if candidate["short"]:
        written = candidate["short"].zfill(10)
        return written[:6], written[6:]
    if candidate["apart"]:
        return re.sub("[^0-9]", "", candidate["apart"]), candidate["end"]
    return candidate["born"], candidate["last"]


def _form(candidate: "re.Match[str]") -> Form:
    if candidate["short"]:
        return Form.ZEROS_LOST
    if candidate["apart"]:
        return Form.APART if candidate["apart_joint"].strip() in ("-", "+") else Form.APART_PARTED
    is_ten = len(candidate["born"]) == 6
    joint = candidate["joint"]
    if not joint:
        return Form.TEN if is_ten else Form.TWELVE
    if joint.strip(" ") in ("-", "+") or (is_ten and joint == " "):
        return Form.DASHED_TEN if is_ten else Form.DASHED_TWELVE
    return Form.PARTED_TEN if is_ten else Form.PARTED_TWELVE


def judged(born: str, last: str) -> tuple[NumberKind | None, bool]:
    """What the digits before the last four (six or eight of them) and the last four are, and whether their check digit is right.

    Eight digits may be written with the year first or, ``ddmmyyyy``, last.

    >>> judged("18121981", "9876"), judged("232100", "0016")
    ((<NumberKind.PERSONAL_IDENTITY: 'personal_identity'>, True), (None, True))
    """
    if len(born) not in (6, 8):
        return None, False
    if len(born) == 6:
        return _kind("", born), has_right_check_digit(born + last)
    if born.startswith("99") and "1980" <= born[2:6] <= "2299":
        return NumberKind.RESERVE, has_right_stockholm_digit(born + last)
    kind = None
    if born[:2] in _CENTURIES:
        kind = _kind(born[:2], born[2:])
        if kind is None and is_carelink_day(born):
            kind = NumberKind.RESERVE
    if kind is None and born[4:6] in _CENTURIES:
        turned = born[6:] + born[2:4] + born[:2]
        if (other := _kind(born[4:6], turned)) is not None:
            return other, has_right_check_digit(turned + last)
    return kind, has_right_check_digit(born[2:] + last)


_CENTURIES = ("18", "19", "20")


def kind_of(century: str, year: str, month: str, day: str, last: str) -> NumberKind | None:
    """Which number the digits are, or ``None``: two for each but the last four, and the century may be empty.

    >>> kind_of("19", "81", "12", "78", "9873")
    <NumberKind.COORDINATION: 'coordination'>
    """
    if not has_right_check_digit(year + month + day + last):
        return None
    return _kind(century, year + month + day)


def _kind(century: str, born: str) -> NumberKind | None:
    """By the date alone."""
    year, month, day = int(born[:2]), int(born[2:4]), int(born[4:])
    if month > 12:
        return None
    years = [int(century) * 100 + year] if century else [1900 + year, 2000 + year]
    if any(_is_date(each, month, day) for each in years):
        return NumberKind.PERSONAL_IDENTITY
    if day >= 60 and any(_is_date(each, month or 1, day - 60 or 1) for each in years):
        return NumberKind.COORDINATION
    return None


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


# Letters among the last four, and neither before nor behind them: part of no word and of no longer code.
_LETTERED = re.compile(
    r"(?<![0-9A-Za-z])(?P<born>[0-9]{8}|[0-9]{6})-?(?P<last>(?=[0-9]{0,3}[A-Za-z])[0-9A-Za-z]{4})(?![0-9A-Za-z])"
)


def _lettered_tokens(text: str) -> Iterator[Token]:
    for candidate in _LETTERED.finditer(text):
        number = (candidate["born"] + candidate["last"]).upper()
        found = format_of(number)
        kind = NumberKind.RESERVE if found else None
        is_checked = found is not None and found.is_right is not None
        yield Token(candidate.start(), candidate.end(), Form.LETTERED, number, kind, is_checked)


# A number as digits and a power of ten. Neither in a word nor in a longer number, so that no hash is taken for one.
_EXPONENT = re.compile(r"[0-9] ?[eE] ?[+-]?[0-9]")
_SCIENTIFIC = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.,])(?P<whole>[0-9]{1,24})(?:[.,](?P<decimals>[0-9]{1,40}))?"
    r" ?[eE](?P<power>[+-]?[0-9]{1,4})(?![0-9A-Za-z])"
)
_IN_THE_LAST_FOUR = {10: 7, 12: 9}
"""Length of a number → so many digits must be written for one of the last four to be among them."""


def _scientific_tokens(text: str) -> Iterator[Token]:
    for candidate in _SCIENTIFIC.finditer(text):
        number = _written_out(candidate)
        if number is not None:
            kind, is_checked = judged(number[:-4], number[-4:])
            yield Token(candidate.start(), candidate.end(), Form.SCIENTIFIC, number, kind, is_checked)


def _written_out(candidate: re.Match[str]) -> str | None:
    """The whole number, where as many digits were written as tell one person from another born on the same day.

    Zeros at its end may be left to the power of ten, as programs do that drop them.
    """
    decimals = candidate["decimals"] or ""
    written = (candidate["whole"] + decimals).lstrip("0")
    shift = int(candidate["power"]) - len(decimals)
    if not -40 <= shift <= 12:
        return None
    if shift < 0 and written[shift:].strip("0"):
        return None
    number = written[:shift] if shift < 0 else written + "0" * shift
    least = _IN_THE_LAST_FOUR.get(len(number))
    return number if least is not None and len(written) >= least else None
