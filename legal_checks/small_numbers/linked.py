"""Counts that several tables tell, joined by sums over time and place: what somebody who has all of them works out.

A table of days and one of months tell the same persons. Each is safe by itself, and the month less thirty shown days is the
hidden one. Here every count is a name, whichever table tells it; sums say how names belong together, exactly or up to the
rounding of a published mean. Counts are whole numbers of their unit: a hidden one that only one number is possible for
has been worked out. Linear programs say what is possible, each part that is linked through unknown counts by itself.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from math import ceil, floor, inf
from typing import Generic

import numpy as np

from legal_checks.small_numbers.linear_program import LinearProgram, Solved
from legal_checks.small_numbers.linked_sums import Interval, Linked, LinkedCover, Name
from legal_checks.small_numbers.releases import matrix_of

NEAR = 1e-6


def worked_out(linked: Linked[Name], targets: Collection[Name]) -> dict[Name, Interval]:
    """The targets of which only one value is possible, in the order in which they were given.

    Targets that stand in no sum are left out, but for those that are known: nothing is linked to them. So are those of
    parts that contradict themselves, which nobody can reckon with.
    """
    attack, found, done = _Attack(linked), dict[Name, Interval](), set[Name]()
    for target in targets:
        if target not in done:
            exposed, inside = attack.around(target, targets)
            found |= exposed
            done |= inside
    return {one: found[one] for one in targets if one in found}


def cover(
    linked: Linked[Name],
    costs: Mapping[Name, float],
    targets: Sequence[Name],
    proceed: Callable[[], bool] = lambda: True,
) -> LinkedCover[Name]:
    """Hides the cheapest of ``costs`` (known names that may still be hidden) until no target can be worked out.

    A target that is known itself is hidden first. Hiding more never tells more, so that what has been found safe is not
    looked at again. ``proceed`` is asked between steps; when it says no, what is exposed then is given back as it stands.
    The same input gives the same output.
    """
    search = _Search(linked, costs, targets)
    for target in targets:
        search.protect(target, proceed)
    search.show_again(proceed)
    return LinkedCover(frozenset(search.hidden), search.exposed, search.unavoidable)


class _Search(Generic[Name]):
    def __init__(self, linked: Linked[Name], costs: Mapping[Name, float], targets: Sequence[Name]) -> None:
        self.targets = dict.fromkeys(targets)
        self.costs = costs
        self.order = {one: at for at, one in enumerate(costs)}
        self.attack = _Attack(linked)
        self.hidden = dict.fromkeys(one for one in targets if one in costs)
        self.attack.hide(self.hidden)
        self.safe: set[Name] = set()
        self.exposed: dict[Name, Interval] = {}
        self.unavoidable: dict[Name, Interval] = {}

    def protect(self, target: Name, proceed: Callable[[], bool]) -> None:
        """Hides until the target, and what is linked with it, cannot be worked out; or says that nothing helps."""
        while target not in self.safe and target not in self.unavoidable:
            exposed, inside = self.attack.around(target, self.targets)
            self.safe |= inside - exposed.keys()
            exposed = {one: found for one, found in exposed.items() if one not in self.unavoidable}
            if not exposed:
                return
            if not proceed():
                self.exposed |= exposed
                return
            self._hide_more(exposed)

    def _hide_more(self, exposed: Mapping[Name, Interval]) -> None:
        """Hides the cheapest figure near what is exposed, once it is known that hiding helps at all."""
        near = self.attack.near(exposed, self.costs.keys() - self.hidden.keys())
        helpless = dict(exposed)
        for hidden in (near, self.costs.keys()) if near else ():
            with_less = self.attack.without(hidden)
            told = [with_less.around(target, helpless)[0] for target in helpless]
            helpless = {one: at for found in told for one, at in found.items()}
            if not helpless:
                break
        self.unavoidable |= helpless
        if near and len(helpless) < len(exposed):
            chosen = min(near, key=lambda one: (self.costs[one], self.order[one]))
            self.hidden[chosen] = None
            self.attack.hide([chosen])

    def show_again(self, proceed: Callable[[], bool]) -> None:
        """Shows again what was hidden on the way and is not needed any more, the dearest first."""
        for one in sorted(self.hidden, key=lambda one: (-self.costs[one], self.order[one])):
            if one in self.targets or not proceed():
                continue
            near = self.attack.part_of(one)[0]
            self.attack.show([one])
            exposed: dict[Name, Interval] = {}
            for name in near:
                if name in self.targets and name not in exposed:
                    exposed |= self.attack.around(name, self.targets)[0]
            if exposed.keys() - self.unavoidable.keys() - self.exposed.keys():
                self.attack.hide([one])
            else:
                del self.hidden[one]


class _Attack(Generic[Name]):
    """What an attacker has, with some of it hidden."""

    def __init__(self, linked: Linked[Name]) -> None:
        self.linked = linked
        self.known: dict[Name, float] = dict(linked.known)
        self.by_name: dict[Name, list[int]] = defaultdict(list)
        for number, one in enumerate(linked.sums):
            for name in {one.total, *one.parts}:
                self.by_name[name].append(number)

    def hide(self, names: Iterable[Name]) -> None:
        for name in names:
            self.known.pop(name, None)

    def show(self, names: Iterable[Name]) -> None:
        for name in names:
            self.known[name] = self.linked.known[name]

    def without(self, names: Collection[Name]) -> "_Attack[Name]":
        """The same with more hidden."""
        other = copy(self)
        other.known = {name: value for name, value in self.known.items() if name not in names}
        return other

    def around(self, target: Name, targets: Collection[Name]) -> tuple[dict[Name, Interval], set[Name]]:
        """Which targets can be worked out among those that are linked to one of them, and which these are."""
        if target in self.known:
            value = self.known[target]
            return {target: Interval(value, value)}, {target}
        if target not in self.by_name:
            return {}, {target}
        names, sums = self.part_of(target)
        inside = [one for one in names if one in targets]
        return _Part(self.linked, self.known, names, sums).worked_out(inside), set(inside)

    def near(self, exposed: Iterable[Name], candidates: Collection[Name]) -> set[Name]:
        """The candidates in a sum with an exposed count; where there are none, in one with what is linked to it."""
        exposed = list(exposed)
        for names in (set(exposed), {name for one in exposed for name in self.part_of(one)[0]}):
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

    def part_of(self, start: Name) -> tuple[list[Name], list[int]]:
        """The unknown counts that are linked to one through unknown counts, and the sums that they stand in."""
        names, sums, waiting = {start: None}, dict[int, None](), [start]
        while waiting:
            for number in self.by_name[waiting.pop()]:
                if number in sums:
                    continue
                sums[number] = None
                one = self.linked.sums[number]
                for name in (one.total, *one.parts):
                    if name not in self.known and name not in names:
                        names[name] = None
                        waiting.append(name)
        return list(names), list(sums)


class _Part(Generic[Name]):
    """One part, as a linear program: columns are its unknown counts, then what each sum was rounded by."""

    def __init__(
        self, linked: Linked[Name], known: Mapping[Name, float], names: Sequence[Name], sums: Sequence[int]
    ) -> None:
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
                    seen += factor * known[name]
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
