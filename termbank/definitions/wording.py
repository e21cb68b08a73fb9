"""How definitions are written: findings after ISO 704:2009, clauses 6.3 and 6.5, on one concept among the others.

A definition stands for its concept, so that it can replace the term in a sentence: it begins with the broader
concept, names what is special, says nothing more, and never leads back to itself. These are remarks to an author, not
obstacles; only a definition that uses its own term stops anything.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from registry.findings import Finding, Place
from registry.swedish import words
from termbank.concepts.circles import circles_from
from termbank.concepts.concept import LANGUAGES, Concept, Definition
from termbank.definitions.linking import Linker
from termbank.definitions.national_records import divided
from termbank.finding_texts.all import FINDINGS
from termbank.notions import TermStatus

LONGEST_DEFINITION = 40
"""Words. ISO 704 says *as brief as possible*; more than this hides notes that belong beside the definition."""

ARTICLES = {"sv": {"en", "ett", "den", "det", "de"}, "en": {"a", "an", "the"}}
NEGATIONS = {"sv": {"inte", "icke", "ej", "ingen", "inget", "inga", "annan"}, "en": {"not", "no", "non"}}


class Surroundings:
    """Concepts by slug that are looked at together, with what many looks at them need: made once, whatever is looked at.

    ``looked_at`` are those whose definitions are followed; all of them unless some are given.
    """

    def __init__(self, concepts: Mapping[str, Concept], looked_at: Iterable[str] | None = None) -> None:
        self.concepts = concepts
        self.linker = Linker(concepts)
        self._looked_at = tuple(concepts if looked_at is None else looked_at)
        self._uses: dict[tuple[str, str], tuple[str, ...]] = {}
        self._in_circles: dict[str, frozenset[str]] = {}

    def uses(self, slug: str, language: str) -> tuple[str, ...]:
        """The slugs of the concepts that a definition rests on, but for its own."""
        asked = slug, language
        if asked not in self._uses:
            self._uses[asked] = self.linker.used_in(self.concepts[slug].defined_in(language), but=(slug,))
        return self._uses[asked]

    def goes_round(self, slug: str, language: str) -> bool:
        """Whether a definition leads back to itself, for one of those that are looked at."""
        if language not in self._in_circles:
            found = circles_from(self._looked_at, lambda one: self.uses(one, language))
            self._in_circles[language] = frozenset[str]().union(*found)
        return slug in self._in_circles[language]

    @cached_property
    def deprecated(self) -> Mapping[tuple[str, str], list[tuple[int, str, str]]]:
        """The deprecated terms by language and first word: (place, slug, term)."""
        found: dict[tuple[str, str], list[tuple[int, str, str]]] = {}
        for place, (slug, concept) in enumerate(self.concepts.items()):
            for language in LANGUAGES:
                for term in concept.labels(language, TermStatus.DEPRECATED):
                    if said := words(term):
                        found.setdefault((language, said[0]), []).append((place, slug, term))
        return found


@dataclass(frozen=True, slots=True)
class Setting:
    """The concept that is looked at, and the others around it."""

    slug: str
    concept: Concept
    around: Surroundings

    @property
    def linker(self) -> Linker:
        return self.around.linker

    def worded(self) -> Iterator[Definition]:
        """The definitions in the languages whose rules are known here."""
        yield from (one for one in self.concept.definitions if one.language in LANGUAGES)

    def definitions(self) -> Iterator[tuple[str, str]]:
        """(language, text) of each of them."""
        yield from ((one.language, one.text) for one in self.worded())

    def called(self, slug: str, language: str) -> str:
        """A concept's term in a language, or what else it is called."""
        concept = self.around.concepts.get(slug)
        return (concept.preferred(language) or concept.title.sv or slug) if concept else slug


@dataclass(frozen=True, slots=True)
class Check:
    """One piece of advice: its finding code, what it cites, and the function that looks."""

    code: str
    citation: str
    run: Callable[[Setting], Iterator[Finding]]


def check(slug: str, concept: Concept, scheme: Mapping[str, Concept]) -> list[Finding]:
    """All findings of all `CHECKS` on one concept; ``scheme`` holds the others by slug (an older self is replaced)."""
    return check_among(slug, Surroundings({**scheme, slug: concept}, (slug,)))


def check_among(slug: str, around: Surroundings) -> list[Finding]:
    """The same of one of many concepts that are looked at."""
    setting = Setting(slug, around.concepts[slug], around)
    return [finding for one in CHECKS for finding in one.run(setting)]


def has_a_definition(setting: Setting) -> Iterator[Finding]:
    """A concept without a definition cannot be told from its neighbours."""
    if not setting.concept.definitions:
        yield _found("WORD-01")


def does_not_use_its_own_term(setting: Setting) -> Iterator[Finding]:
    """ISO 704 6.5.2: circular within the definition, repeating the term that it defines."""
    for language, text in setting.definitions():
        if setting.slug in Linker({setting.slug: setting.concept}).uses(text, language):
            yield _found("WORD-02", language)


def leads_nowhere_back(setting: Setting) -> Iterator[Finding]:
    """ISO 704 6.5.2: circular within the system, two or more definitions that need each other."""
    for language, _ in setting.definitions():
        if setting.around.goes_round(setting.slug, language) and (circle := _circle(setting, language)):
            named = " → ".join(setting.called(slug, language) for slug in circle)
            yield _found("WORD-03", language, circle=named)


def starts_without_article(setting: Setting) -> Iterator[Finding]:
    """ISO 704 6.3: the definition can replace the term in a sentence, so it has no article of its own."""
    for language, text in setting.definitions():
        first = (words(text) or [""])[0]
        if first in ARTICLES[language]:
            yield _found("WORD-04", language, word=first)


def is_one_phrase(setting: Setting) -> Iterator[Finding]:
    """ISO 704 6.3: one phrase, small first letter, no full stop; more belongs in notes."""
    for language, text in setting.definitions():
        first = re.match(r"\w+", text)
        begins_large = bool(first) and first.group()[:1].isupper() and not first.group().isupper()  # type: ignore[union-attr]
        if begins_large or text.endswith(".") or re.search(r"[.;!?]\s+\w", text):
            yield _found("WORD-05", language)


def is_brief(setting: Setting) -> Iterator[Finding]:
    """ISO 704 6.3: as brief as possible."""
    for language, text in setting.definitions():
        number = len(text.split())
        if number > LONGEST_DEFINITION:
            yield _found("WORD-06", language, number=number, most=LONGEST_DEFINITION)


def says_what_it_is(setting: Setting) -> Iterator[Finding]:
    """ISO 704 6.5.4: negative definitions, which say what the concept is not."""
    for language, text in setting.definitions():
        if set(words(text)[:2]) & NEGATIONS[language]:
            yield _found("WORD-07", language)


def begins_with_the_broader_concept(setting: Setting) -> Iterator[Finding]:
    """ISO 704 6.2: an intensional definition states the superordinate concept first."""
    if not setting.concept.broader:
        return
    for one in setting.worded():
        uses = setting.linker.used_in(one, but=(setting.slug,))
        if not uses or uses[0] not in setting.concept.broader:
            above = ", ".join(setting.called(slug, one.language) for slug in setting.concept.broader)
            yield _found("WORD-08", one.language, broader=above)


def has_both_languages(setting: Setting) -> Iterator[Finding]:
    """ISO 704 7: terms in each language of the term bank."""
    if not setting.concept.preferred("en"):
        yield FINDINGS.found("WORD-09", {"language": "en"}, (Place(field="term_en"),))


def uses_no_deprecated_term(setting: Setting) -> Iterator[Finding]:
    """ISO 704 7: a deprecated term is for recognition, not for definitions."""
    deprecated = setting.around.deprecated
    for language, text in setting.definitions():
        said = words(text)
        spelled = f" {' '.join(said)} "
        named = {one for word in dict.fromkeys(said) for one in deprecated.get((language, word), ())}
        for _place, slug, term in sorted(named):
            if slug != setting.slug and f" {' '.join(words(term))} " in spelled:
                yield _found("WORD-10", language, term=term, preferred=setting.called(slug, language))


def leads_to_chosen_senses(setting: Setting) -> Iterator[Finding]:
    """ISO 704 7.2.4: a word that designates several concepts does not say which of them a definition rests on."""
    for one in setting.worded():
        for said, senses in setting.linker.undecided(one, but=(setting.slug,)).items():
            number = len(senses)
            yield _found("WORD-11", one.language, words=said, number=number)


def is_no_reference(setting: Setting) -> Iterator[Finding]:
    """ISO 704 6.3: a reference to another record says where to look, and delimits nothing."""
    for one in setting.worded():
        if divided(one.text).refers_to:
            yield _found("WORD-12", one.language, other=divided(one.text).refers_to)


def has_no_domain_first(setting: Setting) -> Iterator[Finding]:
    """ISO 704 6.2: the definition begins with the broader concept; the domain is a field of its own (ISO 10241-1 6.6)."""
    for one in setting.worded():
        if field := divided(one.text).subject_field:
            yield _found("WORD-13", one.language, field=field)


CHECKS = (
    Check("WORD-01", "ISO 704:2009 6.1", has_a_definition),
    Check("WORD-02", "ISO 704:2009 6.5.2", does_not_use_its_own_term),
    Check("WORD-03", "ISO 704:2009 6.5.2", leads_nowhere_back),
    Check("WORD-04", "ISO 704:2009 6.3", starts_without_article),
    Check("WORD-05", "ISO 704:2009 6.3", is_one_phrase),
    Check("WORD-06", "ISO 704:2009 6.3", is_brief),
    Check("WORD-07", "ISO 704:2009 6.5.4", says_what_it_is),
    Check("WORD-08", "ISO 704:2009 6.2", begins_with_the_broader_concept),
    Check("WORD-09", "ISO 704:2009 7", has_both_languages),
    Check("WORD-10", "ISO 704:2009 7", uses_no_deprecated_term),
    Check("WORD-11", "ISO 704:2009 7.2.4", leads_to_chosen_senses),
    Check("WORD-12", "ISO 704:2009 6.3", is_no_reference),
    Check("WORD-13", "ISO 704:2009 6.2", has_no_domain_first),
)


def _circle(setting: Setting, language: str) -> tuple[str, ...]:
    """The shortest way from the concept through definitions back to itself, both ends named; empty if there is none."""
    ways: list[tuple[str, ...]] = [(setting.slug,)]
    seen: set[str] = set()
    while ways:
        further: list[tuple[str, ...]] = []
        for way in ways:
            for slug in setting.around.uses(way[-1], language):
                if slug == setting.slug:
                    return (*way, slug)
                if slug not in seen:
                    seen.add(slug)
                    further.append((*way, slug))
        ways = further
    return ()


def _found(code: str, language: str = "sv", **params: str | int) -> Finding:
    return FINDINGS.found(code, {"language": language, **params}, (Place(field=f"definition_{language}"),))
