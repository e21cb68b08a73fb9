"""The end of a consultation: what was answered is responded to, compiled in Word, and seen by whoever decides."""

import io
import zipfile
from datetime import timedelta

import docx
import pytest

from registry import clock
from registry.db import transaction
from registry.errors import Refused
from registry.i18n import show_date
from registry.starter import STEWARD
from termbank import services as services_of_bank
from termbank.consultations import documents, queries, services
from termbank.consultations.notices import consulted
from termbank.consultations.services import AskedText, Letter
from termbank.consultations.tables import Consultation, ConsultationState
from termbank.consultations.tally import Part, Position, Verdict
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.concepts import concept
from tests.integration.termbank.consultations.acts import AFTER, LAST, OPENED, REGIONS, reread, send
from tests.pages import read


def _judge_all(consultation_id, terminologist, now=AFTER):
    with transaction() as session:
        one = session.get_one(Consultation, consultation_id)
        for opinion in queries.sent(one):
            verdicts = {(part.number, Part(part.part)): (Verdict.NOTED, "Läst.") for part in opinion.parts}
            services.judge(session, terminologist, now, one, opinion.id, verdicts)


def test_everything_is_responded_to_before_it_is_settled_and_then_no_more_is_taken(
    opened, officers, organisations, terminologist
):
    send(opened, officers["24"], organisations["24"], Position.OPPOSES)
    for now, code in ((OPENED, "CONS-008"), (AFTER, "CONS-009")):
        with transaction() as session, pytest.raises(Refused) as refusal:
            services.settle(session, terminologist, now, session.get_one(Consultation, opened))
        assert refusal.value.finding.code == code
    with pytest.raises(Refused) as refusal:
        _judge_all(opened, terminologist, OPENED)
    assert refusal.value.finding.code == "CONS-008"
    _judge_all(opened, terminologist)
    with transaction() as session:
        services.settle(session, terminologist, AFTER, session.get_one(Consultation, opened))
    assert reread(opened).state == ConsultationState.SETTLED
    with pytest.raises(Refused) as refusal:
        send(opened, officers["25"], organisations["25"], Position.OPPOSES, AFTER)
    assert refusal.value.finding.code == "CONS-001"


def test_both_word_files_say_what_the_page_says(opened, officers, organisations, terminologist, app):
    send(opened, officers["24"], organisations["24"], Position.OPPOSES, reason="Räknas annorlunda.", proposed="plats")
    _judge_all(opened, terminologist)
    one = reread(opened)
    letter = "\n".join(
        p.text for p in docx.Document(io.BytesIO(documents.letter(one, "Registrets förvaltning", "sv"))).paragraphs
    )
    assert "Registrets förvaltning. Diarienummer Dnr 12/2026" in letter
    assert "Vad tycker ni?" in letter and "fastställd vårdplats" in letter and "☐ Tillstyrker med ändring" in letter
    compiled = docx.Document(io.BytesIO(documents.compilation(one, "Registrets förvaltning", "sv")))
    asked, table = compiled.tables
    assert [cell.text for cell in table.rows[1].cells] == [
        "Region Västerbotten", "Avstyrker", "Räknas annorlunda.", "plats", "Noterat. Läst.",
    ]  # fmt: skip
    assert "1 av 5 svarade; 1 i sak." in "\n".join(paragraph.text for paragraph in compiled.paragraphs)
    assert ["Påhittade förbundet", show_date(LAST), "har inte svarat"] in [
        [cell.text for cell in row.cells] for row in asked.rows
    ], "who was silent is seen"
    assert compiled.core_properties.author == ""
    assert {round(side.mm) for side in (compiled.sections[0].page_width, compiled.sections[0].page_height)} == {
        210,
        297,
    }
    assert all("w:tblHeader" in made._tbl.xml for made in compiled.tables), "the head comes again on each page"
    assert (
        'w:val="sv-SE"' in compiled.styles.element.xml
        and "en-US" not in compiled.styles.element.xml.split("eastAsia")[0]
    )
    letter = documents.letter(one, "Registrets förvaltning", "sv")
    assert documents.letter(one, "Registrets förvaltning", "sv") == letter
    dated = {part.date_time for part in zipfile.ZipFile(io.BytesIO(letter)).infolist()}
    assert dated == {(2000, 1, 1, 0, 0, 0)}, "no part is dated by the clock"


def test_nobody_has_more_time_once_the_answers_are_shown(opened, terminologist):
    with transaction() as session, pytest.raises(Refused) as refusal:
        one = session.get_one(Consultation, opened)
        services.extend(session, terminologist, AFTER, one, one.addressees[0].id, until=LAST + timedelta(days=9))
    assert refusal.value.finding.code == "CONS-012"


def test_a_word_file_is_made_of_pasted_text_that_no_such_file_can_hold(opened, officers, organisations, app):
    send(opened, officers["24"], organisations["24"], Position.OPPOSES, reason="Rad ett\x0brad två\x01\ufffe")
    with app.test_request_context():
        made = documents.compilation(reread(opened), "Registrets förvaltning", "sv")
    _asked, table = docx.Document(io.BytesIO(made)).tables
    assert "Rad ett rad två" in table.rows[1].cells[2].text


def test_the_pages_after_the_last_day(opened, officers, organisations, terminologist, signed_in, client):
    send(opened, officers["24"], organisations["24"], Position.OPPOSES, reason="För vagt.", quoted="sluten vård")
    address = f"/termbank/remisser/{opened}/"
    with transaction() as session:
        one = session.get_one(Consultation, opened)
        addressee = services.extend(
            session, terminologist, OPENED, one, one.addressees[0].id, until=LAST + timedelta(1)
        )
        addressee.extended_to, one.closes_on = None, clock.today() - timedelta(days=1)
    author = signed_in(terminologist)
    page = read(author.get(address))
    assert "För vagt." in page.text and "Om orden «sluten vård»" in page.text
    [respond] = [link for link in page.links if link.endswith("/bemot")]
    read(author.get(respond))
    assert "Skriv varför." in read(author.post(respond, data={"verdict_1_definition": "declined"}), 422).text
    done = author.post(
        respond,
        data={"verdict_1_definition": "declined", "reason_1_definition": "Begreppet är vidare."},
        follow_redirects=True,
    )
    assert "Inte tillgodosett" in read(done).text
    assert "Sammanställningen är publicerad." in read(author.post(f"{address}avsluta", follow_redirects=True)).text
    for language, words in (("sv", "Begreppet är vidare."), ("en", "Declined")):
        client.set_cookie("language", language)
        assert words in read(client.get(address)).text
    assert client.get(f"{address}sammanstallning.docx").data[:2] == b"PK"
    assert signed_in(officers["25"]).get(f"{address}svara").status_code == 302


def test_whoever_decides_sees_what_the_consultation_said(terminologist, colleague, organisations, officers, signed_in):
    with transaction() as session:
        version = services_of_bank.draft_concept(
            session, terminologist, NOW, item=None, concept=concept("flexplats", definition="plats som kan flyttas"),
            organisation_id=organisations[STEWARD].id, reason="",
        )  # fmt: skip
        wording = {Part.DEFINITION: {"sv": "plats som kan flyttas"}}
        one = services.draft(
            session, terminologist, NOW, organisation_id=version.organisation_id, letter=Letter("Dnr 8", "Flexplats", "Hej", LAST),
            asked=[AskedText(version, wording)], organisations=[organisations[code] for code in REGIONS[:3]], others=[],
        )  # fmt: skip
        identifier, slug, version_id = one.id, version.item.slug, version.id
        assert not consulted(session, version), "a draft is its writers' own"
        services.open_consultation(session, terminologist, OPENED, one, wordings={version.id: wording})
    for code, position in zip(REGIONS[:2], (Position.SUPPORTS, Position.OPPOSES), strict=True):
        send(identifier, officers[code], organisations[code], position)
    author, review = signed_in(terminologist), f"/granskning/version/{version_id}"
    page = read(author.get(review)).text
    assert "Ordalydelsen är på remiss" in page and "avstyrker" not in page, "answers are hidden still"
    with by_hand() as session:
        session.get_one(Consultation, identifier).closes_on = clock.today() - timedelta(days=1)
    reviewed = read(author.get(review))
    page = reviewed.text
    assert f"/termbank/remisser/{identifier}/" in reviewed.links
    assert "2 av 3 tillfrågade har svarat" in page and "tillstyrker 1, tillstyrker 0 med ändring, avstyrker 1" in page
    assert "Versionen är som den skickades ut." in page
    assert (
        f"/termbank/remisser/{identifier}/"
        in read(author.get(f"/termbank/begrepp/{slug}/", follow_redirects=True)).links
    )
    page = read(author.get(f"/termbank/remisser/{identifier}/")).text
    assert "2 delar väntar på ett bemötande" in page and "Avsluta" not in page
