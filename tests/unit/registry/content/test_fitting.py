"""Whether content fits is told by functions and by a validator of JSON Schema, and both say the same."""

import random
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from information_models import code_lists, definitions, measures
from registry.content import shapes
from registry.content.faults import _FORMATS, _Strict
from registry.content.fitting import compiled
from termbank.applications import question_sets, statement
from termbank.concepts import schema as concepts
from termbank.concepts import schemes
from termbank.editions import content as editions

SCHEMAS = {
    one.name: one
    for one in (
        concepts.SCHEMA, schemes.SCHEMA, statement.SCHEMA, question_sets.SCHEMA, editions.SCHEMA, code_lists.SCHEMA,
        definitions.SCHEMA, measures.SCHEMA,
    )
}  # fmt: skip
BY_VALIDATOR_ALONE = {definitions.SCHEMA.name, measures.SCHEMA.name}
"""Their shapes use words of JSON Schema that functions do not know."""
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.floats(allow_nan=False), st.sampled_from(["", "a", "a\n", "sv", "2026-02-30", "2026-02-28", "concept/3", "\x07", "x" * 70])
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["sv", "en", "a", "terms", "text"]), inner, max_size=3)
    ),
    max_leaves=8,
)
SHAPES = [
    shapes.ANY_STRING, shapes.STRING, shapes.BOOLEAN, shapes.INTEGER, shapes.DAY, shapes.DAY_OR_NONE, shapes.TEXT, shapes.TEXT_BEGUN,
    shapes.SOURCE, shapes.optional(shapes.TEXT), shapes.list_of(shapes.STRING, least=1, most=2), shapes.one_of(["a", "sv"]), {"const": True},
    {"const": "sv"}, {"type": "integer", "minimum": 0, "maximum": 2}, {"minimum": 0}, {"pattern": "^a$"}, {"minLength": 1}, {"minItems": 1},
    {"required": ["sv"]}, {"additionalProperties": False, "properties": {"sv": {}}}, {"minProperties": 1, "maxProperties": 1},
    {"not": {"type": "string"}}, {"type": ["string", "null"]}, {"items": {"type": "string"}}, {},
]  # fmt: skip


def by_validator(shape, value) -> bool:
    return _Strict(shape, format_checker=_FORMATS).is_valid(value)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@settings(max_examples=40)
@given(value=VALUES)
def test_both_say_the_same_of_any_value(shape, value):
    fits = compiled(shape)
    assert fits is not None and fits(value) == by_validator(shape, value)


@pytest.mark.parametrize("name", sorted(SCHEMAS.keys() - BY_VALIDATOR_ALONE))
@settings(max_examples=40)
@given(seed=st.integers(0, 10**9), value=VALUES)
def test_both_say_the_same_of_content_with_something_else_in_one_place(name, seed, value):
    draw = random.Random(seed)
    content = _made(SCHEMAS[name].shape, draw)
    fits = compiled(SCHEMAS[name].shape)
    assert fits is not None
    for changed in (content, _changed(content, draw, value)):
        assert fits(changed) == by_validator(SCHEMAS[name].shape, changed)


def test_what_functions_do_not_know_is_left_to_the_validator():
    assert {name for name, one in SCHEMAS.items() if compiled(one.shape) is None} == BY_VALIDATOR_ALONE


def test_the_content_of_a_concept_is_judged_by_functions():
    assert compiled(concepts.SCHEMA.shape) is not None and all(compiled(one.shape) for one in concepts.SCHEMA.earlier)


@pytest.mark.parametrize(
    "shape",
    [
        {"uniqueItems": True},
        {"format": "uri"},
        {"type": "number"},
        {"enum": [1]},
        {"const": 1},
        {"additionalProperties": {}},
    ],
    ids=str,
)
def test_what_is_not_known_is_left_to_the_validator(shape):
    assert compiled(shape) is None and compiled({"items": shape}) is None


def _made(shape, draw):
    """Something that fits, or nearly."""
    if "const" in shape:
        return shape["const"]
    if "enum" in shape:
        return draw.choice(shape["enum"])
    if "anyOf" in shape:
        return _made(draw.choice(shape["anyOf"]), draw)
    kind = shape.get("type", "string")
    kind = draw.choice(kind) if isinstance(kind, list) else kind
    if kind == "object":
        required = set(shape.get("required", ()))
        return {
            name: _made(one, draw)
            for name, one in shape.get("properties", {}).items()
            if name in required or draw.random() < 0.4
        }
    if kind == "array":
        return [_made(shape["items"], draw) for _ in range(draw.randrange(shape.get("minItems", 0), 4))]
    if kind == "string":
        return draw.choice(["a", "sv", "2026-01-31", "0" * 32, "f" * 64, "https://a.se", "begrepp"])
    return {"boolean": True, "integer": 1, "null": None}[kind]


def _changed(content, draw, value):
    content = deepcopy(content)
    places = list(_places(content))
    if not places:
        return value
    holder, key = draw.choice(places)
    holder[key] = value
    return content


def _places(value):
    if isinstance(value, dict):
        for key in list(value):
            yield value, key
            yield from _places(value[key])
    elif isinstance(value, list):
        for place in range(len(value)):
            yield value, place
            yield from _places(value[place])
