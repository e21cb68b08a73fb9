"""Triples of an rdflib graph, as the checks take them. Pure."""

from collections.abc import Iterator

import rdflib
from rdflib.term import Node

from termbank.vocabularies.index import Literal, Object, Triple


def triples_in(graph: rdflib.Graph) -> Iterator[Triple]:
    """The triples of a graph, in an order that does not depend on how it was made."""
    told = ((_resource(one), str(predicate), _object(value)) for one, predicate, value in graph)
    yield from sorted(told, key=lambda triple: (triple[0], triple[1], str(triple[2])))


def _resource(node: Node) -> str:
    return f"_:{node}" if isinstance(node, rdflib.BNode) else str(node)


def _object(node: Node) -> Object:
    return Literal(str(node), node.language or "") if isinstance(node, rdflib.Literal) else _resource(node)
