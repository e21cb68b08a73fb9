"""The last check of a whole scheme, and everything that it found."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, JsonText, UtcDateTime
from registry.sealed import Outside


class SchemeCheck(Base):
    """When a scheme was checked as a whole, and how often each check found something."""

    __tablename__ = "scheme_check"
    __proof__ = Outside.DERIVED

    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    work_id: Mapped[str | None] = mapped_column(String(32))
    """The job that checks it now."""
    asked_by: Mapped[str] = mapped_column(String(32))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counts: Mapped[dict[str, int] | None] = mapped_column(JsonText)
    """How much there was to check."""
    found: Mapped[list[list[Any]] | None] = mapped_column(JsonText)
    """Each check that ran: its code, and how often it found something."""


class SchemeCheckFinding(Base):
    """Something that the check found."""

    __tablename__ = "scheme_check_finding"
    __table_args__ = (Index("ix_scheme_check_finding_code", "item_id", "code", "number"),)
    __proof__ = Outside.DERIVED

    item_id: Mapped[str] = mapped_column(ForeignKey("scheme_check.item_id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    finding: Mapped[dict[str, Any]] = mapped_column(JsonText)
