"""What is read from a concept to find it by: its terms in order, how they may begin, and the words of its definitions. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.swedish import folded, initial, sort_key, words
from termbank.concepts.concept import Concept, Term
from termbank.concepts.wordings import OWN_LANGUAGES
from termbank.definitions.inflection import bases, stem
from termbank.notions import TermStatus

LONGEST_WORD = 200
"""Letters of a word that are looked at."""


@dataclass(frozen=True, slots=True)
class ReadTerm:
    """A term with its place in a list; ``names`` are the languages of the interface in which the concept is called so."""

    term: Term
    sort_key: bytes
    initial: str
    names: frozenset[str]


def read_terms(concept: Concept) -> tuple[ReadTerm, ...]:
    """The terms, in the order of the content; for each language of the interface exactly one names the concept."""
    title = concept.title
    named: dict[int, set[str]] = {}
    for language in OWN_LANGUAGES:
        called = title.in_language(language)
        places = [place for place, term in enumerate(concept.terms) if term.text == called]
        own = [place for place in places if concept.terms[place].language == language]
        if places:
            named.setdefault((own or places)[0], set()).add(language)
    return tuple(
        ReadTerm(term, sort_key(term.text).encode(), initial(term.text), frozenset(named.get(place, ())))
        for place, term in enumerate(concept.terms)
    )


def starts(concept: Concept) -> frozenset[tuple[str, str]]:
    """What a word may be, or be reduced to, where a term of the concept begins: (language, start)."""
    found = set()
    for term in concept.terms:
        spelled = words(term.text)
        if spelled and term.status is not TermStatus.HIDDEN:
            for language in (term.language,) if term.language else OWN_LANGUAGES:
                found |= {(language, start[:LONGEST_WORD]) for start in bases(spelled[0], language)}
    return frozenset(found)


def spelled(texts: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """The words of texts and their stems, each of which a term may begin with: (language, word).

    >>> sorted(spelled([("sv", "Vårdplatser")]))
    [('sv', 'vårdplats'), ('sv', 'vårdplatser')]
    """
    found = set()
    for language, text in texts:
        for word in words(folded(text)):
            found |= {(language, one[:LONGEST_WORD]) for one in (word, stem(word, language))}
    return frozenset(found)


def definition_words(concept: Concept) -> frozenset[tuple[str, str]]:
    """The words of the definitions and their stems: (language, word)."""
    return spelled((one.language, one.text) for one in concept.definitions)


def linked_texts(concept: Concept) -> list[tuple[str, str]]:
    """Every text in which terms become links, with its language."""
    notes = (*concept.notes, *concept.examples, *concept.problems)
    return [
        *((one.language, one.text) for one in concept.definitions),
        *((said.language, said.text) for note in notes for said in note.texts),
    ]
