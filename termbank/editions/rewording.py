"""What has changed in the words of a concept between two editions: texts that came, went, or say something else. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rapidfuzz import fuzz

MOST = 50
"""Changes that are told of one concept."""


@dataclass(frozen=True, slots=True)
class Text:
    """A label, definition or note, with its kind and language."""

    kind: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Rewording:
    """A text as it was and as it is; either is empty where there was or is none."""

    kind: str
    language: str
    before: str
    after: str


def rewordings(before: Sequence[Text], after: Sequence[Text]) -> list[Rewording]:
    """The changes, by kind and language in the order of what is there now. What differs is held against what is most like it.

    >>> old = [Text("prefLabel", "sv", "säng"), Text("note", "sv", "en not"), Text("note", "sv", "om sängar i rum")]
    >>> new = [Text("prefLabel", "sv", "säng"), Text("note", "sv", "om sängar i alla rum")]
    >>> [(one.before, one.after) for one in rewordings(old, new)]
    [('om sängar i rum', 'om sängar i alla rum'), ('en not', '')]
    """
    gone, new = [one for one in before if one not in set(after)], [one for one in after if one not in set(before)]
    found: list[Rewording] = []
    for kind, language in dict.fromkeys((one.kind, one.language) for one in (*new, *gone)):
        was = [one.text for one in gone if (one.kind, one.language) == (kind, language)]
        now = [one.text for one in new if (one.kind, one.language) == (kind, language)]
        found += (Rewording(kind, language, old, text) for old, text in _paired(was[:MOST], now[:MOST]))
    return found


def _paired(was: Sequence[str], now: Sequence[str]) -> list[tuple[str, str]]:
    """Each new text with the old one that is most like it, as far as there are old ones."""
    left, chosen = list(was), []
    for text in now[: len(left)]:
        nearest = max(left, key=lambda old: fuzz.ratio(old, text))
        left.remove(nearest)
        chosen.append(nearest)
    return list(zip_longest([*chosen, *left], now, fillvalue=""))
