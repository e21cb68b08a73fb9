"""What an answer to a question can be written as (SPARQL 1.1 Protocol, 2.1; the result formats and RDF syntaxes of the W3C). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.findings import Text


class Kind(StrEnum):
    """What a question is answered with."""

    ROWS = "rows"
    """Of SELECT."""
    TRUTH = "truth"
    """Of ASK."""
    TRIPLES = "triples"
    """Of CONSTRUCT and DESCRIBE."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way of writing answers. ``media_types`` are what may be accepted; the first is what is sent. ``resource`` is what the W3C
    calls it (https://www.w3.org/ns/formats/)."""

    name: str
    label: Text
    extension: str
    media_types: tuple[str, ...]
    of: frozenset[Kind]
    resource: str


_TABLES, _GRAPHS = frozenset({Kind.ROWS, Kind.TRUTH}), frozenset({Kind.TRIPLES})


def _same(name: str) -> Text:
    return Text(name, name)


FORMS = (
    Form(
        "json",
        _same("JSON"),
        "json",
        ("application/sparql-results+json", "application/json"),
        _TABLES,
        "SPARQL_Results_JSON",
    ),
    Form(
        "xml", _same("XML"), "xml", ("application/sparql-results+xml", "application/xml"), _TABLES, "SPARQL_Results_XML"
    ),
    Form("csv", _same("CSV"), "csv", ("text/csv",), _TABLES, "SPARQL_Results_CSV"),
    Form("tsv", _same("TSV"), "tsv", ("text/tab-separated-values",), _TABLES, "SPARQL_Results_TSV"),
    Form("turtle", _same("Turtle"), "ttl", ("text/turtle",), _GRAPHS, "Turtle"),
    Form("ntriples", _same("N-Triples"), "nt", ("application/n-triples",), _GRAPHS, "N-Triples"),
    Form("rdfxml", _same("RDF/XML"), "rdf", ("application/rdf+xml", "application/xml"), _GRAPHS, "RDF_XML"),
)
"""The first of each kind is what is sent where anything is accepted."""


def forms_of(kind: Kind) -> Sequence[Form]:
    """The forms that answers of a kind can have.

    >>> [form.name for form in forms_of(Kind.TRIPLES)]
    ['turtle', 'ntriples', 'rdfxml']
    """
    return [form for form in FORMS if kind in form.of]


def form_named(name: str) -> Form | None:
    """The form by its name."""
    return next((form for form in FORMS if form.name == name), None)
