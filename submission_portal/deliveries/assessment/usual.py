"""What the latest deliveries of a flow lead one to expect: its units, the days that they fill, and when they are closed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from information_models.definitions import LoadedModel
from information_models.frames import REGION
from registry.period import Period, PeriodKind
from submission_portal.deliveries.assessment.gap import ENDED, Gap
from submission_portal.deliveries.assessment.history import unit_elements
from submission_portal.deliveries.assessment.seen_units import Unit
from submission_portal.deliveries.assessment.weekdays import LEAST_WEEKS, has_weekdays
from submission_portal.units.unit import Life

MOST_CLOSED_DAYS = 3
"""Gaps of deliveries of single weeks make a pattern where they are of so many weekdays, or fewer."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Weekdays that a unit regularly does not have, and what was answered about them."""

    weekdays: tuple[int, ...]
    word: str


@dataclass(frozen=True)
class Usual:
    """The units that are expected: those of the latest accepted deliveries, but for what has ended since.

    ``units`` has a row for each, with its elements as texts (``""``: not stated) and ``__region``.
    """

    units: pl.DataFrame
    offered: Mapping[Unit, str] = field(default_factory=dict)
    """By unit, what was answered about its last gap."""
    fills: PeriodKind | None = None
    """The kind of period that each of those deliveries filled, a month for instance: the days of this one are to fill it too."""
    closings: Mapping[Unit, Closing] = field(default_factory=dict)
    """By unit, the weekdays that it regularly does not have, and what was answered about them."""
    ended: frozenset[Unit] = frozenset()
    """Units that were said to have ended, and have not come back."""
    lives: Mapping[Unit, Life] = field(default_factory=dict)
    """From when to when units exist, where the region has said so."""
    is_confirmed: bool = False
    """Whether the units are those that the region has confirmed (`confirmed_units`)."""

    @cached_property
    def known(self) -> frozenset[Unit]:
        return frozenset(self.units.drop(REGION).rows())


@dataclass(frozen=True)
class Delivered:
    """What an accepted delivery says about units: those that it has (`units_of`), and what was answered about its gaps."""

    units: pl.DataFrame
    gaps: tuple[Gap, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    period: str = ""
    """The name of its span."""


def usual_of(delivered: Sequence[Delivered]) -> Usual | None:
    """What is expected after these deliveries, the oldest first; ``None`` after none."""
    if not delivered:
        return None
    ended: set[Unit] = set()
    offered: dict[Unit, str] = {}
    for one in delivered:
        ended -= set(one.units.drop(REGION).rows())
        said = {gap.unit: word for gap in one.gaps if not gap.weekdays and (word := gap.answered(one.answers))}
        ended |= {unit for unit, word in said.items() if word == ENDED}
        offered |= said
    units = pl.concat([one.units for one in reversed(delivered)])
    names = [name for name in units.columns if name != REGION]
    units = units.unique(names or [REGION], keep="first", maintain_order=True)
    stays = pl.Series([row not in ended for row in units.select(names).rows()], dtype=pl.Boolean) if names else None
    kinds = {kind_of_span(one.period) for one in delivered}
    fills = kinds.pop() if len(kinds) == 1 else None
    expected = units.filter(stays) if stays is not None else units
    return Usual(expected, offered, fills, _closings(delivered), frozenset(ended))


def _closings(delivered: Sequence[Delivered]) -> dict[Unit, Closing]:
    """The weekdays that units regularly do not have: as the latest delivery had them, or all of three in gaps of their own."""
    found: dict[Unit, Closing] = {}
    for one in delivered:
        words = {
            gap.unit: (gap.weekdays, word) for gap in one.gaps if gap.weekdays and (word := gap.answered(one.answers))
        }
        found |= {unit: Closing(*said) for unit, said in words.items()}
    if len(delivered) < LEAST_WEEKS:
        return found
    each = [_missed(one) for one in delivered]
    alike = {unit: closing for unit, closing in each[0].items() if all(one.get(unit) == closing for one in each[1:])}
    return alike | found


def _missed(delivered: Delivered) -> dict[Unit, Closing]:
    """The weekdays of each unit's gaps in one delivery, where they are few and the same was said of all."""
    days: dict[Unit, set[int]] = {}
    words: dict[Unit, set[str]] = {}
    for gap in delivered.gaps:
        if gap.weekdays or gap.count > MOST_CLOSED_DAYS:
            missed, word = set(range(1, 8)), ""
        else:
            missed, word = (
                {one.first.isoweekday() for one in gap.all_periods if has_weekdays([one])},
                gap.answered(delivered.answers),
            )
        days.setdefault(gap.unit, set()).update(missed)
        words.setdefault(gap.unit, set()).add(word)
    return {
        unit: Closing(tuple(sorted(missed)), *words[unit])
        for unit, missed in days.items()
        if 0 < len(missed) <= MOST_CLOSED_DAYS and len(words[unit]) == 1 and "" not in words[unit]
    }


def kind_of_span(period: str) -> PeriodKind | None:
    """The kind of period that a span is called by; ``None`` from one day to another."""
    try:
        return Period.parse(period).kind
    except ValueError:  # from one day to another
        return None


def units_of(loaded: LoadedModel, frame: pl.DataFrame) -> pl.DataFrame | None:
    """The units of typed rows as `Usual.units` has them; ``None`` where an older model told units apart by something else."""
    units = unit_elements(loaded)
    if any(unit not in frame.columns for unit in units):
        return None
    region = pl.col(REGION) if REGION in frame.columns else pl.lit(None, pl.String).alias(REGION)
    return frame.select(*stated(units), region).unique(units or [REGION], keep="first", maintain_order=True)


def stated(units: Sequence[str]) -> list[pl.Expr]:
    """The elements of a unit as texts, empty where one is not stated."""
    return [pl.col(unit).cast(pl.String).fill_null("") for unit in units]
