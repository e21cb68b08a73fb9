"""Files that are imported into a scheme: what was sent in, and what would become of each of its concepts."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, JsonText, UtcDateTime, new_id
from registry.sealed import Outside


class Stage(StrEnum):
    """How far an import has come."""

    READING = "reading"
    """The worker reads the file, and compares it with the scheme."""
    TOLD = "told"
    """What would be done is told; nothing is done."""
    MAKING = "making"
    """The worker makes the change set."""
    MADE = "made"
    FAILED = "failed"
    """The file cannot be read."""


class ConceptImport(Base):
    """A file that was sent in to be imported into a scheme, and what came of it."""

    __tablename__ = "concept_import"
    __proof__ = Outside.PASSING

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    """The scheme."""
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigInteger)
    object_key: Mapped[str] = mapped_column(String(200), ForeignKey("stored_object.key"), index=True)
    is_whole: Mapped[bool] = mapped_column(Boolean)
    """Whether what it does not mention is proposed for withdrawal."""
    stage: Mapped[Stage] = mapped_column(String(20))
    work_id: Mapped[str | None] = mapped_column(String(32))
    """The job that reads it or makes the change set; nothing else does while it is named."""
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    """A hash of everything that was told: nothing else is done."""
    told: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    """How many concepts have each fate, and the sums of what was read."""
    stopped: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    """The finding that says why it could not be read, or why no change set was made."""
    title: Mapped[str] = mapped_column(String(200), default="")
    """What the change set is to be called."""
    change_set_id: Mapped[str | None] = mapped_column(ForeignKey("change_set.id"), index=True)
    sent_by: Mapped[str] = mapped_column(String(32))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ImportRow(Base):
    """A concept of the file, or one that is gone, with what would become of it."""

    __tablename__ = "concept_import_row"
    __table_args__ = (Index("ix_concept_import_row_fate", "import_id", "fate", "number"),)
    __proof__ = Outside.PASSING

    import_id: Mapped[str] = mapped_column(ForeignKey("concept_import.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    fate: Mapped[str] = mapped_column(String(20))
    title_sv: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str] = mapped_column(Text)
    told: Mapped[dict[str, Any]] = mapped_column(JsonText)
    """Its name or line in the file, what changes in it, and what was found."""
