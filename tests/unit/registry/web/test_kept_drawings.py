"""A drawing changes only on purpose: each looks as it did when it was last kept."""

import pytest

from tests.factories.drawings import KEPT, SCENES, as_kept


@pytest.mark.parametrize("name", SCENES)
def test_a_drawing_looks_as_it_did(name):
    assert as_kept(SCENES[name]()) == (KEPT / f"{name}.svg").read_text("utf-8"), (
        "If it should look so: python -m tests.factories.drawings, and look at what changed"
    )


def test_every_kept_drawing_is_drawn():
    assert {path.stem for path in KEPT.glob("*.svg")} == set(SCENES)
