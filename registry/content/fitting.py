"""Whether content fits a shape, yes or no: the question that is asked of each of thousands of contents, many times quicker.

`registry.content.faults` says what is wrong with what does not fit, and is asked only then. A property test holds both to the
same verdicts. A keyword that is not known here has no answer here: the whole shape is then judged by the other. Pure.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from numbers import Number
from typing import Any

from registry.content.shapes import DATE, Shape

Fits = Callable[[Any], bool]


def compiled(shape: Shape) -> Fits | None:
    """A function that tells whether content fits ``shape``; ``None`` where the shape asks for what is not known here.

    >>> fits = compiled({"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}})
    >>> fits({"a": 1}), fits({"a": True}), fits({"a": 1.0}), fits({})
    (True, False, False, False)
    >>> compiled({"propertyNames": {"pattern": "^a$"}}) is None
    True
    """
    try:
        return _compiled(shape)
    except _UnknownError:
        return None


def ending(pattern: str) -> str:
    r"""A pattern whose ``$`` is the end of the text, as JSON Schema has it; Python's also comes before a last line break.

    >>> ending("^a$")
    '^a\\Z'
    """
    return _ENDING.sub(r"\\Z", pattern)


_ENDING = re.compile(r"\$$")
_WRITTEN_DAY = re.compile(DATE)


def _compiled(shape: Shape) -> Fits:
    checks = [_KEYWORDS[keyword](shape) if keyword in _KEYWORDS else _unknown(keyword) for keyword in shape]
    if len(checks) == 1:
        return checks[0]
    return lambda value: all(check(value) for check in checks)


class _UnknownError(Exception):
    """A word of JSON Schema has no answer here."""


def _unknown(keyword: str) -> Fits:
    raise _UnknownError(keyword)


def _type(shape: Shape) -> Fits:
    named = shape["type"]
    tests = [
        _TYPES[name] if name in _TYPES else _unknown(name) for name in ([named] if isinstance(named, str) else named)
    ]
    if len(tests) == 1:
        return tests[0]
    return lambda value: any(test(value) for test in tests)


_TYPES: Mapping[str, Fits] = {
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "object": lambda value: isinstance(value, Mapping),
    "array": lambda value: isinstance(value, list | tuple),
    "null": lambda value: value is None,
}


def _enum(shape: Shape) -> Fits:
    allowed = frozenset(one if isinstance(one, str) else _unknown("enum") for one in shape["enum"])
    return lambda value: isinstance(value, str) and value in allowed


def _const(shape: Shape) -> Fits:
    expected = shape["const"]
    if isinstance(expected, bool):
        return lambda value: value is expected
    if isinstance(expected, str):
        return lambda value: isinstance(value, str) and value == expected
    return _unknown("const")


def _pattern(shape: Shape) -> Fits:
    search = re.compile(ending(shape["pattern"])).search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _format(shape: Shape) -> Fits:
    if shape["format"] != "date":
        return _unknown("format")
    return lambda value: not isinstance(value, str) or _is_day(value)


def _is_day(text: str) -> bool:
    try:
        return bool(_WRITTEN_DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _not(shape: Shape) -> Fits:
    inner = _compiled(shape["not"])
    return lambda value: not inner(value)


def _any_of(shape: Shape) -> Fits:
    inner = [_compiled(one) for one in shape["anyOf"]]
    return lambda value: any(one(value) for one in inner)


def _length(keyword: str, kind: Any, *, is_least: bool) -> Callable[[Shape], Fits]:
    def made(shape: Shape) -> Fits:
        bound = shape[keyword]
        if is_least:
            return lambda value: not isinstance(value, kind) or len(value) >= bound
        return lambda value: not isinstance(value, kind) or len(value) <= bound

    return made


def _minimum(shape: Shape) -> Fits:
    bound = shape["minimum"]
    return lambda value: not _is_number(value) or value >= bound


def _maximum(shape: Shape) -> Fits:
    bound = shape["maximum"]
    return lambda value: not _is_number(value) or value <= bound


def _is_number(value: Any) -> bool:
    return isinstance(value, Number) and not isinstance(value, bool)


def _items(shape: Shape) -> Fits:
    each = _compiled(shape["items"])
    return lambda value: not isinstance(value, list | tuple) or all(each(one) for one in value)


def _required(shape: Shape) -> Fits:
    names = tuple(shape["required"])
    return lambda value: not isinstance(value, Mapping) or all(name in value for name in names)


def _properties(shape: Shape) -> Fits:
    inner = {name: _compiled(one) for name, one in shape["properties"].items()}
    return lambda value: (
        not isinstance(value, Mapping) or all(check(value[name]) for name, check in inner.items() if name in value)
    )


def _no_others(shape: Shape) -> Fits:
    if shape["additionalProperties"] is not False:
        return _unknown("additionalProperties")
    known = frozenset(shape.get("properties", ()))
    return lambda value: not isinstance(value, Mapping) or known.issuperset(value)


_KEYWORDS: Mapping[str, Callable[[Shape], Fits]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "format": _format,
    "not": _not,
    "anyOf": _any_of,
    "minLength": _length("minLength", str, is_least=True),
    "maxLength": _length("maxLength", str, is_least=False),
    "minItems": _length("minItems", (list, tuple), is_least=True),
    "maxItems": _length("maxItems", (list, tuple), is_least=False),
    "minProperties": _length("minProperties", Mapping, is_least=True),
    "maxProperties": _length("maxProperties", Mapping, is_least=False),
    "minimum": _minimum,
    "maximum": _maximum,
    "items": _items,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _no_others,
}
