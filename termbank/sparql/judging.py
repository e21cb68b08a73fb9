"""Whether a question may be asked: one question of SPARQL 1.1 that reads what is here, and nothing else. Pure.

What is decided on is what rdflib's parser and its algebra hold, wherever in the question it stands: SERVICE and FROM name something
that would have to be fetched, and an update is no question. The store that answers has no network in any case (`registry.cage`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pyparsing import ParseBaseException
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate

from registry.findings import Finding
from termbank.finding_texts.all import FINDINGS

MOST_LETTERS = 20_000
"""The longest question that is read."""
MOST_TOLD = 200
"""Letters of what a parser says that are told."""
_SERVICE, _DATASET = "ServiceGraphPattern", "DatasetClause"


def objection(text: str, prefixes: Mapping[str, str]) -> Finding | None:
    """Why a question is not answered, if so. ``prefixes`` need not be declared in it."""
    if not text.strip():
        return FINDINGS.found("SPARQL-001")
    if len(text) > MOST_LETTERS:
        return FINDINGS.found("SPARQL-002", {"number": len(text), "most": MOST_LETTERS})
    try:
        parsed = parseQuery(text)
        found = _names(parsed)
        found |= _names(translateQuery(parsed, initNs=prefixes).algebra)
    except ParseBaseException as error:
        return _unparsed(text, error)
    except RecursionError:
        return FINDINGS.found("SPARQL-008")
    except (
        Exception
    ) as error:  # an unknown prefix, a variable that is bound twice, …: rdflib has no class of its own for these
        return syntax(str(error))
    if _SERVICE in found:
        return FINDINGS.found("SPARQL-004")
    return FINDINGS.found("SPARQL-005") if _DATASET in found else None


def syntax(told: str) -> Finding:
    """A question that cannot be read, with what its reader says of it."""
    said = " ".join(told.split())
    return FINDINGS.found("SPARQL-003", {"told": said if len(said) <= MOST_TOLD else f"{said[:MOST_TOLD]} …"})


def _unparsed(text: str, error: ParseBaseException) -> Finding:
    try:
        parseUpdate(text)
    except Exception:
        return syntax(str(error))
    return FINDINGS.found("SPARQL-006")


def _names(parsed: Any) -> set[str]:
    """The names of every part of a parsed question, however deep."""
    found: set[str] = set()
    left = [parsed]
    while left:
        one = left.pop()
        if isinstance(one, str):
            continue
        if isinstance(one, Mapping):
            found.add(str(getattr(one, "name", "")))
            left += one.values()
        elif isinstance(one, Iterable):
            left += one
    return found
