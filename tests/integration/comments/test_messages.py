"""Both sides comment on a delivery and are told; a letter says only that there is a message, and comes once, later or never."""

import smtplib
import socket
from datetime import timedelta

import pytest
import time_machine
from aiosmtpd.controller import Controller
from sqlalchemy import select

from registry import jobs
from registry.db import db, transaction
from registry.identity.tables import MailChoice
from registry.messages import choosing, telling
from registry.messages.mailing import PAUSES
from registry.messages.tables import Message
from tests.conftest import NOW
from tests.factories.deliveries import DeliveryWorld, beds_csv
from tests.pages import read

ADDRESS = "granskare@mottagaren.example"


@pytest.fixture
def world(organisations, actor) -> DeliveryWorld:
    with time_machine.travel(NOW, tick=False):
        yield DeliveryWorld.load(organisations, actor)


@pytest.fixture
def sent(world) -> str:
    return world.delivery(world.sent()).number


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class MailServer:
    """Takes letters, or answers as it is told to."""

    def __init__(self) -> None:
        self.letters, self.answer = [], "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.letters.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def mail(app):
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    with time_machine.travel(NOW, tick=True):
        controller.start()
    before = {name: app.config[name] for name in ("MAIL_SERVER", "MAIL_FROM", "MAIL_STARTTLS")}
    app.config.update(MAIL_SERVER=f"127.0.0.1:{controller.port}", MAIL_FROM="registret@r.example", MAIL_STARTTLS=False)
    yield server
    controller.stop()
    app.config.update(before)


def wants_mail(actor):
    with transaction() as session:
        choosing.choose(session, actor, NOW, is_on=True, address=ADDRESS)


def said(client, number, text="Stämmer Kalix?", about="leveransen"):
    return client.post(f"/leveranser/{number}/kommentarer", data={"about": about, "text": text})


def test_both_sides_read_what_is_said_about_a_delivery_and_are_told(world, sent, signed_in):
    officer, reviewer = signed_in(world.officer), signed_in(world.flows.quality)
    assert said(officer, sent).status_code == 302
    page = read(reviewer.get(f"/leveranser/{sent}/kommentarer"))
    assert "Stämmer Kalix?" in page.text and "Norrbotten" in page.text
    inbox = read(reviewer.get("/meddelanden/"))
    assert "Någon kommenterade en leverans." in inbox.text and f"/leveranser/{sent}/" in inbox.links
    assert telling.unread(db.session, world.flows.quality) == 1
    assert "Någon kommenterade" not in read(officer.get("/meddelanden/")).text, "who wrote it is not told of it"
    assert "nytt meddelande" in read(reviewer.get("/uppgifter/")).text
    until = inbox.find('//*[@name="until"]')[0].get("value")
    reviewer.post("/meddelanden/lasta", data={"until": until})
    assert telling.unread(db.session, world.flows.quality) == 0


@pytest.mark.parametrize(
    ("text", "about", "status", "words"),
    [
        ("", "leveransen", 422, "Skriv något"),
        (" \n ", "leveransen", 409, "tom eller för lång"),
        ("a" * 5001, "leveransen", 422, "5000"),
        ("811218-9876", "leveransen", 409, "personnummer"),
        ("Hej", "ROW-999", 422, "Gäller"),
    ],
)
def test_a_comment_that_cannot_be_kept_says_why(world, sent, signed_in, text, about, status, words):
    page = read(said(signed_in(world.officer), sent, text, about), status)
    assert words in page.text and "Ingen har kommenterat" in page.text


def test_nobody_comments_on_what_is_not_sent_or_is_not_theirs(world, sent, signed_in):
    draft = world.start(beds_csv(day="2026-04-01"), file_name="april.csv")
    assert read(said(signed_in(world.officer), draft), 409).text.count("inte skickad") == 1
    assert said(signed_in(world.flows.quality), draft).status_code == 404
    assert said(signed_in(world.other), sent).status_code == 404


def test_a_letter_says_that_there_is_a_message_and_nothing_of_it(world, sent, signed_in, mail):
    wants_mail(world.flows.quality)
    said(signed_in(world.officer), sent)
    jobs.drain()
    [(to, text)] = mail.letters
    assert to == [ADDRESS] and "meddelanden/" in text
    assert sent not in text and "Kalix" not in text and "kommenterade" not in text
    jobs.drain()
    assert len(mail.letters) == 1
    assert db.session.scalars(select(Message.mail).where(Message.mail.is_not(None))).all() == ["sent"]


def test_who_never_chose_gets_no_letter(world, sent, signed_in, mail):
    said(signed_in(world.officer), sent)
    jobs.drain()
    assert mail.letters == []


def test_an_address_that_is_not_there_is_switched_off_and_the_person_is_told(world, sent, signed_in, mail):
    wants_mail(world.flows.quality)
    mail.answer = "550 no such user"
    said(signed_in(world.officer), sent)
    jobs.drain()
    choice = db.session.get(MailChoice, world.flows.quality.person_id)
    assert (choice.is_on, choice.failure) == (False, "550 no such user")
    assert "550 no such user" in read(signed_in(world.flows.quality).get("/meddelanden/e-post")).text


def test_a_server_that_cannot_take_it_now_is_asked_again_and_at_last_given_up(world, sent, signed_in, mail):
    wants_mail(world.flows.quality)
    mail.answer = "451 come again"
    said(signed_in(world.officer), sent)
    jobs.drain()
    moment = NOW
    for pause in PAUSES[:2]:
        moment += pause
        with time_machine.travel(moment + timedelta(seconds=1), tick=False):
            jobs.drain()
    assert db.session.scalars(select(Message.mail).where(Message.mail.is_not(None))).all() == ["waiting"]
    mail.answer = "250 OK"
    with time_machine.travel(moment + PAUSES[2] + timedelta(seconds=5), tick=False):
        jobs.drain()
    db.session.rollback()
    assert len(mail.letters) == 1


def test_a_mail_server_that_is_away_stops_nothing(world, sent, signed_in, mail, monkeypatch):
    wants_mail(world.flows.quality)

    def away(*_arguments, **_named):
        raise smtplib.SMTPConnectError(421, b"away")

    monkeypatch.setattr(smtplib, "SMTP", away)
    assert said(signed_in(world.officer), sent).status_code == 302
    moment = NOW
    for pause in (*PAUSES, timedelta()):
        with time_machine.travel(moment + timedelta(seconds=1), tick=False):
            jobs.drain()
        moment += pause + timedelta(seconds=5)
    db.session.rollback()
    assert db.session.scalars(select(Message.mail).where(Message.mail.is_not(None))).all() == ["given_up"]
    assert db.session.get(MailChoice, world.flows.quality.person_id).failure.startswith("421")


def test_at_once_or_never_is_chosen_on_a_page(world, signed_in):
    client = signed_in(world.officer)
    assert (
        "Det är ingen e-postadress"
        in read(client.post("/meddelanden/e-post", data={"when": "at_once", "address": "a@b.se, c@d.se"}), 422).text
    )
    client.post("/meddelanden/e-post", data={"when": "at_once", "address": ADDRESS})
    assert ADDRESS in read(client.get("/meddelanden/")).text
    client.post("/meddelanden/e-post", data={"when": "never", "address": ADDRESS})
    assert db.session.get(MailChoice, world.officer.person_id).address == "", "who wants none leaves no address"


def test_the_operator_switches_off_an_address_whose_letters_came_back(app, world):
    wants_mail(world.officer)
    run = app.test_cli_runner().invoke
    assert run(args=["messages", "bounced", ADDRESS.upper()]).exit_code == 0
    db.session.rollback()
    assert not db.session.get(MailChoice, world.officer.person_id).is_on
    assert run(args=["messages", "bounced", ADDRESS]).exit_code == 2
