"""JSON Schema for whoever writes a program that delivers: as `json_schema`, with an identifier, names of codes, and an example.

A format of its own, since the bytes of `json_schema` for a version that is published stay as they are. Pure.
"""

import json
from decimal import Decimal
from typing import Any

from jsonschema import Draft202012Validator

from information_models.definitions import Element, ElementType, LoadedModel, Role
from information_models.formats.json_schema import schema
from registry.formats import DEFAULTS, Options
from registry.period import PeriodKind

_PERIODS = {
    PeriodKind.YEAR: "2026",
    PeriodKind.HALF_YEAR: "2026-H2",
    PeriodKind.TERM: "2026-T3",
    PeriodKind.MONTH: "2026-10",
    PeriodKind.WEEK: "2026-W40",
    PeriodKind.DAY: "2026-10-01",
    PeriodKind.SHIFT: "2026-10-01/fm",
}


def write(loaded: LoadedModel, options: Options = DEFAULTS) -> bytes:
    """The schema as a file."""
    return (json.dumps(delivery_schema(loaded), ensure_ascii=False, indent=2) + "\n").encode()


def delivery_schema(loaded: LoadedModel) -> dict[str, Any]:
    """The schema of a delivery. ``$id`` is the same wherever the registry is; each code has its name as ``title``."""
    plain = schema(loaded)
    for slug, codes in loaded.code_lists.items():
        plain["$defs"][f"list-{slug}"] = {
            "title": codes.title.sv,
            "oneOf": [
                {"const": code.code, "title": code.label.sv, "x-title": code.label.as_dict()} for code in codes.codes
            ],
        }
    result = {"$schema": plain.pop("$schema"), "$id": identifier(loaded), **plain}
    example = [example_record(loaded)]
    if Draft202012Validator(result).is_valid(example):
        result["examples"] = [example]
    Draft202012Validator.check_schema(result)
    return result


def identifier(loaded: LoadedModel) -> str:
    """What the schema is known by: the model, and where there is one the hash of its version."""
    return ":".join(part for part in ("urn:vardplatsregistret:model", loaded.model.slug, loaded.content_hash) if part)


def example_record(loaded: LoadedModel) -> dict[str, Any]:
    """A made-up record with a value of each element; the last figure is closed, as an example of one that there is none of."""
    record = {element.name: _example(loaded, element) for element in loaded.model.elements}
    values = [element for element in loaded.model.elements if element.role is Role.VALUE]
    if len(values) > 1:
        record[values[-1].name] = "closed"
    return record


def _example(loaded: LoadedModel, element: Element) -> Any:
    match element.type:
        case ElementType.CODE:
            return loaded.code_list(element).codes[0].code
        case ElementType.INTEGER:
            return int(_figure(element))
        case ElementType.DECIMAL:
            return float(_figure(element))
        case ElementType.DATE:
            return _PERIODS[PeriodKind.DAY]
        case ElementType.PERIOD:
            return _PERIODS[element.period_kinds[0]]
        case ElementType.TEXT:
            return "Avd 1"


def _figure(element: Element) -> Decimal:
    """A figure that the element takes."""
    return min(max(Decimal(element.low), Decimal(12)), Decimal(element.high))
