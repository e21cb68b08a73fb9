"""Counts of several tables and the sums that join them, as `linked` tries them: data, without a solver."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)
"""What a count is called, whichever table tells it."""


@dataclass(frozen=True, slots=True)
class Sum(Generic[Name]):
    """``times`` × ``total`` is the sum of ``parts``, up to ``slack`` each way. Of a mean over thirty days ``times`` is 30, and
    ``slack`` 30 halves of the last decimal that it was rounded to."""

    total: Name
    parts: tuple[Name, ...]
    times: int = 1
    slack: float = 0.0


@dataclass(frozen=True)
class Linked(Generic[Name]):
    """Counts and how they belong together.

    ``known``: the counts that the attacker has; every other name in ``sums`` is hidden, and at least zero. ``bounds``: what is
    known of others (lowest, highest), as from a published rate. ``unit``: what a count is a whole number of; 1 where it is
    not said.
    """

    known: Mapping[Name, float]
    sums: Sequence[Sum[Name]]
    bounds: Mapping[Name, tuple[float, float]]
    unit: Mapping[Name, float]


@dataclass(frozen=True, slots=True)
class Interval:
    """What an attacker holds possible of a count, both ends included."""

    lowest: float
    highest: float


@dataclass(frozen=True)
class LinkedCover(Generic[Name]):
    """What is hidden beside what was, and what can be worked out nevertheless.

    ``unavoidable``: what can be worked out whatever is hidden, of what is out already.
    """

    hidden: frozenset[Name]
    exposed: Mapping[Name, Interval]
    unavoidable: Mapping[Name, Interval]
