"""Search among concepts: Swedish stems and prefixes, å ä ö kept apart from a and o.

The term bank holds hundreds of concepts, not millions, so a search reads the current versions and ranks them here.
That makes it the same on both databases, and lets every rule be tested.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from registry.swedish import folded, sort_key
from registry.swedish import words as words_of
from termbank.concepts import Concept
from termbank.inflection import is_form_of
from termbank.notions import TermStatus

LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept that matched; ``term`` is the other term that was hit, if not the preferred one."""

    slug: str
    score: int
    term: str | None = None


def search(concepts: Mapping[str, Concept], query: str, language: str = "sv") -> list[Hit]:
    """Concepts that match every word of ``query``, the best first, then in Swedish order.

    A word matches where it is a form of a word, or the beginning of one; in terms also inside a compound, so that
    *plats* finds *vårdplats*. Both languages are searched, ``language`` ranks first. An empty query finds nothing.
    """
    asked = words(query[:LONGEST_QUERY])
    if not asked:
        return []
    whole = folded(" ".join(query.split()))
    hits = [hit for slug, concept in concepts.items() if (hit := _hit(slug, concept, asked, whole, language))]
    return sorted(hits, key=lambda hit: (-hit.score, sort_key(concepts[hit.slug].title.in_language(language))))


def _hit(slug: str, concept: Concept, asked: tuple[str, ...], whole: str, language: str) -> Hit | None:
    best = Hit(slug, 0)
    for term in concept.terms:
        score = _term_score(term.text, asked, whole, term.language)
        if score:
            is_preferred, is_own = term.status is TermStatus.PREFERRED, term.language == language
            score += (5 if is_own else 0) + (20 if is_preferred else 0)
            if score > best.score:
                best = Hit(slug, score, None if is_preferred and is_own else term.text)
    return best if best.score else _text_hit(slug, concept, asked)


def _term_score(term: str, asked: tuple[str, ...], whole: str, language: str) -> int:
    spelled = folded(term)
    if spelled == whole:
        return 100
    term_words = words(term)
    if len(asked) == len(term_words) and all(
        is_form_of(word, target, language) for word, target in zip(asked, term_words, strict=True)
    ):
        return 90
    if spelled.startswith(whole):
        return 80
    if all(any(_matches(word, target, language) for target in term_words) for word in asked):
        return 60
    if all(len(word) > 2 and word in spelled for word in asked):
        return 40
    return 0


def _text_hit(slug: str, concept: Concept, asked: tuple[str, ...]) -> Hit | None:
    definitions = tuple((one.language, one.text) for one in concept.definitions)
    notes = (*concept.notes, *concept.examples, *concept.problems)
    remarks = tuple((one.language, one.text) for note in notes for one in note.texts)
    labels = tuple((term.language, term.text) for term in concept.terms)
    for score, texts in ((20, definitions), (10, definitions + remarks)):
        for language in dict.fromkeys(tag for tag, _ in (*texts, *labels)):
            said = (text for tag, text in (*texts, *labels) if tag == language)
            spoken = [word for text in said for word in words(text)]
            if all(any(_matches(word, target, language) for target in spoken) for word in asked):
                return Hit(slug, score)
    return None


@lru_cache(maxsize=32_768)
def words(text: str) -> tuple[str, ...]:
    """The words of a text that was searched before, or will be again: contents never change."""
    return tuple(words_of(text))


def _matches(word: str, target: str, language: str) -> bool:
    return (len(word) > 1 and target.startswith(word)) or is_form_of(word, target, language)
