"""Names for blank nodes, so that what they say can be kept as statements, and is the same from whichever file says it. Pure."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from termbank.vocabularies.rdf_files import resource_of

SKOLEM = "urn:vpr:genid:"
"""Begins the name of what was a blank node."""
_MOST_FACTS = 1_000
"""So many things that are said of a blank node make its name."""
Fact = tuple[str, Any]
"""A predicate and a term of pyoxigraph."""


def names_of_blanks(facts: Mapping[str, Sequence[Fact]]) -> dict[str, str]:
    """A name for each blank node, which follows from what is said of it: the same in whichever file says the same.

    Nodes of which the same is said are told apart by what leads to them, and else by their order.
    """
    leading: dict[str, list[tuple[str, str]]] = {one: [] for one in facts if one.startswith("_:")}
    for subject, told in facts.items():
        for what, said in told:
            if isinstance(said, ox.BlankNode):
                leading.setdefault(resource_of(said), []).append((subject, what))
    digests: dict[str, str] = {}
    for one in leading:
        _digest(one, facts, leading, digests)
    alike: dict[str, list[str]] = defaultdict(list)
    for one, digest in digests.items():
        alike[digest].append(one)
    names: dict[str, str] = {}
    for digest, those in alike.items():
        those.sort(key=lambda one: sorted((digests.get(subject, subject), what) for subject, what in leading[one]))
        for place, one in enumerate(those):
            names[one] = SKOLEM + (_hashed([f"{digest} {place}"]) if place else digest)
    return names


def _digest(
    first: str,
    facts: Mapping[str, Sequence[Fact]],
    leading: Mapping[str, Sequence[tuple[str, str]]],
    digests: dict[str, str],
) -> None:
    """Put what follows from what is said of a blank node into ``digests``, and of those below it before: without recursion,
    and so that what leads back to a node that is not done says only that."""
    waiting = [first]
    begun: set[str] = set()
    while waiting:
        one = waiting[-1]
        told = facts.get(one, ())[:_MOST_FACTS]
        below = [resource_of(said) for _, said in told if isinstance(said, ox.BlankNode)]
        if one not in begun and one not in digests:
            begun.add(one)
            if new := [other for other in below if other not in begun and other not in digests]:
                waiting += new
                continue
        waiting.pop()
        if one not in digests:
            said = [f"{what} {_as_said(said, digests)}" for what, said in told]
            digests[one] = _hashed(said or [f"{what} of {subject}" for subject, what in leading[one]])


def _as_said(value: Any, digests: Mapping[str, str]) -> str:
    if isinstance(value, ox.BlankNode):
        return SKOLEM + digests.get(resource_of(value), "")
    return str(value) if isinstance(value, ox.Literal) else resource_of(value)


def _hashed(said: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()[:32]


def renamed(facts: Mapping[str, list[Fact]], names: Mapping[str, str]) -> dict[str, list[Fact]]:
    """The same with names for some blank nodes."""
    return {
        names.get(subject, subject): [
            (what, ox.NamedNode(names[name])) if (name := resource_of(said)) in names else (what, said)
            for what, said in told
        ]
        for subject, told in facts.items()
    }
