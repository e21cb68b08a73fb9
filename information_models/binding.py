"""What a model or a measure rests on: the closure of concept versions, and the hashes that pin them.

A concept's definition uses other concepts, whose definitions use others. A model that names *överbeläggning* therefore
rests on *disponibel vårdplats* as well, and a figure can be led back to every wording that it depends on. The lockfile
of a model version is that closure, as hashes. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from termbank.concepts.concept import Concept
from termbank.definitions.linking import Linker


@dataclass(frozen=True, slots=True)
class Bound:
    """A published concept version: its content and its hash."""

    concept: Concept
    version: str


def closure(concepts: Mapping[str, Concept], linker: Linker, slugs: Iterable[str]) -> tuple[str, ...]:
    """``slugs`` and every concept used in their definitions, definitions within definitions included, sorted."""
    seen: set[str] = set()
    waiting = [slug for slug in slugs if slug in concepts]
    while waiting:
        slug = waiting.pop()
        if slug in seen:
            continue
        seen.add(slug)
        concept = concepts[slug]
        waiting.extend(concept.broader)
        waiting.extend(linker.used_in(concept.defined_in("sv"), but=(slug,)))
        waiting = [other for other in waiting if other in concepts]
    return tuple(sorted(seen))


def concepts_of_model(content: Mapping[str, Any], code_lists: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """The slugs that a model names: in its elements, and in the codes of its code lists."""
    named = [element["concept"] for element in content["elements"] if element.get("concept")]
    lists = [element["code_list"] for element in content["elements"] if element.get("code_list")]
    for slug in lists:
        codes = code_lists.get(slug, {}).get("codes", ())
        named.extend(code["concept"] for code in codes if code.get("concept"))
    return tuple(dict.fromkeys(named))


def bind_model(
    content: Mapping[str, Any],
    bound: Mapping[str, Bound],
    linker: Linker,
    code_lists: Mapping[str, tuple[str, Mapping[str, Any]]],
    *,
    anew: bool = False,
) -> dict[str, Any]:
    """``content`` with its elements pinned to published versions, and its lockfile.

    What is pinned already stays as it is unless ``anew``. What is not published stays unpinned, which `kinds` reports.
    ``code_lists`` are (hash, content) by slug.
    """
    elements = []
    for element in content["elements"]:
        concept, codes = element.get("concept"), element.get("code_list")
        has_concept = bool(element.get("concept_version")) and not anew
        has_codes = bool(element.get("code_list_version")) and not anew
        pins: dict[str, Any] = {}
        if not has_concept:
            pins["concept_version"] = bound[concept].version if concept in bound else None
        if not has_codes:
            pins["code_list_version"] = code_lists[codes][0] if codes in code_lists else None
        if "concerns_persons" not in element and concept in bound and bound[concept].concept.concerns_persons:
            pins["concerns_persons"] = True  # it follows its concept where it says nothing
        elements.append({**element, **pins})
    pinned = {element["concept"]: element["concept_version"] for element in elements if element.get("concept_version")}
    named = concepts_of_model(content, {slug: listed for slug, (_, listed) in code_lists.items()})
    versions = {
        slug: pinned.get(slug, bound[slug].version)
        for slug in closure({slug: one.concept for slug, one in bound.items()}, linker, named)
    }
    return {**content, "elements": elements, "lockfile": sorted({*versions.values(), *pinned.values()})}


def bind_measure(
    content: Mapping[str, Any], bound: Mapping[str, Bound], models: Mapping[str, str], *, anew: bool = False
) -> dict[str, Any]:
    """``content`` pinned to the published version of its model (hashes by slug) and of its concepts."""
    model_version = content.get("model_version")
    if anew or not model_version:
        model_version = models.get(content["model"])
    concepts = content.get("concept_versions")
    if anew or not concepts:
        concepts = [bound[slug].version for slug in content["concepts"] if slug in bound]
    return {**content, "model_version": model_version, "concept_versions": list(concepts)}
