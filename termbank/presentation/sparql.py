"""Questions in SPARQL as a page shows them: examples, and answers as a table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from registry.findings import Language
from termbank.concepts.concept import is_web_address
from termbank.sparql.caged import Shown, Value
from termbank.sparql.forms import Form, forms_of

_OPAQUE = re.compile(r"^.*/termbank/id/([a-z]+/)([0-9a-f]{8})[0-9a-f]{24,}")
"""A name that this instance gave: its beginning tells it from the others of a table."""
_TEXTS = ("http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")


@dataclass(frozen=True, slots=True)
class Example:
    """A question to begin with."""

    label: str
    url: str
    query: str


def examples(language: Language) -> list[Example]:
    """Questions that show what can be asked, in the reader's language."""
    return [
        Example(label, url_for("termbank.sparql", query=query), query)
        for label, query in (
            (_("Terms and their definitions"), _DEFINED.format(language=language)),
            (_("Everything narrower than a concept, however far"), _NARROWER.format(language=language)),
            (_("Terms that are advised against, and what to use"), _ADVISED_AGAINST.format(language=language)),
            (_("How regions apply a wording"), _APPLIED.format(language=language)),
            (_("What is no longer used, and what took its place"), _REPLACED),
            (_("A concept as triples"), _DESCRIBED),
        )
    ]


def rows_of(shown: Shown, prefixes: Mapping[str, str], language: Language) -> list[list[Markup]]:
    """The cells of an answer: names as links, and texts marked with their language."""
    return [[_cell(value, prefixes, language) for value in row] for row in shown.rows]


def heads_of(shown: Shown) -> list[str]:
    """What the columns are called: the question's variables, or the parts of a triple."""
    parts = {"subject": _("Subject"), "predicate": _("Property"), "object": _("Value")}
    return [f"?{name}" if shown.kind == "rows" else str(parts[name]) for name in shown.names]


def files_of(shown: Shown, query: str, language: Language) -> list[tuple[str, str]]:
    """The whole answer in each form that it can have: what it is called, and its address."""
    return [
        (_called(form, language), url_for("termbank.sparql", query=query, format=form.name))
        for form in forms_of(shown.kind)
    ]


def _called(form: Form, language: Language) -> str:
    return form.label.in_language(language)


def _cell(value: Value, prefixes: Mapping[str, str], language: Language) -> Markup:
    if value is None:
        return Markup("")
    kind, text, said_in, datatype = value
    if kind == "iri":
        name = _OPAQUE.sub(r"\1\2…", text) if _OPAQUE.match(text) else _shortened(text, prefixes)
        return Markup('<a href="{}">{}</a>').format(text, name) if is_web_address(text) else Markup.escape(name)
    if said_in and said_in != language:
        return Markup('<span lang="{}">{}</span>').format(said_in, text)
    if datatype and datatype not in _TEXTS:
        return Markup('{} <small class="soft">{}</small>').format(text, _shortened(datatype, prefixes))
    return Markup.escape(text)


def _shortened(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI as a question would write it, where a prefix fits.

    >>> _shortened("http://www.w3.org/2004/02/skos/core#broader", {"skos": "http://www.w3.org/2004/02/skos/core#"})
    'skos:broader'
    """
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


_DEFINED = """\
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?term ?definition ?concept WHERE {{
  ?concept skos:prefLabel ?term ; skos:definition ?definition .
  FILTER(LANG(?term) = "{language}" && LANG(?definition) = "{language}")
}}
ORDER BY ?term
LIMIT 50
"""
_NARROWER = """\
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?term ?narrower WHERE {{
  ?concept skos:prefLabel "vårdplats"@sv .
  ?narrower skos:broader+ ?concept ; skos:prefLabel ?term .
  FILTER(LANG(?term) = "{language}")
}}
ORDER BY ?term
"""
_ADVISED_AGAINST = """\
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?against ?instead WHERE {{
  ?concept vpr:deprecatedLabel ?against ; skos:prefLabel ?instead .
  FILTER(LANG(?instead) = "{language}")
}}
ORDER BY ?against
"""
_APPLIED = """\
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?region ?from ?question ?answer WHERE {{
  ?concept skos:prefLabel "fastställd vårdplats"@sv .
  ?statement vpr:concept ?concept ; vpr:region ?region ; vpr:answer ?one .
  OPTIONAL {{ ?statement vpr:validFrom ?from }}
  ?one vpr:question ?question ; vpr:value ?answer .
  FILTER(LANG(?question) = "{language}")
}}
ORDER BY ?region ?from ?question
"""
_REPLACED = """\
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX dct: <http://purl.org/dc/terms/>

SELECT ?gone ?instead WHERE {
  ?gone owl:deprecated true .
  OPTIONAL { ?gone dct:isReplacedBy ?instead }
}
"""
_DESCRIBED = """\
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

CONSTRUCT { ?concept ?property ?value } WHERE {
  ?concept skos:prefLabel "disponibel vårdplats"@sv ; ?property ?value .
}
"""
