"""What the writing page says beside each field: advice, the words that become links, and what differs from what is in force."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from registry.finding_catalogue import ReadableFinding
from registry.findings import Language
from registry.items.diff import word_diff
from termbank.concepts.concept import Concept
from termbank.concepts.wordings import OWN_LANGUAGES
from termbank.definitions.linking import Linker
from termbank.presentation.texts import concept_url, defined, noted, terms

FIELDS = {"broader": "generic", "relations": "generic", "terms": "term_sv", "definitions": "definition_sv"}
"""Fields of the form, by what findings call them where that is something else."""


@dataclass(frozen=True, slots=True)
class Advice:
    """``of`` are findings by the name of the field where they are mended, ``others`` those that are about none of them."""

    of: Mapping[str, list[ReadableFinding]] = field(default_factory=dict)
    others: Sequence[ReadableFinding] = ()

    @property
    def number(self) -> int:
        return sum(map(len, self.of.values())) + len(self.others)


@dataclass(frozen=True, slots=True)
class Beside:
    """The wording in force, as it stands beside what is written."""

    url: str
    number: int
    definitions: list[tuple[str, Markup]]
    """(language, definition with its links)."""
    terms: list[tuple[str, Markup]]
    notes: list[Markup]


def advice_by_field(findings: Iterable[ReadableFinding], names: Iterable[str]) -> Advice:
    """Findings at the fields that they are about, as far as the form has such fields."""
    known = set(names)
    of: dict[str, list[ReadableFinding]] = {}
    others = []
    for one in findings:
        named = one.field or next((place.field for place in one.places if place.field), "")
        name = FIELDS.get(named, named)
        if name in known:
            of.setdefault(name, []).append(one)
        else:
            others.append(one)
    return Advice(of, others)


def linked_definitions(concept: Concept, linker: Linker, slug: str) -> dict[str, Markup]:
    """Each definition with the links that it will have, by the name of its field; none where it has no links."""
    found = {}
    for one in concept.definitions:
        if linker.used_in(one, but=(slug,)) and (text := defined(linker, one, (slug,))):
            found[f"definition_{one.language}"] = text
    return found


def changed_definitions(in_force: Concept | None, concept: Concept) -> dict[str, Any]:
    """How each definition differs from the one in force, word by word, by the name of its field."""
    found = {}
    for language in OWN_LANGUAGES if in_force else ():
        old, new = in_force.defined_in(language) if in_force else None, concept.defined_in(language)
        if old and new and old.text != new.text:
            found[f"definition_{language}"] = word_diff(old.text, new.text)
    return found


def beside(concept: Concept, slug: str, number: int, linker: Linker, language: Language) -> Beside:
    """What is in force, for the side of the page; the reader's language first."""
    ordered = sorted(concept.definitions, key=lambda one: one.language != language)
    return Beside(
        concept_url(slug),
        number,
        [(one.language, text) for one in ordered if (text := defined(linker, one, (slug,)))],
        terms(concept, language),
        [noted(linker, note, language, (slug,)) for note in concept.notes],
    )
