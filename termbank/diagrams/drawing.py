"""A concept diagram as SVG, with the lines of ISO 704:2022: a generic relation as a tree, a partitive one as a rake, an
associative one with an arrow at both ends. A broader concept of which nobody has said in which way is dashed; what is
applied differently is dotted in the colour of the thread.

From above to below where that fits the width, or else from left to right. On a page, boxes are links that show their
definition when they are pointed at or have the focus, and colours are the page's. A file stands alone: colours, title,
source and day are in it, and definitions are titles. Pure: words come ready in the reader's language.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from math import hypot
from types import MappingProxyType

from markupsafe import Markup, escape

from registry.web.svg import n
from termbank.diagrams.graph import DRAWN, Diagram, Edge, Node
from termbank.diagrams.layout import Layout, Spot, laid_out
from termbank.notions import HIERARCHICAL, RelationKind

Look = Callable[[str], str]
"""What an element of a kind (the classes of the page) looks like, as attributes."""
Point = tuple[float, float]
Joints = Mapping[str, Sequence[int]]
"""Where the parts of words meet, in letters from the beginning, by word."""
_VOWELS = frozenset("aeiouyåäöæøéèêüíóúáà")

LETTER = 8.4
"""Width of a letter of the wording face at 17 units, on average; of the interface's face at 14, ``SMALL_LETTER``."""
CAPITAL, WIDE_LETTER, SMALL_LETTER = 11.5, 17.0, 7.2
LEAST_WORDS, MOST_WORDS = 90.0, (200.0, 150.0, 105.0)
"""The width that the words of a box have, at least and at most: the first with which the diagram fits, else the last."""
MOST_LINES = 3
PADDING, LINE, REMARK = 14.0, 21.0, 18.0
BETWEEN_BOXES, BETWEEN_ASSOCIATED = 16.0, 34.0
UNDER_EACH_OTHER, BESIDE_EACH_OTHER = 64.0, 48.0
"""Room between levels, without the lanes that run there: from above to below, and from left to right."""
LANE_START, LANE = 12.0, 9.0
"""How far from a level its first lane is, less one lane; and from a lane to the next."""
APART = 16.0
"""How far apart lines of different kinds begin at a box."""
ARROW = 9.0
EDGE = 4.0
LEGEND_LINE, LEGEND_SAMPLE, LEGEND_LETTER = 24.0, 46.0, 8.0
TIP_LINES, TIP_LINE, TIP_WIDTH = 3, 18.0, 420.0
NARROWEST = 330.0
FITS = 720.0
"""The width that a diagram may have from above to below; a wider one goes from left to right."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a diagram says of itself. ``legend`` has the meaning of each kind of line; ``below`` stands at the foot of a file."""

    title: str
    description: str
    legend: Mapping[RelationKind, str]
    below: Sequence[str] = ()


def draw(diagram: Diagram, words: Words, *, id: str, fits: float = FITS) -> Markup:
    """The diagram for a page. ``id`` must be unique on it; ``fits`` is the width in units that there is without scrolling."""
    canvas = _Canvas(diagram, fits, _classed)
    head = max(
        canvas.legend_height(words), _tip_height(TIP_LINES) if any(one.definition for one in diagram.nodes) else 0
    )
    width, height = max(canvas.width, canvas.legend_width(words), NARROWEST), canvas.height + head
    body = [*canvas.legend(words, 0), *canvas.lines(head), *canvas.boxes(head, width)]
    return Markup(
        '<svg class="drawing diagram" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="group" '
        'aria-labelledby="{id}-t {id}-d"><title id="{id}-t">{title}</title><desc id="{id}-d">{description}</desc>{body}</svg>'
    ).format(
        width=n(width), height=n(height), id=id, title=words.title, description=words.description,
        body=Markup("".join(body)),  # noqa: S704 (every text in it went through escape)
    )  # fmt: skip


def draw_file(diagram: Diagram, words: Words) -> str:
    """The diagram as a file of its own, in XML. Addresses in it must be whole."""
    canvas = _Canvas(diagram, FITS, _painted, is_file=True)
    margin = 24.0
    head = margin + 34 + canvas.legend_height(words)
    told = [line for said in words.below for line in wrapped(said, max(canvas.width, 480), SMALL_LETTER, 4)]
    title = wrapped(words.title, max(canvas.width, 480), LETTER * 1.3, 3)
    head += 27.0 * (len(title) - 1)
    width = max(canvas.width, canvas.legend_width(words), 480.0) + 2 * margin
    height = head + canvas.height + 20 + TIP_LINE * len(told) + margin
    body = [
        f'<rect width="{n(width)}" height="{n(height)}" fill="{_PAPER}"/><g transform="translate({n(margin)} 0)">',
        *(_text(line, 0, margin + 16 + 27 * place, _painted("title")) for place, line in enumerate(title)),
        *canvas.legend(words, margin + 20 + 27.0 * (len(title) - 1) + 12),
        *canvas.lines(head),
        *canvas.boxes(head, width),
        *(_text(line, 0, head + canvas.height + 32 + TIP_LINE * place, _painted("soft")) for place, line in enumerate(told)),
        "</g>",
    ]  # fmt: skip
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="{n(width)}" '
        f'height="{n(height)}" viewBox="0 0 {n(width)} {n(height)}" font-family="{_SANS}" role="img">'
        f"<title>{escape(words.title)}</title><desc>{escape(words.description)}</desc>{''.join(body)}</svg>\n"
    )


def width_of(text: str, letter: float = LETTER) -> float:
    """About how wide a text is, in units: marks that combine take no room, capitals and letters of East Asia more.

    >>> width_of("säng"), width_of("IVA"), width_of("病床"), width_of("sa\\u0308ng")
    (33.6, 34.5, 34.0, 33.6)
    """
    return round(sum(_width_of(one) for one in text) * letter / LETTER, 1)


def wrapped(
    text: str, width: float, letter: float = LETTER, most: int = MOST_LINES, joints: Joints = MappingProxyType({})
) -> list[str]:
    """``text`` on lines that are at most so wide: broken at blanks, and within words that are wider, where ``joints`` has that
    their parts meet or else between syllables; what does not fit ends with an ellipsis.

    >>> wrapped("disponibel vårdplats", 100)
    ['disponibel', 'vårdplats']
    >>> wrapped("intensivvårdsavdelningssäng", 130, joints={"intensivvårdsavdelningssäng": (13, 23)})
    ['intensivvårds-', 'avdelningssäng']
    >>> wrapped("intensivvårdsavdelningssäng", 130)
    ['intensivvård-', 'savdelningssäng']
    >>> wrapped("a b c d", 9, most=2)
    ['a', 'b…']
    """
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", letter) <= width:
            lines[-1] += f" {word}"
            continue
        *cut, last = _cut(word, width, letter, joints.get(word, ()))
        lines += [*(f"{piece}-" for piece in cut), last]
        if len(lines) > most:
            break
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1].rstrip('-')}…"]


def _cut(word: str, width: float, letter: float, joints: Sequence[int]) -> list[str]:
    """A word in pieces that fit with a hyphen, each as long as can be: up to a joint, or else to a syllable."""
    pieces, start = [], 0
    while width_of(word[start:], letter) > width:
        fitting = [
            end
            for end in range(start + 1, len(word))
            if not unicodedata.combining(word[end]) and round(width_of(word[start:end], letter) + letter, 1) <= width
        ]
        if not fitting:
            break
        syllables = [end for end in fitting if _begins_syllable(word, start, end)]
        end = max([one for one in joints if one in fitting] or syllables or fitting)
        pieces.append(word[start:end])
        start = end
    return [*pieces, word[start:]]


def _begins_syllable(word: str, start: int, end: int) -> bool:
    """Whether a line of the word may end before this letter, as is the rule in Swedish: one consonant goes with the vowel that
    follows. At least two letters are on either side.

    >>> [place for place in range(1, 9) if _begins_syllable("avdelning", 0, place)]
    [2, 5]
    """
    before, letter, after = word[start:end].casefold(), word[end].casefold(), word[end + 1 : end + 2].casefold()
    is_consonant = letter.isalpha() and letter not in _VOWELS
    return len(before) > 1 and is_consonant and after in _VOWELS and bool(_VOWELS & set(before))


def _width_of(one: str) -> float:
    if unicodedata.combining(one) or unicodedata.category(one) in ("Cf", "Cc"):
        return 0
    if unicodedata.east_asian_width(one) in "WF":
        return WIDE_LETTER
    return CAPITAL if one.isupper() else LETTER


@dataclass(slots=True)
class _Canvas:
    """A diagram with its measures: boxes of one size, on levels that lie under each other or side by side."""

    diagram: Diagram
    fits: float
    look: Look
    is_file: bool = False
    layout: Layout = field(init=False)
    labels: dict[str, list[str]] = field(init=False)
    box: Point = field(init=False)
    """Width and height of each box."""
    is_upright: bool = field(init=False)
    """Whether levels lie under each other."""
    across: float = field(init=False)
    """From the middle of a box to that of its neighbour on the level."""
    starts: list[float] = field(init=False)
    """Where each level begins, with room below it for its own lanes."""

    def __post_init__(self) -> None:
        self.layout = laid_out(self.diagram)
        for most in MOST_WORDS:
            self._measure(most)
            if self.width <= self.fits:
                break

    def _measure(self, most: float) -> None:
        """Lay out boxes whose words are at most so wide."""
        nodes = self.diagram.nodes
        words = min(max([LEAST_WORDS, *(_room_of(node) for node in nodes)]), most)
        self.labels = {node.key: wrapped(node.label, words, joints=self.diagram.joints) or ["–"] for node in nodes}
        height = max([LINE, *(LINE * len(self.labels[node.key]) + REMARK * len(node.remarks) for node in nodes)])
        self.box = (words + 2 * PADDING, height + 2 * PADDING - 6)
        self.is_upright = self.layout.breadth * (self.box[0] + BETWEEN_BOXES) + self.box[0] <= self.fits
        gap = BETWEEN_ASSOCIATED if any(self._is_beside(edge) for edge in self.diagram.edges) else BETWEEN_BOXES
        self.across = gap + self.box[0 if self.is_upright else 1]
        room = self.box[1] + UNDER_EACH_OTHER if self.is_upright else self.box[0] + BESIDE_EACH_OTHER
        self.starts = list(accumulate((room + LANE * lanes for lanes in self.layout.lanes_below), initial=0.0))

    @property
    def width(self) -> float:
        return self._extent(0)

    @property
    def height(self) -> float:
        return self._extent(1)

    def lines(self, top: float) -> Iterator[str]:
        """The lines, those of one kind in one path, and arrows; behind the boxes."""
        ways = {edge: self._way(edge) for edge in self.diagram.edges}
        for kind in DRAWN:
            drawn = [way for edge, way in ways.items() if edge.kind is kind]
            if drawn:
                path = "".join(_path(_moved(way, top)) for way in drawn)
                yield f'<path {self.look(f"rel {kind.value}")} d="{path}"/>'
            if drawn and kind is RelationKind.ASSOCIATIVE:
                heads = "".join(_arrow(end, before) for way in drawn for end, before in _ends(_moved(way, top)))
                yield f'<path {self.look("arrow")} d="{heads}"/>'

    def boxes(self, top: float, width: float) -> Iterator[str]:
        """The boxes as links, from above to below: what shows above a box covers only what was drawn before it."""
        placed = [(node, *self._corner(node)) for node in self.diagram.nodes]
        for node, x, y in sorted(placed, key=lambda one: (one[2], one[1])):
            yield self._box(node, x, y + top, width)

    def legend_height(self, words: Words) -> float:
        return LEGEND_LINE * len(self._kinds()) + 12 if self._kinds() and words.legend else 0

    def legend_width(self, words: Words) -> float:
        said = [width_of(words.legend[kind], LEGEND_LETTER) for kind in self._kinds()] if words.legend else []
        return LEGEND_SAMPLE + 14 + max(said, default=0.0)

    def legend(self, words: Words, top: float) -> Iterator[str]:
        """What each kind of line that is drawn means, a line each."""
        for place, kind in enumerate(self._kinds()):
            y = top + LEGEND_LINE * place + 12
            way = {
                RelationKind.PARTITIVE: [(0, y - 7), (0, y), (LEGEND_SAMPLE, y), (LEGEND_SAMPLE, y + 7)],
                RelationKind.GENERIC: [(0, y + 7), (LEGEND_SAMPLE / 2, y - 7), (LEGEND_SAMPLE, y + 7)],
            }.get(kind, [(0, y), (LEGEND_SAMPLE, y)])
            points: list[Point] = [(2 + x, at) for x, at in way]
            yield f'<path {self.look(f"rel {kind.value}")} d="{_path(points)}"/>'
            if kind is RelationKind.ASSOCIATIVE:
                yield f'<path {self.look("arrow")} d="{"".join(_arrow(*end) for end in _ends(points))}"/>'
            yield _text(words.legend[kind], LEGEND_SAMPLE + 14, y + 5, self.look("soft"))

    def _kinds(self) -> list[RelationKind]:
        there = {edge.kind for edge in self.diagram.edges}
        return [kind for kind in DRAWN if kind in there]

    def _box(self, node: Node, x: float, y: float, width: float) -> str:
        wide, high = self.box
        kind = "here" if node.is_here else "box"
        lines, middle = self.labels[node.key], x + wide / 2
        base = y + (high - LINE * len(lines) - REMARK * len(node.remarks)) / 2 + 16
        said = [
            _text(line, middle, base + LINE * place, self._label_look(node, line)) for place, line in enumerate(lines)
        ]
        base += LINE * len(lines) - 2
        said += [_text(line, middle, base + REMARK * place, self.look("soft small middle")) for place, line in enumerate(node.remarks)]  # fmt: skip
        told = f"{node.label}: {node.definition}" if node.definition else node.label
        title = f"<title>{escape(told)}</title>" if self.is_file else ""
        tip = "" if self.is_file or not node.definition else self._tip(node, middle, y, width)
        return (
            f'<a {self.look("node")} href="{escape(node.url)}">{title}'
            f'<rect {self.look(f"{kind} pale" if node.is_pale else kind)} x="{n(x)}" y="{n(y)}" width="{n(wide)}" '
            f'height="{n(high)}" rx="2"/>{"".join(said)}{tip}</a>'
        )

    def _label_look(self, node: Node, line: str) -> str:
        """The words of a box: squeezed where they could be wider than it, since faces differ."""
        language = f' lang="{escape(node.language)}"' if node.language else ""
        room = self.box[0] - 2 * PADDING
        squeezed = f' textLength="{n(room)}" lengthAdjust="spacingAndGlyphs"' if width_of(line) > room else ""
        return f"{self.look('term middle')}{language}{squeezed}"

    def _tip(self, node: Node, middle: float, y: float, width: float) -> str:
        """The definition above the box; seen when the link is pointed at or has the focus."""
        wide = min(TIP_WIDTH, width - 2)
        lines = wrapped(node.definition, wide - 2 * PADDING, SMALL_LETTER, TIP_LINES)
        x, top = min(max(middle - wide / 2, 1), width - wide - 1), y - _tip_height(len(lines)) + 2
        said = [_text(line, x + PADDING, top + 20 + TIP_LINE * place, "") for place, line in enumerate(lines)]
        return (
            f'<g class="tip" visibility="hidden" aria-hidden="true"><rect x="{n(x)}" y="{n(top)}" width="{n(wide)}" '
            f'height="{n(_tip_height(len(lines)) - 6)}" rx="2"/>{"".join(said)}</g>'
        )

    def _is_beside(self, edge: Edge) -> bool:
        spots = self.layout.spots
        return spots[edge.upper].level == spots[edge.lower].level

    def _extent(self, side: int) -> float:
        """How wide or high the drawing is, lines included."""
        boxes = [self._middle(spot)[side] + self.box[side] / 2 for spot in self.layout.spots.values()]
        points = [point[side] + 2 for edge in self.diagram.edges for point in self._way(edge)]
        return max([*boxes, *points], default=0) + EDGE

    def _middle(self, spot: Spot) -> Point:
        along, across = self.starts[spot.level], spot.across * self.across
        x, y = (across, along) if self.is_upright else (along, across)
        return x + self.box[0] / 2 + EDGE, y + self.box[1] / 2 + EDGE

    def _corner(self, node: Node) -> Point:
        x, y = self._middle(self.layout.spots[node.key])
        return x - self.box[0] / 2, y - self.box[1] / 2

    def _way(self, edge: Edge) -> list[Point]:
        """The points of a line, from the upper concept to the lower."""
        first, last = self.layout.spots[edge.upper], self.layout.spots[edge.lower]
        if first.level == last.level:
            return (
                self._in_lane(edge, first, last) if edge in self.layout.lanes else self._between_neighbours(first, last)
            )
        bends = self.layout.bends[edge]
        down = 1 if first.level < last.level else -1
        points = [self._side(first, down, self._off(edge, edge.upper))]
        for spot in bends:
            points += [self._side(spot, -down), self._side(spot, down)]
        points.append(self._side(last, -down, 0 if edge.kind in HIERARCHICAL else self._off(edge, edge.lower)))
        return self._raked(points, edge) if edge.kind is RelationKind.PARTITIVE else points

    def _in_lane(self, edge: Edge, first: Spot, last: Spot) -> list[Point]:
        """Below the level: out to the lane, along it, and back."""
        start = self._side(first, 1, self._off(edge, edge.upper))
        end = self._side(last, 1, self._off(edge, edge.lower))
        out = LANE_START + LANE * self.layout.lanes[edge]
        if self.is_upright:
            return [start, (start[0], start[1] + out), (end[0], end[1] + out), end]
        return [start, (start[0] + out, start[1]), (end[0] + out, end[1]), end]

    def _side(self, spot: Spot, way: int, off: float = 0) -> Point:
        """The middle of the side of a spot from which lines go on (``way`` 1) or to which they come (-1), or a point beside it."""
        x, y = self._middle(spot)
        if self.is_upright:
            return x + off, y + way * self.box[1] / 2
        return x + way * self.box[0] / 2, y + off

    def _off(self, edge: Edge, key: str) -> float:
        """How far beside the middle of a box a line begins, so that kinds are told apart at one that has several."""
        begin = {one.kind for one in self.diagram.edges if one.upper == key}
        begin |= {one.kind for one in self.diagram.edges if one.lower == key and one.kind not in HIERARCHICAL}
        kinds = [kind for kind in DRAWN if kind in begin]
        room = self.box[0 if self.is_upright else 1] / 2 - 6
        return (kinds.index(edge.kind) - (len(kinds) - 1) / 2) * min(APART, room / len(kinds))

    def _between_neighbours(self, one: Spot, other: Spot) -> list[Point]:
        first, last = sorted((one, other))
        (x, y), (x2, y2) = self._middle(first), self._middle(last)
        wide, high = self.box
        if self.is_upright:
            return [(x + wide / 2, y), (x2 - wide / 2, y2)]
        return [(x, y + high / 2), (x2, y2 - high / 2)]

    def _raked(self, points: list[Point], edge: Edge) -> list[Point]:
        """The line in right angles: along a bar between the levels. Each broader concept has a bar of its own there."""
        raked = [points[0]]
        side = 1 if self.is_upright else 0
        share = self._share(edge)
        for start, end in pairwise(points):
            bar = start[side] + (end[side] - start[side]) * share
            if start[1 - side] != end[1 - side] and start[side] != end[side]:
                raked += [(start[0], bar), (end[0], bar)] if side else [(bar, start[1]), (bar, end[1])]
            raked.append(end)
        return raked

    def _share(self, edge: Edge) -> float:
        """How far down between two levels the bar of the broader concept of an edge is."""
        level = self.layout.spots[edge.upper].level
        uppers = {one.upper for one in self.diagram.edges if one.kind is RelationKind.PARTITIVE}
        there = sorted(key for key in uppers if self.layout.spots[key].level == level)
        return (there.index(edge.upper) + 1) / (len(there) + 1)


def _room_of(node: Node) -> float:
    remarks = (width_of(line, SMALL_LETTER) for line in node.remarks)
    return max([width_of(node.label), *remarks])


def _moved(way: Iterable[Point], down: float) -> list[Point]:
    return [(x, y + down) for x, y in way]


def _path(way: Sequence[Point]) -> str:
    return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in way)


def _ends(way: Sequence[Point]) -> tuple[tuple[Point, Point], tuple[Point, Point]]:
    """Both ends of a line, each with the point before it."""
    return (way[0], way[1]), (way[-1], way[-2])


def _arrow(end: Point, before: Point) -> str:
    """A filled arrow with its point at ``end``, coming from ``before``."""
    length = hypot(end[0] - before[0], end[1] - before[1]) or 1.0
    dx, dy = (end[0] - before[0]) / length * ARROW, (end[1] - before[1]) / length * ARROW
    left = end[0] - dx - dy * 0.5, end[1] - dy + dx * 0.5
    right = end[0] - dx + dy * 0.5, end[1] - dy - dx * 0.5
    return f"{_path([end, left, right])}Z"


def _tip_height(lines: int) -> float:
    return TIP_LINE * lines + 22


def _text(words: str, x: float, y: float, attributes: str) -> str:
    return f'<text {attributes} x="{n(x)}" y="{n(y)}">{escape(words)}</text>'


def _classed(kind: str) -> str:
    return f'class="{kind}"'


_SANS = "Segoe UI, Inter, Roboto, Noto Sans, Liberation Sans, Arial, sans-serif"
_WORDING = "Palatino Linotype, Palatino, P052, TeX Gyre Pagella, Book Antiqua, Georgia, Liberation Serif, serif"
_PAPER, _INK, _SOFT, _LINE, _GROUND, _THREAD = "#fff", "#191e1f", "#4b5355", "#70777a", "#f4f3ef", "#8f2d1b"
_LINES = f'fill="none" stroke="{_INK}" stroke-width="1.5"'
_LOOKS = {
    "node": "",
    "title": f'font-size="22" font-weight="650" fill="{_INK}"',
    "soft": f'font-size="14" fill="{_SOFT}"',
    "soft small middle": f'font-size="14" fill="{_SOFT}" text-anchor="middle"',
    "term middle": f'font-family="{_WORDING}" font-size="17" fill="{_INK}" text-anchor="middle"',
    "box": f'fill="{_PAPER}" stroke="{_LINE}" stroke-width="1.5"',
    "here": f'fill="{_GROUND}" stroke="{_INK}" stroke-width="2.5"',
    "box pale": f'fill="{_PAPER}" stroke="{_LINE}" stroke-width="1.5" stroke-dasharray="6 4"',
    "here pale": f'fill="{_GROUND}" stroke="{_INK}" stroke-width="2.5" stroke-dasharray="6 4"',
    "arrow": f'fill="{_INK}"',
    "rel generic": _LINES,
    "rel partitive": _LINES,
    "rel broader_unknown": f'{_LINES} stroke-dasharray="7 5"',
    "rel associative": _LINES,
    "rel contested": f'fill="none" stroke="{_THREAD}" stroke-width="2" stroke-dasharray="2 4"',
}
"""The looks of a file that stands alone: attributes, which also programs understand that know nothing of style sheets."""


def _painted(kind: str) -> str:
    return _LOOKS[kind]
