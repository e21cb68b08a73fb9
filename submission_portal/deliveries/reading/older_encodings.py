"""Text in the encodings of DOS and of older Macintoshes, and text that was once read in the wrong one. Pure.

å, ä and ö are the same bytes in code pages 437, 850 and 865, which DOS and programs that grew up in it write; others in Mac
Roman. Read as Windows-1252 they are signs that no word has in it (``S”dra``), and the other way round.
"""

import html
import re
from collections.abc import Iterator

LOOKED_AT = 200_000
"""So many bytes at the beginning settle an encoding."""
LEAST = 2
"""So many Swedish letters within words make an older encoding certain enough."""
NAMES = {"cp850": "DOS (CP437, CP850, CP865)", "mac-roman": "Mac Roman"}
"""What each is called to people."""
_WITHIN_WORDS = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z])")
_SWEDISH = frozenset("åäöÅÄÖ")
_NEUTRAL = frozenset("éÉèüÜáàæøÆØ\u00a0\u00ad–’")
_OF_UTF_8 = frozenset("ÃÂâ")
"""Signs that the first bytes of UTF-8 become in single-byte encodings."""
_SWAPS = (
    ("cp1252", "utf-8"), ("cp1252", "cp850"), ("cp1252", "mac-roman"), ("latin-1", "utf-8"), ("latin-1", "cp850"),
    ("cp850", "cp1252"), ("cp850", "utf-8"), ("cp850", "mac-roman"),
    ("cp437", "cp1252"), ("cp437", "utf-8"), ("cp865", "cp1252"), ("cp865", "utf-8"),
    ("mac-roman", "cp1252"), ("mac-roman", "utf-8"), ("mac-roman", "cp850"),
)  # fmt: skip
"""How a text was read, and what it was written in."""


def older_encoding(data: bytes) -> str | None:
    """``"cp850"`` or ``"mac-roman"`` where Swedish letters stand within words in that encoding alone.

    >>> older_encoding("Södra;Överbeläggningar".encode("cp850")), older_encoding("Södra;Överbelägg".encode("cp1252"))
    ('cp850', None)
    """
    start = data[:LOOKED_AT]
    fitness, encoding = max((_fitness(start.decode(each)), each) for each in NAMES)
    return encoding if fitness >= LEAST else None


def repaired(text: str) -> Iterator[str]:
    """What a text that was once read in the wrong encoding may have been.

    >>> "Överbeläggningar" in repaired("Ã–verbelÃ¤ggningar"), "Månad" in repaired("M†nad"), "Månad" in repaired("MŒnad")
    (True, True, True)
    """
    for read_as, written_in in _SWAPS if not text.isascii() else ():
        try:
            yield text.encode(read_as).decode(written_in)
        except UnicodeError:
            continue


def ungarbled(text: str) -> str | None:
    """What a name with signs of a wrong encoding or of a web page was meant to be; ``None`` where it has none.

    >>> ungarbled("Ã–ron"), ungarbled("&Ouml;ron"), ungarbled("Öron"), ungarbled("R&D"), ungarbled("Ö\ufffdron")
    ('Öron', 'Öron', None, None, 'Ö?ron')
    """
    if "\ufffd" in text:
        return text.replace("\ufffd", "?")
    if "&" in text and (plain := html.unescape(text)) != text:
        return plain
    as_it_stands = _fitness(text)
    if as_it_stands >= 0 and _OF_UTF_8.isdisjoint(text):
        return None
    better = [(_fitness(each), each) for each in repaired(text)]
    fitness, meant = max(better, default=(0, text))
    return meant if fitness > max(0, as_it_stands) else None


def _fitness(text: str) -> int:
    """Swedish letters within words, less the signs there that no word has."""
    found = _WITHIN_WORDS.findall(text)
    return sum(1 if sign in _SWEDISH else 0 if sign in _NEUTRAL else -1 for sign in found)
