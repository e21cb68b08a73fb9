"""A consultation in its pages, from its draft to the published compilation."""

import re
from datetime import timedelta

from registry import clock
from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.items import queries as items
from registry.starter import STEWARD
from registry.web.problems import readable
from termbank.bank.queries.term_banks import concept_of
from termbank.consultations import answers, services
from termbank.consultations.acts import record
from termbank.consultations.answers import Said, Written
from termbank.consultations.services import AskedText, Letter
from termbank.consultations.tables import Consultation
from termbank.consultations.tally import Part, Position
from termbank.finding_texts.all import FINDINGS
from termbank.views.consultations import reading as views
from tests.conftest import NOW
from tests.integration.termbank.consultations.acts import LAST, OPENED, REGIONS, SLUG, reread, send
from tests.pages import read


def test_days_in_what_is_refused_are_written_as_people_write_them(app):
    found = readable(FINDINGS.found("CONS-006", {"day": "2026-11-16"}))
    assert "till och med 16 november 2026." in found.body
    assert found.in_full == f"{found.title}. {found.body} {found.mend}"


def _written(**more):
    return {
        "title": "Påhittad remiss i sidorna", "registry_number": "Dnr 99/2026", "letter": "Vad tycker ni om ordalydelsen?",
        "closes_on": LAST.isoformat(), **more,
    }  # fmt: skip


def test_two_who_write_on_an_answer_at_once_are_told(opened, officers, organisations, signed_in):
    one, other = signed_in(officers["24"]), signed_in(officers["24"])
    address = f"/termbank/remisser/{opened}/svara"
    seen = read(one.get(address)).find("//input[@name='started_from']")[0].get("value")
    said = {"organisation": organisations["24"].id, "started_from": seen, "position_1_term": "supports"}
    assert other.post(address, data={**said, "general": "Kollegans ord.", "action": "send"}).status_code == 302
    page = read(one.post(address, data={**said, "general": "Mina egna ord.", "action": "send"}), 409)
    assert "Någon annan hann före" in page.text and "Mina egna ord." in page.text
    assert [opinion.general for opinion in reread(opened).opinions] == ["Kollegans ord."]
    again = page.find("//input[@name='started_from']")[0].get("value")
    one.post(address, data={**said, "started_from": again, "general": "Mina egna ord.", "action": "keep"})
    assert {opinion.general for opinion in reread(opened).opinions} == {"Kollegans ord.", "Mina egna ord."}


def test_who_both_sends_it_out_and_answers_sees_both_kinds_of_work(opened, organisations, actor, signed_in):
    both = signed_in(actor("bada", (Role.TERMINOLOGIST, STEWARD), (Role.DISCLOSING_OFFICER, "24")))
    links = read(both.get(f"/termbank/remisser/{opened}/")).links
    assert any("/svara?for=" in link for link in links) and any(link.endswith("/brev") for link in links)


def test_what_is_asked_about_is_whose_the_way_here_began_from(organisations, terminologist, actor, signed_in):
    first = min((code for code in organisations if code != STEWARD), key=lambda code: organisations[code].id)
    author = signed_in(actor("tva", (Role.TERMINOLOGIST, first), (Role.TERMINOLOGIST, STEWARD)))
    version = items.current_by_slug(db.session, "concept", SLUG).id
    page = read(author.get(f"/termbank/remisser/ny?version={version}"))
    assert [box.get("value") for box in page.find("//input[@name='texts'][@checked]")] == [version]


def test_two_who_write_on_the_letter_at_once_are_told(organisations, terminologist, actor, signed_in):
    one, other = signed_in(terminologist), signed_in(actor("terminolog3", (Role.TERMINOLOGIST, STEWARD)))
    version = items.current_by_slug(db.session, "concept", SLUG).id
    said = {
        "title": "Påhittad", "registry_number": "Dnr 1", "letter": "Vad tycks?", "closes_on": LAST.isoformat(),
        "texts": version, "organisations": organisations["24"].id,
    }  # fmt: skip
    address = one.post(f"/termbank/remisser/ny?version={version}", data=said).location + "andra"
    seen = read(one.get(address)).find("//input[@name='started_from']")[0].get("value")
    said = {**said, "started_from": seen}
    assert other.post(address, data={**said, "letter": "Kollegans brev."}).status_code == 302
    page = read(one.post(address, data={**said, "letter": "Mitt brev."}), 409)
    assert "Någon annan hann före" in page.text and "Mitt brev." in page.text
    assert db.session.query(Consultation).one().letter == "Kollegans brev."
    again = page.find("//input[@name='started_from']")[0].get("value")
    assert one.post(address, data={**said, "started_from": again, "letter": "Mitt brev."}).status_code == 302
    other.post(address.replace("andra", "skicka-ut"))
    page = read(one.post(address, data={**said, "letter": "Ännu ett brev."}), 409)
    assert "Ännu ett brev." in page.text, "what is written stays, though the letter has gone out"
    assert one.get(address).status_code == 302


def test_a_consultation_is_written_sent_and_answered_in_the_pages(
    terminologist, officers, organisations, signed_in, client
):
    author, officer = signed_in(terminologist), signed_in(officers["24"])
    version = items.current_by_slug(db.session, "concept", SLUG)
    assert "Välj minst en ordalydelse." in read(author.post("/termbank/remisser/ny", data=_written()), 422).text
    address = author.post(
        f"/termbank/remisser/ny?version={version.id}",
        data=_written(texts=[version.id], organisations=[organisations["24"].id], others="Förbundet"),
    ).location
    read(author.get(address))
    read(author.get(f"{address}andra"))
    assert client.get(address).status_code == 404
    again = author.post(f"/termbank/remisser/ny?version={version.id}", data=_written(texts=[version.id]))
    assert "Diarienumret är upptaget" in read(again, 409).text
    page = read(author.post(f"{address}skicka-ut", follow_redirects=True))
    assert "Ute för svar" in page.text and "Svaren är dolda till och med" in page.text
    assert address in read(officer.get("/uppgifter/")).links
    form = f"{address}svara"
    read(officer.get(form))
    own = {"organisation": organisations["24"].id}
    said = {**own, "reason_1_definition": "För vagt.", "action": "send"}
    assert "Välj en ståndpunkt" in read(officer.post(form, data=said), 422).text
    assert "Svaret är tomt" in read(officer.post(form, data={**own, "action": "send"}), 409).text
    sent = officer.post(form, data={**said, "position_1_definition": "opposes"}, follow_redirects=True)
    assert "Svaret är lämnat." in read(sent).text
    assert "Era egna svar" in read(officer.get(address)).text
    assert "För vagt." not in read(client.get(address)).text
    assert client.get(f"{address}sammanstallning.docx").status_code == 404
    assert client.get(f"{address}remiss.docx").data[:2] == b"PK"
    assert address not in read(officer.get("/uppgifter/")).links
    read(author.get(f"{address}brev"))
    read(author.get(f"{address}forlang"))
    page = read(client.get("/termbank/remisser/"))
    assert address in page.links


def test_nobody_else_sends_out_or_responds(opened, data_officer, signed_in):
    client = signed_in(data_officer)
    for path in ("avsluta", "skicka-ut", "ta-bort"):
        assert client.post(f"/termbank/remisser/{opened}/{path}").status_code == 403
    assert client.get(f"/termbank/remisser/{opened}/brev").status_code == 403
    assert re.search("Logga in|inte", client.get("/termbank/remisser/finns-inte/").text)


def test_many_texts_and_answers_are_read_from_the_top(terminologist, organisations, signed_in, client, monkeypatch):
    monkeypatch.setattr(views, "TEXTS_ON_A_PAGE", 2)
    with transaction() as session:
        versions = [items.current_by_slug(session, "concept", slug) for slug in (SLUG, "vardplats", "belaggning")]
        wordings = {one.id: {Part.TERM: {"sv": concept_of(one).title.sv}} for one in versions}
        one = services.draft(
            session, terminologist, NOW, organisation_id=versions[0].organisation_id, letter=Letter("Dnr 7", "Tre texter", "Hej", LAST),
            asked=[AskedText(version, wordings[version.id]) for version in versions],
            organisations=[organisations[code] for code in REGIONS], others=[],
        )  # fmt: skip
        services.open_consultation(session, terminologist, OPENED, one, wordings=wordings)
        for place in one.addressees:
            answers.record_letter(
                session, terminologist, OPENED, one,
                Written({(2, Part.TERM): Said(Position.SUPPORTS)}, general=f"Vi från {place.name} tackar."),
                addressee_id=place.id, name="", received_on=clock.today(OPENED),
            )  # fmt: skip
        one.closes_on = clock.today() - timedelta(days=1)
        address = f"/termbank/remisser/{one.id}/"
    page = read(client.get(address))
    brief = page.text.partition("Alla texter i korthet")[2].partition("Region")[0].rpartition("1. ")[0]
    assert brief.startswith(" 3") and brief.count("ingen har sagt något") == 2 and brief.count("Tillstyrker 4") == 1, (
        brief
    )
    assert f"{address}?text=3" in page.links
    assert page.text.count("tackar.") == 3 and f"{address}allmant" in page.links
    assert read(client.get(f"{address}allmant")).text.count("tackar.") == 4
    assert "Alla texter i korthet" not in read(client.get(f"{address}?text=2")).text
    assert "Svar att bemöta 4" in read(signed_in(terminologist).get(address)).text


def test_the_page_of_many_answers_shows_the_first_and_leads_to_all(opened, actor, organisations, client):
    codes = [code for code in organisations if code.isdigit() and code not in REGIONS][:12]
    for code in codes:
        officer = actor(f"svarare{code}", (Role.DISCLOSING_OFFICER, code))
        send(opened, officer, organisations[code], Position.OPPOSES, reason=f"Skäl {code}.")
    with transaction() as session:
        one = session.get_one(Consultation, opened)
        one.closes_on = clock.today() - timedelta(days=1)
        record(session, SYSTEM, NOW, one, "ConsultationExtended")
    page = read(client.get(f"/termbank/remisser/{opened}/"))
    assert sum(f"Skäl {code}." in page.text for code in codes) == 3
    assert "Alla 12 svar på detta" in page.text
    every = read(client.get(f"/termbank/remisser/{opened}/?text=1"))
    assert sum(f"Skäl {code}." in every.text for code in codes) == 12
    none = read(client.get(f"/termbank/remisser/{opened}/?text=1&stallning=supports"))
    assert "Skäl" not in none.text
