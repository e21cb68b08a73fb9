"""Finding resources of editions by the beginnings of their words: every word that is asked for must begin a word of a label.

What a term bank's search shows beside its own concepts comes from `find`, over as many files as are given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from registry.findings import Language
from registry.swedish import sort_key, words
from termbank.concepts.wordings import OWN_LANGUAGES
from termbank.definitions.inflection import stem
from termbank.editions.rows import COLLECTION, CONCEPT, LABELS, MOST_KEY, NOTATION, ORDERED
from termbank.editions.tables import EditionResource, EditionText, EditionWord

MOST = 500
"""So many are found at most: whoever asks for more writes more letters."""
MOST_WORDS = 8
MOST_LABELS = 2_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A resource that was found, and the label or notation that was found of it, where that is not its name."""

    resource: EditionResource
    label: EditionText | None = None


def find(session: Session, files: Sequence[int], query: str, language: Language, most: int = MOST) -> list[EditionResource]:  # fmt: skip
    """Concepts and collections of these files with a label for the query: those called so first, then those whose names begin
    so, then the others, by name. Where nothing is found, other forms of the words are (*vårdplatserna*: *vårdplats*). At most
    ``most``, which costs the same however large the files are."""
    for asked in _ways(query):
        found = [one for file_id in files for one in _found_in(session, file_id, asked, query, language, most)]
        if found:
            break
    else:
        return []
    return found if len(files) == 1 else sorted(found, key=lambda one: _nearness(one, query, language))[:most]


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


def _found_in(session: Session, file_id: int, asked: Sequence[str], query: str, language: Language, most: int) -> list[EditionResource]:  # fmt: skip
    """What is found in one file, in order. The longest word is looked up first, and bounds what the others are held against."""
    numbers = (
        select(EditionWord.resource)
        .join(
            EditionResource,
            and_(EditionResource.file_id == EditionWord.file_id, EditionResource.number == EditionWord.resource),
        )
        .where(_begins(file_id, asked[0]), EditionResource.kind.in_((CONCEPT, COLLECTION, ORDERED)))
        .distinct()
        .limit(most)
    )
    for word in asked[1:]:
        numbers = numbers.where(EditionWord.resource.in_(select(EditionWord.resource).where(_begins(file_id, word))))
    resources = session.scalars(
        select(EditionResource).where(
            EditionResource.file_id == file_id, EditionResource.number.in_(session.scalars(numbers).all())
        )
    )
    return sorted(resources, key=lambda one: _nearness(one, query, language))


def _begins(file_id: int, word: str) -> ColumnElement[bool]:
    """The condition on words of a file that begin so. Nothing in UTF-8 has the byte 255."""
    begun = word[:MOST_KEY].encode()
    return and_(EditionWord.file_id == file_id, EditionWord.word.between(begun, begun + b"\xff"))


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
    return all(any(word.startswith(begun) for word in said) for begun in asked)
