"""Reading webhooks and their messages: those of the regions that the actor administers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.errors import NotFound
from registry.identity import authority
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.paging import Page, page_of
from submission_portal.webhooks.tables import GIVEN_UP, WAITING, Webhook, WebhookMessage


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages of a webhook wait, and how many were given up."""

    waiting: int
    given_up: int


def administered(session: Session, actor: Actor) -> list[Organisation]:
    """The regions whose webhooks the actor makes."""
    if not actor.has_role(Role.REGION_ADMINISTRATOR):
        return []
    return [
        one
        for one in identity.organisations(session)
        if one.kind == authority.REGION and authority.may_give_roles(actor, one)
    ]


def page_of_webhooks(session: Session, actor: Actor, number: int) -> Page[Webhook]:
    """A page of the webhooks that the actor sees to, those that are withdrawn last."""
    own = [one.id for one in administered(session, actor)]
    found = select(Webhook).where(Webhook.organisation_id.in_(own))
    return page_of(session, found.order_by(Webhook.withdrawn_at.is_not(None), Webhook.created_at, Webhook.id), number)


def webhook_seen_by(session: Session, actor: Actor, webhook_id: str) -> Webhook:
    """A webhook that is this administrator's business. Raises `NotFound`."""
    webhook = session.get(Webhook, webhook_id)
    if webhook is None or webhook.organisation_id not in {one.id for one in administered(session, actor)}:
        raise NotFound("webhook")
    return webhook


def page_of_messages(session: Session, webhook: Webhook, number: int) -> Page[WebhookMessage]:
    """A page of a webhook's messages, the newest first."""
    sent = select(WebhookMessage).where(WebhookMessage.webhook_id == webhook.id)
    return page_of(session, sent.order_by(WebhookMessage.happened_at.desc(), WebhookMessage.id.desc()), number)


def counts_of(session: Session, webhook: Webhook) -> Counts:
    """How many of its messages wait, and were given up; one statement."""
    found = (
        select(WebhookMessage.status, func.count())
        .where(WebhookMessage.webhook_id == webhook.id)
        .group_by(WebhookMessage.status)
    )
    by_status: dict[str, int] = {row[0]: row[1] for row in session.execute(found)}
    return Counts(by_status.get(WAITING, 0), by_status.get(GIVEN_UP, 0))


def that_are_on(session: Session, organisation_id: str) -> Sequence[Webhook]:
    """The webhooks of an organisation that are to be told."""
    on = Webhook.turned_off_at.is_(None), Webhook.withdrawn_at.is_(None)
    return session.scalars(select(Webhook).where(Webhook.organisation_id == organisation_id, *on)).unique().all()


def not_withdrawn(session: Session, organisation_id: str) -> int:
    """How many webhooks an organisation has."""
    count = select(func.count()).select_from(Webhook)
    own = Webhook.organisation_id == organisation_id, Webhook.withdrawn_at.is_(None)
    return session.scalar(count.where(*own)) or 0


def last_state(session: Session, webhook: Webhook, delivery_id: str) -> str | None:
    """The state that a webhook was last told of a delivery; ``None`` where it was told of none."""
    told = select(WebhookMessage.state).where(
        WebhookMessage.delivery_id == delivery_id, WebhookMessage.webhook_id == webhook.id
    )
    return session.scalar(told.order_by(WebhookMessage.happened_at.desc(), WebhookMessage.id.desc()).limit(1))


def has_given_up(session: Session, webhook: Webhook, since: datetime) -> bool:
    """Whether a message of the webhook that was tried since a moment was given up."""
    given_up = select(WebhookMessage.id).where(
        WebhookMessage.webhook_id == webhook.id, WebhookMessage.status == GIVEN_UP, WebhookMessage.tried_at >= since
    )
    return session.scalar(given_up.limit(1)) is not None


def signed_with(webhook: Webhook, now: datetime) -> tuple[int, ...]:
    """The numbers of the secrets that are valid, the newest first."""
    is_changing = webhook.old_secret_until is not None and now < webhook.old_secret_until
    return (webhook.secret_number, webhook.secret_number - 1) if is_changing else (webhook.secret_number,)
