"""The legal reviewer's answers behind a decision about a table in which small numbers are hidden."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.db import Base, JsonText, UtcDateTime, new_id


class TableDecision(Base):
    """Publish or refuse, with reasons and answers. A table version is decided once."""

    __tablename__ = "table_decision"
    __table_args__ = (CheckConstraint("outcome IN ('publish', 'refuse')", name="outcome"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    table_version_id: Mapped[str] = mapped_column(ForeignKey("table_version.id"), unique=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[str] = mapped_column(String(32), index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    assessment: Mapped[dict[str, Any]] = mapped_column(JsonText)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
