"""Questions in SPARQL: the protocol for machines, the page for people, and what is refused."""

import json
import socket
from dataclasses import replace
from threading import Thread

import pytest
from rdflib import RDF, SKOS, Graph, Namespace

from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.errors import Busy
from registry.items import queries as items
from registry.items.starter import load_published
from registry.starter import STEWARD
from termbank.sparql import caged
from tests.conftest import NOW
from tests.factories.concepts import concept
from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
PLACE = "/termbank/sparql"
COUNT = "SELECT (COUNT(?c) AS ?n) { ?c a skos:Concept }"
QUESTION = {"Content-Type": "application/sparql-query"}


@pytest.fixture
def ask(client):
    """Ask a question as a program does."""
    return lambda query, accept="*/*", **more: client.get(
        PLACE, query_string={"query": query, **more}, headers={"Accept": accept}
    )


def _number(answer) -> int:
    return int(answer.get_json(force=True)["results"]["bindings"][0]["n"]["value"])


def test_a_question_is_answered_in_each_way_of_asking_and_each_form(client, ask):
    assert _number(ask(COUNT)) == 35
    assert _number(client.post(PLACE, data={"query": COUNT})) == 35
    assert _number(client.post(PLACE, data=COUNT, headers=QUESTION)) == 35
    for accept, name, begins in (
        ("application/sparql-results+json", "application/sparql-results+json", b'{"head"'),
        ("application/json", "application/json", b'{"head"'),
        ("application/sparql-results+xml, text/html;q=0.1", "application/sparql-results+xml", b"<?xml"),
        ("text/csv;q=0.4, text/tab-separated-values", "text/tab-separated-values", b"?n\n"),
        ("text/csv", "text/csv", b"n\r\n35"),
    ):
        answer = ask(COUNT, accept)
        assert (answer.status_code, answer.mimetype, answer.vary.as_set()) == (200, name, {"accept", "cookie"})
        assert answer.data.startswith(begins)
    assert ask("ASK { ?c skos:prefLabel 'vårdplats'@sv }").json == {"head": {}, "boolean": True}
    graph = "CONSTRUCT { ?c a skos:Concept } { ?c a skos:Concept }"
    for accept, name in (
        ("*/*", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
    ):
        answer = ask(graph, accept)
        assert answer.mimetype == name
        assert len(set(Graph().parse(data=answer.data, format=name).subjects(RDF.type, SKOS.Concept))) == 35
    assert ask(COUNT, "text/turtle").status_code == 406 == ask(COUNT, "image/png").status_code
    file = ask(COUNT, format="csv")
    assert file.mimetype == "text/csv" and 'filename="svar.csv"' in file.headers["Content-Disposition"]
    assert ask(COUNT, format="turtle").status_code == 400 == ask(COUNT, format="docx").status_code


def test_nothing_is_fetched_whatever_the_question_says(ask):
    """Example 6 of the term bank: a listener that nobody comes to."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        service = f"SERVICE <http://127.0.0.1:{port}/> {{?s ?p ?o}}"
        for query in (
            f"SELECT * {{{service}}}",
            f"SELECT * {{{{SELECT ?s {{{service}}}}}}}",
            f"SELECT * {{?s ?p ?o FILTER NOT EXISTS {{{service}}}}}",
            f"SELECT * {{GRAPH ?g {{OPTIONAL {{{service}}}}}}}",
            f"ASK {{{service.replace('SERVICE', 'SERVICE SILENT')}}}",
            f"SELECT * {{{service.replace('SERVICE', 's' + chr(92) + 'u0065rvice')}}}",
        ):
            answer = ask(query)
            assert (answer.status_code, answer.mimetype) == (400, "application/problem+json"), query
            assert "SERVICE" in answer.json["title"], query
        for query in (
            f"SELECT * FROM <http://127.0.0.1:{port}/> {{?s ?p ?o}}",
            "CONSTRUCT {?s ?p ?o} FROM NAMED <file:///etc/passwd> WHERE {GRAPH ?g {?s ?p ?o}}",
        ):
            answer = ask(query)
            assert answer.status_code == 400 and "FROM" in answer.json["title"], query
        for name in ("default-graph-uri", "named-graph-uri"):
            assert "FROM" in ask(COUNT, **{name: f"http://127.0.0.1:{port}/"}).json["title"]
        with pytest.raises(TimeoutError):
            listener.accept()


def test_the_listener_of_that_test_hears_who_comes():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)
        Thread(target=lambda: socket.create_connection(listener.getsockname()).close()).start()
        listener.accept()[0].close()


def test_what_is_no_question_is_refused_with_what_to_do(client, ask):
    for query in ("CLEAR ALL", "INSERT DATA { <a:b> <a:c> <a:d> }", "LOAD <http://127.0.0.1/>"):
        answer = ask(query)
        assert answer.status_code == 400 and answer.json["findings"][0]["code"] == "SPARQL-006", query
    assert (
        client.post(PLACE, data="CLEAR ALL", headers={"Content-Type": "application/sparql-update"}).status_code == 400
    )
    assert client.post(PLACE, data={"update": "CLEAR ALL"}).status_code == 400
    for query, code in (
        ("", "SPARQL-001"),
        ("SELECT * {", "SPARQL-003"),
        ("SELECT * { ?s unknown:p ?o }", "SPARQL-003"),
        (f"SELECT * {{ ?s ?p ?o FILTER({'(' * 500}1{')' * 500}) }}", "SPARQL-008"),
        (f"SELECT * {{ ?s ?p '{'x' * 20_000}' }}", "SPARQL-002"),
    ):
        answer = ask(query)
        assert (answer.status_code, answer.json["findings"][0]["code"]) == (400, code)
    assert "line:1, col:11" in ask("SELECT * {").json["detail"]
    for answer in (
        client.get(PLACE, headers={"Accept": "application/json"}),
        client.get(f"{PLACE}?query=a&query=b", headers={"Accept": "application/json"}),
        client.post(PLACE, data="x", headers={"Content-Type": "text/plain", "Accept": "application/json"}),
        client.post(PLACE, data=b"\xff", headers=QUESTION),
    ):
        assert (answer.status_code, answer.json["findings"][0]["code"]) == (400, "SPARQL-012")


def test_a_program_that_asks_nothing_is_told_what_the_service_is(client):
    sd = Namespace("http://www.w3.org/ns/sparql-service-description#")
    graphs = []
    for accept in ("text/turtle", "application/n-triples, text/html;q=0.5", "application/rdf+xml"):
        answer = client.get(PLACE, headers={"Accept": accept})
        assert (answer.status_code, answer.vary.as_set()) == (200, {"accept", "cookie"}), accept
        assert answer.mimetype == accept.partition(",")[0]
        graphs.append(set(Graph().parse(data=answer.data, format=answer.mimetype)))
    assert graphs[0] == graphs[1] == graphs[2]
    described = Graph().parse(data=client.get(f"{PLACE}?format=turtle").data)
    service = described.value(predicate=RDF.type, object=sd.Service)
    assert str(service).endswith(PLACE) and described.value(service, sd.endpoint) == service
    assert described.value(service, sd.supportedLanguage) == sd.SPARQL11Query
    forms = {str(one).rpartition("/")[2] for one in described.objects(service, sd.resultFormat)}
    assert {"SPARQL_Results_JSON", "SPARQL_Results_CSV", "Turtle", "RDF_XML"} < forms
    dataset = described.value(service, sd.defaultDataset)
    assert described.value(described.value(dataset, sd.defaultGraph), RDF.type) == sd.Graph
    assert client.get(PLACE).mimetype == client.get(PLACE, headers={"Accept": "*/*"}).mimetype == "text/html"
    assert client.post(PLACE, headers={"Accept": "text/turtle"}).status_code == 400


def test_the_page_asks_answers_and_keeps_a_question_that_fails(client):
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    page = read(client.get(PLACE, headers=browser))
    assert "Fråga termbanken (SPARQL)" in page.text and PLACE in {one.partition("?")[0] for one in page.links}
    examples = [one for one in page.links if one.startswith(f"{PLACE}?query=")]
    assert len(examples) == 6
    first = read(client.get(examples[0], headers=browser))
    assert "som en huvudman har fattat beslut om" in first.text and "?definition" in first.text
    assert any(one.endswith("format=csv") for one in first.links)
    assert "skos:prefLabel" in read(client.get(examples[-1], headers=browser)).text
    failed = read(client.get(PLACE, query_string={"query": "SELECT * {<script>"}, headers=browser), 400)
    assert "Frågan kan inte läsas" in failed.text and "SELECT * {<script>" in failed.find("//textarea")[0].text
    many = read(client.get(PLACE, query_string={"query": "SELECT * {?s ?p ?o}"}, headers=browser))
    assert "De första 200 raderna" in many.text and len(many.find("//tbody/tr")) == 200
    client.set_cookie("language", "en")
    english = read(client.get(PLACE, query_string={"query": "ASK {?s ?p 1}"}, headers=browser))
    assert "Ask the term bank (SPARQL)" in english.text and "No" in english.text


def test_what_is_published_is_in_the_next_answer_and_nothing_else_is(ask, organisations):
    query = "SELECT (COUNT(?c) AS ?n) { ?c skos:prefLabel 'gemensam vårdplats'@sv }"
    assert _number(ask(query)) == 0
    proposal = next(one for one in items.in_review(db.session, SYSTEM) if one.item.kind == "concept")
    assert ask(f"ASK {{ ?s ?p ?o FILTER(CONTAINS(STR(?o), '{proposal.content_hash}')) }}").json["boolean"] is False
    with transaction() as session:
        load_published(
            session, NOW, kind="concept", slug="gemensam-vardplats", organisation_id=organisations[STEWARD].id,
            content=concept("gemensam vårdplats", "shared bed", definition="vårdplats som delas", broader=("vardplats",)).as_content(),
            valid_from=None,
        )  # fmt: skip
    assert _number(ask(query)) == 1


def test_a_question_that_takes_too_much_is_stopped_and_the_next_is_answered(ask, monkeypatch):
    assert ask("ASK {}").json["boolean"] is True  # a child is ready, and has what it needs
    with monkeypatch.context() as patch:
        patch.setattr(caged.POOL._state, "bounds", replace(caged.BOUNDS, processor_seconds=0.2))
        answer = ask("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert (answer.status_code, answer.json["findings"][0]["code"]) == (503, "SPARQL-010")
    assert ask("ASK {}").json["boolean"] is True


def test_few_questions_are_answered_at_once(app, ask):
    kept = app.extensions["questions"]
    taken = [kept.asking.take() for _ in range(kept.asking.count)]
    for place in taken:
        place.__enter__()
    kept.asking._in_hand = kept.asking.most_in_hand
    try:
        answer = ask(COUNT)
        assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
        assert answer.headers["Retry-After"]
        with pytest.raises(Busy), kept.asking.take():
            pass
    finally:
        kept.asking._in_hand = len(taken)
        for place in taken:
            place.__exit__(None, None, None)
    assert json.loads(ask("ASK {}").data)["boolean"] is True
