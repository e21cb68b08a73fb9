"""The codes of one dimension and what sums to what: a hierarchy read, checked and turned into numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from legal_checks.small_numbers.table import Dimension
from registry.findings import Finding, Place, Severity


@dataclass(frozen=True, slots=True)
class Classification:
    """A dimension's codes in a fixed order: the leaves as given, then the sums, parts before what they sum to.

    ``parts[code]`` are the codes that a sum adds up. ``membership`` has shape (codes, leaves): 1 where the leaf is
    counted in the code.
    """

    column: str
    total: str
    codes: tuple[str, ...]
    leaf_count: int
    parts: Mapping[str, tuple[str, ...]]
    position: Mapping[str, int]
    membership: NDArray[np.int64]

    @property
    def leaves(self) -> tuple[str, ...]:
        return self.codes[: self.leaf_count]


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
        return Finding(code, Severity.ERROR, {"column": dimension.column, "codes": ", ".join(codes[:10])}, places)

    if dimension.total not in parts:
        return [error("small-numbers-total-not-in-hierarchy", [dimension.total])]
    loop = _loop(parts)
    if loop:
        return [error("small-numbers-hierarchy-loop", loop)]
    counted = {code: _leaf_counts(code, parts) for code in parts}
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


def _leaf_counts(code: str, parts: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """How many times each leaf is counted in ``code``."""
    counts: dict[str, int] = {}
    pending = [code]
    while pending:
        one = pending.pop()
        if one in parts:
            pending.extend(parts[one])
        else:
            counts[one] = counts.get(one, 0) + 1
    return counts


def _classification(dimension: Dimension, parts: Mapping[str, tuple[str, ...]]) -> Classification:
    leaves: list[str] = []
    sums: list[str] = []
    seen: set[str] = set()

    def visit(code: str) -> None:
        if code in seen:
            return
        seen.add(code)
        if code not in parts:
            leaves.append(code)
            return
        for part in parts[code]:
            visit(part)
        sums.append(code)

    for code in (dimension.total, *parts):
        visit(code)
    codes = (*leaves, *sums)
    position = {code: number for number, code in enumerate(codes)}
    membership = np.zeros((len(codes), len(leaves)), dtype=np.int64)
    membership[: len(leaves)] = np.eye(len(leaves), dtype=np.int64)
    for code in sums:
        for part in parts[code]:
            membership[position[code]] += membership[position[part]]
    return Classification(dimension.column, dimension.total, codes, len(leaves), dict(parts), position, membership)
