"""Integrity of a concept scheme: the conditions of the SKOS reference, and a few that thesaurus practice adds.

Every check takes the scheme's triples and cites the condition that it tests. Checks find; they never mend.
SKOS conditions: https://www.w3.org/TR/skos-reference/.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from registry.findings import Finding
from termbank.finding_texts import FINDINGS

LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)


@dataclass(frozen=True, slots=True)
class Check:
    """One condition: its finding code, what it cites, and the function that looks."""

    code: str
    citation: str
    run: Callable[[Graph], Iterable[Finding]]


def check(triples: Graph) -> list[Finding]:
    """All findings of all `CHECKS` on a scheme."""
    return [finding for one in CHECKS for finding in one.run(triples)]


def scheme_is_no_concept(triples: Graph) -> Iterator[Finding]:
    """S9: skos:ConceptScheme is disjoint with skos:Concept."""
    for node in sorted(set(triples.subjects(RDF.type, SKOS.ConceptScheme)), key=str):
        if (node, RDF.type, SKOS.Concept) in triples:
            yield _found("SKOS-S9", triples, node)


def labels_are_disjoint(triples: Graph) -> Iterator[Finding]:
    """S13: prefLabel, altLabel and hiddenLabel are pairwise disjoint properties."""
    for node in _concepts(triples):
        seen: dict[Node, URIRef] = {}
        for property_ in LABELS:
            for label in sorted(triples.objects(node, property_), key=_spelled):
                if label in seen:
                    yield _found("SKOS-S13", triples, node, label=str(label))
                seen[label] = property_


def one_preferred_label_per_language(triples: Graph) -> Iterator[Finding]:
    """S14: a resource has no more than one value of skos:prefLabel per language tag."""
    for node in _concepts(triples):
        counted: dict[str, int] = {}
        for label in triples.objects(node, SKOS.prefLabel):
            if isinstance(label, Literal):
                counted[label.language or ""] = counted.get(label.language or "", 0) + 1
        for language, number in sorted(counted.items()):
            if number > 1:
                yield _found("SKOS-S14", triples, node, language=language, number=number)


def related_is_not_broader(triples: Graph) -> Iterator[Finding]:
    """S27: skos:related is disjoint with skos:broaderTransitive."""
    broader = _broader(triples)
    for node in _concepts(triples):
        above = _above(broader, node)
        for other in sorted(triples.objects(node, SKOS.related), key=str):
            if other in above:
                yield _found("SKOS-S27", triples, node, other=_label(triples, other))


def hierarchy_has_no_cycle(triples: Graph) -> Iterator[Finding]:
    """SKOS reference 8.6.8: a cycle of broader is not inconsistent, but a sign of a mistake."""
    broader = _broader(triples)
    for node in _concepts(triples):
        if node in _above(broader, node):
            yield _found("SKOS-CYCLE", triples, node)


def relations_stay_in_the_scheme(triples: Graph) -> Iterator[Finding]:
    """S19-S23 give broader, narrower and related a concept at both ends; here it must be one of the scheme's."""
    concepts = set(_concepts(triples))
    for property_ in (SKOS.broader, SKOS.narrower, SKOS.related):
        for subject, other in sorted(triples.subject_objects(property_), key=str):
            if other not in concepts:
                yield _found("SKOS-DANGLING", triples, subject, other=str(other))


def preferred_labels_are_unique(triples: Graph) -> Iterator[Finding]:
    """SKOS allows the same preferred label for two concepts; ISO 25964-1 wants homographs told apart."""
    owners: dict[tuple[str, str], list[Node]] = {}
    for node in _concepts(triples):
        for label in triples.objects(node, SKOS.prefLabel):
            if isinstance(label, Literal):
                owners.setdefault((str(label).casefold(), label.language or ""), []).append(node)
    for (_, language), nodes in sorted(owners.items()):
        if len(nodes) > 1:
            yield _found("SKOS-HOMONYM", triples, nodes[0], language=language, number=len(nodes))


def every_concept_is_labelled(triples: Graph) -> Iterator[Finding]:
    """A concept needs a preferred Swedish label (ISO 25964-1: a preferred term for each language offered)."""
    for node in _concepts(triples):
        if not any(getattr(label, "language", None) == "sv" for label in triples.objects(node, SKOS.prefLabel)):
            yield _found("SKOS-UNLABELLED", triples, node)


def top_concepts_are_on_top(triples: Graph) -> Iterator[Finding]:
    """SKOS reference 4.6.3: a top concept may have a broader one in the scheme, but then it is hardly on top."""
    for node in _concepts(triples):
        on_top = any(True for _ in triples.objects(node, SKOS.topConceptOf))
        if on_top == bool(list(triples.objects(node, SKOS.broader))):
            yield _found("SKOS-TOP", triples, node)


CHECKS = (
    Check("SKOS-S9", "SKOS S9", scheme_is_no_concept),
    Check("SKOS-S13", "SKOS S13", labels_are_disjoint),
    Check("SKOS-S14", "SKOS S14", one_preferred_label_per_language),
    Check("SKOS-S27", "SKOS S27", related_is_not_broader),
    Check("SKOS-CYCLE", "SKOS reference 8.6.8", hierarchy_has_no_cycle),
    Check("SKOS-DANGLING", "SKOS S19, S20, S21, S23", relations_stay_in_the_scheme),
    Check("SKOS-HOMONYM", "ISO 25964-1 (homographs)", preferred_labels_are_unique),
    Check("SKOS-UNLABELLED", "ISO 25964-1", every_concept_is_labelled),
    Check("SKOS-TOP", "SKOS reference 4.6.3", top_concepts_are_on_top),
)


def _concepts(triples: Graph) -> list[Node]:
    return sorted(set(triples.subjects(RDF.type, SKOS.Concept)), key=str)


def _spelled(node: Node) -> str:
    return node.n3()


def _broader(triples: Graph) -> Mapping[Node, set[Node]]:
    """Direct broader concepts, with narrower read backwards (S25: they are each other's inverse)."""
    broader: dict[Node, set[Node]] = {}
    for subject, above in triples.subject_objects(SKOS.broader):
        broader.setdefault(subject, set()).add(above)
    for above, subject in triples.subject_objects(SKOS.narrower):
        broader.setdefault(subject, set()).add(above)
    return broader


def _above(broader: Mapping[Node, set[Node]], node: Node) -> set[Node]:
    above: set[Node] = set()
    frontier = list(broader.get(node, ()))
    while frontier:
        other = frontier.pop()
        if other not in above:
            above.add(other)
            frontier.extend(broader.get(other, ()))
    return above


def _label(triples: Graph, node: Node) -> str:
    labels = sorted(triples.objects(node, SKOS.prefLabel), key=lambda label: getattr(label, "language", "") != "sv")
    return str(labels[0]) if labels else str(node)


def _found(code: str, triples: Graph, node: Node, **params: str | int) -> Finding:
    return FINDINGS.found(code, {"concept": _label(triples, node), **params})
