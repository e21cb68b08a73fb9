"""What the form says of terms in any language, of kinds of relations and of words with several senses is kept and shown."""

from datetime import date

import pytest

from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.items import queries as items
from registry.items.lifecycle import Change
from registry.items.starter import publish_loaded
from registry.items.tables import Version
from termbank import services
from termbank.bank.queries import term_banks
from tests.conftest import NOW
from tests.factories.concepts import concept, worded
from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
FORM = {
    "scheme": "vardplatser", "origin": "proposal", "action": "save", "reason": "Prov.",
    "term_sv": "fjällvårdplats", "hidden_sv": "fjellvårdplats", "notations": "F1\nF2", "subject_field_sv": "fjällvård",
    "more_terms-0-text": "várrebuohccesadji", "more_terms-0-language": "SE", "more_terms-0-status": "preferred",
    "more_terms-1-text": "FVP", "more_terms-1-language": "sv", "more_terms-1-status": "admitted", "more_terms-1-abbreviation": "y",
    "more_terms-1-homograph": "2",
    "generic": "vårdplats", "partitive": "vårdenhet", "related": "patient", "examples-0-sv": "plats i Hemavan",
    "mappings-0-kind": "exact", "mappings-0-concept": "https://vocabulary.example/1",
    "mappings-1-kind": "broad", "mappings-1-concept": "sluten vård",
}  # fmt: skip


def kept(answer) -> Version:
    assert answer.status_code == 302, read(answer, answer.status_code).text
    return db.session.get_one(Version, answer.location.rpartition("/")[2])


def publish(version: Version) -> None:
    with transaction() as session:
        publish_loaded(
            session, NOW, session.get_one(Version, version.id), change=Change.NEW, valid_from=date(2026, 1, 1)
        )


def posted_again(page) -> dict[str, str]:
    """What a browser would send of the form as it is."""
    sent = {one.get("name"): one.get("value", "") for one in page.find("//main//input[@type='text' or @type='hidden']")}
    sent |= {one.get("name"): (one.text or "").lstrip("\n") for one in page.find("//main//textarea")}
    chosen = page.find("//main//select/option[@selected]")
    sent |= {one.getparent().get("name"): one.get("value") for one in chosen}
    checked = page.find("//main//input[@checked]")
    sent |= {one.get("name"): one.get("value", "y") for one in checked}
    sent |= {one.get("name"): one.get("value", "") for one in page.find("//main//input[@type='number']")}
    return {name: value for name, value in sent.items() if name and name != "csrf_token"}


def test_the_form_keeps_everything_and_begins_with_it_again(signed_in, terminologist):
    writer = signed_in(terminologist)
    version = kept(writer.post("/termbank/nytt", data=FORM))
    content = version.content
    assert content["terms"] == [
        {"language": "se", "status": "preferred", "text": "várrebuohccesadji"},
        {"language": "sv", "status": "preferred", "text": "fjällvårdplats"},
        {"abbreviation": True, "homograph": 2, "language": "sv", "status": "admitted", "text": "FVP"},
        {"language": "sv", "status": "hidden", "text": "fjellvårdplats"},
    ]
    kinds = [relation["kind"] for relation in content["relations"]]
    assert kinds == ["generic", "partitive", "associative", "exact", "broad"]
    page = read(writer.get(f"/termbank/begrepp/{version.item.slug}/andra"))
    again = kept(
        writer.post(f"/termbank/begrepp/{version.item.slug}/andra", data={**posted_again(page), "action": "save"})
    )
    assert again.id == version.id and again.content == content, "what the form shows and sends back is what it got"


def test_the_page_shows_terms_by_status_with_their_languages_and_what_they_correspond_to(
    signed_in, terminologist, client
):
    version = kept(signed_in(terminologist).post("/termbank/nytt", data=FORM))
    publish(version)
    page = read(client.get(f"/termbank/begrepp/{version.item.slug}/", follow_redirects=True))
    assert page.find("//*[@lang='se'][text()='várrebuohccesadji']")
    for said in (
        "FVP",
        "förkortning",
        "fjällvård",
        "F1, F2",
        "plats i Hemavan",
        "Samma begrepp: https://vocabulary.example/1",
    ):
        assert said in page.text
    assert "fjellvårdplats" not in page.text, "a search form is no term"
    found = read(client.get("/termbank/?q=fjellvårdplats")).text
    assert "fjällvårdplats" in found
    exported = client.get(f"/termbank/begrepp/{version.item.slug}.ttl").data.decode()
    assert "iso-thes:broaderGeneric" in exported and "skos:exactMatch <https://vocabulary.example/1>" in exported


def test_a_swedish_definition_is_read_on_the_english_page_too(signed_in, terminologist, client):
    version = kept(
        signed_in(terminologist).post("/termbank/nytt", data={**FORM, "definition_sv": "vårdplats på fjället"})
    )
    publish(version)
    page = read(client.get(f"/termbank/begrepp/{version.item.slug}/?lang=en", follow_redirects=True))
    assert "vårdplats på fjället" in " ".join("".join(one.itertext()) for one in page.find("//*[@lang='sv']"))


@pytest.fixture
def rows(terminologist, organisations) -> list[str]:
    """Two published concepts with the term *rad*; their keys."""
    made = []
    for _ in range(2):
        with transaction() as session:
            version = services.draft_concept(
                session, SYSTEM, NOW, item=None, concept=concept("rad", terms=worded("rad", "sv")),
                organisation_id=organisations["forvaltare"].id, reason="",
            )  # fmt: skip
            publish_loaded(session, NOW, version, change=Change.NEW, valid_from=date(2026, 1, 1))
            made.append(version.item.slug)
    return made


def test_a_word_with_two_senses_is_linked_once_one_is_chosen(signed_in, terminologist, client, rows):
    writer = signed_in(terminologist)
    form = {**FORM, "definition_sv": "platsen i en rad", "action": "check"}
    page = read(writer.post("/termbank/nytt", data=form))
    assert "Ett ord har flera betydelser" in page.text
    [choice] = page.find("//select[@name='picks-0-concept']")
    assert [option.get("value") for option in choice] == ["", *rows]
    version = kept(writer.post("/termbank/nytt", data={**form, "action": "save"}))
    assert "links" not in version.content["definitions"][0]
    address = f"/termbank/begrepp/{version.item.slug}/andra"
    picked = {**posted_again(read(writer.get(address))), "picks-0-concept": rows[1], "action": "save"}
    version = kept(writer.post(address, data=picked))
    target = term_banks.term_bank(db.session).versions[rows[1]].item_id
    assert version.content["definitions"][0]["links"] == [{"words": "rad", "target": {"item": target}}]
    publish(version)
    links = read(client.get(f"/termbank/begrepp/{version.item.slug}/", follow_redirects=True)).links
    first, second = (f"/termbank/begrepp/{items.item_by_slug(db.session, 'concept', row).address}/" for row in rows[:2])
    assert second in links and first not in links


def test_a_concept_with_a_term_of_several_is_named_with_its_number(signed_in, terminologist, rows):
    writer = signed_in(terminologist)
    page = read(writer.post("/termbank/nytt", data={**FORM, "related": "rad"}), 422)
    assert f"rad ({rows[0]}), rad ({rows[1]})" in page.text
    version = kept(writer.post("/termbank/nytt", data={**FORM, "related": f"rad ({rows[1]})"}))
    located = term_banks.located(db.session, term_banks.concept_of(version), term_banks.term_bank(db.session))
    assert located.related == (rows[1],)
