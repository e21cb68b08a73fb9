"""Making, changing and ending the webhooks of a region, and asking for messages to be sent again.

Whoever gives a region's roles makes its webhooks. Names are resolved by `judge` before a transaction begins, since that takes as
long as it takes; whoever makes a webhook has to show that it was done.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import events, jobs
from registry.actors import Actor
from registry.errors import Forbidden, Invalid, Refused
from registry.identity import authority
from registry.identity.tables import Organisation
from registry.locks import hold_name, holding
from submission_portal.webhooks import posting, queries
from submission_portal.webhooks.addresses import destination
from submission_portal.webhooks.finding_texts import FINDINGS
from submission_portal.webhooks.tables import GIVEN_UP, WAITING, Webhook, WebhookMessage

SEND = "send_webhook"
"""The kind of the job that sends a message."""
MOST = 5
"""Webhooks of an organisation at a time."""
OVERLAP = timedelta(days=1)
"""For so long messages are signed with the secret before as well."""


@dataclass(frozen=True, slots=True)
class JudgedUrl:
    """An address that led only to public addresses a moment ago; made by `judge`."""

    url: str


def judge(url: str) -> JudgedUrl:
    """See that a webhook may be sent to an address. Asks the network: not within a transaction. Raises `Invalid`."""
    url = url.strip()
    found = destination(url)
    if found is None:
        raise Invalid([FINDINGS.found("HOOK-001")])
    try:
        posting.judged_addresses(found)
    except posting.NotSent as error:
        code = "HOOK-002" if error.why == posting.PRIVATE else "HOOK-003"
        raise Invalid([FINDINGS.found(code, {"host": found.host})]) from error
    return JudgedUrl(url)


def create_webhook(
    session: Session, actor: Actor, now: datetime, *, organisation: Organisation, judged: JudgedUrl
) -> Webhook:
    """A webhook of a region, told of its deliveries from now on. Raises `Forbidden`, or `Refused` where there are `MOST`."""
    _require_administrator(actor, organisation)
    hold_name(session, f"webhooks:{organisation.id}")
    if queries.not_withdrawn(session, organisation.id) >= MOST:
        raise Refused(FINDINGS.found("HOOK-004", {"most": MOST}))
    webhook = Webhook(
        organisation_id=organisation.id, url=judged.url, created_at=now, created_by=str(actor.person_id),
        secret_number=1, failures=0,
    )  # fmt: skip
    session.add(webhook)
    session.flush()
    record(session, "WebhookCreated", actor, now, webhook)
    return webhook


def rotate_secret(session: Session, actor: Actor, now: datetime, *, webhook: Webhook) -> None:
    """Give a webhook another secret. For `OVERLAP` messages are signed with both."""
    held = _held(session, actor, webhook)
    held.secret_number, held.old_secret_until = held.secret_number + 1, now + OVERLAP
    session.flush()
    record(session, "WebhookSecretRotated", actor, now, held)


def turn_off(session: Session, actor: Actor, now: datetime, *, webhook: Webhook) -> None:
    """Send nothing more until it is turned on. Off already: nothing happens."""
    held = _held(session, actor, webhook)
    if held.turned_off_at is None:
        held.turned_off_at = now
        session.flush()
        record(session, "WebhookTurnedOff", actor, now, held)


def turn_on(session: Session, actor: Actor, now: datetime, *, webhook: Webhook) -> None:
    """Send again what happens from now on."""
    held = _held(session, actor, webhook)
    if held.turned_off_at is not None:
        held.turned_off_at, held.rests_until = None, None
        session.flush()
        record(session, "WebhookTurnedOn", actor, now, held)


def withdraw(session: Session, actor: Actor, now: datetime, *, webhook: Webhook) -> None:
    """End a webhook for good."""
    held = _held(session, actor, webhook)
    held.withdrawn_at = now
    session.flush()
    record(session, "WebhookWithdrawn", actor, now, held)


def send_again(session: Session, actor: Actor, now: datetime, *, webhook: Webhook, message_id: str = "") -> int:
    """Send a message once more, or all that were given up; how many. Raises `Refused` where the webhook is off."""
    held = _held(session, actor, webhook)
    if not held.is_on:
        raise Refused(FINDINGS.found("HOOK-006"))
    chosen = WebhookMessage.id == message_id if message_id else WebhookMessage.status == GIVEN_UP
    found = select(WebhookMessage).where(WebhookMessage.webhook_id == held.id, WebhookMessage.status != WAITING, chosen)
    messages = session.scalars(holding(found)).all()
    for one in messages:
        one.status, one.waits_since = WAITING, now
        ask(session, one, now)
    if messages:
        held.rests_until = None
        session.flush()
        record(session, "WebhookSentAgain", actor, now, held, count=len(messages))
    return len(messages)


def ask(session: Session, message: WebhookMessage, now: datetime, due_at: datetime | None = None) -> None:
    """Ask the worker to send a message."""
    payload = {"message": message.id}
    jobs.enqueue(session, SEND, now=now, payload=payload, organisation_id=message.organisation_id, due_at=due_at)


def record(session: Session, type_: str, actor: Actor, now: datetime, webhook: Webhook, **data: str | int) -> None:
    """Record an event about a webhook."""
    events.record(
        session, type_, actor=actor, now=now, subject=webhook.ref, organisation_id=webhook.organisation_id, data=data
    )  # fmt: skip


def _require_administrator(actor: Actor, organisation: Organisation) -> None:
    if organisation.kind != authority.REGION or actor.is_system:
        raise Forbidden("webhook")
    authority.require_role_giver(actor, organisation)


def _held(session: Session, actor: Actor, webhook: Webhook) -> Webhook:
    """The webhook, held until the transaction ends, where it is this actor's to change and was not withdrawn."""
    _require_administrator(actor, session.get_one(Organisation, webhook.organisation_id))
    held = session.scalars(holding(select(Webhook).where(Webhook.id == webhook.id), of=Webhook)).unique().one()
    if held.withdrawn_at is not None:
        raise Refused(FINDINGS.found("HOOK-005"))
    return held
