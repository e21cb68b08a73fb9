"""Published tables: one row per version of a measure's table and audience, and which releases it was made from.

What is composed at once for several audiences has one number. Who reads a version, and from when, is judged by its audience
and its times (`gateway`); its state says what was decided.

A version's figures are a Parquet object with what its audience must not see left out; a region's own figures are kept
undamaged, as an object of the region's. Its content hash covers the measure version, the releases, the breaks and the figures.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from legal_checks.secrecy.assessment import Assessment
from registry import clock
from registry.columns import Base, JsonText, Recorded, RecordedList, UtcDateTime, new_id
from registry.findings import Finding
from registry.findings import Text as WrittenText
from registry.provenance import Provenance
from registry.sealed import Outside, Sealed
from submission_portal.flows.audiences import Audience
from submission_portal.followup.breaks import Break
from submission_portal.followup.hidden_cells import HiddenCell, WayToPublish
from submission_portal.followup.kept_protection import KeptProtection


class TableState(StrEnum):
    """Where a table version is in its life."""

    AWAITING_REVIEW = "awaiting_review"
    """The recipient's legal reviewer decides whether its audience may have it so."""
    PUBLISHED = "published"
    """Its audience has it, or gets it at its release time."""
    REFUSED = "refused"
    """Its audience never had it, or has it no more."""
    SUPERSEDED = "superseded"
    """A later version was composed before this one was decided, or takes its place when it ends."""


class TableAct(StrEnum):
    PUBLISH = "publish"
    REFUSE = "refuse"
    SUPERSEDE = "supersede"
    STAND = "stand"
    """The version that was to take its place was stopped before its release."""


LIFECYCLE: Mapping[tuple[TableState, TableAct], TableState] = {
    (TableState.AWAITING_REVIEW, TableAct.PUBLISH): TableState.PUBLISHED,
    (TableState.AWAITING_REVIEW, TableAct.REFUSE): TableState.REFUSED,
    (TableState.AWAITING_REVIEW, TableAct.SUPERSEDE): TableState.SUPERSEDED,
    (TableState.PUBLISHED, TableAct.SUPERSEDE): TableState.SUPERSEDED,
    (TableState.PUBLISHED, TableAct.REFUSE): TableState.REFUSED,
    (TableState.SUPERSEDED, TableAct.REFUSE): TableState.REFUSED,
    (TableState.SUPERSEDED, TableAct.STAND): TableState.PUBLISHED,
}
"""The whole state machine: anything that is not here is refused."""


class TableVersion(Base):
    """One version of a measure's published table, owned by the recipient that publishes it."""

    __tablename__ = "table_version"
    __table_args__ = (
        UniqueConstraint("measure_slug", "sequence", name="uq_table_version_measure_slug_number"),
        Index(
            "uq_table_version_number",
            "measure_slug",
            "organisation_id",
            "number",
            "audience",
            unique=True,
            sqlite_where=text("region_id IS NULL"),
            postgresql_where=text("region_id IS NULL"),
        ),
        Index("uq_table_version_region_number", "measure_slug", "number", "region_id", unique=True),
        CheckConstraint("(audience = 'own_region') = (region_id IS NOT NULL)", name="region"),
        Index("ix_table_version_state", "measure_slug", "state"),
        Index("ix_table_version_release", "audience", "release_at"),
        Index("ix_table_version_content_hash", "content_hash"),
    )
    __proof__ = Sealed(told=("measure_slug", "audience", "region_id", "number", "state", "ended_at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    measure_slug: Mapped[str] = mapped_column(String(120))
    measure_version_hash: Mapped[str] = mapped_column(String(64))
    sequence: Mapped[int] = mapped_column(Integer)
    """The order in which a measure's versions were kept, whoever they are for."""
    number: Mapped[int] = mapped_column(Integer)
    """What readers call it: the same for all audiences of one composition."""
    audience: Mapped[Audience] = mapped_column(String(20))
    region_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The region that a version for its own region is for."""
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
    """When it was decided that its audience gets it."""
    release_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """From when its audience has it: at once, or when an embargo ends."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the next version takes its place, or it was refused. May lie ahead."""
    is_main: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    """Of the series that everybody reads, the line's recipient's; not of another recipient's beside it, which has numbers of its
    own."""
    is_carried_over: Mapped[bool] = mapped_column(Boolean)
    """Open to all since before publishing was a decision; nobody decided it."""
    decided_by: Mapped[str | None] = mapped_column(String(32), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")

    @property
    def ref(self) -> str:
        return f"table:{self.id}"

    @property
    def concerned_id(self) -> str:
        """The organisation whose log tells of the version: the region whose own figures it has, or the recipient."""
        return self.region_id or self.organisation_id

    def is_current(self, on: datetime | None = None) -> bool:
        """Whether nothing has taken its place at a moment, now by default."""
        return self.ended_at is None or self.ended_at > (on or clock.now())

    @property
    def audience_label(self) -> WrittenText:
        return Audience(self.audience).label

    @property
    def awaits_its_first_decision(self) -> bool:
        """Whether it is open without that anybody has decided it, and still stands: its successor may be decided already, and
        come later."""
        is_open = self.state in (TableState.PUBLISHED, TableState.SUPERSEDED) and self.is_current()
        return self.is_carried_over and self.decided_by is None and is_open


class TableRelease(Base):
    """A release that a table version was made from. A table rests on every release that there is of it, so these are never
    loaded with it: `queries.made_from` is the condition to count and to read them by."""

    __tablename__ = "table_release"
    __proof__ = Sealed(by=("table_version_id",))

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


class HiddenEvidence(Base):
    """What a worker found of the cells that a version hides (`explaining`): for its reviewers. It holds no hidden value."""

    __tablename__ = "hidden_evidence"
    __proof__ = Outside.DERIVED

    table_version_id: Mapped[str] = mapped_column(ForeignKey("table_version.id", ondelete="CASCADE"), primary_key=True)
    pattern_hash: Mapped[str] = mapped_column(String(64))
    """Over the cells that were hidden when it was made: others, and it is made anew."""
    closest: Mapped[HiddenCell | None] = mapped_column(Recorded(HiddenCell))
    """Of the small numbers the one that a reader knows most closely."""
    ways: Mapped[list[WayToPublish]] = mapped_column(RecordedList(WayToPublish))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HiddenPeriod(Base):
    """Why each cell is hidden that a version hides in one period."""

    __tablename__ = "hidden_period"
    __proof__ = Outside.DERIVED

    table_version_id: Mapped[str] = mapped_column(
        ForeignKey("hidden_evidence.table_version_id", ondelete="CASCADE"), primary_key=True
    )
    period: Mapped[str] = mapped_column(String(20), primary_key=True)
    cells: Mapped[list[HiddenCell]] = mapped_column(RecordedList(HiddenCell))


class Stance(StrEnum):
    """What a region says of a table that is open to everybody without a decision."""

    ACCEPT = "accept"
    OBJECT = "object"


class TableStandpoint(Base):
    """What a region whose deliveries are in a table says to its being open to everybody, before the recipient decides.

    A region may say something else later: the last counts, and none is changed.
    """

    __tablename__ = "table_standpoint"
    __table_args__ = (CheckConstraint("stance IN ('accept', 'object')", name="stance"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    table_version_id: Mapped[str] = mapped_column(ForeignKey("table_version.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[str] = mapped_column(String(32), index=True)
    stance: Mapped[Stance] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    stated_at: Mapped[datetime] = mapped_column(UtcDateTime)


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
