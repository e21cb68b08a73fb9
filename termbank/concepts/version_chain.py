"""The published versions of a concept in their order, and which took the place of which. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """What machines are told of a version beside its content."""

    content_hash: str
    number: int
    state: str
    valid_from: date | None
    is_past: bool
    """Whether it applies no longer: it was superseded or withdrawn."""
    transition_until: date | None = None
    """By when what rests on the version before it ought to rest on this one, where its meaning is another."""


def chain(versions: Iterable[PublishedVersion]) -> tuple[PublishedVersion, ...]:
    """The versions in the order of their numbers. Of those with the same content, which have one name, the last.

    >>> first, other, again = (PublishedVersion(hash_, number, "published", None, False) for number, hash_ in enumerate("aba", 1))
    >>> [one.number for one in chain((again, first, other))]
    [2, 3]
    """
    by_content: dict[str, PublishedVersion] = {}
    for one in sorted(versions, key=lambda one: one.number):
        by_content.pop(one.content_hash, None)
        by_content[one.content_hash] = one
    return tuple(by_content.values())
