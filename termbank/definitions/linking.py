"""Terms inside a text, linked to their concepts: longest match first, in any inflected form.

A definition that uses another concept rests on what that concept means, so a reader must be able to go there. The
same linking tells which concepts a definition rests on, which is what finds definitions that go round in a circle.
Words that several concepts bear lead nowhere until the author has chosen a sense (`Definition.links`). Pure.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from registry.swedish import folded, words
from termbank.concepts.concept import TO_BE_USED, Concept, Definition, Term
from termbank.concepts.wordings import OWN_LANGUAGES
from termbank.definitions.inflection import bases, is_form_of, stem
from termbank.notions import TermStatus

_WORD = re.compile(r"[^\W_]+")
NO_PICKS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; ``slug`` names the concept that it is a term of, if any.

    ``senses`` are the concepts that bear the words where they are several and none is chosen: ``slug`` is then ``None``.
    """

    text: str
    slug: str | None = None
    senses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    slug: str
    is_to_be_used: bool
    place: int
    """The order in which terms were added, which senses keep."""


class Linker:
    """The terms of a set of concepts, made ready for finding them in texts.

    >>> from registry.provenance import Provenance
    >>> from termbank.concepts.concept import Concept, Target, Term
    >>> from termbank.notions import Origin
    >>> bed = Concept(Target(), Origin.OFFICIAL, True, Provenance.OWN, (Term("vårdplats", "sv"),))
    >>> Linker({"bed": bed}).pieces("antalet vårdplatser", "sv")
    (Piece(text='antalet ', slug=None, senses=()), Piece(text='vårdplatser', slug='bed', senses=()))
    """

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self._starts: dict[str, dict[str, dict[str, list[_Entry]]]] = {}
        """Entries by language, by what their first word may be reduced to, and by the same of their second (empty where there
        is none): of a thousand terms that begin with one word, those that go on as the text does are looked at."""
        self._added = 0
        for slug, concept in concepts.items():
            self.add(slug, concept.terms)

    def add(self, slug: str, terms: Iterable[Term]) -> None:
        """Have the terms of one more concept found."""
        for term in terms:
            if term.status is not TermStatus.HIDDEN:
                self._added += 1
                entry = _Entry(tuple(words(term.text)), slug, term.status in TO_BE_USED, self._added)
                for language in (term.language,) if term.language else OWN_LANGUAGES:
                    self._add(language, entry)

    def pieces(
        self, text: str, language: str, *, but: Iterable[str] = (), picks: Mapping[str, str] = NO_PICKS
    ) -> tuple[Piece, ...]:
        """``text`` cut into pieces; concepts in ``but`` (the one being defined) are not linked.

        A longer term of a concept in ``but`` still hides the shorter terms inside it. ``picks`` are the chosen concepts of
        words that several bear.
        """
        unlinked = frozenset(but)
        chosen = {tuple(words(phrase)): slug for phrase, slug in picks.items()}
        found = list(_WORD.finditer(text))
        spelled = [folded(match.group()) for match in found]
        pieces: list[Piece] = []
        at = index = 0
        while index < len(found):
            length, senses = self._longest(spelled, index, found, text, language)
            if not senses:
                index += 1
                continue
            start, end = found[index].start(), found[index + length - 1].end()
            if (pick := _pick(spelled[index : index + length], chosen, language)) in senses:
                senses = (pick,)
            if not unlinked.issuperset(senses):
                if start > at:
                    pieces.append(Piece(text[at:start]))
                is_one = len(senses) == 1
                pieces.append(Piece(text[start:end], senses[0]) if is_one else Piece(text[start:end], None, senses))
                at = end
            index += length
        if at < len(text):
            pieces.append(Piece(text[at:]))
        return tuple(pieces)

    def uses(
        self, text: str, language: str, *, but: Iterable[str] = (), picks: Mapping[str, str] = NO_PICKS
    ) -> tuple[str, ...]:
        """The slugs of the concepts whose terms occur in ``text``, in order of appearance."""
        pieces = self.pieces(text, language, but=but, picks=picks)
        return tuple(dict.fromkeys(piece.slug for piece in pieces if piece.slug))

    def used_in(self, definition: Definition | None, *, but: Iterable[str] = ()) -> tuple[str, ...]:
        """The slugs of the concepts that a definition rests on."""
        if definition is None:
            return ()
        return self.uses(definition.text, definition.language, but=but, picks=definition.picks)

    def undecided(self, definition: Definition, *, but: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
        """The words of a definition that several concepts bear and none is chosen for, with those concepts."""
        pieces = self.pieces(definition.text, definition.language, but=but, picks=definition.picks)
        return {piece.text: piece.senses for piece in pieces if piece.senses}

    def _add(self, language: str, entry: _Entry) -> None:
        if not entry.words:
            return
        starts = self._starts.setdefault(language, {})
        seconds = bases(entry.words[1], language) if len(entry.words) > 1 else ("",)
        for base in bases(entry.words[0], language):
            follows = starts.setdefault(base, {})
            for second in seconds:
                follows.setdefault(second, []).append(entry)

    def _longest(
        self, spelled: list[str], index: int, found: list[re.Match[str]], text: str, language: str
    ) -> tuple[int, tuple[str, ...]]:
        """How many words from ``index`` on are a term, and the concepts that bear it."""
        longest, bearers = 0, list[_Entry]()
        for entry in self._beginning(spelled[index : index + 2], language):
            length = len(entry.words)
            if length < longest or index + length > len(spelled) or not _stands_at(entry, spelled, index, language):
                continue
            joined = all(
                text[found[k].end() : found[k + 1].start()].strip(" \u00a0-\n") == ""
                for k in range(index, index + length - 1)
            )
            if joined:
                bearers = [*(bearers if length == longest else ()), entry]
                longest = length
        return longest, _senses(bearers, spelled[index : index + longest])

    def _beginning(self, spelled: list[str], language: str) -> list[_Entry]:
        """The terms that may begin with these words, one or two."""
        starts = self._starts.get(language, {})
        seconds = ("", *(one for word in spelled[1:] for one in (word, stem(word, language))))
        found: list[_Entry] = []
        for first in (spelled[0], stem(spelled[0], language)):
            if follows := starts.get(first):
                entries = {one.place: one for second in seconds for one in follows.get(second, ())}
                found += [entries[place] for place in sorted(entries)]
        return found


def _stands_at(entry: _Entry, spelled: list[str], index: int, language: str) -> bool:
    return all(is_form_of(spelled[index + k], word, language) for k, word in enumerate(entry.words))


def _senses(bearers: list[_Entry], spelled: list[str]) -> tuple[str, ...]:
    """The concepts that words may mean: those that bear them exactly so rather than in another form, and those that bear
    them as a term to be used rather than as one advised against."""
    bearers = [one for one in bearers if one.words == tuple(spelled)] or bearers
    bearers = [one for one in bearers if one.is_to_be_used] or bearers
    return tuple(dict.fromkeys(one.slug for one in bearers))


def _pick(spelled: list[str], chosen: Mapping[tuple[str, ...], str], language: str) -> str:
    """The concept chosen for these words, which may have been chosen in another form of them."""
    if (slug := chosen.get(tuple(spelled))) is not None:
        return slug
    for phrase, slug in chosen.items():
        if len(phrase) == len(spelled) and all(
            is_form_of(one, other, language) or is_form_of(other, one, language)
            for one, other in zip(spelled, phrase, strict=True)
        ):
            return slug
    return ""
