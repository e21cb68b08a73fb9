"""A model's thresholds: content without them is read as before, and keeps its bytes."""

import pytest

from information_models import definitions
from information_models.changes import Semantic
from information_models.compatibility import compare
from information_models.formats import model_file
from information_models.outlines import of_model
from information_models.starter.loading import starter_model
from registry.content.canonical import canonical, content_hash

STATED = {"share": 10, "count": "3", "rate": "0.5", "score": "4", "periods": 12}
LOADED = starter_model("manadsuppgifter-per-sjukhus")


def stated(**changes):
    return {**LOADED.model.content(), "content_schema": "model/2", "thresholds": {**STATED, **changes}}


def test_content_without_thresholds_is_written_as_it_was_and_read_with_the_registrys():
    before = LOADED.model.content()
    assert before["content_schema"] == "model/1" and "thresholds" not in before
    assert content_hash(canonical(definitions.read(before).content())) == content_hash(canonical(before))
    assert definitions.read(before).thresholds == definitions.Thresholds()
    assert definitions.SCHEMA.is_same(before, {**before, "content_schema": "model/2", "thresholds": None})


def test_stated_thresholds_are_read_written_outlined_and_carried_in_the_model_file():
    model = definitions.read(stated())
    assert (model.thresholds.share, str(model.thresholds.rate), model.thresholds.periods) == (10, "0.5", 12)
    assert model.content() == stated()
    assert definitions.problems(stated()) == ()
    assert ("Stor ändring, procent", "10") in [(row[0].sv, row[1]) for row in of_model(stated())]
    from dataclasses import replace

    loaded = replace(LOADED, model=model)
    assert model_file.read(model_file.write(loaded)).model.thresholds == model.thresholds


@pytest.mark.parametrize("changes", [
    {"share": 0}, {"share": 1001}, {"periods": 3}, {"periods": 25}, {"count": "0"}, {"score": "-1"}, {"rate": "en"}, {"extra": 1},
])  # fmt: skip
def test_thresholds_that_cannot_be_are_told(changes):
    assert definitions.problems(stated(**changes))


@pytest.mark.parametrize("changes", [{"share": 1}, {"share": 1000}, {"periods": 4}, {"periods": 24}])
def test_the_outermost_thresholds_may_be(changes):
    assert definitions.problems(stated(**changes)) == ()


def test_other_thresholds_are_a_difference_that_changes_no_meaning():
    from dataclasses import replace

    other = replace(LOADED, model=definitions.read(stated()))
    [difference] = compare(LOADED, other).differences
    assert difference.semantic is Semantic.SAME and "avviker" in difference.what.sv
