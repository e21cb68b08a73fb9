"""The integrity conditions of the SKOS reference, and what our own schemes keep besides. Pure.

Every check takes a vocabulary and yields findings with the concept that each is about. Checks find; they never mend.
Conditions: https://www.w3.org/TR/skos-reference/ (2009-08-18).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice

from registry.findings import Finding, Place
from termbank.finding_texts.all import FINDINGS
from termbank.vocabularies.index import LABELS, MAPPINGS, PREFERRED, SKOS, Resource, Vocabulary

EXACT, _CLOSE, BROAD, NARROW, RELATED_MATCH = MAPPINGS


Hit = tuple[Resource, Mapping[str, str | int]]
"""A resource that breaks a condition, and the parameters of the finding. A vocabulary may have a hundred thousand: findings
are made of those that are told."""


def hit(resource: Resource, **params: str | int) -> Hit:
    """``other`` is a resource, and ``relation`` the IRI of one; both are told by their names."""
    return resource, params


@dataclass(frozen=True, slots=True)
class Check:
    """One condition: its finding code, and the function that looks. Its source is in the catalogue."""

    code: str
    run: Callable[[Vocabulary], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check came to: how often it found something, and the first findings."""

    code: str
    count: int
    findings: tuple[Finding, ...]


def scheme_is_no_concept(vocabulary: Vocabulary) -> Iterator[Hit]:
    """S9: skos:ConceptScheme is disjoint with skos:Concept."""
    for one in sorted(vocabulary.schemes & vocabulary.concepts.keys()):
        yield hit(one)


def labels_are_disjoint(vocabulary: Vocabulary) -> Iterator[Hit]:
    """S13: prefLabel, altLabel and hiddenLabel are pairwise disjoint properties."""
    preferred, alternative, hidden = (vocabulary.labels[kind] for kind in LABELS)
    for one in vocabulary.concepts:
        every = [*preferred.get(one, ()), *alternative.get(one, ()), *hidden.get(one, ())]
        if len(set(every)) == len(every):
            continue
        kinds = [set(of_kind.get(one, ())) for of_kind in (preferred, alternative, hidden)]
        for before, after in combinations(kinds, 2):
            for label in sorted(before & after):
                yield hit(one, label=label.text)


def one_preferred_label_per_language(vocabulary: Vocabulary) -> Iterator[Hit]:
    """S14: a resource has no more than one value of skos:prefLabel per language tag."""
    for one in vocabulary.concepts:
        counted: dict[str, int] = {}
        for label in vocabulary.labels[PREFERRED].get(one, ()):
            counted[label.language] = counted.get(label.language, 0) + 1
        for language, number in sorted(counted.items()):
            if number > 1:
                yield hit(one, language=language, number=number)


def related_is_not_broader(vocabulary: Vocabulary) -> Iterator[Hit]:
    """S27: skos:related is disjoint with skos:broaderTransitive; relatedMatch and broadMatch are kinds of them (S40, S41)."""
    for one in vocabulary.concepts:
        if one in vocabulary.related:
            for other in sorted(vocabulary.related[one] & vocabulary.above(one)):
                yield hit(one, other=other)
    broad, narrow = vocabulary.mappings[BROAD], vocabulary.mappings[NARROW]
    for one, other in sorted(vocabulary.mappings[RELATED_MATCH]):
        ways = {(one, other), (other, one)}
        if not ways.isdisjoint(broad) or not ways.isdisjoint(narrow):
            yield hit(one, other=other)


def collections_are_no_concepts(vocabulary: Vocabulary) -> Iterator[Hit]:
    """S37: skos:Collection is disjoint with skos:Concept and skos:ConceptScheme."""
    for one in sorted(vocabulary.collections & (vocabulary.concepts.keys() | vocabulary.schemes)):
        yield hit(one)


def mappings_do_not_clash(vocabulary: Vocabulary) -> Iterator[Hit]:
    """S46: skos:exactMatch is disjoint with skos:broadMatch and skos:relatedMatch (and so with narrowMatch, by S43)."""
    exact = vocabulary.mappings[EXACT]
    for kind in (BROAD, NARROW, RELATED_MATCH):
        for one, other in sorted(pair for pair in vocabulary.mappings[kind] if pair in exact or pair[::-1] in exact):
            yield hit(one, other=other, relation=kind)


def hierarchy_has_no_cycle(vocabulary: Vocabulary) -> Iterator[Hit]:
    """SKOS reference 8.6.8: a cycle of broader is not inconsistent, but a sign of a mistake."""
    for one in in_circles(vocabulary):
        yield hit(one)


def relations_stay_in_the_scheme(vocabulary: Vocabulary) -> Iterator[Hit]:
    """S19-S23 give broader, narrower and related a concept at both ends; here it must be one of the scheme's."""
    for one, _relation, other in vocabulary.stated:
        if other not in vocabulary.concepts:
            yield hit(one, other=other)


def preferred_labels_are_unique(vocabulary: Vocabulary) -> Iterator[Hit]:
    """SKOS allows the same preferred label for two concepts; ISO 25964-1 wants homographs told apart."""
    for (_text, language), bearers in vocabulary.bearers.items():
        if len(bearers) > 1 and len(those := [one for one, kind in bearers if kind == PREFERRED]) > 1:
            yield hit(min(those), language=language, number=len(those))


def every_concept_has_a_swedish_label(vocabulary: Vocabulary) -> Iterator[Hit]:
    """A concept needs a preferred Swedish label (ISO 25964-1: a preferred term for each language offered)."""
    for one in vocabulary.concepts:
        if not any(label.language == "sv" for label in vocabulary.labels[PREFERRED].get(one, ())):
            yield hit(one)


def top_concepts_are_on_top(vocabulary: Vocabulary) -> Iterator[Hit]:
    """SKOS reference 4.6.3: a top concept may have a broader one in the scheme, but then it is hardly on top."""
    for one in vocabulary.concepts:
        if bool(vocabulary.top_of.get(one)) == bool(vocabulary.broader.get(one)):
            yield hit(one)


def in_circles(vocabulary: Vocabulary) -> list[Resource]:
    """The concepts that are broader than themselves: those of every strongly connected part, and those beside themselves.

    Tarjan 1972, without recursion.
    """
    order: dict[Resource, int] = {}
    low: dict[Resource, int] = {}
    stack: list[Resource] = []
    on_stack: set[Resource] = set()
    circular: set[Resource] = {one for one, above in vocabulary.broader.items() if one in above}
    for root in list(vocabulary.broader):
        if root in order:
            continue
        work = [(root, iter(vocabulary.broader.get(root, ())))]
        order[root] = low[root] = len(order)
        stack.append(root)
        on_stack.add(root)
        while work:
            one, rest = work[-1]
            other = next(rest, None)
            if other is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[one])
                if low[one] == order[one]:
                    at = stack.index(one) if stack[-1] != one else len(stack) - 1
                    part = stack[at:]
                    del stack[at:]
                    on_stack.difference_update(part)
                    circular.update(part if len(part) > 1 else ())
            elif other not in order:
                order[other] = low[other] = len(order)
                stack.append(other)
                on_stack.add(other)
                work.append((other, iter(vocabulary.broader.get(other, ()))))
            elif other in on_stack:
                low[one] = min(low[one], order[other])
    return [one for one in vocabulary.concepts if one in circular]


CONDITIONS = (
    Check("SKOS-S9", scheme_is_no_concept),
    Check("SKOS-S13", labels_are_disjoint),
    Check("SKOS-S14", one_preferred_label_per_language),
    Check("SKOS-S27", related_is_not_broader),
    Check("SKOS-S37", collections_are_no_concepts),
    Check("SKOS-S46", mappings_do_not_clash),
)
"""What the SKOS reference asks of every vocabulary."""

OF_A_CONCEPT = (
    *CONDITIONS,
    Check("SKOS-CYCLE", hierarchy_has_no_cycle),
    Check("SKOS-DANGLING", relations_stay_in_the_scheme),
    Check("SKOS-TOP", top_concepts_are_on_top),
)
"""What a scheme of this register keeps with each concept that comes into it; terms are judged with the concept itself."""

OF_OUR_OWN = (
    *OF_A_CONCEPT,
    Check("SKOS-HOMONYM", preferred_labels_are_unique),
    Check("SKOS-UNLABELLED", every_concept_has_a_swedish_label),
)
"""What a scheme of this register keeps."""


def outcomes(vocabulary: Vocabulary, checks: Iterable[Check], most: int) -> list[Outcome]:
    """What each check finds: the whole count, and findings of the first ``most``."""
    found = []
    for check in checks:
        hits = iter(check.run(vocabulary))
        told = tuple(_finding(check.code, vocabulary, one) for one in islice(hits, most))
        found.append(Outcome(check.code, len(told) + sum(1 for _rest in hits), told))
    return found


def findings(vocabulary: Vocabulary, checks: Iterable[Check] = OF_OUR_OWN) -> list[Finding]:
    """All findings of the checks."""
    return [_finding(check.code, vocabulary, one) for check in checks for one in check.run(vocabulary)]


def _finding(code: str, vocabulary: Vocabulary, one: Hit) -> Finding:
    """A finding about one resource, which is named by its label and placed by its IRI."""
    resource, params = one
    told = {"concept": vocabulary.name(resource), **params}
    if "other" in params:
        told["other"] = vocabulary.name(str(params["other"]))
    if "relation" in params:
        told["relation"] = str(params["relation"]).removeprefix(SKOS)
    return FINDINGS.found(code, told, (Place(value=resource),))
