"""A consultation from its draft to the published compilation, through the services and the pages."""

import io
import re
import zipfile
from datetime import datetime, time, timedelta
from hashlib import sha256

import docx
import pytest

from registry import clock
from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.errors import Forbidden, NotFound, Refused
from registry.items import queries as items
from registry.starter import STEWARD
from registry.storage import StoredObject
from registry.web.problems import readable
from termbank import services as services_of_bank
from termbank.bank.queries.term_banks import concept_of
from termbank.consultations import documents, queries, services
from termbank.consultations.notices import consulted
from termbank.consultations.services import AskedText, Letter, Said, Written
from termbank.consultations.tables import Consultation, ConsultationState
from termbank.consultations.tally import Part, Position, Verdict
from termbank.finding_texts.all import FINDINGS
from termbank.views import consultations as views
from tests.conftest import NOW
from tests.factories.concepts import concept
from tests.pages import read

SLUG = "faststalld-vardplats"
OPENED = clock.now()
LAST = clock.today() + timedelta(days=30)
DEFINITION, TERM = (1, Part.DEFINITION), (1, Part.TERM)
REGIONS = ("24", "25", "03", "08")


def _on(day, hour=12) -> datetime:
    return datetime.combine(day, time(hour), clock.SWEDISH)


AFTER = _on(LAST + timedelta(days=1))


@pytest.fixture
def officers(actor):
    """Somebody with the mandate to send a region's answer, by region."""
    return {code: actor(f"utlamnare{code}", (Role.DISCLOSING_OFFICER, code)) for code in REGIONS}


@pytest.fixture
def opened(terminologist, organisations) -> str:
    """A consultation that has gone out to four regions and one body without an account; its id."""
    with transaction() as session:
        version = items.current_by_slug(session, "concept", SLUG)
        concept = concept_of(version)
        wording = {
            Part.TERM: {"sv": concept.title.sv},
            Part.DEFINITION: {"sv": concept.definition.sv, "en": concept.definition.en},
        }
        one = services.draft(
            session, terminologist, NOW, organisation_id=version.organisation_id,
            letter=Letter("Dnr 12/2026", "Påhittad remiss", "Vad tycker ni?", LAST), asked=[AskedText(version, wording)],
            organisations=[organisations[code] for code in REGIONS], others=["Påhittade förbundet"],
        )  # fmt: skip
        services.open_consultation(session, terminologist, OPENED, one, wordings={version.id: wording})
        return one.id


def _one(consultation_id) -> Consultation:
    db.session.expire_all()
    return db.session.get_one(Consultation, consultation_id)


def _send(consultation_id, officer, organisation, position, now=OPENED, *, is_sent=True, **said):
    with transaction() as session:
        one = session.get_one(Consultation, consultation_id)
        written = Written({DEFINITION: Said(position, **said)})
        return services.save_opinion(session, officer, now, one, organisation, written, is_sent=is_sent).id


def _judge_all(consultation_id, terminologist, now=AFTER):
    with transaction() as session:
        one = session.get_one(Consultation, consultation_id)
        for opinion in queries.sent(one):
            verdicts = {(part.number, Part(part.part)): (Verdict.NOTED, "Läst.") for part in opinion.parts}
            services.judge(session, terminologist, now, one, opinion.id, verdicts)


def test_a_consultation_is_tallied_as_a_clerk_would(opened, officers, organisations, terminologist, actor):
    for code, position, now in (
        ("24", Position.SUPPORTS, OPENED),
        ("25", Position.SUPPORTS_WITH_CHANGE, OPENED),
        ("03", Position.ABSTAINS, _on(LAST, 23)),
        ("08", Position.OPPOSES, AFTER),
    ):
        _send(opened, officers[code], organisations[code], position, now)
    other = actor("utlamnare01", (Role.DISCLOSING_OFFICER, "01"))
    _send(opened, other, organisations["01"], Position.OPPOSES)
    one = _one(opened)
    assert documents.counted(queries.tally_of(one)) == (
        "4 av 5 svarade, 1 för sent; 3 i sak. 1 som inte var tillfrågad har också svarat."
    )


def test_others_answers_are_hidden_until_nobody_who_was_asked_still_writes(
    opened, officers, organisations, terminologist
):
    _send(opened, officers["24"], organisations["24"], Position.OPPOSES, reason="Vi räknar annorlunda.")
    with transaction() as session:
        one = session.get_one(Consultation, opened)
        addressee = next(other for other in one.addressees if other.organisation_id == organisations["25"].id)
        services.extend(session, terminologist, OPENED, one, addressee.id, until=LAST + timedelta(days=5))
    one = _one(opened)
    assert queries.shown(one, officers["25"], LAST + timedelta(days=5)) == []
    assert queries.shown(one, terminologist, LAST + timedelta(days=5)) == []
    assert len(queries.shown(one, officers["24"], LAST)) == 1
    assert len(queries.shown(one, officers["25"], LAST + timedelta(days=6))) == 1
    _send(opened, officers["25"], organisations["25"], Position.SUPPORTS, _on(LAST + timedelta(days=5)))
    assert queries.tally_of(_one(opened)).late == 0


def test_many_write_one_with_the_mandate_sends_and_what_is_sent_does_not_change(opened, officers, organisations, actor):
    writer = actor("uppgiftslamnare24", (Role.DATA_OFFICER, "24"))
    first = _send(opened, writer, organisations["24"], Position.OPPOSES, is_sent=False)
    with pytest.raises(Forbidden):
        _send(opened, writer, organisations["24"], Position.OPPOSES)
    assert _send(opened, officers["24"], organisations["24"], Position.SUPPORTS) == first
    later = _send(opened, officers["24"], organisations["24"], Position.OPPOSES)
    assert later != first
    one = _one(opened)
    assert [queries.is_addition(one, opinion) for opinion in queries.sent(one)] == [False, True]
    assert queries.tally_of(one).by_part[DEFINITION] == {Position.SUPPORTS: 1}
    with pytest.raises(NotFound):
        _send(opened, writer, organisations["25"], Position.SUPPORTS, is_sent=False)


def test_days_in_what_is_refused_are_written_as_people_write_them(app):
    found = readable(FINDINGS.found("CONS-006", {"day": "2026-11-16"}))
    assert "till och med 16 november 2026." in found.body
    assert found.in_full == f"{found.title}. {found.body} {found.mend}"


def test_an_opinion_is_about_words_that_stand_in_the_text(opened, officers, organisations):
    with pytest.raises(Refused) as refusal:
        _send(opened, officers["24"], organisations["24"], Position.OPPOSES, quoted="ord som inte finns")
    assert refusal.value.finding.code == "CONS-010"
    _send(opened, officers["24"], organisations["24"], Position.OPPOSES, quoted="sluten vård")


def test_a_letter_is_recorded_with_its_day_and_counts_for_who_wrote_it(opened, terminologist):
    with transaction() as session:
        one = session.get_one(Consultation, opened)
        body = next(addressee for addressee in one.addressees if addressee.organisation_id is None)
        written = Written({TERM: Said(Position.SUPPORTS)}, registry_number="Dnr 7")
        with pytest.raises(Refused) as refusal:
            services.record_letter(
                session,
                terminologist,
                AFTER,
                one,
                written,
                addressee_id=body.id,
                name="",
                received_on=LAST + timedelta(days=9),
            )
        assert refusal.value.finding.code == "CONS-007"
        services.record_letter(
            session, terminologist, AFTER, one, written, addressee_id=body.id, name="", received_on=LAST
        )
    one = _one(opened)
    found = queries.tally_of(one)
    assert (found.answered, found.late) == (1, 0)
    assert [opinion.name for opinion in queries.sent(one)] == ["Påhittade förbundet"]


def test_everything_is_responded_to_before_it_is_settled_and_then_no_more_is_taken(
    opened, officers, organisations, terminologist
):
    _send(opened, officers["24"], organisations["24"], Position.OPPOSES)
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
    assert _one(opened).state == ConsultationState.SETTLED
    with pytest.raises(Refused) as refusal:
        _send(opened, officers["25"], organisations["25"], Position.OPPOSES, AFTER)
    assert refusal.value.finding.code == "CONS-001"


def test_both_word_files_say_what_the_page_says(opened, officers, organisations, terminologist, app):
    _send(opened, officers["24"], organisations["24"], Position.OPPOSES, reason="Räknas annorlunda.", proposed="plats")
    _judge_all(opened, terminologist)
    one = _one(opened)
    letter = "\n".join(p.text for p in docx.Document(io.BytesIO(documents.letter(one, "sv"))).paragraphs)
    assert "Vad tycker ni?" in letter and "fastställd vårdplats" in letter and "☐ Tillstyrker med ändring" in letter
    compiled = docx.Document(io.BytesIO(documents.compilation(one, "sv")))
    [table] = compiled.tables
    assert [cell.text for cell in table.rows[1].cells] == [
        "Region Västerbotten", "Avstyrker", "Räknas annorlunda.", "plats", "Noterat. Läst.",
    ]  # fmt: skip
    assert "1 av 5 svarade; 1 i sak." in "\n".join(paragraph.text for paragraph in compiled.paragraphs)
    assert compiled.core_properties.author == ""
    letter = documents.letter(one, "sv")
    assert documents.letter(one, "sv") == letter
    dated = {part.date_time for part in zipfile.ZipFile(io.BytesIO(letter)).infolist()}
    assert dated == {(2000, 1, 1, 0, 0, 0)}, "no part is dated by the clock"


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
    assert [opinion.general for opinion in _one(opened).opinions] == ["Kollegans ord."]
    again = page.find("//input[@name='started_from']")[0].get("value")
    one.post(address, data={**said, "started_from": again, "general": "Mina egna ord.", "action": "keep"})
    assert {opinion.general for opinion in _one(opened).opinions} == {"Kollegans ord.", "Mina egna ord."}


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


def test_a_letter_that_is_sent_twice_is_recorded_once(opened, terminologist):
    for reason in ("För vagt.", "För vagt.", "Inte heller bra."):
        with transaction() as session:
            services.record_letter(
                session, terminologist, OPENED, session.get_one(Consultation, opened),
                Written({TERM: Said(Position.OPPOSES, reason=reason)}, " Allmänt. "), addressee_id=None, name="Någon annan",
                received_on=clock.today(OPENED),
            )  # fmt: skip
    assert [one.parts[0].reason for one in queries.sent(_one(opened))] == ["För vagt.", "Inte heller bra."]


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


def test_nobody_has_more_time_once_the_answers_are_shown(opened, terminologist):
    with transaction() as session, pytest.raises(Refused) as refusal:
        one = session.get_one(Consultation, opened)
        services.extend(session, terminologist, AFTER, one, one.addressees[0].id, until=LAST + timedelta(days=9))
    assert refusal.value.finding.code == "CONS-012"


def test_who_sent_it_out_opens_no_answer_before_the_others(opened, officers, organisations, terminologist, signed_in):
    opinion = _send(opened, officers["24"], organisations["24"], Position.OPPOSES, reason="Hemligt än.")
    page = signed_in(terminologist).get(f"/termbank/remisser/{opened}/svar/{opinion}/bemot")
    assert page.status_code == 404


def test_a_word_file_is_made_of_pasted_text_that_no_such_file_can_hold(opened, officers, organisations, app):
    _send(opened, officers["24"], organisations["24"], Position.OPPOSES, reason="Rad ett\x0brad två\x01\ufffe")
    with app.test_request_context():
        made = documents.compilation(_one(opened), "sv")
    [table] = docx.Document(io.BytesIO(made)).tables
    assert "Rad ett rad två" in table.rows[1].cells[2].text


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


def test_the_pages_after_the_last_day(opened, officers, organisations, terminologist, signed_in, client):
    _send(opened, officers["24"], organisations["24"], Position.OPPOSES, reason="För vagt.", quoted="sluten vård")
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


def test_nobody_else_sends_out_or_responds(opened, data_officer, signed_in):
    client = signed_in(data_officer)
    for path in ("avsluta", "skicka-ut", "ta-bort"):
        assert client.post(f"/termbank/remisser/{opened}/{path}").status_code == 403
    assert client.get(f"/termbank/remisser/{opened}/brev").status_code == 403
    assert re.search("Logga in|inte", client.get("/termbank/remisser/finns-inte/").text)


LETTER = {
    "name": "Någon annan",
    "received_on": clock.today().isoformat(),
    "position_1_term": "opposes",
    "reason_1_term": "För vagt.",
}


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
        _send(identifier, officers[code], organisations[code], position)
    author, review = signed_in(terminologist), f"/granskning/version/{version_id}"
    page = read(author.get(review)).text
    assert "Ordalydelsen är på remiss" in page and "avstyrker" not in page, "answers are hidden still"
    with transaction(bookkeeping=True) as session:
        session.get_one(Consultation, identifier).closes_on = clock.today() - timedelta(days=1)
    page = read(author.get(review)).text
    assert "2 av 3 tillfrågade har svarat" in page and "tillstyrker 1, tillstyrker 0 med ändring, avstyrker 1" in page
    assert "Versionen är som den skickades ut." in page
    assert (
        f"/termbank/remisser/{identifier}/"
        in read(author.get(f"/termbank/begrepp/{slug}/", follow_redirects=True)).links
    )
    page = read(author.get(f"/termbank/remisser/{identifier}/")).text
    assert "2 delar väntar på ett bemötande" in page and "Avsluta" not in page


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
            services.record_letter(
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
    assert "Svar att bemöta (4)" in read(signed_in(terminologist).get(address)).text


PDF = b"%PDF-1.7 p\xc3\xa5hittat"


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        ("svar.exe", b"MZ", "Filen är inget brev som tas emot"),
        ("svar.pdf", b"", "Filen kan inte läsas"),
        ("svar.pdf", PDF + b"/JavaScript", "Något i filen kan köras"),
        ("svar.txt", b"Om patienten 19121212-1212.", "personnummer"),
    ],
)
def test_a_letter_that_may_not_be_kept_is_refused_and_says_why(opened, terminologist, signed_in, name, data, title):
    author, address = signed_in(terminologist), f"/termbank/remisser/{opened}/"
    sent = {**LETTER, "file": (io.BytesIO(data), name)}
    page = read(author.post(f"{address}brev", data=sent, content_type="multipart/form-data"), 409)
    assert title in page.text
    assert not queries.sent(_one(opened)) and db.session.query(StoredObject).count() == 0


def test_a_letter_is_kept_as_it_came_for_those_who_may_read_it(opened, terminologist, data_officer, signed_in, client):
    author, address = signed_in(terminologist), f"/termbank/remisser/{opened}/"
    sent = {**LETTER, "file": (io.BytesIO(PDF), "svar.pdf")}
    assert author.post(f"{address}brev", data=sent, content_type="multipart/form-data").status_code == 302
    (opinion,) = queries.sent(_one(opened))
    assert opinion.file_key.endswith(sha256(PDF).hexdigest())
    answer = author.get(f"{address}svar/{opinion.id}/brev")
    assert (answer.data, answer.headers["Content-Type"]) == (PDF, "application/octet-stream")
    assert "svar.pdf" in answer.headers["Content-Disposition"]
    assert "svar.pdf" in read(author.get(address)).text
    assert signed_in(data_officer).get(f"{address}svar/{opinion.id}/brev").status_code == 404
    assert client.get(f"{address}svar/{opinion.id}/brev").status_code in (302, 401)


def test_a_letter_that_was_recorded_wrongly_is_recorded_anew_and_both_are_seen(opened, terminologist, signed_in):
    author, address = signed_in(terminologist), f"/termbank/remisser/{opened}/"
    sent = {**LETTER, "file": (io.BytesIO(PDF), "svar.pdf")}
    author.post(f"{address}brev", data=sent, content_type="multipart/form-data")
    (first,) = queries.sent(_one(opened))
    url = f"{address}brev?rattar={first.id}"
    assert "En rättelse av brevet" in read(author.get(url)).text
    corrected = {"received_on": LETTER["received_on"], "position_1_term": "supports"}
    assert author.post(url, data=corrected).status_code == 302
    one = _one(opened)
    assert [part.position for opinion in queries.counted(one) for part in opinion.parts] == [Position.SUPPORTS]
    assert len(queries.sent(one)) == 2
    assert queries.counted(one)[0].file_key == first.file_key
    page = read(author.get(address)).text
    assert "Rättad sedan" in page and "Rättelse" in page
    assert "Brevet är redan rättat" in read(author.post(url, data=corrected), 409).text
    assert len(queries.sent(_one(opened))) == 2, "a letter is corrected once"


def test_the_page_of_many_answers_shows_the_first_and_leads_to_all(opened, actor, organisations, client):
    codes = [code for code in organisations if code.isdigit() and code not in REGIONS][:12]
    for code in codes:
        officer = actor(f"svarare{code}", (Role.DISCLOSING_OFFICER, code))
        _send(opened, officer, organisations[code], Position.OPPOSES, reason=f"Skäl {code}.")
    with transaction() as session:
        one = session.get_one(Consultation, opened)
        one.closes_on = clock.today() - timedelta(days=1)
        services._record(session, SYSTEM, NOW, one, "ConsultationExtended")
    page = read(client.get(f"/termbank/remisser/{opened}/"))
    assert sum(f"Skäl {code}." in page.text for code in codes) == 3
    assert "Alla 12 svar på detta" in page.text
    every = read(client.get(f"/termbank/remisser/{opened}/?text=1"))
    assert sum(f"Skäl {code}." in every.text for code in codes) == 12
    none = read(client.get(f"/termbank/remisser/{opened}/?text=1&stallning=supports"))
    assert "Skäl" not in none.text
