"""Decisions on compilations that rules close, and who asked for what is closed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from legal_checks.compilations.rules import CompilationRule, rule
from legal_checks.secrecy.assessment import Assessment
from registry.columns import Base, JsonText, Recorded, UtcDateTime, new_id
from registry.findings import Text as WrittenText
from registry.period import PeriodKind
from registry.sealed import Outside
from submission_portal.flows.audiences import Audience
from submission_portal.followup.compilations.closing import Opening

STANDING = text("ended_at IS NULL")


class Outcome(StrEnum):
    """What was decided about a closed view."""

    OPEN = "open"
    KEEP_CLOSED = "keep_closed"

    @property
    def label(self) -> WrittenText:
        return OUTCOME_LABELS[self]


OUTCOME_LABELS = {
    Outcome.OPEN: WrittenText("öppnad", "opened"),
    Outcome.KEEP_CLOSED: WrittenText("förblir sluten", "kept closed"),
}


class CompilationDecision(Base):
    """One view, and what the recipient's legal reviewer decided about it.

    A view is what of a measure's figures a rule closes at one level of place and for one kind of period, to one audience. One
    decision on it stands at a time; the next takes its place. An opening names its regions, how old periods must be, and may
    end on a day. It is never changed but for its end.
    """

    __tablename__ = "compilation_decision"
    __table_args__ = (
        CheckConstraint("outcome IN ('open', 'keep_closed')", name="outcome"),
        CheckConstraint("audience IN ('recipient', 'public')", name="audience"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),
        Index(
            "uq_compilation_decision_standing",
            "organisation_id",
            "measure_slug",
            "audience",
            "rule",
            "level",
            "period_kind",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        Index("ix_compilation_decision_measure_slug", "measure_slug"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    measure_slug: Mapped[str] = mapped_column(String(120))
    audience: Mapped[Audience] = mapped_column(String(20))
    rule: Mapped[str] = mapped_column(String(60))
    level: Mapped[int] = mapped_column(Integer)
    """0: whole regions; 1 and on: places below them."""
    period_kind: Mapped[PeriodKind] = mapped_column(String(20))
    least_age: Mapped[int] = mapped_column(Integer)
    """How many days ago a period must have ended."""
    regions: Mapped[list[str]] = mapped_column(JsonText)
    """County codes; none where nothing is opened."""
    outcome: Mapped[Outcome] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    assessment: Mapped[Assessment] = mapped_column(Recorded(Assessment))
    decided_by: Mapped[str] = mapped_column(String(32), index=True)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_until: Mapped[date | None] = mapped_column(Date)
    """The last day on which it opens anything."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(String(32), index=True)
    end_reason: Mapped[str] = mapped_column(Text, default="")

    @property
    def ref(self) -> str:
        return f"compilation:{self.id}"

    @property
    def closing_rule(self) -> CompilationRule:
        return rule(self.rule)

    @property
    def opening(self) -> Opening:
        return Opening(self.rule, self.level, self.period_kind, self.least_age, frozenset(self.regions))

    def opens(self, today: date) -> bool:
        """Whether it opens anything on a day."""
        return self.outcome == Outcome.OPEN and not self.has_run_out(today) and self.ended_at is None

    def has_run_out(self, today: date) -> bool:
        return self.valid_until is not None and self.valid_until < today


class CompilationRefusal(Base):
    """That somebody asked for a closed view on a day, and by which road first. One row is one event; more say nothing new."""

    __tablename__ = "compilation_refusal"
    __proof__ = Outside.PASSING

    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    measure_slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    rule: Mapped[str] = mapped_column(String(60), primary_key=True)
    level: Mapped[int] = mapped_column(Integer, primary_key=True)
    period_kind: Mapped[PeriodKind] = mapped_column(String(20), primary_key=True)
    asked_by: Mapped[str] = mapped_column(String(32), primary_key=True)
    """A person; ``public`` for whoever is not signed in."""
    asked_on: Mapped[date] = mapped_column(Date, primary_key=True)
    road: Mapped[str] = mapped_column(String(20))
