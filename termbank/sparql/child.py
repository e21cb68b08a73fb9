"""What runs in the cage for questions: `registry.cage.child` calls `warm_up` once, and `work` for each question.

The triples that questions are asked of come with the first, and are kept until others come; a child that has others, or none,
answers that it needs them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from termbank.finding_texts.all import FINDINGS
from termbank.sparql.forms import FORMS, Kind, form_named
from termbank.sparql.judging import objection, syntax

MOST_BYTES = 16 << 20
"""The longest answer."""
_AFTER = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_KINDS = {ox.QuerySolutions: Kind.ROWS, ox.QueryBoolean: Kind.TRUTH, ox.QueryTriples: Kind.TRIPLES}


class _TooLongError(Exception):
    pass


class _Bounded:
    """A file in memory that takes no more than an answer may have."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.left = MOST_BYTES

    def write(self, data: bytes) -> int:
        self.left -= len(data)
        if self.left < 0:
            raise _TooLongError
        self.pieces.append(data)
        return len(data)

    def flush(self) -> None:
        pass


class _Held:
    """The triples that this child has, and which they are."""

    key = ""
    store = ox.Store()


def warm_up() -> None:
    """Ask a question of each kind in each form, so that nothing has to be loaded when files can no longer be opened."""
    work({"key": "warm", "query": ""}, [b'<a:b> <a:c> "\xc3\xa9"@sv .\n'], lambda **facts: None)
    pattern = "{ ?s ?p ?o FILTER(REGEX(STR(?o), '^.', 'i') && NOT EXISTS { ?o a ?x }) } GROUP BY ?s ORDER BY ?s"
    for form in FORMS:
        for query in (
            f"SELECT ?s (COUNT(*) AS ?n) {pattern}",
            "ASK { ?s a ?o }",
            "DESCRIBE <a:b>",
            "SELECT ?s {",
            "CLEAR ALL",
        ):
            work({"key": "warm", "query": query, "forms": [form.name]}, (), lambda **facts: None)
            work({"key": "warm", "query": query, "most": 1}, (), lambda **facts: None)
    _Held.key, _Held.store = "", ox.Store()


def work(
    request: Mapping[str, Any], parts: Sequence[bytes], tell: Callable[..., None]
) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    """Answer one question: with bytes in the first of ``forms`` that its kind can have, or with at most ``most`` rows."""
    if parts:
        tell(unpacked=len(parts[0]))
        _Held.key, _Held.store = "", ox.Store()
        _Held.store.load(parts[0], format=ox.RdfFormat.N_TRIPLES, lenient=True)
        _Held.key = str(request["key"])
    if _Held.key != request["key"]:
        return {"needs": True}, ()
    prefixes = {str(name): str(iri) for name, iri in request.get("prefixes", {}).items()}
    text = str(request["query"])
    if finding := objection(text, prefixes):
        return {"refused": finding.as_dict()}, ()
    try:
        found = _Held.store.query(text, prefixes=prefixes)
        kind = _KINDS[type(found)]
        if "most" in request:
            return {"kind": kind, **_shown(found, kind, int(request["most"]))}, ()
        return _written(found, kind, [str(name) for name in request["forms"]])
    except SyntaxError as error:
        return {"refused": syntax(str(error)).as_dict()}, ()
    except _TooLongError:
        return {"refused": FINDINGS.found("SPARQL-007", {"size": MOST_BYTES >> 20}).as_dict()}, ()
    except (OSError, ValueError, RuntimeError) as error:
        return {"refused": FINDINGS.found("SPARQL-009", {"told": str(error)[:200]}).as_dict()}, ()


def _written(found: Any, kind: Kind, names: Sequence[str]) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    fitting = [form for name in names if (form := form_named(name)) and kind in form.of]
    if not fitting:
        return {"kind": kind, "form": None}, ()
    output = _Bounded()
    found.serialize(output, format=_AFTER[fitting[0].name])
    return {"kind": kind, "form": fitting[0].name}, [b"".join(output.pieces)]


def _shown(found: Any, kind: Kind, most: int) -> dict[str, Any]:
    """The first rows as values, and whether there are more."""
    if kind is Kind.TRUTH:
        return {"truth": bool(found)}
    names = [one.value for one in found.variables] if kind is Kind.ROWS else ["subject", "predicate", "object"]
    rows: list[list[Any]] = []
    for row in found:
        if len(rows) == most:
            return {"names": names, "rows": rows, "is_more": True}
        values = list(row) if kind is Kind.ROWS else [row.subject, row.predicate, row.object]
        rows.append([_value(one) for one in values])
    return {"names": names, "rows": rows, "is_more": False}


def _value(term: Any) -> list[str] | None:
    """A term as its kind, its text and its language or type; ``None`` where a variable has no value."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return ["literal", term.value, term.language or "", term.datatype.value]
    if isinstance(term, ox.NamedNode):
        return ["iri", term.value, "", ""]
    return ["other", str(term), "", ""]
