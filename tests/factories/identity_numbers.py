"""Identity numbers and what looks like them, all made up.

No number here is a person's: birth numbers are 980–989, which Skatteverket keeps for numbers to test with (its published
test numbers are of this range), or the dates are of the nineteenth century. Check digits are computed.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from legal_checks.check_digits import has_right_check_digit


def check_digit(before: str) -> str:
    """The digit that makes ``before`` right by Luhn's rule."""
    return next(digit for digit in "0123456789" if has_right_check_digit(before + digit))


def ten_digits(born: date, birth_number: int = 987, *, coordination: bool = False) -> str:
    """The ten digits of somebody who is not: ``yymmdd``, a birth number kept for tests, the check digit."""
    day = born.day + (60 if coordination else 0)
    nine = f"{born:%y%m}{day:02d}{birth_number:03d}"
    return nine + check_digit(nine)


def twelve_digits(born: date, birth_number: int = 987, *, coordination: bool = False) -> str:
    return f"{born.year // 100}{ten_digits(born, birth_number, coordination=coordination)}"


def persons(count: int, seed: int = 1, *, first: int = 1925, last: int = 2024) -> list[tuple[date, int]]:
    """Birth dates and birth numbers of so many made-up people."""
    draw = random.Random(seed)
    days = (date(last, 12, 31) - date(first, 1, 1)).days
    return [(date(first, 1, 1) + timedelta(draw.randrange(days)), draw.randint(980, 989)) for _ in range(count)]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the corpus: what it stands for, its heading, its cells."""

    name: str
    heading: str
    cells: Sequence[str]


BORN = date(1937, 3, 14)
"""The birth date of the one who is written in many ways."""


def ways_of_writing() -> dict[str, str]:
    """One number in each way that a system or a hand writes it, found wherever it stands."""
    ten, twelve = ten_digits(BORN), twelve_digits(BORN)
    coordination = ten_digits(BORN, coordination=True)
    full_width = str.maketrans("0123456789", "０１２３４５６７８９")
    return {
        "ten": ten,
        "twelve": twelve,
        "dash": f"{ten[:6]}-{ten[6:]}",
        "plus": f"{ten[:6]}+{ten[6:]}",
        "space": f"{ten[:6]} {ten[6:]}",
        "no-break space": f"{twelve[:8]}\u00a0{twelve[8:]}",
        "spaced dash": f"{ten[:6]} - {ten[6:]}",
        "en dash": f"{ten[:6]}–{ten[6:]}",
        "minus": f"{ten[:6]}−{ten[6:]}",
        "twelve with dash": f"{twelve[:8]}-{twelve[8:]}",
        "date apart": f"1937-03-14-{ten[6:]}",
        "date with points": f"1937.03.14-{ten[6:]}",
        "year last": f"14031937-{ten[6:]}",
        "year last, apart": f"14.03.1937-{ten[6:]}",
        "full width": ten.translate(full_width),
        "zero width within": f"{ten[:2]}\u200b{ten[2:]}",
        "soft hyphen within": f"{ten[:6]}\u00ad{ten[6:]}",
        "as a decimal": f"{ten}.0",
        "scientific": f"{twelve[0]},{twelve[1:]}E+11",
        "scientific, ten": f"{ten[0]}.{ten[1:]}e9",
        "HTML": f"{ten[:6]}&#8209;{ten[6:]}",
        "HTML, a space": f"{twelve[:8]}&nbsp;{twelve[8:]}",
        "raised": ten.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")),
        "variation selector within": f"{ten[:6]}\ufe0f{ten[6:]}",
        "blank letter within": f"{ten[:6]}\u3164{ten[6:]}",
        "in a sentence": f"se patient {ten[:6]}-{ten[6:]}, plats 4",
        "in brackets": f"({ten})",
        "coordination": f"{coordination[:6]}-{coordination[6:]}",
        "coordination of twelve": twelve_digits(BORN, coordination=True),
        "coordination, full width": coordination.translate(full_width),
        "nineteenth century": twelve_digits(date(1897, 5, 2)),
        "a child": f"{ten_digits(date(2015, 6, 7))[:6]}-{ten_digits(date(2015, 6, 7))[6:]}",
        "Stockholm": stockholm(1993, 4711),
        "Carelink": carelink("193703", 45, 12),
        "Västra Götaland": vgr(BORN, "M", 7),
    }


def loosely_written() -> dict[str, str]:
    """One number in ways in which other things are written as well."""
    ten, twelve = ten_digits(BORN), twelve_digits(BORN)
    return {
        "tab": f"{ten[:6]}\t{ten[6:]}",
        "line break": f"{ten[:6]}\n{ten[6:]}",
        "carriage return": f"{twelve[:8]}\r\n{twelve[8:]}",
        "underscore": f"{ten[:6]}_{ten[6:]}",
        "point": f"{ten[:6]}.{ten[6:]}",
        "slash": f"{twelve[:8]}/{twelve[8:]}",
        "colon": f"{ten[:6]}:{ten[6:]}",
        "date apart, a space": f"1937-03-14 {ten[6:]}",
        "date apart, short": f"37-03-14 {ten[6:]}",
        "date apart, a comma": f"1937-03-14, {ten[6:]}",
        "in threes": f"{int(ten):,}".replace(",", " "),
        "twelve in threes": f"{int(twelve):,}".replace(",", "\u00a0"),
        "each by itself": " ".join(ten),
        "in twos": f"19 37 03 14 {ten[6:8]} {ten[8:]}",
        "national": "22370314BC97",
        "national, nobody knows when": "00372040BCD7",
        "Värmland": "19370314SF2B",
        "Örebro": "19370314TB1F",
        "Skåne": "370314DA1B",
        "Skåne of twelve": "19370314-DA1B",
        "Blekinge": "19370314-AA8A",
        "Västernorrland": "19370314014R",
        "Västerbotten": "19370314R123",
        "Gävleborg": "19370314-12M3",
        "Dalarna": "19370314B123",
        "Sörmland": "18500101N123",
        "miswritten, but named": f"personnummer {ten[:6]}-{ten[6:9]}{(int(ten[9]) + 1) % 10}",
    }


def stockholm(year: int, number: int) -> str:
    """``99``, a year, five digits, a check digit over all but the first four."""
    counted = f"{year % 100:02d}{number:05d}"
    return f"99{year // 100}{counted}{check_digit(counted)}"


def carelink(year_month: str, day: int, number: int) -> str:
    """A day of 32–59."""
    counted = f"{year_month[2:]}{day}{number:03d}"
    return f"{year_month[:2]}{counted}{check_digit(counted)}"


def vgr(born: date, letter: str, number: int) -> str:
    """A letter that counts as a digit."""
    value = {"K": "5", "M": "7", "X": "8"}[letter]
    return f"{born:%Y%m%d}{letter}{number:02d}{check_digit(f'{born:%y%m%d}{value}{number:02d}')}"


def organisation(number: int) -> str:
    """An organisation number: its third digit is at least two."""
    counted = f"2321{number:05d}"
    return f"{counted[:6]}-{counted[6:]}{check_digit(counted)}"


def gtin(number: int) -> str:
    """Thirteen digits with the check digit of the trade."""
    counted = f"73{number:010d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(counted))
    return f"{counted}{-total % 10}"


def columns_of_persons() -> list[Column]:
    """Columns in which somebody's number stands, many or one among what is something else."""
    columns = [Column(f"one: {name}", "", [cell]) for name, cell in {**ways_of_writing(), **loosely_written()}.items()]
    for seed, count in enumerate((2, 3, 5, 10, 40, 200)):
        tens = [ten_digits(*each) for each in persons(count, seed)]
        twelves = [twelve_digits(*each) for each in persons(count, seed)]
        columns += [
            Column(f"{count} of ten", "Kolumn", tens),
            Column(f"{count} of twelve", "Kolumn", twelves),
            Column(f"{count} with a dash", "Kolumn", [f"{one[:6]}-{one[6:]}" for one in tens]),
            Column(
                f"{count} coordination numbers", "", [twelve_digits(*one, coordination=True) for one in persons(count)]
            ),
            Column(f"{count} parted by a point", "", [f"{one[:6]}.{one[6:]}" for one in tens]),
        ]
    children = [ten_digits(*each) for each in persons(30, first=2001, last=2009)]
    newest = [ten_digits(*each) for each in persons(30, first=2000, last=2000)]
    columns += [
        Column("lost a zero", "", [one.lstrip("0") for one in children]),
        Column("lost one or two zeros", "", [one.lstrip("0") for one in [*children, *newest]]),
        Column("lost a zero, named", "Personnummer", [children[0].lstrip("0")]),
        Column("lost two zeros, named", "Pnr", [newest[0].lstrip("0")]),
    ]
    for heading in (
        "Personnummer",
        "Persnr",
        "Patientens personnummer",
        "Samordningsnummer",
        "Reservnummer",
        "Pnr",
        "SSN",
    ):
        wrong = f"370314-98{7}{(int(ten_digits(BORN)[-1]) + 3) % 10}"
        columns.append(Column(f"wrong check digit under {heading}", heading, ["370415-1111", wrong]))
    columns += [
        Column("reserve numbers of Skåne", "Id", [f"{born:%y%m%d}DA{one % 2}B" for born, one in persons(20)]),
        Column("reserve numbers of Värmland", "Id", [f"{born:%Y%m%d}SF2B" for born, _ in persons(20)]),
        Column("reserve numbers, named", "Reservnr", ["20261001AA1B"]),
    ]
    one = ten_digits(BORN)
    columns += [Column(f"one among {each.name}", each.heading, [*each.cells, one]) for each in columns_of_one_sort()]
    columns += [
        Column(f"one of twelve among {each.name}", each.heading, [*each.cells, twelve_digits(BORN)])
        for each in columns_of_one_sort()
    ]
    return columns


def _october(write: Callable[[datetime], str], hours: Sequence[int] = (6,), days: int = 31) -> list[str]:
    return [write(datetime(2026, 10, 1, hour, tzinfo=UTC) + timedelta(day)) for day in range(days) for hour in hours]


def columns_of_one_sort() -> list[Column]:
    """Innocent columns whose cells are alike, so that a number among them differs."""
    draw = random.Random(7)
    return [
        Column("measuring times", "Dag", _october(lambda at: f"{at:%Y%m%d%H%M}")),
        Column("measuring times, unnamed", "A", _october(lambda at: f"{at:%Y%m%d%H%M}")),
        Column("measuring times of a year", "A", _october(lambda at: f"{at:%Y%m%d%H%M}", days=365)),
        Column("every hour", "Klockslag", _october(lambda at: f"{at:%Y%m%d%H%M}", range(24))),
        Column(
            "telephone numbers", "Telefon", [f"07{draw.choice('0236')}{draw.randrange(10**7):07d}" for _ in range(60)]
        ),
        Column(
            "telephone numbers, unnamed",
            "A",
            [f"07{draw.choice('0236')}{draw.randrange(10**7):07d}" for _ in range(60)],
        ),
        Column("serial numbers", "Löpnr", [f"{4_700_000_000 + number}" for number in range(60)]),
        Column("case numbers", "Ärende", [f"2026{number:06d}" for number in range(100, 160)]),
        Column("organisation numbers", "Orgnr", [organisation(number) for number in range(20)]),
        Column("HSA ids", "HSA-id", [f"SE2321000016-{draw.randrange(16**4):04X}" for _ in range(40)]),
        Column("counts", "Disponibla", [str(draw.randrange(5000)) for _ in range(60)]),
        Column("days", "Dag", _october(lambda at: f"{at:%Y-%m-%d}")),
    ]
