"""Concept diagrams as pages and files show them: boxes with their words, what lines mean, and the same said in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from registry.findings import Language
from termbank.concepts.concept import Concept
from termbank.diagrams.drawing import Words
from termbank.diagrams.drawn_concepts import DEEPEST, DrawnConcepts
from termbank.diagrams.graph import Diagram, Edge, Node, closing, edges_among, leading_to_themselves
from termbank.notions import HIERARCHICAL, RelationKind
from termbank.presentation.texts import best, concept_url, marked, read_in, term

Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Told:
    """A concept of a diagram in words: its definition, and what its lines say."""

    name: Markup
    url: str
    remarks: tuple[str, ...]
    definition: Markup | None
    relations: list[Markup]
    onwards: str
    """The address of the diagram around it; empty for the one that this is of."""


def diagram_of(
    concepts: Mapping[str, Concept],
    language: Language,
    *,
    here: str = "",
    coming: Iterable[str] = (),
    gone: Iterable[str] = (),
    more_below: Mapping[str, int] | None = None,
    joints: Mapping[str, Sequence[int]] | None = None,
    address: Address = concept_url,
) -> Diagram:
    """The diagram of these concepts, by key in the order in which they are to stand."""
    pale = {**{key: _("(coming)") for key in coming}, **{key: _("(withdrawn)") for key in gone}}
    nodes = []
    for key, concept in concepts.items():
        name = term(concept, language)
        definition = best(concept.definitions, language)
        number = (more_below or {}).get(key, 0)
        more = (str(ngettext("one more below", "%(num)d more below", number)),) if number else ()
        nodes.append(
            Node(
                key, name, address(key), _language_of(concept, name, language), definition.text if definition else "",
                (*((str(pale[key]),) if key in pale else ()), *more), key == here, key in pale,
            )
        )  # fmt: skip
    return Diagram(tuple(nodes), edges_among(concepts), joints or {})


def surrounding(found: DrawnConcepts, language: Language, here: str = "", address: Address = concept_url) -> Diagram:
    """The diagram of what was read around a concept, or of a scheme."""
    return diagram_of(
        found.concepts, language, here=here, coming=found.coming, gone=found.gone, more_below=found.more_below,
        joints=found.joints, address=address,
    )  # fmt: skip


def words(title: str, below: Sequence[str] = ()) -> Words:
    """What a diagram says of itself, in the reader's language."""
    return Words(
        title, _("The relations between the concepts. The list on the page says the same in words."), legend(), below
    )


def legend() -> dict[RelationKind, str]:
    """What each kind of line means."""
    return {
        RelationKind.GENERIC: _("Branches: a kind of (generic relation)"),
        RelationKind.PARTITIVE: _("Rake: a part of (partitive relation)"),
        RelationKind.BROADER_UNKNOWN: _("Dashed: narrower; in which way is not stated"),
        RelationKind.ASSOCIATIVE: _("Arrows: connected (associative relation)"),
        RelationKind.CONTESTED: _("Dotted: applied differently"),
    }


def told(
    diagram: Diagram, concepts: Mapping[str, Concept], language: Language, address: Address, onwards: Address
) -> list[Told]:
    """The concepts in words, each with what its lines say, in the order in which they were found."""
    boxes = {node.key: node for node in diagram.nodes}
    linked = {
        key: marked(Markup('<a class="wording" href="{}">{}</a>').format(address(key), node.label), node.language or language, language)
        for key, node in boxes.items()
    }  # fmt: skip
    lines: dict[str, list[Markup]] = {key: [] for key in boxes}
    for edge in diagram.edges:
        lines[edge.lower].append(_line(edge, linked[edge.upper], concepts, language))
        if edge.kind not in HIERARCHICAL:
            lines[edge.upper].append(_line(edge, linked[edge.lower], concepts, language))
    for key in leading_to_themselves(concepts):
        lines[key].append(Markup.escape(_("has a relation with itself, which is not drawn")))
    rows = []
    for node in diagram.nodes:
        definition = best(concepts[node.key].definitions, language)
        said = marked(Markup.escape(definition.text), definition.language or language, language) if definition else None
        name = marked(Markup.escape(node.label), node.language or language, language)
        rows.append(
            Told(
                name, address(node.key), node.remarks, said, lines[node.key], "" if node.is_here else onwards(node.key)
            )
        )
    return rows


def remarks(diagram: Diagram, is_cut: bool) -> list[str]:
    """What a reader must know of a diagram besides what is in it: that it is cut, and circles."""
    labels = {node.key: node.label for node in diagram.nodes}
    hierarchy = [edge for edge in diagram.edges if edge.kind in HIERARCHICAL]
    found = []
    if is_cut:
        found.append(
            _(
                "There are more concepts than can be drawn: these are the nearest %(number)d. Follow a concept to go on from it.",
                number=len(labels),
            )
        )
    for edge in sorted(closing(list(labels), hierarchy), key=lambda one: (labels[one.lower], labels[one.upper])):
        found.append(
            _(
                "%(term)s and %(other)s are each above the other, directly or through others. The registry cannot say which of them is the broader one.",
                term=labels[edge.lower], other=labels[edge.upper],
            )
        )  # fmt: skip
    return [str(one) for one in found]


def steps_asked_for(written: str | None, otherwise: int) -> int:
    """How many steps an address asks for (``djup``); anything else than 1 to `DEEPEST` is ``otherwise``.

    >>> steps_asked_for("3", 2), steps_asked_for("0", 2), steps_asked_for("many", 2), steps_asked_for(None, 1)
    (3, 2, 2, 1)
    """
    return int(written) if written and written in [str(one) for one in range(1, DEEPEST + 1)] else otherwise


def line(kind: RelationKind, other: Markup) -> Markup:
    """What a line says of a concept, in relation to the other at its end."""
    texts = {
        RelationKind.GENERIC: _("is a kind of %(term)s"),
        RelationKind.PARTITIVE: _("is a part of %(term)s"),
        RelationKind.BROADER_UNKNOWN: _("is narrower than %(term)s; in which way is not stated"),
        RelationKind.ASSOCIATIVE: _("is connected with %(term)s"),
        RelationKind.CONTESTED: _("is applied differently in relation to %(term)s"),
    }
    return Markup.escape(texts[kind]) % {"term": other}


def _line(edge: Edge, other: Markup, concepts: Mapping[str, Concept], language: Language) -> Markup:
    said = line(edge.kind, other)
    about = _about(edge, concepts, language)
    return Markup('{} <span class="soft">({})</span>').format(said, about) if about else said


def _about(edge: Edge, concepts: Mapping[str, Concept], language: Language) -> str:
    """What the author says of a relation: the name of an association, or what is applied differently."""
    for key, other in ((edge.upper, edge.lower), (edge.lower, edge.upper)):
        for relation in concepts[key].related_by(edge.kind):
            said = read_in(relation.label, language) or read_in(relation.texts, language)
            if relation.key == other and said:
                return said
    return ""


def _language_of(concept: Concept, name: str, language: Language) -> str:
    """The language of what a concept is called, where that is another than the page's; empty where it is not known."""
    found = [one.language for one in concept.terms if one.text == name]
    return "" if language in found else next(iter(found), "")
