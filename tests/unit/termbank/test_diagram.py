"""The concept diagram: every concept drawn once, nothing outside the paper, and marks that mean something."""

import re
from xml.etree import ElementTree

import pytest

from termbank.diagram import WIDTH, Doubt, Node, _broken, draw, has_anything_to_show, tree

LABELS = {
    "bed": "vårdplats",
    "available": "disponibel vårdplats",
    "established": "fastställd vårdplats",
    "technical": "teknisk vårdplats",
    "occupied": "belagd vårdplats",
    "intensive": "intensivvårdsplats",
}
BROADER = {
    "bed": (),
    "available": ("bed",),
    "established": ("bed",),
    "technical": ("available",),
    "occupied": ("bed",),
    "intensive": ("bed",),
}
NARROWER = {"bed": ("available", "established", "intensive", "occupied"), "available": ("technical",)}
URLS = {slug: f"/{slug}" for slug in LABELS}


def drawing(here, beside=(), doubts=()):
    root = tree(here, LABELS, URLS, BROADER, NARROWER, beside)
    return ElementTree.fromstring(draw(root, doubts, id="d", title="Diagram", description="Relationer"))


def boxes(svg):
    return [
        {name: float(value) for name, value in box.attrib.items() if name in ("x", "y", "width", "height")}
        for box in svg.iter("rect")
    ]


def labels(svg):
    return [text.text for text in svg.iter("text") if "term" in text.get("class", "")]


def test_the_way_up_and_what_is_below_are_drawn():
    assert labels(drawing("available")) == ["vårdplats", "disponibel vårdplats", "teknisk vårdplats"]


def test_a_coordinate_concept_is_drawn_only_when_it_matters():
    assert "fastställd vårdplats" not in labels(drawing("available"))
    assert "fastställd vårdplats" in labels(drawing("available", beside=["established"]))


def test_the_concept_of_the_page_is_marked_once():
    marked = [box for box in drawing("established", beside=["technical"]).iter("rect") if box.get("class") == "here"]
    assert len(marked) == 1


def test_a_contested_relation_is_dashed_and_says_so():
    svg = drawing("established", ["technical"], [Doubt("established", "technical", "räknas in här och ut där")])
    assert len([path for path in svg.iter("path") if path.get("class") == "doubt"]) == 1
    assert "räknas in här och ut där" in " ".join(text.text for text in svg.iter("text"))


def test_a_contested_relation_to_a_concept_that_is_not_drawn_is_left_to_the_list():
    svg = drawing("established", [], [Doubt("established", "technical", "räknas olika")])
    assert not [path for path in svg.iter("path") if path.get("class") == "doubt"]


@pytest.mark.parametrize("here", LABELS)
@pytest.mark.parametrize("beside", [(), ("technical",), ("established", "occupied", "intensive")])
def test_boxes_stay_on_the_paper_and_never_overlap(here, beside):
    svg = drawing(here, beside)
    _x, _y, width, height = map(float, svg.get("viewBox").split())
    assert width == WIDTH
    placed = boxes(svg)
    for box in placed:
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
    for number, one in enumerate(placed):
        for other in placed[number + 1 :]:
            apart = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            above = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
            assert apart or above


def test_labels_cannot_break_out_of_the_drawing():
    evil = Node("a", '<script>alert("x")</script>', "/a", True, (Node("b", "&amp;", "/b"),))
    text = str(draw(evil, (), id="d", title="<t>", description="&"))
    assert "<script" not in text
    ElementTree.fromstring(text)


def test_the_drawing_has_a_name_and_a_description():
    svg = drawing("bed")
    assert svg.get("role") == "img"
    named = {element.get("id") for element in svg}
    assert set(svg.get("aria-labelledby").split()) <= named


def test_a_cycle_in_the_hierarchy_does_not_hang():
    root = tree(
        "a", {"a": "A", "b": "B"}, {"a": "/a", "b": "/b"}, {"a": ("b",), "b": ("a",)}, {"a": ("b",), "b": ("a",)}, ["b"]
    )
    assert re.search("viewBox", str(draw(root, (), id="d", title="t", description="d")))


def test_a_lone_concept_needs_no_drawing():
    assert not has_anything_to_show(Node("a", "A", "/a", True), ())


def names(node):
    return node.slug, [names(child) for child in node.children]


def of_tree(here, beside=(), broader=BROADER, narrower=NARROWER, labels=LABELS):
    return names(tree(here, labels, {slug: f"/{slug}" for slug in labels}, broader, narrower, beside))


def test_a_tree_is_the_way_up_all_below_and_what_is_asked_for_under_the_same_top():
    assert of_tree("available") == ("bed", [("available", [("technical", [])])])
    assert of_tree("bed")[0] == "bed" and len(of_tree("bed")[1]) == 4
    assert of_tree("occupied", ["technical"]) == ("bed", [("available", [("technical", [])]), ("occupied", [])])
    assert of_tree("occupied", ["unheard"]) == ("bed", [("occupied", [])])
    assert of_tree("technical", broader=BROADER | {"available": ("unheard",)}) == ("available", [("technical", [])])
    two = {"a": ("b",), "b": ("c", "d"), "c": ("a",), "d": ()}
    around = {"c": ("b",), "b": ("a",), "a": ("c",), "d": ("b",)}
    assert of_tree("a", ["d"], two, around, {slug: slug for slug in "abcd"}) == ("c", [("b", [("a", [])])])


def test_there_is_something_to_show_where_there_is_a_child_or_a_doubt():
    lone = Node("a", "A", "/a", True)
    assert has_anything_to_show(lone, [Doubt("a", "b", "x")])
    assert has_anything_to_show(Node("a", "A", "/a", True, (lone,)), [])


@pytest.mark.parametrize(
    ("text", "lines"),
    [("ett", ["ett"]), ("", [""]), ("ett två", ["ett", "två"]), ("a bb ccc dddd", ["a bb", "ccc dddd"]), ("aaaaaaaa b c d", ["aaaaaaaa", "b c d"])],
)  # fmt: skip
def test_words_are_broken_on_two_lines_as_even_as_can_be(text, lines):
    assert _broken(text) == lines
