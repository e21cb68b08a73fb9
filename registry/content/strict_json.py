"""JSON that comes in from outside, where no name may be there twice: of two values, which one counts? Pure."""

import json
import re
from typing import Any

_UNFIT = re.compile("[\x00\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u(?:0000|d[89a-f])", re.IGNORECASE)


class DoubledName(ValueError):
    """The same name twice in one object."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class UnfitText(ValueError):
    """A text with the character zero, or with half a surrogate pair: no database keeps it, and no file in UTF-8 has it."""


def read_json(data: bytes, *, takes_constants: bool = True, takes_unfit: bool = True) -> Any:
    """The value in a JSON text in UTF-8. Numbers with decimals come as texts, since content holds none.

    ``takes_constants``: whether ``NaN`` and ``Infinity``, which no standard has, come as texts too. ``takes_unfit``: whether texts
    that cannot be kept come as they are, for whoever says in which field they stand.
    Raises `DoubledName`, `UnfitText`, and ``ValueError`` or ``RecursionError`` where the text is not JSON or too deep.

    >>> read_json(b'{"zeros": "hidden", "per": 0.5}')
    {'zeros': 'hidden', 'per': '0.5'}
    >>> read_json(b'{"zeros": "hidden", "zeros": "published"}')
    Traceback (most recent call last):
    registry.content.strict_json.DoubledName: zeros
    >>> read_json(rb'{"zeros": ["\\u0000"]}', takes_unfit=False)
    Traceback (most recent call last):
    registry.content.strict_json.UnfitText
    """
    constant = str if takes_constants else _refuse
    text = data.decode("utf-8-sig")
    value = json.loads(text, object_pairs_hook=_without_doubles, parse_float=str, parse_constant=constant)
    # Only escaped: written as they are, neither is JSON in UTF-8.
    if not takes_unfit and _ESCAPED.search(text) and has_unfit_text(value):
        raise UnfitText
    return value


def has_unfit_text(value: Any) -> bool:
    """Whether a value, or a name or value anywhere in it, is a text that cannot be kept (`UnfitText`).

    >>> has_unfit_text({"a": ["b", {"c\\x00": 1}]}), has_unfit_text({"a": ["b", 1, None, "😀"]})
    (True, False)
    """
    left = [value]
    while left:
        match left.pop():
            case str() as text:
                if _UNFIT.search(text):
                    return True
            case list() as values:
                left += values
            case dict() as members:
                left += (*members, *members.values())
    return False


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise DoubledName(next(name for name in names if names.count(name) > 1))
    return found
