"""What an explanation of a finding is about, and so where it may be used again: a rule, an element and a unit. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

LONGEST_UNIT = 600
_PARTS = 4


class Subject(NamedTuple):
    """A rule with the element and the unit that it warned of; empty where its scope does not name them."""

    rule: str
    element: str
    unit: str


def subjects_of(about: Sequence[str]) -> tuple[Subject, ...]:
    """The subjects of a finding, each once, from what it is about (`assessment.identity.about`): none where that is so much that
    only a hash of it is kept.

    >>> subjects_of(["HIS-006|belagda|65016/K1|2026-03-01", "HIS-006|belagda|65016/K1|2026-03-02"])
    (Subject(rule='HIS-006', element='belagda', unit='65016/K1'),)
    >>> subjects_of(["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    ()
    """
    split = [one.split("|") for one in about]
    found = (
        (Subject(rule, element, unit) for rule, element, unit, _period in split if len(unit) <= LONGEST_UNIT)
        if all(len(one) == _PARTS for one in split)
        else ()
    )
    return tuple(dict.fromkeys(found))


def subjects_by_key(about: Mapping[str, Sequence[str]]) -> dict[str, tuple[Subject, ...]]:
    """The same of every finding that has to be explained, by its key; those without a subject are left out."""
    return {key: found for key, one in about.items() if (found := subjects_of(one))}


def joined(texts: Sequence[str]) -> str:
    """The explanation that several kept ones make together: each text once, in order.

    >>> joined(["Stängd.", "Ombyggnad.", "Stängd."])
    'Stängd.\\n\\nOmbyggnad.'
    """
    return "\n\n".join(dict.fromkeys(texts))
