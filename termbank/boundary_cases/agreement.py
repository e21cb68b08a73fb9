"""How far those who counted the same cases agree: equal pairs, and Krippendorff's alpha. Pure.

Alpha is 1 where all agree and 0 where they agree as often as chance alone would have it (Krippendorff 2011, *Computing
Krippendorff's Alpha-Reliability*). Counts are compared as names (nominal): 8 and 9 differ as much as 8 and 80, since the
question is whether two regions count the same thing.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import krippendorff
import numpy as np

RESAMPLES = 1000
"""Samples of cases, drawn with replacement, from which the interval of alpha is made."""
_NUMBER = re.compile(r"([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,]([0-9]+))?")
_SEED = 2026
_COVERED = (2.5, 97.5)

Counts = Mapping[str, str]
"""What one has counted: the case's id to the count, as `written_count` gives it. A case that is not there is not answered."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """How many pairs of answers there are to the same case, and how many of them are equal."""

    equal: int
    all: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; ``None`` where there are no two answers to compare."""
        return self.equal / self.all if self.all else None

    @property
    def is_disagreement(self) -> bool:
        return self.equal < self.all


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of all who answered, on each case and over all of them."""

    cases: Mapping[str, Pairs]
    overall: Pairs
    missing: int
    """Answers that those who answered anything left out."""
    alpha: float | None
    """At most 1; ``None`` where it cannot be computed: all counts are the same, or fewer than two cases have two answers."""
    interval: tuple[float, float] | None
    """The middle 95 % of alpha over samples of the cases, the same every time; samples without one are left out, at most 37 %."""


def written_count(text: str) -> str:
    """A count as it is kept and compared; empty where nothing was counted.

    >>> [written_count(text) for text in (" 8 ", "8,0", "08", "1 000", "–", "Annan  enhet")]
    ['8', '8', '8', '1000', '', 'annan enhet']
    """
    tidy = " ".join(text.split()).casefold()
    if not tidy.strip("-–— "):
        return ""
    if (number := _NUMBER.fullmatch(tidy)) is None:
        return tidy
    decimals = (number[2] or "").rstrip("0")
    return str(int(number[1].replace(" ", ""))) + (f",{decimals}" if decimals else "")


def agreement(cases: Sequence[str], answered: Sequence[Counts]) -> Agreement:
    """How those in ``answered`` agree on ``cases``. Who has answered none of them is not counted."""
    counted = [tuple(counts.get(case, "") for case in cases) for counts in answered]
    rows = tuple(row for row in counted if any(row))
    by_case = {case: _pairs([row[place] for row in rows]) for place, case in enumerate(cases)}
    alpha, interval = _alphas(rows)
    return Agreement(
        cases=by_case,
        overall=Pairs(sum(one.equal for one in by_case.values()), sum(one.all for one in by_case.values())),
        missing=sum(not count for row in rows for count in row),
        alpha=alpha,
        interval=interval,
    )


def _pairs(counts: Sequence[str]) -> Pairs:
    """
    >>> _pairs(["8", "", "9", "8"])
    Pairs(equal=1, all=3)
    """
    there = Counter(count for count in counts if count)
    every = sum(there.values())
    return Pairs(sum(number * (number - 1) // 2 for number in there.values()), every * (every - 1) // 2)


@lru_cache(maxsize=256)
def _alphas(rows: tuple[tuple[str, ...], ...]) -> tuple[float | None, tuple[float, float] | None]:
    """Alpha and its interval, of one row of counts for each who answered, one column for each case."""
    names = sorted({count for row in rows for count in row if count})
    if not names:
        return None, None
    tallies = np.array([[case.count(name) for name in names] for case in zip(*rows, strict=True)])
    comparable = tallies[tallies.sum(axis=1) > 1]
    alpha = _alpha(comparable)
    if alpha is None:
        return None, None
    drawn = np.random.default_rng(_SEED).integers(0, len(comparable), size=(RESAMPLES, len(comparable)))
    computed = [one for sample in drawn if (one := _alpha(comparable[sample])) is not None]
    low, high = np.percentile(computed, _COVERED)
    return alpha, (float(low), float(high))


def _alpha(tallies: np.ndarray) -> float | None:
    """Alpha of how often each count was given (columns) for each case with at least two answers (rows)."""
    if len(tallies) < 2 or np.count_nonzero(tallies.sum(axis=0)) < 2:
        return None
    return float(krippendorff.alpha(value_counts=tallies, level_of_measurement="nominal"))
