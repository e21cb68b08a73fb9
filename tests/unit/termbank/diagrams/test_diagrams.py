"""Concept diagrams: levels, places and lines; every concept drawn once, nothing outside the paper, and lines that mean something."""

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from registry.provenance import Provenance
from termbank.concepts.concept import Concept, Relation, Target
from termbank.diagrams.drawing import FITS, MOST_LINES, draw, draw_file, width_of, wrapped
from termbank.diagrams.graph import Diagram, Edge, Node, closing, edges_among, leading_to_themselves, levels
from termbank.diagrams.layout import laid_out
from termbank.notions import Origin, RelationKind
from tests.factories.drawings import WORDS, _all_kinds, _circle, _concepts, _sideways

GENERIC, PARTITIVE, UNKNOWN = RelationKind.GENERIC, RelationKind.PARTITIVE, RelationKind.BROADER_UNKNOWN
ASSOCIATIVE, CONTESTED = RelationKind.ASSOCIATIVE, RelationKind.CONTESTED
SVG = "{http://www.w3.org/2000/svg}"


def concept(*relations):
    named = tuple(Relation(kind, Target(key=key)) for kind, key in relations)
    return Concept(Target(), Origin.PROPOSAL, False, Provenance.OWN, relations=named)


def tree(number, children):
    """A tree of concepts that are called by their numbers."""
    return _concepts(*((str((one - 1) // children), GENERIC, str(one)) for one in range(1, number)))


LATTICE = _concepts(*((f"a{one}", GENERIC, f"b{other}") for one in range(4) for other in range(5) if (one + other) % 2))
LONG_WAY = _concepts(
    ("a", GENERIC, "b"), ("b", GENERIC, "c"), ("a", GENERIC, "c"), ("a", GENERIC, "d"), ("a", ASSOCIATIVE, "c")
)
MANY = _concepts(*(("topp", GENERIC, f"begrepp {one}") for one in range(59)))
DIAGRAMS = {
    "all kinds": _all_kinds(), "sideways": _sideways(), "circle": _circle(), "tree": tree(40, 3), "lattice": LATTICE, "far": LONG_WAY, "many": MANY,
    "apart": _concepts(("a", ASSOCIATIVE, "b"), ("c", PARTITIVE, "d"), alone=("e", "f")), "alone": _concepts(alone=("ensam",)),
    "low tops": _concepts(("a", GENERIC, "b"), ("b", GENERIC, "c"), ("d", GENERIC, "c"), ("d", ASSOCIATIVE, "e"), ("f", GENERIC, "g"), ("e", CONTESTED, "f")),
}  # fmt: skip


def parsed(diagram, **options):
    return ElementTree.fromstring(str(draw(diagram, WORDS, id="d", **options)))


def boxes(svg):
    found = [rect for link in svg.iter("a") for rect in link.findall("rect")]
    return [tuple(float(rect.get(name)) for name in ("x", "y", "width", "height")) for rect in found]


def test_relations_are_taken_once_and_only_where_both_ends_are_there():
    concepts = {
        "a": concept((ASSOCIATIVE, "b"), (GENERIC, "elsewhere"), (RelationKind.EXACT, "b")),
        "b": concept((ASSOCIATIVE, "a"), (PARTITIVE, "a"), (UNKNOWN, "b")),
    }
    assert set(edges_among(concepts)) == {Edge(ASSOCIATIVE, "a", "b"), Edge(PARTITIVE, "a", "b")}
    assert leading_to_themselves(concepts) == ("b",)


def test_a_concept_is_below_all_that_is_broader_and_a_top_is_near_what_is_below_it():
    edges = [Edge(GENERIC, "a", "b"), Edge(UNKNOWN, "b", "c"), Edge(PARTITIVE, "top", "c"), Edge(ASSOCIATIVE, "c", "x"), Edge(CONTESTED, "x", "y")]  # fmt: skip
    assert levels(["a", "b", "c", "top", "x", "y", "alone"], edges) == {
        "a": 0, "b": 1, "c": 2, "top": 1, "x": 2, "y": 2, "alone": 0,
    }  # fmt: skip


def test_of_each_circle_one_edge_is_left_out():
    edges = [Edge(GENERIC, *pair) for pair in ("ab", "ba", "bc", "cd", "db", "xa")]
    left_out = closing("abcdx", edges)
    assert len(left_out) == 2 and not closing("abcdx", set(edges) - left_out)


@pytest.mark.parametrize("name", DIAGRAMS)
def test_concepts_stand_on_their_levels_each_in_a_place_of_its_own(name):
    diagram = DIAGRAMS[name]
    layout = laid_out(diagram)
    level_of = levels([node.key for node in diagram.nodes], diagram.edges)
    assert {key: spot.level for key, spot in layout.spots.items()} == level_of
    everything = [*layout.spots.values(), *{spot for way in layout.bends.values() for spot in way}]
    for one, other in combinations(everything, 2):
        assert (
            one.level != other.level or abs(one.across - other.across) >= 1 or 0.5 in (one.level % 1, other.level % 1)
        )
    assert min(spot.across for spot in everything) == 0 and max(spot.across for spot in everything) == layout.breadth


@pytest.mark.parametrize("name", DIAGRAMS)
def test_a_line_passes_every_level_between_its_ends(name):
    layout = laid_out(DIAGRAMS[name])
    for edge, bends in layout.bends.items():
        upper, lower = layout.spots[edge.upper], layout.spots[edge.lower]
        step = 1 if lower.level > upper.level else -1
        assert [spot.level for spot in bends] == list(range(upper.level + step, lower.level, step))
    beside = {one for one in DIAGRAMS[name].edges if layout.spots[one.upper].level == layout.spots[one.lower].level}
    assert beside == set(DIAGRAMS[name].edges) - set(layout.bends) and layout.lanes.keys() <= beside


def test_lines_on_one_level_have_lanes_that_do_not_meet_and_neighbours_need_none():
    pairs = [("0", "1"), ("0", "2"), ("1", "3"), ("3", "5"), ("0", "5")]
    row = _concepts(
        *(("topp", GENERIC, str(one)) for one in range(6)), *((one, ASSOCIATIVE, other) for one, other in pairs)
    )
    assert {edge.upper + edge.lower: lane for edge, lane in laid_out(row).lanes.items()} == {
        "02": 1, "13": 2, "35": 1, "05": 3,
    }  # fmt: skip
    assert laid_out(row).lanes_below == [0, 3]


@pytest.mark.parametrize(("number", "children"), [(2, 1), (40, 3), (60, 59), (60, 7)])
def test_a_tree_has_no_crossings_and_keeps_its_order(number, children):
    layout = laid_out(tree(number, children))
    for level in {spot.level for spot in layout.spots.values()}:
        on_level = sorted((int(key) for key, spot in layout.spots.items() if spot.level == level))
        places = [layout.spots[str(one)].across for one in on_level]
        assert places == sorted(places)


def test_the_same_diagram_is_drawn_the_same_way():
    assert draw(LATTICE, WORDS, id="d") == draw(LATTICE, WORDS, id="d")


@pytest.mark.parametrize("fits", [100.0, 10_000.0])
@pytest.mark.parametrize("name", DIAGRAMS)
def test_boxes_stay_on_the_paper_and_never_overlap(name, fits):
    svg = parsed(DIAGRAMS[name], fits=fits)
    _x, _y, width, height = map(float, svg.get("viewBox").split())
    placed = boxes(svg)
    assert len(placed) == len(DIAGRAMS[name].nodes)
    for x, y, wide, high in placed:
        assert x >= 0 and y >= 0 and x + wide <= width and y + high <= height
    for (x, y, wide, high), (x2, y2, wide2, high2) in combinations(placed, 2):
        assert x + wide <= x2 or x2 + wide2 <= x or y + high <= y2 or y2 + high2 <= y


@pytest.mark.parametrize("fits", [100.0, 10_000.0])
@pytest.mark.parametrize("name", DIAGRAMS)
def test_lines_stay_on_the_paper_and_run_through_no_box(name, fits):
    svg = parsed(DIAGRAMS[name], fits=fits)
    _x, _y, width, height = map(float, svg.get("viewBox").split())
    placed = boxes(svg)
    for path in (one for one in svg.iter("path") if "rel" in one.get("class")):
        for way in path.get("d").split("M")[1:]:
            points = [tuple(map(float, point.split())) for point in way.removesuffix("Z").split("L")]
            for (x, y), (x2, y2) in pairwise(points):
                for share in (0.1, 0.3, 0.5, 0.7, 0.9):
                    at, down = x + (x2 - x) * share, y + (y2 - y) * share
                    assert 0 <= at <= width and 0 <= down <= height
                    assert not any(left + 1 < at < left + wide - 1 and top + 1 < down < top + high - 1 for left, top, wide, high in placed)  # fmt: skip


def test_kinds_of_lines_are_told_apart_by_their_shape():
    svg = parsed(_all_kinds())
    paths = {path.get("class"): path.get("d") for path in svg.iter("path") if "rel" in path.get("class")}
    assert set(paths) == {f"rel {kind.value}" for kind in (GENERIC, PARTITIVE, UNKNOWN, ASSOCIATIVE, CONTESTED)}
    drawn = [path.get("d") for path in svg.iter("path") if path.get("class") == "rel partitive"][-1]
    points = [point.split() for point in drawn.lstrip("M").split("L")]
    assert all(one[0] == other[0] or one[1] == other[1] for one, other in pairwise(points)), "a rake"
    arrows = [path.get("d") for path in svg.iter("path") if path.get("class") == "arrow"][-1]
    assert arrows.count("Z") == 2, "an arrow at each end"


def test_two_rakes_between_the_same_levels_have_bars_of_their_own():
    two = _concepts(
        *((upper, PARTITIVE, f"{upper}{one}") for upper in "ab" for one in range(3)),
        ("topp", GENERIC, "a"),
        ("topp", GENERIC, "b"),
    )
    bars = {
        y for path in parsed(two, fits=10_000).iter("path") if path.get("class") == "rel partitive"
        for x, y, x2, y2 in re.findall(r"(?=[ML]([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+))", path.get("d")) if y == y2 and x != x2
    }  # fmt: skip
    assert len(bars) == 3, "one in the legend and one of each"


def test_the_legend_has_the_kinds_that_are_drawn_and_no_other():
    told = "".join(text.text for text in parsed(_circle()).iter("text"))
    assert "Betyder: broader_unknown" in told and "Betyder: generic" not in told
    assert "Betyder" not in "".join(text.text for text in parsed(_concepts(alone=("ensam",))).iter("text"))


def test_a_diagram_goes_from_above_to_below_where_that_fits():
    def is_upright(fits):
        (x, y, *_), (x2, y2, *_) = boxes(parsed(_concepts(("a", GENERIC, "b")), fits=fits))
        return x == x2 and y < y2

    assert is_upright(FITS) and is_upright(118.0) and not is_upright(117.9)


def test_boxes_are_links_that_show_their_definition_and_come_in_the_order_in_which_they_are_read():
    svg = parsed(_all_kinds())
    links = list(svg.iter("a"))
    assert svg.get("role") == "group", "an image would hide the links from assistive technology"
    assert {link.get("href") for link in links} == {f"/{node.key}" for node in _all_kinds().nodes}
    assert [y for _x, y, *_ in boxes(svg)] == sorted(y for _x, y, *_ in boxes(svg))
    tips = [link.find("g") for link in links if link.find("g") is not None]
    assert tips and all(tip.get("visibility") == "hidden" and tip.get("aria-hidden") == "true" for tip in tips)
    _x, _y, width, _height = map(float, svg.get("viewBox").split())
    for tip, (_, top, *_) in zip(tips, [box for link, box in zip(links, boxes(svg), strict=True) if link.find("g") is not None], strict=True):  # fmt: skip
        x, y, wide, high = (float(tip.find("rect").get(name)) for name in ("x", "y", "width", "height"))
        assert x >= 0 and x + wide <= width and y >= 0 and y + high <= top, "above its box, and on the paper"


def test_the_concept_of_the_page_is_marked_and_what_does_not_apply_is_dashed():
    kinds = [rect.get("class") for link in parsed(_all_kinds()).iter("a") for rect in link.findall("rect")]
    assert kinds.count("here") == 1 and kinds.count("box pale") == 1


def test_a_file_stands_alone():
    text = draw_file(_all_kinds(), WORDS)
    svg = ElementTree.fromstring(text.encode())
    assert svg.tag == f"{SVG}svg" and "class=" not in text and "<style" not in text and "var(" not in text
    told = [one.text for one in svg.iter(f"{SVG}text")]
    assert "Begrepp" in told and "Källa: registret" in told and "Ritat" in told
    titles = [link.find(f"{SVG}title").text for link in svg.iter(f"{SVG}a")]
    assert any(title.startswith("teknisk vårdplats: det som kallas") for title in titles)
    width, height = float(svg.get("width")), float(svg.get("height"))
    for one in svg.iter(f"{SVG}text"):
        assert 0 <= float(one.get("x")) <= width and 0 < float(one.get("y")) < height


def test_words_cannot_break_out_of_a_drawing():
    evil = '"><script>alert(1)</script>&'
    diagram = Diagram((Node(evil, evil, f'/"{evil}', language='"x', definition=evil, remarks=(evil,)),), ())
    for text in (str(draw(diagram, WORDS, id="d")), draw_file(diagram, WORDS)):
        assert "<script" not in text
        ElementTree.fromstring(text.encode())


@pytest.mark.parametrize(
    "label",
    ["vårdplats " * 12, "intensivvårdsavdelningsplatsbeläggningsgrad" * 3, "πλάτος κλίνης", "سرير المستشفى", "病" * 60, "e\u0301" * 120, "A" * 120, "\u200b"],
)  # fmt: skip
def test_any_term_fits_its_box(label):
    diagram = _concepts(alone=(label,))
    svg = parsed(diagram)
    ((_x, y, wide, high),) = boxes(svg)
    lines = [text for text in svg.iter("text") if text.get("class") == "term middle"]
    assert 1 <= len(lines) <= MOST_LINES
    for line in lines:
        assert width_of(line.text) <= wide or line.get("textLength")
        assert y < float(line.get("y")) < y + high


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 100, []),
        ("vårdplats", 75.6, ["vårdplats"]),
        ("ett två", 58.7, ["ett", "två"]),
        ("ett två", 58.8, ["ett två"]),
        ("a b c d", 8.5, ["a", "b", "c…"]),
        ("a b c", 8.5, ["a", "b", "c"]),
        ("abcdefgh", 50.4, ["abc-", "defgh"]),
        ("bcdfghjk", 50.4, ["bcdfg-", "hjk"]),
        ("aa\u0308bb\u0308", 25.2, ["aa\u0308-", "bb\u0308"]),
    ],
)
def test_words_are_wrapped_to_a_width(text, width, lines):
    assert wrapped(text, width) == lines


def test_a_wide_word_is_broken_where_its_parts_meet_or_else_between_syllables():
    word = "korttidsvårdplatsbeläggning"
    assert wrapped(word, 160) == ["korttidsvårdplats-", "beläggning"]
    assert wrapped(word, 110) == ["korttids-", "vårdplatsbe-", "läggning"]
    assert wrapped(word, 160, joints={word: (8, 17)}) == ["korttidsvårdplats-", "beläggning"]
    assert wrapped(word, 110, joints={word: (8, 17)}) == ["korttids-", "vårdplats-", "beläggning"]
    diagram = Diagram((Node("a", word, "/a"),), (), {word: (8, 17)})
    assert ">korttidsvårdplats-<" in draw(diagram, WORDS, id="d")


def test_boxes_grow_narrower_before_a_diagram_is_wider_than_the_page():
    rows = {
        "topp": ("en ganska bred och lång term",),
        "mitt": ("en annan bred och lång term", "topp"),
        "bott": ("en tredje bred och lång term", "mitt"),
    }
    nodes = tuple(Node(key, said[0], f"/{key}") for key, said in rows.items())
    edges = tuple(Edge(RelationKind.GENERIC, said[1], key) for key, said in rows.items() if len(said) > 1)
    beside = tuple(Node(f"s{number}", "en syster till den tredje termen", "/") for number in range(6))
    sisters = tuple(Edge(RelationKind.GENERIC, "mitt", one.key) for one in beside)
    diagram = Diagram((*nodes, *beside), (*edges, *sisters))
    wide, narrow = (ElementTree.fromstring(draw(diagram, WORDS, id="d", fits=fits)) for fits in (900, 560))
    assert float(narrow.get("width")) <= 560 < float(wide.get("width")) <= 900


def test_a_scheme_without_concepts_has_a_file_with_its_words_alone():
    svg, one = (ElementTree.fromstring(draw_file(each, WORDS)) for each in (Diagram((), ()), _concepts(alone=("a",))))
    assert not list(svg.iter("rect"))[1:] and svg.find(f"{SVG}title").text == WORDS.title
    assert float(svg.get("height")) < float(one.get("height"))


def test_levels_lie_under_each_other_just_where_there_is_room_for_the_widest():
    fan = _concepts(*(("topp", GENERIC, f"under {one}") for one in range(5)))
    wide = boxes(parsed(fan, fits=10_000))
    room = max(x + width for x, _y, width, _height in wide) - min(x for x, *_ in wide)

    def levels_at(fits):
        return len({y for _x, y, *_ in boxes(parsed(fan, fits=fits))})

    assert (levels_at(room), levels_at(room - 1)) == (2, 5)
