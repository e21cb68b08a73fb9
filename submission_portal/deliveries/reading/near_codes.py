"""The codes that a text may mean, for somebody to choose among: none is ever taken. Pure."""

import difflib
from collections.abc import Sequence

from submission_portal.deliveries.reading.expected import ExpectedColumn, fold, spelled

NEAR = 0.8
"""So alike (`difflib`, 0 to 1) are a text and the name of a code that it may be."""
MOST = 5
LEAST_WORD = 3


def near_codes(column: ExpectedColumn, text: str) -> tuple[str, ...]:
    """The codes that a text may mean, nearest first: its words begin words of the name, or the two are spelled alike. Among the
    sender's own, where those are known.

    >>> column = ExpectedColumn("s", (), codes={"västerviks sjukhus": "24010", "kalmar sjukhus": "24011", "24010": "24010"})
    >>> near_codes(column, "Västervik"), near_codes(column, "Kalmar sjuhkus"), near_codes(column, "Ystad")
    (('24010',), ('24011',), ())
    """
    wanted, words = spelled(text), fold(text).split()
    found: dict[str, float] = {}
    for name, code in column.codes.items():
        if column.own and code not in column.own:
            continue
        alike = difflib.SequenceMatcher(None, wanted, name)
        ratio = alike.ratio() if alike.real_quick_ratio() >= NEAR and alike.quick_ratio() >= NEAR else 0.0
        if _begins(words, fold(name).split()):
            ratio = max(ratio, NEAR)
        if ratio >= NEAR:
            found[code] = max(ratio, found.get(code, 0.0))
    return tuple(sorted(found, key=lambda code: (-found[code], code))[:MOST])


def _begins(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether each word begins a word of the name; some of at least three letters."""
    is_long = any(len(word) >= LEAST_WORD for word in words)
    return is_long and all(any(other.startswith(word.rstrip(".")) for other in name) for word in words)
