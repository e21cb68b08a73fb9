"""Models as values: defaults, bounds on either side, and what a new version changes, in words."""

import copy
from dataclasses import replace
from decimal import Decimal

import pytest

from information_models import definitions
from information_models.changes import Technical
from information_models.code_lists import Code, CodeList
from information_models.compatibility import compare
from information_models.definitions import Element, ElementType, LoadedModel, Model, Role, missing_code_lists
from information_models.rules import Variable
from information_models.starter.loading import model_contents, starter_model
from registry.findings import Text

T = Text("x", "x")


SLUG = "dagliga-vardplatser-per-avdelning"


def codes_of(found):
    return [(one.code, [place.field for place in one.places]) for one in found]


# Code lists


CODES = (
    Code("a", Text("Alfa", "Alpha"), parent="25", aliases=("first", "FÖRST")),
    Code("b", Text("Beta", "Beta"), parent="24"),
    Code("t", Text("Prov", "Trial"), parent="25", test=True),
)


LIST = CodeList("l", T, T, CODES)


def element(name="n", **more):
    return Element(name, T, T, more.pop("role", Role.VALUE), more.pop("type", ElementType.INTEGER), **more)


def test_an_element_as_rules_see_it():
    assert element(minimum=Decimal(1), decimals=2).variable() == Variable(
        "n", "number", T, 2, Decimal(1), Decimal(10**12)
    )
    assert element(maximum=Decimal(1)).variable() == Variable("n", "number", T, 0, -Decimal(10**12), Decimal(1))
    assert element(type=ElementType.CODE).variable() == Variable("n", "text", T)
    assert [kind.value for kind in ElementType if element(type=kind).is_number] == ["integer", "decimal"]


def test_what_an_element_leaves_out_has_its_default():
    content = copy.deepcopy(model_contents()[SLUG])
    content["elements"] = [
        {name: one[name] for name in ("name", "label", "description", "role", "type")} for one in content["elements"]
    ]
    read = definitions.read(content).elements[3]
    assert read == Element(read.name, read.label, read.description, Role.VALUE, ElementType.INTEGER)
    assert (read.required, read.concerns_persons, read.decimals, read.max_length, read.additive) == (
        True,
        False,
        0,
        200,
        True,
    )


def model_problems(change):
    content = copy.deepcopy(model_contents()[SLUG])
    change(content["elements"], content)
    return codes_of(definitions.problems(content))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda e, m: e[3].update(minimum="500"), []),
        (lambda e, m: e[3].update(minimum="501"), [("MOD-007", ["disponibla"])]),
        (lambda e, m: e[3].update(maximum=None, minimum="501"), []),
        (lambda e, m: e[3].update(maximum="1000000000000"), []),
        (lambda e, m: e[3].update(maximum="1000000000001"), [("MOD-008", ["disponibla"])]),
        (lambda e, m: e[3].update(minimum="-1000000000001"), [("MOD-008", ["disponibla"])]),
        (lambda e, m: e[2].update(code_list="sjukhus"), [("MOD-003", ["avdelning"])]),
        (lambda e, m: e[2].update(period_kinds=["day"]), [("MOD-004", ["avdelning"])]),
        (lambda e, m: e[2].update(decimals=1), []),
        (lambda e, m: e[2].update(pattern="[a-z]"), []),
        (lambda e, m: m.update(region_element=None), []),
        (lambda e, m: m.update(region_element="finns-inte"), [("MOD-012", ["finns-inte"])]),
        (lambda e, m: m.update(period_element="finns-inte"), [("MOD-011", ["finns-inte"])]),
        (lambda e, m: m.update(key=["dag", "finns-inte"]), [("MOD-010", ["finns-inte"])]),
        (lambda e, m: m["rules"][0].update(expression="x < 1"), [("RULE-107", ["belagda-ryms"])]),
    ],
)  # fmt: skip
def test_a_model_is_judged_on_either_side_of_its_bounds(change, found):
    assert model_problems(change) == found


def loaded_with(codes, region="r"):
    coded = element("r", role=Role.DIMENSION, type=ElementType.CODE, code_list="l")
    return LoadedModel(Model("m", T, T, (coded, element()), ("r",), "p", region), {"l": codes})


def test_the_region_of_a_code_is_itself_or_its_parent():
    assert loaded_with(LIST).regions == {"a": "a", "b": "b", "t": "t"}
    below = replace(LIST, parent_list="regioner", codes=(*CODES, Code("c", T)))
    assert loaded_with(below).regions == {"a": "25", "b": "24", "t": "25"}
    assert loaded_with(LIST, None).regions == {}
    with pytest.raises(ValueError, match="no code list"):
        loaded_with(LIST).code_list(element())


def test_the_parts_of_a_model_and_the_lists_that_it_lacks():
    model = loaded_with(LIST).model
    assert [one.name for one in model.values] == ["n"] and [one.name for one in model.dimensions] == ["r"]
    assert not model.concerns_persons
    assert replace(model, elements=(*model.elements, element("q", concerns_persons=True))).concerns_persons
    twice = replace(
        model, elements=(*model.elements, replace(model.elements[0], name="s", code_list="k"), model.elements[0])
    )
    assert missing_code_lists(twice, ()) == ("l", "k")
    assert missing_code_lists(twice, ("l",)) == ("k",)


# What a new version changes, in words


@pytest.mark.parametrize(
    ("change", "forth", "back"),
    [
        (lambda m: m.update(total_rows="refuse"), ("", "summarader tas inte längre emot", "total rows are no longer accepted"),
         ("", "summarader tas emot", "total rows are accepted")),
        (lambda m: m["elements"][3].update(concerns_persons=True), ("disponibla", "rör personer", "concerns persons"),
         ("disponibla", "rör inte längre personer", "no longer concerns persons")),
        (lambda m: m["elements"][3].update(required=False), ("disponibla", "får lämnas bort", "may be left out"),
         ("disponibla", "krävs nu", "is now required")),
        (lambda m: m["elements"][3].update(aliases=["Ny"]),
         ("disponibla", "känns inte längre igen som «Disponibla idag»", "is no longer recognised as «Disponibla idag»"),
         ("disponibla", "känns inte längre igen som «Ny»", "is no longer recognised as «Ny»")),
    ],
)  # fmt: skip
def test_a_difference_is_said_in_words_either_way(change, forth, back):
    def tidy(content):
        content["elements"][3]["aliases"] = ["Disponibla idag"]

    def both(content):
        tidy(content)
        change(content)

    contents = []
    for make in (tidy, both):
        content = copy.deepcopy(model_contents()[SLUG])
        make(content)
        contents.append(LoadedModel(definitions.read(content), starter_model(SLUG).code_lists))
    [there] = compare(*contents).differences
    [here] = compare(*reversed(contents)).differences
    assert (there.subject, there.what.sv, there.what.en) == forth
    assert (here.subject, here.what.sv, here.what.en) == back


def test_bounds_that_are_tighter_at_one_end_and_looser_at_the_other_break():
    narrow, wide = element(minimum=Decimal(1), maximum=Decimal(9)), element(minimum=Decimal(0), maximum=Decimal(8))
    for one, other in ((narrow, wide), (wide, narrow)):
        models = [LoadedModel(Model("m", T, T, (each,), ("n",), "p"), {}) for each in (one, other)]
        [found] = compare(*models).differences
        assert (found.what.en, found.technical) == ("has other limits", Technical.BREAKING)


# Measures


def place(concept, required=True):
    return element(concept, role=Role.DIMENSION, type=ElementType.TEXT, concept=concept, required=required)
