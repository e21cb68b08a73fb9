"""Consultations, the texts that they ask about, whom they ask, and what was answered."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.columns import BOUNDED, Base, JsonText, UtcDateTime, new_id
from registry.items.tables import Item
from termbank.consultations.tally import Part, Position, Verdict

MOST_TEXTS, MOST_ADDRESSEES = 50, 300


class ConsultationState(StrEnum):
    """Where a consultation is."""

    DRAFT = "draft"
    OPEN = "open"
    """Out for answers; after the last day answers are still taken, and late, until it is settled."""
    SETTLED = "settled"
    """Every opinion has its verdict, and the compilation is published."""


class Consultation(Base):
    """A consultation on the wordings of one or several concepts."""

    __tablename__ = "consultation"
    __table_args__ = (UniqueConstraint("organisation_id", "registry_number"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    registry_number: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(200))
    letter: Mapped[str] = mapped_column(Text)
    """What is asked, and why, in the sender's words."""
    state: Mapped[ConsultationState] = mapped_column(String(20))
    author_id: Mapped[str] = mapped_column(String(32), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_on: Mapped[date] = mapped_column(Date)
    """The last Swedish day for answers, included."""
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(32))

    texts: Mapped[list["ConsultationText"]] = relationship(
        order_by="ConsultationText.number", cascade="all, delete-orphan", info={BOUNDED: f"at most {MOST_TEXTS}"}
    )
    addressees: Mapped[list["Addressee"]] = relationship(
        order_by="Addressee.name", cascade="all, delete-orphan", info={BOUNDED: f"at most {MOST_ADDRESSEES}"}
    )
    opinions: Mapped[list["Opinion"]] = relationship(
        order_by="Opinion.saved_at", info={BOUNDED: "a few for each organisation"}
    )

    @property
    def hidden_until(self) -> date:
        """The last day on which others' answers are hidden: nobody who was given more time has seen them."""
        return max([self.closes_on, *(one.extended_to for one in self.addressees if one.extended_to)])


class ConsultationText(Base):
    """A wording that is asked about, as it went out: a draft may change afterwards."""

    __tablename__ = "consultation_text"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("item_version.id"), index=True)
    version_hash: Mapped[str] = mapped_column(String(64))
    question: Mapped[str] = mapped_column(String(60), default="", server_default="")
    """The id of a question on how the wording is applied, where that is what is asked."""
    texts: Mapped[Mapping[Part, Mapping[str, str]]] = mapped_column(JsonText)
    """The term and the definition (each only where there is one), by language."""

    item: Mapped[Item] = relationship(lazy="joined")


class Addressee(Base):
    """Somebody who is asked: an organisation of the registry, or a body without an account, by its name."""

    __tablename__ = "consultation_addressee"
    __table_args__ = (UniqueConstraint("consultation_id", "name"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"))
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    extended_to: Mapped[date | None] = mapped_column(Date)


class Opinion(Base):
    """An answer: written by an organisation, or recorded from a letter. Once sent it does not change; what is added later is
    another row."""

    __tablename__ = "consultation_opinion"
    __table_args__ = (CheckConstraint("sent_at IS NULL OR sent_by IS NOT NULL", name="sent_by_somebody"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    """Who answers; of a letter, who recorded it."""
    addressee_id: Mapped[str | None] = mapped_column(ForeignKey("consultation_addressee.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    registry_number: Mapped[str] = mapped_column(String(100), default="")
    """The number that the one who answers gave it."""
    is_letter: Mapped[bool] = mapped_column(Boolean)
    received_on: Mapped[date | None] = mapped_column(Date)
    """The day on which it was sent or, of a letter, received."""
    general: Mapped[str] = mapped_column(Text, default="")
    saved_by: Mapped[str] = mapped_column(String(32))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by: Mapped[str | None] = mapped_column(String(32))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    corrects_id: Mapped[str | None] = mapped_column(ForeignKey("consultation_opinion.id"), index=True)
    """The letter that was recorded wrongly and that this one corrects; both are kept."""
    file_key: Mapped[str | None] = mapped_column(ForeignKey("stored_object.key"), index=True)
    """The letter as it came."""
    file_name: Mapped[str] = mapped_column(String(200), default="", server_default="")

    parts: Mapped[list["OpinionPart"]] = relationship(
        order_by="(OpinionPart.number, OpinionPart.part.desc())",
        cascade="all, delete-orphan",
        info={BOUNDED: f"two for each text, at most {2 * MOST_TEXTS}"},
    )


class OpinionPart(Base):
    """What an answer says of one part of one text, and what came of it."""

    __tablename__ = "consultation_opinion_part"
    __table_args__ = (UniqueConstraint("opinion_id", "number", "part"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    opinion_id: Mapped[str] = mapped_column(ForeignKey("consultation_opinion.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    """The number of the text."""
    part: Mapped[Part] = mapped_column(String(20))
    position: Mapped[Position] = mapped_column(String(30))
    quoted: Mapped[str] = mapped_column(Text, default="")
    """The words of the text that it is about, as they stand there; empty for all of it."""
    reason: Mapped[str] = mapped_column(Text, default="")
    proposed: Mapped[str] = mapped_column(Text, default="")
    """The wording that is proposed instead."""
    verdict: Mapped[Verdict | None] = mapped_column(String(20))
    verdict_reason: Mapped[str] = mapped_column(Text, default="")
    judged_by: Mapped[str | None] = mapped_column(String(32))
    judged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
