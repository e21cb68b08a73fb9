"""The recipient's decisions about deliveries that a person has to look at, who has taken one for review, and what the region is
asked to complete.

The constraints are the separation of duties by person and by side: nobody decides about what they prepared or sent, the
organisation that decides is not the one that discloses, and each delivery is decided once.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.actors import Role
from registry.columns import Base, JsonText, UtcDateTime, new_id


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


CLAIMED_FOR = timedelta(days=1)
"""A claim lapses so long after it was made."""
_IN_FORCE = text("ended_at IS NULL")


class DeliveryClaim(Base):
    """That a reviewer has taken a delivery for review. It keeps others from deciding, and nobody from reading.

    A delivery has one claim that was not ended, and the index says so. One whose time is over holds nothing, and is ended by the next
    one who takes the delivery; until then it stays as it was, since no job goes by the clock.
    """

    __tablename__ = "delivery_claim"
    __table_args__ = (
        Index(
            "uq_delivery_claim_in_force",
            "delivery_id",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
        CheckConstraint("organisation_id <> discloser_id", name="not_the_discloser"),
        CheckConstraint("lapses_at > claimed_at", name="lapses_later"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    discloser_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[str] = mapped_column(String(32), index=True)
    role: Mapped[Role] = mapped_column(String(40))
    """The role that they hold it in."""
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lapses_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(String(32))

    def holds(self, now: datetime) -> bool:
        """Whether it keeps others from deciding at a moment."""
        return self.ended_at is None and now < self.lapses_at


class DeliveryReview(Base):
    """What the review of a delivery has come to: how many points were written, how many are open, whether it is approved.

    One row, so that the database itself refuses a delivery that is approved with an open point, whichever of the two is written last.
    """

    __tablename__ = "delivery_review"
    __table_args__ = (
        CheckConstraint("open_points >= 0 AND open_points <= last_point", name="points"),
        CheckConstraint("open_points = 0 OR NOT is_approved", name="not_approved_with_open_points"),
    )

    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    discloser_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    last_point: Mapped[int] = mapped_column(Integer)
    """The number of the newest point."""
    open_points: Mapped[int] = mapped_column(Integer)
    is_approved: Mapped[bool]


_UNSETTLED = text("answered_at IS NULL AND taken_back_at IS NULL")


class ReviewPoint(Base):
    """Something in a delivery that the region is to answer for, with what it is about. Open until the region has answered it, or the
    recipient has taken it back.

    The region reads it once the delivery is returned for completion (``returned_at``). It is answered with words, or with a correction
    of the delivery that was received, or with both; a correction that ends opens it again.
    """

    __tablename__ = "review_point"
    __table_args__ = (
        UniqueConstraint("delivery_id", "number"),
        Index("ix_review_point_open", "delivery_id", sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED),
        CheckConstraint("organisation_id <> discloser_id", name="not_the_discloser"),
        CheckConstraint("answered_by IS NULL OR answered_by <> written_by", name="not_oneself"),
        CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name="answered_by_somebody"),
        CheckConstraint(
            "answered_at IS NULL OR (answer <> '' OR mended_by_id IS NOT NULL)", name="answered_with_something"
        ),
        CheckConstraint("answered_at IS NULL OR returned_at IS NOT NULL", name="answered_when_returned"),
        CheckConstraint("answered_at IS NULL OR taken_back_at IS NULL", name="settled_once"),
        CheckConstraint("mended_by_id IS NULL OR mended_by_id <> delivery_id", name="mended_by_another"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    discloser_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    """Counts from 1 in each delivery."""
    finding: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """The key of the finding that it is about, with the next two empty where it is about none."""
    element: Mapped[str] = mapped_column(String(80), default="", server_default="")
    row: Mapped[int | None] = mapped_column(Integer)
    """The row of the sender's file."""
    row_key: Mapped[dict[str, str] | None] = mapped_column(JsonText)
    """The same row by the key of the model: what a correction of it has too."""
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(32), index=True)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(32))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(Text, default="", server_default="")
    mended_by_id: Mapped[str | None] = mapped_column(ForeignKey("delivery.id"), index=True)
    """The correction that mends it."""
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_back_by: Mapped[str | None] = mapped_column(String(32))

    @property
    def is_open(self) -> bool:
        """Whether nothing can be approved before it is answered or taken back."""
        return self.answered_at is None and self.taken_back_at is None
