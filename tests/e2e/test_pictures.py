"""Pictures of the pages, made by the browser. The README's is kept in the repository with ``PICTURES=docs``."""

import os
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
DOCS = Path(__file__).resolve().parents[2] / "docs" / "images"


def test_the_start_page_shows_the_thread(visitor, photograph):
    page = visitor().go("/")
    assert page.locator(".story li").count() == 7
    assert page.locator(".story .figure").all_inner_texts()[0].startswith("799")
    assert page.locator("svg.drawing.at-wide .mark").is_visible()
    if os.environ.get("PICTURES") == "docs":
        DOCS.mkdir(exist_ok=True)
        page.screenshot(path=DOCS / "start.png", clip={"x": 0, "y": 0, "width": 1280, "height": 860})
    photograph(page, "start-1280")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_story_stands_upright_on_a_phone(visitor, photograph, scheme):
    page = visitor(size={"width": 390, "height": 844}, scheme=scheme).go("/")
    places = [page.locator(".story li").nth(number).bounding_box() for number in range(7)]
    assert [place["y"] for place in places] == sorted(place["y"] for place in places)
    photograph(page, f"start-390-{scheme}")
