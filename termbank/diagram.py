"""A concept diagram: the broader concepts above, the narrower below, and a dashed line where practice disagrees.

Two layouts. Where no row has more than two concepts they stand in rows under each other; otherwise they are listed
with indents, so that the words keep their size whatever the number. Pure: labels come ready, SVG goes out, and the
page's list beside the drawing says the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

WIDTH = 484
BOX_HEIGHT = 44
ROW_STEP = 104
INDENT = 34
LINE_STEP = 60
LETTER = 8.4
"""Width of a letter of the wording face at 17 units, on average."""


@dataclass(frozen=True, slots=True)
class Node:
    """A concept in the diagram, with the narrower concepts that are drawn below it."""

    slug: str
    label: str
    url: str
    is_here: bool = False
    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two concepts whose relation is applied differently, and how in a few words."""

    left: str
    right: str
    label: str


@dataclass(slots=True)
class _Place:
    x: float
    y: float
    width: float
    node: Node = field(repr=False)

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        return self.y + BOX_HEIGHT


def draw(root: Node, doubts: Sequence[Doubt], *, id: str, title: str, description: str) -> Markup:
    """The diagram as SVG. ``id`` must be unique on the page; ``description`` says in words what the drawing shows."""
    rows = _rows(root)
    in_rows = len(rows) <= 4 and all(len(row) <= 2 for row in rows) and max(len(row) for row in rows) > 1
    places = _in_rows(rows) if in_rows or len(rows) == 1 else _indented(root)
    lines = [_row_lines(root, places)] if in_rows or len(rows) == 1 else [_indent_lines(root, places)]
    drawn = [_doubt(places, doubt, in_rows) for doubt in doubts if doubt.left in places and doubt.right in places]
    boxes = [_box(place) for place in places.values()]
    height = max(place.bottom for place in places.values()) + 6
    return Markup(
        '<svg class="drawing" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-t {id}-d">'
        '<title id="{id}-t">{title}</title><desc id="{id}-d">{description}</desc>{content}</svg>'
    ).format(
        width=WIDTH,
        height=_number(height),
        id=id,
        title=title,
        description=description,
        content=Markup("").join([*lines, *drawn, *boxes]),
    )


def has_anything_to_show(root: Node, doubts: Sequence[Doubt]) -> bool:
    """Whether a drawing says more than the concept's own name."""
    return bool(root.children or doubts)


def tree(
    here: str,
    labels: Mapping[str, str],
    urls: Mapping[str, str],
    broader: Mapping[str, tuple[str, ...]],
    narrower: Mapping[str, tuple[str, ...]],
    beside: Iterable[str],
) -> Node:
    """The part of the hierarchy around ``here``: the way up (by first broader concept), all that is below, and those
    of ``beside`` that lie under the same top."""
    way = [here]
    while broader.get(way[-1]) and broader[way[-1]][0] in labels and broader[way[-1]][0] not in way:
        way.append(broader[way[-1]][0])
    wanted = {*way, *_below(narrower, here)}
    top = way[-1]
    for other in beside:
        path = _way_down(narrower, top, other)
        wanted.update(path)

    def build(slug: str, above: frozenset[str]) -> Node:
        below = [one for one in narrower.get(slug, ()) if one in wanted and one not in above]
        return Node(slug, labels[slug], urls[slug], slug == here, tuple(build(one, above | {slug}) for one in below))

    return build(top, frozenset())


def _below(narrower: Mapping[str, tuple[str, ...]], slug: str) -> set[str]:
    found: set[str] = set()
    frontier = list(narrower.get(slug, ()))
    while frontier:
        one = frontier.pop()
        if one not in found:
            found.add(one)
            frontier.extend(narrower.get(one, ()))
    return found


def _way_down(narrower: Mapping[str, tuple[str, ...]], top: str, goal: str) -> tuple[str, ...]:
    ways: list[tuple[str, ...]] = [(top,)]
    while ways:
        way = ways.pop()
        if way[-1] == goal:
            return way
        ways.extend((*way, below) for below in narrower.get(way[-1], ()) if below not in way)
    return ()


def _rows(root: Node) -> list[list[Node]]:
    rows, row = [], [root]
    while row:
        rows.append(row)
        row = [child for node in row for child in node.children]
    return rows


def _width(label: str) -> float:
    return max(120.0, round(len(label) * LETTER + 32))


def _in_rows(rows: list[list[Node]]) -> dict[str, _Place]:
    """One or two boxes in each row; a single box stands under (or over) the half it belongs to."""
    places: dict[str, _Place] = {}
    for level, row in enumerate(rows):
        y = 2 + level * ROW_STEP
        widths = [min(_width(node.label), 232.0) for node in row]
        centres = [WIDTH / 2] if len(row) == 1 else [WIDTH / 4, 3 * WIDTH / 4]
        if len(row) == 1 and level:
            parent = next(place for place in places.values() if row[0] in place.node.children)
            centres = [parent.middle]
        for node, width, centre in zip(row, widths, centres, strict=True):
            places[node.slug] = _Place(centre - width / 2, y, width, node)
    return places


def _indented(root: Node) -> dict[str, _Place]:
    places: dict[str, _Place] = {}

    def put(node: Node, depth: int) -> None:
        x = 2 + depth * INDENT
        places[node.slug] = _Place(x, 2 + len(places) * LINE_STEP, min(_width(node.label), WIDTH - x - 90), node)
        for child in node.children:
            put(child, depth + 1)

    put(root, 0)
    return places


def _row_lines(root: Node, places: Mapping[str, _Place]) -> Markup:
    paths = []

    def connect(node: Node) -> None:
        above = places[node.slug]
        half = (above.bottom + above.bottom + ROW_STEP - BOX_HEIGHT) / 2
        for child in node.children:
            below = places[child.slug]
            paths.append(
                f"M{_number(above.middle)} {_number(above.bottom)}V{_number(half)}H{_number(below.middle)}V{_number(below.y)}"
            )
            connect(child)

    connect(root)
    return Markup('<path class="rel" d="{}"/>').format("".join(paths)) if paths else Markup("")


def _indent_lines(root: Node, places: Mapping[str, _Place]) -> Markup:
    paths = []

    def connect(node: Node) -> None:
        above = places[node.slug]
        for child in node.children:
            below = places[child.slug]
            paths.append(
                f"M{_number(above.x + INDENT / 2)} {_number(above.bottom)}V{_number(below.y + BOX_HEIGHT / 2)}H{_number(below.x)}"
            )
            connect(child)

    connect(root)
    return Markup('<path class="rel" d="{}"/>').format("".join(paths)) if paths else Markup("")


def _doubt(places: Mapping[str, _Place], doubt: Doubt, in_rows: bool) -> Markup:
    first, second = sorted((places[doubt.left], places[doubt.right]), key=lambda place: (-place.y, place.x))
    if in_rows and first.y != second.y and abs(first.middle - second.middle) > 60:
        start = first.x + first.width if first.middle < second.middle else first.x
        y = first.y + BOX_HEIGHT / 2
        path = f"M{_number(start)} {_number(y)}C{_number((start + second.middle) / 2 + 30)} {_number(y)} {_number(second.middle)} {_number(y - 20)} {_number(second.middle)} {_number(second.bottom)}"
        words = _words(doubt.label, min(second.middle - 30, WIDTH - 150), y + 3)
    else:
        upper, lower = second, first
        edge = max(upper.x + upper.width, lower.x + lower.width)
        out = min(edge + 56, WIDTH - 4)
        path = (
            f"M{_number(lower.x + lower.width)} {_number(lower.y + BOX_HEIGHT / 2)}"
            f"C{_number(out)} {_number(lower.y + BOX_HEIGHT / 2)} {_number(out)} {_number(upper.y + BOX_HEIGHT / 2)} "
            f"{_number(upper.x + upper.width)} {_number(upper.y + BOX_HEIGHT / 2)}"
        )
        words = []
    return Markup("").join([Markup('<path class="doubt" d="{}"/>').format(path), *words])


def _words(label: str, x: float, y: float) -> list[Markup]:
    return [
        Markup('<text class="soft" x="{}" y="{}">{}</text>').format(_number(x), _number(y + 19 * index), row)
        for index, row in enumerate(_broken(label) if label else ())
    ]


def _broken(text: str) -> list[str]:
    """``text`` on two lines, as even as its words allow."""
    words = text.split()
    ways = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return list(min(ways, key=lambda way: max(map(len, way)))) if ways else [text]


def _box(place: _Place) -> Markup:
    node = place.node
    space = place.width - 16
    squeeze = (
        Markup(' textLength="{}" lengthAdjust="spacingAndGlyphs"').format(_number(space))
        if len(node.label) * LETTER > space
        else Markup("")
    )
    return Markup(
        '<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="2"/>'
        '<text class="term middle" x="{middle}" y="{base}"{squeeze}>{label}</text>'
    ).format(
        kind="here" if node.is_here else "box",
        x=_number(place.x),
        y=_number(place.y),
        width=_number(place.width),
        height=BOX_HEIGHT,
        middle=_number(place.middle),
        base=_number(place.y + 28),
        squeeze=squeeze,
        label=escape(node.label),
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
