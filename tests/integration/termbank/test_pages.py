"""The term bank's pages, read as strictly as a browser should and as closely as a person would."""

from datetime import date

import pytest

from registry.db import db, transaction
from registry.identity.actors import SYSTEM, Role
from registry.identity.services import mark_demonstration
from registry.items import queries as items
from registry.items.kinds import Change, State
from registry.items.tables import Version
from termbank import queries
from tests.conftest import NOW
from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
ESTABLISHED = "/termbank/begrepp/faststalld-vardplats/"
COMPARE = "/termbank/jamfor-tillampningar?vanster=faststalld-vardplats.25.1&hoger=faststalld-vardplats.25.2"
PAGES = (
    "/termbank/", "/termbank/?ordning=hierarki", "/termbank/?q=plats", "/termbank/?q=finns+inte", "/termbank/?visa=forslag",
    ESTABLISHED, f"{ESTABLISHED}version/2/", "/termbank/begrepp/belagd-vardplats/", "/termbank/begrepp/vardplats/",
    "/termbank/tillampningar/", "/termbank/tillampningar/faststalld-vardplats.25.1/", COMPARE, "/termbank/ns",
)  # fmt: skip


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_sound_for_anybody_in_both_languages(client, language):
    client.set_cookie("language", language)
    for url in PAGES:
        assert read(client.get(url)).tree.get("lang") == language, url


def test_a_page_costs_a_bounded_number_of_statements(client, statements_counted):
    for url in PAGES:
        client.get(url)
        with statements_counted() as counted:
            client.get(url)
        assert len(counted) <= 20, url


def test_the_wording_is_read_with_its_terms_as_links(client):
    page = read(client.get(ESTABLISHED))
    assert page.heading == "fastställd vårdplats"
    assert "vårdplats i sluten vård som en huvudman har fattat beslut om" in page.text
    linked = {link.text: link.get("href") for link in page.find("//p[@class='definition']/a")}
    assert linked == {
        "vårdplats": "/termbank/begrepp/vardplats/", "sluten vård": "/termbank/begrepp/sluten-vard/", "huvudman": "/termbank/begrepp/huvudman/",
    }  # fmt: skip


def test_the_page_says_that_the_wording_is_a_rendering_and_of_what(client):
    text = read(client.get(ESTABLISHED)).text
    assert "återgivning av Socialstyrelsens termbank" in text
    assert "Återgiven i registrets egna ord" in text
    assert "Rekommenderad term" in text


def test_both_applications_stand_side_by_side_with_the_decision(client):
    page = read(client.get(ESTABLISHED))
    for expected in (
        "Till och med 28 februari 2018", "Från 1 mars 2018", "Ja, 53 på fem sjukhus", "Ja, utom sommar, storhelg och särskilda beslut",
        "dnr 3754-2017", "Återgivet ur publicerad källa.", "En regions tillämpning av den är redovisad.", "20 regioners är det inte.",
    ):  # fmt: skip
        assert expected in page.text
    assert page.find("//div[@class='answers']/div[@class='cause']"), "the break carries the diamond"


def test_the_change_of_application_stands_in_the_history_between_the_versions(client):
    text = read(client.get(ESTABLISHED)).text
    history = text[text.index("Historik") :]
    assert history.index("Version 2") < history.index("Norrbotten ändrade sin tillämpning") < history.index("Version 1")
    assert "Ordalydelsen ändrades inte" in history


def test_the_proposal_is_shown_as_a_word_diff_and_marked_as_made_up(client):
    page = read(client.get(ESTABLISHED))
    text = page.text
    assert "Förslag, inte beslutat" in text
    assert "Påhittat exempel" in text
    assert "Tillagt:" in text
    assert "Borttaget:" in text
    assert page.find("//ins")


def test_a_proposal_has_a_page_of_its_own_that_says_what_it_is_not(client):
    page = read(client.get(f"{ESTABLISHED}version/2/"))
    assert "Förslag, gäller inte" in page.text
    assert "påhittat av registret för demonstration" in page.text
    assert ESTABLISHED in page.links


def test_a_concept_without_a_definition_says_so(client):
    assert "Det finns ingen definition" in read(client.get("/termbank/begrepp/belagd-vardplats/")).text


def test_the_contradiction_of_the_technical_bed_is_drawn_and_said(client):
    page = read(client.get("/termbank/begrepp/teknisk-vardplats/"))
    assert "räknas in här" in page.text
    assert "Motsägelse" in page.text
    assert len(page.find("//*[local-name()='path' and @class='doubt']")) == 2
    assert f"{ESTABLISHED}" in page.links


def test_the_facts_of_the_version_have_its_hash(client):
    current = items.current_by_slug(db.session, "concept", "faststalld-vardplats")
    assert current.content_hash in [
        code.get("title") for code in read(client.get(ESTABLISHED)).find("//code[@class='hash']")
    ]


def test_the_list_is_in_swedish_order_under_its_letters(client):
    page = read(client.get("/termbank/"))
    letters = [heading.text for heading in page.find("//main//h2") if len(heading.text or "") == 1]
    assert letters == ["B", "D", "F", "H", "I", "M", "P", "S", "T", "U", "V", "Ö"]
    terms = [link.text for link in page.find("//ul[contains(@class,'rows')]//h3/a")]
    assert len(terms) == 35
    assert terms.index("vårdtillfälle") < terms.index("öppen vård")


def test_in_english_the_list_is_in_english(client):
    client.set_cookie("language", "en")
    page = read(client.get("/termbank/"))
    assert "established bed" in page.text
    assert read(client.get(ESTABLISHED)).heading == "established bed"


def test_search_finds_in_swedish_and_english(client):
    for query, first in [
        ("överbeläggningar", "överbeläggning"),
        ("disponibla", "disponibel vårdplats"),
        ("MVO", "medicinskt verksamhetsområde"),
        ("overcrowding", "överbeläggning"),
    ]:
        page = read(client.get("/termbank/", query_string={"q": query}))
        assert page.find("//ul[contains(@class,'rows')]//h3/a")[0].text == first, query


def test_search_does_not_take_o_for_ö(client):
    assert "Inget hittades" in read(client.get("/termbank/?q=overbelaggning")).text


def test_a_query_is_shown_as_text_and_never_as_markup(client):
    answer = client.get("/termbank/", query_string={"q": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text
    read(answer)


def test_the_list_is_filtered(client):
    for chosen, number in [("definierade", 16), ("utan-definition", 19), ("forslag", 5), ("tillampade", 1)]:
        page = read(client.get(f"/termbank/?visa={chosen}"))
        assert len(page.find("//ul[contains(@class,'rows')]//h3/a")) == number, chosen


def test_the_comparison_says_that_they_do_not_count_the_same_and_why(client):
    text = read(client.get(COMPARE)).text
    assert "Ett svar skiljer sig: de räknar inte samma sak" in text
    assert "Båda vilar på samma version av ordalydelsen." in text


def test_what_does_not_exist_is_a_clear_answer(client):
    for url in [
        "/termbank/begrepp/finns-inte/",
        f"{ESTABLISHED}version/9/",
        "/termbank/tillampningar/finns-inte/",
        "/termbank/jamfor-tillampningar",
        "/termbank/jamfor-tillampningar?vanster=faststalld-vardplats.25.1&hoger=x",
        "/termbank/annat.ttl",
        "/termbank/begrepp/finns-inte.ttl",
        "/termbank/id/concept/finns-inte",
        "/termbank/id/version/abc",
        "/termbank/id/scheme/annat",
    ]:
        assert client.get(url).status_code == 404, url


def test_the_public_is_asked_to_sign_in_before_writing(client):
    for url in [
        "/termbank/nytt",
        f"{ESTABLISHED}andra",
        f"{ESTABLISHED}tillampningar/ny",
        "/termbank/tillampningar/faststalld-vardplats.25.1/andra",
    ]:
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code == 302, url
            assert "/logga-in" in answer.location


def test_writing_takes_the_role(signed_in, data_officer, terminologist):
    assert signed_in(data_officer).get("/termbank/nytt").status_code == 403
    assert signed_in(terminologist).get(f"{ESTABLISHED}tillampningar/ny").status_code == 403


def test_a_terminologist_of_another_organisation_does_not_open_the_form(signed_in, actor):
    stranger = actor("annan", (Role.TERMINOLOGIST, "25"))
    assert signed_in(stranger).get("/termbank/begrepp/vardplats/andra").status_code == 403


def test_a_region_does_not_correct_another_regions_statement(signed_in, data_officer):
    assert signed_in(data_officer).get("/termbank/tillampningar/faststalld-vardplats.25.1/andra").status_code == 403


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
    page = read(decider.get("/termbank/begrepp/gemensam-vardplats/"))
    assert "region och kommun tillsammans" in page.text
    concept = queries.concept_of(items.current_by_slug(db.session, "concept", "gemensam-vardplats", date(2027, 1, 1)))
    assert (concept.broader, concept.related) == (("vardplats",), ("disponibel-vardplats", "vardenhet"))
    assert concept.contested[0].concept == "teknisk-vardplats"
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
    assert items.item_by_slug(db.session, "concept", "gemensam-vardplats") is None
    assert "Inget att anmärka" in read(writer.post("/termbank/nytt", data={**CONCEPT_FORM, "action": "check"})).text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"term_sv": ""}, "Skriv den svenska termen."),
        ({"definition_en": ""}, "Skriv definitionen på båda språken"),
        ({"broader": "påhittad plats"}, "Det finns inget begrepp med termen påhittad plats."),
        ({"contested-0-concept": "påhittad"}, "Det finns inget begrepp med termen påhittad."),
        ({"notes-0-en": ""}, "Skriv texten på engelska också."),
        ({"origin": "official"}, "En källas ordalydelse behöver sin källa."),
        ({"source_title": "x", "source_url": "javascript:alert(1)"}, "Adresser börjar med http"),
    ],
)
def test_a_form_that_lacks_something_says_what_and_keeps_what_was_written(signed_in, terminologist, change, message):
    page = read(signed_in(terminologist).post("/termbank/nytt", data={**CONCEPT_FORM, **change}), 422)
    assert message in page.text
    assert page.find("//input[@name='term_en']")[0].get("value") == "shared bed"


def test_a_term_that_is_taken_is_said_in_the_form(signed_in, terminologist):
    page = read(signed_in(terminologist).post("/termbank/nytt", data={**CONCEPT_FORM, "term_sv": "Vårdplats"}), 409)
    assert "Namnet är upptaget" in page.text


def test_more_rows_are_added_without_losing_what_was_written(signed_in, terminologist):
    page = read(signed_in(terminologist).post("/termbank/nytt", data={**CONCEPT_FORM, "action": "rows"}))
    assert len(page.find("//textarea[starts-with(@name,'notes-') and contains(@name,'-sv')]")) > 3
    assert page.find("//textarea[@name='notes-0-sv']")[0].text.strip() == "Efterfrågas i bilaga 7."


def test_a_new_version_begins_with_what_is_in_force(signed_in, terminologist):
    page = read(signed_in(terminologist).get("/termbank/begrepp/overbelagd-patient/andra"))
    assert page.find("//input[@name='term_sv']")[0].get("value") == "överbelagd patient"
    form = read(signed_in(terminologist).get("/termbank/begrepp/sluten-vard/andra"))
    assert "slutenvård" in form.find("//textarea[@name='synonyms_sv']")[0].text
    assert len(form.find("//textarea[starts-with(@name,'notes-') and contains(@name,'-sv')]")) == 4, (
        "two notes and two empty rows"
    )


STATEMENT_FORM = {
    "valid_from": "2026-01-01", "answer_technical_beds_counted": "partly", "words_technical_beds_counted": "Bara på två sjukhus",
    "answer_must_be_available": "yes", "answer_decided_by_assembly": "not_stated", "decision_body": "Regionstyrelsen, § 14", "decision_number": "RS 2026-1",
}  # fmt: skip


def test_a_region_states_its_application_and_its_disclosing_officer_decides(
    signed_in, data_officer, disclosing_officer, organisations
):
    officer, decider = signed_in(data_officer), signed_in(disclosing_officer)
    url = f"{ESTABLISHED}tillampningar/ny"
    read(officer.get(url))
    answer = officer.post(url, data={**STATEMENT_FORM, "organisation": organisations["24"].id})
    assert answer.status_code == 302, read(answer, answer.status_code).text
    version_id = answer.location.rpartition("/")[2]
    officer.post(f"/granskning/version/{version_id}/skicka", data={"change": "new"})
    assert "Västerbotten" not in read(decider.get(ESTABLISHED)).find("//section[@aria-labelledby='tillampningar']//h3")
    decider.post(
        f"/granskning/version/{version_id}/besluta/application", data={"outcome": "approve", "reason": "Stämmer"}
    )
    decider.post(f"/granskning/version/{version_id}/publicera", data={"valid_from": "2026-11-02"})
    page = read(decider.get(ESTABLISHED))
    assert "Delvis, bara på två sjukhus" in page.text
    assert "2 regioners tillämpningar är redovisade." in page.text
    statement = read(decider.get("/termbank/tillampningar/faststalld-vardplats.24.1/"))
    assert "Regionstyrelsen, § 14" in statement.text
    assert "redovisad av regionen" in statement.text


def test_in_a_demonstration_what_a_region_states_is_marked_as_made_up(signed_in, data_officer, organisations):
    with transaction() as session:
        mark_demonstration(session, SYSTEM, NOW)
    answer = signed_in(data_officer).post(
        f"{ESTABLISHED}tillampningar/ny", data={**STATEMENT_FORM, "organisation": organisations["24"].id}
    )
    version = items.version_for(db.session, SYSTEM, answer.location.rpartition("/")[2])
    assert version.content["provenance"] == "made_up"
    assert version.state == State.DRAFT


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"answer_must_be_available": ""}, "Välj ett svar: Ska platserna också vara disponibla?"),
        (
            {"words_technical_beds_counted": ""},
            "Skriv vad som gäller och vad som inte gör det: Räknas tekniska vårdplatser in?",
        ),
        ({"valid_to": "2025-01-01"}, "Den sista dagen ligger före den första."),
        (
            {"answer_technical_beds_counted": "not_stated", "answer_must_be_available": "not_stated"},
            "Besvara minst en fråga",
        ),
        ({"decision_url": "hemsidan"}, "Adresser börjar med http"),
    ],
)
def test_a_statement_that_lacks_something_says_what(signed_in, data_officer, organisations, change, message):
    form = {**STATEMENT_FORM, "organisation": organisations["24"].id, **change}
    page = read(signed_in(data_officer).post(f"{ESTABLISHED}tillampningar/ny", data=form), 422)
    assert message in page.text


def test_a_region_cannot_choose_another_region(signed_in, data_officer, organisations):
    form = {**STATEMENT_FORM, "organisation": organisations["25"].id}
    assert signed_in(data_officer).post(f"{ESTABLISHED}tillampningar/ny", data=form).status_code == 422


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
    assert version.content["source"]["date"] == "2004"


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
        definition_en="bed with a decision",
        reason="Prövning",
    )
    version_id = answer.location.rpartition("/")[2]
    choices = read(writer.get(f"/granskning/version/{version_id}")).find("//select[@name='change']/option/@value")
    assert choices == ["editorial", "meaning"], "a version that follows another is never new"
    writer.post(f"/granskning/version/{version_id}/skicka", data={"change": "new"})
    assert db.session.get(Version, version_id).change == Change.MEANING
    decider.post(f"/granskning/version/{version_id}/besluta/wording", data={"outcome": "approve", "reason": "Ja"})
    decider.post(f"/granskning/version/{version_id}/publicera", data={"valid_from": "2027-01-01"})
    page = read(client.get(ESTABLISHED))
    assert "Version 3" in page.text
    assert "Ordalydelsen fick ändrad betydelse." in page.text
    assert page.find("//ol[@class='strand']/li[@class='wording-changed']"), "the square of a changed wording"
    assert f"/termbank/tillampningar/{resting}/" in page.links
    statement = read(client.get(f"/termbank/tillampningar/{resting}/"))
    assert f"{ESTABLISHED}version/1/" in statement.links


def test_a_made_up_statement_beside_a_reproduced_one_is_marked_by_itself(
    signed_in, data_officer, disclosing_officer, organisations, client
):
    with transaction() as session:
        mark_demonstration(session, SYSTEM, NOW)
    officer, decider = signed_in(data_officer), signed_in(disclosing_officer)
    answer = officer.post(
        f"{ESTABLISHED}tillampningar/ny", data={**STATEMENT_FORM, "organisation": organisations["24"].id}
    )
    version_id = answer.location.rpartition("/")[2]
    officer.post(f"/granskning/version/{version_id}/skicka", data={"change": "new"})
    decider.post(
        f"/granskning/version/{version_id}/besluta/application", data={"outcome": "approve", "reason": "Stämmer"}
    )
    decider.post(f"/granskning/version/{version_id}/publicera", data={"valid_from": "2026-11-02"})
    answer = client.get(ESTABLISHED)
    assert "Siffrorna på den här sidan är påhittade" not in answer.text
    headings = [
        " ".join("".join(one.itertext()).split())
        for one in read(answer).find("//section[@aria-labelledby='tillampningar']//h3")
    ]
    assert headings == ["Norrbotten", "Västerbotten Påhittat exempel"]


def test_with_several_regions_their_answers_stand_in_one_table(
    signed_in, data_officer, disclosing_officer, organisations, client
):
    officer, decider = signed_in(data_officer), signed_in(disclosing_officer)
    answer = officer.post(
        f"{ESTABLISHED}tillampningar/ny", data={**STATEMENT_FORM, "organisation": organisations["24"].id}
    )
    version_id = answer.location.rpartition("/")[2]
    officer.post(f"/granskning/version/{version_id}/skicka", data={"change": "new"})
    decider.post(
        f"/granskning/version/{version_id}/besluta/application", data={"outcome": "approve", "reason": "Stämmer"}
    )
    assert not read(client.get(ESTABLISHED)).find("//table"), "one region needs no table"
    decider.post(f"/granskning/version/{version_id}/publicera", data={"valid_from": "2026-11-02"})
    rows = read(client.get(ESTABLISHED)).find("//table/tbody/tr")
    cells = [["".join(cell.itertext()).strip() for cell in row] for row in rows]
    assert cells[0] == ["Räknas tekniska vårdplatser in?", "–", "Norrbotten", "Västerbotten", "–"]
    assert cells[1][1] == "Norrbotten, Västerbotten"


def test_a_proposal_is_compared_with_what_is_in_force_and_checked_before_everybodys_eyes(client):
    text = read(client.get("/termbank/begrepp/disponibel-vardplats/version/2/")).text
    assert "Jämfört med gällande ordalydelse" in text
    assert "disponibel vårdplats → teknisk vårdplats → disponibel vårdplats" in text
    assert "Definitionerna går i cirkel" in text
    in_force = read(client.get("/termbank/begrepp/disponibel-vardplats/")).text
    assert "Definitionerna går i cirkel" not in in_force


def test_a_reviewer_reads_terms_with_links_and_no_internal_names(signed_in, terminologist):
    client = signed_in(terminologist)
    review = client.post("/termbank/nytt", data=CONCEPT_FORM).location
    page = read(client.get(review))
    assert "Överordnat begreppvårdplats" in page.text
    assert "disponibel-vardplats" not in page.text and "teknisk-vardplats" not in page.text
    assert {"/termbank/begrepp/vardplats/", "/termbank/begrepp/teknisk-vardplats/"} <= set(page.links)
    assert "teknisk vårdplats: räknas olika" in page.text


def test_a_terminologist_begins_a_concept_from_the_tasks(signed_in, terminologist):
    assert "/termbank/nytt" in read(signed_in(terminologist).get("/uppgifter/")).links
