"""A search in the term bank: what was found, in order, or what was probably meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from termbank.bank.search import words
from termbank.bank.search.asking import asked_words
from termbank.bank.search.candidates import MOST, candidates
from termbank.bank.search.corrections import MOST_CHANGED, closest, corrected
from termbank.bank.search.ranking import Hit, Rank, ranked
from termbank.notions import TermStatus


@dataclass(frozen=True, slots=True)
class Results:
    """Hits in order. ``meant`` are those for what was probably meant, where no label was found. ``are_cut``: there are more."""

    hits: tuple[Hit, ...] = ()
    meant: tuple[Hit, ...] = ()
    are_cut: bool = False


def search(
    session: Session,
    query: str,
    language: str,
    *,
    status: TermStatus | None = None,
    conditions: Sequence[ColumnElement[bool]] = (),
    most: int = MOST,
    with_texts: bool = True,
) -> Results:
    """Concepts in force or coming that have every word of ``query``; nothing where it has none.

    A word is found where it is a form of a word or the beginning of one; in labels also at the end of a compound and as one
    of its parts. A bounded number of statements.
    """
    asked = asked_words(query)
    if not asked:
        return Results()
    found = candidates(session, asked, language, conditions, most, with_texts=with_texts)
    hits = tuple(ranked(found.found, asked, language, status))
    is_found = any(hit.rank > Rank.TEXT for hit in hits)
    meant = () if is_found else _meant(session, asked, language, status, conditions, most)
    return Results(hits, meant, found.are_cut)


def _meant(
    session: Session,
    asked: Sequence[str],
    language: str,
    status: TermStatus | None,
    conditions: Sequence[ColumnElement[bool]],
    most: int,
) -> tuple[Hit, ...]:
    """What the nearest words find by label, the nearest first."""
    known = words.known(session, asked)
    unknown = [word for word in dict.fromkeys(asked) if word not in known][:MOST_CHANGED]
    near = {word: closest(word, some) for word, some in words.candidates(session, unknown).items()}
    found: dict[str, Hit] = {}
    for way in corrected(asked, near):
        some = candidates(session, way, language, conditions, most, with_texts=False)
        for hit in ranked(some.found, way, language, status):
            found.setdefault(hit.found.item, hit)
        if len(found) >= MOST_MEANT:
            break
    return tuple(found.values())[:MOST_MEANT]


MOST_MEANT = 5
"""Concepts that are suggested."""
