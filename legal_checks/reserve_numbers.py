"""Reserve numbers: what the regions and the nation give to patients without a personal identity or coordination number.

The formats are data (`FORMATS`), each with its source. Most have letters among the last four characters; two are digits only
(Stockholm, and that of Carelink and Halland) and are met among other numbers of twelve digits.

Sources, read 2026-11-29: Inera, *Lokala reservidn* 1.2 (inera.atlassian.net, page 3353231994); Inera and CGI, *Nationellt
reservidformat* (confluence.cgiostersund.se, PU); HL7 Sweden, basprofiler-r4, *PatientIdentifierConformancePatternSE* (as of
commit 2509c4e); Region Stockholm, Vårdgivarguiden, *Reservnummer* (2023-07-11).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from legal_checks.check_digits import has_right_check_digit

INERA = "Inera, Lokala reservidn 1.2"
HL7 = "HL7 Sweden, basprofiler-r4"


@dataclass(frozen=True, slots=True)
class ReserveFormat:
    """How one giver writes its numbers that have letters. ``pattern`` is of the whole number in upper case, without a dash."""

    giver: str
    pattern: re.Pattern[str]
    source: str
    is_right: Callable[[str], bool] | None = None
    """Whether the check digit is right; ``None`` where there is none, or its rule is not published."""
    has_birth_date: bool = True


def _format(
    giver: str,
    pattern: str,
    source: str,
    is_right: Callable[[str], bool] | None = None,
    *,
    has_birth_date: bool = True,
) -> ReserveFormat:
    return ReserveFormat(giver, re.compile(pattern), source, is_right, has_birth_date)


_VALUES_OF_LETTERS = {"K": "5", "M": "7", "X": "8"}


def _has_right_vgr_digit(number: str) -> bool:
    """Västra Götaland: the letter counts as the digit that it has been given."""
    return has_right_check_digit(number[2:8] + _VALUES_OF_LETTERS[number[8]] + number[9:])


_DATE = "(?P<born>(?:1[89]|2[01])[0-9]{6})"
FORMATS = (
    _format(
        "nationellt",
        "(?P<born>(?:2[2-9]|[3-8][0-9]|9[0-7])[0-9]{6})[A-HJ-NPR-UX-Z]{2}(?:[0-9]|[A-HJ-NPR-UX-Z])[0-9]",
        "Inera och CGI, Nationellt reservidformat",
    ),
    _format(
        "nationellt, okänt födelsedatum",
        "00[0-9]{2}[2-9][0-9][45][0-9][A-HJ-NPR-UX-Z]{2}(?:[0-9]|[A-HJ-NPR-UX-Z])[0-9]",
        "Inera och CGI, Nationellt reservidformat",
        has_birth_date=False,
    ),
    _format("Västra Götaland", f"{_DATE}[KMX](?:0[6-9]|[1-8][0-9])[0-9]", INERA, _has_right_vgr_digit),
    _format("Västra Götaland, äldre", f"{_DATE}[A-FHJ-NPR-Y][0-9]{{3}}", HL7),
    _format("Värmland", f"{_DATE}S[FUXPL][0-9][A-UW-Z1-9]", INERA),
    _format("Örebro län", f"{_DATE}T[A-Z][0-9][A-J]", HL7),
    _format("Skåne", "(?P<born>(?:[0-9]{2})?[0-9]{6})[DEF][A-Z][01][A-Z]", HL7),
    _format("Blekinge, Sörmland", f"{_DATE}[A-Z]{{2}}[0-9][A-Z]", HL7),
    _format("Sörmland, utan födelsedatum", "(?P<born>18[56]00101)[MNKP][0-9]{3}", HL7),
    _format("Västernorrland", f"{_DATE}[0-9]{{3}}R", HL7),
    _format("Västerbotten", f"{_DATE}[REKA][0-9]{{3}}", HL7),
    _format("Gävleborg", f"{_DATE}[0-9]{{2}}[MKX][0-9]", HL7),
    _format("Dalarna", f"{_DATE}[A-Z][0-9]{{3}}", HL7),
)


def format_of(number: str) -> ReserveFormat | None:
    """The first format that a number with letters has, one with a right check digit before others.

    >>> format_of("19810829M071").giver, format_of("19811329M071")
    ('Västra Götaland', None)
    """
    fitting = [each for each in FORMATS if (match := each.pattern.fullmatch(number)) and _is_born(each, match)]
    checked = [each for each in fitting if each.is_right is not None and each.is_right(number)]
    unchecked = [each for each in fitting if each.is_right is None]
    return next(iter((*checked, *unchecked)), None)


def _is_born(each: ReserveFormat, match: re.Match[str]) -> bool:
    """The national one's century is the birth century and a multiple of three; any leap year is taken for one."""
    if not each.has_birth_date:
        return True
    born = match["born"][-6:]
    try:
        date(2000 + int(born[:2]) % 100, int(born[2:4]), int(born[4:]))
    except ValueError:
        return False
    return True


def has_right_stockholm_digit(twelve: str) -> bool:
    """Stockholm (``99``, the year in which it was given, a number of five digits, and a check digit over all but the first four).

    Source: Inera, Lokala reservidn 1.2; its examples are 991981000010 and 991945000023.

    >>> has_right_stockholm_digit("991981000010"), has_right_stockholm_digit("991981000011")
    (True, False)
    """
    return has_right_check_digit(twelve[4:])


def is_carelink_day(born: str) -> bool:
    """Carelink and Halland: ``yyyymmdd`` with 32–59 for the day.

    >>> is_carelink_day("19810832"), is_carelink_day("19810831")
    (True, False)
    """
    return "01" <= born[4:6] <= "12" and "32" <= born[6:] <= "59"
