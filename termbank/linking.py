"""Terms inside a text, linked to their concepts: longest match first, in any inflected form.

A definition that uses another concept rests on what that concept means, so a reader must be able to go there. The
same linking tells which concepts a definition rests on, which is what finds definitions that go round in a circle.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registry.swedish import folded, words
from termbank.concepts import Concept
from termbank.inflection import bases, is_form_of, stem

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; ``slug`` names the concept that it is a term of, if any."""

    text: str
    slug: str | None = None


class Linker:
    """The terms of a set of concepts, made ready for finding them in texts.

    >>> from registry.provenance import Provenance
    >>> from termbank.concept_schema import Origin
    >>> from termbank.concepts import Concept, Terms
    >>> bed = Concept("s", Origin.OFFICIAL, True, Provenance.OWN, {"sv": Terms("vårdplats"), "en": Terms("bed")}, None)
    >>> Linker({"vardplats": bed}).pieces("antalet vårdplatser per dag", "sv")
    (Piece(text='antalet ', slug=None), Piece(text='vårdplatser', slug='vardplats'), Piece(text=' per dag', slug=None))
    """

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self._starts: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {"sv": {}, "en": {}}
        for slug, concept in concepts.items():
            for language, terms in concept.terms.items():
                for term in terms.all():
                    self._add(language, tuple(words(term)), slug)
        for starts in self._starts.values():
            for entries in starts.values():
                entries.sort(key=lambda entry: (-len(entry[0]), entry))

    def pieces(self, text: str, language: str, *, but: Iterable[str] = ()) -> tuple[Piece, ...]:
        """``text`` cut into pieces; concepts in ``but`` (the one being defined) are not linked.

        A longer term of a concept in ``but`` still hides the shorter terms inside it.
        """
        unlinked = frozenset(but)
        found = list(_WORD.finditer(text))
        spelled = [folded(match.group()) for match in found]
        pieces: list[Piece] = []
        at = index = 0
        while index < len(found):
            length, slug = self._longest(spelled, index, found, text, language)
            if not slug:
                index += 1
                continue
            start, end = found[index].start(), found[index + length - 1].end()
            if slug not in unlinked:
                if start > at:
                    pieces.append(Piece(text[at:start]))
                pieces.append(Piece(text[start:end], slug))
                at = end
            index += length
        if at < len(text):
            pieces.append(Piece(text[at:]))
        return tuple(pieces)

    def uses(self, text: str, language: str, *, but: Iterable[str] = ()) -> tuple[str, ...]:
        """The slugs of the concepts whose terms occur in ``text``, in order of appearance."""
        pieces = self.pieces(text, language, but=but)
        return tuple(dict.fromkeys(piece.slug for piece in pieces if piece.slug))

    def _add(self, language: str, term: tuple[str, ...], slug: str) -> None:
        if not term:
            return
        for base in bases(term[0], language):
            self._starts[language].setdefault(base, []).append((term, slug))

    def _longest(
        self, spelled: list[str], index: int, found: list[re.Match[str]], text: str, language: str
    ) -> tuple[int, str | None]:
        starts = self._starts[language]
        word = spelled[index]
        candidates = starts.get(word, []) + starts.get(stem(word, language), [])
        best: tuple[int, str | None] = (0, None)
        for term, slug in candidates:
            length = len(term)
            if length <= best[0] or index + length > len(spelled):
                continue
            joined = all(
                text[found[k].end() : found[k + 1].start()].strip(" \u00a0-\n") == ""
                for k in range(index, index + length - 1)
            )
            if joined and all(is_form_of(spelled[index + k], term[k], language) for k in range(length)):
                best = (length, slug)
        return best
