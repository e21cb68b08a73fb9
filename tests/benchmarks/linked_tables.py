"""A year of days held against the months of the same patients: `python tests/benchmarks/linked_tables.py [regions]`.

Prints what joining the two takes, beside making the figures that are joined, in processor time, and what was hidden.
Every figure is made up.
"""

import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).parents[2])]

from registry.period import Period  # noqa: E402
from submission_portal.followup.figures import Figure, Status, figure_key  # noqa: E402
from submission_portal.followup.linked_counts import CountedFigures, link  # noqa: E402

HOSPITALS, WARDS, DAYS = 3, 4, 365
THRESHOLD = 5


def figure(region: str, place: tuple[str, ...], period: str, value: Decimal) -> Figure:
    key = figure_key(region, period, ("sjukhus", "avdelning"), place)
    return Figure(key, region, place, Period.parse(period), value, Status.OBSERVED, 1, None, (), ())


def of_days(regions: int) -> list[Figure]:
    numbers = np.random.default_rng(1)
    found = []
    for day in range(DAYS):
        period = (date(2026, 1, 1) + timedelta(days=day)).isoformat()
        for region in range(1, regions + 1):
            counts = numbers.poisson(9, size=(HOSPITALS, WARDS))
            found.append(figure(f"{region:02}", (), period, Decimal(int(counts.sum()))))
            for hospital in range(HOSPITALS):
                place = (f"h{region}-{hospital}",)
                found.append(figure(f"{region:02}", place, period, Decimal(int(counts[hospital].sum()))))
                found += [
                    figure(f"{region:02}", (*place, f"w{ward}"), period, Decimal(int(counts[hospital, ward])))
                    for ward in range(WARDS)
                ]
    return found


def of_months(days: list[Figure]) -> list[Figure]:
    sums: dict[tuple[str, tuple[str, ...], str], list[Decimal]] = {}
    for one in days:
        if len(one.place) == 1 and one.value is not None:
            sums.setdefault((one.region, one.place, str(one.period)[:7]), []).append(one.value)
    return [
        figure(region, place, month, round(sum(values, Decimal()) / len(values), 2))
        for (region, place, month), values in sums.items()
    ]


def hidden(days: list[Figure]) -> tuple[frozenset[str], frozenset[str]]:
    """The small figures, and with them what protects them in their hospital: the next smallest ward."""
    small, more = set(), set()
    by_hospital: dict[tuple[str, str], list[Figure]] = {}
    for one in days:
        if len(one.place) == 2:
            by_hospital.setdefault((one.place[0], str(one.period)), []).append(one)
    for wards in by_hospital.values():
        ordered = sorted(wards, key=lambda one: one.value or 0)
        found = [one for one in ordered if one.value is not None and one.value < THRESHOLD]
        small.update(one.key for one in found)
        if len(found) == 1:
            # A ward beside it here, the hospital itself there: then the month tells the hospital.
            place = found[0].place
            by_total = figure_key(found[0].region, str(found[0].period), ("sjukhus",), place[:1])
            more.add(by_total if place[0].endswith("0") else ordered[1].key)
    return frozenset(small), frozenset(more)


def main() -> None:
    regions = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    started = time.process_time()
    days = of_days(regions)
    months = of_months(days)
    making = time.process_time() - started
    small, more = hidden(days)
    shown = frozenset(one.key for one in days) - small - more
    daily = CountedFigures("days", "a", "patients", ("sjukhus", "avdelning"), days, shown, small)
    known = frozenset(one.key for one in months)
    monthly = CountedFigures("months", "b", "patients", ("sjukhus",), months, known, frozenset(), Decimal("0.01"))
    for name, own, other, may_hide in (
        ("days against months", daily, monthly, shown),
        ("months against days", monthly, daily, known),
    ):
        started = time.process_time()
        made = link(own, [other], may_hide)
        seconds = time.process_time() - started
        print(
            f"{name:<22} {len(days):>7} + {len(months)} figures, {len(small)} small: {seconds:6.1f} s, "
            f"{seconds / making:4.1f} times making them; {len(made.hidden)} hidden, {len(made.exposed)} exposed, "
            f"apart {made.apart}",
            flush=True,
        )


if __name__ == "__main__":
    main()
