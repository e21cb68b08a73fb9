"""The shape of stored content: a JSON Schema per ``content_schema``, and what is wrong with content that lacks it.

The meaning of content is checked by the module that owns it (`code_lists`, `definitions`, `measures`); this module
only makes sure that those can trust the types. Pure.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator

from registry.content.places import in_words
from registry.finding_texts import FINDINGS
from registry.findings import Finding, Place, Text

MOST_SHOWN = 100
"""Faults of shape that are told one by one; that there are more is told too."""
SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
NAME = "^[a-z][a-z0-9_]{0,59}$"
HASH = "^[0-9a-f]{64}$"
DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
NUMBER = "^-?[0-9]{1,15}([.][0-9]{1,6})?$"
FORMS: Mapping[str, tuple[str, str]] = {
    SLUG: ("ska ha små bokstäver a–z, siffror och bindestreck", "must have small letters a–z, digits and hyphens"),
    NAME: (
        "ska börja med en liten bokstav a–z och i övrigt ha små bokstäver, siffror och understreck",
        "must begin with a small letter a–z, and have small letters, digits and underscores otherwise",
    ),
    HASH: ("är ingen kontrollsumma", "is no hash"),
    DATE: ("ska vara ett datum som 2026-01-31", "must be a date such as 2026-01-31"),
    NUMBER: ("ska vara ett tal", "must be a number"),
    "^[A-Za-z0-9_.-]{1,60}$": (
        "ska ha bokstäver a–z, siffror, punkt, bindestreck och understreck",
        "must have letters a–z, digits, full stops, hyphens and underscores",
    ),
    "^https?://": ("ska vara en adress på webben", "must be an address on the web"),
}
"""The patterns of the shapes in words."""

CONTROL = "[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\ud800-\\udfff]"
"""Characters that no text may hold: no XML file and not every database can keep them."""
STRING: Mapping[str, Any] = {"type": "string", "minLength": 1, "maxLength": 5_000, "not": {"pattern": CONTROL}}
TEXT: Mapping[str, Any] = {
    "type": "object",
    "required": ["sv", "en"],
    "additionalProperties": False,
    "properties": {"sv": STRING, "en": STRING},
}
SOURCE: Mapping[str, Any] = {
    "type": ["object", "null"],
    "required": ["title"],
    "additionalProperties": False,
    "properties": {
        "title": STRING,
        "url": {"type": ["string", "null"], "pattern": "^https?://"},
        "date": {"type": ["string", "null"], "pattern": DATE},
        "note": {"anyOf": [TEXT, {"type": "null"}]},
    },
}


def optional(shape: Mapping[str, Any]) -> dict[str, Any]:
    """``shape``, or ``null``."""
    return {"anyOf": [shape, {"type": "null"}]}


def record(required: Mapping[str, Any], optional_fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """An object with exactly these fields."""
    return {
        "type": "object",
        "required": list(required),
        "additionalProperties": False,
        "properties": {**required, **(optional_fields or {})},
    }


def list_of(shape: Mapping[str, Any], *, least: int = 0, most: int = 10_000) -> dict[str, Any]:
    return {"type": "array", "items": shape, "minItems": least, "maxItems": most}


def misshapes(shape: Mapping[str, Any], content: Any) -> tuple[Finding, ...]:
    """One finding per place where ``content`` lacks the ``shape``; the places are paths such as ``elements[2].type``."""
    found = list(islice(Draft202012Validator(shape).iter_errors(content), MOST_SHOWN + 1))
    findings = []
    for error in sorted(found[:MOST_SHOWN], key=lambda error: list(map(str, error.path))):
        path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.path).lstrip(".")
        wrong = _what_is_wrong(error.validator, error.validator_value, error.instance)
        findings.append(_misshape(path or "$", in_words(path, content), *wrong))
    if len(found) > MOST_SHOWN:
        findings.append(
            _misshape(
                "…",
                Text("Hela innehållet", "The whole content"),
                f"fler än {MOST_SHOWN} fel; resten visas inte",
                f"more than {MOST_SHOWN} faults; the rest is not shown",
            )
        )
    return tuple(findings)


def _misshape(path: str, place: Text, sv: str, en: str) -> Finding:
    params = {"path": path, "place_sv": place.sv, "place_en": place.en, "problem_sv": sv, "problem_en": en}
    return FINDINGS.found("MOD-001", params, (Place(field=path),))


def _what_is_wrong(keyword: str, expected: Any, instance: Any) -> tuple[str, str]:
    match keyword:
        case "required":
            missing = ", ".join(name for name in expected if name not in instance)
            return f"fältet saknas: {missing}", f"the field is missing: {missing}"
        case "additionalProperties":
            return "ett fält som inte finns i formatet", "a field that the format does not have"
        case "enum" | "const":
            allowed = ", ".join(map(str, expected)) if keyword == "enum" else str(expected)
            return f"ska vara något av: {allowed}", f"must be one of: {allowed}"
        case "pattern":
            sv, en = FORMS.get(expected, (f"har inte formen {expected}", f"does not have the form {expected}"))
            return sv, en
        case "not":
            return "har styrtecken", "has control characters"
        case "minLength" | "minItems":
            return "är tomt", "is empty"
        case "maxLength" | "maxItems":
            return f"är längre än {expected}", f"is longer than {expected}"
        case "uniqueItems":
            return "samma värde förekommer två gånger", "the same value occurs twice"
        case _:
            return "har fel typ", "has the wrong type"


def text_of(content: Mapping[str, str]) -> Text:
    """A stored ``{"sv": …, "en": …}``."""
    return Text(content["sv"], content["en"])


def text_content(text: Text) -> dict[str, str]:
    return {"sv": text.sv, "en": text.en}


def day_of(content: str | None) -> date | None:
    """A stored date. Raises ``ValueError`` for a day that does not exist."""
    return date.fromisoformat(content) if content else None


def days_that_do_not_exist(days: Iterable[tuple[str, str | None]], content: Any) -> tuple[Finding, ...]:
    """A finding for every (path in ``content``, stored date) that no calendar has, such as 30 February."""
    findings = []
    for path, day in days:
        try:
            day_of(day)
        except ValueError:
            findings.append(
                _misshape(path, in_words(path, content), "är inget datum som finns", "is no date that exists")
            )
    return tuple(findings)
