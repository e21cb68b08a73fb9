"""Sending messages to webhooks: one job for each, by the worker.

A webhook that does not take a message rests, longer each time: a receiver that hangs costs the worker five seconds for each rest, not
for each message. A message that has waited for `PATIENCE` is given up, and the webhook's administrators are told; they can have it
sent again. Where a worker dies between sending and noting it, the message is sent again with the same id.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.jobs import JobRun
from registry.locks import holding
from submission_portal.webhooks import posting
from submission_portal.webhooks.addresses import destination
from submission_portal.webhooks.queries import has_given_up, signed_with
from submission_portal.webhooks.services import ask, record
from submission_portal.webhooks.signing import body_of, headers_of, secret_of
from submission_portal.webhooks.tables import GIVEN_UP, SENT, WAITING, Webhook, WebhookMessage

RESTS = tuple(timedelta(seconds=seconds) for seconds in (30, 120, 600, 3600, 14400, 43200))
"""How long a webhook rests after each try in a row that failed; from the last on as long each time."""
PATIENCE = timedelta(days=3)
"""A message that was not taken for so long is given up."""
KEPT = timedelta(days=30)
"""How long it is kept what was sent."""
FORGET = "forget_webhook_messages"
GONE = 410
"""The receiver wants no more messages (standard webhooks): the webhook is turned off."""
OFF = "off"
log = structlog.get_logger("submission_portal.webhooks")


@dataclass(frozen=True, slots=True)
class _Letter:
    """A message that is due, as it is sent."""

    url: str
    headers: dict[str, str]
    body: bytes


def run(job: JobRun) -> None:
    """The handler of `services.SEND`."""
    message_id = str(job.payload["message"])
    letter = _letter(db.session, message_id, clock.now())
    db.session.rollback()
    if letter is None:
        _settle_unsent(message_id)
        return
    answer = _answer(letter)
    log.info("webhook_tried", message=message_id, answer=answer)
    with transaction(bookkeeping=True) as session:
        _settle(session, message_id, clock.now(), answer)


def forget(_job: JobRun) -> None:
    """Remove messages that are older than `KEPT`, whatever became of them: the handler of `FORGET`."""
    with transaction(bookkeeping=True) as session:
        session.execute(delete(WebhookMessage).where(WebhookMessage.happened_at < clock.now() - KEPT))


def _letter(session: Session, message_id: str, now: datetime) -> _Letter | None:
    """A message as it is sent now; ``None`` where it is not to be tried at present."""
    message = session.get(WebhookMessage, message_id)
    if message is None or message.status != WAITING:
        return None
    webhook = session.get_one(Webhook, message.webhook_id)
    if not webhook.is_on or _rests(webhook, now):
        return None
    body = body_of(message.type, message.happened_at, {"id": message.delivery_id, "state": message.state})
    key = str(current_app.secret_key)
    secrets = [secret_of(key, webhook.id, number) for number in signed_with(webhook, now)]
    return _Letter(webhook.url, headers_of(message.id, now, body, secrets), body.encode())


def _settle_unsent(message_id: str) -> None:
    """A message that is not tried: it comes again when its webhook has rested, and ends where that is off."""
    now = clock.now()
    with transaction(bookkeeping=True) as session:
        message = session.get(WebhookMessage, message_id)
        if message is None or message.status != WAITING:
            return
        webhook = session.get_one(Webhook, message.webhook_id)
        if not webhook.is_on:
            message.status, message.answer = GIVEN_UP, OFF
        else:
            ask(session, message, now, due_at=webhook.rests_until)


def _answer(letter: _Letter) -> str:
    """The status that a message was answered with, or why there is none."""
    found = destination(letter.url)
    if found is None:
        return posting.UNRESOLVED
    try:
        return str(posting.post(found, letter.headers, letter.body))
    except posting.NotSent as error:
        return error.why


def _settle(session: Session, message_id: str, now: datetime, answer: str) -> None:
    """Keep what became of a try, and ask for the next one."""
    message = session.get(WebhookMessage, message_id)
    if message is None:
        return
    query = select(Webhook).where(Webhook.id == message.webhook_id)
    webhook = session.scalars(holding(query, of=Webhook)).unique().one()
    message.tries, message.tried_at, message.answer = message.tries + 1, now, answer
    if answer.startswith("2"):
        message.status = SENT
        webhook.failing_since, webhook.failures, webhook.rests_until, webhook.last_sent_at = None, 0, None, now
        return
    rest = RESTS[min(webhook.failures, len(RESTS) - 1)]
    webhook.failing_since = webhook.failing_since or now
    webhook.failures, webhook.rests_until = webhook.failures + 1, now + rest
    if answer == str(GONE):
        message.status, webhook.turned_off_at = GIVEN_UP, webhook.turned_off_at or now
        session.flush()
        record(session, "WebhookTurnedOff", SYSTEM, now, webhook, answer=answer)
    elif now - message.waits_since >= PATIENCE:
        is_first = not has_given_up(session, webhook, webhook.failing_since)
        message.status = GIVEN_UP
        session.flush()
        if is_first:  # it is said once, and the page counts the others
            record(session, "WebhookGaveUp", SYSTEM, now, webhook, message=message.id, answer=answer)
    else:
        ask(session, message, now, due_at=webhook.rests_until)


def _rests(webhook: Webhook, now: datetime) -> bool:
    return webhook.rests_until is not None and now < webhook.rests_until
