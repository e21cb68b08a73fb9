"""How a concept stands among the others: the drawing, the same as a list, and the whole hierarchy."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from registry.findings import Language
from termbank.bank.queries.term_banks import TermBank
from termbank.concepts.concept import Concept
from termbank.diagrams.drawing import Joints, draw
from termbank.presentation.diagrams import diagram_of, words
from termbank.presentation.texts import concept_url, read_in, term

SHOWN = 16
"""Concepts that the diagram on a concept's page has; a page of its own has more."""
FITS = 560.0
"""The width in units of half a page."""


@dataclass(frozen=True, slots=True)
class Relations:
    """A concept's relations, ready for the page: the drawing, the same as a list, and what is associated."""

    drawing: Markup | None
    hierarchy: list[dict[str, Any]]
    related: list[tuple[str, str]]
    doubts: list[tuple[str, str, str, str]]
    """(slug, term, url, what is applied differently)."""
    left_out: int
    """Concepts that relations lead to and that are not in the drawing."""


def relations(
    bank: TermBank, slug: str, concept: Concept, language: Language, joints_in: Callable[[Iterable[str]], Joints]
) -> Relations:
    """How ``concept`` (any version of it) stands among the published concepts. ``joints_in`` says where wide words of labels
    are broken."""
    bank = _with(bank, slug, concept)
    labels = {one: term(other, language) for one, other in bank.concepts.items()}
    urls = {one: concept_url(one) for one in bank.concepts}
    broader = {one: tuple(above for above in other.broader if above in labels) for one, other in bank.concepts.items()}
    doubts = [
        (other.key, labels[other.key], urls[other.key], read_in(other.texts, language))
        for other in concept.contested
        if other.key in labels
    ]
    shown, number = _nearest(bank, slug, concept, broader)
    joints = joints_in(labels[one] for one in shown)
    diagram = diagram_of({one: bank.concepts[one] for one in shown}, language, here=slug, joints=joints)
    title = _("Concept diagram: %(term)s", term=labels[slug])
    return Relations(
        drawing=draw(diagram, words(title), id="begreppsdiagram", fits=FITS) if diagram.edges else None,
        hierarchy=_hierarchy(bank, slug, labels, urls, broader),
        related=[(labels[other], urls[other]) for other in bank.related.get(slug, ())],
        doubts=doubts,
        left_out=number - len(shown),
    )


def _nearest(
    bank: TermBank, slug: str, concept: Concept, broader: Mapping[str, tuple[str, ...]]
) -> tuple[list[str], int]:
    """The concepts that the page's own diagram shows, and how many there would be: the way up, and what relations lead to."""
    way = [slug]
    while above := next((one for one in broader.get(way[-1], ()) if one not in way), None):
        way.append(above)
    contested = [one.key for one in concept.contested if one.key in bank.concepts]
    near = [*broader[slug], *bank.narrower.get(slug, ()), *bank.related.get(slug, ()), *contested]
    every = list(dict.fromkeys([*way, *near]))
    return every[: max(SHOWN, len(way))], len(every)


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
