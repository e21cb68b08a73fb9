"""What was delivered before in the same line, as a file is compared with it: a part with that part, the whole with all parts. Pure.

Where earlier deliveries are kept is nothing to this module: it asks `LineRegister`, which is the database where the portal checks
and a flow file where a region does. What is chosen of them, and how they are put together, is the same.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

import polars as pl

from information_models.definitions import LoadedModel
from information_models.frames import REGION
from registry.findings import Finding, Text
from submission_portal.deliveries.assessment.confirmed_units import ConfirmedUnits
from submission_portal.deliveries.assessment.gap import Gap
from submission_portal.deliveries.assessment.history import unit_elements
from submission_portal.deliveries.assessment.known import DeliveryBefore, Past
from submission_portal.deliveries.assessment.usual import Delivered, Usual, units_of, usual_of
from submission_portal.deliveries.parts import of_part
from submission_portal.deliveries.spans import span_name
from submission_portal.flows.content import Parts
from submission_portal.units.unit import RegisteredUnit

WEEKS_COMPARED = 12
"""Deliveries of less than a week are compared with the same weekdays of so many weeks before."""
PERIODS_BEFORE = 3
"""The units that are expected are those of so many earlier periods."""
MOST_BEFORE = 13
"""Values are compared with those of so many periods before: of months a year, and the same month of that."""
MOST_ON_DAYS = 4 * MOST_BEFORE
"""So many deliveries are looked in for the other days that values are compared with."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A released delivery of the line that corrects nothing partial."""

    id: str
    period: str
    first: date
    last: date


class LineRegister(Protocol):
    """What is known of a line's other deliveries, and of the law, where a file is checked."""

    def conflict(self, first: date | None, last: date | None, part: str | None) -> Finding | None:
        """The question what the file is to what stands for its days already."""

    def periods_before(self, first: date, part: str | None, *, most: int) -> Sequence[Sequence[Earlier]]:
        """The deliveries of the nearest earlier periods, the latest first: of each the one that it came in, or its parts."""

    def released_before(self, first: date, part: str | None, of_days: Sequence[tuple[date, date]]) -> Sequence[Earlier]:
        """Those of the `MOST_BEFORE` nearest periods and of some other days before, the earliest first."""

    def rows_as_corrected(self, one: Earlier, only: Collection[str] | None = None) -> pl.DataFrame | None:
        """The typed rows of one as it is corrected, or ``only`` these columns; ``None`` where they cannot be had."""

    def unit_rows(self, one: Earlier, elements: Sequence[str]) -> pl.DataFrame | None:
        """Of its rows and those that correct it only what they are about; ``None`` where they cannot be had."""

    def gaps_of(self, one: Earlier) -> tuple[Sequence[Gap], dict[str, str]]:
        """The gaps that it had, and what was answered about them."""

    def undescribed(self, last: date | None) -> tuple[Text, ...]:
        """The terms of the concepts for which the region has no application statement on the day."""


def year_before(first: date, last: date) -> tuple[date, date]:
    """The same period last year: of whole months the same months, of days those of the same weekdays, 52 weeks before.

    >>> year_before(date(2024, 2, 1), date(2024, 2, 29)), year_before(date(2026, 3, 2), date(2026, 3, 2))
    ((datetime.date(2023, 2, 1), datetime.date(2023, 2, 28)), (datetime.date(2025, 3, 3), datetime.date(2025, 3, 3)))
    """
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return first.replace(year=first.year - 1), (last + timedelta(days=1)).replace(
            year=last.year - 1 + (last.month == 12), day=1
        ) - timedelta(days=1)
    return first - timedelta(weeks=52), last - timedelta(weeks=52)


def days_wanted(first: date, last: date, year: tuple[date, date]) -> list[tuple[date, date]]:
    """The spans, beside the nearest periods, that a delivery of these days is compared with."""
    week = timedelta(weeks=1)
    weeks = range(1, WEEKS_COMPARED + 1) if last - first < timedelta(days=6) else ()
    return [year, *((first - number * week, last - number * week) for number in weeks)]


def columns_compared(loaded: LoadedModel, parts: Parts | None) -> set[str]:
    """The columns that values are compared by."""
    model = loaded.model
    of_parts = (parts.element,) if parts is not None else ()
    return {*model.key, f"{model.period_element}__first", *(each.name for each in model.values), *of_parts}


def _within(loaded: LoadedModel, rows: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """The rows that begin within some days."""
    begins = f"{loaded.model.period_element}__first"
    return rows.filter(pl.col(begins).is_between(first, last)) if begins in rows.columns else rows.clear()


@dataclass(frozen=True, slots=True)
class Before:
    """The earlier deliveries of a line, for a file that is checked. ``part`` is as `parts.Judged` has it; a correction is
    compared with what it corrects, and with nothing before."""

    register: LineRegister
    loaded: LoadedModel
    parts: Parts | None
    part: str | None
    is_correction: bool = False

    def delivery(self, first: date | None) -> DeliveryBefore | None:
        """The period before the one that begins on the day; ``None`` where there is none, or its rows say nothing of the part."""
        found = self._periods(first, 1)
        if not found:
            return None
        frames = [self.register.rows_as_corrected(one) for one in found[0]]
        there = [frame for frame in frames if frame is not None]
        if len(there) < len(frames):  # its rows were lost: no reason to refuse what comes after
            return None
        rows = of_part(pl.concat(there, how="diagonal_relaxed") if len(there) > 1 else there[0], self.parts, self.part)
        return DeliveryBefore(rows, found[0][0].period) if rows is not None else None

    def confirmed(self, units: Sequence[RegisteredUnit] | None) -> ConfirmedUnits | None:
        """The register of units that the region has confirmed, of the part that is checked; ``None`` where it has not."""
        if units is None:
            return None
        found = ConfirmedUnits.of(self.loaded, units)
        if self.parts is None or not self.part or self.parts.element not in unit_elements(self.loaded):
            return found
        return found.of_part(self.loaded, self.parts.element, self.part)

    def expected_units(self, first: date | None, confirmed: ConfirmedUnits | None) -> Usual | None:
        """What is expected of the delivery: the units that are confirmed, or else those of the periods before."""
        usual = self.usual_units(first)
        if confirmed is None or self.is_correction:
            return usual
        return confirmed.expected(self.loaded, usual)

    def past(self, first: date | None, last: date | None) -> Past | None:
        """The rows of many earlier periods, and those of the same period last year; ``None`` where there are none."""
        if self.is_correction or first is None or last is None:
            return None
        year = begins, ends = year_before(first, last)
        found = self.register.released_before(first, self.part, days_wanted(first, last, year))
        frames = {one.id: rows for one in found if (rows := self._values(one)) is not None}
        if not frames:
            return None
        of_year = [one for one in found if one.id in frames and one.first <= ends and one.last >= begins]
        then = [_within(self.loaded, frames[one.id], begins, ends) for one in of_year]
        in_year = pl.concat(then, how="diagonal_relaxed") if then else None
        return Past(
            pl.concat(frames.values(), how="diagonal_relaxed"),
            DeliveryBefore(in_year, span_name(begins, ends)) if in_year is not None and in_year.height else None,
        )

    def _values(self, one: Earlier) -> pl.DataFrame | None:
        """What values are compared by, of one earlier delivery as it is corrected; ``None`` where nothing can be."""
        wanted = {*columns_compared(self.loaded, self.parts), "__row", "__sheet"}
        rows = self.register.rows_as_corrected(one, wanted)
        mine = of_part(rows, self.parts, self.part) if rows is not None else None
        return mine if mine is not None and set(self.loaded.model.key) <= set(mine.columns) else None

    def usual_units(self, first: date | None) -> Usual | None:
        """What is expected of the delivery after the three accepted periods before it; ``None`` where there is none to know it from.

        One whose rows were lost, or that told units apart by something else, says nothing.
        """
        earlier = reversed(self._periods(first, PERIODS_BEFORE))
        delivered = [delivered_in(self.register, self.loaded, each, self.parts, self.part) for each in earlier]
        return usual_of([one for one in delivered if one is not None])

    def _periods(self, first: date | None, most: int) -> Sequence[Sequence[Earlier]]:
        if self.is_correction or first is None:
            return []
        return self.register.periods_before(first, self.part, most=MOST_BEFORE)[:most]  # the register is asked once


def delivered_in(
    register: LineRegister,
    loaded: LoadedModel,
    period: Sequence[Earlier],
    parts: Parts | None = None,
    part: str | None = None,
) -> Delivered | None:
    """What one earlier period says of units: of all its parts together, or of one, each gap with what was answered of it.

    ``None`` where its rows were lost, or tell units apart by something else.
    """
    named = (*unit_elements(loaded), REGION)
    rows = [each for one in period if (each := register.unit_rows(one, named)) is not None]
    if len(rows) < len(period):
        return None
    mine = of_part(pl.concat(rows, how="diagonal_relaxed"), parts, part)
    units = units_of(loaded, mine) if mine is not None else None
    if units is None:
        return None
    told = [register.gaps_of(one) for one in period]
    if len(told) == 1:
        return Delivered(units, tuple(told[0][0]), told[0][1], period[0].period)
    gaps = [(gap, gap.answered(answers)) for each, answers in told for gap in each]
    said = {gap.key: word for gap, word in gaps if word}
    return Delivered(units, tuple(gap for gap, _word in gaps), said, period[0].period)
