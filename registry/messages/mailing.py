"""Sending letters: one job for each message, by the worker, through the mail server of the settings.

A server that is away, or says that it will take the letter later, is asked again after pauses that grow to a day, and then no more.
A server that says that there is no such address has it switched off at once. Where a worker dies between sending and noting it,
the letter is sent again: it says nothing but that there is a message.
"""

import smtplib
import ssl
from datetime import timedelta

import structlog
from flask import current_app
from sqlalchemy.orm import Session

from registry import clock, jobs
from registry.db import db, transaction
from registry.identity.tables import MailChoice
from registry.jobs import JobRun
from registry.messages.choosing import LONGEST_FAILURE, bounced
from registry.messages.letters import letter
from registry.messages.tables import Message
from registry.messages.telling import SEND

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (60, 300, 1800, 7200, 28800, 86400))
"""How long to wait after each try that failed."""
PATIENCE = 15.0
"""Seconds for each answer of the mail server."""
INBOX, SETTINGS = "meddelanden/", "meddelanden/e-post"
log = structlog.get_logger("registry.mail")


def run(job: JobRun) -> None:
    """The handler of `SEND`."""
    message_id, tries = str(job.payload["message"]), int(job.payload["tries"])
    address = _address(db.session, message_id)
    db.session.rollback()
    if address is None:
        return
    try:
        _send(address)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = error.recipients.get(address, (0, b""))
        if 500 <= code < 600:
            _give_up(message_id, address, _said(code, said))
        else:
            _try_again(message_id, tries, _said(code, said))
    except smtplib.SMTPResponseException as error:
        _try_again(message_id, tries, _said(error.smtp_code, error.smtp_error))
    except (smtplib.SMTPException, OSError) as error:
        _try_again(message_id, tries, type(error).__name__)
    else:
        with transaction(bookkeeping=True) as session:
            session.get_one(Message, message_id).mail = "sent"


def _address(session: Session, message_id: str) -> str | None:
    """Where to send a letter that still waits; ``None`` where it was sent, or the person wants none any more."""
    message = session.get(Message, message_id)
    if message is None or message.mail != "waiting":
        return None
    choice = session.get(MailChoice, message.person_id)
    return choice.address if choice is not None and choice.is_on else None


def _send(address: str) -> None:
    config = current_app.config
    host, _colon, port = str(config["MAIL_SERVER"]).partition(":")
    base = str(config["BASE_ADDRESS"])
    made = letter(address, str(config["MAIL_FROM"]), inbox=base + INBOX, settings=base + SETTINGS, now=clock.now())
    with smtplib.SMTP(host, int(port or 25), timeout=PATIENCE) as server:
        if config["MAIL_STARTTLS"]:
            server.starttls(context=ssl.create_default_context())
        if config["MAIL_USER"]:
            server.login(str(config["MAIL_USER"]), str(config["MAIL_PASSWORD"]))
        server.send_message(made)


def _try_again(message_id: str, tries: int, failure: str) -> None:
    """Ask for another try after a pause; after the last one say on the person's page that it failed."""
    now = clock.now()
    log.warning("mail_not_sent", message=message_id, tries=tries + 1, answer=failure)
    with transaction(bookkeeping=True) as session:
        message = session.get_one(Message, message_id)
        if tries < len(PAUSES):
            payload = {"message": message_id, "tries": tries + 1}
            jobs.enqueue(session, SEND, now=now, payload=payload, due_at=now + PAUSES[tries])
            return
        message.mail = "given_up"
        choice = session.get(MailChoice, message.person_id)
        if choice is not None:
            choice.failed_at, choice.failure = now, failure[:LONGEST_FAILURE]


def _give_up(message_id: str, address: str, failure: str) -> None:
    log.warning("mail_bounced", message=message_id, answer=failure[:3])
    with transaction() as session:
        session.get_one(Message, message_id).mail = "given_up"
        bounced(session, clock.now(), address, failure)


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return f"{code} {' '.join(text.split())}"
