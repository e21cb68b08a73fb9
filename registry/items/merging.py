"""Three versions of a content become one: what both began from, what was published meanwhile, and what somebody has drafted.

What only one of the two changed is taken from that one: fields of an object, entries of a list, words of a text. Where both
changed the same, a person chooses; until they do, it is what they drafted. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from registry.content import canonical as canonical_content

_WORDS = re.compile(r"\s+|[\w'’-]+|[^\w\s]")
_ABSENT = object()


class Side(StrEnum):
    """Whose words are taken where both changed the same."""

    THEIRS = "theirs"
    """What was published meanwhile."""
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that both changed, each in another way. A value that is not there is ``None``."""

    path: str
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """The content of the three, and where a person has to choose."""

    content: Any
    conflicts: tuple[Conflict, ...]


def merged(base: Any, theirs: Any, mine: Any, chosen: Mapping[str, Side] = MappingProxyType({})) -> Merge:
    """The three as one; ``chosen`` says for paths of conflicts whose words are taken.

    >>> merged({"term": "säng", "note": "x"}, {"term": "säng,", "note": "x"}, {"term": "säng", "note": "y"}).content
    {'note': 'y', 'term': 'säng,'}
    >>> [one.path for one in merged({"term": "a"}, {"term": "b"}, {"term": "c"}).conflicts]
    ['term']
    """
    merging = _Merging(chosen)
    content = merging.of(base, theirs, mine, "")
    return Merge(content, tuple(merging.conflicts))


@dataclass(slots=True)
class _Merging:
    chosen: Mapping[str, Side]
    conflicts: list[Conflict] = field(default_factory=list)

    def of(self, base: Any, theirs: Any, mine: Any, path: str) -> Any:
        if _is_same(theirs, mine) or _is_same(base, theirs):
            return mine
        if _is_same(base, mine):
            return theirs
        if isinstance(theirs, Mapping) and isinstance(mine, Mapping):
            return self._objects(base if isinstance(base, Mapping) else {}, theirs, mine, path)
        together = _interwoven(base, theirs, mine)
        if together is not None:
            return together
        if _are_same_entries(base, theirs, mine):
            threes = enumerate(zip(base, theirs, mine, strict=True))
            return [self.of(*three, f"{path}[{place}]") for place, three in threes]
        self.conflicts.append(Conflict(path, *(None if one is _ABSENT else one for one in (base, theirs, mine))))
        return theirs if self.chosen.get(path) is Side.THEIRS else mine

    def _objects(
        self, base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any], path: str
    ) -> dict[str, Any]:
        found = {
            key: self.of(
                base.get(key, _ABSENT), theirs.get(key, _ABSENT), mine.get(key, _ABSENT), f"{path}.{key}".lstrip(".")
            )
            for key in sorted({*base, *theirs, *mine})
        }
        return {key: value for key, value in found.items() if value is not _ABSENT}


def _is_same(one: Any, other: Any) -> bool:
    if one is _ABSENT or other is _ABSENT:
        return one is other
    return canonical_content.canonical(one) == canonical_content.canonical(other)


def _interwoven(base: Any, theirs: Any, mine: Any) -> Any:
    """Texts word by word, and lists entry by entry, where the two changed different places; ``None`` elsewhere."""
    if all(isinstance(one, str) for one in (base, theirs, mine)):
        words = _woven(*(_WORDS.findall(one) for one in (base, theirs, mine)))
        return None if words is None else "".join(words)
    if all(isinstance(one, Sequence) and not isinstance(one, str) for one in (base, theirs, mine)):
        values = {canonical_content.canonical(one): one for part in (base, theirs, mine) for one in part}
        entries = _woven(*([canonical_content.canonical(one) for one in part] for part in (base, theirs, mine)))
        return None if entries is None else [values[one] for one in entries]
    return None


def _are_same_entries(*lists: Any) -> bool:
    """Whether lists have the same entries in the same places, each an object with one field that may differ (its text)."""
    if not all(isinstance(one, list) for one in lists) or len({len(one) for one in lists}) > 1:
        return False
    return all(_differ_in_one_field(*entries) for entries in zip(*lists, strict=True))


def _differ_in_one_field(*entries: Any) -> bool:
    if not all(isinstance(one, Mapping) and one.keys() == entries[0].keys() for one in entries):
        return False
    return sum(not all(_is_same(entries[0][key], one[key]) for one in entries) for key in entries[0]) <= 1


def _woven(base: list[str], theirs: list[str], mine: list[str]) -> list[str] | None:
    """``base`` with the changes of both, where no two of them touch each other."""
    of_theirs = _changes(base, theirs)
    of_both = of_theirs + [one for one in _changes(base, mine) if one not in of_theirs]
    changes = sorted(of_both, key=lambda change: change[:2])
    for (_, last, _), (first, _, _) in pairwise(changes):
        if first <= last:
            return None
    woven, at = list[str](), 0
    for first, last, put_in in changes:
        woven += base[at:first] + put_in
        at = last
    return woven + base[at:]


def _changes(base: list[str], other: list[str]) -> list[tuple[int, int, list[str]]]:
    """The ranges of ``base`` that ``other`` has something else for, in order."""
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return [(first, last, other[begin:end]) for tag, first, last, begin, end in matcher.get_opcodes() if tag != "equal"]
