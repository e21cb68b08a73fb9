"""When a region said that a statement of it still holds."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, UtcDateTime, new_id


class StatementConfirmation(Base):
    """A region confirmed one statement, as the wording and the questions then were. The newest of a version counts."""

    __tablename__ = "statement_confirmation"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("item_version.id"), index=True)
    """The statement, as a version of it."""
    concept_hash: Mapped[str] = mapped_column(String(64))
    """The wording that was asked about, by its hash: the one in force, or to come after it. Empty where none was."""
    question_set_hash: Mapped[str] = mapped_column(String(64))
    """The questions in force then; empty where they were the registry's own."""
    person_id: Mapped[str] = mapped_column(String(32))
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
