"""What somebody typed, read as words to look for, and as the expressions that the two databases take. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.swedish import words
from termbank.bank.search.tokens import BACKWARDS, SHORTEST_ENDING
from termbank.concepts.wordings import OWN_LANGUAGES
from termbank.definitions.inflection import stem

LONGEST_QUERY = 200
MOST_WORDS = 12
"""Words of a query that are looked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one word of a query finds: words that are one of ``exactly``, and those that begin or end in some way."""

    exactly: tuple[str, ...]
    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()

    def fts5(self, column: str, *, with_endings: bool) -> str:
        """An expression of SQLite's FTS5 (https://www.sqlite.org/fts5.html, 3)."""
        ends = self.endings if with_endings else ()
        said = [f'"{one}"' for one in self.exactly]
        said += [f'"{one}" *' for one in (*self.beginnings, *(BACKWARDS + one[::-1] for one in ends))]
        return f"({column} : ({' OR '.join(said)}))"

    def tsquery(self, *, with_endings: bool) -> str:
        """An expression of PostgreSQL's type ``tsquery``."""
        ends = self.endings if with_endings else ()
        said = [f"'{one}'" for one in self.exactly]
        said += [f"'{one}':*" for one in (*self.beginnings, *(BACKWARDS + one[::-1] for one in ends))]
        return f"({' | '.join(said)})"


def asked_words(query: str) -> tuple[str, ...]:
    """The words of a query, folded, the first dozen.

    >>> asked_words("  Disponibla VÅRDPLATSER! ")
    ('disponibla', 'vårdplatser')
    """
    return tuple(words(query[:LONGEST_QUERY])[:MOST_WORDS])


def wanted(word: str) -> Wanted:
    """What a folded word finds: its other forms, what begins with it, and compounds that end with it.

    >>> wanted("sängar")
    Wanted(exactly=('säng', 'sängar'), beginnings=('sängar',), endings=('säng', 'sängar'))
    >>> wanted("iva"), wanted("x")
    (Wanted(exactly=('iva',), beginnings=('iva',), endings=()), Wanted(exactly=('x',), beginnings=(), endings=()))
    """
    stems = {stem(word, language) for language in OWN_LANGUAGES}
    return Wanted(
        tuple(sorted({word, *stems})),
        (word,) if len(word) > 1 else (),
        tuple(sorted(one for one in {word, stem(word, "sv")} if len(one) >= SHORTEST_ENDING <= len(word))),
    )


def fts5(asked: Sequence[Wanted], column: str, *, with_endings: bool) -> str:
    """All of the words, for SQLite."""
    return " AND ".join(one.fts5(column, with_endings=with_endings) for one in asked)


def tsquery(asked: Sequence[Wanted], *, with_endings: bool) -> str:
    """All of the words, for PostgreSQL."""
    return " & ".join(one.tsquery(with_endings=with_endings) for one in asked)
