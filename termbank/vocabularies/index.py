"""A vocabulary as its checks see it: concepts, labels and relations of a SKOS file, laid out in dictionaries. Pure.

Made in one pass over triples, wherever they come from. Resources are texts: an IRI, or ``_:`` and a name for a blank one.
Labels of SKOS-XL count as those of SKOS; the generic and partitive relations of ISO 25964 are broader and narrower.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOS_XL = "http://www.w3.org/2008/05/skos-xl#"
ISO_THES = "http://purl.org/iso25964/skos-thes#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Resource = str
MOST_STEPS = 100
"""So far up a way is followed step by step; in a circle it would have no end."""
_NOTHING: frozenset[str] = frozenset()


class Literal(NamedTuple):
    """A text with its language tag, or its datatype where it is no plain text; each ``""`` where it has none."""

    text: str
    language: str = ""
    datatype: str = ""


Object = Resource | Literal
Triple = tuple[Resource, str, Object]

PREFERRED, ALTERNATIVE, HIDDEN = f"{SKOS}prefLabel", f"{SKOS}altLabel", f"{SKOS}hiddenLabel"
LABELS = (PREFERRED, ALTERNATIVE, HIDDEN)
RELATED = f"{SKOS}related"
MAPPINGS = tuple(f"{SKOS}{name}Match" for name in ("exact", "close", "broad", "narrow", "related"))
DOCUMENTED_BY = frozenset(
    f"{SKOS}{name}" for name in ("note", "changeNote", "definition", "editorialNote", "example", "historyNote", "scopeNote")
)  # fmt: skip
_CONCEPT, _SCHEME = f"{SKOS}Concept", f"{SKOS}ConceptScheme"
_COLLECTIONS = frozenset({f"{SKOS}Collection", f"{SKOS}OrderedCollection"})
_XL_LABELS = {f"{SKOS_XL}{label.removeprefix(SKOS)}": label for label in LABELS}
_BROADER, _NARROWER = f"{SKOS}broader", f"{SKOS}narrower"
_UPWARDS = {_BROADER: _BROADER, _NARROWER: _NARROWER} | {
    f"{ISO_THES}{way}{kind}": f"{SKOS}{way}"
    for way in ("broader", "narrower")
    for kind in ("Generic", "Partitive", "Instantial")
}
"""Relations of the hierarchy, each with the relation of SKOS that it is a kind of."""
_TERMS = frozenset(
    SKOS + name
    for name in [
        "Concept",
        "ConceptScheme",
        "Collection",
        "OrderedCollection",
        "altLabel",
        "broadMatch",
        "broader",
        "broaderTransitive",
        "changeNote",
        "closeMatch",
        "definition",
        "editorialNote",
        "exactMatch",
        "example",
        "hasTopConcept",
        "hiddenLabel",
        "historyNote",
        "inScheme",
        "mappingRelation",
        "member",
        "memberList",
        "narrowMatch",
        "narrower",
        "narrowerTransitive",
        "notation",
        "note",
        "prefLabel",
        "related",
        "relatedMatch",
        "scopeNote",
        "semanticRelation",
        "topConceptOf",
    ]
)
"""Everything that SKOS defines (https://www.w3.org/TR/skos-reference/, 2009-08-18, appendix B)."""

Relations = dict[Resource, set[Resource]]


@dataclass
class Vocabulary:
    """What was found in the triples; `vocabulary_of` fills it."""

    concepts: dict[Resource, None] = field(default_factory=dict)
    """In the order in which they were met."""
    schemes: set[Resource] = field(default_factory=set)
    collections: set[Resource] = field(default_factory=set)
    labels: dict[str, dict[Resource, list[Literal]]] = field(
        default_factory=lambda: {name: defaultdict(list) for name in LABELS}
    )
    broader: Relations = field(default_factory=lambda: defaultdict(set))
    """Directly broader resources, with narrower ones read backwards (SKOS S25)."""
    stated: dict[tuple[Resource, str, Resource], None] = field(default_factory=dict)
    """Hierarchical and associative relations as they stand, in their order: (resource, relation, resource)."""
    transitive: set[tuple[Resource, Resource]] = field(default_factory=set)
    """(narrower, broader) as stated by the transitive relations."""
    related: Relations = field(default_factory=lambda: defaultdict(set))
    """Both ways (S23)."""
    mappings: dict[str, set[tuple[Resource, Resource]]] = field(
        default_factory=lambda: {name: set() for name in MAPPINGS}
    )
    in_scheme: Relations = field(default_factory=lambda: defaultdict(set))
    top_of: Relations = field(default_factory=lambda: defaultdict(set))
    documented: set[Resource] = field(default_factory=set)
    notations: dict[tuple[Resource, Literal], set[Resource]] = field(default_factory=lambda: defaultdict(set))
    """By scheme and notation."""
    undefined: dict[str, Resource] = field(default_factory=dict)
    """Names in the namespace of SKOS that SKOS does not have, each with a resource that uses it."""
    texts: list[tuple[Resource, Literal]] = field(default_factory=list)
    """Labels and documentation, as they stand; a date in a note is no text."""
    triples: int = 0

    @cached_property
    def names(self) -> dict[Resource, str]:
        """What each concept is called: Swedish before English before any other language."""
        order = {"sv": 0, "en": 1}
        return {
            one: min(labels, key=lambda label: (order.get(label.language, 2), label.language)).text
            for one, labels in self.labels[PREFERRED].items()
        }

    @cached_property
    def bearers(self) -> dict[tuple[str, str], list[tuple[Resource, str]]]:
        """By a label, whatever its case, and its language: the concepts that bear it, preferred ones first, and how."""
        found: dict[tuple[str, str], list[tuple[Resource, str]]] = defaultdict(list)
        for kind in (PREFERRED, ALTERNATIVE):
            for one, labels in self.labels[kind].items():
                if one in self.concepts:
                    for text, language, _datatype in labels:
                        found[text.casefold(), language].append((one, kind))
        return found

    def name(self, resource: Resource) -> str:
        return self.names.get(resource, resource)

    @cached_property
    def _known_above(self) -> dict[Resource, frozenset[Resource]]:
        return {}

    def above(self, resource: Resource) -> frozenset[Resource]:
        """Everything broader than a resource, however far; with itself in a circle (the closure of S24)."""
        known, broader = self._known_above, self.broader
        way: list[Resource] = []  # up through those with one broader, to what is known or has none or several
        at = resource
        while at not in known and len(above := broader.get(at, _NOTHING)) == 1 and len(way) < MOST_STEPS:
            way.append(at)
            (at,) = above
        if at not in known:
            known[at] = self._all_above(at)
        for one in reversed(way):
            (over,) = broader[one]
            known[one] = known[over] | {over}
        return known[resource]

    def _all_above(self, resource: Resource) -> frozenset[Resource]:
        found: set[Resource] = set()
        waiting = list(self.broader.get(resource, ()))
        while waiting:
            other = waiting.pop()
            if other not in found:
                found.add(other)
                waiting.extend(self.broader.get(other, ()))
        return frozenset(found)

    @property
    def languages(self) -> frozenset[str]:
        """The languages that some concept has a preferred label in."""
        return frozenset(
            label.language for labels in self.labels[PREFERRED].values() for label in labels if label.language
        )


def vocabulary_of(triples: Iterable[Triple]) -> Vocabulary:
    """Lay triples out. What is no part of SKOS is counted, and left."""
    making = _Making()
    known, unknown, count = making.by_predicate, making.unknown, 0
    for subject, predicate, value in triples:
        count += 1
        known.get(predicate, unknown)(subject, predicate, value)
    making.finish()
    making.vocabulary.triples = count
    return making.vocabulary


class _Making:
    """Takes one triple at a time, by what its predicate means."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.forms: dict[Resource, Literal] = {}
        self.worn: list[tuple[Resource, str, Resource]] = []
        self.notations: list[tuple[Resource, Literal]] = []
        found = self.vocabulary
        self.by_predicate: dict[str, Callable[[Resource, str, Object], None]] = {
            RDF_TYPE: self._type,
            **dict.fromkeys(LABELS, self._label),
            **dict.fromkeys(DOCUMENTED_BY, self._documentation),
            f"{SKOS}notation": self._notation,
            f"{SKOS_XL}literalForm": self._form,
            **dict.fromkeys(_XL_LABELS, self._worn),
            **dict.fromkeys(_UPWARDS, self._hierarchy),
            RELATED: self._related,
            **dict.fromkeys(MAPPINGS, lambda one, kind, other: found.mappings[kind].add((one, str(other)))),
            f"{SKOS}broaderTransitive": lambda one, _kind, other: found.transitive.add((one, str(other))),
            f"{SKOS}narrowerTransitive": lambda one, _kind, other: found.transitive.add((str(other), one)),
            f"{SKOS}inScheme": lambda one, _kind, scheme: found.in_scheme[one].add(str(scheme)),
            f"{SKOS}topConceptOf": lambda one, _kind, scheme: self._top(one, str(scheme)),
            f"{SKOS}hasTopConcept": lambda scheme, _kind, one: self._top(str(one), scheme),
        }

    def finish(self) -> None:
        """What can only be said when everything has been seen: labels that are resources, notations by scheme."""
        found = self.vocabulary
        for subject, label, form in self.worn:
            if form in self.forms and self.forms[form] not in found.labels[label][subject]:
                found.labels[label][subject].append(self.forms[form])
        for subject, notation in self.notations:
            for scheme in found.in_scheme.get(subject) or {""}:
                found.notations[scheme, notation].add(subject)

    def unknown(self, subject: Resource, predicate: str, _value: Object) -> None:
        if predicate.startswith(SKOS) and predicate not in _TERMS:
            self.vocabulary.undefined.setdefault(predicate, subject)

    def _type(self, subject: Resource, _predicate: str, kind: Object) -> None:
        found = self.vocabulary
        if kind == _CONCEPT:
            found.concepts[subject] = None
        elif kind == _SCHEME:
            found.schemes.add(subject)
        elif kind in _COLLECTIONS:
            found.collections.add(subject)
        elif isinstance(kind, str) and kind.startswith(SKOS) and kind not in _TERMS:
            found.undefined.setdefault(kind, subject)

    def _label(self, subject: Resource, kind: str, value: Object) -> None:
        if isinstance(value, Literal):
            self.vocabulary.labels[kind][subject].append(value)
            self.vocabulary.texts.append((subject, value))

    def _documentation(self, subject: Resource, _kind: str, value: Object) -> None:
        self.vocabulary.documented.add(subject)
        if isinstance(value, Literal) and not value.datatype:
            self.vocabulary.texts.append((subject, value))

    def _notation(self, subject: Resource, _predicate: str, value: Object) -> None:
        if isinstance(value, Literal):
            self.notations.append((subject, value))

    def _form(self, subject: Resource, _predicate: str, value: Object) -> None:
        if isinstance(value, Literal):
            self.forms[subject] = value
            self.vocabulary.texts.append((subject, value))

    def _worn(self, subject: Resource, kind: str, label: Object) -> None:
        self.worn.append((subject, _XL_LABELS[kind], str(label)))

    def _hierarchy(self, subject: Resource, kind: str, other: Object) -> None:
        relation = _UPWARDS[kind]
        low, high = (subject, str(other)) if relation == _BROADER else (str(other), subject)
        self.vocabulary.broader[low].add(high)
        self.vocabulary.stated[subject, relation, str(other)] = None

    def _related(self, subject: Resource, _predicate: str, other: Object) -> None:
        self.vocabulary.related[subject].add(str(other))
        self.vocabulary.related[str(other)].add(subject)
        self.vocabulary.stated[subject, RELATED, str(other)] = None

    def _top(self, concept: Resource, scheme: Resource) -> None:
        self.vocabulary.top_of[concept].add(scheme)
        self.vocabulary.in_scheme[concept].add(scheme)
