"""What both sides say to each other about a delivery."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, UtcDateTime, new_id


class DeliveryComment(Base):
    """A remark on a delivery that was received, or on one of its findings. Both sides read it; it is never changed or removed.

    ``organisation_id`` is whose people wrote it, ``about`` the key of the finding, empty for the delivery as a whole.
    """

    __tablename__ = "delivery_comment"
    __table_args__ = (Index("ix_delivery_comment_delivery", "delivery_id", "written_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    about: Mapped[str] = mapped_column(String(200), default="", server_default="")
    text: Mapped[str] = mapped_column(Text)
    person_id: Mapped[str] = mapped_column(String(32))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
