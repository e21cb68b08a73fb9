"""Whether an element concerns persons follows its concept; what says otherwise gives a reason."""

import copy
from dataclasses import replace

import pytest

from information_models import binding, definitions, kinds, persons
from information_models.binding import Bound
from information_models.persons import Known
from information_models.starter.loading import model_contents
from registry.findings import Text
from termbank.definitions.linking import Linker
from tests.factories.concepts import concept

DAILY = "dagliga-vardplatser-per-avdelning"
REASON = Text("Bara sängar räknas.", "Only beds are counted.")
MODEL = definitions.read(model_contents()[DAILY])
CROWDED = MODEL.element("overbelaggningar").concept


def with_flag(name, is_persons, reason=None):
    elements = tuple(
        replace(one, concerns_persons=is_persons, persons_reason=reason) if one.name == name else one
        for one in MODEL.elements
    )
    return replace(MODEL, elements=elements)


@pytest.mark.parametrize(
    ("known", "is_persons", "found"),
    [
        (Known({CROWDED: True}), False, "MOD-029"),
        (Known({CROWDED: True}), True, None),
        (Known({CROWDED: False}), True, "MOD-030"),
        (Known({CROWDED: False}), False, None),
        (Known({}), False, None),
        (Known({}, before=frozenset({"overbelaggningar"})), False, "MOD-029"),
        (Known({}, elsewhere=frozenset({CROWDED})), False, "MOD-029"),
        # What the wording says goes before what was said of it.
        (Known({CROWDED: False}, before=frozenset({"overbelaggningar"})), False, None),
        (Known({}, elsewhere=frozenset({"annat"})), False, None),
    ],
)
def test_what_says_otherwise_needs_a_reason(known, is_persons, found):
    assert [one.code for one in persons.problems(with_flag("overbelaggningar", is_persons), known)] == [found] * bool(
        found
    )
    assert list(persons.problems(with_flag("overbelaggningar", is_persons, REASON), known)) == []


def test_another_name_for_the_same_column_turns_nothing_off():
    known = Known({}, before=frozenset({"överbeläggningar"}))
    renamed = replace(MODEL.element("overbelaggningar"), name="ovriga", concept=None, concerns_persons=False)
    assert [one.code for one in persons.problems(replace(MODEL, elements=(renamed,)), known)] == ["MOD-029"]
    other = replace(renamed, label=Text("Övriga", "Others"), aliases=())
    assert list(persons.problems(replace(MODEL, elements=(other,)), known)) == []


def test_a_reason_is_written_where_there_is_one_and_asks_for_a_legal_reviewer():
    content = with_flag("overbelaggningar", False, REASON).content()
    assert content["content_schema"] == "model/3" and content["thresholds"] is None
    assert kinds.model_kind.schema.faults(content) == ()
    assert definitions.read(content).element("overbelaggningar").persons_reason == REASON
    assert [one.aspect for one in kinds.model_kind.requirements_for(content)] == ["model", "persons"]
    assert [one.aspect for one in kinds.model_kind.standing_requirements] == ["model"]
    before = copy.deepcopy(model_contents()[DAILY])
    assert definitions.read(before).content() == before and before["content_schema"] == "model/1"
    assert [one.aspect for one in kinds.model_kind.requirements_for(before)] == ["model"]
    assert kinds.model_kind.schema.faults({**before, "elements": content["elements"]}) != ()


@pytest.mark.parametrize(("said", "expected"), [({}, True), ({"concerns_persons": False}, False)])
def test_an_element_that_says_nothing_follows_its_concept(said, expected):
    content = copy.deepcopy(model_contents()[DAILY])
    element = next(one for one in content["elements"] if one["name"] == "overbelaggningar")
    del element["concerns_persons"]
    element.update(said)
    patients = Bound(replace(concept("överbeläggning", "crowding"), concerns_persons=True), "a" * 64)
    bound = binding.bind_model(content, {CROWDED: patients}, Linker({}), {}, anew=True)
    assert definitions.read(bound).element("overbelaggningar").concerns_persons is expected
