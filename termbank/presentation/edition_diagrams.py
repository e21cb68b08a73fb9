"""Concept diagrams of editions as pages and files show them, with the same said in words."""

from collections.abc import Callable

from markupsafe import Markup

from termbank.diagrams.drawn_resources import DrawnResources
from termbank.diagrams.graph import Diagram, Node
from termbank.editions.tables import EditionResource
from termbank.notions import HIERARCHICAL
from termbank.presentation.diagrams import Told, line
from termbank.presentation.editions import ShownEdition, name_of
from termbank.presentation.texts import marked

Address = Callable[[EditionResource], str]


def diagram(shown: ShownEdition, found: DrawnResources, here: EditionResource, address: Address) -> Diagram:
    """The diagram of what was read around a concept of an edition."""
    nodes = []
    for one in found.resources:
        name, spoken = name_of(one, shown.language)
        nodes.append(
            Node(
                str(one.number), name, address(one), spoken, found.definitions.get(one.number, ""),
                is_here=one.number == here.number,
            )
        )  # fmt: skip
    keys = {node.key for node in nodes}
    return Diagram(tuple(nodes), tuple(edge for edge in found.edges if {edge.upper, edge.lower} <= keys), found.joints)


def told(shown: ShownEdition, found: DrawnResources, drawn: Diagram, onwards: Address) -> list[Told]:
    """The concepts in words, each with what its lines say, in the order in which they were found."""
    boxes = {node.key: node for node in drawn.nodes}
    names = {
        key: marked(Markup.escape(node.label), node.language or shown.language, shown.language)
        for key, node in boxes.items()
    }
    linked = {
        key: Markup('<a class="wording" href="{}">{}</a>').format(node.url, names[key]) for key, node in boxes.items()
    }
    lines: dict[str, list[Markup]] = {key: [] for key in boxes}
    for edge in drawn.edges:
        lines[edge.lower].append(line(edge.kind, linked[edge.upper]))
        if edge.kind not in HIERARCHICAL:
            lines[edge.upper].append(line(edge.kind, linked[edge.lower]))
    return [
        Told(
            names[node.key], node.url, (), Markup.escape(node.definition) if node.definition else None,
            lines[node.key], "" if node.is_here else onwards(one),
        )
        for node, one in zip(drawn.nodes, found.resources, strict=True)
    ]  # fmt: skip
