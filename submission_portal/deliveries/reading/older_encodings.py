"""Text in the encodings of DOS and of older Macintoshes, and text that was once read in the wrong one. Pure.

å, ä and ö are the same bytes in code pages 437, 850 and 865, which DOS and programs that grew up in it write; others in Mac
Roman. Read as Windows-1252 they are signs that no word has in it (``S”dra``), and the other way round.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LOOKED_AT = 200_000
"""So many bytes at the beginning settle an encoding."""
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


WINDOWS = "windows-1252"
CHOICES = {WINDOWS: "Windows-1252", **NAMES}
"""What a sender may choose among, where a text is neither UTF-8 nor UTF-16."""


@dataclass(frozen=True, slots=True)
class SingleByte:
    """Which single-byte encoding a text is in."""

    encoding: str
    is_certain: bool = True
    """Whether words that the model knows say so, or Windows-1252 has no rival; otherwise it is asked."""
    candidates: tuple[str, ...] = (WINDOWS,)
    """All encodings that the text can be read in."""


def single_byte(data: bytes, known_words: Callable[[str], int]) -> SingleByte:
    """The encoding in which most words are known (headings, names of codes: ``known_words`` counts them); without any, the one in
    which Swedish letters stand within words.

    >>> single_byte("Södra;Överbeläggningar".encode("cp850"), lambda text: "Överbeläggningar" in text).is_certain
    True
    >>> single_byte("Södra;Övriga".encode("cp850"), lambda text: 0)
    SingleByte(encoding='cp850', is_certain=False, candidates=('windows-1252', 'cp850', 'mac-roman'))
    """
    texts = {name: text for name in CHOICES if (text := _decoded(data[:LOOKED_AT], name)) is not None}
    words = {name: known_words(text) for name, text in texts.items()}
    letters = {name: _fitness(text) for name, text in texts.items()}
    if not any(words.values()) and max(letters.values(), default=0) <= 0:
        return SingleByte(WINDOWS)  # nothing in it speaks for another
    best = max(texts, key=lambda name: (words[name], letters[name], name == WINDOWS))
    is_by_words = words[best] > max((count for name, count in words.items() if name != best), default=0)
    return SingleByte(best, is_by_words or best == WINDOWS, tuple(texts))


def codec_of(name: str) -> str:
    """What Python calls an encoding."""
    return "cp1252" if name == WINDOWS else name


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(codec_of(name))
    except UnicodeDecodeError:
        return None


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
    text = text.strip("”“„’‘»«")
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
