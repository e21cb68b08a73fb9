"""The term bank for machines: files on the web and on the command line, and identifiers that lead somewhere."""

import json
import re
from pathlib import Path
from threading import Event

import pytest
from rdflib import RDF, SKOS, Graph, URIRef
from rdflib.compare import isomorphic

from registry.db import db
from registry.items import queries as items
from registry.meanwhile import Meanwhile
from termbank.bank.queries import term_banks
from termbank.formats import FORMATS
from termbank.views import downloads
from termbank.vocabularies.conditions import findings
from termbank.vocabularies.graphs import triples_in
from termbank.vocabularies.index import vocabulary_of

pytestmark = pytest.mark.usefixtures("term_bank")
BASE = "http://127.0.0.1:8000/"
SKOS_FORMATS = [one for one in FORMATS if one.name in ("turtle", "rdfxml", "jsonld", "ntriples")]


@pytest.fixture
def command(app):
    runner = app.test_cli_runner()
    return lambda *arguments: runner.invoke(args=["termbank", *arguments])


@pytest.mark.parametrize("chosen", FORMATS, ids=lambda chosen: chosen.name)
def test_a_scheme_comes_out_the_same_from_the_web_and_the_command_line(client, command, chosen, tmp_path):
    web = client.get(f"/termbank/vardplatser.{chosen.extension}")
    assert web.mimetype == chosen.media_type
    file = tmp_path / "scheme"
    result = command("export", "vardplatser", "--format", chosen.name, "-o", str(file))
    assert result.exit_code == 0, result.output
    assert file.read_bytes() == web.data
    assert command("export", "vardplatser", "--format", chosen.name).stdout_bytes == web.data


def test_every_format_of_skos_holds_the_same_triples_and_they_are_sound(client):
    graphs = [
        Graph().parse(data=client.get(f"/termbank/vardplatser.{one.extension}").data, format=one.media_type)
        for one in SKOS_FORMATS
    ]
    assert all(isomorphic(graphs[0], other) for other in graphs[1:])
    assert findings(vocabulary_of(triples_in(graphs[0]))) == []
    assert len(set(graphs[0].subjects(RDF.type, SKOS.Concept))) == 35


def test_only_what_is_published_is_exported(client):
    text = client.get("/termbank/vardplatser.ttl").text
    assert "har beslutat ska finnas på en namngiven vårdenhet" not in text
    assert "som en huvudman har fattat beslut om" in text


def test_one_concept_keeps_its_relations_and_its_statements(client):
    triples = Graph().parse(data=client.get("/termbank/begrepp/faststalld-vardplats.ttl").data, format="turtle")
    bed = items.item_by_slug(db.session, "concept", "vardplats")
    assert (None, SKOS.broader, URIRef(f"{BASE}termbank/id/concept/{bed.id}")) in triples
    assert len([one for one in triples.subjects(RDF.type, None) if "/id/application/" in one and "#" not in one]) == 2


def test_an_identifier_leads_people_to_the_page_and_machines_to_the_file(client):
    item = items.item_by_slug(db.session, "concept", "faststalld-vardplats")
    url = f"/termbank/id/concept/{item.id}"
    assert client.get(url).location == f"/termbank/begrepp/{item.address}/"
    for one in SKOS_FORMATS:
        answer = client.get(url, headers={"Accept": one.media_type})
        assert answer.status_code == 303
        assert answer.location == f"/termbank/begrepp/faststalld-vardplats.{one.extension}"
    assert (
        client.get("/termbank/id/scheme/vardplatser", headers={"Accept": "text/turtle"}).location
        == "/termbank/vardplatser.ttl"
    )


def test_every_identifier_of_the_file_is_answered(client):
    triples = Graph().parse(data=client.get("/termbank/vardplatser.ttl").data, format="turtle")
    named = {
        str(term).removeprefix(BASE).partition("#")[0]
        for triple in triples
        for term in triple
        if str(term).startswith(BASE)
    }
    assert len(named) > 70
    for path in named:
        assert client.get(f"/{path}").status_code in (200, 303), path


def test_the_identifier_of_a_draft_tells_the_public_nothing(client, terminologist, organisations):
    from registry.db import transaction
    from termbank import services
    from tests.conftest import NOW
    from tests.factories.concepts import concept

    with transaction() as session:
        version = services.draft_concept(
            session,
            terminologist,
            NOW,
            item=None,
            concept=concept("hemlig plats"),
            organisation_id=organisations["forvaltare"].id,
            reason="",
        )
        paths = (
            f"/termbank/id/concept/{version.item_id}",
            f"/termbank/id/version/{version.content_hash}",
            f"/termbank/begrepp/{version.item.slug}/",
        )
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


def test_an_unknown_scheme_is_a_clear_message_and_a_failure(command):
    result = command("export", "sjukhussangar")
    assert result.exit_code == 2
    assert "no concept scheme sjukhussangar" in result.stderr
    assert "vardplatser" in result.stderr


def test_an_unknown_format_is_refused(command):
    assert command("export", "vardplatser", "--format", "docx").exit_code == 2


def test_a_file_that_cannot_be_written_is_a_clear_message_and_a_failure(command):
    result = command("export", "vardplatser", "-o", "/proc/nowhere/file.ttl")
    assert result.exit_code == 2
    assert "there is no folder /proc/nowhere" in result.stderr


def test_the_list_for_machines_is_json_in_swedish_order(command):
    described = json.loads(command("list", "--json").stdout)
    concepts = described[0]["concepts"]
    assert (described[0]["scheme"], len(concepts)) == ("vardplatser", 35)
    assert concepts[-1]["sv"] == "överbeläggning"
    assert {one["slug"]: one["defined"] for one in concepts}["belagd-vardplats"] is False


def test_the_list_for_people_names_every_concept(command):
    assert "fastställd vårdplats / established bed" in command("list").stdout


def test_the_command_line_speaks_the_terminals_language(command, monkeypatch):
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    assert "(ingen definition)" in command("list").stdout
    assert "Det finns inget begreppssystem x" in command("export", "x").stderr


def test_the_scheme_and_its_own_export_are_checked_alike(client, command, tmp_path):
    own = command("check", "vardplatser", "--json")
    file = tmp_path / "scheme.ttl"
    file.write_bytes(client.get("/termbank/vardplatser.ttl").data)
    exported = command("check", str(file), "--json")
    told = [json.loads(result.stdout) for result in (own, exported)]
    assert [result.exit_code for result in (own, exported)] == [0, 0]
    assert [one["ok"] for one in told] == [True, True]
    assert {one["code"]: one["count"] for one in told[0]["checks"]} == {
        one["code"]: one["count"] for one in told[1]["checks"]
    }
    assert all(one["source"] for one in told[0]["checks"])
    assert len(told[0]["not_run"]) == 2


def test_a_vocabulary_with_an_error_ends_the_check_with_a_status(command, tmp_path):
    file = tmp_path / "a.ttl"
    file.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <urn:a> a skos:Concept ; skos:prefLabel 'a'@sv, 'b'@sv ."
    )
    result = command("check", str(file))
    assert result.exit_code == 1
    assert "SKOS-S14" in result.stdout and "VOC-008" in result.stdout
    assert "broken links" in result.stdout or "trasiga länkar" in result.stdout
    assert command("check", str(tmp_path / "none.ttl")).exit_code == 2
    file.write_text("no turtle")
    assert "VOC-102" in command("check", str(file)).stdout


def shape(value: object) -> object:
    """The keys of a document, however deep; of a list, those of its first member."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None


def test_the_documentation_shows_what_the_commands_tell_machines(command, tmp_path):
    file = tmp_path / "beds.ttl"
    file.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <https://v.example/> ."
        ":s a skos:ConceptScheme ; skos:hasTopConcept :a . :a a skos:Concept ; skos:inScheme :s ; skos:topConceptOf :s ;"
        'skos:prefLabel "rum"@sv, "sal"@sv ; skos:note "n"@sv ; skos:narrower :b .'
        ':b a skos:Concept ; skos:inScheme :s ; skos:prefLabel "skåp"@sv ; skos:note "n"@sv ; skos:broader :a .'
    )
    page = (Path(__file__).parents[3] / "docs" / "api" / "term-bank.md").read_text()
    shown = {name: json.loads(text) for name, text in re.findall(r"```json (\w+)\n(.*?)```", page, re.DOTALL)}
    checked = json.loads(command("check", str(file), "--json").stdout)
    found = [one for one in checked["checks"] if one["count"]]
    assert shape({**checked, "checks": found}) == shape(shown["check"]) and found == shown["check"]["checks"]
    assert len(checked["checks"]) > 25 and checked["counts"] == shown["check"]["counts"]
    imported = json.loads(command("import", str(file), "--scheme", "vardplatser", "--json").stdout)
    assert imported["account"] == shown["import"]["account"] and imported["counts"] == shown["import"]["counts"]
    shown["import"]["concepts"][0]["changes"] = []
    assert shape({**imported, "account": 0}) == shape({**shown["import"], "account": 0})


def test_a_large_file_is_made_while_its_reader_does_something_else(client, monkeypatch):
    monkeypatch.setattr(term_banks, "LARGE", 1)
    patient = Meanwhile(patience=60)
    monkeypatch.setattr(downloads, "MEANWHILE", patient)
    address = "/termbank/vardplatser.nt"
    at_once = client.get(address)
    assert at_once.status_code == 200 and at_once.data.count(b"\n") > 100
    hurried, ready = Meanwhile(patience=0.01), Event()
    monkeypatch.setattr(downloads, "MEANWHILE", hurried)
    monkeypatch.setattr(downloads, "_written", {})
    wanted = downloads._content
    monkeypatch.setattr(downloads, "_content", lambda *given: ready.wait(60) and wanted(*given))
    answer = client.get(address, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Retry-After"], answer.headers["Refresh"]) == (503, "5", "5")
    assert "Det tas fram" in answer.text
    ready.set()
    hurried.patience = 60
    assert client.get(address).data == at_once.data
