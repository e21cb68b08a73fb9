"""An edition of somebody else's vocabulary: sent in, read, described, decided by somebody else, searched and taken over from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from registry import clock, jobs
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.items import queries as items
from registry.items.lifecycle import Change
from registry.items.starter import publish_loaded
from registry.items.tables import Item, Version
from registry.storage import StoredObject
from termbank import services
from termbank.bank.queries import term_banks
from termbank.concepts.concept import Relation, Target
from termbank.editions import checks, files
from termbank.editions.tables import ROWS, EditionFile, EditionResource, Reading
from termbank.exchange.names import Names
from termbank.notions import RelationKind
from tests.conftest import NOW
from tests.factories.vocabularies import BROKEN, FURNITURE, NEWER_FURNITURE, SKOS, XL
from tests.pages import read

SAID = {
    "title_sv": "Möbler (påhittade)", "source": "Exempelverket", "date": "2026-03-01", "licence": "https://a.example/licence",
    "url": "https://a.example/", "reason": "För att mappa till.",
}  # fmt: skip


def send(client, data: bytes, name: str = "a.ttl", **also) -> str:
    """Send in a file and have it read; gives the address of its page."""
    answer = client.post(
        "/termbank/utgavor/ny", data={"file": (BytesIO(data), name), **also.pop("form", {})}, query_string=also
    )
    assert answer.status_code == 302, answer.text
    jobs.drain()
    return answer.location


def decide(client, version_id: str, outcome: str = "approve") -> None:
    answer = client.post(
        f"/granskning/version/{version_id}/besluta/edition",
        data={"outcome": outcome, "reason": "Prövat.", "valid_from": ""},
    )
    assert answer.status_code == 302, answer.text


def drafted(client, data: bytes = FURNITURE, name: str = "a.ttl", *, said=None, **also) -> str:
    """A draft of an edition with this file; gives the version's id."""
    page = send(client, data, name, **also)
    answer = client.post(f"{page}beskriv", data=said or SAID)
    assert answer.status_code == 302, answer.text
    return answer.location.rpartition("/")[2]


@pytest.fixture
def author(signed_in, terminologist):
    return signed_in(terminologist)


@pytest.fixture
def decider(signed_in, colleague):
    return signed_in(colleague)


@pytest.fixture
def publish(author, decider) -> Callable[..., str]:
    """Send in, describe, decide and publish an edition; gives the version's id."""

    def run(data: bytes = FURNITURE, valid_from: str = "2026-03-02", **also) -> str:
        version_id = drafted(author, data, **also)
        submit(author, version_id)
        decide(decider, version_id)
        answer = decider.post(f"/granskning/version/{version_id}/publicera", data={"valid_from": valid_from})
        assert answer.status_code == 302, answer.text
        return version_id

    return run


def submit(client, version_id: str) -> None:
    answer = client.post(f"/granskning/version/{version_id}/skicka", data={"change": "new"})
    assert answer.status_code == 302, answer.text


def rows_left() -> int:
    db.session.rollback()
    return sum(db.session.query(table).count() for table in ROWS)


def test_an_edition_is_sent_in_described_decided_and_read_by_all(author, decider, client):
    page = send(author, FURNITURE)
    shown = read(author.get(page))
    assert "Inläst" in shown.text and "Begrepp3 Samlingar2" in shown.text
    form = read(author.get(f"{page}beskriv"))
    assert {one.get("value") for one in form.find("//input[@name='title_sv' or @name='date' or @name='licence']")} == {
        "Möbler (påhittade)", "2026-03-01", "https://a.example/licence",
    }  # fmt: skip
    answer = author.post(f"{page}beskriv", data=SAID)
    version_id = answer.location.rpartition("/")[2]
    assert client.get("/termbank/utgavor/mobler-pahittade/").status_code == 404
    submit(author, version_id)
    assert "Filens SHA-256" in read(decider.get(answer.location)).text
    assert "sjukhussäng" in read(decider.get("/termbank/utgavor/mobler-pahittade/version/1/")).text
    decide(decider, version_id)
    decider.post(f"/granskning/version/{version_id}/publicera", data={"valid_from": "2026-03-02"})
    assert "Exempelverket, 2026-03-01" in read(client.get("/termbank/utgavor/")).text
    edition = read(client.get("/termbank/utgavor/mobler-pahittade/"))
    assert [link for link in edition.links if "iri=" in link][:3] == [
        "/termbank/utgavor/mobler-pahittade/version/1/begrepp?iri=https://a.example/3",
        "/termbank/utgavor/mobler-pahittade/version/1/begrepp?iri=https://a.example/1",
        "/termbank/utgavor/mobler-pahittade/version/1/begrepp?iri=https://a.example/2",
    ]
    assert db.session.query(StoredObject).one().retention == "published"


def test_a_mirrored_concept_shows_what_its_file_says_of_it(publish, client):
    publish()
    address = client.get("/termbank/utgavor/mobler-pahittade/begrepp?iri=https://a.example/2").location
    page = read(client.get(address))
    assert page.heading == "sjukhussäng"
    for words in (
        "vårdsäng",
        "hospital bed",
        "Inte vårdplats.",
        "M2",
        "möbel",
        "hylla",
        "https://b.example/9",
        "Sängar",
    ):
        assert words in page.text
    assert "https://a.example/height" in page.text
    boxes = page.find("//*[local-name()='a'][@class='node']")
    assert {one.xpath("string(*[local-name()='text'])") for one in boxes} == {"sjukhussäng", "möbel", "hylla"}
    lines = {one.get("class") for one in page.find("//*[local-name()='path'][starts-with(@class, 'rel')]")}
    assert lines == {"rel broader_unknown", "rel associative"}
    assert page.text.index("Term (sv) sjukhussäng") < page.text.index("Term (en) hospital bed")
    client.get("/sprak/en")
    english = read(client.get(address))
    assert english.heading == "hospital bed" and "Mirrored: somebody else's wording" in english.text
    assert english.text.index("Preferred label (en)") < english.text.index("Preferred label (sv)")
    client.get("/sprak/sv")
    listed = read(client.get("/termbank/utgavor/mobler-pahittade/version/1/begrepp?iri=https://a.example/c"))
    assert "Medlemmar, i ordning 3 hyllamöbelsjukhussäng" in listed.text
    whole = read(
        client.get("/termbank/utgavor/mobler-pahittade/version/1/begrepp?iri=https://a.example/c&relation=listed")
    )
    assert "hyllamöbelsjukhussäng" in whole.text
    assert client.get("/termbank/utgavor/mobler-pahittade/version/1/begrepp?iri=https://no.example/").status_code == 404
    assert client.get("/termbank/utgavor/mobler-pahittade/version/1/begrepp").status_code == 404


def test_a_mirrored_concept_has_a_diagram_of_so_many_steps_in_words_and_as_a_file(publish, client):
    publish()
    href = "/termbank/utgavor/mobler-pahittade/"
    at = {"iri": "https://a.example/3"}
    near, far = (read(client.get(f"{href}version/1/diagram", query_string={**at, "djup": steps})) for steps in (1, 2))
    assert "hör ihop med sjukhussäng" in near.text and "möbel" not in near.text
    assert "sjukhussäng" in far.text and "är snävare än möbel" in far.text
    kept = far.find("//form//input[@name='iri']/@value")
    assert kept == [at["iri"]], "another number of steps is of the same concept"
    [file] = [one for one in far.links if "diagram.svg" in one]
    drawing = client.get(file)
    assert drawing.mimetype == "image/svg+xml" and "möbel" in drawing.text and "Möbler (påhittade)" in drawing.text
    for iri in ("https://a.example/c", "https://a.example/nothing", ""):
        assert client.get(f"{href}version/1/diagram", query_string={"iri": iri}).status_code == 404


def test_a_synonym_that_was_found_is_told(publish, client):
    publish()
    page = read(client.get("/termbank/utgavor/mobler-pahittade/?q=vårdsäng"))
    assert "Hittades som vårdsäng (synonym)." in page.text


@pytest.mark.parametrize("data", [FURNITURE, XL], ids=["skos", "skos-xl"])
def test_every_triple_survives(publish, client, data):
    publish(data, said={**SAID, "title_sv": "E"})
    there = client.get("/termbank/utgavor/e/version/1/tripler.nt")
    assert isomorphic(Graph().parse(data=there.data, format="nt"), Graph().parse(data=data, format="turtle"))
    assert client.get("/termbank/utgavor/e/version/1/fil").data == data


def test_a_file_is_checked_when_asked_and_what_was_found_is_read_in_pages(
    author, client, publish, signed_in, data_officer, monkeypatch
):
    data = FURNITURE + b"".join(
        b'x:%d a skos:Concept ; skos:prefLabel "bord %d"@sv, "bordet %d"@sv .\n' % (one, one, one)
        for one in range(90, 96)
    )
    page = send(author, data)
    assert "har inte kontrollerats" in read(author.get(page)).text
    waiting = read(author.post(f"{page}kontrollera", follow_redirects=True))
    assert "Filen kontrolleras." in waiting.text and "Kontrollera filen" not in waiting.text
    monkeypatch.setattr(checks, "MOST_KEPT", 5)
    jobs.drain()
    shown = read(author.get(page))
    assert f"{page}kontroll/" in shown.links and "kontroller fann något" in shown.text
    assert "Begrepp9 Samlingar2" in shown.text, "what it holds is said as before"
    check = read(author.get(f"{page}kontroll/"))
    listed = next(one for one in check.links if one.endswith("?kontroll=SKOS-S14"))
    assert "Kontroller som inte fann något" in check.text and "6 ställen" in check.text
    monkeypatch.setattr(checks, "SHOWN", 3)
    first, second = (read(author.get(f"{listed}&sida={number}")) for number in (1, 2))
    told = [li.text for one in (first, second) for li in one.find("//main//ul[@class='rows']/li")]
    assert len(set(told)) == 5 and all("har 2 huvudtermer" in one for one in told)
    assert "De första 5 finns kvar här" in first.text
    publish(data)
    place = "/termbank/utgavor/mobler-pahittade/version/1/begrepp?iri=https://a.example/9"
    linked = [one for one in read(author.get(listed)).links if one.startswith(place)]
    assert len(linked) == 3 and read(client.get(linked[0])).heading.startswith("bord")
    for refused in (
        signed_in(data_officer).get(f"{page}kontroll/"),
        signed_in(data_officer).post(f"{page}kontrollera"),
    ):
        assert refused.status_code in (403, 404)
    assert author.get(f"{page}kontroll/?kontroll=SKOS-X&sida=x").status_code == 200


def test_labels_that_are_resources_are_labels(publish, client):
    publish(XL, said={**SAID, "title_sv": "E"})
    assert "Hittades" not in read(client.get("/termbank/utgavor/e/?q=bår")).text
    page = read(client.get("/termbank/utgavor/e/version/1/begrepp?iri=https://a.example/1"))
    assert page.heading == "bår" and "stretcher" in page.text


def test_a_newer_edition_takes_the_place_and_says_what_changed(publish, author, client):
    publish()
    page = send(author, NEWER_FURNITURE, utgava="mobler-pahittade")
    assert "Nya1 Ändrade1 Borttagna1" in read(author.get(page)).text
    publish(NEWER_FURNITURE, utgava="mobler-pahittade", valid_from="2026-09-02")
    edition = read(client.get("/termbank/utgavor/mobler-pahittade/version/2/"))
    assert "Nya: 1 Ändrade: 1 Borttagna: 1" in edition.text
    address = "/termbank/utgavor/mobler-pahittade/version/2/skillnader"
    for asked, named in (("new", "hylla"), ("changed", "sjukhussäng"), ("gone", "hylla")):
        shown = read(client.get(address, query_string={"visa": asked}))
        assert [" ".join(h3.itertext()).strip() for h3 in shown.find("//h3")] == [named]
    concept = read(client.get("/termbank/utgavor/mobler-pahittade/version/2/begrepp?iri=https://a.example/2"))
    assert "Ändrat i ord sedan utgåvan före 1" in concept.text and [
        " ".join(ins.itertext()).split()[-1] for ins in concept.find("//ins")
    ] == ["en"]
    same = read(client.get("/termbank/utgavor/mobler-pahittade/version/2/begrepp?iri=https://a.example/1"))
    assert "Ändrat i ord" not in same.text
    assert "/termbank/utgavor/mobler-pahittade/version/1/begrepp?iri=https://a.example/2" in concept.links


def test_a_concept_is_taken_over_as_a_draft_that_says_where_it_comes_from(publish, author, client):
    publish()
    address = "/termbank/utgavor/mobler-pahittade/version/1/ta-over?iri=https://a.example/2"
    assert "vardplatser" in author.get(address).text
    answer = author.post(address, data={"scheme": "vardplatser"})
    version = db.session.get_one(Version, answer.location.rpartition("/")[2])
    concept = term_banks.concept_of(version)
    assert [(term.text, term.language, term.status) for term in concept.terms] == [
        ("hospital bed", "en", "preferred"), ("sjukhussäng", "sv", "preferred"), ("vårdsäng", "sv", "admitted"),
        ("sjukhusänsg", "sv", "hidden"),
    ]  # fmt: skip
    assert [(one.kind, one.target.iri) for one in concept.relations] == [
        ("exact", "https://a.example/2"), ("exact", "https://b.example/9"),
    ]  # fmt: skip
    assert concept.foreign.iri == "https://a.example/2"
    assert (
        "<https://a.example/2> <http://www.w3.org/2004/02/skos/core#broader> <https://a.example/1> ."
        in concept.foreign.statements
    )
    assert concept.source.title == "Möbler (påhittade), Exempelverket" and concept.source.date == "2026-03-01"
    assert "sjukhussäng" in read(author.get(answer.location)).text
    assert "Begreppet är redan övertaget" in read(author.get(address)).text


def test_mirrored_concepts_link_to_nothing_and_nothing_links_to_them(publish, client):
    publish(FURNITURE.replace(b"hylla", "vårdplats".encode()), said={**SAID, "title_sv": "E"})
    page = read(client.get("/termbank/utgavor/e/version/1/begrepp?iri=https://a.example/1"))
    assert not [link for link in page.links if link.startswith("/termbank/begrepp/")]
    ours = read(client.get("/termbank/begrepp/vardplats/", follow_redirects=True))
    assert not [link for link in ours.links if "/utgavor/" in link]


def test_our_concepts_say_what_they_correspond_to_in_editions_in_force_whoever_says_so(
    publish, author, client, statements_counted
):
    item = items.item_by_slug(db.session, "concept", "vardplats")
    address = "/termbank/begrepp/vardplats/"
    with statements_counted() as before:
        client.get(address, follow_redirects=True)
    ours = Names(client.application.config["BASE_ADDRESS"]).concept(item.id)
    publish(FURNITURE + f"x:3 skos:broadMatch <{ours}> . x:4 a skos:Concept ; skos:exactMatch <{ours}> .".encode())
    drafted(author, FURNITURE + f"x:1 skos:closeMatch <{ours}> .".encode(), said={**SAID, "title_sv": "Utkast"})
    with transaction() as session:
        kept = session.get_one(Item, item.id)
        one = term_banks.concept_of(items.current(session, kept))
        mapped = replace(one, relations=(Relation(RelationKind.CLOSE, Target(iri="https://a.example/2")),))
        version = services.draft_concept(
            session, SYSTEM, NOW, item=kept, concept=mapped, organisation_id=kept.organisation_id, reason=""
        )
        publish_loaded(session, NOW, version, change=Change.EDITORIAL, valid_from=None)
    with statements_counted() as after:
        page = read(client.get(address, follow_redirects=True))
    assert "Nästan samma begrepp: sjukhussäng i Möbler (påhittade)" in page.text
    assert "Motsvarar ett snävare begrepp: hylla i Möbler (påhittade), som själv säger det" in page.text
    corresponding = page.text.partition("I andra begreppssystem och vokabulärer")[2][:400]
    assert "Samma begrepp: 4 i Möbler (påhittade), som själv säger det" in corresponding
    assert "Utkast" not in corresponding
    assert "/termbank/utgavor/mobler-pahittade/version/1/begrepp?iri=https://a.example/2" in page.links
    assert len(after) <= len(before) + 7, (
        "three for what it says itself, two for what is said of it, and two of versions"
    )


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (BROKEN, "a.ttl", "Filen kan inte läsas"),
        (b"%PDF-1.7", "a.pdf", "Filen är inte RDF"),
        (b"<https://a.example/1> <https://a.example/p> <https://a.example/2> .", "a.nt", "Filen har inga begrepp"),
        (b'{"@context": "https://nowhere.example/c.jsonld", "@id": "https://a.example/"}', "a.jsonld", "kontext"),
        (FURNITURE + b'x:1 skos:note "a\\u0000b" .', "a.ttl", "nolltecken"),
        (FURNITURE + b"x:1 skos:related x:" + b"a" * 2000 + b" .", "a.ttl", "för lång"),
        (b"", "a.ttl", "Filen har inga begrepp"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_mirrored_says_why_and_leaves_nothing(author, data, name, words):
    page = send(author, data, name)
    shown = read(author.get(page))
    assert words in shown.text and "Inga begrepp ur filen har sparats." in shown.text
    assert rows_left() == 0
    assert author.get(f"{page}beskriv").status_code == 404


def test_a_reading_that_was_broken_off_begins_anew_and_leaves_no_row_twice(author, monkeypatch):
    insert, calls = files.storing.insert, []

    def once(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("the worker stumbles")
        insert(*arguments)

    monkeypatch.setattr(files.storing, "insert", once)
    page = send(author, FURNITURE)
    file_id = db.session.query(EditionFile.id).scalar()
    assert db.session.get(EditionFile, file_id).state == Reading.READING
    db.session.rollback()
    files.read(file_id)
    assert "Inläst" in read(author.get(page)).text
    assert db.session.query(EditionResource).filter_by(kind="concept").count() == 3


def test_an_edition_without_its_rows_is_not_sent_to_review(author):
    version_id = drafted(author)
    file = db.session.query(EditionFile).one()
    db.session.rollback()
    files.storing.remove_rows(file.id)
    files._become(file.id, Reading.FAILED)
    answer = author.post(f"/granskning/version/{version_id}/skicka", data={"change": "new"}, follow_redirects=True)
    assert "Filen är inte inläst" in answer.text


def test_the_rows_of_a_rejected_edition_can_be_removed_and_those_of_one_in_use_cannot(author, decider):
    version_id = drafted(author)
    page = f"/termbank/utgavor/filer/{db.session.query(EditionFile.id).scalar()}/"
    submit(author, version_id)
    answer = author.post(f"{page}ta-bort", follow_redirects=True)
    assert "bygger på filen" in answer.text and rows_left() > 0
    decide(decider, version_id, "reject")
    answer = author.post(f"{page}ta-bort", follow_redirects=True)
    assert "Filen tas bort." in answer.text
    jobs.drain()
    assert rows_left() == 0 and db.session.query(StoredObject).count() == 0
    assert author.get(page).status_code == 404
    send(author, FURNITURE)
    assert rows_left() > 0


def test_files_that_nobody_described_go_after_a_month(author):
    send(author, FURNITURE)
    drafted(author, XL)
    files.run_sweeping(jobs.JobRun("x", {}, clock.now() + timedelta(days=31), 1))
    jobs.drain()
    assert db.session.query(EditionFile).count() == 1
    assert {one.file_id for one in db.session.query(EditionResource)} == {db.session.query(EditionFile.id).scalar()}


def test_only_terminologists_send_in_and_only_their_organisation_sees_a_file(author, client, signed_in, data_officer):
    page = send(author, FURNITURE)
    for other in (client, signed_in(data_officer)):
        assert other.get(page).status_code in (302, 403)
        assert other.get("/termbank/utgavor/ny").status_code in (302, 403)
    assert "a.ttl" not in client.get("/termbank/utgavor/").text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title_sv": ""}, "Skriv titeln på svenska eller engelska."),
        ({"date": "i mars"}, "Skriv år, år och månad, eller dag"),
        ({"date": ""}, "Skriv utgåvans datum."),
        ({"licence": ""}, "Skriv licensen."),
        ({"source": ""}, "Skriv vem som ger ut vokabulären."),
        ({"url": "ftp://a.example"}, "Adresser börjar med http"),
    ],
)
def test_a_description_that_lacks_something_says_what(author, change, words):
    page = send(author, FURNITURE)
    assert words in read(author.post(f"{page}beskriv", data={**SAID, **change}), 422).text


def test_a_form_without_a_file_says_so(author):
    assert "Välj en fil." in read(author.post("/termbank/utgavor/ny", data={"base": ""}), 422).text


def test_relative_addresses_are_read_against_the_base_that_is_given(author):
    data = SKOS.encode() + b'<1> a skos:Concept ; skos:prefLabel "ett"@sv .'
    send(author, data, form={"base": "https://own.example/"})
    assert {one.iri for one in db.session.query(EditionResource).filter_by(kind="concept")} == {"https://own.example/1"}


def test_what_is_said_can_change_without_reading_the_file_again(publish, author):
    publish()
    answer = author.post("/termbank/utgavor/mobler-pahittade/andra", data={**SAID, "licence": "CC0 1.0"})
    version = db.session.get_one(Version, answer.location.rpartition("/")[2])
    assert version.number == 2 and version.content["licence"] == "CC0 1.0"
    assert "sjukhussäng" in read(author.get("/termbank/utgavor/mobler-pahittade/version/2/")).text
    assert db.session.query(EditionFile).count() == 1
