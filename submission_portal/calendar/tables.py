"""What people were reminded of."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, UtcDateTime, new_id
from registry.sealed import Outside


class DueReminder(Base):
    """That a period of a line was reminded of: once as due soon, and once as missing, however often the worker looks."""

    __tablename__ = "due_reminder"
    __table_args__ = (
        UniqueConstraint("line_item_id", "period_first", "period_last", "kind"),
        CheckConstraint("kind IN ('due_soon', 'missing')", name="kind"),
    )
    __proof__ = Outside.PASSING

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The region's."""
    line_item_id: Mapped[str] = mapped_column(ForeignKey("item.id"))
    period_first: Mapped[date] = mapped_column(Date)
    period_last: Mapped[date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(String(10))
    reminded_at: Mapped[datetime] = mapped_column(UtcDateTime)
