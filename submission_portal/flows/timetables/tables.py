"""What both sides have agreed on of last days, and the steps by which regions take part."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.columns import Base, UtcDateTime, new_id
from registry.hands import Side
from registry.period import PeriodKind
from submission_portal.flows.timetables.due_days import Unit
from submission_portal.flows.timetables.participation import Step

OPEN = text("outcome IS NULL")
RULE, EXCEPTION = "rule", "exception"


class DueDateProposal(Base):
    """What one side proposed of a line's last days, and what the other side said. Never changed once it is settled.

    A rule has a formula and counts for the periods that begin on ``first_day`` or later; an exception has a last day, for the
    one period from ``first_day`` to ``last_day``. A line has one proposal that is open. The constraint says that the person who
    agrees is not the one who proposed.
    """

    __tablename__ = "due_date_proposal"
    __table_args__ = (
        CheckConstraint("side IN ('discloser', 'recipient')", name="side"),
        CheckConstraint("outcome IN ('agreed', 'declined', 'taken_back')", name="outcome"),
        CheckConstraint("outcome <> 'agreed' OR settled_by <> proposed_by", name="by_a_second"),
        CheckConstraint(
            "(kind = 'rule' AND per IS NOT NULL AND delay >= 1 AND unit IS NOT NULL AND due_day IS NULL) OR "
            "(kind = 'exception' AND last_day IS NOT NULL AND due_day IS NOT NULL AND per IS NULL)",
            name="kind",
        ),
        Index("uq_due_date_proposal_open", "line_item_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    line_item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The side's that proposed it."""
    side: Mapped[Side] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
    per: Mapped[PeriodKind | None] = mapped_column(String(20))
    delay: Mapped[int | None] = mapped_column(Integer)
    unit: Mapped[Unit | None] = mapped_column(String(20))
    is_once: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    """Of a rule: whether one day of each period is enough."""
    due_day: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[str] = mapped_column(String(32))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(20))
    settled_by: Mapped[str | None] = mapped_column(String(32))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_reason: Mapped[str] = mapped_column(Text, default="", server_default="")


class ParticipationStep(Base):
    """A region joins, pauses, resumes or leaves, from a day on: one line, or all of the pilot where no line is named. Never changed."""

    __tablename__ = "participation_step"
    __table_args__ = (CheckConstraint("step IN ('join', 'pause', 'resume', 'leave')", name="step"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The region's."""
    line_item_id: Mapped[str | None] = mapped_column(ForeignKey("item.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    """Counts the region's steps of the line, or of the pilot."""
    step: Mapped[Step] = mapped_column(String(20))
    first_day: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(String(32))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
