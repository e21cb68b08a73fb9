"""Where each concept of a diagram stands: on its level, in an order with few crossings, no line through a box. Pure.

Levels are ours (`termbank.diagrams.graph`). Lines that pass levels get points of their own on them; lines between two concepts of
one level run below it, in lanes. What is across comes from igraph in two ways, of which the one with fewer crossings is taken: as
a tree (Reingold and Tilford), which keeps the order of the concepts and has no crossings where each has one broader concept, or
in layers (Sugiyama).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import NamedTuple

from termbank.diagrams.graph import Diagram, Edge, levels
from termbank.notions import HIERARCHICAL


class Spot(NamedTuple):
    """A place: the level, and how far across, in boxes."""

    level: int
    across: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of concepts by key, and how edges run between their ends.

    ``bends`` are the points that an edge passes on the levels between, from upper to lower. ``lanes`` has the edges between
    concepts of one level that do not stand beside each other: the lane below the level, the nearest being 1.
    """

    spots: Mapping[str, Spot]
    bends: Mapping[Edge, tuple[Spot, ...]]
    lanes: Mapping[Edge, int]

    @property
    def breadth(self) -> float:
        """How far it is across, from the first box or point to the last, in boxes."""
        return max((spot.across for way in (self.spots.values(), *self.bends.values()) for spot in way), default=0.0)

    @property
    def lanes_below(self) -> list[int]:
        """How many lanes there are below each level, from the top."""
        places = [spot.level for way in (self.spots.values(), *self.bends.values()) for spot in way]
        found = [0] * (max(places, default=0) + 1)
        for edge, lane in self.lanes.items():
            level = self.spots[edge.upper].level
            found[level] = max(found[level], lane)
        return found


def laid_out(diagram: Diagram) -> Layout:
    """The places of a diagram; the same diagram always gives the same."""
    if not diagram.nodes:
        return Layout({}, {}, {})
    net = _net(diagram)
    across = min(
        (arrange(net) for arrange in ARRANGEMENTS), key=lambda places: _crossings(net.level, places, net.links)
    )
    across = [round(place - min(across), 3) for place in across]
    spots = [Spot(*place) for place in zip(net.level, across, strict=True)]
    apart = {edge: ends for edge, ends in net.beside.items() if not _are_neighbours(spots, *ends)}
    return Layout(
        {key: spots[place] for key, place in net.number.items()},
        {edge: tuple(spots[one] for one in between) for edge, between in net.passed.items()},
        _lanes({edge: (spots[one], spots[other]) for edge, (one, other) in apart.items()}),
    )


@dataclass(slots=True)
class _Net:
    """Boxes, and after them points that lines pass, by number; ``links`` lead from one level to the next."""

    number: dict[str, int]
    level: list[int]
    links: list[tuple[int, int]] = field(default_factory=list)
    passed: dict[Edge, list[int]] = field(default_factory=dict)
    beside: dict[Edge, tuple[int, int]] = field(default_factory=dict)
    """The edges between two of one level."""


def _net(diagram: Diagram) -> _Net:
    keys = [node.key for node in diagram.nodes]
    level_of = levels(keys, diagram.edges)
    net = _Net({key: place for place, key in enumerate(keys)}, [level_of[key] for key in keys])
    for edge in sorted(diagram.edges, key=lambda one: one.kind not in HIERARCHICAL):
        upper, lower = net.number[edge.upper], net.number[edge.lower]
        first, last = sorted((upper, lower), key=lambda one: net.level[one])
        if net.level[first] == net.level[last]:
            net.beside[edge] = upper, lower
            continue
        passed = range(net.level[first] + 1, net.level[last])
        between = list(range(len(net.level), len(net.level) + len(passed)))
        net.level += passed
        net.links += pairwise([first, *between, last])
        net.passed[edge] = between if first == upper else between[::-1]
    return net


def _lanes(edges: Mapping[Edge, tuple[Spot, Spot]]) -> dict[Edge, int]:
    """A lane for each edge, short ones nearest; no two in one lane of a level meet."""
    taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
    found: dict[Edge, int] = {}
    for edge, (one, other) in sorted(edges.items(), key=lambda each: abs(each[1][0].across - each[1][1].across)):
        start, end = sorted((one.across, other.across))
        lane = 1
        while any(begin <= end and start <= stop for begin, stop in taken.get((one.level, lane), [])):
            lane += 1
        taken.setdefault((one.level, lane), []).append((start, end))
        found[edge] = lane
    return found


def _as_tree(net: _Net) -> list[float]:
    """Each under the first that leads to it, in the order of the concepts; below the top something leads to everything."""
    # Loading igraph takes a quarter of a second, and few processes draw diagrams.
    import igraph

    parent = _parents(net)
    below: dict[int, list[int]] = {}
    for one, above in parent.items():
        below.setdefault(above, []).append(one)
    order: list[int] = []
    waiting = [one for one, level in enumerate(net.level) if not level][::-1]
    while waiting:
        one = waiting.pop()
        order.append(one)
        waiting += below.get(one, [])[::-1]
    place = {one: number for number, one in enumerate(order)}
    edges = [(place[above], place[one]) for above, rest in below.items() for one in rest]
    tree = igraph.Graph(n=len(order), edges=edges, directed=True)
    tops = [place[one] for one in order if not net.level[one]]
    placed = tree.layout_reingold_tilford(mode="out", root=tops)
    return [placed[place[one]][0] for one in range(len(net.level))]


def _parents(net: _Net) -> dict[int, int]:
    """What each stands under: the first that leads to it or, where nothing does, what stands over those it belongs beside."""
    parent: dict[int, int] = {}
    for one, other in net.links:
        parent.setdefault(other, one)
    beside: dict[int, list[int]] = {}
    for upper, lower in net.beside.values():
        beside.setdefault(upper, []).append(lower)
        beside.setdefault(lower, []).append(upper)
    leading: dict[int, list[int]] = {}
    for one, other in net.links:
        leading.setdefault(other, []).append(one)
    for uppers in leading.values():
        for one in uppers:
            beside.setdefault(one, []).extend(uppers)
    settled = list(parent)
    for one in settled:
        for other in beside.get(one, []):
            if other not in parent and net.level[other]:
                parent[other] = parent[one]
                settled.append(other)
    return parent


def _in_layers(net: _Net) -> list[float]:
    import igraph

    graph = igraph.Graph(n=len(net.level), edges=net.links, directed=True)
    placed = graph.layout_sugiyama(layers=net.level, maxiter=100)
    return [spot[0] for spot in placed.coords[: len(net.level)]]


ARRANGEMENTS: tuple[Callable[[_Net], list[float]], ...] = (_as_tree, _in_layers)


def _crossings(level: Sequence[int], across: Sequence[float], links: Iterable[tuple[int, int]]) -> int:
    """How many pairs of lines cross, where each line goes from one level to the next.

    >>> _crossings([0, 0, 1, 1], [0, 1, 0, 1], [(0, 3), (1, 2)]), _crossings([0, 0, 1, 1], [0, 1, 0, 1], [(0, 2), (1, 3)])
    (1, 0)
    """
    drawn = [(level[one], across[one], across[other]) for one, other in links]
    return sum(
        one[0] == other[0] and (one[1] - other[1]) * (one[2] - other[2]) < 0 for one, other in combinations(drawn, 2)
    )


def _are_neighbours(spots: Sequence[Spot], one: int, other: int) -> bool:
    """Whether two boxes stand on one level, and nothing between them."""
    first, last = sorted((spots[one], spots[other]))
    return first.level == last.level and not any(
        spot.level == first.level and first.across < spot.across < last.across for spot in spots
    )
