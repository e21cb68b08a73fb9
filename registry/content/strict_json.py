"""JSON that comes in from outside, where no name may be there twice: of two values, which one counts? Pure."""

import json
from typing import Any


class DoubledName(ValueError):
    """The same name twice in one object."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def read_json(data: bytes, *, takes_constants: bool = True) -> Any:
    """The value in a JSON text in UTF-8. Numbers with decimals come as texts, since content holds none.

    ``takes_constants``: whether ``NaN`` and ``Infinity``, which no standard has, come as texts too.
    Raises `DoubledName`, and ``ValueError`` or ``RecursionError`` where the text is not JSON or too deep.

    >>> read_json(b'{"zeros": "hidden", "per": 0.5}')
    {'zeros': 'hidden', 'per': '0.5'}
    >>> read_json(b'{"zeros": "hidden", "zeros": "published"}')
    Traceback (most recent call last):
    registry.content.strict_json.DoubledName: zeros
    """
    constant = str if takes_constants else _refuse
    return json.loads(
        data.decode("utf-8-sig"), object_pairs_hook=_without_doubles, parse_float=str, parse_constant=constant
    )


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise DoubledName(next(name for name in names if names.count(name) > 1))
    return found
