"""Which way a text is written: no invisible character in it may change how the words around it are read. Pure.

Hebrew, Arabic and other scripts that run from right to left need no such character: their letters say it, and pages isolate what
people write (`registry/web/static/css/base.css`). What is refused makes a text read as another than the one that is kept, hashed
and decided on (Unicode Technical Report 36, section 2.4).
"""

from registry.finding_texts import FINDINGS
from registry.findings import Finding

OVERRIDES = frozenset("\u202d\u202e")
"""LRO and RLO (UAX 9, 2.2): letters are shown in another order than the one in which they are written."""
CLOSED_BY = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
"""LRE and RLE end with PDF; LRI, RLI and FSI end with PDI (UAX 9, 2.1 and 2.3)."""
_CLOSING = frozenset(CLOSED_BY.values())
_SIGNS = OVERRIDES | frozenset(CLOSED_BY) | _CLOSING


def misdirecting_sign(text: str) -> str | None:
    """The first character that makes a text be read as another: an override, or what opens a direction that does not end in
    its line, or ends one that was not opened there. ``None`` where there is none.

    >>> misdirecting_sign("lager \\u202eregal"), misdirecting_sign("\\u05de\\u05d9\\u05d8\\u05d4"), misdirecting_sign("a \\u2067b\\u2069 c")
    ('\\u202e', None, None)
    """
    if _SIGNS.isdisjoint(text):
        return None
    return next((sign for line in text.splitlines() if (sign := _misdirecting_in(line))), None)


def misdirection_in(text: str) -> Finding | None:
    """The finding for a text that has such a character; what everything that people write is held to."""
    sign = misdirecting_sign(text)
    return None if sign is None else FINDINGS.found("TXT-004", {"sign": f"U+{ord(sign):04X}"})


def _misdirecting_in(line: str) -> str | None:
    opened: list[str] = []
    for sign in line:
        if sign in OVERRIDES:
            return sign
        if sign in CLOSED_BY:
            opened.append(sign)
        elif sign in _CLOSING and (not opened or CLOSED_BY[opened.pop()] != sign):
            return sign
    return opened[0] if opened else None
