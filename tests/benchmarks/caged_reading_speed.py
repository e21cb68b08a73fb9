"""How much longer a file takes to be read in the cage than in this process: `python tests/benchmarks/caged_reading_speed.py`.

A month of a region's wards (300 rows) and a long file (100,000 rows), as CSV and as a workbook, each read by turns here and in
a child that is warm. Says the best wall time of each and their ratio; 1.00 is as fast. On a busy machine both grow alike.
"""

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from submission_portal.deliveries.reading import caged, reader
from submission_portal.deliveries.reading.reader import Reading
from tests.factories.delivery_files import HEADINGS, WARDS, plain_workbook, ward_csv

SIZES = {"month": (300, 20), "long": (100_000, 3)}
"""Rows, and how many times it is read."""


def rows(count: int) -> list[list[object]]:
    chance = random.Random(1)
    return [
        [
            f"2026-{1 + at // 3000 % 12:02d}-{1 + at % 28:02d}",
            "Norra sjukhuset",
            f"Avd {at % 400}",
            chance.randint(0, 30),
            chance.randint(0, 300) / 10,
            chance.randint(0, 5),
        ]
        for at in range(count)
    ]


def files(count: int) -> dict[str, bytes]:
    made = rows(count)
    lines = [";".join(map(str, row)).replace(".", ",") for row in made]
    return {"csv": ward_csv(*lines), "xlsx": plain_workbook([HEADINGS, *made])}


def seconds(read: Callable[..., Reading], data: bytes, name: str) -> float:
    start = time.perf_counter()
    assert read(data, name, WARDS).frame is not None
    return time.perf_counter() - start


def main() -> None:
    caged.POOL.missing()
    print(f"{'file':12}{'rows':>9}{'here':>11}{'caged':>11}{'ratio':>8}")
    for size, (count, times) in SIZES.items():
        for kind, data in files(count).items():
            name = f"{size}.{kind}"
            here, there = [], []
            for _ in range(times):
                here.append(seconds(reader.read, data, name))
                there.append(seconds(caged.read, data, name))
            ratio = min(there) / min(here)
            print(f"{name:12}{count:9}{min(here):10.4f}s{min(there):10.4f}s{ratio:8.2f}")
    caged.POOL.close()


if __name__ == "__main__":
    main()
