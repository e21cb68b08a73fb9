"""A drawing changes only on purpose: each looks as it did when it was last kept."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from registry.web.drawing import Chart, Point, Series, draw
from tests.factories.drawings import KEPT, SCENES, as_kept


@pytest.mark.parametrize("name", SCENES)
def test_a_drawing_looks_as_it_did(name):
    for file, drawing in as_kept(name).items():
        assert drawing == (KEPT / file).read_text("utf-8"), (
            "If it should look so: python -m tests.factories.drawings, and look at what changed"
        )


def test_every_kept_drawing_is_drawn_and_is_a_picture():
    kept = {path.name: path.read_text("utf-8") for path in KEPT.glob("*.svg")}
    assert set(kept) == {file for name in SCENES for file in as_kept(name)}
    for drawing in kept.values():
        root = ElementTree.fromstring(drawing)
        assert root.tag == "{http://www.w3.org/2000/svg}svg" and len(root) > 2


@pytest.mark.parametrize(("points", "spots"), [(40, 80), (41, 0)])
def test_points_are_marked_where_there_are_at_most_forty(points, spots):
    days = [date(2026, 1, 1) + timedelta(days=at) for at in range(points)]
    line = Series("", tuple(Point(day, day, 10, "") for day in days))
    assert str(draw(Chart("c", "t", "d", (line,)))).count("<circle") == spots
