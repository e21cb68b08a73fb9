"""What a new version of a model changes, on both scales."""

import copy

import pytest

from information_models import code_lists, definitions
from information_models.compatibility import Semantic, Technical, compare, compare_codes
from information_models.definitions import LoadedModel
from information_models.starter.loading import code_list_contents, model_contents, starter_model

SLUG = "dagliga-vardplatser-per-avdelning"


def changed(change) -> LoadedModel:
    content = copy.deepcopy(model_contents()[SLUG])
    change(content)
    return LoadedModel(definitions.read(content), starter_model(SLUG).code_lists)


def test_the_same_content_is_the_same_on_both_scales():
    found = compare(starter_model(SLUG), changed(lambda m: None))
    assert (found.differences, found.technical, found.semantic) == ((), Technical.SAME, Semantic.SAME)


@pytest.mark.parametrize(
    ("change", "technical", "semantic"),
    [
        (lambda m: m["elements"][3]["description"].update(sv="Annat."), Technical.SAME, Semantic.EDITORIAL),
        (lambda m: m["elements"][3].update(concept_version="a" * 64), Technical.SAME, Semantic.MEANING),
        (lambda m: m["elements"][3].update(concerns_persons=True), Technical.SAME, Semantic.MEANING),
        (lambda m: m["elements"][3]["aliases"].append("Nytt"), Technical.COMPATIBLE, Semantic.EDITORIAL),
        (lambda m: m["elements"][3]["aliases"].pop(), Technical.BREAKING, Semantic.EDITORIAL),
        (lambda m: m["elements"][3].update(maximum="600"), Technical.COMPATIBLE, Semantic.SAME),
        (lambda m: m["elements"][3].update(maximum="100"), Technical.BREAKING, Semantic.SAME),
        (lambda m: m["elements"][3].update(required=False), Technical.COMPATIBLE, Semantic.SAME),
        (lambda m: m["elements"][3].update(type="decimal"), Technical.COMPATIBLE, Semantic.EDITORIAL),
        (lambda m: m["elements"].pop(), Technical.BREAKING, Semantic.MEANING),
        (lambda m: m["elements"].append({**m["elements"][6], "name": "ny"}), Technical.BREAKING, Semantic.EDITORIAL),
        (
            lambda m: m["elements"].append({**m["elements"][6], "name": "ny", "required": False}),
            Technical.COMPATIBLE,
            Semantic.EDITORIAL,
        ),
        (lambda m: m.update(key=["dag", "sjukhus"]), Technical.BREAKING, Semantic.MEANING),
        (lambda m: m["rules"][0].update(severity="error"), Technical.BREAKING, Semantic.SAME),
        (lambda m: m["rules"].pop(), Technical.COMPATIBLE, Semantic.SAME),
        (lambda m: m.update(total_rows="refuse"), Technical.BREAKING, Semantic.SAME),
    ],
)
def test_each_change_has_its_place_on_both_scales(change, technical, semantic):
    found = compare(starter_model(SLUG), changed(change))
    assert (found.technical, found.semantic) == (technical, semantic), found.differences


def test_a_wording_that_people_classed_as_editorial_changes_no_meaning():
    after = changed(lambda m: m["elements"][3].update(concept_version="a" * 64))
    assert compare(starter_model(SLUG), after, editorial=frozenset({"a" * 64})).semantic is Semantic.EDITORIAL


def test_codes_that_go_break_and_codes_that_come_do_not():
    old = code_lists.read(code_list_contents()["vardform"])
    content = copy.deepcopy(code_list_contents()["vardform"])
    content["codes"].append({"code": "rattspsykiatrisk", "label": {"sv": "Rättspsykiatrisk", "en": "Forensic"}})
    [more] = compare_codes("vardform", old, code_lists.read(content))
    assert (more.technical, more.semantic) == (Technical.COMPATIBLE, Semantic.EDITORIAL)
    [fewer] = compare_codes("vardform", code_lists.read(content), old)
    assert (fewer.technical, fewer.semantic) == (Technical.BREAKING, Semantic.MEANING)
