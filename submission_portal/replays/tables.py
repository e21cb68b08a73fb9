"""What the checks of a proposed version of a model or a code list say of what was really delivered."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, JsonText, UtcDateTime
from registry.sealed import Outside


class VersionReplay(Base):
    """The last replay of a version: who asked for it, of which content, and what came out. No cell is in it."""

    __tablename__ = "version_replay"
    __proof__ = Outside.DERIVED

    version_id: Mapped[str] = mapped_column(ForeignKey("item_version.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    work_id: Mapped[str | None] = mapped_column(String(32))
    """The job that does it now."""
    asked_by: Mapped[str] = mapped_column(String(32))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replayed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    content_hash: Mapped[str | None] = mapped_column(String(64))
    """The content that was tried; the draft may say something else since."""
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    """`outcomes.Outcome` as it is stored."""
