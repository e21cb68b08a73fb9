"""The words of the published terms: which compounds they cut, and which of them a misspelt word is nearly.

The words of terms that are no longer in force stay until everything is made anew (`termbank.bank.indexing.rebuild`); what is
suggested is searched for first, so that nobody is led to nothing.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, insert, literal, select, text, union_all, update
from sqlalchemy.orm import Session

from registry.items import queries as items
from registry.items.tables import Version
from registry.swedish import folded
from termbank.bank.search.asking import Wanted
from termbank.bank.search.compounds import joints, stretches
from termbank.bank.search.corrections import MOST_DIFFERENCE
from termbank.bank.search.matching import matched
from termbank.bank.search.tokens import label_words, possible_parts, splitting_words, trigrams
from termbank.bank.tables import ConceptSearch, TermWord, WordTrigram
from termbank.concepts.concept import Concept

AT_ONCE = 2_000
SHORTEST_WIDE = 14
"""Letters of a word that may be too wide for a box of a diagram."""
LONGEST_MENDED = 60
"""Letters of a word that is mended; a longer one has no trigrams."""
MOST_CANDIDATES = 200
MOST_CUT = 500
"""Versions whose compounds are cut anew when a word is new. Where there are more, ``termbank reindex`` cuts the rest."""
COMMON = 1_000
"""Rows from which on a trigram says little; those that are rarer are asked first."""
MOST_ROWS = 5_000


def add(session: Session, concepts: Iterable[Concept]) -> frozenset[str]:
    """Note the words of these concepts' terms. Gives those that compounds were not cut by before."""
    all_words, splitting = set[str](), set[str]()
    for concept in concepts:
        all_words |= label_words(concept.terms)
        splitting |= splitting_words(concept.terms)
    before = _known(session, all_words)
    new = sorted(all_words - before.keys())
    if new:
        session.execute(insert(TermWord), [{"word": word, "splits": word in splitting} for word in new])
        rows = [
            {"trigram": trigram, "length": len(word), "word": word}
            for word in new
            if len(word) <= LONGEST_MENDED
            for trigram in sorted(trigrams(word))
        ]
        if rows:
            session.execute(insert(WordTrigram), rows)
    changed = sorted(word for word, splits in before.items() if word in splitting and not splits)
    for start in range(0, len(changed), AT_ONCE):
        some = changed[start : start + AT_ONCE]
        session.execute(update(TermWord).where(TermWord.word.in_(some)).values(splits=True))
    return frozenset(word for word in (*new, *changed) if word in splitting)


def known_parts(session: Session, concepts: Iterable[Concept]) -> frozenset[str]:
    """The words that the terms of these concepts may be cut by."""
    wanted = {part for concept in concepts for part in possible_parts(concept.terms)}
    return frozenset(word for word, splits in _known(session, wanted).items() if splits)


def joints_in(session: Session, labels: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Where the parts of the wide words of these labels meet, by word: those that are made of words of the term bank."""
    wide = {
        one: folded(one) for label in labels for one in label.split() if SHORTEST_WIDE <= len(one) <= LONGEST_MENDED
    }
    cut = {one: word for one, word in wide.items() if len(word) == len(one)}
    parts = {part for word in cut.values() for part in stretches(word)}
    known = {part for part, splits in _known(session, parts).items() if splits} if parts else set()
    return {one: found for one, word in cut.items() if (found := joints(word, known))}


def versions_cut_by(session: Session, new: Iterable[str]) -> list[Version]:
    """Versions in force or coming with a term in which one of these words stands inside another."""
    compounds: set[str] = set()
    for word in sorted(new):
        inner = [word[place : place + 3] for place in range(len(word) - 2)]
        if len(compounds) >= MOST_CUT or not inner:
            break
        counts = _counts(session, [(gram, len(word) + 1, LONGEST_MENDED) for gram in inner])
        containing = select(WordTrigram.word).where(
            WordTrigram.trigram == min(zip(counts, inner, strict=True))[1],
            WordTrigram.length > len(word),
            WordTrigram.word.contains(word, autoescape=True),
        )
        compounds |= set(session.scalars(containing.limit(MOST_CUT)))
    found: dict[str, Version] = {}
    for compound in sorted(compounds)[:MOST_CUT]:
        bearing = select(Version).join(ConceptSearch, ConceptSearch.version_id == Version.id).where(items.not_ended())
        rows = matched(session, bearing, (Wanted((compound,)),), "labels").limit(MOST_CUT)
        found |= {version.id: version for version in session.scalars(rows)}
    return list(found.values())


def candidates(session: Session, words: Sequence[str]) -> dict[str, list[str]]:
    """For each word at most two hundred that share letters with it and are about as long, those that share most first.

    Two statements. The rarest of its trigrams are asked, as far as they have few rows together.
    """
    wanted = [(word, gram) for word in words if len(word) <= LONGEST_MENDED for gram in sorted(trigrams(word))]
    if not wanted:
        return {}
    counts = _counts(
        session, [(gram, len(word) - MOST_DIFFERENCE, len(word) + MOST_DIFFERENCE) for word, gram in wanted]
    )
    queries = []
    for word in dict.fromkeys(word for word, _ in wanted):
        counted = [(number, gram) for (of, gram), number in zip(wanted, counts, strict=True) if of == word]
        if chosen := _rarest(counted):
            shared = select(literal(word).label("of"), WordTrigram.word, func.count().label("shared"))
            shared = shared.where(WordTrigram.trigram.in_(chosen), _about_as_long(word)).group_by(WordTrigram.word)
            best = shared.order_by(func.count().desc(), WordTrigram.word).limit(MOST_CANDIDATES).subquery()
            queries.append(select(best))
    found: dict[str, list[str]] = {}
    for of, word, _shared in session.execute(union_all(*queries)) if queries else ():
        found.setdefault(of, []).append(word)
    return found


def known(session: Session, asked: Sequence[str]) -> frozenset[str]:
    """Those of the words that are words of published terms."""
    return frozenset(_known(session, set(asked)))


def _rarest(counted: Iterable[tuple[int, str]]) -> list[str]:
    chosen, rows = list[str](), 0
    for number, gram in sorted(counted):
        if number and (rows + number <= MOST_ROWS or not chosen):
            chosen.append(gram)
            rows += number
    return chosen


def _about_as_long(word: str) -> ColumnElement[bool]:
    return WordTrigram.length.between(len(word) - MOST_DIFFERENCE, len(word) + MOST_DIFFERENCE)


def _counts(session: Session, asked: Sequence[tuple[str, int, int]]) -> list[int]:
    """How many rows each trigram has for words of these lengths, up to `COMMON`; one statement, written as text since it is
    asked for while somebody types."""
    parts = [
        f"SELECT {place} AS place, count(*) AS number FROM (SELECT 1 FROM word_trigram "
        f"WHERE trigram = :g{place} AND length BETWEEN :a{place} AND :b{place} LIMIT {COMMON}) AS counted"
        for place in range(len(asked))
    ]
    values = {
        f"{name}{place}": value
        for place, one in enumerate(asked)
        for name, value in zip(("g", "a", "b"), one, strict=True)
    }
    rows = session.execute(text(" UNION ALL ".join(parts)), values)
    return [number for _place, number in sorted(rows.all())]


def _known(session: Session, words: set[str]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    ordered = sorted(words)
    for start in range(0, len(ordered), AT_ONCE):
        rows = select(TermWord.word, TermWord.splits).where(TermWord.word.in_(ordered[start : start + AT_ONCE]))
        found |= dict(session.execute(rows).all())
    return found
