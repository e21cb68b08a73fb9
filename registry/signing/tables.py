"""The keys that this instance signs with: their public halves."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, UtcDateTime


class SigningKey(Base):
    """A public key (Ed25519, base64url) by its thumbprint. Its private half is a file of the instance's (`private_files`); it is kept
    no longer than it is signed with, and the public half for ever."""

    __tablename__ = "signing_key"
    __table_args__ = (Index("ix_signing_key_made_at", "made_at"),)

    kid: Mapped[str] = mapped_column(String(43), primary_key=True)
    x: Mapped[str] = mapped_column(String(43))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
