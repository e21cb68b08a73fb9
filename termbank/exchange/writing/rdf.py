"""Triples as Turtle, RDF/XML, JSON-LD and N-Triples: the same bytes each time. Nothing is fetched. Pure."""

import json
import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, split_uri
from rdflib.plugins.serializers import jsonld
from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.plugins.shared.jsonld.context import Context
from rdflib.term import Node

from termbank.concepts.wordings import CONTROLS
from termbank.exchange.names import Names


def turtle(triples: Graph) -> bytes:
    """W3C RDF 1.1 Turtle."""
    out = BytesIO()
    _Turtle(_ordered(triples)).serialize(out, encoding="utf-8")
    return out.getvalue()


def n_triples(triples: Graph) -> bytes:
    """W3C RDF 1.1 N-Triples, in the order of its lines."""
    lines = triples.serialize(format="nt", encoding="utf-8").splitlines(keepends=True)
    return b"".join(sorted(line for line in lines if line.strip()))


def rdf_xml(triples: Graph) -> bytes:
    """RDF/XML with subjects and properties in order; rdflib's own writers order by hash, differently in each process."""
    prefixes = {str(namespace): prefix for prefix, namespace in triples.namespaces()}
    used: dict[str, str] = {str(RDF): "rdf"}
    body: list[str] = []

    def name_of(predicate: URIRef) -> str:
        namespace, local = split_uri(predicate)
        prefix = used.setdefault(namespace, prefixes.get(namespace) or f"ns{len(used)}")
        return f"{prefix}:{local}"

    for subject in sorted(set(triples.subjects()), key=str):
        body.append(f"  <rdf:Description rdf:about={quoteattr(str(subject))}>")
        for predicate, value in sorted(
            triples.predicate_objects(subject), key=lambda pair: (pair[0].n3(), pair[1].n3())
        ):
            if not in_xml(predicate, value):
                continue
            name = name_of(URIRef(str(predicate)))
            if isinstance(value, Literal):
                mark = f" xml:lang={quoteattr(value.language)}" if value.language else ""
                mark += f" rdf:datatype={quoteattr(str(value.datatype))}" if value.datatype else ""
                body.append(f"    <{name}{mark}>{escape(str(value), _RETURN)}</{name}>")
            else:
                body.append(f"    <{name} rdf:resource={quoteattr(str(value))}/>")
        body.append("  </rdf:Description>")
    declared = "".join(f" xmlns:{prefix}={quoteattr(namespace)}" for namespace, prefix in sorted(used.items()))
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<rdf:RDF{declared}>", *body, "</rdf:RDF>", ""]
    return "\n".join(lines).encode()


def in_xml(predicate: Node, value: Node) -> bool:
    """Whether RDF/XML can say it: the predicate ends in a name of XML, and the text has no character that XML forbids."""
    try:
        _, local = split_uri(URIRef(str(predicate)))
    except ValueError:
        return False
    return _LOCAL_NAME.fullmatch(local) is not None and not (isinstance(value, Literal) and CONTROLS.search(value))


_LOCAL_NAME = re.compile(r"[^\W\d][\w.-]*")
_RETURN = {"\r": "&#13;"}
"""What a reader of XML would make a line feed of (XML 1.0, 2.11)."""


def json_ld(triples: Graph, base: str) -> bytes:
    """W3C JSON-LD 1.1 with its context inside. ``base`` is the address of the instance."""
    context: dict[str, Any] = {
        "skos": str(SKOS),
        "dct": str(DCTERMS),
        "owl": str(OWL),
        "rdfs": str(RDFS),
        "xsd": str(XSD),
        "vpr": str(Names(base).vocabulary),
    }
    converted = _JsonLd(Context(context), use_native_types=False, use_rdf_type=False).convert(_ordered(triples))
    said = {"@context": context, **({"@graph": converted} if isinstance(converted, list) else converted)}
    document = json.loads(json.dumps(said, sort_keys=True))
    if isinstance(document.get("@graph"), list):
        document["@graph"].sort(key=lambda node: node["@id"])
        document["@graph"] = [_in_order(node) for node in document["@graph"]]
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


_AS_IT_STANDS = {
    XSD.boolean: re.compile("true|false"),
    XSD.integer: re.compile("0|-?[1-9][0-9]{0,14}"),
}
"""Literals that Turtle and JSON-LD may write without their datatype, and that come back with the same text."""


def _stands_alone(said: Literal) -> bool:
    form = _AS_IT_STANDS.get(said.datatype) if said.datatype is not None else None
    return form is not None and form.fullmatch(said) is not None


class _Turtle(TurtleSerializer):
    """rdflib's writer, but literals keep their texts: it would write ``"1"^^xsd:boolean`` as ``1``."""

    def label(self, node: Node, position: int) -> str:
        if isinstance(node, Literal) and node.datatype is not None and not _stands_alone(node):
            return f"{Literal(str(node)).n3()}^^{self.get_pname(node.datatype, False) or node.datatype.n3()}"
        return str(super().label(node, position))


class _JsonLd(jsonld.Converter):
    """rdflib's writer, but literals keep their texts: it would write ``"007"^^xsd:integer`` as ``7``."""

    def to_raw_value(self, graph: Graph, s: Any, o: Any, nodemap: dict[str, Any]) -> Any:
        if isinstance(o, Literal) and o.datatype is not None and not _stands_alone(o):
            return {self.context.type_key: self.context.to_symbol(o.datatype), self.context.value_key: str(o)}
        return super().to_raw_value(graph, s, o, nodemap)


def _ordered(triples: Graph) -> Graph:
    """The same triples, added in order, so that a serializer that keeps order gives the same bytes."""
    ordered = Graph()
    for prefix, namespace in triples.namespaces():
        ordered.bind(prefix, namespace)
    for triple in sorted(triples, key=lambda triple: tuple(term.n3() for term in triple)):
        ordered.add(triple)
    return ordered


def _in_order(node: Mapping[str, Any]) -> dict[str, Any]:
    def settle(value: Any) -> Any:
        if isinstance(value, list):
            return sorted(value, key=lambda item: json.dumps(item, sort_keys=True, ensure_ascii=False))
        return value

    return {key: settle(node[key]) for key in sorted(node)}
