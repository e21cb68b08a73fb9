"""Published tables: one row per version of a measure's table, and which releases it was made from.

A version's figures are a Parquet object with hidden values left out; nothing that readers must not see is kept anywhere
but in the releases themselves. Its content hash covers the measure version, the releases, the breaks and the figures.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from legal_checks.secrecy.assessment import Assessment
from registry.columns import Base, JsonText, Recorded, RecordedList, UtcDateTime, new_id
from registry.findings import Finding
from registry.provenance import Provenance
from submission_portal.followup.breaks import Break
from submission_portal.followup.kept_protection import KeptProtection


class TableState(StrEnum):
    """Where a table version is in its life."""

    AWAITING_REVIEW = "awaiting_review"
    """Something in it is hidden; the recipient's legal reviewer decides whether it may be published so."""
    PUBLISHED = "published"
    REFUSED = "refused"
    SUPERSEDED = "superseded"
    """A later version was composed before this one was decided, or published after it."""


class TableAct(StrEnum):
    PUBLISH = "publish"
    REFUSE = "refuse"
    SUPERSEDE = "supersede"


LIFECYCLE: Mapping[tuple[TableState, TableAct], TableState] = {
    (TableState.AWAITING_REVIEW, TableAct.PUBLISH): TableState.PUBLISHED,
    (TableState.AWAITING_REVIEW, TableAct.REFUSE): TableState.REFUSED,
    (TableState.AWAITING_REVIEW, TableAct.SUPERSEDE): TableState.SUPERSEDED,
    (TableState.PUBLISHED, TableAct.SUPERSEDE): TableState.SUPERSEDED,
}
"""The whole state machine: anything that is not here is refused."""


class TableVersion(Base):
    """One version of a measure's published table, owned by the recipient that publishes it."""

    __tablename__ = "table_version"
    __table_args__ = (
        UniqueConstraint("measure_slug", "number"),
        Index("ix_table_version_state", "measure_slug", "state"),
        Index("ix_table_version_content_hash", "content_hash"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    measure_slug: Mapped[str] = mapped_column(String(120))
    measure_version_hash: Mapped[str] = mapped_column(String(64))
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[TableState] = mapped_column(String(20))
    basis_hash: Mapped[str] = mapped_column(String(64))
    """What it was composed from (measure version, releases, application statements): the same basis, the same table."""
    content_hash: Mapped[str] = mapped_column(String(64))
    parquet_key: Mapped[str | None] = mapped_column(ForeignKey("stored_object.key"), index=True)
    missing_objects: Mapped[dict[str, str] | None] = mapped_column(JsonText)
    """As `Delivery.missing_objects`."""
    figures: Mapped[int] = mapped_column(Integer)
    hidden: Mapped[int] = mapped_column(Integer)
    breaks: Mapped[list[Break]] = mapped_column(RecordedList(Break))
    findings: Mapped[list[Finding]] = mapped_column(RecordedList(Finding))
    protection: Mapped[KeptProtection] = mapped_column(Recorded(KeptProtection), deferred=True)
    """For reviewers only. Read when it is asked for, since it grows with what is hidden and no page for readers has a use
    for it."""
    provenance: Mapped[Provenance] = mapped_column(String(20))
    """``own``, ``reproduced`` or ``made_up``: the weakest of what it was made from."""
    composed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(32), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")

    @property
    def ref(self) -> str:
        return f"table:{self.id}"


class TableRelease(Base):
    """A release that a table version was made from. A table rests on every release that there is of it, so these are never
    loaded with it: `queries.made_from` is the condition to count and to read them by."""

    __tablename__ = "table_release"

    table_version_id: Mapped[str] = mapped_column(ForeignKey("table_version.id"), primary_key=True)
    release_id: Mapped[str] = mapped_column(ForeignKey("release.id"), primary_key=True, index=True)


class TableDecision(Base):
    """Publish or refuse, with reasons and the legal reviewer's answers. A table version is decided once."""

    __tablename__ = "table_decision"
    __table_args__ = (CheckConstraint("outcome IN ('publish', 'refuse')", name="outcome"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    table_version_id: Mapped[str] = mapped_column(ForeignKey("table_version.id"), unique=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[str] = mapped_column(String(32), index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    assessment: Mapped[Assessment] = mapped_column(Recorded(Assessment))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SourceChange(Base):
    """A region's own declaration that a measure comes from another system, or is measured another way, from a day on.

    It breaks the region's series with the cause *source*. Withdrawn when it was wrong; never changed.
    """

    __tablename__ = "source_change"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    measure_slug: Mapped[str] = mapped_column(String(120), index=True)
    changed_on: Mapped[date] = mapped_column(Date)
    note_sv: Mapped[str] = mapped_column(Text)
    note_en: Mapped[str] = mapped_column(Text)
    declared_by: Mapped[str] = mapped_column(String(32))
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
