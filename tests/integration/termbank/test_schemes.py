"""Concept schemes are items: written, decided, published; the one that ships keeps its address and its IRI."""

from dataclasses import replace

import pytest
from rdflib import DCTERMS, OWL, SKOS, Graph, URIRef

from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.lifecycle import Change
from registry.items.starter import publish_loaded
from registry.items.tables import Version
from termbank.bank.indexing import load_index
from termbank.bank.queries import published_schemes, term_banks
from termbank.exchange.comparing import compare
from termbank.exchange.planning import Fate
from termbank.formats import FORMATS
from termbank.imports import importing
from termbank.starter.load import load_concepts
from tests.conftest import NOW
from tests.factories.change_sets import make_set, put_in
from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
BASE = "http://127.0.0.1:8000/"
FORM = {
    "title_sv": "Tandvård", "description_sv": "Begrepp i tandvården.", "languages": "sv, SE",
    "licence": "https://creativecommons.org/publicdomain/zero/1.0/", "base": "https://terms.example/", "reason": "Prov.",
}  # fmt: skip


@pytest.fixture
def dental(signed_in, terminologist) -> Version:
    answer = signed_in(terminologist).post("/termbank/system/nytt", data=FORM)
    assert answer.status_code == 302
    identifier = answer.location.rpartition("/")[2]
    with transaction() as session:
        publish_loaded(session, NOW, session.get_one(Version, identifier), change=Change.NEW, valid_from=None)
    return db.session.get_one(Version, identifier)


def test_what_ships_is_an_item_with_the_address_and_the_iri_it_always_had(client):
    item = items.item_by_slug(db.session, "scheme", "vardplatser")
    assert items.current(db.session, item).content["title"][1] == {"language": "sv", "text": "Vårdplatser"}
    assert client.get("/termbank/vardplatser.ttl").status_code == 200
    assert client.get("/termbank/id/scheme/vardplatser").location == "/termbank/system/vardplatser/"
    triples = Graph().parse(data=client.get("/termbank/vardplatser.ttl").data, format="turtle")
    [iri] = triples.subjects(SKOS.hasTopConcept, unique=True)
    assert str(iri).endswith("/termbank/id/scheme/vardplatser")
    before = db.session.query(Version).count()
    with transaction() as session:
        load_concepts(session, SYSTEM, NOW)
    assert db.session.query(Version).count() == before


def test_a_scheme_is_written_and_its_concepts_have_its_names(dental, client, signed_in, terminologist):
    assert dental.content["languages"] == ["sv", "se"]
    page = read(client.get("/termbank/system/tandvard/"))
    assert "Begrepp i tandvården." in page.text and "https://terms.example/" in page.text
    form = {"term_sv": "tandrad", "scheme": "tandvard", "origin": "proposal", "broader": "vårdplats", "action": "save"}
    answer = signed_in(terminologist).post("/termbank/nytt", data=form)
    identifier = answer.location.rpartition("/")[2]
    with transaction() as session:
        version = session.get_one(Version, identifier)
        publish_loaded(session, NOW, version, change=Change.NEW, valid_from=None)
        item_id, slug = version.item_id, version.item.slug
    triples = Graph().parse(data=client.get("/termbank/tandvard.ttl").data, format="turtle")
    scheme = URIRef("https://terms.example/")
    assert set(triples.subjects(SKOS.inScheme, scheme)) == {URIRef(f"https://terms.example/{item_id}")}
    assert (scheme, DCTERMS.license, URIRef(FORM["licence"])) in triples
    bank = term_banks.term_bank(db.session)
    assert bank.concepts[slug].scheme.key == "tandvard" and bank.concepts[slug].broader == ("vardplats",)
    assert slug not in term_banks.term_bank(db.session, "vardplatser").concepts


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title_sv": ""}, "Skriv titeln."),
        ({"base": "https://terms.example"}, "Den slutar med / eller #"),
        ({"licence": "CC0"}, "Adresser börjar med http"),
    ],
)
def test_a_form_that_lacks_something_says_what(signed_in, terminologist, change, message):
    page = read(signed_in(terminologist).post("/termbank/system/nytt", data={**FORM, **change}), 422)
    assert message in page.text


def test_a_language_that_is_none_is_told_and_nothing_is_kept(signed_in, terminologist):
    page = read(
        signed_in(terminologist).post("/termbank/system/nytt", data={**FORM, "languages": "svenska_språket"}), 409
    )
    assert "ska vara en språkkod" in page.text
    assert items.item_by_slug(db.session, "scheme", "tandvard") is None


def test_only_terminologists_write_schemes(signed_in, data_officer, client):
    assert signed_in(data_officer).get("/termbank/system/nytt").status_code == 403
    assert client.get("/termbank/system/finns-inte/").status_code == 404


def test_another_base_is_warned_of_and_the_earlier_names_are_stated(term_bank, signed_in, terminologist, client):
    with transaction() as session:
        load_index(session, SYSTEM, NOW)
    author = signed_in(terminologist)
    page = read(author.get("/termbank/system/vardplatser/andra"))
    assert "Vad som går sönder" in page.text
    form = {**FORM, "title_sv": "Vårdplatser", "base": "https://beds.example/"}
    answer = author.post("/termbank/system/vardplatser/andra", data=form)
    page = read(author.get(answer.location))
    assert "Begreppen får andra namn i filer" in page.text
    assert "35 begrepp heter i dag /termbank/id/concept/… och heter sedan https://beds.example/…." in page.text
    with transaction() as session:
        version = session.get_one(Version, answer.location.rpartition("/")[2])
        publish_loaded(session, NOW, version, change=Change.EDITORIAL, valid_from=None)
    assert "Begreppen får andra namn" not in read(author.get(answer.location)).text
    bed = items.item_by_slug(db.session, "concept", "vardplats")
    old, new = (URIRef(f"{base}{bed.id}") for base in (f"{BASE}termbank/id/concept/", "https://beds.example/"))
    for path in ("vardplatser.ttl", "begrepp/vardplats.ttl", "begrepp/vardplats/version/1.ttl"):
        triples = Graph().parse(data=client.get(f"/termbank/{path}").data, format="turtle")
        assert (new, OWL.sameAs, old) in triples and (new, SKOS.prefLabel, None) in triples, path
        assert (URIRef("https://beds.example/"), OWL.sameAs, URIRef(f"{BASE}termbank/id/scheme/vardplatser")) in triples
        assert (old, None, None) not in triples
    assert client.get(f"/termbank/id/concept/{bed.id}").status_code == 303
    asked = client.get(
        "/termbank/sparql",
        query_string={"query": f"ASK {{ ?c owl:sameAs <{old}> ; a skos:Concept }}", "format": "json"},
    )
    assert asked.json["boolean"] is True


def test_a_change_set_warns_of_another_base_too(term_bank, signed_in, terminologist):
    author = signed_in(terminologist)
    form = {**FORM, "title_sv": "Vårdplatser", "base": "https://beds.example/"}
    identifier = author.post("/termbank/system/vardplatser/andra", data=form).location.rpartition("/")[2]
    set_id = make_set(terminologist, db.session.get_one(Version, identifier).organisation_id)
    put_in(terminologist, set_id, identifier)
    assert "Begreppen får andra namn i filer" in read(author.get(f"/andringspaket/{set_id}/")).text


def test_a_file_from_before_the_base_changed_is_known_when_it_comes_back(client, terminologist):
    files = {name: client.get(f"/termbank/vardplatser.{name}").data for name in ("ttl", "xl.rdf", "tbx")}
    for base in ("https://beds.example/", "https://wards.example/"):
        with transaction() as session:
            content = replace(published_schemes.scheme_named(session, "vardplatser"), base=base).as_content()
            item = items.item_by_slug(session, "scheme", "vardplatser")
            version = lifecycle.keep_draft(session, terminologist, NOW, item, content=content, reason="Prov.")
            publish_loaded(session, NOW, version, change=Change.EDITORIAL, valid_from=None)
        scheme = published_schemes.scheme_named(db.session, "vardplatser")
        for name, data in files.items():
            reading = importing.read(db.session, data, f"a.{name}", BASE)
            done = importing.plan(db.session, terminologist, reading, scheme, BASE, cited="a", at=NOW, whole=True)
            assert done.counts[Fate.SAME] == len(done.concepts) == 35, (base, name)
            assert done.account.adds_up
            compared = compare(importing.scheme_seen(db.session, scheme, BASE, reading.kind), reading)
            assert (compared.same, compared.new, compared.changed, compared.gone) == (35, (), (), ()), (base, name)
        files |= {f"{len(files)}.{one}": client.get(f"/termbank/vardplatser.{one}").data for one in ("ttl", "tbx")}
    named = [importing.read(db.session, files[name], f"a.{name}", BASE) for name in ("3.ttl", "5.ttl")]
    assert compare(*named).same == 35


def test_each_format_is_offered_once_in_the_row_of_its_family(term_bank, client):
    page = read(client.get("/termbank/system/vardplatser/"))
    files = [one for one in page.links if one.startswith("/termbank/vardplatser.")]
    assert sorted(files) == sorted(f"/termbank/vardplatser.{one.extension}" for one in FORMATS)
    rows = [" ".join("".join(row.itertext()).split()) for row in page.find("//ul[@class='downloads']/li")]
    assert len(rows) == 7 and rows[0].startswith("Tabell: Tabell Excel, Tabell CSV en rad per begrepp")
    assert any(row.startswith("SKOS: SKOS Turtle, SKOS RDF/XML, SKOS JSON-LD, SKOS N-Triples") for row in rows)
