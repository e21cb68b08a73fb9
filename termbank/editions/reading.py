"""A file of RDF → the rows of an edition, a batch at a time. Runs in the cage (`termbank.editions.child`). Pure.

Every triple of the file is kept in one row: a text, a relation, what kind of thing a resource is, or a statement. Rows are
given as soon as there are enough of them, in the file's order; what can be said only at the end (names, words, members of
lists, labels that are resources) is kept in numbers meanwhile. Blank nodes are called ``_:b`` and their number.
"""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import islice
from typing import Any

import pyoxigraph as ox

from registry.swedish import sort_key, words
from termbank.editions.rows import (
    COLLECTION,
    CONCEPT,
    LABELS,
    LISTED,
    LITERAL_FORM,
    MOST_IRI,
    MOST_KEY,
    NOTATION,
    ORDERED,
    OTHER,
    PREFERRED,
    RELATIONS,
    RESOURCES,
    SCHEME,
    SPELLINGS,
    STATEMENTS,
    TEXTS,
    WORDS,
    Batch,
    Layout,
)
from termbank.editions.triples import (
    DOWNWARDS,
    FIRST,
    MEMBER_LIST,
    NIL,
    RELATION_BY_PREDICATE,
    REST,
    TEXT_BY_PREDICATE,
    UPWARDS,
    XL_LABELS,
    XSD_STRING,
)
from termbank.finding_texts.all import FINDINGS
from termbank.vocabularies.index import RDF_TYPE, SKOS
from termbank.vocabularies.rdf_files import UnreadableVocabularyError, quads_of, reading_faults, resource_of

BATCH = 20_000
"""Rows of one table that are given at a time."""
_FOUND_BY = frozenset((*LABELS, NOTATION))
_MASK = 2**63 - 1
_REMEMBERED = frozenset((*UPWARDS, *DOWNWARDS, *XL_LABELS, FIRST, REST, MEMBER_LIST))
"""Relations from which something follows when all have been seen."""
_UNNAMED = ("", "", "", "", "", "")
_XL_FORM = f"xl:{LITERAL_FORM}"
_TYPES = {
    f"{SKOS}Concept": CONCEPT,
    f"{SKOS}ConceptScheme": SCHEME,
    f"{SKOS}Collection": COLLECTION,
    f"{SKOS}OrderedCollection": ORDERED,
}
_COUNTED = {CONCEPT: "concepts", SCHEME: "schemes", COLLECTION: "collections", ORDERED: "collections"}
Give = Callable[[Batch], None]


def read(data: bytes, name: str, base: str, give: Give) -> dict[str, int]:
    """Read a file and ``give`` its rows; returns what was counted. ``base`` is what relative IRIs are read against.

    Raises `UnreadableVocabularyError` for a file that is no RDF, holds no concept, or holds what no row can.
    """
    reading = _Reading(give)
    with reading_faults(data):
        reading.take(quads_of(data, name, base or "file:///"))
    return reading.finish()


class _Reading:
    """What has been seen of a file so far."""

    def __init__(self, give: Give) -> None:
        self.give = give
        self.triples = 0
        self.numbers: dict[str, int] = {}
        """Every resource by its IRI, numbered in the order in which they are met."""
        self.kinds: dict[int, str] = {}
        self.digests: list[int] = []
        """Of what is said of each resource, whatever the order."""
        self.texts: list[tuple[object, ...]] = []
        self.relations: list[tuple[object, ...]] = []
        self.statements: list[tuple[object, ...]] = []
        """Rows that are still to be given, without their numbers."""
        self.given = {TEXTS: 0, RELATIONS: 0, STATEMENTS: 0}
        self.names = _Names()
        self.words: dict[str, array[int]] = {}
        self.forms: dict[int, tuple[str, str]] = {}
        """The texts of labels that are resources, with their languages."""
        self.labelled: list[tuple[int, str, int]] = []
        """(resource, kind of label, label that is a resource)"""
        self.with_broader: set[int] = set()
        self.lists: list[tuple[int, int]] = []
        """(ordered collection, first cell)"""
        self.firsts: dict[int, int] = {}
        self.rests: dict[int, int] = {}

    def take(self, quads: Iterable[Any]) -> None:
        """Each triple becomes a row, or the kind of its resource. Runs of one subject, as most files have, are looked up once."""
        number, before, one = self.number, None, -1
        for self.triples, (subject, written, value, _graph) in enumerate(quads, 1):
            name = subject.value if type(subject) is ox.NamedNode else resource_of(subject)
            if name != before:
                before, one = name, number(name)
            predicate = written.value
            if type(value) is ox.Literal:
                if (kind := TEXT_BY_PREDICATE.get(predicate)) is not None:
                    self._text(one, kind, predicate, value)
                else:
                    self._statement(one, predicate, str(value))
            elif (kind := RELATION_BY_PREDICATE.get(predicate)) is not None:
                self._relation(one, kind, predicate, value)
            elif predicate == RDF_TYPE and one not in self.kinds and (kind := _TYPES.get(value.value)) is not None:
                self.kinds[one] = kind
            elif type(value) is ox.BlankNode:
                self._statement(one, predicate, _blank(number(resource_of(value))), is_blank=True)
            else:
                self._statement(one, predicate, str(value))
            if not self.triples % BATCH:
                self._give_rows()

    def number(self, name: str) -> int:
        """The number of a resource; a new one gets the next."""
        number = self.numbers.get(name)
        if number is None:
            if len(name) > MOST_IRI or "\x00" in name:
                raise UnreadableVocabularyError(FINDINGS.found("EDITION-011", {"iri": name[:200], "most": MOST_IRI}))
            number = self.numbers[name] = len(self.numbers)
            self.digests.append(0)
        return number

    def finish(self) -> dict[str, int]:
        """Give what can only be said when everything has been seen."""
        counts = self._counts()
        if not counts["concepts"]:
            raise UnreadableVocabularyError(FINDINGS.found("VOC-106", {"triples": self.triples}))
        self._wear_labels()
        self._list_members()
        self._give_rows()
        _give_all(self.give, RESOURCES, self._resources())
        _give_all(self.give, WORDS, _bearers(self.words))
        _give_all(self.give, SPELLINGS, ((word, word[::-1]) for word in sorted(self.words)))
        return counts

    def _text(self, one: int, kind: str, predicate: str, value: ox.Literal) -> None:
        text, language = value.value, value.language or ""
        datatype = "" if language else value.datatype.value
        datatype = "" if datatype == XSD_STRING else datatype
        if "\x00" in text:
            raise UnreadableVocabularyError(FINDINGS.found("EDITION-012", {"concept": self._iri(one)}))
        self._say(one, kind, language, text, datatype, None)
        self._add_to_digest(one, f"{predicate} {text}@{language}^{datatype}")
        if kind == _XL_FORM:
            self.forms[one] = text, language

    def _say(self, one: int, kind: str, language: str, text: str, datatype: str, label: int | None) -> None:
        """A row for a text; ``label`` is the resource that it is the text of, where it was said through one."""
        self.texts.append((one, kind, language, text, datatype, label))
        if kind in _FOUND_BY:
            self.names.add(one, kind, text, language)
            for word in set(words(text)):
                bearers = self.words.get(word[:MOST_KEY])
                if bearers is None:
                    bearers = self.words[word[:MOST_KEY]] = array("I")
                bearers.append(one)

    def _relation(self, one: int, kind: str, predicate: str, value: Any) -> None:
        name = value.value if (is_named := type(value) is ox.NamedNode) else resource_of(value)
        other = self.number(name)
        self.relations.append((one, kind, other))
        self._add_to_digest(one, f"{predicate} {name}" if is_named else predicate)
        if kind not in _REMEMBERED:
            return
        if kind in UPWARDS:
            self.with_broader.add(one)
        elif kind in DOWNWARDS:
            self.with_broader.add(other)
        elif kind in XL_LABELS:
            self.labelled.append((one, XL_LABELS[kind], other))
        elif kind == FIRST:
            self.firsts[one] = other
        elif kind == REST:
            self.rests[one] = other
        elif kind == MEMBER_LIST:
            self.lists.append((one, other))

    def _statement(self, one: int, predicate: str, value: str, *, is_blank: bool = False) -> None:
        if "\x00" in value or ("\\u0000" in value and _NULL.search(value)):
            raise UnreadableVocabularyError(FINDINGS.found("EDITION-012", {"concept": self._iri(one)}))
        self.statements.append((one, predicate, value))
        self._add_to_digest(one, predicate if is_blank else f"{predicate} {value}")

    def _add_to_digest(self, one: int, said: str) -> None:
        self.digests[one] += int.from_bytes(blake2b(said.encode(), digest_size=8).digest(), "big")

    def _give_rows(self) -> None:
        for layout, rows in ((TEXTS, self.texts), (RELATIONS, self.relations), (STATEMENTS, self.statements)):
            if rows:
                first = self.given[layout]
                self.given[layout] = first + len(rows)
                resources, *said = zip(*rows, strict=True)
                self.give(Batch(layout, [resources, range(first, first + len(rows)), *said]))
                rows.clear()

    def _wear_labels(self) -> None:
        """The texts of labels that are resources, as texts of those that wear them."""
        for one, kind, label in self.labelled:
            if label in self.forms:
                text, language = self.forms[label]
                self._say(one, kind, language, text, "", label)

    def _list_members(self) -> None:
        """The members of ordered collections in their order; a list that goes round in a circle is left where it began."""
        nil = self.numbers.get(NIL)
        for one, cell in self.lists:
            seen: set[int] = set()
            at: int | None = cell
            while at is not None and at != nil and at not in seen:
                seen.add(at)
                if at in self.firsts:
                    self.relations.append((one, LISTED, self.firsts[at]))
                at = self.rests.get(at)

    def _resources(self) -> Iterator[tuple[object, ...]]:
        for iri, number in self.numbers.items():
            kind = self.kinds.get(number, OTHER)
            names = self.names.of(number, iri) if kind != OTHER else _UNNAMED
            shown = _blank(number) if iri.startswith("_:") else iri
            is_top = kind == CONCEPT and number not in self.with_broader
            yield (number, shown, kind, *names, is_top, self.digests[number] & _MASK)

    def _counts(self) -> dict[str, int]:
        counts = dict.fromkeys(("concepts", "collections", "schemes"), 0)
        for kind in self.kinds.values():
            counts[_COUNTED[kind]] += 1
        return {
            "triples": self.triples,
            **counts,
            "tops": sum(kind == CONCEPT and one not in self.with_broader for one, kind in self.kinds.items()),
            "texts": self.given[TEXTS] + len(self.texts),
            "relations": self.given[RELATIONS] + len(self.relations),
            "statements": self.given[STATEMENTS] + len(self.statements),
        }

    def _iri(self, number: int) -> str:
        return next(islice(self.numbers, number, None))[:200]


_NULL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
"""The null character as N-Triples write it: not the six letters themselves, whose backslash is written twice."""


class _Names:
    """What each resource is called: in Swedish, in English, or in whatever language there is."""

    def __init__(self) -> None:
        self.preferred: dict[str, dict[int, tuple[str, str]]] = {"sv": {}, "en": {}, "": {}}
        self.others: dict[int, tuple[str, str]] = {}

    def add(self, one: int, kind: str, text: str, language: str) -> None:
        if kind != PREFERRED:
            self.others.setdefault(one, (text, language))
            return
        spoken = language[:2].lower() if language[2:3] in ("", "-") else ""
        self.preferred[spoken if spoken in self.preferred else ""].setdefault(one, (text, language))

    def of(self, one: int, iri: str) -> tuple[str, str, str, str, str, str]:
        """Name and language for those who read Swedish, the same for English, and what each is sorted by."""
        swedish, english, foreign = (self.preferred[language].get(one) for language in ("sv", "en", ""))
        rest = foreign or self.others.get(one) or (_last_part(iri), "")
        first, second = swedish or english or rest, english or swedish or rest
        key = sort_key(first[0])[:MOST_KEY]
        return *first, *second, key, key if first == second else sort_key(second[0])[:MOST_KEY]


def _blank(number: int) -> str:
    return f"_:b{number}"


def _last_part(iri: str) -> str:
    """
    >>> _last_part("https://a.example/ns#säng"), _last_part("https://a.example/12/")
    ('säng', '12')
    """
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2] or iri


def _bearers(found: Mapping[str, "array[int]"]) -> Iterator[tuple[str, int]]:
    for word in sorted(found):
        for number in sorted(set(found[word])):
            yield word, number


def _give_all(give: Give, layout: Layout, rows: Iterable[tuple[object, ...]]) -> None:
    """Give rows as they are made, so many at a time."""
    left = iter(rows)
    while some := list(islice(left, BATCH)):
        give(Batch(layout, list(zip(*some, strict=True))))
