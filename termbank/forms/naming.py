"""How authors name other concepts in the form: by a term, and by its number where several concepts bear it."""

import re
from collections.abc import Mapping

from registry.swedish import folded
from termbank.concepts.concept import TERM_LENGTH, TO_BE_USED, Concept
from termbank.notions import TermStatus

_NUMBERED = re.compile(r"^(?P<term>.*?)\s*\(?(?P<number>\d+)\)?$")

MOST_DIGITS = 9
DESCRIBED = 80
"""Letters of a definition that stand beside a name."""
LONGEST = TERM_LENGTH + 20
"""Letters of a term with its number."""


class ConceptNames:
    """What concepts are called in the form, both ways. ``concepts`` and their ``numbers`` are by slug."""

    def __init__(self, concepts: Mapping[str, Concept], numbers: Mapping[str, int]) -> None:
        self._concepts = concepts
        self._numbers = {slug: numbers[slug] for slug in concepts if slug in numbers}
        self._slugs = {number: slug for slug, number in self._numbers.items()}
        self._bearers: dict[str, dict[TermStatus, set[str]]] = {}
        for slug, concept in concepts.items():
            for term in concept.terms:
                if term.status in TO_BE_USED:
                    self._bearers.setdefault(_sign(term.text), {}).setdefault(term.status, set()).add(slug)

    def label(self, slug: str) -> str:
        """The term, with the number where another concept is called the same; the key of one that is not known."""
        concept = self._concepts.get(slug)
        if concept is None:
            return slug
        term = concept.title.sv
        return term if self.bearers(term) == {slug} else f"{term} ({self._numbers.get(slug, slug)})"

    def described(self, slug: str) -> str:
        """The label with the beginning of the definition, by which the senses of a word are told apart."""
        concept = self._concepts.get(slug)
        said = (concept.defined_in("sv") or next(iter(concept.definitions), None)) if concept else None
        if said is None:
            return self.label(slug)
        is_short = len(said.text) <= DESCRIBED
        return f"{self.label(slug)}: {said.text if is_short else said.text[:DESCRIBED].rsplit(' ', 1)[0] + ' …'}"

    def knows(self, slug: str) -> bool:
        return slug in self._concepts

    def containing(self, written: str, most: int) -> list[str]:
        """The keys of the concepts that are known here with a term to be used that has these letters, the first few."""
        sought = _sign(written)
        found = [
            slug
            for slug, concept in self._concepts.items()
            if any(sought in _sign(term.text) for term in concept.terms if term.status in TO_BE_USED)
        ]
        return found[:most] if sought else []

    def find(self, written: str) -> str | None:
        """The slug of the one concept that was written: a term in any language, a term with its number, or a key."""
        bearers = self.bearers(written)
        if len(bearers) == 1:
            return next(iter(bearers))
        if written.strip() in self._concepts:
            return written.strip()
        if len(written) <= LONGEST and (numbered := _NUMBERED.match(written.strip())):
            slug = self._slugs.get(int(numbered["number"]))
            if slug and (not numbered["term"] or slug in self.bearers(numbered["term"])):
                return slug
        return None

    def bearers(self, written: str) -> set[str]:
        """The concepts that have the term: as preferred, or else as admitted."""
        found = self._bearers.get(_sign(written), {})
        return found.get(TermStatus.PREFERRED) or found.get(TermStatus.ADMITTED) or set()


def number_in(written: str) -> int | None:
    """The number that a concept is named by, alone or after its term.

    >>> number_in("rad (41)"), number_in("41"), number_in("rad"), number_in("rad " + "4" * 30)
    (41, 41, None, None)
    """
    numbered = _NUMBERED.match(written.strip()) if len(written) <= LONGEST else None
    return int(numbered["number"]) if numbered and len(numbered["number"]) <= MOST_DIGITS else None


def _sign(term: str) -> str:
    return folded(" ".join(term.split()))
