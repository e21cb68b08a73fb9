"""What a region answers before it is said that its figures are not comparable."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, UtcDateTime, new_id


class ComparabilityAnswer(Base):
    """A region's answer on a difference between a statement of its own and another one. It is given once and does not change."""

    __tablename__ = "comparability_answer"
    __table_args__ = (UniqueConstraint("version_id", "other_version_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("item_version.id"))
    """The region's own statement."""
    other_version_id: Mapped[str] = mapped_column(ForeignKey("item_version.id"), index=True)
    """The statement that it differs from: another region's, or its own of another time."""
    text: Mapped[str] = mapped_column(Text)
    person_id: Mapped[str] = mapped_column(String(32))
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
