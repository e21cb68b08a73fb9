"""What a model or a measure is pinned to, and what its definitions rest on."""

import pytest

from information_models.binding import Bound, bind_measure, bind_model, closure, concepts_of_model
from termbank.definitions.linking import Linker
from tests.factories import concepts


def concept(term, definition=None, broader=()):
    return concepts.concept(term, term, definition=definition, broader=broader)


CONCEPTS = {
    "plats": concept("plats"),
    "vardplats": concept("vårdplats", "plats för vård av patient", ("plats",)),
    "overbelaggning": concept("överbeläggning", "händelse då patienten saknar vårdplats"),
    "patient": concept("patient", "person som får vård enligt överbeläggning", ("okant",)),
    "annan": concept("annan", "det som är annan"),
}
LINKER = Linker(CONCEPTS)
BOUND = {slug: Bound(one, slug[0] * 64) for slug, one in CONCEPTS.items()}


@pytest.mark.parametrize(
    ("slugs", "found"),
    [
        ([], ()),
        (["plats"], ("plats",)),
        (["annan"], ("annan",)),
        (["okant"], ()),
        (["okant", "plats"], ("plats",)),
        (["vardplats"], ("overbelaggning", "patient", "plats", "vardplats")),
        (["annan", "plats"], ("annan", "plats")),
    ],
)
def test_what_a_definition_uses_and_what_is_broader_belong_to_it(slugs, found):
    assert closure(CONCEPTS, LINKER, slugs) == found


CODES = {"l": {"codes": [{"code": "1", "concept": "plats"}, {"code": "2"}, {"code": "3", "concept": "annan"}]}}


def model(*elements):
    return {"elements": [{"name": str(number), **one} for number, one in enumerate(elements)], "title": "x"}


def test_a_model_names_concepts_in_its_elements_and_in_their_codes_each_once():
    content = model(
        {"concept": "annan"}, {"code_list": "l"}, {"concept": None, "code_list": None}, {"concept": "annan"}
    )
    assert concepts_of_model(content, CODES) == ("annan", "plats")
    assert concepts_of_model(content, {}) == ("annan",)


LISTS = {"l": ("1" * 64, CODES["l"])}


def pins(content, **more):
    bound = bind_model(content, BOUND, LINKER, LISTS, **more)
    assert bound["title"] == "x"
    return [(one.get("concept_version"), one.get("code_list_version")) for one in bound["elements"]], bound["lockfile"]


def test_a_model_is_pinned_to_what_is_published_with_all_that_it_rests_on():
    found, lockfile = pins(model({"concept": "vardplats"}, {"concept": "okant", "code_list": "okand"}, {}))
    assert found == [("v" * 64, None), (None, None), (None, None)]
    assert lockfile == ["o" * 64, "p" * 64, "v" * 64]
    assert pins(model({"code_list": "l"})) == ([(None, "1" * 64)], ["a" * 64, "p" * 64])


PINNED = {"concept": "annan", "concept_version": "e" * 64, "code_list": "l", "code_list_version": "2" * 64}


def test_what_is_pinned_stays_until_it_is_bound_anew():
    assert pins(model(PINNED)) == ([("e" * 64, "2" * 64)], ["e" * 64, "p" * 64])
    assert pins(model(PINNED), anew=True) == ([("a" * 64, "1" * 64)], ["a" * 64, "p" * 64])
    half = {**PINNED, "concept_version": None}
    assert pins(model(half))[0] == [("a" * 64, "2" * 64)]
    assert pins(model({**PINNED, "code_list_version": None}))[0] == [("e" * 64, "1" * 64)]


def test_a_pinned_version_that_is_published_no_more_stays_in_the_lockfile():
    gone = {"concept": "borta", "concept_version": "b" * 64}
    assert pins(model(gone)) == ([("b" * 64, None)], ["b" * 64])


def test_a_measure_is_pinned_to_its_model_and_its_concepts():
    content = {"model": "m", "concepts": ["annan", "okant", "plats"]}
    models = {"m": "3" * 64}
    bound = bind_measure(content, BOUND, models)
    assert (bound["model_version"], bound["concept_versions"]) == ("3" * 64, ["a" * 64, "p" * 64])
    earlier = {**content, "model_version": "4" * 64, "concept_versions": ["b" * 64]}
    assert bind_measure(earlier, BOUND, models) == earlier
    assert bind_measure(earlier, BOUND, models, anew=True) == bound
    assert bind_measure(content, BOUND, {})["model_version"] is None
