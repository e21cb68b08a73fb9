"""A model as JSON Schema 2020-12: what one delivered record, and a delivery as an array of records, looks like.

The schema says everything about a record that JSON Schema can say alike in every engine. What it cannot say stands in
``$comment`` and is checked by `information_models.columns` alone: that a day exists in the calendar, that a code was
valid at the time, how many decimals a number has (``x-decimals``; engines differ on ``multipleOf``), and the rules
(``x-rules``). Patterns are anchored and have a greatest length beside them, since engines differ on what ends a line.
"""

import json
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

from information_models import values
from information_models.definitions import Element, ElementType, LoadedModel, Role, ValueStatus
from information_models.patterns import anchored
from registry.formats import DEFAULTS, Options
from registry.period import PeriodKind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MISSING = (ValueStatus.CLOSED.value, ValueStatus.NOT_REPORTED.value)

_YEAR = "([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"
"""Four digits, but no year 0, which the calendar does not have."""
_DAY = _YEAR + "-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
PERIOD_FORMS: Mapping[PeriodKind, tuple[str, int]] = {
    PeriodKind.YEAR: (_YEAR, 4),
    PeriodKind.HALF_YEAR: (f"{_YEAR}-H[12]", 7),
    PeriodKind.TERM: (f"{_YEAR}-T[123]", 7),
    PeriodKind.MONTH: (f"{_YEAR}-(0[1-9]|1[0-2])", 7),
    PeriodKind.WEEK: (_YEAR + "-W(0[1-9]|[1-4][0-9]|5[0-3])", 8),
    PeriodKind.DAY: (_DAY, 10),
    PeriodKind.SHIFT: (f"{_DAY}/(fm|em|natt)", 15),
}
"""The form of each kind of period and its greatest length."""


def write(loaded: LoadedModel, options: Options = DEFAULTS) -> bytes:
    """The schema as a file."""
    return (json.dumps(schema(loaded), ensure_ascii=False, indent=2) + "\n").encode()


def schema(loaded: LoadedModel) -> dict[str, Any]:
    """The schema of a delivery: an array of records. Checked with the dialect's own metaschema."""
    model = loaded.model
    result: dict[str, Any] = {
        "$schema": DIALECT,
        "title": model.title.sv,
        "description": model.description.sv,
        "$comment": (
            "Also checked, since JSON Schema cannot say it: days exist in the calendar, codes were valid in the "
            "record's period, x-decimals, x-rules, and that no two records have the same x-key."
        ),
        "x-title": model.title.as_dict(),
        "x-description": model.description.as_dict(),
        "x-model": model.slug,
        "x-model-hash": loaded.content_hash,
        "x-key": list(model.key),
        "x-rules": [
            {
                "id": rule.id,
                "severity": rule.severity.value,
                "expression": rule.expression,
                "text": rule.text.as_dict(),
                "reason": rule.reason.as_dict(),
            }
            for rule in model.rules
        ],
        "type": "array",
        "minItems": 1,
        "items": {"$ref": "#/$defs/record"},
        "$defs": definitions(loaded),
    }
    Draft202012Validator.check_schema(result)
    return result


def definitions(loaded: LoadedModel) -> dict[str, Any]:
    """``record`` and one entry per code list."""
    model = loaded.model
    lists = {
        f"list-{slug}": {
            "title": codes.title.sv,
            "enum": [code.code for code in codes.codes],
            "x-labels": {code.code: code.label.as_dict() for code in codes.codes},
        }
        for slug, codes in sorted(loaded.code_lists.items())
    }
    return {
        "record": {
            "type": "object",
            "required": [element.name for element in model.elements if element.required],
            "additionalProperties": False,
            "properties": {element.name: _property(element) for element in model.elements},
        },
        **lists,
    }


def _property(element: Element) -> dict[str, Any]:
    about: dict[str, Any] = {
        "title": element.label.sv,
        "description": element.description.sv,
        "x-label": element.label.as_dict(),
        "x-concerns-persons": element.concerns_persons,
    }
    if element.concept:
        about["x-concept"] = element.concept
        about["x-concept-version"] = element.concept_version
    if element.unit:
        about["x-unit"] = element.unit.as_dict()
    alternatives = [_value(element)]
    if element.role is Role.VALUE:
        alternatives.append({"enum": list(MISSING)})
    elif not element.required:
        alternatives.append({"type": "null"})
    return about | (alternatives[0] if len(alternatives) == 1 else {"anyOf": alternatives})


def _value(element: Element) -> dict[str, Any]:
    match element.type:
        case ElementType.CODE:
            return {"$ref": f"#/$defs/list-{element.code_list}"}
        case ElementType.INTEGER:
            return {"type": "integer", "minimum": _plain(element.low), "maximum": _plain(element.high)}
        case ElementType.DECIMAL:
            return {
                "type": "number",
                "minimum": _plain(element.low),
                "maximum": _plain(element.high),
                "x-decimals": element.decimals,
            }
        case ElementType.DATE:
            return {"type": "string", "pattern": f"^{_DAY}$", "maxLength": 10}
        case ElementType.PERIOD:
            forms = [PERIOD_FORMS[kind] for kind in element.period_kinds]
            return {
                "type": "string",
                "pattern": f"^({'|'.join(form for form, _ in forms)})$",
                "maxLength": max(length for _, length in forms),
            }
        case ElementType.TEXT:
            text: dict[str, Any] = {
                "type": "string",
                "minLength": 1,
                "maxLength": element.max_length,
                "not": {"pattern": f"[{values.CONTROL}]" + (f"|{_total()}" if element.role is Role.DIMENSION else "")},
            }
            return text | ({"pattern": anchored(element.pattern)} if element.pattern else {})


def _total() -> str:
    """Words that say that a row sums others (`values.is_total`), in any case; as what a record is about they are refused."""
    words = (
        "".join("[ \\u00a0]+" if letter == " " else f"[{''.join({letter.upper(): 0, letter: 0})}]" for letter in word)
        for word in values.TOTAL
    )
    return f"^[ \\u00a0]*({'|'.join(words)})[ \\u00a0]*$"


def _plain(bound: Any) -> int | float:
    """A bound as a JSON number. Bounds have at most six decimals and 13 digits, which a double holds."""
    return int(bound) if bound == bound.to_integral_value() else float(bound)
