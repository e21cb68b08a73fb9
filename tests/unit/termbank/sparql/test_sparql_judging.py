"""Which questions in SPARQL are answered, by what rdflib's algebra holds; and triples as lines."""

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from termbank.exchange import skos
from termbank.sparql.forms import FORMS, Kind, form_named, forms_of
from termbank.sparql.judging import MOST_LETTERS, MOST_TOLD, objection, syntax
from termbank.sparql.lines import Lines
from tests.unit.termbank.exchange.test_every_triple import everything

PREFIXES = {"vpr": "https://r.se/ns#"}
SERVICE = "SERVICE <http://a.example/> { ?s ?p ?o }"


def _code(query: str) -> str | None:
    found = objection(query, PREFIXES)
    return found.code if found else None


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s vpr:concept ?o }",
        "ASK { ?s ?p 'SERVICE <http://a.example/> {} FROM <http://a.example/>' } # FROM",
        "DESCRIBE <http://a.example/>",
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?service { ?service skos:broader+ ?from MINUS { ?service a skos:Collection } } GROUP BY ?service",
    ],
)
def test_a_question_of_what_is_here_is_answered(query):
    assert _code(query) is None


@pytest.mark.parametrize(
    "pattern",
    [
        SERVICE,
        f"?s ?p ?o OPTIONAL {{ {SERVICE} }}",
        f"{{ SELECT ?s {{ {SERVICE} }} }}",
        f"?s ?p ?o FILTER EXISTS {{ {SERVICE} }}",
        f"?s ?p ?o FILTER(1 = 1 && NOT EXISTS {{ {{ ?a ?b ?c }} UNION {{ {SERVICE} }} }})",
        f"?s ?p ?o BIND(EXISTS {{ {SERVICE} }} AS ?x)",
        f"GRAPH ?g {{ ?s ?p ?o MINUS {{ {SERVICE} }} }}",
        "VALUES ?x { <http://a.example/> } SERVICE SILENT ?x { ?s ?p ?o }",
    ],
)
def test_service_is_refused_wherever_it_stands(pattern):
    assert _code(f"SELECT ?s {{ {pattern} }}") == "SPARQL-004"
    assert _code(f"CONSTRUCT {{ ?s a ?o }} WHERE {{ {pattern} }}") == "SPARQL-004"


def test_other_data_and_updates_are_refused():
    for query in ("SELECT * FROM <a:b> { ?s ?p ?o }", "ASK FROM NAMED <a:b> { ?s ?p ?o }", "DESCRIBE <a:b> FROM <a:c>"):
        assert _code(query) == "SPARQL-005", query
    for query in ("DROP ALL", "DELETE WHERE { ?s ?p ?o }", "WITH <a:b> INSERT { ?s a ?o } WHERE { ?s ?p ?o }"):
        assert _code(query) == "SPARQL-006", query


def test_what_cannot_be_read_says_where():
    assert [_code(query) for query in ("", " \n", "SELECT", "ASK { ?s nope:a ?o }")] == [
        "SPARQL-001",
        "SPARQL-001",
        "SPARQL-003",
        "SPARQL-003",
    ]
    assert "line:2" in str(objection("SELECT *\n{ ?s ?p }", {}).params["told"])
    assert _code(f"ASK {{ ?s ?p ?o FILTER({'(' * 900}1{')' * 900}) }}") == "SPARQL-008"
    whole = "ASK { ?s ?p '" + "x" * (MOST_LETTERS - 17) + "' }"
    assert (len(whole), _code(whole)) == (MOST_LETTERS - 1, None)
    assert (_code(whole + " "), _code(whole + "  ")) == (None, "SPARQL-002")
    assert objection(whole + "  ", {}).params == {"number": MOST_LETTERS + 1, "most": MOST_LETTERS}
    assert syntax("a\n  b").params["told"] == "a b"
    assert syntax("x" * MOST_TOLD).params["told"] == "x" * MOST_TOLD
    assert syntax("x" * (MOST_TOLD + 1)).params["told"] == "x" * MOST_TOLD + " …"


def test_each_kind_of_answer_has_a_form_for_whoever_takes_anything():
    assert {kind: forms_of(kind)[0].name for kind in Kind} == {"rows": "json", "truth": "json", "triples": "turtle"}
    assert form_named("csv").media_types == ("text/csv",) and form_named("docx") is None
    assert all(form.media_types and form.extension for form in FORMS)


def test_lines_hold_the_triples_of_the_graph():
    lines = Lines()
    skos.write(everything(), lines)
    read = Graph().parse(data=lines.encoded(), format="nt")
    assert isomorphic(read, skos.graph(everything())) and len(read) > 100
