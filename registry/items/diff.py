"""What differs between two versions: field by field, and word by word within a field."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Literal

from diff_match_patch import diff_match_patch

from registry.findings import Language, Text
from registry.items.outlines import Mention, Named, OutlineRow, Word

Token = tuple[Literal["same", "added", "removed"], str]
LIKENESS = 0.5
"""How much of two texts in a list must be the same for one to be a changed form of the other."""
_WORDS = re.compile(r"\s+|[\w'’-]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """One labelled field with its tokens; ``is_changed`` where any was added or removed."""

    label: Text
    tokens: tuple[Token, ...]
    url: str | None = None
    """Where the item is that the field names, where it names one."""

    @property
    def is_changed(self) -> bool:
        return any(kind != "same" for kind, _ in self.tokens)

    @property
    def before(self) -> str:
        """What it said; ``after``, what it says."""
        return "".join(words for kind, words in self.tokens if kind != "added")

    @property
    def after(self) -> str:
        return "".join(words for kind, words in self.tokens if kind != "removed")


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


def outline_diff(
    before: Sequence[OutlineRow],
    after: Sequence[OutlineRow],
    language: Language,
    names: Mapping[Mention, Named] = MappingProxyType({}),
    *,
    is_whole: bool = False,
) -> list[FieldDiff]:
    """Two outlines side by side. Rows are matched by label; where a label comes more than once (notes, synonyms) its rows
    are aligned by what they say, so that one that was put in shows as that one alone. What differs in the reader's other
    language comes in a row of its own: a reader decides on both. ``is_whole``: so does what it says where it does not differ,
    for those who lay several comparisons beside each other.

    >>> note = Text("Anmärkning", "Note")
    >>> rows = outline_diff([(note, "ett"), (note, "två")], [(note, "noll"), (note, "ett"), (note, "två")], "sv")
    >>> [row.tokens for row in rows if row.is_changed]
    [(('added', 'noll'),)]
    >>> [row] = outline_diff([(note, Text("ett", "one"))], [(note, Text("två", "one"))], "en")
    >>> row.label.en, row.tokens
    ('Note (in Swedish)', (('removed', 'ett'), ('added', 'två')))
    >>> both = outline_diff([(note, Text("ett", "one"))], [(note, Text("två", "two"))], "sv")
    >>> [(row.label.sv, row.before, row.after) for row in both]
    [('Anmärkning', 'ett', 'två'), ('Anmärkning (på engelska)', 'one', 'two')]
    """
    old, new = _by_label(before, language, names), _by_label(after, language, names)
    labels = list(new)
    for position, label in enumerate(old):
        if label not in new:
            labels.insert(min(position, len(labels)), label)
    return [
        row
        for label in labels
        for first, second in _aligned(old.get(label, []), new.get(label, []))
        for row in _compared(first or _NOTHING, second or _NOTHING, language, is_whole)
    ]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it is read; ``other`` is what it says in the other language, ``is_name`` where it names an item or a
    choice: then both say the same."""

    label: Text
    text: str
    other: str
    url: str | None
    is_name: bool = False


_NOTHING = _Row(Text("", ""), "", "", None)
_OTHER: Mapping[Language, Language] = {"sv": "en", "en": "sv"}
_SAID_IN: Mapping[Language, Text] = {"sv": Text("på svenska", "in Swedish"), "en": Text("på engelska", "in English")}


def _compared(first: _Row, second: _Row, language: Language, is_whole: bool) -> Iterator[FieldDiff]:
    """What differs in the reader's language, and then in the other; one row with what it says where nothing does."""
    shown = first if second is _NOTHING else second
    differs, other_differs = first.text != second.text, first.other != second.other
    if differs or not other_differs or is_whole:
        yield FieldDiff(shown.label, word_diff(first.text, second.text), shown.url)
    is_translation = not shown.is_name and (first.other, second.other) != (first.text, second.text)
    if (other_differs or is_whole) and (is_translation or not (differs or is_whole)):
        said_in = _SAID_IN[_OTHER[language]]
        label = Text(f"{shown.label.sv} ({said_in.sv})", f"{shown.label.en} ({said_in.en})")
        yield FieldDiff(label, word_diff(first.other, second.other), shown.url)


def _by_label(rows: Sequence[OutlineRow], language: Language, names: Mapping[Mention, Named]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for label, value in rows:
        found.setdefault(label.en, []).append(_row(label, value, language, names))
    return found


def _row(label: Text, value: Text | str | Mention, language: Language, names: Mapping[Mention, Named]) -> _Row:
    text, other = (_said(value, one, names) for one in (language, _OTHER[language]))
    if isinstance(value, Text):  # what is not translated is said in no other language
        other = value.en if language == "sv" else value.sv
    named = names.get(value) if isinstance(value, Mention) else None
    return _Row(label, text, other, named.url if named else None, isinstance(value, Mention | Word))


def _said(value: Text | str | Mention, language: Language, names: Mapping[Mention, Named]) -> str:
    if not isinstance(value, Mention):
        return value.in_language(language) if isinstance(value, Text) else value
    named = names.get(value)
    title = named.title.in_language(language) if named else value.slug or value.item or ""
    about = value.about.in_language(language) if value.about else ""
    return f"{title}: {about}" if about else title


def _aligned(old: Sequence[_Row], new: Sequence[_Row]) -> Iterator[tuple[_Row | None, _Row | None]]:
    """Rows of one label in pairs, in the order of the new ones; what has no counterpart stands alone."""
    if len(old) == len(new) == 1:
        yield old[0], new[0]
        return
    matcher = SequenceMatcher(None, [row.text for row in old], [row.text for row in new], autojunk=False)
    for _, first, last, begin, end in matcher.get_opcodes():
        yield from _paired(old[first:last], new[begin:end])


def _paired(old: Sequence[_Row], new: Sequence[_Row]) -> Iterator[tuple[_Row | None, _Row | None]]:
    """Rows that were put in the place of others: each with the first of those that it is like, the rest alone."""
    waiting = list(old)
    for row in new:
        like = next((position for position, one in enumerate(waiting) if _is_like(one.text, row.text)), None)
        if like is None:
            yield None, row
            continue
        for gone in waiting[:like]:
            yield gone, None
        yield waiting[like], row
        waiting = waiting[like + 1 :]
    for gone in waiting:
        yield gone, None


def _is_like(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio() >= LIKENESS
