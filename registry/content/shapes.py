"""The pieces that the schemas of content are made of: JSON Schema 2020-12 as plain values.

A schema says which fields there are, and what type each has. It is strict: an object has its own fields and no others,
a boolean is ``true`` or ``false``, an enumeration is one of its values. What the values mean together is checked by the
module that owns the content. `registry.content.faults` says what is wrong with content that does not fit. Pure.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

Shape = Mapping[str, Any]

SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
NAME = "^[a-z][a-z0-9_]{0,59}$"
HASH = "^[0-9a-f]{64}$"
NUMBER = "^-?[0-9]{1,15}([.][0-9]{1,6})?$"
CODE = "^[A-Za-z0-9_.-]{1,60}$"
DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
WEB_ADDRESS = "^https?://"
LANGUAGE_TAG = "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"
"""A tag after BCP 47 (RFC 5646)."""
ITEM_ID = "^[0-9a-f]{32}$"
N_TRIPLES_LINE = '^<[^<> ]+> <[^<> ]+> (<[^<> ]+>|".*"(@[A-Za-z0-9-]+|\\^\\^<[^<> ]+>)?) [.]$'
"""A statement in N-Triples, without blank nodes."""
PATTERNS: Mapping[str, tuple[str, str]] = {
    SLUG: ("ska ha små bokstäver a–z, siffror och bindestreck", "must have small letters a–z, digits and hyphens"),
    NAME: (
        "ska börja med en liten bokstav a–z och i övrigt ha små bokstäver, siffror och understreck",
        "must begin with a small letter a–z, and have small letters, digits and underscores otherwise",
    ),
    HASH: ("är ingen kontrollsumma", "is no hash"),
    NUMBER: ("ska vara ett tal", "must be a number"),
    CODE: (
        "ska ha bokstäver a–z, siffror, punkt, bindestreck och understreck",
        "must have letters a–z, digits, full stops, hyphens and underscores",
    ),
    WEB_ADDRESS: ("ska vara en adress på webben", "must be an address on the web"),
    LANGUAGE_TAG: ("ska vara en språkkod som sv eller sv-FI", "must be a language tag such as sv or sv-FI"),
    ITEM_ID: ("är inget id", "is no id"),
    N_TRIPLES_LINE: (
        "ska vara en rad N-Triples utan tomma noder",
        "must be a line of N-Triples without blank nodes",
    ),
}
"""The patterns in words."""

CONTROL = "[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\ud800-\\udfff]"
"""Characters that no text may hold: no XML file and not every database can keep them."""
ANY_STRING: Shape = {"type": "string"}
"""A text that may be empty: drafts are incomplete."""
STRING: Shape = {"type": "string", "minLength": 1, "maxLength": 5_000, "not": {"type": "string", "pattern": CONTROL}}
BOOLEAN: Shape = {"type": "boolean"}
INTEGER: Shape = {"type": "integer"}
DAY: Shape = {"type": "string", "format": "date"}
"""A day that exists, such as ``2026-01-31``."""
DAY_OR_NONE: Shape = {"type": ["string", "null"], "format": "date"}


def record(required: Mapping[str, Any], optional_fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """An object with exactly these fields."""
    return {
        "type": "object",
        "required": list(required),
        "additionalProperties": False,
        "properties": {**required, **(optional_fields or {})},
    }


def optional(shape: Shape) -> dict[str, Any]:
    """``shape``, or ``null``."""
    return {"anyOf": [shape, {"type": "null"}]}


def list_of(shape: Shape, *, least: int = 0, most: int = 10_000) -> dict[str, Any]:
    return {"type": "array", "items": shape, "minItems": least, "maxItems": most}


def one_of(values: type[StrEnum] | Iterable[str]) -> dict[str, Any]:
    """One of an enumeration's values, spelt exactly so.

    >>> from registry.findings import Severity
    >>> one_of(Severity)
    {'enum': ['error', 'question', 'warning', 'info']}
    """
    return {"enum": [str(value) for value in values]}


TEXT: Shape = record({"sv": STRING, "en": STRING})
"""A text in both languages."""
TEXT_BEGUN: Shape = record({}, {"sv": ANY_STRING, "en": ANY_STRING})
"""A text in a draft: either language may be missing."""
SOURCE: Shape = {
    **record(
        {"title": STRING},
        {
            "url": {"type": ["string", "null"], "pattern": WEB_ADDRESS},
            "date": DAY_OR_NONE,
            "note": optional(TEXT),
        },
    ),
    "type": ["object", "null"],
}
