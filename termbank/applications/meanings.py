"""Which versions of a wording mean the same, and which one applied when: a statement made on one of them says nothing of a version
whose meaning is another. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property


@dataclass(frozen=True, slots=True)
class WordingVersion:
    """A published version of a concept, as far as its meaning goes. ``first`` and ``last`` are the days on which it applied;
    ``date.min`` and ``date.max`` are open ends, and one that never applied has its last day before its first."""

    content_hash: str
    number: int
    base_hash: str | None
    is_editorial: bool
    first: date
    last: date


@dataclass(frozen=True)
class Meanings:
    """The published versions of one concept, by number."""

    versions: Sequence[WordingVersion] = ()

    @cached_property
    def by_hash(self) -> Mapping[str, WordingVersion]:
        return {one.content_hash: one for one in reversed(self.versions)}

    def of(self, content_hash: str) -> str:
        """The meaning of a version, as the hash of the first one that had it: it was changed editorially since.

        >>> day = date(2026, 1, 1)
        >>> first, comma = WordingVersion("a", 1, None, False, day, day), WordingVersion("b", 2, "a", True, day, day)
        >>> other = WordingVersion("c", 3, "b", False, day, day)
        >>> [Meanings((first, comma, other)).of(one) for one in "abcd"]
        ['a', 'a', 'c', 'd']
        """
        meant = content_hash
        while (one := self.by_hash.get(meant)) and one.is_editorial and (before := self._before(one)):
            meant = before.content_hash
        return meant

    def is_same(self, one: str, other: str) -> bool:
        return self.of(one) == self.of(other)

    def on(self, day: date) -> WordingVersion | None:
        """The version that applied on a day."""
        return next((one for one in reversed(self.versions) if one.first <= day <= one.last), None)

    def number(self, content_hash: str) -> int | None:
        one = self.by_hash.get(content_hash)
        return one.number if one else None

    def days(self, first: date, last: date) -> list[tuple[date, date]]:
        """Spans of days within which one version applied, in order, that together are all days from ``first`` to ``last``."""
        begins = {one.first for one in self.versions} | {
            one.last + timedelta(days=1) for one in self.versions if one.last < date.max
        }
        cuts = [first, *sorted(day for day in begins if first < day <= last)]
        ends = [day - timedelta(days=1) for day in cuts[1:]] + [last]
        return list(zip(cuts, ends, strict=True))

    def _before(self, one: WordingVersion) -> WordingVersion | None:
        """The version that one was begun from; where nobody wrote that down, the one before it."""
        earlier = [other for other in self.versions if other.number < one.number]
        if one.base_hash is None:
            return earlier[-1] if earlier else None
        return next((other for other in reversed(earlier) if other.content_hash == one.base_hash), None)
