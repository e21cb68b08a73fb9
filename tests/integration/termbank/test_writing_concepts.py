"""Concepts are written in a form, checked, reviewed by another and published."""

from dataclasses import replace
from datetime import date

import pytest

from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.items import queries as items
from registry.items.lifecycle import Change, State
from registry.items.tables import Item, Version
from termbank.bank.queries import term_banks
from termbank.concepts.concept import Definition
from termbank.forms.concept import RELATED
from termbank.services import draft_concept
from tests.conftest import NOW
from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
ESTABLISHED = "/termbank/begrepp/faststalld-vardplats/"


def test_writing_takes_the_role(signed_in, data_officer, terminologist):
    assert signed_in(data_officer).get("/termbank/nytt").status_code == 403
    assert signed_in(terminologist).get(f"{ESTABLISHED}tillampningar/ny").status_code == 403


def test_a_terminologist_of_another_organisation_does_not_open_the_form(signed_in, actor):
    stranger = actor("annan", (Role.TERMINOLOGIST, "25"))
    assert signed_in(stranger).get("/termbank/begrepp/vardplats/andra").status_code == 403


CONCEPT_FORM = {
    "term_sv": "gemensam vårdplats", "term_en": "shared bed", "definition_sv": "vårdplats som drivs av region och kommun tillsammans",
    "definition_en": "hospital bed run by a region and a municipality together", "broader": "vårdplats", "related": "disponibel vårdplats\nvårdenhet",
    "origin": "proposal", "notes-0-sv": "Efterfrågas i bilaga 7.", "notes-0-en": "Asked for in annex 7.", "notes-0-source": "Bilaga 7",
    "contested-0-concept": "Teknisk vårdplats", "contested-0-sv": "räknas olika", "reason": "Behövs", "action": "save",
}  # fmt: skip


def test_a_terminologist_writes_a_concept_and_another_publishes_it(signed_in, terminologist, colleague):
    writer, decider = signed_in(terminologist), signed_in(colleague)
    read(writer.get("/termbank/nytt"))
    answer = writer.post("/termbank/nytt", data=CONCEPT_FORM)
    assert answer.status_code == 302
    review = answer.location
    assert "gemensam vårdplats" in read(writer.get(review)).text
    version_id = review.rpartition("/")[2]
    assert writer.post(f"/granskning/version/{version_id}/skicka", data={"change": "new"}).status_code == 302
    decided = decider.post(
        f"/granskning/version/{version_id}/besluta/wording", data={"outcome": "approve", "reason": "Bra"}
    )
    assert decided.status_code == 302
    assert (
        decider.post(f"/granskning/version/{version_id}/publicera", data={"valid_from": "2027-01-01"}).status_code
        == 302
    )
    page = read(decider.get("/termbank/begrepp/36/", follow_redirects=True))
    assert "region och kommun tillsammans" in page.text
    concept = term_banks.term_bank(db.session, on=date(2027, 1, 1)).concepts["36"]
    assert (concept.broader, concept.related) == (("vardplats",), ("disponibel-vardplats", "vardenhet"))
    assert concept.contested[0].key == "teknisk-vardplats"
    assert concept.notes[0].source == "Bilaga 7"


def test_checking_only_keeps_nothing_and_says_what_the_checks_say(signed_in, terminologist):
    writer = signed_in(terminologist)
    page = read(
        writer.post(
            "/termbank/nytt", data={**CONCEPT_FORM, "definition_sv": "en gemensam vårdplats.", "action": "check"}
        )
    )
    assert "Definitionen använder sin egen term" in page.text
    assert "Definitionen börjar med artikel" in page.text
    assert items.item_by_slug(db.session, "concept", "36") is None
    assert "Inget att anmärka" in read(writer.post("/termbank/nytt", data={**CONCEPT_FORM, "action": "check"})).text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"term_sv": "", "term_en": ""}, "Skriv en term."),
        ({"broader": "påhittad plats"}, "Det finns inget begrepp med termen påhittad plats."),
        ({"contested-0-concept": "påhittad"}, "Det finns inget begrepp med termen påhittad."),
        ({"notes-0-sv": "", "notes-0-en": ""}, "Skriv anmärkningen som har källan."),
        ({"origin": "official"}, "En källas ordalydelse behöver sin källa."),
        ({"source_title": "x", "source_url": "javascript:alert(1)"}, "Adresser börjar med http"),
    ],
)
def test_a_form_that_lacks_something_says_what_and_keeps_what_was_written(signed_in, terminologist, change, message):
    page = read(signed_in(terminologist).post("/termbank/nytt", data={**CONCEPT_FORM, **change}), 422)
    assert message in page.text
    assert page.find("//textarea[@name='definition_sv']")[0].text.strip().startswith("vårdplats som drivs")


def test_a_term_that_is_taken_is_told_and_stops_nothing(signed_in, terminologist):
    writer = signed_in(terminologist)
    page = read(writer.post("/termbank/nytt", data={**CONCEPT_FORM, "term_sv": "Vårdplats", "action": "check"}))
    assert "Ett annat begrepp har samma term" in page.text
    assert writer.post("/termbank/nytt", data={**CONCEPT_FORM, "term_sv": "Vårdplats"}).status_code == 302


def test_a_concept_in_swedish_alone_is_written_and_sent(signed_in, terminologist):
    writer = signed_in(terminologist)
    review = writer.post(
        "/termbank/nytt", data={"term_sv": "svensk plats", "definition_sv": "vårdplats i Sverige", "action": "save"}
    )
    assert review.status_code == 302
    identifier = review.location.rpartition("/")[2]
    assert writer.post(f"/granskning/version/{identifier}/skicka", data={"change": "new"}).status_code == 302
    version = db.session.get_one(Version, identifier)
    assert version.state == State.IN_REVIEW
    assert version.content["definitions"] == [{"language": "sv", "text": "vårdplats i Sverige"}]


def test_one_row_more_is_added_without_losing_what_was_written(signed_in, terminologist):
    page = read(signed_in(terminologist).post("/termbank/nytt", data={**CONCEPT_FORM, "add": "notes"}))
    assert len(page.find("//textarea[starts-with(@name,'notes-') and contains(@name,'-sv')]")) == 2
    assert page.find("//textarea[@name='notes-0-sv']")[0].text.strip() == "Efterfrågas i bilaga 7."


def test_a_new_version_begins_with_what_is_in_force(signed_in, terminologist):
    page = read(signed_in(terminologist).get("/termbank/begrepp/overbelagd-patient/andra"))
    assert page.find("//input[@name='term_sv']")[0].get("value") == "överbelagd patient"
    form = read(signed_in(terminologist).get("/termbank/begrepp/sluten-vard/andra"))
    assert "slutenvård" in form.find("//textarea[@name='synonyms_sv']")[0].text
    assert len(form.find("//textarea[starts-with(@name,'notes-') and contains(@name,'-sv')]")) == 2
    assert "Gäller nu: version 1" in form.text


def successor(writer, slug, **change):
    """Write a successor of a concept through its form and give the answer."""
    page = read(writer.get(f"/termbank/begrepp/{slug}/andra"))
    form = {field.get("name"): field.get("value", "") for field in page.find("//main//input[@type='text']")}
    form |= {field.get("name"): (field.text or "").strip() for field in page.find("//main//textarea")}
    form |= {"origin": "official", "rendering": "y", "action": "save", **change}
    return writer.post(f"/termbank/begrepp/{slug}/andra", data=form)


def test_a_changed_definition_that_is_still_said_to_be_the_sources_needs_a_reason(signed_in, terminologist):
    writer = signed_in(terminologist)
    page = read(successor(writer, "vardtid", definition_sv="tid som ett vårdtillfälle pågår"), 422)
    assert "Definitionen är ändrad men sägs fortfarande vara källans." in page.text
    assert (
        successor(
            writer, "vardtid", definition_sv="tid som ett vårdtillfälle pågår", reason="Rättad återgivning"
        ).status_code
        == 302
    )


def test_a_change_of_the_notes_alone_needs_no_reason(signed_in, terminologist):
    answer = successor(signed_in(terminologist), "vardtid", **{"notes-1-sv": "Ny anmärkning", "notes-1-en": "New note"})
    assert answer.status_code == 302
    version = items.version_for(db.session, SYSTEM, answer.location.rpartition("/")[2])
    assert len(version.content["notes"]) == 2
    assert version.content["origin"] == "official"
    assert version.content["sources"][0]["date"] == "2004"


def test_what_rests_on_an_older_version_is_still_told_and_says_which(signed_in, terminologist, colleague, client):
    resting = "faststalld-vardplats.25.1"
    writer, decider = signed_in(terminologist), signed_in(colleague)
    for version in items.versions_of(db.session, items.item_by_slug(db.session, "concept", "faststalld-vardplats")):
        if version.state == State.IN_REVIEW:
            decider.post(
                f"/granskning/version/{version.id}/besluta/wording", data={"outcome": "reject", "reason": "Exempel"}
            )
    answer = successor(
        writer,
        "faststalld-vardplats",
        definition_sv="vårdplats med beslut",
        source_verification_sv="Läst 2026",
        definition_en="bed with a decision",
        reason="Prövning",
    )
    version_id = answer.location.rpartition("/")[2]
    choices = read(writer.get(f"/granskning/version/{version_id}")).find("//select[@name='change']/option/@value")
    assert set(choices) == {change.value for change in Change} - {"new"}, "a version that follows another is never new"
    writer.post(f"/granskning/version/{version_id}/skicka", data={"change": "new"})
    assert db.session.get(Version, version_id).change == Change.MEANING
    decider.post(f"/granskning/version/{version_id}/besluta/wording", data={"outcome": "approve", "reason": "Ja"})
    decider.post(f"/granskning/version/{version_id}/publicera", data={"valid_from": "2027-01-01"})
    page = read(client.get(ESTABLISHED, follow_redirects=True))
    assert "Version 3" in page.text
    assert "Ordalydelsen fick ändrad betydelse." in page.text
    assert page.find("//ol[@class='strand']/li[@class='wording-changed']"), "the square of a changed wording"
    assert f"/termbank/tillampningar/{resting}/" in page.links
    statement = read(client.get(f"/termbank/tillampningar/{resting}/"))
    assert f"{ESTABLISHED}version/1/" in statement.links


def test_a_reviewer_reads_terms_with_links_and_no_internal_names(signed_in, terminologist):
    client = signed_in(terminologist)
    review = client.post("/termbank/nytt", data=CONCEPT_FORM).location
    page = read(client.get(review))
    assert "Överordnat begrepp vårdplats" in page.text
    assert "disponibel-vardplats" not in page.text and "teknisk-vardplats" not in page.text
    named = [items.item_by_slug(db.session, "concept", slug) for slug in ("vardplats", "teknisk-vardplats")]
    assert {f"/termbank/begrepp/{one.address}/" for one in named} <= set(page.links)
    assert "teknisk vårdplats: räknas olika" in page.text


def test_a_terminologist_begins_a_concept_from_the_tasks(signed_in, terminologist):
    assert "/termbank/nytt" in read(signed_in(terminologist).get("/uppgifter/")).links


def test_what_the_form_has_no_field_for_is_kept_when_a_concept_is_saved(signed_in, terminologist):
    """A second definition in a language, and one in a language of its own; a comma in the first changes neither."""
    item = items.item_by_slug(db.session, "concept", "sluten-vard")
    concept = term_banks.concept_of(items.current(db.session, item))
    more = (*concept.definitions, Definition("annan avgränsning", "sv"), Definition("osastohoito", "fi"))
    with transaction() as session:
        draft_concept(
            session, terminologist, NOW, item=session.get(Item, item.id), concept=replace(concept, definitions=more),
            organisation_id=item.organisation_id, reason="Prövning",
        )  # fmt: skip
    first = concept.defined_in("sv").text
    successor(signed_in(terminologist), "sluten-vard", definition_sv=f"{first}, med mera", reason="Ett komma.")
    db.session.expire_all()
    kept = term_banks.concept_of(items.open_version(db.session, item)).definitions
    assert {(one.language, one.text) for one in kept} >= {
        ("sv", f"{first}, med mera"), ("sv", "annan avgränsning"), ("fi", "osastohoito"),
    }  # fmt: skip


def test_concepts_to_name_are_found_chosen_and_added_without_a_script(signed_in, terminologist):
    writer = signed_in(terminologist)
    begun = read(writer.get("/termbank/nytt"))
    assert {one.get("value") for one in begun.find("//select[@name='find_as']/option")} == set(RELATED)
    new = {"term_sv": "gemensam plats", "related": "vårdenhet", "find": "disponibel vårdplatz", "find_as": "related"}
    page = read(writer.post("/termbank/nytt", data={**new, "action": "find"}))
    [found] = page.find("//input[@name='found']")
    assert found.get("value") == "disponibel-vardplats" and "disponibel vårdplats" in page.text
    page = read(writer.post("/termbank/nytt", data={**new, "found": found.get("value"), "action": "pick"}))
    assert page.find("//textarea[@name='related']")[0].text.split("\n")[-2:] == ["vårdenhet", "disponibel vårdplats"]
    assert (
        "Ingen term liknar det."
        in read(writer.post("/termbank/nytt", data={**new, "find": "qqqq", "action": "find"})).text
    )


def test_the_form_names_no_concepts_that_nobody_asked_for(signed_in, terminologist):
    text = read(signed_in(terminologist).get("/termbank/nytt")).text
    assert "utskrivningsklar patient" not in text


def test_what_is_said_of_a_field_stands_at_it_with_the_links_and_what_differs(signed_in, terminologist):
    writer = signed_in(terminologist)
    written = {
        "term_sv": "fastställd vårdplats",
        "definition_sv": "En vårdplats som en huvudman har bestämt",
        "action": "look",
    }
    page = read(writer.post("/termbank/begrepp/faststalld-vardplats/andra", data=written))
    [said] = page.find("//*[@id='om-definition_sv']")
    text = " ".join(said.itertext())
    assert "Definitionen börjar med artikel" in text
    bed = items.item_by_slug(db.session, "concept", "vardplats")
    assert (
        f"/termbank/begrepp/{bed.address}/" in {link.get("href") for link in said.iter("{*}a")} or "vårdplats" in text
    )
    assert "Det som skiljer sig" in text
    assert not page.find("//*[@id='kontrollerna']"), "nothing above the field moves while one writes"
    page = read(
        writer.post(
            "/termbank/begrepp/faststalld-vardplats/andra", data={**written, "action": "check", "reason": "Prövar"}
        )
    )
    assert page.find("//ul/li/a[@href='#definition_sv']")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"mappings-0-concept": "?", "mappings-0-kind": "close"},
        {"generic": "x\n" * 3_000},
        {"more_terms-0-language": "???", "more_terms-0-text": "y"},
    ],
)
def test_a_look_at_whatever_is_written_so_far_is_no_failure(signed_in, terminologist, sent):
    assert signed_in(terminologist).post("/termbank/nytt", data={**sent, "action": "look"}).status_code == 200
