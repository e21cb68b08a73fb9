"""What is written of a concept to find it by: words, what they may be reduced to, parts of compounds, endings. Pure.

The same tokens go to FTS5 on SQLite and to a tsvector on PostgreSQL, which compare them and reduce nothing themselves.
"""

from collections.abc import Collection, Iterable

from registry.swedish import words
from termbank.bank.projection import LONGEST_WORD
from termbank.bank.search.compounds import parts, stretches
from termbank.concepts.concept import Concept, Term
from termbank.concepts.wordings import OWN_LANGUAGES
from termbank.definitions.inflection import bases, stem

BACKWARDS = "ʀ"
"""Before a word that is written backwards, by which words are found that end so. A letter, and in no alphabet."""
MOST_TOKENS = 5_000
"""Tokens of a concept's labels, and of its texts; what comes after them is not found."""
LONGEST_LABEL = 200
"""Letters of a label that are compared as a whole."""
SHORTEST_ENDING = 4
"""Letters of a word that is looked for at the end of others. «IVA» is not inside *vårdgivare*."""


def label_words(terms: Iterable[Term]) -> frozenset[str]:
    """The words of the terms, folded."""
    return frozenset(word[:LONGEST_WORD] for term in terms for word in words(term.text))


def splitting_words(terms: Iterable[Term]) -> frozenset[str]:
    """The words of the terms that compounds may be made of; acronyms are not."""
    return frozenset(
        word
        for term in terms
        if not (term.abbreviation or term.text.isupper())
        for word in words(term.text)
        if len(word) >= 3
    )


def possible_parts(terms: Iterable[Term]) -> frozenset[str]:
    """What the words of the terms may be made of; those of them that the term bank has decide."""
    return frozenset(part for word in label_words(terms) for part in stretches(word))


def label_tokens(terms: Iterable[Term], known: Collection[str]) -> str:
    """By what the terms are found, ``known`` being the words that compounds are cut by."""
    found: set[str] = set()
    for term in terms:
        for word in words(term.text):
            for language in _languages(term.language):
                found |= bases(word, language)
                found |= {BACKWARDS + one[::-1] for one in (word, stem(word, language))}
                for part in parts(word, known):
                    found |= {part, stem(part, language)}
    return _joined(found)


def text_tokens(concept: Concept) -> str:
    """By what the definitions, notes, examples and problems are found, together with the words of the terms."""
    notes = (*concept.notes, *concept.examples, *concept.problems)
    said = [
        *((one.language, one.text) for one in concept.terms),
        *((one.language, one.text) for one in concept.definitions),
        *((one.language, one.text) for note in notes for one in note.texts),
    ]
    found: set[str] = set()
    for tag, text in said:
        for word in words(text):
            found |= {word, *(stem(word, language) for language in _languages(tag))}
    return _joined(found)


def whole(text: str) -> str:
    """A label as it is compared as a whole: its words, folded.

    >>> whole("Vård- och  OMSORGSPLATS")
    'vård och omsorgsplats'
    """
    return " ".join(words(text))[:LONGEST_LABEL]


def reduced(text: str, language: str) -> str:
    """A label whose words are reduced to their stems, so that its forms are the same.

    >>> reduced("beläggningarna", "sv") == reduced("beläggning", "sv")
    True
    """
    return " ".join(stem(word, language or OWN_LANGUAGES[0]) for word in words(text))[:LONGEST_LABEL]


def trigrams(word: str) -> frozenset[str]:
    """The stretches of three letters of a word, its beginning and its end marked by blanks.

    >>> sorted(trigrams("iva"))
    ['  i', ' iv', 'iva', 'va ']
    """
    padded = f"  {word} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def _languages(tag: str) -> tuple[str, ...]:
    return (tag,) if tag else OWN_LANGUAGES


def _joined(tokens: Iterable[str]) -> str:
    return " ".join(sorted({one[:LONGEST_WORD] for one in tokens})[:MOST_TOKENS])
