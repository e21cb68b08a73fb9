"""A concept: what is meant, in words. What every reader of the term bank reads, whichever schema it was written in.

A concept has terms in any number of languages, definitions (or none), notes, known problems of interpretation, and
relations to other concepts. It names other items by their ids, which never change; which version of another concept a
text rested on is said by the version that rests on it. Where what it names is known here, its key is known too
(`Concept.located`).

An official wording enters as a rendering in the registry's own words and says so (``rendering``); what somebody wants
instead is another version whose ``origin`` is a proposal. Pure.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from registry.findings import Text
from registry.provenance import Provenance
from registry.swedish import words
from termbank.concepts.schema import SCHEMA
from termbank.concepts.wordings import OWN_LANGUAGES, Wordings, text_of, without_empty
from termbank.notions import HIERARCHICAL, MAPPINGS, Origin, RelationKind, TermStatus

SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
SLUG_LENGTH = 80
TERM_LENGTH = 120
TEXT_LENGTH = 2_000
LANGUAGES = OWN_LANGUAGES
TO_BE_USED = (TermStatus.PREFERRED, TermStatus.ADMITTED)
SHOWN = (*TO_BE_USED, TermStatus.DEPRECATED)


@dataclass(frozen=True, slots=True)
class Target:
    """What is named: an item here, by its id and by its key where that is known, or a concept elsewhere by its IRI."""

    item: str = ""
    key: str = ""
    iri: str = ""

    def as_content(self) -> dict[str, str]:
        for name, value in (("item", self.item), ("iri", self.iri), ("key", self.key)):
            if value:
                return {name: value}
        return {}

    def located(self, keys: Mapping[str, str]) -> "Target":
        """The same with its key, where ``keys`` (by item id) has it."""
        return replace(self, key=keys.get(self.item, self.key)) if self.item else self

    def settled(self, items: Mapping[str, str]) -> "Target":
        """The same with its id, where ``items`` (ids by key) has it."""
        return self if self.item or self.iri else replace(self, item=items.get(self.key, ""))


@dataclass(frozen=True, slots=True)
class Term:
    """A word for the concept. ``grammar`` is a remark such as *plural*; ``homograph`` tells words apart that look alike."""

    text: str
    language: str = ""
    status: TermStatus = TermStatus.PREFERRED
    source: str = ""
    grammar: str = ""
    abbreviation: bool = False
    homograph: int | None = None

    def as_content(self) -> dict[str, Any]:
        return without_empty(
            {
                "text": self.text,
                "language": self.language,
                "status": self.status.value,
                "source": self.source,
                "grammar": self.grammar,
                "abbreviation": self.abbreviation or None,
                "homograph": self.homograph,
            }
        )


@dataclass(frozen=True, slots=True)
class Link:
    """The sense that the author chose for words that several concepts bear."""

    words: str
    target: Target


@dataclass(frozen=True, slots=True)
class Definition:
    """What delimits the concept, in one language."""

    text: str
    language: str = ""
    source: str = ""
    url: str = ""
    links: tuple[Link, ...] = ()

    @property
    def picks(self) -> Mapping[str, str]:
        """The keys of the chosen concepts, by the words."""
        return {link.words: link.target.key for link in self.links if link.target.key}

    def as_content(self) -> dict[str, Any]:
        return without_empty(
            {
                "text": self.text,
                "language": self.language,
                "source": self.source,
                "url": self.url,
                "links": [
                    {"words": link.words, "target": link.target.as_content()}
                    for link in sorted(self.links, key=lambda link: link.words)
                ],
            }
        )


@dataclass(frozen=True, slots=True)
class Note:
    """A remark, an example or a known problem of interpretation, in one language or several, with where it was read."""

    texts: Wordings
    source: str = ""
    url: str = ""

    @property
    def text(self) -> Text:
        return text_of(self.texts)

    def as_content(self) -> dict[str, Any]:
        return without_empty({"texts": _texts(self.texts), "source": self.source, "url": self.url})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a wording was read. ``date`` is what the source says of itself (``2004``, ``2024-03``), or empty."""

    title: str
    url: str = ""
    date: str = ""
    status: Wordings = ()
    verification: Wordings = ()
    language: str = ""

    @property
    def status_text(self) -> Text:
        return text_of(self.status)

    @property
    def verification_text(self) -> Text:
        return text_of(self.verification)

    def as_content(self) -> dict[str, Any]:
        return without_empty(
            {
                "title": self.title,
                "language": self.language,
                "url": self.url,
                "date": self.date,
                "status": _texts(self.status),
                "verification": _texts(self.verification),
            }
        )


@dataclass(frozen=True, slots=True)
class Notation:
    """A code for the concept, with the IRI of its datatype where it has one."""

    text: str
    datatype: str = ""

    def as_content(self) -> dict[str, Any]:
        return without_empty({"text": self.text, "datatype": self.datatype})


@dataclass(frozen=True, slots=True)
class Relation:
    """How the concept hangs together with another. ``label`` names an association; ``texts`` and ``source`` tell what is
    applied differently."""

    kind: RelationKind
    target: Target
    label: Wordings = ()
    texts: Wordings = ()
    source: str = ""

    @property
    def key(self) -> str:
        """The key of the other concept; empty where it is not known here."""
        return self.target.key

    @property
    def text(self) -> Text:
        return text_of(self.texts)

    @property
    def label_text(self) -> Text:
        return text_of(self.label)

    def as_content(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "target": self.target.as_content(),
            **without_empty({"label": _texts(self.label), "texts": _texts(self.texts), "source": self.source}),
        }


@dataclass(frozen=True, slots=True)
class Foreign:
    """What another vocabulary says of the concept that has no place here: sorted statements in N-Triples."""

    iri: str
    statements: tuple[str, ...] = ()

    def as_content(self) -> dict[str, Any]:
        return without_empty({"iri": self.iri, "statements": sorted(set(self.statements))})


@dataclass(frozen=True, slots=True)
class Concept:
    """One version of a concept, read from its content."""

    scheme: Target
    origin: Origin
    rendering: bool
    provenance: Provenance
    terms: tuple[Term, ...] = ()
    definitions: tuple[Definition, ...] = ()
    notes: tuple[Note, ...] = ()
    examples: tuple[Note, ...] = ()
    problems: tuple[Note, ...] = ()
    relations: tuple[Relation, ...] = ()
    sources: tuple[Source, ...] = ()
    subject_field: Wordings = ()
    notations: tuple[Notation, ...] = ()
    concerns_persons: bool | None = None
    """Whether what is counted under the concept are persons; ``None`` where nobody has said."""
    foreign: Foreign | None = None
    item: str = ""
    """The id of the item that this is a version of; empty in what was written before ``concept/3``."""

    @property
    def title(self) -> Text:
        """What the concept is called; one language stands in for the other, and any term for a missing preferred one."""
        swedish, english = (self._called(language) for language in LANGUAGES)
        anything = swedish or english or next((term.text for term in self.terms), "")
        return Text(anything, english or anything)

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language that the concept is worded in: the interface's first, then by tag; untagged last."""
        said = {term.language for term in self.terms} | {one.language for one in self.definitions}
        rest = sorted(said - set(LANGUAGES), key=lambda tag: (not tag, tag))
        return (*(language for language in LANGUAGES if language in said), *rest)

    def preferred(self, language: str) -> str:
        """The preferred term in a language; empty where there is none."""
        return next(iter(self.labels(language, TermStatus.PREFERRED)), "")

    def labels(self, language: str, *statuses: TermStatus) -> tuple[str, ...]:
        """The terms in a language, of the given statuses (all that are shown); preferred, admitted, deprecated."""
        asked = statuses or SHOWN
        return tuple(
            term.text for status in asked for term in self.terms if (term.language, term.status) == (language, status)
        )

    def defined_in(self, language: str) -> Definition | None:
        """The definition in a language, the first where there are several."""
        return next((one for one in self.definitions if one.language == language), None)

    @property
    def definition(self) -> Text | None:
        """The definition for who reads in either language: one stands in for the other, and any for both."""
        if not self.definitions:
            return None
        said = text_of(self.definitions)
        anything = said.sv or said.en or self.definitions[0].text
        return Text(said.sv or anything, said.en or anything)

    @property
    def source(self) -> Source | None:
        """The first source."""
        return next(iter(self.sources), None)

    def related_by(self, *kinds: RelationKind) -> tuple[Relation, ...]:
        return tuple(relation for relation in self.relations if relation.kind in kinds)

    @property
    def broader(self) -> tuple[str, ...]:
        """The keys of the broader concepts, of whichever kind, as far as they are known here."""
        return _keys(self.related_by(*HIERARCHICAL))

    @property
    def related(self) -> tuple[str, ...]:
        """The keys of the associated concepts."""
        return _keys(self.related_by(RelationKind.ASSOCIATIVE))

    @property
    def contested(self) -> tuple[Relation, ...]:
        """The relations that are applied differently in different places."""
        return self.related_by(RelationKind.CONTESTED)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Every concept that is named: in relations, and as the chosen sense of a word."""
        chosen = (link.target for definition in self.definitions for link in definition.links)
        return (*(relation.target for relation in self.relations), *chosen)

    def located(self, keys: Mapping[str, str]) -> "Concept":
        """The same with the keys, by item id, of what it names; what ``keys`` does not have stays an id."""
        return self._with_targets(lambda target: target.located(keys))

    def settled(self, item: str, items: Mapping[str, str], schemes: Mapping[str, str]) -> "Concept":
        """The same as it is kept: naming its own item, and ids (``items`` and ``schemes``, by key) where it has keys."""
        named = self._with_targets(lambda target: target.settled(items))
        return replace(named, item=item, scheme=self.scheme.settled(schemes))

    def as_content(self) -> dict[str, Any]:
        """The canonical content in ``concept/3``; reading it gives the same concept back."""
        return {
            "content_schema": SCHEMA.name,
            "origin": self.origin.value,
            "rendering": self.rendering,
            "provenance": self.provenance.value,
            **without_empty(
                {
                    "item": self.item,
                    "scheme": self.scheme.as_content() or None,
                    "terms": _contents(sorted(self.terms, key=_term_order)),
                    "definitions": _contents(sorted(self.definitions, key=lambda one: one.language)),
                    "notes": _contents(self.notes),
                    "examples": _contents(self.examples),
                    "problems": _contents(self.problems),
                    "relations": _contents(sorted(self.relations, key=_relation_order)),
                    "sources": _contents(self.sources),
                    "subject_field": _texts(self.subject_field),
                    "notations": _contents(sorted(self.notations, key=lambda one: (one.text, one.datatype))),
                    "concerns_persons": self.concerns_persons,
                    "foreign": self.foreign.as_content() if self.foreign else None,
                }
            ),
        }

    def _called(self, language: str) -> str:
        return next(iter(self.labels(language, *TO_BE_USED)), "")

    def _with_targets(self, change: Any) -> "Concept":
        return replace(
            self,
            relations=tuple(replace(one, target=change(one.target)) for one in self.relations),
            definitions=tuple(
                replace(one, links=tuple(replace(link, target=change(link.target)) for link in one.links))
                for one in self.definitions
            ),
        )


def slug_of(term: str) -> str:
    """A term as it is spelled in an address, in ASCII; empty where none of its words can be.

    >>> slug_of("Överbelagd patient (dygn)"), slug_of("Ωμέγα")
    ('overbelagd-patient-dygn', '')
    """
    plain = {"å": "a", "ä": "a", "ö": "o", "æ": "a", "ø": "o", "ü": "u", "ß": "ss"}
    spelled = ("".join(plain.get(letter, letter) for letter in word) for word in words(term))
    return "-".join(word for word in spelled if word.isascii())[:SLUG_LENGTH].strip("-")


def is_web_address(url: str) -> bool:
    """Whether ``url`` is an address that may stand as a link: http or https, and no blanks or controls.

    >>> is_web_address("https://example.se/a?b=1"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    return bool(re.fullmatch(r"https?://[^\s<>\"{}|\\^`\x00-\x1f]+", url))


def _keys(relations: Iterable[Relation]) -> tuple[str, ...]:
    return tuple(relation.key for relation in relations if relation.key)


def _contents(parts: Iterable[Any]) -> list[dict[str, Any]]:
    return [part.as_content() for part in parts]


def _texts(wordings: Wordings) -> list[dict[str, Any]]:
    return [one.as_content() for one in sorted(wordings, key=lambda one: one.language)]


_STATUSES = list(TermStatus)


def _term_order(term: Term) -> tuple[str, int]:
    """Which language comes first means nothing; which synonym does may."""
    return term.language, _STATUSES.index(term.status)


_KINDS = list(RelationKind)


def _relation_order(relation: Relation) -> tuple[int, str]:
    """By kind; the first broader concept is the one on the way up, while of mappings none comes first."""
    target = relation.target
    named = target.item or target.iri or target.key
    return _KINDS.index(relation.kind), named if relation.kind in MAPPINGS else ""
