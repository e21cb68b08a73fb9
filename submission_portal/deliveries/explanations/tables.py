"""Explanations that a person has kept, so that they can be used again for the same rule and unit."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, UtcDateTime, new_id

_IN_FORCE = text("ended_at IS NULL")


class KeptExplanation(Base):
    """Why a rule's warning about one unit is as it should be, in one line, in the words of whoever explained it.

    Offered where the rule warns of the unit again, and never applied by itself. Another text for the same rule and unit takes its
    place; what deliveries cited stays as it was.
    """

    __tablename__ = "kept_explanation"
    __table_args__ = (
        Index(
            "uq_kept_explanation_in_force",
            "flow_item_id",
            "rule",
            "element",
            "unit",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    flow_item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    rule: Mapped[str] = mapped_column(String(200))
    """As in `assessment.identity.Identity`, with the next two."""
    element: Mapped[str] = mapped_column(String(80))
    unit: Mapped[str] = mapped_column(String(600))
    period: Mapped[str] = mapped_column(String(40))
    """The period of the delivery that it was given for, by its stored name."""
    text: Mapped[str] = mapped_column(Text)
    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"), index=True)
    person_id: Mapped[str] = mapped_column(String(32), index=True)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(String(32))

    def counts_for(self, period: str) -> bool:
        """Whether it is still in force and was given for a period, by its stored name: what a standing decision asks of it."""
        return self.ended_at is None and self.period == period
