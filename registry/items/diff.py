"""What differs between two versions: field by field, and word by word within a field."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from diff_match_patch import diff_match_patch

from registry.findings import Text
from registry.items.kinds import OutlineRow

Token = tuple[Literal["same", "added", "removed"], str]
_WORDS = re.compile(r"\s+|[\w'’-]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """One labelled field with its tokens; ``is_changed`` where any was added or removed."""

    label: Text
    tokens: tuple[Token, ...]

    @property
    def is_changed(self) -> bool:
        return any(kind != "same" for kind, _ in self.tokens)


def word_diff(before: str, after: str) -> tuple[Token, ...]:
    """The words that stay, go and come, in reading order; blanks between two changed words go with them.

    >>> word_diff("säng beslutad av huvudman", "säng beslutad av region")
    (('same', 'säng beslutad av '), ('removed', 'huvudman'), ('added', 'region'))
    """
    words: dict[str, str] = {}

    def encode(text: str) -> str:
        return "".join(words.setdefault(word, chr(0xE000 + len(words))) for word in _WORDS.findall(text))

    first, second = encode(before), encode(after)
    plain = {sign: word for word, sign in words.items()}
    engine = diff_match_patch()
    engine.Diff_Timeout = 0.5
    pieces = engine.diff_main(first, second, False)
    engine.diff_cleanupSemantic(pieces)
    names: dict[int, Literal["same", "added", "removed"]] = {0: "same", 1: "added", -1: "removed"}
    return tuple((names[operation], "".join(plain[sign] for sign in signs)) for operation, signs in pieces)


def outline_diff(before: Sequence[OutlineRow], after: Sequence[OutlineRow], language: str) -> list[FieldDiff]:
    """Two outlines side by side, matched by label (and by order where a label comes more than once)."""
    old, new = _keyed(before, language), _keyed(after, language)
    keys = list(new)
    for position, key in enumerate(old):
        if key not in new:
            keys.insert(min(position, len(keys)), key)
    result = []
    for key in keys:
        label = (new.get(key) or old[key])[0]
        result.append(FieldDiff(label, word_diff(old[key][1] if key in old else "", new[key][1] if key in new else "")))
    return result


def _keyed(rows: Sequence[OutlineRow], language: str) -> dict[tuple[str, int], tuple[Text, str]]:
    keyed: dict[tuple[str, int], tuple[Text, str]] = {}
    seen: dict[str, int] = {}
    for label, value in rows:
        text = value.in_language(language) if isinstance(value, Text) else value
        count = seen[label.en] = seen.get(label.en, 0) + 1
        keyed[label.en, count] = (label, text)
    return keyed
