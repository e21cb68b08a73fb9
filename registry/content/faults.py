"""What is wrong with content that does not fit its schema: a finding for each fault, which says where, what and how.

Pure.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, TypeChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from registry.content.fitting import Fits, compiled, ending
from registry.content.places import Words, in_words
from registry.content.shapes import DATE, PATTERNS, Shape
from registry.finding_catalogue import FindingEntry
from registry.findings import Finding, Place, Text

MOST_SHOWN = 100
"""Faults that are reported one by one; that there are more is reported too."""
LONGEST_SHOWN = 60
"""Characters of a wrong value that a finding repeats."""
_WRITTEN_DAY = re.compile(DATE)


def faults(shape: Shape, content: Any, entry: FindingEntry, words: Words) -> tuple[Finding, ...]:
    """One finding of ``entry`` for each place where ``content`` does not fit ``shape``.

    The places are paths such as ``elements[2].type``; the parameters have the place and the problem in both languages.
    """
    if (fits := _fitting(shape)) is not None and fits(content):
        return ()
    validator = _Strict(shape, format_checker=_FORMATS)
    every = _each(validator.iter_errors(content))
    findings = [
        fault(entry, path, in_words(path, content, words), problem)
        for path, problem in sorted(islice(every, MOST_SHOWN), key=lambda one: one[0])
    ]
    if next(every, None) is not None:
        more = Text(
            f"fler än {MOST_SHOWN} fel; resten visas inte", f"more than {MOST_SHOWN} faults; the rest is not shown"
        )
        findings.append(fault(entry, "…", Text("Hela innehållet", "The whole content"), more))
    return tuple(findings)


def _fitting(shape: Shape) -> Fits | None:
    """The shape as a function, made once for each of the few schemas that a process judges by."""
    known = _FITTING.get(id(shape))
    if known is None:
        while len(_FITTING) >= MOST_FITTING:
            _FITTING.pop(next(iter(_FITTING)), None)
        known = _FITTING[id(shape)] = (shape, compiled(shape))
    return known[1]


MOST_FITTING = 100
_FITTING: dict[int, tuple[Shape, Fits | None]] = {}
"""By identity, since mappings have no hash; each is kept with its shape, so that no other gets its identity meanwhile."""


def fault(entry: FindingEntry, path: str, place: Text, problem: Text) -> Finding:
    """The finding of one fault at ``path`` (``$`` is the whole content)."""
    return entry.found({"path": path, "place": place, "problem": problem}, (Place(field=path),))


def path_of(steps: Iterable[str | int]) -> str:
    """
    >>> path_of(["elements", 2, "type"]), path_of([])
    ('elements[2].type', '$')
    """
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return path.lstrip(".") or "$"


def _each(errors: Iterable[ValidationError]) -> Iterator[tuple[str, Text]]:
    """Path and problem of each fault, each once; a field that may be null is judged as what it is when it is not."""
    told: set[tuple[str, Text]] = set()
    for error in errors:
        if error.validator == "anyOf":
            inner = [one for one in error.context or () if one.validator_value != "null"]
            found = list(_each(inner))
        else:
            found = list(_problems(error))
        for one in found:
            if one not in told:
                told.add(one)
                yield one


def _problems(error: ValidationError) -> Iterator[tuple[str, Text]]:
    steps, keyword = list(error.absolute_path), str(error.validator)
    shape: Any = error.schema
    instance: Any = error.instance
    expected: Any = error.validator_value
    if keyword == "additionalProperties" and expected is False:
        known = list(shape["properties"])
        for name in instance:
            if name not in known:
                yield path_of([*steps, name]), _unknown(name, known)
    elif keyword == "required":
        missing = ", ".join(name for name in expected if name not in instance)
        yield path_of(steps), Text(f"fältet saknas: {missing}", f"the field is missing: {missing}")
    else:
        yield path_of(steps), _problem(keyword, expected, instance)


def _problem(keyword: str, expected: Any, instance: Any) -> Text:
    match keyword:
        case "enum" | "const":
            allowed = ", ".join(_shown(value) for value in (expected if keyword == "enum" else [expected]))
            return Text(
                f"ska vara något av: {allowed} – inte {_shown(instance)}",
                f"must be one of: {allowed} – not {_shown(instance)}",
            )
        case "pattern":
            return Text(*PATTERNS.get(expected, (f"har inte formen {expected}", f"does not have the form {expected}")))
        case "format":
            if _WRITTEN_DAY.fullmatch(str(instance)):
                return Text("är inget datum som finns", "is no date that exists")
            return Text("ska vara ett datum som 2026-01-31", "must be a date such as 2026-01-31")
        case "not":
            return Text("har styrtecken", "has control characters")
        case "minLength" | "minItems":
            return Text("är tomt", "is empty")
        case "maxLength" | "maxItems":
            return Text(f"är längre än {expected}", f"is longer than {expected}")
        case "minimum":
            return Text(f"ska vara minst {expected}", f"must be at least {expected}")
        case "maximum":
            return Text(f"ska vara högst {expected}", f"must be at most {expected}")
        case "uniqueItems":
            return Text("samma värde förekommer två gånger", "the same value occurs twice")
        case "type":
            kinds = [kind for kind in ([expected] if isinstance(expected, str) else expected) if kind != "null"]
            wanted = _TYPES[kinds[0]]
            return Text(
                f"har fel typ: ska vara {wanted.sv}, inte {_shown(instance)}",
                f"has the wrong type: must be {wanted.en}, not {_shown(instance)}",
            )
        case _:
            return Text("har fel form", "has the wrong form")


_TYPES: Mapping[str, Text] = {
    "boolean": Text("true eller false", "true or false"),
    "integer": Text("ett heltal", "an integer"),
    "string": Text("en text", "a text"),
    "object": Text("ett objekt", "an object"),
    "array": Text("en lista", "a list"),
}


def _unknown(name: str, known: Sequence[str]) -> Text:
    near = get_close_matches(name, known, 1)
    meant = Text(f": menas {near[0]}?", f": is {near[0]} meant?") if near else Text("", "")
    return Text(f"fältet finns inte i formatet{meant.sv}", f"the format has no such field{meant.en}")


def _shown(value: Any) -> str:
    """A value as it is written in JSON, cut where it is long.

    >>> _shown("supressed"), _shown(True), _shown([1, 2])
    ('"supressed"', 'true', '[…]')
    """
    if isinstance(value, str):
        return f'"{value[:LONGEST_SHOWN]}{"…" if len(value) > LONGEST_SHOWN else ""}"'
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return str(value)[:LONGEST_SHOWN]


def _is_integer(_checker: TypeChecker, value: Any) -> bool:
    """An integer written as one: JSON Schema takes 1.0 for one too, which canonical content cannot hold."""
    return isinstance(value, int) and not isinstance(value, bool)


def _is_object(_checker: TypeChecker, value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_array(_checker: TypeChecker, value: Any) -> bool:
    return isinstance(value, list | tuple)


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Shape) -> Iterator[ValidationError]:
    """``$`` is the end of the text, as JSON Schema has it; Python's also comes before a last line break."""
    if isinstance(instance, str) and not re.search(ending(pattern), instance):
        yield ValidationError(pattern)


_Strict = extend(  # type: ignore[no-untyped-call]  # the stubs leave it untyped
    Draft202012Validator,
    {"pattern": _pattern},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
        {"integer": _is_integer, "object": _is_object, "array": _is_array}
    ),
)
_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date", raises=ValueError)
def _is_day(value: Any) -> bool:
    if not isinstance(value, str):
        return True
    return bool(_WRITTEN_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
