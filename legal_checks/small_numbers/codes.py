"""The codes of one dimension and what sums to what: a hierarchy read, checked and turned into numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from legal_checks.small_numbers.finding_texts import FINDINGS
from legal_checks.small_numbers.table import Dimension
from registry.findings import Finding, Place

Number = TypeVar("Number", np.int64, np.float64)


@dataclass(frozen=True)
class Classification:
    """A dimension's codes in a fixed order: the leaves as given, then the sums, parts before what they sum to.

    ``parts[code]`` are the codes that a sum adds up.
    """

    column: str
    total: str
    codes: tuple[str, ...]
    leaf_count: int
    parts: Mapping[str, tuple[str, ...]]
    position: Mapping[str, int]

    @property
    def leaves(self) -> tuple[str, ...]:
        return self.codes[: self.leaf_count]

    def totals(self, of_leaves: NDArray[Number]) -> NDArray[Number]:
        """Every code's sum along the first axis. Shapes (leaves, …) → (codes, …)."""
        summed = np.zeros((len(self.codes), *of_leaves.shape[1:]), dtype=of_leaves.dtype)
        summed[: self.leaf_count] = of_leaves
        for code in self.codes[self.leaf_count :]:
            summed[self.position[code]] = summed[[self.position[part] for part in self.parts[code]]].sum(axis=0)
        return summed

    def leaf_positions(self, code: str) -> NDArray[np.int64]:
        """The positions of the leaves that a code counts."""
        inside, _ = in_order([code], self.parts)
        return np.array(sorted(self.position[leaf] for leaf in inside), dtype=np.int64)


def read_classification(dimension: Dimension, occurring: Iterable[str]) -> tuple[Classification | None, list[Finding]]:
    """The classification of ``dimension``, or ``None`` and what is wrong with its hierarchy.

    ``occurring`` are the codes found in the table, in order; they are the leaves where there is no hierarchy.

    >>> classification, _ = read_classification(Dimension("d", "T", {"T": ["A", "B"], "A": ["a1", "a2"]}), [])
    >>> classification.codes
    ('a1', 'a2', 'B', 'A', 'T')
    """
    if dimension.hierarchy is None:
        leaves = tuple(dict.fromkeys(code for code in occurring if code != dimension.total))
        return _classification(dimension, {dimension.total: leaves}), []
    parts = {code: tuple(children) for code, children in dimension.hierarchy.items() if len(children) > 0}
    findings = _hierarchy_findings(dimension, parts)
    if findings:
        return None, findings
    return _classification(dimension, parts), []


def _hierarchy_findings(dimension: Dimension, parts: Mapping[str, tuple[str, ...]]) -> list[Finding]:
    def error(code: str, codes: Sequence[str]) -> Finding:
        places = tuple(Place(column=dimension.column, value=one) for one in codes)
        return FINDINGS.found(code, {"column": dimension.column, "codes": ", ".join(codes[:10])}, places)

    if dimension.total not in parts:
        return [error("small-numbers-total-not-in-hierarchy", [dimension.total])]
    loop = _loop(parts)
    if loop:
        return [error("small-numbers-hierarchy-loop", loop)]
    counted = _leaf_counts(parts)
    twice = [code for code, leaves in counted.items() if any(times > 1 for times in leaves.values())]
    if twice:
        return [error("small-numbers-counted-twice", twice)]
    covered = counted[dimension.total]
    outside = sorted({leaf for leaves in counted.values() for leaf in leaves if leaf not in covered})
    if outside:
        return [error("small-numbers-outside-total", outside)]
    return []


def _loop(parts: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The codes of one loop, the first one repeated at the end; empty where there is none."""
    finished: set[str] = set()
    for start in parts:
        path: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            code, depth = stack.pop()
            if depth < 0:
                finished.add(code)
                path.pop()
                continue
            if code in path:
                return [*path[path.index(code) :], code]
            if code in finished:
                continue
            path.append(code)
            stack.append((code, -1))
            stack.extend((part, depth + 1) for part in parts.get(code, ()))
    return []


def _leaf_counts(parts: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, int]]:
    """How many times each leaf is counted in each sum (2: twice or more)."""
    leaves, sums = in_order(parts, parts)
    counted = {leaf: {leaf: 1} for leaf in leaves}
    for code in sums:
        counts: dict[str, int] = {}
        for part in parts[code]:
            for leaf, times in counted[part].items():
                counts[leaf] = min(2, counts.get(leaf, 0) + times)
        counted[code] = counts
    return {code: counted[code] for code in parts}


def in_order(codes: Iterable[str], parts: Mapping[str, tuple[str, ...]]) -> tuple[list[str], list[str]]:
    """The leaves below ``codes`` as they are met, and the sums, parts before what they sum to."""
    leaves: list[str] = []
    sums: list[str] = []
    seen: set[str] = set()
    stack = [(code, False) for code in codes][::-1]
    while stack:
        code, is_left = stack.pop()
        if is_left:
            sums.append(code)
        elif code not in seen:
            seen.add(code)
            if code in parts:
                stack.append((code, True))
                stack.extend((part, False) for part in reversed(parts[code]))
            else:
                leaves.append(code)
    return leaves, sums


def _classification(dimension: Dimension, parts: Mapping[str, tuple[str, ...]]) -> Classification:
    leaves, sums = in_order((dimension.total, *parts), parts)
    codes = (*leaves, *sums)
    position = {code: number for number, code in enumerate(codes)}
    return Classification(dimension.column, dimension.total, codes, len(leaves), dict(parts), position)
