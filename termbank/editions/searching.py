"""Finding resources of editions: every word that is asked for must begin a word of a label, or be the end of a compound in one.

What a term bank's search shows beside its own concepts comes from `find`, over as many files as are given; where it finds
nothing, `meant` has what is spelt nearly so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select, union
from sqlalchemy.orm import Session

from registry.findings import Language
from registry.swedish import sort_key, words
from termbank.bank.search.corrections import MOST_CHANGED, closest, corrected
from termbank.bank.search.tokens import SHORTEST_ENDING
from termbank.concepts.wordings import OWN_LANGUAGES
from termbank.definitions.inflection import stem
from termbank.editions.rows import COLLECTION, CONCEPT, LABELS, MOST_KEY, NOTATION, ORDERED
from termbank.editions.tables import EditionResource, EditionSpelling, EditionText, EditionWord

MOST = 500
"""So many are found at most: whoever asks for more writes more letters."""
MOST_MEANT = 5
"""Resources that are suggested where nothing is found."""
MOST_ALIKE = 3_000
"""Words with the same beginning, or the same end, that one which nobody bears is compared with."""
SAME_LETTERS = 3
"""Letters that a misspelt word and what was meant have in common at the beginning or at the end, or a third of it."""
MOST_WORDS = 8
MOST_LABELS = 2_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A resource that was found, and the label or notation that was found of it, where that is not its name."""

    resource: EditionResource
    label: EditionText | None = None


def find(session: Session, files: Sequence[int], query: str, language: Language, most: int = MOST) -> list[EditionResource]:  # fmt: skip
    """Concepts and collections of these files with a label for the query: those called so first, then those whose names begin
    so, then the others, by name; after them those with a compound that ends so (*säng*: *sjukhussäng*). Where nothing is found,
    other forms of the words are (*vårdplatserna*: *vårdplats*). At most ``most``, which costs the same however large the files
    are."""
    for asked in _ways(query):
        begun = _in_order(session, files, asked, query, language, most, with_endings=False)
        room = most - len(begun)
        ended = _in_order(session, files, asked, query, language, most, with_endings=True) if room else []
        keys = {(one.file_id, one.number) for one in begun}
        found = [*begun, *(one for one in ended if (one.file_id, one.number) not in keys)]
        if found:
            return found[:most]
    return []


def meant(session: Session, files: Sequence[int], query: str, language: Language) -> list[EditionResource]:
    """What the nearest words find, the nearest first: for a query that finds nothing. A bounded number of statements."""
    asked = list(dict.fromkeys(words(query)))[:MOST_WORDS]
    near = {word: closest(word, _alike(session, files, word)) for word in _unknown(session, files, asked)}
    found: dict[tuple[int, int], EditionResource] = {}
    for way in corrected(asked, near):
        for one in find(session, files, " ".join(way), language, MOST_MEANT):
            found.setdefault((one.file_id, one.number), one)
    return list(found.values())[:MOST_MEANT]


def labelled(session: Session, found: Sequence[EditionResource], query: str, language: Language) -> list[Hit]:
    """The resources of a page of what was found, each with the label that made it be found."""
    ways = list(_ways(query))
    said: dict[tuple[int, int], list[EditionText]] = {}
    for text in _labels_of(session, found):
        said.setdefault((text.file_id, text.resource), []).append(text)
    hits = []
    for one in found:
        name = one.name_sv if language == "sv" else one.name_en
        texts, label = said.get((one.file_id, one.number), ()), None
        if not any(_fits(name, asked) for asked in ways):
            label = next((text for asked in ways for text in texts if _fits(text.text, asked)), None)
        hits.append(Hit(one, label))
    return hits


def _ways(query: str) -> Iterable[list[str]]:
    """What words must begin with, the longest first: as they are written and then, where nothing is found, as their stems."""
    asked = list(dict.fromkeys(words(query)))[:MOST_WORDS]
    stems = [min((stem(word, language) for language in OWN_LANGUAGES), key=len) for word in asked]
    for way in dict.fromkeys((tuple(asked), tuple(dict.fromkeys(stems)))):
        if way:
            yield sorted(way, key=len, reverse=True)


def _in_order(
    session: Session, files: Sequence[int], asked: Sequence[str], query: str, language: Language, most: int, *, with_endings: bool
) -> list[EditionResource]:  # fmt: skip
    """What is found in the files, in order. The longest word is looked up first, and bounds what the others are held against."""
    if with_endings and not any(len(word) >= SHORTEST_ENDING for word in asked):
        return []
    found: list[EditionResource] = []
    for file_id in files:
        first, *others = (_bearers(file_id, word, with_endings=with_endings) for word in asked)
        bearers = first.subquery()
        is_it = and_(EditionResource.file_id == file_id, EditionResource.number == bearers.c.resource)
        numbers = (
            select(bearers.c.resource)
            .join(EditionResource, is_it)
            .where(
                EditionResource.kind.in_((CONCEPT, COLLECTION, ORDERED)),
                *(bearers.c.resource.in_(some) for some in others),
            )
            .distinct()
            .limit(most)
        )
        of_file = EditionResource.file_id == file_id, EditionResource.number.in_(session.scalars(numbers).all())
        found += session.scalars(select(EditionResource).where(*of_file))
    return sorted(found, key=lambda one: _nearness(one, query, language))[:most]


def _bearers(file_id: int, word: str, *, with_endings: bool) -> Select[int]:
    """The resources with a word that begins so or, ``with_endings``, ends so. «IVA» is at the end of no word."""
    begins = select(EditionWord.resource).where(_starts(EditionWord.word, file_id, word))
    if not with_endings or len(word) < SHORTEST_ENDING:
        return begins
    spelt = select(EditionSpelling.word).where(
        EditionSpelling.file_id == file_id, _from(EditionSpelling.backwards, word[::-1])
    )
    ends = select(EditionWord.resource).where(EditionWord.file_id == file_id, EditionWord.word.in_(spelt))
    both = union(begins, ends).subquery()
    return select(both.c.resource)


def _starts(column: Any, file_id: int, word: str) -> ColumnElement[bool]:
    return and_(column.class_.file_id == file_id, _from(column, word))


def _from(column: Any, word: str) -> ColumnElement[bool]:
    """The condition on words that begin so. Nothing in UTF-8 has the byte 255."""
    begun = word[:MOST_KEY].encode()
    between: ColumnElement[bool] = column.between(begun, begun + b"\xff")
    return between


def _unknown(session: Session, files: Sequence[int], asked: Sequence[str]) -> list[str]:
    """Those of the words that none of the files has, the first few."""
    keys = [word[:MOST_KEY].encode() for word in asked]
    rows = session.scalars(
        select(EditionSpelling.word).where(EditionSpelling.file_id.in_(files), EditionSpelling.word.in_(keys))
    )
    known = {bytes(one).decode() for one in rows}
    return [word for word in asked if word not in known][:MOST_CHANGED]


def _alike(session: Session, files: Sequence[int], word: str) -> set[str]:
    """Words of the files that begin as this one does, or end so: of two that are nearly the same, one end is hardly ever wrong
    in both."""
    same = max(SAME_LETTERS, len(word) // 3)
    found: set[str] = set()
    for file_id in files:
        for condition in (
            _from(EditionSpelling.word, word[:same]),
            _from(EditionSpelling.backwards, word[::-1][:same]),
        ):
            rows = select(EditionSpelling.word).where(EditionSpelling.file_id == file_id, condition).limit(MOST_ALIKE)
            found |= {bytes(one).decode() for one in session.scalars(rows)}
    return found


def _nearness(one: EditionResource, query: str, language: Language) -> tuple[int, bytes, int, int]:
    """What hits are sorted by."""
    name, key = one.sort_sv if language == "sv" else one.sort_en, sort_key(query)[:MOST_KEY].encode()
    return 0 if name == key else 1 if name.startswith(key) else 2, name, one.file_id, one.number


def _labels_of(session: Session, found: Sequence[EditionResource]) -> Iterable[EditionText]:
    by_file: Mapping[int, list[int]] = {}
    for one in found:
        by_file.setdefault(one.file_id, []).append(one.number)  # type: ignore[attr-defined]
    for file_id, numbers in by_file.items():
        yield from session.scalars(
            select(EditionText)
            .where(
                EditionText.file_id == file_id,
                EditionText.resource.in_(numbers),
                EditionText.kind.in_((*LABELS, NOTATION)),
            )
            .order_by(EditionText.resource, EditionText.number)
            .limit(MOST_LABELS)
        )


def _fits(text: str, asked: Sequence[str]) -> bool:
    said = words(text)
    return all(
        any(word.startswith(one) or (len(one) >= SHORTEST_ENDING and word.endswith(one)) for word in said)
        for one in asked
    )
