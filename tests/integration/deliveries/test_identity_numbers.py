"""A file with identity numbers leaves a record without any of them; a doubtful one is asked about, and read when answered."""

import io
import json
import re

import pytest
from sqlalchemy import select

from registry.actors import Role
from registry.db import db
from registry.events import Event
from registry.storage import StoredObject
from submission_portal.deliveries.tables import Delivery
from tests.factories.bad_files import HEAD, book, text
from tests.factories.delivery_files import with_part
from tests.factories.identity_numbers import BORN, ten_digits
from tests.pages import read

TEN = ten_digits(BORN)
CERTAIN = text("2026-03-01;Kalix sjukhus;59;" + TEN, head=f"{HEAD};Notering")
DOUBTFUL = text(f"2026-03-01;Kalix sjukhus;59;{TEN[:6]}.{TEN[6:]}", head=f"{HEAD};Norr")
NAME = "kalix-hemligt-namn.csv"


@pytest.fixture
def officer(world, signed_in):
    return signed_in(world.officer)


def upload(client, world, data, name=NAME, **fields):
    return client.post(f"/leveranser/ny/{world.flow.slug}/", data={"file": (io.BytesIO(data), name), **fields})


def recorded(kind):
    db.session.expire_all()
    return list(db.session.scalars(select(Event).where(Event.type == kind)))


def refusal_address(page):
    (address,) = (link for link in page.links if "/avvisad/" in link)
    return address


def asked_of(page):
    (field,) = page.find("//*[@name='identity_asked']")
    return field.get("value")


def test_a_refusal_is_recorded_without_the_number_the_file_or_its_name(world, officer):
    read(upload(officer, world, CERTAIN), 422)
    (event,) = recorded("IdentityNumbersRefused")
    assert (event.person_id, event.organisation_id) == (world.officer.person_id, world.flow.organisation_id)
    told = event.data
    assert (told["numbers"], told["kinds"], told["places"], told["parts"]) == (
        1,
        {"personal_identity": 1},
        1,
        {"cells": 1},
    )
    assert TEN not in json.dumps(told) and "kalix" not in json.dumps(told)
    assert db.session.query(Delivery).count() == db.session.query(StoredObject).count() == 0


def test_the_same_file_again_has_the_same_keyed_hash_and_another_has_not(world, officer):
    for data, name in ((CERTAIN, NAME), (CERTAIN, NAME), (CERTAIN + b"\r\n", "annat.csv")):
        upload(officer, world, data, name)
    first, second, third = (event.data for event in recorded("IdentityNumbersRefused"))
    assert (first["file_hmac"], first["file_name_hmac"]) == (second["file_hmac"], second["file_name_hmac"])
    assert third["file_hmac"] != first["file_hmac"] and third["file_name_hmac"] != first["file_name_hmac"]


@pytest.mark.parametrize(("language", "words"), [("sv", "dataskyddsombudet"), ("en", "data protection officer")])
def test_what_the_data_protection_officer_needs_is_a_page_and_a_text(world, officer, language, words):
    officer.set_cookie("language", language)
    address = refusal_address(read(upload(officer, world, CERTAIN), 422))
    page = read(officer.get(address))
    answer = officer.get(f"{address}underlag.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    for told in (page.text, answer.text):
        assert words in told and "72" in told and "Norrbotten" in told and "norrbotten" in told
        assert TEN not in told and "kalix" not in told.lower()


def test_nobody_of_another_region_reads_of_it(world, officer, signed_in, actor):
    address = refusal_address(read(upload(officer, world, CERTAIN), 422))
    for other in (world.other, actor("kvalitet", (Role.QUALITY_REVIEWER, "nationell-uppfoljning"))):
        assert signed_in(other).get(address).status_code in (403, 404)
    assert signed_in(world.discloser).get(address).status_code == 200
    assert officer.get("/leveranser/avvisad/nothing/").status_code == 404


def test_what_is_doubtful_is_asked_about_and_leaves_no_trace_until_it_is_answered(world, officer):
    before = len(list(db.session.scalars(select(Event))))
    page = read(upload(officer, world, DOUBTFUL), 422)
    assert "PER-002" in page.text and "D2" in page.text and TEN[6:] not in page.text
    assert page.find("//*[@name='identity_answer']")
    db.session.expire_all()
    assert len(list(db.session.scalars(select(Event)))) == before
    assert db.session.query(StoredObject).count() == 0

    answer = upload(officer, world, DOUBTFUL, identity_answer="Koordinat, norr", identity_asked=asked_of(page))
    assert answer.status_code == 302
    shown = read(officer.get(answer.headers["Location"]))
    assert "PER-003" in shown.text and "Koordinat, norr" in shown.text
    assert "är något annat, enligt uppgiftslämnaren" in shown.text and "Inga personnummer hittades" not in shown.text
    (event,) = recorded("IdentityQuestionAnswered")
    (delivery,) = db.session.scalars(select(Delivery))
    assert event.subject == f"delivery:{delivery.id}" and event.data["places"] == 1
    assert "Koordinat" not in json.dumps(event.data) and TEN[:6] not in json.dumps(event.data)


def test_an_answer_is_for_the_file_that_was_asked_about(world, officer):
    page = read(upload(officer, world, DOUBTFUL), 422)
    other = DOUBTFUL.replace(b"Kalix", b"Kiruna")
    again = read(upload(officer, world, other, identity_answer="Koordinat", identity_asked=asked_of(page)), 422)
    assert "en annan fil" in again.text and asked_of(again) != asked_of(page)
    assert not recorded("IdentityQuestionAnswered")


def test_an_answer_with_an_identity_number_is_refused_and_not_shown(world, officer):
    page = read(upload(officer, world, DOUBTFUL), 422)
    again = read(upload(officer, world, DOUBTFUL, identity_answer=f"är {TEN}", identity_asked=asked_of(page)), 422)
    assert TEN not in again.text and "PER-002" in again.text


@pytest.mark.parametrize(
    "answer", [f"är {TEN[:6]}.{TEN[6:]}", "reservnr 22370314BC97", f"personnummer {TEN[:9]}{(int(TEN[9]) + 1) % 10}"]
)
def test_an_answer_does_not_repeat_what_is_asked_about(world, officer, answer):
    page = read(upload(officer, world, DOUBTFUL), 422)
    again = read(upload(officer, world, DOUBTFUL, identity_answer=answer, identity_asked=asked_of(page)), 422)
    assert answer not in again.text and not recorded("IdentityQuestionAnswered")


@pytest.mark.parametrize("answer", ["\u200b", "...", "1"])
def test_an_answer_without_a_word_is_none(world, officer, answer):
    page = read(upload(officer, world, DOUBTFUL), 422)
    again = read(upload(officer, world, DOUBTFUL, identity_answer=answer, identity_asked=asked_of(page)), 422)
    assert "PER-002" in again.text and not recorded("IdentityQuestionAnswered")


def test_no_answer_gets_a_certain_number_in(world, officer):
    page = read(upload(officer, world, DOUBTFUL), 422)
    answer = upload(officer, world, CERTAIN, identity_answer="Koordinat", identity_asked=asked_of(page))
    assert "PER-001" in read(answer, 422).text


def test_an_answered_file_that_is_not_kept_for_another_reason_leaves_no_record(world, officer):
    data = with_part(book(lambda sheet: sheet.cell(2, 4, f"{TEN[:6]}.{TEN[6:]}")), "xl/vbaProject.bin", b"x")
    page = read(upload(officer, world, data, "a.xlsm"), 422)
    answer = upload(officer, world, data, "a.xlsm", identity_answer="Koordinat", identity_asked=asked_of(page))
    assert "FIL-008" in read(answer, 422).text
    assert not recorded("IdentityQuestionAnswered") and not recorded("IdentityNumbersRefused")


def test_a_drafts_file_is_asked_about_as_well(world, officer):
    draft = world.start()
    address = f"/leveranser/{draft}/fil/"
    page = read(officer.post(address, data={"file": (io.BytesIO(DOUBTFUL), NAME)}), 422)
    fields = {"identity_answer": "Koordinat", "identity_asked": asked_of(page)}
    answer = officer.post(address, data={"file": (io.BytesIO(DOUBTFUL), NAME), **fields})
    assert answer.status_code == 302 and len(recorded("IdentityQuestionAnswered")) == 1
    assert world.delivery(draft).reading.identity_answer == "Koordinat"


@pytest.fixture
def run(app):
    def command(*arguments):
        return app.test_cli_runner().invoke(args=["deliveries", *map(str, arguments)])

    return command


def test_the_commands_ask_and_record_as_the_portal_does(world, run, tmp_path):
    certain, doubtful = tmp_path / "a.csv", tmp_path / "b.csv"
    certain.write_bytes(CERTAIN)
    doubtful.write_bytes(DOUBTFUL)
    sending = ("send", world.flow.slug, certain, "--as", "norrbotten", "--json")
    told = json.loads(run(*sending).stdout)
    assert told["findings"][0]["code"] == "PER-001" and TEN not in json.dumps(told)
    assert "GDPR" in run("refusal", told["refusal"], "--as", "norrbotten").output
    assert run("refusal", told["refusal"], "--as", "skane").exit_code == 2
    sending = ("send", world.flow.slug, doubtful, "--as", "norrbotten", "--json")
    asked = json.loads(run(*sending).stdout)
    assert asked["findings"][0]["code"] == "PER-002" and asked["refusal"] is None
    assert "id" in json.loads(run(*sending, "--not-identity", "koordinat").stdout)
    assert re.search(", 1 (rad|row),", run(*sending[:-1], "--not-identity", "koordinat").output)
    assert len(recorded("IdentityQuestionAnswered")) == 1


def test_the_offline_check_takes_the_same_answer(run, tmp_path):
    file = tmp_path / "b.csv"
    file.write_bytes(DOUBTFUL)
    model = "faststallda-vardplatser-per-sjukhus"
    asked = run("validate", model, file)
    assert asked.exit_code == 1 and "PER-002" in asked.output
    answered = run("validate", model, file, "--not-identity", "koordinat")
    assert "PER-002" not in answered.output and "koordinat" in answered.output
