"""Columns that hold no identity number and are often taken for one; all made up, the same every time."""

import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

from tests.factories.identity_numbers import Column, check_digit, columns_of_one_sort, gtin, organisation

Write = Callable[[random.Random, int], str]
"""A cell from a source of chance and the number of its row."""


def _day(row: int, first: date = date(2026, 1, 1)) -> date:
    return first + timedelta(row)


def _at(row: int, minutes: int = 60) -> datetime:
    return datetime(2026, 3, 1, 6, tzinfo=UTC) + timedelta(minutes=row * minutes)


def _moment(draw: random.Random) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=draw.randrange(300 * 86_400))


def _ocr(draw: random.Random, digits: int) -> str:
    counted = "".join(str(draw.randrange(10)) for _ in range(digits - 1))
    return counted + check_digit(counted)


def _organisation_of_twelve(draw: random.Random, _row: int) -> str:
    return f"16{organisation(draw.randrange(90_000)).replace('-', '')}"


_LETTERS = "ABCDEFGHJKLMNPRSTUVXYZ"
WRITERS: dict[str, tuple[str, Write]] = {
    # times
    "yyyymmddhhmm at six": ("Dag", lambda draw, row: f"{_day(row):%Y%m%d}0600"),
    "yyyymmddhhmm at midnight": ("Mättidpunkt", lambda draw, row: f"{_day(row):%Y%m%d}0000"),
    "yyyymmddhhmm by the hour": ("Tid", lambda draw, row: f"{_at(row):%Y%m%d%H%M}"),
    "yyyymmddhhmm by the quarter, unnamed": ("Kolumn1", lambda draw, row: f"{_at(row, 15):%Y%m%d%H%M}"),
    "yyyymmddhhmm whenever": ("Inskriven", lambda draw, row: f"{_moment(draw):%Y%m%d%H%M}"),
    "yymmddhhmm": ("Ut", lambda draw, row: f"{_at(row, 30):%y%m%d%H%M}"),
    "yyyymmddhhmmss": ("Skapad", lambda draw, row: f"{_moment(draw):%Y%m%d%H%M%S}"),
    "date and hour": ("Start", lambda draw, row: f"{_at(row):%Y%m%d %H%M}"),
    "date, underscore, time": ("Fil", lambda draw, row: f"{_moment(draw):%Y%m%d_%H%M}"),
    "ISO": ("Tid", lambda draw, row: f"{_moment(draw):%Y-%m-%dT%H:%M:%S}Z"),
    "ISO with a space": ("Tid", lambda draw, row: f"{_moment(draw):%Y-%m-%d %H:%M}"),
    "year, day of the year, time": ("A", lambda draw, row: f"{_moment(draw):%Y%j%H%M}"),
    "seconds since 1970": ("ts", lambda draw, row: str(1_767_222_000 + row * 3600)),
    "milliseconds since 1970": ("ts", lambda draw, row: str((1_767_222_000 + row * 3600) * 1000)),
    # days
    "yyyymmdd": ("Datum", lambda draw, row: f"{_day(row):%Y%m%d}"),
    "ddmmyyyy": ("Datum", lambda draw, row: f"{_day(row):%d%m%Y}"),
    "ddmmyyyy, old days": ("A", lambda draw, row: f"{date(1950, 1, 1) + timedelta(draw.randrange(25_000)):%d%m%Y}"),
    "yyyy-mm-dd": ("Dag", lambda draw, row: f"{_day(row):%Y-%m-%d}"),
    "dd.mm.yyyy": ("Dag", lambda draw, row: f"{_day(row):%d.%m.%Y}"),
    "birth days": ("Född", lambda draw, row: f"{date(1940, 1, 1) + timedelta(draw.randrange(25_000)):%Y%m%d}"),
    "period of two days": ("Period", lambda draw, row: f"{_day(row):%Y%m%d}-{_day(row + 6):%Y%m%d}"),
    "week": ("Vecka", lambda draw, row: f"{2026}W{row % 52 + 1:02d}"),
    # numbers that follow each other
    "serial of ten": ("Löpnr", lambda draw, row: str(1_000_000_001 + row)),
    "serial that begins like a date": ("Nr", lambda draw, row: str(8_112_180_001 + row)),
    "serial of twelve": ("Id", lambda draw, row: str(202_600_000_001 + row)),
    "case number": ("Diarienr", lambda draw, row: f"{2026}{draw.randrange(10**6):06d}"),
    "case number with a year": ("Dnr", lambda draw, row: f"HSN 2026-{row:04d}"),
    "day and serial": ("Provnr", lambda draw, row: f"{_day(row):%y%m%d}-{row + 100:04d}"),
    "day, a letter and serial": ("Prov", lambda draw, row: f"{_day(row):%Y%m%d}A{row % 1000:03d}"),
    "visit": ("Vårdkontakt", lambda draw, row: f"{4_100_000_000 + row * 37}"),
    # telephones
    "mobile": ("Mobil", lambda draw, row: f"07{draw.choice('0236')}{draw.randrange(10**7):07d}"),
    "mobile with spaces": ("Mobil", lambda draw, row: f"070-{draw.randrange(1000):03d} {draw.randrange(100):02d} 10"),
    "mobile of one operator": ("Kontakt", lambda draw, row: f"0701{draw.randrange(10**6):06d}"),
    "abroad": ("Tel", lambda draw, row: f"+4670{draw.randrange(10**7):07d}"),
    "land line": ("Telefonnummer", lambda draw, row: f"0920{draw.randrange(10**6):06d}"),
    "switchboard": ("Växel", lambda draw, row: f"08-{draw.randrange(10**3):03d} {draw.randrange(10**2):02d} 00"),
    # names of units and firms
    "HSA id": ("HSA-id", lambda draw, row: f"SE2321000016-{draw.randrange(16**4):04X}"),
    "HSA id of digits": ("HSA-id", lambda draw, row: f"SE2321000131-E{draw.randrange(10**12):012d}"),
    "HSA id of a person": ("Användare", lambda draw, row: f"SE2321000131-P{row:012d}"),
    "organisation": ("Orgnr", lambda draw, row: organisation(draw.randrange(90_000))),
    "organisation of ten": ("Orgnr", lambda draw, row: organisation(draw.randrange(90_000)).replace("-", "")),
    "organisation of twelve": ("Organisationsnummer", _organisation_of_twelve),
    "VAT": ("Momsnr", lambda draw, row: f"SE{organisation(draw.randrange(90_000)).replace('-', '')}01"),
    "work place": ("Arbetsställe", lambda draw, row: f"{19_000_000 + draw.randrange(10**6)}"),
    "cost centre": ("Kst", lambda draw, row: str(10_000 + row)),
    # trade and post
    "OCR of ten": ("OCR", lambda draw, row: _ocr(draw, 10)),
    "OCR of twelve": ("OCR", lambda draw, row: _ocr(draw, 12)),
    "OCR of seven": ("OCR", lambda draw, row: _ocr(draw, 7)),
    "invoice": ("Fakturanr", lambda draw, row: f"26{draw.randrange(10**8):08d}"),
    "GTIN": ("EAN", lambda draw, row: gtin(draw.randrange(10**9))),
    "article of twelve": ("Artikel", lambda draw, row: f"7{draw.randrange(10**11):011d}"),
    "bank giro": ("Bankgiro", lambda draw, row: f"{draw.randrange(100, 6000)}-{draw.randrange(10**4):04d}"),
    "plus giro": ("Plusgiro", lambda draw, row: f"{draw.randrange(10**5)}-{draw.randrange(10)}"),
    "account": ("Konto", lambda draw, row: f"9{draw.randrange(10**10):010d}"),
    # codes
    "ICD": ("Diagnos", lambda draw, row: f"{draw.choice(_LETTERS)}{draw.randrange(100):02d}.{draw.randrange(10)}"),
    "KVÅ": ("Åtgärd", lambda draw, row: f"{draw.choice(_LETTERS)}{draw.choice(_LETTERS)}{draw.randrange(1000):03d}"),
    "SNOMED": ("Kod", lambda draw, row: f"{draw.randrange(10**5, 10**6)}{draw.randrange(10**3):03d}"),
    "hash": ("Hash", lambda draw, row: f"{draw.randrange(16**16):016x}"),
    "UUID": ("Id", lambda draw, row: f"{draw.randrange(16**8):08x}-{draw.randrange(16**4):04x}-4a5b-8{row % 1000:03d}"),
    "article with letters": ("Art", lambda draw, row: f"{draw.randrange(10**8):08d}AB{row % 100:02d}"),
    # measures
    "count": ("Antal", lambda draw, row: str(draw.randrange(5000))),
    "count of persons": ("Antal personnummer", lambda draw, row: str(draw.randrange(10**6))),
    "amount in öre": ("Belopp", lambda draw, row: str(draw.randrange(10**9))),
    "amount": ("Kronor", lambda draw, row: f"{draw.randrange(10**6)},{draw.randrange(100):02d}"),
    "amount of four decimals": ("Pris", lambda draw, row: f"{draw.randrange(10**3)}.{draw.randrange(10**4):04d}"),
    "share": ("Andel", lambda draw, row: f"{draw.random():.10f}"),
    "large number": ("Folkmängd", lambda draw, row: f"{draw.randrange(10**4, 10**7)}"),
    "scientific": ("Värde", lambda draw, row: f"{draw.random() * 9 + 1:.8E}"),
    "north": ("Norr", lambda draw, row: f"{draw.randrange(6_130_000, 7_680_000)}.{draw.randrange(1000):03d}"),
    "east": ("Öst", lambda draw, row: f"{draw.randrange(260_000, 920_000)}.{draw.randrange(10**4):04d}"),
    "latitude": ("Lat", lambda draw, row: f"{55 + draw.random() * 14:.10f}"),
    "longitude": ("Long", lambda draw, row: f"{11 + draw.random() * 13:.8f}"),
    "post code": ("Pnr", lambda draw, row: f"{draw.randrange(10_000, 99_999)}"),
}
"""What a column of this kind is called, and how a cell of it is written."""
SIZES = (5, 30, 400)


def innocent_columns() -> Sequence[Column]:
    """Each kind at three sizes."""
    columns = list(columns_of_one_sort())
    for name, (heading, write) in WRITERS.items():
        for size in SIZES:
            draw = random.Random(f"{name} {size}")
            cells = dict.fromkeys(write(draw, row) for row in range(size))
            columns.append(Column(f"{name}, {size}", heading, [heading, *cells]))
    return columns
