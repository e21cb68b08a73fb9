"""Triples as lines of N-Triples, as they are written: no graph is kept, so that all schemes together cost little. Pure.

A third of the time is spent that a graph of rdflib takes (ADR 42). Lines may come twice; a store keeps one.
"""

import re
from typing import Any

from rdflib import RDF, Literal

_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


class Lines:
    """What `termbank.exchange.skos.write` writes to. Answers whether a property or a class was used, and nothing else."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._used: set[Any] = set()

    def bind(self, prefix: str, namespace: Any) -> None:
        """Lines have no prefixes."""

    def add(self, triple: tuple[Any, Any, Any]) -> None:
        """Write a triple."""
        subject, predicate, value = triple
        self._used.add(value if predicate == RDF.type else predicate)
        self.lines.append(f"{_named(subject)} {_named(predicate)} {_term(value)} .\n")

    def __contains__(self, triple: tuple[Any, Any, Any]) -> bool:
        _, predicate, value = triple
        return (value if predicate == RDF.type else predicate) in self._used

    def encoded(self) -> bytes:
        """All lines (W3C RDF 1.1 N-Triples)."""
        return "".join(self.lines).encode()


def _named(term: Any) -> str:
    """An IRI in its brackets; what may not stand there is written as RFC 3986 writes it.

    >>> _named("https://a.se/a b")
    '<https://a.se/a%20b>'
    """
    return f"<{_UNSAFE.sub(lambda found: f'%{ord(found[0]):02X}', term)}>"


def _term(term: Any) -> str:
    r"""A literal or an IRI.

    >>> _term(Literal('en "rad"\n', lang="sv")), _term(Literal(True))
    ('"en \\"rad\\"\\n"@sv', '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>')
    """
    if not isinstance(term, Literal):
        return _named(term)
    text = f'"{str(term).translate(_ESCAPES)}"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^{_named(term.datatype)}" if term.datatype else text
