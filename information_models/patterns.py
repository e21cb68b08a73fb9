"""A small pattern language for text elements that every engine reads alike.

Engines differ on ``\\d``, on line ends and on backtracking. A pattern here is a sequence of literal characters and
classes, each with an optional bounded count: ``[A-Z]{2}[0-9]{4,10}-[A-Za-z0-9]{1,12}``. It is anchored by us, it
matches in linear time, and Python, Rust, ECMAScript (JSON Schema) and PostgreSQL agree on what it accepts. Pure.
"""

import random
import re

_ITEM = re.compile(
    r"(?:\[(?P<set>[A-Za-z0-9 _./:ÅÄÖåäöÉé-]+)\]|(?P<one>[A-Za-z0-9 _/:ÅÄÖåäöÉé-]))(?P<count>\{[0-9]{1,3}(?:,[0-9]{1,3})?\})?"
)
LONGEST = 100


def is_pattern(text: str) -> bool:
    """Whether ``text`` is a pattern of the small language.

    >>> is_pattern("SE[0-9]{10}-[A-Za-z0-9]{1,18}")
    True
    >>> is_pattern("(a+)+"), is_pattern("[0-9]*"), is_pattern("a|b")
    (False, False, False)
    """
    if not 0 < len(text) <= LONGEST:
        return False
    position = 0
    while position < len(text):
        item = _ITEM.match(text, position)
        if item is None or (item["set"] and not _is_set(item["set"])) or not _is_count(item["count"]):
            return False
        position = item.end()
    return True


def anchored(pattern: str) -> str:
    """The pattern as an expression for the whole text, the same in every engine."""
    return f"^{pattern}$"


def lengths_of(pattern: str) -> tuple[int, int]:
    """The shortest and the longest text of a pattern.

    >>> lengths_of("SE[0-9]{10}-[A-Z]{1,18}")
    (14, 31)
    """
    shortest = longest = 0
    for item in _ITEM.finditer(pattern):
        low, _, high = (item["count"] or "{1}").strip("{}").partition(",")
        shortest, longest = shortest + int(low), longest + int(high or low)
    return shortest, longest


def texts_of(pattern: str, chance: random.Random) -> str:
    """A text of the pattern, by chance.

    >>> texts_of("a[0-9]{2}", random.Random(1))
    'a17'
    """
    said = []
    for item in _ITEM.finditer(pattern):
        low, _, high = (item["count"] or "{1}").strip("{}").partition(",")
        characters = [item["one"]] if item["one"] else _characters(item["set"])
        said += [chance.choice(characters) for _ in range(chance.choice([int(low), int(high or low)]))]
    return "".join(said)


def _characters(body: str) -> list[str]:
    found: list[str] = []
    for span in re.findall(r"[A-Z]-[A-Z]|[a-z]-[a-z]|[0-9]-[0-9]|.", body):
        found += [chr(code) for code in range(ord(span[0]), ord(span[-1]) + 1)] if len(span) == 3 else [span]
    return found


def _is_set(characters: str) -> bool:
    """Ranges inside a class go upwards within one alphabet; a hyphen that is meant itself stands last."""
    body = characters.removesuffix("-")
    without_ranges = re.sub(r"[A-Z]-[A-Z]|[a-z]-[a-z]|[0-9]-[0-9]", "", body)
    ranges = re.findall(r"([A-Z]-[A-Z]|[a-z]-[a-z]|[0-9]-[0-9])", body)
    return "-" not in without_ranges and all(span[0] <= span[2] for span in ranges)


def _is_count(count: str | None) -> bool:
    if count is None:
        return True
    low, _, high = count.strip("{}").partition(",")
    return not high or int(low) <= int(high)
