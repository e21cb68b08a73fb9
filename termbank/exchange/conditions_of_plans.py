"""Which conditions of SKOS the concepts of an import would break, where the scheme does not break them already. Pure.

They are the conditions that a change set is refused for later (`termbank.checking`); here a person hears of them before there
is one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from registry.findings import Finding
from termbank.concepts.concept import Concept
from termbank.notions import HIERARCHICAL, MAPPINGS, RelationKind, TermStatus
from termbank.vocabularies.conditions import (
    Check,
    findings,
    labels_are_disjoint,
    mappings_do_not_clash,
    related_is_not_broader,
)
from termbank.vocabularies.index import LABELS, RDF_TYPE, SKOS, Literal, Triple, vocabulary_of

CHECKS = (
    Check("SKOS-S13", labels_are_disjoint),
    Check("SKOS-S27", related_is_not_broader),
    Check("SKOS-S46", mappings_do_not_clash),
)
"""Conditions that a file can break with concepts that are each allowed; two preferred terms and circles are refused at once."""

_PREFERRED, _ADMITTED, _HIDDEN = LABELS
_LABELS = {
    TermStatus.PREFERRED: _PREFERRED, TermStatus.ADMITTED: _ADMITTED, TermStatus.DEPRECATED: _HIDDEN, TermStatus.HIDDEN: _HIDDEN,
}  # fmt: skip
_RELATIONS = {
    **dict.fromkeys(HIERARCHICAL, f"{SKOS}broader"),
    RelationKind.ASSOCIATIVE: f"{SKOS}related",
    **{kind: f"{SKOS}{kind.value}Match" for kind in MAPPINGS},
}


def broken_conditions(before: Mapping[str, Concept], after: Mapping[str, Concept]) -> dict[str, list[Finding]]:
    """What ``after`` breaks and ``before`` does not, by the name of the concept. Both by the names that relations have for
    them: ids, and names of records of the file."""
    known = {_sign(one) for one in _found(before)}
    broken: dict[str, list[Finding]] = defaultdict(list)
    for one in _found(after):
        if _sign(one) not in known:
            broken[str(one.places[0].value)].append(one)
    return broken


def _found(concepts: Mapping[str, Concept]) -> list[Finding]:
    return findings(vocabulary_of(_triples(concepts)), CHECKS)


def _triples(concepts: Mapping[str, Concept]) -> Iterator[Triple]:
    for name, concept in concepts.items():
        yield name, RDF_TYPE, f"{SKOS}Concept"
        for term in concept.terms:
            yield name, _LABELS[term.status], Literal(term.text, term.language)
        for relation in concept.relations:
            if relation.kind in _RELATIONS:
                yield name, _RELATIONS[relation.kind], relation.target.item or relation.target.iri


def _sign(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.places[0].value, *sorted((name, str(value)) for name, value in finding.params.items())
