"""Webhooks of organisations, and the messages that they are sent."""

import time
from datetime import datetime
from itertools import count

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.columns import Base, UtcDateTime, new_id
from registry.identity.tables import Organisation
from registry.sealed import Outside, Sealed

WAITING, SENT, GIVEN_UP = "waiting", "sent", "given_up"


_MADE = count()


def new_message_id() -> str:
    """What a receiver knows a message by, however often it is sent. Of those that one process makes the later sort last."""
    return f"msg_{time.time_ns():016x}{next(_MADE) % 2**16:04x}{new_id()[:12]}"


class Webhook(Base):
    """An address of an organisation's that is told of what happens to its deliveries.

    ``secret_number`` counts its secrets, which are not kept (`signing`); the one before is valid until ``old_secret_until``.
    ``failures`` counts the tries since the last that was taken; until ``rests_until`` nothing is tried.
    """

    __tablename__ = "webhook"
    __proof__ = Sealed(but_for=("failing_since", "failures", "rests_until", "last_sent_at", "turned_off_at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    url: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(32))
    secret_number: Mapped[int] = mapped_column(Integer, default=1)
    old_secret_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    turned_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    rests_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="joined")

    @property
    def ref(self) -> str:
        return f"webhook:{self.id}"

    @property
    def is_on(self) -> bool:
        return self.turned_off_at is None and self.withdrawn_at is None


class WebhookMessage(Base):
    """That a delivery came into a state, on its way to a webhook. ``waits_since`` is when it was last asked to be sent;
    ``answer`` the status of the last answer, or why there was none (`posting`)."""

    __tablename__ = "webhook_message"
    __table_args__ = (
        CheckConstraint(f"status IN ('{WAITING}', '{SENT}', '{GIVEN_UP}')", name="status"),
        Index("ix_webhook_message_webhook", "webhook_id", "happened_at"),
        Index("ix_webhook_message_delivery", "delivery_id", "webhook_id"),
    )
    __proof__ = Outside.PASSING

    id: Mapped[str] = mapped_column(String(40), primary_key=True, default=new_message_id)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhook.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"))
    type: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    waits_since: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(String(10), default=WAITING)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    answer: Mapped[str] = mapped_column(String(20), default="")
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
