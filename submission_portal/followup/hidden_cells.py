"""Why each cell of a table version is hidden, and what other ways to publish it would lose: what is kept of that. Pure, but for
the engine (`legal_checks.small_numbers`), which is imported when a worker looks into a version, never by a page that shows it.

What is kept names cells and says what a reader can conclude; no value that is hidden is in it. Who may see the values sees the
attacks with numbers (`hidden_words`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from legal_checks.small_numbers.table import Cell, CostKind, Problem
from registry.period import Period, PeriodKind
from submission_portal.followup.protecting import PLACE, Group

if TYPE_CHECKING:
    from legal_checks.small_numbers.alternatives import Loss
    from legal_checks.small_numbers.reasons import Attack, Reason

PERIODS = 24
"""Periods in which something is hidden that are looked into when a version is composed, the latest; others when they are opened."""
SECONDS = 5.0
"""Given to the search for another pattern of one group."""


@dataclass(frozen=True, slots=True)
class CellAttack:
    """A figure that follows as soon as the cell is shown, by keys of figures.

    ``sums``: those that are used. ``others``: of one sum, how many further cells are in it, all of them seen. ``by``: the region
    that works it out, which knows its own figures; empty: every reader.
    """

    of: str
    sums: tuple[str, ...] = ()
    others: int = 0
    is_the_sum: bool = False
    is_least: bool = False
    by: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {
            "of": self.of,
            "sums": list(self.sums),
            "others": self.others,
            "is_the_sum": self.is_the_sum,
            "is_least": self.is_least,
            "by": self.by,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "CellAttack":
        return cls(**{**data, "sums": tuple(data["sums"])})


@dataclass(frozen=True, slots=True)
class HiddenCell:
    """One hidden cell: ``lowest`` and ``highest`` (``None``: no end) are what a reader is left with.

    ``element``: whose counts; of a ratio there may be two. ``is_kept``: an earlier version hid it, or it is hidden from who sees
    more. ``attacks``: the first of those that showing it would open; ``more`` there are.
    """

    key: str
    element: str
    lowest: str
    highest: str | None
    is_kept: bool = False
    attacks: tuple[CellAttack, ...] = ()
    more: int = 0

    @property
    def width(self) -> float:
        return float("inf") if self.highest is None else float(self.highest) - float(self.lowest)

    def as_dict(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "element": self.element,
            "lowest": self.lowest,
            "highest": self.highest,
            "is_kept": self.is_kept,
            "attacks": [one.as_dict() for one in self.attacks],
            "more": self.more,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "HiddenCell":
        """What `as_dict` gave.

        >>> cell = HiddenCell("25/2018/sjukhus/a", "utlokaliserade", "0", None, attacks=(CellAttack("25/2018", ("25/2018",)),))
        >>> HiddenCell.from_dict(cell.as_dict()) == cell
        True
        """
        return cls(**{**data, "attacks": tuple(CellAttack.from_dict(one) for one in data["attacks"])})


class Way(StrEnum):
    """The ways to publish that are laid side by side."""

    COMPOSED = "composed"
    """As the version is."""
    FEWEST = "fewest"
    """Other cells hidden: as few as can be, whatever they count."""
    LESS_DETAIL = "less_detail"
    """Without the innermost places: their sums only."""
    LONGER_PERIODS = "longer_periods"
    """Days put together to months, months to terms, and so on."""
    ROUNDED = "rounded"
    """Nothing hidden; every figure rounded so that the sums still hold."""


@dataclass(frozen=True, slots=True)
class WayToPublish:
    """What one way loses: ``hidden`` of ``cells``, with ``share`` per cent of the persons; ``change``: a figure at most by that."""

    way: Way
    cells: int
    hidden: int
    share: int
    change: str = ""

    def as_dict(self) -> dict[str, Any]:
        found = {"way": self.way.value, "cells": self.cells, "hidden": self.hidden, "share": self.share}
        return {**found, "change": self.change} if self.change else found

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "WayToPublish":
        return cls(**{**data, "way": Way(data["way"])})


@dataclass(frozen=True, slots=True)
class LookedInto:
    """What a worker found of a version: its hidden cells by period, the one a reader knows most closely, and the other ways."""

    by_period: Mapping[str, Sequence[HiddenCell]]
    closest: HiddenCell | None
    ways: tuple[WayToPublish, ...]


def look_into(
    groups: Iterable[tuple[str, Group]],
    primary: Collection[str],
    hidden: Collection[str],
    *,
    compares_ways: bool = True,
) -> LookedInto:
    """Looks into a version whose protection hides these figures, the ``primary`` ones for their own sake.

    ``groups``: as `composing.groups_for` gives them. ``compares_ways``: whether the ways to publish are compared too.
    """
    by_period: dict[str, list[HiddenCell]] = {}
    there = list(groups)
    for element, group in there:
        own = {group.keys[code] for code in group.keys} & set(hidden) & group.own
        if not own:
            continue
        cells = group.hidden_cells(hidden)
        by_period.setdefault(group.period, []).extend(_cells_of(group, element, cells, own))
    ranked = [one for cells in by_period.values() for one in cells if one.key in set(primary)]
    closest = min(ranked, key=lambda one: (one.width, one.key), default=None)
    first = there[0][0] if there else ""
    ways = _ways([group for element, group in there if element == first], hidden) if compares_ways else ()
    return LookedInto(by_period, closest, ways)


def _cells_of(group: Group, element: str, cells: Collection[Cell], own: Collection[str]) -> list[HiddenCell]:
    """The hidden cells of a group. Of one that the engine cannot read nothing is shown, and nothing can be concluded."""
    from legal_checks.small_numbers.reasons import reasons

    small = [(code,) for code in group.keys if code in group.small]
    regions = sorted(group.regions_with(code for (code,) in cells))
    try:
        found = reasons(group.problem, cells, regions, small)
    except ValueError:
        return [HiddenCell(key, element, "0", None) for key in sorted(own)]
    keyed = [(group.keys.get(one.cell[0], ""), one) for one in found]
    return [_cell(group, element, key, one) for key, one in keyed if key in own]


def _cell(group: Group, element: str, key: str, reason: "Reason") -> HiddenCell:
    attacks = tuple(one for attack in reason.attacks if (one := _attack(group, reason, attack)) is not None)
    return HiddenCell(
        key,
        element,
        _plain(reason.lowest / group.scale),
        None if reason.highest is None else _plain(reason.highest / group.scale),
        reason.cell[0] in group.sticky and reason.cell[0] not in group.small,
        attacks,
        reason.more + len(reason.attacks) - len(attacks),
    )


def _attack(group: Group, reason: "Reason", attack: "Attack") -> CellAttack | None:
    """An attack by keys; ``None`` where what is worked out is no figure. Without sums where one of them is none."""
    keys = group.keys
    of = keys.get(attack.target[0]) if attack.target else None
    if of is None:
        return None
    sums = [keys.get(code, "") for (code,) in attack.sums]
    if not all(sums):
        return CellAttack(of, by=attack.insider)
    others = len([cell for cell in attack.others if cell != reason.cell])
    return CellAttack(of, tuple(sums), others, attack.is_the_sum, attack.is_least, attack.insider)


def _plain(value: float) -> str:
    return f"{value:g}"


def _ways(groups: Sequence[Group], hidden: Collection[str]) -> tuple[WayToPublish, ...]:
    """What each way loses. A way that cannot be gone in one of the groups is left out."""
    from legal_checks.small_numbers.alternatives import loss_in, without_detail

    problems = [one.problem for one in groups]
    found: dict[Way, Sequence[Loss | None]] = {
        Way.COMPOSED: [_of_pattern(one, hidden) for one in groups],
        Way.FEWEST: [loss_in(replace(one, cost=CostKind.COUNT), SECONDS) for one in problems],
        Way.LESS_DETAIL: [
            None if _is_flat(one) else loss_in(without_detail(one, PLACE).problem, SECONDS) for one in problems
        ],
        Way.LONGER_PERIODS: _of_longer_periods(groups),
        Way.ROUNDED: [_of_rounding(one) for one in problems],
    }
    scale = groups[0].scale if groups else 1
    return tuple(way for kind, losses in found.items() if (way := _summed(kind, losses, scale)) is not None)


def _summed(kind: Way, losses: "Sequence[Loss | None]", scale: int) -> WayToPublish | None:
    there = [one for one in losses if one is not None]
    if not there or len(there) < len(losses):
        return None
    total = there[0]
    for one in there[1:]:
        total = total + one
    share = round(100 * total.not_shown / total.counted) if total.counted else 0
    change = _plain(total.largest_change / scale) if total.largest_change else ""
    return WayToPublish(kind, total.cells, total.hidden, share, change)


def _of_pattern(group: Group, hidden: Collection[str]) -> "Loss | None":
    from legal_checks.small_numbers.alternatives import loss_of

    try:
        return loss_of(group.problem, group.hidden_cells(hidden))
    except ValueError:
        return None


def _is_flat(problem: Problem) -> bool:
    """Whether there is nothing between the innermost places and the whole."""
    (dimension,) = problem.dimensions
    hierarchy = dimension.hierarchy or {}
    return set(hierarchy) <= {dimension.total}


def _of_rounding(problem: Problem) -> "Loss | None":
    from legal_checks.small_numbers.alternatives import loss_of, rounded

    made, _ = rounded(problem, problem.policy.threshold)
    return None if made is None else replace(loss_of(problem, ()), largest_change=made.largest_change)


def _of_longer_periods(groups: Sequence[Group]) -> "list[Loss | None]":
    from legal_checks.small_numbers.alternatives import added, loss_in

    by_longer: dict[tuple[str, str], list[Problem]] = {}
    for one in groups:
        longer = longer_period(one.period)
        if longer is None:
            return []
        by_longer.setdefault((longer, one.problem.dimensions[0].total), []).append(one.problem)
    together = [added(problems) for _, problems in sorted(by_longer.items())]
    return [None if one is None else loss_in(one, SECONDS) for one in together]


def longer_period(text: str) -> str | None:
    """The period that one is put together with others to; ``None``: there is none that it is a whole part of.

    >>> longer_period("2018-03-01"), longer_period("2018-03"), longer_period("2018-T1"), longer_period("2018-W09")
    ('2018-03', '2018-T1', '2018', None)
    """
    period = Period.parse(text)
    first = period.first
    match period.kind:
        case PeriodKind.DAY | PeriodKind.SHIFT:
            return str(Period(PeriodKind.MONTH, first.replace(day=1)))
        case PeriodKind.MONTH:
            return str(Period(PeriodKind.TERM, first.replace(month=(first.month - 1) // 4 * 4 + 1)))
        case PeriodKind.TERM | PeriodKind.HALF_YEAR:
            return f"{first.year:04}"
        case _:
            return None
