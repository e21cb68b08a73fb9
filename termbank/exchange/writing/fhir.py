"""A concept scheme for FHIR R4B (http://hl7.org/fhir/R4B/terminology-module.html): CodeSystem, ValueSet, ConceptMap. Pure.

A concept's code is its key. Nothing in a file depends on when it was written: its version is made from its content.
"""

import hashlib
import json
from typing import Any

from registry.findings import Finding
from registry.formats import Options, counted_losses
from termbank.concepts.concept import Concept, Relation, is_web_address
from termbank.exchange.names import Names
from termbank.exchange.scheme_exports import PublishedConcept, SchemeExport
from termbank.exchange.skos_losses import says_more
from termbank.finding_texts.all import FINDINGS
from termbank.notions import HIERARCHICAL, MAPPINGS, RelationKind, TermStatus

_PARENT = "http://hl7.org/fhir/concept-properties#parent"
_INACTIVE = "http://hl7.org/fhir/concept-properties#inactive"
_USE = "http://terminology.hl7.org/CodeSystem/designation-usage"
_USES = {TermStatus.PREFERRED: "display"}
_EQUIVALENCE = {
    RelationKind.EXACT: ("equivalent", ""),
    RelationKind.CLOSE: ("inexact", "skos:closeMatch"),
    RelationKind.BROAD: ("wider", ""),
    RelationKind.NARROW: ("narrower", "skos:narrowMatch"),
    RelationKind.RELATED: ("relatedto", ""),
}
"""How the target compares with the source, and the comment that *narrower* and *inexact* must have (invariant cmd-1)."""


def code_system(source: SchemeExport, options: Options) -> bytes:
    """Every concept with its terms, its definition in the language of ``options`` and the concepts above it.

    Those that were withdrawn are there as retired and inactive, with what is used instead.
    """
    codes = (*source.concepts, *source.gone)
    here = {one.slug for one in codes}
    concepts = [_concept(one, here, options) for one in codes]
    kinds = {one.kind for each in codes for one in each.concept.related_by(*HIERARCHICAL)}
    meaning = {frozenset({RelationKind.GENERIC}): "is-a", frozenset({RelationKind.PARTITIVE}): "part-of"}
    return _file(
        {
            **_head(source, options, "CodeSystem"),
            "caseSensitive": True,
            "valueSet": _address(source, "valueset"),
            "hierarchyMeaning": meaning.get(frozenset(kinds), "grouped-by") if kinds else None,
            "content": "complete",
            "count": len(concepts),
            "property": [
                {"code": "parent", "uri": _PARENT, "description": "A broader concept", "type": "code"},
                {"code": "partOf", "description": "A broader concept that this one is a part of", "type": "code"},
                {"code": "related", "description": "An associated concept", "type": "code"},
                {"code": "notation", "description": "A notation", "type": "string"},
                {"code": "status", "description": "active, or retired where it was withdrawn", "type": "code"},
                *(_OF_WITHDRAWN if source.gone else ()),
            ],
            "concept": concepts or None,
        }
    )


_OF_WITHDRAWN = (
    {"code": "inactive", "uri": _INACTIVE, "type": "boolean"},
    {"code": "replacedBy", "description": "The concept that is used instead of one that was withdrawn", "type": "code"},
)


def value_set(source: SchemeExport, options: Options) -> bytes:
    """All codes of the scheme that are in use, in this version of it."""
    system = str(Names(source.base).scheme(source.scheme))
    head = _head(source, options, "ValueSet")
    include = {"system": system, "version": head["version"]}
    compose = {**({"inactive": False} if source.gone else {}), "include": [include]}
    return _file({**head, "url": _address(source, "valueset"), "immutable": False, "compose": compose})


def concept_map(source: SchemeExport, options: Options) -> bytes:
    """What the concepts correspond to elsewhere, a group for each vocabulary."""
    groups: dict[str, dict[str, list[dict[str, Any]]]] = {}
    slugs = {one.item_id: one.slug for one in source.concepts}
    own = str(Names(source.base).scheme(source.scheme))
    for one in source.concepts:
        for relation in one.concept.related_by(*MAPPINGS):
            if (found := _mapped(relation, own, slugs, source)) is None:
                continue
            system, code = found
            equivalence, comment = _EQUIVALENCE[relation.kind]
            target = {"code": code, "equivalence": equivalence, **({"comment": comment} if comment else {})}
            groups.setdefault(system, {}).setdefault(one.slug, []).append(target)
    titles = {one.slug: one.concept.title.in_language(options.language) for one in source.concepts}
    head = _head(source, options, "ConceptMap")
    made = [
        {
            "source": own,
            "sourceVersion": head["version"],
            "target": system,
            "element": [
                {"code": slug, "display": titles[slug], "target": targets} for slug, targets in sorted(elements.items())
            ],
        }
        for system, elements in sorted(groups.items())
    ]
    url = _address(source, "conceptmap")
    return _file({**head, "url": url, "sourceUri": _address(source, "valueset"), "group": made or None})


def code_system_losses(source: SchemeExport, options: Options) -> tuple[Finding, ...]:
    """What a CodeSystem has no place for, counted."""
    codes = (*source.concepts, *source.gone)
    concepts = [one.concept for one in codes]
    here = {one.slug for one in codes}
    notes = [note for one in concepts for note in (*one.notes, *one.examples, *one.problems)]
    chosen = [_definition(one, options) for one in concepts]
    counts = {
        "FHIR-001": len(notes),
        "FHIR-002": sum(len(one.definitions) - bool(said) for one, said in zip(concepts, chosen, strict=True)),
        "FHIR-003": sum(
            says_more(term) or term.status in (TermStatus.DEPRECATED, TermStatus.HIDDEN)
            for one in concepts
            for term in one.terms
        ),
        "FHIR-004": sum(_is_lost(relation, here) for one in concepts for relation in one.relations),
        "FHIR-005": sum(len(one.sources) + (len(one.foreign.statements) if one.foreign else 0) for one in concepts),
        "FHIR-006": len(source.applications),
    }
    return counted_losses(FINDINGS, counts)


def value_set_losses(source: SchemeExport, options: Options) -> tuple[Finding, ...]:
    """A ValueSet names codes, and says nothing of them."""
    return counted_losses(FINDINGS, {"FHIR-007": len(source.concepts), "FHIR-010": len(source.gone)})


def concept_map_losses(source: SchemeExport, options: Options) -> tuple[Finding, ...]:
    """A ConceptMap has mappings, and says nothing else; of those, the ones whose target is no address here or elsewhere."""
    slugs = {one.item_id: one.slug for one in source.concepts}
    own = str(Names(source.base).scheme(source.scheme))
    mappings = [one for each in source.concepts for one in each.concept.related_by(*MAPPINGS)]
    lost = sum(_mapped(one, own, slugs, source) is None for one in mappings)
    return counted_losses(FINDINGS, {"FHIR-008": len(source.concepts), "FHIR-009": lost, "FHIR-010": len(source.gone)})


def parted(iri: str) -> tuple[str, str]:
    """The vocabulary of a concept elsewhere and its code there: an IRI parted at its last ``#`` or ``/``.

    >>> parted("http://snomed.info/id/702"), parted("http://a.example/v#c1"), parted("urn:x:y:1")
    (('http://snomed.info/id/', '702'), ('http://a.example/v#', 'c1'), ('urn:x:y:1', 'urn:x:y:1'))
    """
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return (iri[:at], iri[at:]) if at and iri[at:] else (iri, iri)


def _head(source: SchemeExport, options: Options, kind: str) -> dict[str, Any]:
    scheme, language = source.scheme, options.language
    withdrawn = ((one.slug, one.content_hash, one.state, one.replaced_by) for one in source.gone)
    said = json.dumps([language, *((one.slug, one.content_hash, one.state) for one in source.concepts), *withdrawn])
    name = "".join(part[:1].upper() + part[1:] for part in scheme.slug.split("-"))
    return {
        "resourceType": kind,
        "id": scheme.slug[:64],
        "language": language,
        "url": str(Names(source.base).scheme(scheme)),
        "version": hashlib.sha256(said.encode()).hexdigest()[:16],
        "name": name if name[:1].isalpha() else f"S{name}",
        "title": scheme.title.in_language(language) or scheme.slug,
        "status": "active",
        "experimental": False,
        "description": scheme.description.in_language(language) or None,
        "copyright": scheme.licence or None,
    }


def _concept(one: PublishedConcept, here: set[str], options: Options) -> dict[str, Any]:
    concept = one.concept
    display = concept.title.in_language(options.language)
    properties: list[dict[str, Any]] = [
        {"code": "partOf" if relation.kind is RelationKind.PARTITIVE else "parent", "valueCode": relation.key}
        for relation in concept.related_by(*HIERARCHICAL)
        if relation.key in here
    ]
    properties += [
        {"code": "related", "valueCode": relation.key}
        for relation in concept.related_by(RelationKind.ASSOCIATIVE)
        if relation.key in here
    ]
    properties += [{"code": "notation", "valueString": notation.text} for notation in concept.notations]
    is_gone = one.is_withdrawn
    properties.append({"code": "status", "valueCode": "retired" if is_gone else "active"})
    if is_gone:
        properties.append({"code": "inactive", "valueBoolean": True})
    if one.replaced_by in here:
        properties.append({"code": "replacedBy", "valueCode": one.replaced_by})
    return _filled(
        {
            "code": one.slug,
            "display": display or one.slug,
            "definition": _definition(concept, options) or None,
            "designation": _designations(concept) or None,
            "property": properties,
        }
    )


def _designations(concept: Concept) -> list[dict[str, Any]]:
    return [
        _filled(
            {
                "language": term.language or None,
                "use": {"system": _USE, "code": _USES[term.status]} if term.status in _USES else None,
                "value": term.text,
            }
        )
        for term in concept.terms
        if term.status is not TermStatus.HIDDEN
    ]


def _definition(concept: Concept, options: Options) -> str:
    return concept.definition.in_language(options.language) if concept.definition else ""


def _mapped(relation: Relation, own: str, slugs: dict[str, str], source: SchemeExport) -> tuple[str, str] | None:
    target = relation.target
    if target.iri:
        return parted(target.iri) if is_web_address(target.iri) else None
    if target.item in slugs:
        return own, slugs[target.item]
    if relation.key in source.slugs:
        return own, relation.key
    return None


def _is_lost(relation: Relation, here: set[str]) -> bool:
    return relation.kind not in (*HIERARCHICAL, RelationKind.ASSOCIATIVE) or relation.key not in here


def _address(source: SchemeExport, kind: str) -> str:
    return f"{source.base.rstrip('/')}/termbank/{source.scheme.slug}.{kind}.json"


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _file(resource: dict[str, Any]) -> bytes:
    return (json.dumps(_filled(resource), ensure_ascii=False, indent=1) + "\n").encode()
