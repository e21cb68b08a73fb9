"""What a concept diagram shows: concepts, the relations between them, and the level that each concept is on. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from termbank.concepts.concept import Concept
from termbank.notions import HIERARCHICAL, RelationKind

DRAWN = (*HIERARCHICAL, RelationKind.ASSOCIATIVE, RelationKind.CONTESTED)
"""The relations that have a line. Mappings lead to other vocabularies and are told in words."""


@dataclass(frozen=True, slots=True)
class Node:
    """A concept in a diagram. ``remarks`` are short lines under its term: that it is withdrawn, that there is more below."""

    key: str
    label: str
    url: str
    language: str = ""
    """The language of the label, where that is not the page's."""
    definition: str = ""
    remarks: tuple[str, ...] = ()
    is_here: bool = False
    """Whether it is the concept that the diagram is of."""
    is_pale: bool = False
    """Whether it applies no longer, or not yet: its box is dashed."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation: ``upper`` is the broader concept. Of relations without a direction, the first by key."""

    kind: RelationKind
    upper: str
    lower: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """Concepts and the relations between them. Every end of an edge is the key of a node, and no edge leads to itself."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    joints: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Where the parts of the words of its labels meet, in letters, as far as that is known: where a wide word is broken."""


def edges_among(concepts: Mapping[str, Concept]) -> tuple[Edge, ...]:
    """The relations between these concepts (by key), each once, in their order.

    >>> from registry.provenance import Provenance
    >>> from termbank.concepts.concept import Relation, Target, Term
    >>> from termbank.notions import Origin
    >>> def concept(*relations): return Concept(Target(), Origin.PROPOSAL, False, Provenance.OWN, relations=relations)
    >>> bed = concept(Relation(RelationKind.GENERIC, Target(key="plats")), Relation(RelationKind.EXACT, Target(iri="x:y")))
    >>> edges_among({"säng": bed, "plats": concept()})
    (Edge(kind=<RelationKind.GENERIC: 'generic'>, upper='plats', lower='säng'),)
    """
    found: dict[Edge, None] = {}
    for key, concept in concepts.items():
        for relation in concept.related_by(*DRAWN):
            other = relation.key
            if other in concepts and other != key:
                upper, lower = (other, key) if relation.kind in HIERARCHICAL else sorted((key, other))
                found[Edge(relation.kind, upper, lower)] = None
    return tuple(found)


def leading_to_themselves(concepts: Mapping[str, Concept]) -> tuple[str, ...]:
    """The keys of concepts that have a relation with themselves, which has no line."""
    return tuple(key for key, one in concepts.items() if any(other.key == key for other in one.related_by(*DRAWN)))


def levels(keys: Sequence[str], edges: Iterable[Edge]) -> dict[str, int]:
    """The level of each concept, from 0 at the top: below all that is broader, and as near to it as can be.

    What is only associated stands on the level of what it is associated with. Of a circle, the edge that closes it is
    left out (`closing`).

    >>> edge = lambda upper, lower, kind=RelationKind.GENERIC: Edge(kind, upper, lower)
    >>> levels("abcd", [edge("a", "b"), edge("b", "c"), edge("a", "c"), edge("b", "d", RelationKind.ASSOCIATIVE)])
    {'a': 0, 'b': 1, 'c': 2, 'd': 1}
    """
    edges = list(edges)
    hierarchy = [edge for edge in edges if edge.kind in HIERARCHICAL]
    left_out = closing(keys, hierarchy)
    lower: dict[str, list[str]] = {key: [] for key in keys}
    waits_for = dict.fromkeys(keys, 0)
    for edge in hierarchy:
        if edge not in left_out:
            lower[edge.upper].append(edge.lower)
            waits_for[edge.lower] += 1
    has_above = {key for key, number in waits_for.items() if number}
    level: dict[str, int] = {}
    free = [key for key in keys if key not in has_above and lower[key]]
    level |= dict.fromkeys(free, 0)
    for key in free:
        for other in lower[key]:
            level[other] = max(level.get(other, 0), level[key] + 1)
            waits_for[other] -= 1
            if not waits_for[other]:
                free.append(other)
    for key in keys:
        if key not in has_above and lower[key]:
            level[key] = min(level[other] for other in lower[key]) - 1
    _place_beside(keys, edges, level)
    return {key: level[key] for key in keys}


def closing(keys: Sequence[str], hierarchy: Iterable[Edge]) -> frozenset[Edge]:
    """The hierarchical edges without which there is no circle: those that lead back to where one came from.

    >>> sorted(edge.upper for edge in closing("abc", [Edge(RelationKind.GENERIC, *pair) for pair in ("ab", "bc", "ca")]))
    ['c']
    """
    below: dict[str, list[Edge]] = {key: [] for key in keys}
    for edge in hierarchy:
        below[edge.upper].append(edge)
    found: set[Edge] = set()
    done: set[str] = set()
    for start in keys:
        way = [(start, iter(below[start]))]
        on_way = {start}
        while way:
            key, rest = way[-1]
            step = next(rest, None) if key not in done else None
            if step is None:
                done.add(key)
                on_way.discard(key)
                way.pop()
            elif step.lower in on_way:
                found.add(step)
            elif step.lower not in done:
                on_way.add(step.lower)
                way.append((step.lower, iter(below[step.lower])))
    return frozenset(found)


def _place_beside(keys: Sequence[str], edges: Iterable[Edge], level: dict[str, int]) -> None:
    """Give what has no level that of what it is associated with, step by step; what hangs together with nothing, 0."""
    beside: dict[str, list[str]] = {key: [] for key in keys}
    for edge in edges:
        beside[edge.upper].append(edge.lower)
        beside[edge.lower].append(edge.upper)
    reached = [key for key in keys if key in level] or list(keys[:1])
    for key in reached:
        level.setdefault(key, 0)
    for key in reached:
        for other in beside[key]:
            if other not in level:
                level[other] = level[key]
                reached.append(other)
    for key in keys:
        level.setdefault(key, 0)
