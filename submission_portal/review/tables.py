"""The recipient's decisions about deliveries that a person has to look at, and what it asked the region to complete.

The constraints are the separation of duties by person and by side: nobody decides about what they prepared or sent, the
organisation that decides is not the one that discloses, and each delivery is decided once.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, UtcDateTime, new_id


class DeliveryOutcome(StrEnum):
    RELEASE = "release"
    REFUSE = "refuse"


class DeliveryDecision(Base):
    """What the recipient's reviewer decided about a delivery with something to read in it. One per delivery."""

    __tablename__ = "delivery_decision"
    __table_args__ = (
        CheckConstraint("person_id <> prepared_by", name="not_the_preparer"),
        CheckConstraint("person_id <> sent_by", name="not_the_sender"),
        CheckConstraint("organisation_id <> discloser_id", name="not_the_discloser"),
        CheckConstraint("outcome IN ('release', 'refuse')", name="outcome"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"), unique=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    discloser_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[str] = mapped_column(String(32), index=True)
    prepared_by: Mapped[str] = mapped_column(String(32))
    sent_by: Mapped[str] = mapped_column(String(32))
    outcome: Mapped[DeliveryOutcome] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


_OPEN = text("answered_at IS NULL")


class CompletionRequest(Base):
    """Something that the recipient asked the region to complete, and the region's answer. One is open at a time."""

    __tablename__ = "completion_request"
    __table_args__ = (
        Index("uq_completion_request_open", "delivery_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        CheckConstraint("answered_by IS NULL OR answered_by <> asked_by", name="not_oneself"),
        CheckConstraint("organisation_id <> discloser_id", name="not_the_discloser"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    discloser_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    asked_by: Mapped[str] = mapped_column(String(32), index=True)
    question: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(32))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
