"""What it costs to try each region as an attacker: `python tests/benchmarks/composing_speed.py [--periods N] [--runs N]`.

Protects a made-up table of persons by region, hospital and ward, once against readers alone and once against each region too, by
turns in one run. Says the seconds of each (least, middle, most), their ratio, and how many cells each hides.
"""

import argparse
import statistics
import sys
import time
from decimal import Decimal
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from registry.period import Period
from submission_portal.followup import protecting
from submission_portal.followup.breaks import COUNTRY
from submission_portal.followup.figures import Figure, Status, figure_key
from submission_portal.followup.protecting import Around, Protection, protect_figures
from submission_portal.followup.small_number_rules import Rules

DIMENSIONS = ("sjukhus", "avdelning")
REGIONS, HOSPITALS, WARDS = 21, 3, 4


def figures_of(period: str, chance: np.random.Generator, mean: float) -> list[Figure]:
    """The figures of one period: wards, hospitals, regions and the country, each the sum of those below."""
    sums: dict[tuple[str, tuple[str, ...]], int] = {(COUNTRY, ()): 0}
    for region in (f"{number:02}" for number in range(1, REGIONS + 1)):
        for hospital in (f"{region}{number}" for number in range(HOSPITALS)):
            for ward in (f"a{number}" for number in range(WARDS)):
                count = int(chance.poisson(mean * chance.gamma(1.0)))
                sums[region, (hospital, ward)] = count
                for above in ((region, (hospital,)), (region, ()), (COUNTRY, ())):
                    sums[above] = sums.get(above, 0) + count
    month = Period.parse(period)
    return [
        Figure(
            figure_key(region, period, DIMENSIONS, place), region, place, month, Decimal(count), Status.OBSERVED, 1,
            None, (), ("r",),
        )
        for (region, place), count in sums.items()
    ]  # fmt: skip


def against_readers_alone(figures: list[Figure]) -> Protection:
    with mock.patch.object(protecting.Group, "regions_with", lambda _group, _hidden: frozenset()):
        return protect_figures(figures, Rules(5), around=Around(DIMENSIONS))


def against_regions_too(figures: list[Figure]) -> Protection:
    return protect_figures(figures, Rules(5), around=Around(DIMENSIONS))


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--periods", type=int, default=24)
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    for name, mean in (("wards with few patients", 6.0), ("whole regions are small", 0.4)):
        chance = np.random.default_rng(1)
        figures = [
            one
            for at in range(chosen.periods)
            for one in figures_of(f"{2020 + at // 12}-{at % 12 + 1:02}", chance, mean)
        ]
        ways = {"readers": against_readers_alone, "regions too": against_regions_too}
        seconds: dict[str, list[float]] = {way: [] for way in ways}
        hidden = {}
        for _ in range(chosen.runs):
            for way, protect in ways.items():
                started = time.perf_counter()
                hidden[way] = len(protect(figures).hidden)
                seconds[way].append(time.perf_counter() - started)
        print(f"{name}: {len(figures)} figures, {chosen.periods} groups")
        for way, taken in seconds.items():
            middle = statistics.median(taken)
            print(f"  {way:<12} {min(taken):6.2f} {middle:6.2f} {max(taken):6.2f} s, {hidden[way]} hidden")
        ratio = statistics.median(seconds["regions too"]) / statistics.median(seconds["readers"])
        print(f"  ratio {ratio:.2f}", flush=True)


if __name__ == "__main__":
    main()
