"""What is kept about flows beside their versions: the answers behind approvals, and what newer versions meant for them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from legal_checks.secrecy.assessment import Assessment
from registry.columns import Base, Recorded, UtcDateTime, new_id
from registry.hands import Side
from submission_portal.flows.standing import Consequence

LASTING = text("resumed_at IS NULL")


class FlowSuspension(Base):
    """One side has suspended a flow: it takes no deliveries until that side resumes it. Each side has one that lasts.

    One person suspends, at once; the constraint says that another one resumes.
    """

    __tablename__ = "flow_suspension"
    __table_args__ = (
        CheckConstraint("side IN ('discloser', 'recipient')", name="side"),
        CheckConstraint("resumed_by <> suspended_by", name="resumed_by_another"),
        Index(
            "uq_flow_suspension_lasting", "item_id", "side", unique=True, sqlite_where=LASTING, postgresql_where=LASTING
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    side: Mapped[Side] = mapped_column(String(20))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The organisation that it was done for: the discloser, or the recipient."""
    reason: Mapped[str] = mapped_column(Text)
    suspended_by: Mapped[str] = mapped_column(String(32))
    suspended_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resumed_by: Mapped[str | None] = mapped_column(String(32))
    resumed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resume_reason: Mapped[str] = mapped_column(Text, default="")


class FlowAssessment(Base):
    """The recipient's legal reviewer's answers to the control questions; no legal approval is recorded without one."""

    __tablename__ = "flow_assessment"
    __table_args__ = (UniqueConstraint("version_id", "round"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    version_id: Mapped[str] = mapped_column(ForeignKey("item_version.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    round: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[str] = mapped_column(String(32), index=True)
    assessment: Mapped[Assessment] = mapped_column(Recorded(Assessment))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FlowStanding(Base):
    """What a successor, or a withdrawal, meant for a published flow version that rests on what it takes away. One row each.

    ``settled_at`` is set when a new version of the flow is published: whoever approved it saw what had changed.
    """

    __tablename__ = "flow_standing"
    __table_args__ = (
        UniqueConstraint("flow_version_id", "successor_hash"),
        CheckConstraint("consequence IN ('carried_over', 'reconfirm')", name="consequence"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    flow_version_id: Mapped[str] = mapped_column(ForeignKey("item_version.id"), index=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    consequence: Mapped[Consequence] = mapped_column(String(20))
    superseded_hash: Mapped[str] = mapped_column(String(64))
    """The version that the flow rests on."""
    successor_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    """The version that took its place; ``None`` where it was withdrawn."""
    applies_from: Mapped[date | None] = mapped_column(Date)
    """The successor's first day (``None`` where nobody knows it), or the day of the withdrawal."""
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_hash: Mapped[str | None] = mapped_column(String(64))

    @property
    def is_withdrawal(self) -> bool:
        return self.successor_hash is None
