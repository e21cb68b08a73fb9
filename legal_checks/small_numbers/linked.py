"""Counts that several tables tell, joined by sums over time and place: what somebody who has all of them works out.

A table of days and one of months tell the same persons. Each is safe by itself, and the month less thirty shown days is the
hidden one. Here every count is a name, whichever table tells it; sums say how names belong together, exactly or up to the
rounding of a published mean. Counts are whole numbers of their unit: a hidden one that only one number is possible for
has been worked out. Linear programs say what is possible, each part that is linked through unknown counts by itself.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import ceil, floor, inf
from typing import Generic

import numpy as np

from legal_checks.small_numbers.linear_program import LinearProgram, Solved
from legal_checks.small_numbers.linked_sums import Interval, Linked, LinkedCover, Name
from legal_checks.small_numbers.releases import matrix_of

NEAR = 1e-6


def worked_out(linked: Linked[Name], targets: Collection[Name]) -> dict[Name, Interval]:
    """The targets of which only one value is possible, in the order in which they were given.

    Targets that stand in no sum are left out: nothing is linked to them. So are those of parts that contradict
    themselves, which nobody can reckon with.
    """
    return _Attack(linked).worked_out(targets)


def cover(
    linked: Linked[Name],
    costs: Mapping[Name, float],
    targets: Sequence[Name],
    proceed: Callable[[], bool] = lambda: True,
) -> LinkedCover[Name]:
    """Hides the cheapest of ``costs`` (known names that may still be hidden) until no target can be worked out.

    ``proceed`` is asked between steps; when it says no, what is exposed then is given back as it stands. The same input
    gives the same output.
    """
    everything = _without(linked, costs)
    unavoidable = worked_out(everything, targets)
    wanted = [one for one in targets if one not in unavoidable]
    hidden: set[Name] = set()
    order = {one: at for at, one in enumerate(costs)}
    exposed = worked_out(linked, wanted)
    while exposed and proceed():
        attack = _Attack(_without(linked, hidden))
        near = attack.near(exposed, {one for one in costs if one not in hidden})
        if not near:
            break
        hidden.add(min(near, key=lambda one: (costs[one], order[one])))
        exposed = worked_out(_without(linked, hidden), wanted)
    for one in sorted(hidden, key=lambda one: (-costs[one], order[one])):
        # What was hidden on the way and is not needed any more is shown again, the dearest first.
        if not exposed and proceed() and not worked_out(_without(linked, hidden - {one}), wanted):
            hidden.discard(one)
    return LinkedCover(frozenset(hidden), exposed, unavoidable)


def _without(linked: Linked[Name], hidden: Collection[Name]) -> Linked[Name]:
    if not hidden:
        return linked
    known = {name: value for name, value in linked.known.items() if name not in hidden}
    return Linked(known, linked.sums, linked.bounds, linked.unit)


class _Attack(Generic[Name]):
    def __init__(self, linked: Linked[Name]) -> None:
        self.linked = linked
        self.by_name: dict[Name, list[int]] = defaultdict(list)
        for number, one in enumerate(linked.sums):
            for name in {one.total, *one.parts}:
                self.by_name[name].append(number)

    def worked_out(self, targets: Collection[Name]) -> dict[Name, Interval]:
        found: dict[Name, Interval] = {}
        left = [one for one in targets if one not in self.linked.known and one in self.by_name]
        done: set[Name] = set()
        for target in left:
            if target in done:
                continue
            names, sums = self._part(target)
            inside = [one for one in left if one in names]
            done.update(inside)
            found.update(_Part(self.linked, names, sums).worked_out(inside))
        return {one: found[one] for one in left if one in found}

    def near(self, exposed: Iterable[Name], candidates: Collection[Name]) -> set[Name]:
        """The candidates in a sum with an exposed count; where there are none, in one with what is linked to it."""
        exposed = list(exposed)
        for names in (set(exposed), {name for one in exposed for name in self._part(one)[0]}):
            sums = {number for name in names for number in self.by_name[name]}
            found = {
                name
                for number in sums
                for name in (self.linked.sums[number].total, *self.linked.sums[number].parts)
                if name in candidates
            }
            if found:
                return found
        return set()

    def _part(self, start: Name) -> tuple[list[Name], list[int]]:
        """The unknown counts that are linked to one through unknown counts, and the sums that they stand in."""
        names, sums, waiting = {start: None}, dict[int, None](), [start]
        while waiting:
            for number in self.by_name[waiting.pop()]:
                if number in sums:
                    continue
                sums[number] = None
                one = self.linked.sums[number]
                for name in (one.total, *one.parts):
                    if name not in self.linked.known and name not in names:
                        names[name] = None
                        waiting.append(name)
        return list(names), list(sums)


class _Part(Generic[Name]):
    """One part, as a linear program: columns are its unknown counts, then what each sum was rounded by."""

    def __init__(self, linked: Linked[Name], names: Sequence[Name], sums: Sequence[int]) -> None:
        self.linked = linked
        self.column = {name: at for at, name in enumerate(names)}
        rows, right = [], []
        width = len(names)
        lower = [linked.bounds.get(name, (0.0, inf))[0] for name in names]
        upper = [linked.bounds.get(name, (0.0, inf))[1] for name in names]
        for number in sums:
            one = linked.sums[number]
            row: dict[int, float] = defaultdict(float)
            seen = 0.0
            for name, factor in (*((part, 1.0) for part in one.parts), (one.total, -float(one.times))):
                if name in self.column:
                    row[self.column[name]] += factor
                else:
                    seen += factor * linked.known[name]
            if one.slack:
                row[width] = 1.0
                lower.append(-one.slack)
                upper.append(one.slack)
                width += 1
            rows.append(dict(row))
            right.append(-seen)
        sides = np.array(right)
        self.lower, self.upper = np.array(lower), np.array(upper)
        self.program = LinearProgram(matrix_of(rows, width), sides, sides, self.lower, self.upper)
        self.lowest = np.full(width, inf)
        self.highest = np.full(width, -inf)

    def worked_out(self, targets: Sequence[Name]) -> dict[Name, Interval]:
        if not self._solve(0, 0.0):
            return {}
        found = {}
        for target in targets:
            column, unit = self.column[target], self.linked.unit.get(target, 1.0)
            for cost in (1.0, -1.0):
                if _is_one(self.lowest[column], self.highest[column], unit):
                    self._solve(column, cost)
            if _is_one(self.lowest[column], self.highest[column], unit):
                found[target] = Interval(float(self.lowest[column]), float(self.highest[column]))
        return found

    def _solve(self, column: int, cost: float) -> bool:
        """Whether there is a possible table; its counts are witnesses for every other count."""
        self.program.set_cost(np.array([column]), np.array([cost]))
        solved: Solved | None = self.program.minimise()
        if solved is None:
            if self.program.is_unbounded:
                self.highest[column] = inf
                return True
            return False
        np.minimum(self.lowest, solved.values, out=self.lowest)
        np.maximum(self.highest, solved.values, out=self.highest)
        return True


def _is_one(lowest: float, highest: float, unit: float) -> bool:
    """Whether at most one whole number of units lies between two ends."""
    if highest == inf:
        return False
    return floor(highest / unit + NEAR) - ceil(lowest / unit - NEAR) < 1
