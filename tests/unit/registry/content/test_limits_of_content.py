"""The limits of each kind of content: how long, how many, how large. What is one more is refused, whoever writes it."""

import pytest

from information_models import code_lists, definitions, measures
from registry.content import shapes
from submission_portal.flows import content as flows
from submission_portal.flows.uses import content as uses
from submission_portal.legal_questions import answers
from termbank.concepts import schema as concept_schema

LISTS, MODELS, MEASURES, FLOWS, USES, CONCEPTS = (
    one.SCHEMA.shape for one in (code_lists, definitions, measures, flows, uses, concept_schema)
)


def found(shape, path):
    """The part of a schema at a path such as ``codes[].aliases``."""
    for step in path.split(".") if path else ():
        shape = shape["properties"][step.removesuffix("[]")]
        for choice in shape.get("anyOf", ()):
            shape = choice if "properties" in choice else shape
        if step.endswith("[]"):
            shape = shape["items"]
    return shape


@pytest.mark.parametrize(
    ("shape", "path", "limits"),
    [
        (LISTS, "codes", {"minItems": 1, "maxItems": 20_000}),
        (LISTS, "codes[].aliases", {"minItems": 0, "maxItems": 50}),
        (LISTS, "codes[].aliases[]", {"minLength": 1, "maxLength": 200}),
        (LISTS, "codes[].label.sv", {"minLength": 1, "maxLength": 5_000}),
        (MODELS, "elements", {"minItems": 1, "maxItems": 100}),
        (MODELS, "elements[].aliases", {"minItems": 0, "maxItems": 50}),
        (MODELS, "elements[].aliases[]", {"maxLength": 200}),
        (MODELS, "elements[].decimals", {"minimum": 0, "maximum": 6}),
        (MODELS, "elements[].max_length", {"minimum": 1, "maximum": 200}),
        (MODELS, "elements[].period_kinds", {"minItems": 0, "maxItems": 10_000}),
        (MODELS, "key", {"minItems": 1, "uniqueItems": True}),
        (MODELS, "rules", {"minItems": 0, "maxItems": 100}),
        (MODELS, "lockfile", {"minItems": 0, "uniqueItems": True}),
        (MEASURES, "decimals", {"minimum": 0, "maximum": 6}),
        (MEASURES, "per", {"minimum": 1, "maximum": 100_000}),
        (MEASURES, "period_kinds", {"minItems": 1}),
        (MEASURES, "dimensions", {"minItems": 0, "maxItems": 5}),
        (MEASURES, "concepts", {"minItems": 0, "maxItems": 50}),
        (MEASURES, "known_totals", {"minItems": 0, "maxItems": 500}),
        (MEASURES, "not_joined", {"minItems": 0, "maxItems": 20}),
        (MEASURES, "notes", {"minItems": 0, "maxItems": 50}),
        (FLOWS, "title.sv", {"maxLength": 160}),
        (USES, "title.sv", {"maxLength": 160}),
        (USES, "purpose.en", {"maxLength": 4_000}),
        (USES, "policy.source", {"maxLength": 4_000}),
        (CONCEPTS, "notes", {"minItems": 1, "maxItems": 200}),
        (CONCEPTS, "definitions", {"minItems": 1, "maxItems": 100}),
        (CONCEPTS, "notations", {"minItems": 1, "maxItems": 100}),
        (CONCEPTS, "sources", {"minItems": 1, "maxItems": 100}),
        (CONCEPTS, "relations", {"minItems": 1, "maxItems": 1_000}),
        (answers.SHAPE, "persons.reason", {"maxLength": 4_000}),
        ({"properties": {"x": shapes.list_of(shapes.STRING)}}, "x", {"minItems": 0, "maxItems": 10_000}),
    ],
)
def test_a_limit_is_what_it_is_said_to_be(shape, path, limits):
    part = found(shape, path)
    assert {name: part.get(name) for name in limits} == limits


def objects(shape):
    """Every object of a schema, however deep."""
    if isinstance(shape, dict):
        if "properties" in shape:
            yield shape
        for part in shape.values():
            yield from objects(part)
    elif isinstance(shape, list):
        for part in shape:
            yield from objects(part)


@pytest.mark.parametrize("shape", [LISTS, MODELS, MEASURES, FLOWS, CONCEPTS, answers.SHAPE])
def test_no_object_takes_a_field_that_it_does_not_have(shape):
    every = list(objects(shape))
    assert len(every) > 1
    assert all(one["additionalProperties"] is False and set(one["required"]) <= set(one["properties"]) for one in every)
