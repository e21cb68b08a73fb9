"""Letters that come by post in a consultation: recorded once, kept as they came, corrected."""

import io
from datetime import timedelta
from hashlib import sha256

import pytest

from registry import clock
from registry.cage.pool import Answer, Died, Reason
from registry.db import db, transaction
from registry.errors import Refused
from registry.storage import StoredObject
from termbank.consultations import answers, queries
from termbank.consultations.answers import Said, Written
from termbank.consultations.caged import letter_file
from termbank.consultations.letter_files import LARGEST
from termbank.consultations.tables import Consultation
from termbank.consultations.tally import Position
from tests.integration.termbank.consultations.acts import AFTER, LAST, OPENED, TERM, reread
from tests.pages import read


def test_a_letter_is_recorded_with_its_day_and_counts_for_who_wrote_it(opened, terminologist):
    with transaction() as session:
        one = session.get_one(Consultation, opened)
        body = next(addressee for addressee in one.addressees if addressee.organisation_id is None)
        written = Written({TERM: Said(Position.SUPPORTS)}, registry_number="Dnr 7")
        with pytest.raises(Refused) as refusal:
            answers.record_letter(
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
        answers.record_letter(
            session, terminologist, AFTER, one, written, addressee_id=body.id, name="", received_on=LAST
        )
    one = reread(opened)
    found = queries.tally_of(one)
    assert (found.answered, found.late) == (1, 0)
    assert [opinion.name for opinion in queries.sent(one)] == ["Påhittade förbundet"]


def test_a_letter_that_is_sent_twice_is_recorded_once(opened, terminologist):
    for reason in ("För vagt.", "För vagt.", "Inte heller bra."):
        with transaction() as session:
            answers.record_letter(
                session, terminologist, OPENED, session.get_one(Consultation, opened),
                Written({TERM: Said(Position.OPPOSES, reason=reason)}, " Allmänt. "), addressee_id=None, name="Någon annan",
                received_on=clock.today(OPENED),
            )  # fmt: skip
    assert [one.parts[0].reason for one in queries.sent(reread(opened))] == ["För vagt.", "Inte heller bra."]


LETTER = {
    "name": "Någon annan",
    "received_on": clock.today().isoformat(),
    "position_1_term": "opposes",
    "reason_1_term": "För vagt.",
}
PDF = b"%PDF-1.7 p\xc3\xa5hittat"


@pytest.mark.parametrize(
    ("name", "data", "title", "status"),
    [
        ("svar.exe", b"MZ", "Filen är inget brev som tas emot", 422),
        ("svar.pdf", b"", "Filen kan inte läsas", 422),
        ("svar.pdf", PDF + b"/JavaScript", "Något i filen kan köras", 422),
        ("svar.pdf", b"%PDF-" + b" " * LARGEST, "Filen är för stor", 422),
        ("svar.txt", b"Om patienten 19121212-1212.", "personnummer", 409),
        ("19121212-1212.pdf", PDF, "personnummer", 409),
    ],
)
def test_a_letter_that_may_not_be_kept_is_refused_and_says_why(
    opened, terminologist, signed_in, name, data, title, status
):
    author, address = signed_in(terminologist), f"/termbank/remisser/{opened}/"
    sent = {**LETTER, "file": (io.BytesIO(data), name)}
    page = read(author.post(f"{address}brev", data=sent, content_type="multipart/form-data"), status)
    assert title in page.text
    assert not queries.sent(reread(opened)) and db.session.query(StoredObject).count() == 0


@pytest.mark.parametrize(
    "answer", [Died(Reason.MEMORY), Answer({}, ()), Answer({"fault": {"code": "CONS-020"}}, (b"",))]
)
def test_a_file_that_its_reader_did_not_survive_or_answered_oddly_of_is_no_letter(answer):
    class Pool:
        def run(self, asked, parts):
            if isinstance(answer, Died):
                raise answer
            return answer

    with pytest.raises(Refused) as refusal:
        letter_file("svar.pdf", PDF, pool=Pool())
    assert refusal.value.finding.code == "CONS-019"


def test_a_letter_is_looked_into_in_the_cage_and_its_text_comes_out(app):
    looked = letter_file("svar.txt", "Vi tillstyrker på alla punkter.".encode())
    assert (looked.name, looked.text) == ("svar.txt", "Vi tillstyrker på alla punkter.")


def test_a_letter_is_kept_as_it_came_for_those_who_may_read_it(opened, terminologist, data_officer, signed_in, client):
    author, address = signed_in(terminologist), f"/termbank/remisser/{opened}/"
    sent = {**LETTER, "file": (io.BytesIO(PDF), "svar.pdf")}
    assert author.post(f"{address}brev", data=sent, content_type="multipart/form-data").status_code == 302
    (opinion,) = queries.sent(reread(opened))
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
    (first,) = queries.sent(reread(opened))
    url = f"{address}brev?rattar={first.id}"
    assert "En rättelse av brevet" in read(author.get(url)).text
    corrected = {"received_on": LETTER["received_on"], "position_1_term": "supports"}
    assert author.post(url, data=corrected).status_code == 302
    one = reread(opened)
    assert [part.position for opinion in queries.counted(one) for part in opinion.parts] == [Position.SUPPORTS]
    assert len(queries.sent(one)) == 2
    assert queries.counted(one)[0].file_key == first.file_key
    page = read(author.get(address)).text
    assert "Rättad sedan" in page and "Rättelse" in page
    assert "Brevet är redan rättat" in read(author.post(url, data=corrected), 409).text
    assert len(queries.sent(reread(opened))) == 2, "a letter is corrected once"
