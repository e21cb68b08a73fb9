"""What a person should know of a file of RDF that can be read, before its concepts come into a scheme. Pure."""

from collections.abc import Iterable, Sequence

from registry.findings import Finding, Param
from termbank.finding_texts.all import FINDINGS

RELATIVE = "file:///"
"""How names begin that are relative in a file without a base (`rdf_files.quads_of`)."""


def remarks(schemes: Sequence[str], names: Iterable[str]) -> tuple[Finding, ...]:
    """``schemes``: the concept schemes of the file, the one that is taken for its own first. ``names``: of its concepts.

    >>> [one.code for one in remarks(["http://a.example/", "http://b.example/"], ["http://a.example/1", "file:///2"])]
    ['IMPORT-034', 'IMPORT-035']
    """
    found: list[Finding] = []
    if len(schemes) > 1:
        found.append(FINDINGS.found("IMPORT-034", {"number": len(schemes), "name": schemes[0][:200]}))
    relative = [one for one in names if one.startswith(RELATIVE)]
    if relative:
        params: dict[str, Param] = {"number": len(relative), "name": relative[0].removeprefix(RELATIVE)[:200]}
        found.append(FINDINGS.found("IMPORT-035", params))
    return tuple(found)
