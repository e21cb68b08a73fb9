"""The files of the demonstration, made from the published sources in ``sources/`` and, for one, made up.

Each is what a region's file might look like (semicolons, decimal commas), so that it goes the same way as any other.
"""

import csv
import io
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

SOURCES = Path(__file__).parent / "sources"
CHANGE_DAY = "2018-03-01"
DAY_BEFORE = "2018-02-28"
SEED = 20261101


def norrbotten(day: str) -> bytes:
    """Established beds at five hospitals, before or from the day on which technical beds ceased to count.

    Source: Region Norrbotten, regionfullmäktige § 8, dnr 3754-2017 (the address is in the source file).
    """
    rows = []
    for row in _source("faststallda_vardplatser_norrbotten_2018"):
        before = day < row["gallande_fran"]
        rows.append(
            (day, row["sjukhus"], row["faststallda_fore"] if before else row["faststallda_efter"], row["varav_tekniska"] if before else "0")
        )  # fmt: skip
    return written(("Dag", "Sjukhus", "Fastställda vårdplatser", "Varav tekniska"), rows)


def available_beds() -> Iterator[tuple[str, bytes]]:
    """(county code, file) for each of 21 regions: available beds in 2014 and 2015.

    Source: SKL, Verksamhetstabeller 2015, table 32, as reported by Läkartidningen in June 2016.
    """
    by_region: dict[str, list[tuple[str, ...]]] = {}
    for row in _source("disponibla_vardplatser_region_2014_2015"):
        by_region.setdefault(row["lanskod"], []).append((row["ar"], row["lanskod"], row["varde"]))
    for code, rows in sorted(by_region.items()):
        yield code, written(("År", "Region", "Disponibla vårdplatser"), sorted(rows))


def half_year_rates() -> bytes:
    """Overcrowding per 100 available beds, first half of 2013–2016, the regions and the country as published."""
    return _rates("overbelaggningar_region_halvar_2013_2016")


def monthly_rates() -> bytes:
    """Overcrowded and outplaced per 100 available beds, October 2017–September 2018, Stockholm and the country."""
    return _rates("vantetider_manad_riket_stockholm_2017_2018")


def daily_wards(first: date, days: int) -> bytes:
    """MADE UP: daily beds per ward in a region that does not exist, with between 0 and 4 outplaced patients a ward.

    The same arguments give the same bytes. One ward is closed at weekends.
    """
    wards = (
        ("exempel-norra", "Medicin", 24), ("exempel-norra", "Kirurgi", 20), ("exempel-norra", "Ortopedi", 18),
        ("exempel-sodra", "Medicin", 16), ("exempel-sodra", "Kirurgi", 14), ("exempel-sodra", "Geriatrik", 12),
        ("exempel-ostra", "Medicin", 10), ("exempel-ostra", "Kortvård", 8),
    )  # fmt: skip
    rows = []
    for day in (first + timedelta(days=number) for number in range(days)):
        chance = random.Random(f"{SEED}:{day.isoformat()}")  # noqa: S311  (made-up figures, not secrets)
        for hospital, ward, beds in wards:
            if ward == "Kortvård" and day.weekday() >= 5:
                rows.append((day.isoformat(), hospital, ward, *["stängd"] * 4))
                continue
            available = beds - chance.choice((0, 0, 1, 2))
            crowded = chance.choice((0, 0, 0, 1, 2))
            occupied = available + crowded if crowded else max(0, available - chance.choice((0, 1, 2)))
            outplaced = chance.choice((0, 0, 1, 2, 3, 4))
            rows.append((day.isoformat(), hospital, ward, *map(str, (available, occupied, crowded, outplaced))))
    head = ("Dag", "Sjukhus", "Avdelning", "Disponibla", "Belagda", "Överbeläggningar", "Utlokaliserade")
    return written(head, rows)


def written(head: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A CSV file as Swedish spreadsheets write them: UTF-8 with a mark, semicolons."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _rates(name: str) -> bytes:
    rows = [
        (
            row["period"],
            row["lanskod"],
            row.get("sjukhus", ""),
            row["vardform"],
            row["matt"],
            row["varde"].replace(".", ","),
        )
        for row in _source(name)
    ]
    return written(("Period", "Region", "Sjukhus", "Vårdform", "Mått", "Värde"), rows)


def _source(name: str) -> list[dict[str, str]]:
    with (SOURCES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
