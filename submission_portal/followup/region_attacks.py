"""A region knows its own figures: a group of a table's figures is tried against each region of the country's sum. Pure.

The region subtracts what it knows from the sums that are shown. Where that gives away another region's hidden figure, more is
hidden. What earlier versions have told a region already no pattern takes back: reviewers are told, and the table goes on.
What somebody else has published, and no pattern can make up for, stops the table as every other exposure does.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from legal_checks.small_numbers.table import Cell, Problem


class WorkedOut(Protocol):
    """What the engine says of a cell that can be worked out too closely."""

    @property
    def cell(self) -> Cell: ...
    @property
    def lowest(self) -> float: ...
    @property
    def highest(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that a region can work out: by cell, with the ends of the interval that the region is left with."""

    region: str
    cell: Cell
    lowest: float
    highest: float | None


@dataclass(frozen=True, slots=True)
class Tried:
    """A pattern that regions were tried against.

    ``exposed``: what a region can still work out of it. ``told``: what a region could work out before, of what is out already.
    """

    regions: tuple[str, ...] = ()
    hidden: frozenset[Cell] = frozenset()
    exposed: tuple[Known, ...] = ()
    told: tuple[Known, ...] = ()


def try_regions(
    problem: Problem, hidden: Collection[Cell], regions: Iterable[str], by_others: Collection[Cell], seconds: float
) -> Tried:
    """``hidden``, and what else must be hidden so that none of ``regions``, alone, works out another's hidden figure.

    ``problem.publish`` is what is out already, ``by_others`` what of it this register has not published itself.
    """
    from legal_checks.small_numbers.insiders import cover, told_whatever_is_hidden

    asked = tuple(sorted(regions))
    if not asked:
        return Tried(hidden=frozenset(hidden))
    covered = cover(problem, hidden, asked, seconds)
    by_us = covered.unavoidable
    if by_us and by_others:
        by_us = told_whatever_is_hidden(replace(problem, publish=problem.publish - frozenset(by_others)), by_us)
    told = _each(by_us)
    told_cells = {(one.region, one.cell) for one in told}

    def left(exposures: Mapping[str, Iterable[WorkedOut]]) -> tuple[Known, ...]:
        return tuple(one for one in _each(exposures) if (one.region, one.cell) not in told_cells)

    return Tried(asked, covered.hidden, (*left(covered.unavoidable), *left(covered.exposed)), told)


def _each(exposures: Mapping[str, Iterable[WorkedOut]]) -> tuple[Known, ...]:
    return tuple(
        Known(region, one.cell, one.lowest, one.highest) for region, found in exposures.items() for one in found
    )
