"""Rounds of boundary cases, their cases, and what each region counted."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.columns import BOUNDED, Base, JsonText, UtcDateTime, new_id
from registry.items.tables import Item, Version

MOST_CASES, MOST_WAYS = 30, 4


class RoundState(StrEnum):
    """Where a round of boundary cases is."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class BoundaryRound(Base):
    """A round that tries the wording of one version of a concept."""

    __tablename__ = "boundary_round"
    __table_args__ = (CheckConstraint("explained_by <> author_id", name="explained_by_another"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("item_version.id"), index=True)
    state: Mapped[RoundState] = mapped_column(String(20), default=RoundState.DRAFT)
    ways: Mapped[list[str]] = mapped_column(JsonText)
    """The ways of counting that are tried side by side, in the author's words; at least one, and
    empty where it is the only one and has no name."""
    wording: Mapped[dict[str, str] | None] = mapped_column(JsonText)
    """The definition that is tried, by language, as it stood when the round was opened."""
    wording_hash: Mapped[str | None] = mapped_column(String(64))
    """Content hash of the version, as it stood then: a draft may change afterwards."""
    author_id: Mapped[str] = mapped_column(String(32), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_on: Mapped[date | None] = mapped_column(Date)
    """The last Swedish day on which answers are taken."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    explanation: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Why the wording is decided on although the answers differ."""
    explained_by: Mapped[str | None] = mapped_column(String(32))
    explained_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    item: Mapped[Item] = relationship(lazy="joined")
    version: Mapped[Version] = relationship(lazy="joined")
    cases: Mapped[list["BoundaryCase"]] = relationship(
        order_by="BoundaryCase.number",
        cascade="all, delete-orphan",
        info={BOUNDED: f"at most {MOST_CASES}"},
    )
    answers: Mapped[list["BoundaryAnswer"]] = relationship(
        order_by="BoundaryAnswer.organisation_id", info={BOUNDED: "one for each organisation"}
    )


class BoundaryCase(Base):
    """A short case, and what the author of the round would count in it."""

    __tablename__ = "boundary_case"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("boundary_round.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    counts: Mapped[list[str]] = mapped_column(JsonText)
    """The author's count by each way of counting; empty where the author has none."""
    reason: Mapped[str] = mapped_column(Text)


class BoundaryAnswer(Base):
    """What one organisation counts in the cases of a round. Once sent it does not change."""

    __tablename__ = "boundary_answer"
    __table_args__ = (UniqueConstraint("round_id", "organisation_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("boundary_round.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    counts: Mapped[Mapping[str, list[str]]] = mapped_column(JsonText)
    """The counts of each case (by its id), by each way of counting."""
    reasons: Mapped[Mapping[str, str]] = mapped_column(JsonText)
    """Why, by case, where anything was said."""
    person_id: Mapped[str] = mapped_column(String(32))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
