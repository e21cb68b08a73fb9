"""What people are told in their inbox."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, UtcDateTime, new_id
from registry.sealed import Outside


class Message(Base):
    """That something happened which concerns a person: the type of the event and what it was about, as references. What it says is
    the event's text, and what a reference is called is asked anew, for the person as they are when they read it.

    ``key`` tells one happening from another of its kind. ``mail``: whether a letter that says that there is a message waits to be
    sent, was sent or was given up; ``None`` where the person wants none.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        CheckConstraint("mail IN ('waiting', 'sent', 'given_up')", name="mail"),
        Index("ix_message_inbox", "person_id", "told_at"),
    )
    __proof__ = Outside.ERASABLE

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(200))
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mail: Mapped[str | None] = mapped_column(String(10))
