"""Answers that are kept so that a request which is sent again is not carried out again."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, JsonText, UtcDateTime
from registry.sealed import Outside


class KeptAnswer(Base):
    """The answer to a request with an ``Idempotency-Key``; without a status as long as it is under way."""

    __tablename__ = "kept_answer"
    __proof__ = Outside.PASSING

    client_id: Mapped[str] = mapped_column(ForeignKey("machine_client.id"), primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    fingerprint: Mapped[str] = mapped_column(String(64))
    """Hash over method, address, type and content."""
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    status: Mapped[int | None] = mapped_column(Integer)
    headers: Mapped[dict[str, str] | None] = mapped_column(JsonText)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
