"""How a concept stands among the others: the drawing, the same as a list, and the whole hierarchy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from registry.findings import Language
from registry.i18n import read
from termbank import diagram
from termbank.concepts import Concept, is_web_address
from termbank.notions import MAPPINGS, RELATION_TEXTS
from termbank.presentation.texts import concept_url, read_in, term
from termbank.queries import TermBank

SHOWN_SIBLINGS = 3


@dataclass(frozen=True, slots=True)
class Relations:
    """A concept's relations, ready for the page: the drawing, the same as a list, and what is associated."""

    drawing: Markup | None
    hierarchy: list[dict[str, Any]]
    related: list[tuple[str, str]]
    doubts: list[tuple[str, str, str, str]]
    """(slug, term, url, what is applied differently)."""
    left_out: int
    """Coordinate concepts that are in the list and not in the drawing."""


def relations(bank: TermBank, slug: str, concept: Concept, language: Language) -> Relations:
    """How ``concept`` (any version of it) stands among the published concepts."""
    bank = _with(bank, slug, concept)
    labels = {one: term(other, language) for one, other in bank.concepts.items()}
    urls = {one: concept_url(one) for one in bank.concepts}
    broader = {one: tuple(above for above in other.broader if above in labels) for one, other in bank.concepts.items()}
    doubts = [
        (other.key, labels[other.key], urls[other.key], read_in(other.texts, language))
        for other in concept.contested
        if other.key in labels
    ]
    contested = [other.key for other in concept.contested if other.key in labels]
    beside = _beside(bank, slug, broader, contested)
    root = diagram.tree(slug, labels, urls, broader, bank.narrower, beside)
    drawn = [diagram.Doubt(slug, other, _("counted in here, and out there")) for other in contested]
    siblings = {one for above in broader[slug] for one in bank.narrower.get(above, ()) if one != slug}
    drawing = None
    if diagram.has_anything_to_show(root, drawn):
        drawing = diagram.draw(
            root, drawn, id="begreppsdiagram", title=_("Concept diagram"),
            description=_("The relations of %(term)s. The list beside it says the same.", term=labels[slug]),
        )  # fmt: skip
    return Relations(
        drawing=drawing,
        hierarchy=_hierarchy(bank, slug, labels, urls, broader),
        related=[(labels[other], urls[other]) for other in bank.related.get(slug, ())],
        doubts=doubts,
        left_out=len(siblings - set(beside) - set(_slugs(root))),
    )


def mappings(bank: TermBank, concept: Concept) -> list[tuple[str, str, str]]:
    """What the concept corresponds to elsewhere: (in which way, what it is called, address); empty address without link."""
    rows = []
    for relation in concept.related_by(*MAPPINGS):
        iri, key = relation.target.iri, relation.key
        url = concept_url(key) if key in bank.concepts else iri if is_web_address(iri) else ""
        name = bank.concepts[key].title.sv if key in bank.concepts else iri or key
        rows.append((read(RELATION_TEXTS[relation.kind]), name, url))
    return rows


def _beside(bank: TermBank, slug: str, broader: Mapping[str, tuple[str, ...]], contested: Sequence[str]) -> list[str]:
    """Coordinate concepts worth drawing: those that the concept is contested with or related to, a few at most."""
    siblings = [one for above in broader[slug] for one in bank.narrower.get(above, ()) if one != slug]
    close = [one for one in siblings if one in bank.related.get(slug, ())]
    return list(dict.fromkeys([*contested, *close[:SHOWN_SIBLINGS]]))


def _hierarchy(
    bank: TermBank,
    slug: str,
    labels: Mapping[str, str],
    urls: Mapping[str, str],
    broader: Mapping[str, tuple[str, ...]],
) -> list[dict[str, Any]]:
    def below(one: str, above: frozenset[str]) -> list[dict[str, Any]]:
        return [
            {"label": labels[other], "url": urls[other], "children": below(other, above | {other})}
            for other in bank.narrower.get(one, ())
            if other not in above
        ]

    here = {
        "label": labels[slug],
        "here": True,
        "note": _("(you are here)"),
        "children": below(slug, frozenset({slug})),
    }
    nodes = [here]
    for above in broader[slug][:1]:
        siblings = [
            {
                "label": labels[one],
                "url": urls[one],
                "note": _("(coordinate)"),
                "children": below(one, frozenset({one, slug})),
            }
            for one in bank.narrower.get(above, ())
            if one != slug
        ]
        nodes = [{"label": labels[above], "url": urls[above], "note": _("(broader)"), "children": [here, *siblings]}]
        nodes = _upwards(above, nodes, labels, urls, broader, {slug, above})
    for above in broader[slug][1:]:
        nodes.append({"label": labels[above], "url": urls[above], "note": _("(broader as well)"), "children": []})
    return nodes


def _upwards(
    slug: str,
    nodes: list[dict[str, Any]],
    labels: Mapping[str, str],
    urls: Mapping[str, str],
    broader: Mapping[str, tuple[str, ...]],
    seen: set[str],
) -> list[dict[str, Any]]:
    above = next((one for one in broader.get(slug, ()) if one not in seen), None)
    if above is None:
        return nodes
    upper = [{"label": labels[above], "url": urls[above], "note": None, "children": nodes}]
    return _upwards(above, upper, labels, urls, broader, seen | {above})


def _with(bank: TermBank, slug: str, concept: Concept) -> TermBank:
    if bank.concepts.get(slug) is concept:
        return bank
    return TermBank(bank.versions, {**bank.concepts, slug: concept})


def _slugs(node: diagram.Node) -> list[str]:
    return [node.slug, *(slug for child in node.children for slug in _slugs(child))]
