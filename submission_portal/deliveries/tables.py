"""Deliveries, the region's decisions to disclose them, their receipts, the counter of their numbers, and what has been answered
about exports."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from legal_checks.secrecy.assessment import Assessment as SecrecyAssessment
from registry import clock
from registry.columns import BOUNDED, Base, JsonText, Recorded, RecordedList, UtcDateTime, new_id
from registry.provenance import Provenance
from registry.sealed import Sealed
from submission_portal.deliveries.assessment.conditions import Conditions, Judged, Judgement
from submission_portal.deliveries.assessment.outcome import Assessment
from submission_portal.deliveries.content_hashes import ROWS
from submission_portal.deliveries.lifecycle import RECEIVED, STANDING, WORKING, CorrectionKind, DeliveryState
from submission_portal.deliveries.reading.kept import KeptReading
from submission_portal.deliveries.reading.layouts.content import Layout, LayoutBreak
from submission_portal.flows.channels import Channel

_STANDING = text("state IN ('sent', 'in_review', 'released')")
_STANDING_ITSELF = text(
    "state IN ('sent', 'in_review', 'released') AND (correction_kind IS NULL OR correction_kind <> 'replacement')"
)
"""A replacement may be of the same file as what it replaces, read by other answers; of each delivery there is one."""
_STANDING_ORIGINAL = text("state IN ('sent', 'in_review', 'released') AND corrects_delivery_id IS NULL")


class Delivery(Base):
    """One file on its way from a region, under one version of a flow.

    The unique indexes hold even when two people send at the same moment: the same file (and sheet of it) is received once, but for what
    replaces it as it is read by other answers; a period has one delivery that stands, and a delivery has one correction and one replacement that stand.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index(
            "uq_delivery_same_file",
            "flow_item_id",
            "file_sha256",
            "sheet",
            unique=True,
            sqlite_where=_STANDING_ITSELF,
            postgresql_where=_STANDING_ITSELF,
        ),
        Index(
            "uq_delivery_same_period",
            "flow_item_id",
            "period_first",
            "period_last",
            "part",
            unique=True,
            sqlite_where=_STANDING_ORIGINAL,
            postgresql_where=_STANDING_ORIGINAL,
        ),
        Index(
            "uq_delivery_same_correction",
            "corrects_delivery_id",
            "correction_kind",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index("ix_delivery_state", "state"),
        Index("ix_delivery_sender_reference", "organisation_id", "sender_reference"),
    )
    __proof__ = Sealed(told=("state",))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    number: Mapped[str | None] = mapped_column(String(20), unique=True)
    """``L-2026-0001``; given when it is sent."""
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    recipient_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    flow_item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    flow_version_hash: Mapped[str] = mapped_column(String(64))
    model_version_hash: Mapped[str] = mapped_column(String(64))
    provenance: Mapped[Provenance] = mapped_column(String(20), default=Provenance.OWN)
    state: Mapped[DeliveryState] = mapped_column(String(20), default=DeliveryState.DRAFT)

    file_name: Mapped[str] = mapped_column(String(260))
    file_sha256: Mapped[str] = mapped_column(String(64), index=True)
    file_size: Mapped[int] = mapped_column(BigInteger)
    file_key: Mapped[str | None] = mapped_column(ForeignKey("stored_object.key"), index=True)
    """The original file. As long as a delivery refers to an object, nobody erases it; one that ends lets go of its own."""
    sheet: Mapped[str] = mapped_column(String(120), default="")
    """The sheet of a workbook that was read; empty for a text file and where none has been settled."""
    rows_key: Mapped[str | None] = mapped_column(ForeignKey("stored_object.key"), index=True)
    """The rows as texts, as they were read: what is checked again when something is answered."""
    parquet_key: Mapped[str | None] = mapped_column(ForeignKey("stored_object.key"), index=True)
    """The typed rows, once nothing stops them."""
    cells_key: Mapped[str | None] = mapped_column(ForeignKey("stored_object.key"), index=True)
    """Every cell that something was found in (`assessment.found_cells`); empty where nothing was, and for what an earlier
    release of the registry checked."""
    missing_objects: Mapped[dict[str, str] | None] = mapped_column(JsonText)
    """Objects that it was received with and that an earlier release of the registry erased: key by column."""
    content_hash: Mapped[str | None] = mapped_column(String(64))
    """Hash over the typed rows, whatever file they came in."""
    row_count: Mapped[int] = mapped_column(Integer, default=0)

    period: Mapped[str] = mapped_column(String(40), default="")
    period_first: Mapped[date | None] = mapped_column(Date)
    period_last: Mapped[date | None] = mapped_column(Date)
    part: Mapped[str] = mapped_column(String(60), default="", server_default="")
    """The part of the period that it is, by its code, where its line is delivered in parts; empty for the whole."""
    stated_part: Mapped[str] = mapped_column(String(60), default="", server_default="")
    """The part that its sender said that it is, which its rows are held against; empty where nothing was said."""
    sender_reference: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """The sender's own name of it; several may have the same."""
    channel: Mapped[Channel] = mapped_column(String(10), default=Channel.FILE, server_default=Channel.FILE.value)
    """By which road it came."""
    layout_version_id: Mapped[str | None] = mapped_column(ForeignKey("layout_version.id"), index=True)
    """The answers about its export that its file was read by."""

    reading: Mapped[KeptReading] = mapped_column(Recorded(KeptReading), default=KeptReading)
    """How the file was read, and the findings of the reading."""
    assessment: Mapped[Assessment] = mapped_column(Recorded(Assessment), default=Assessment)
    answers: Mapped[dict[str, dict[str, str]]] = mapped_column(JsonText, default=dict)
    """What empty cells mean: ``{element: {"*": word, "17": word}}``."""
    gap_answers: Mapped[dict[str, str]] = mapped_column(JsonText, default=dict, server_default="{}")
    """Why units have no rows for periods: ``{gap key: closed, not_reported or ended}``; keys that stand for
    several are in `assessment.gaps`."""
    explanations: Mapped[dict[str, str]] = mapped_column(JsonText, default=dict)
    """Why warnings are as they should be: ``{finding key: text}``."""
    cited: Mapped[dict[str, list[str]]] = mapped_column(JsonText, default=dict, server_default="{}")
    """The kept explanations that those are made of: ``{finding key: [id]}`` (`explanations.tables`)."""

    corrects_delivery_id: Mapped[str | None] = mapped_column(ForeignKey("delivery.id"), index=True)
    correction_kind: Mapped[CorrectionKind | None] = mapped_column(String(20))

    created_by: Mapped[str] = mapped_column(String(32), index=True)
    prepared_by: Mapped[str] = mapped_column(String(32))
    """Who last read in a file, answered or explained."""
    contributors: Mapped[list[str]] = mapped_column(JsonText, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    standing_judgement: Mapped[Judgement | None] = mapped_column(Recorded(Judgement))
    """What the standing decision of its line came to when the rows were last checked; judged anew when it is sent."""
    revision: Mapped[int] = mapped_column(Integer, default=1)
    """Counts changes to what will be sent: a page that was opened before the last one is told so."""
    sent_by: Mapped[str | None] = mapped_column(String(32))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was withdrawn, or not accepted."""

    layout_version: Mapped["LayoutVersion | None"] = relationship()
    disclosures: Mapped[list["Disclosure"]] = relationship(
        back_populates="delivery",
        order_by="(Disclosure.decided_at, Disclosure.revision)",
        info={BOUNDED: "one for each revision of one delivery that the region decided on"},
    )
    receipt: Mapped["Receipt | None"] = relationship(back_populates="delivery", uselist=False)

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def is_received(self) -> bool:
        return self.number is not None or self.state in RECEIVED

    @property
    def stands(self) -> bool:
        return self.state in STANDING

    @property
    def content_hash_scheme(self) -> str | None:
        """What the hash of the rows was made by (`content_hashes`)."""
        return (self.assessment.content_hash_scheme or ROWS) if self.content_hash else None

    @property
    def disclosure(self) -> "Disclosure | None":
        """The decision on what would be sent now, or was sent."""
        return next((one for one in reversed(self.disclosures) if one.content_hash == self.content_hash), None)


class Disclosure(Base):
    """The region's decision on whether a delivery may be handed out, by its disclosing officer.

    Bound to the content that was decided on. Whoever prepared the delivery never decides, and the constraint says so.
    """

    __tablename__ = "delivery_disclosure"
    __table_args__ = (
        CheckConstraint("person_id <> prepared_by", name="not_the_preparer"),
        UniqueConstraint("delivery_id", "revision"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    revision: Mapped[int] = mapped_column(Integer)
    content_hash: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str] = mapped_column(String(32), index=True)
    prepared_by: Mapped[str] = mapped_column(String(32))
    is_granted: Mapped[bool]
    assessment: Mapped[SecrecyAssessment] = mapped_column(Recorded(SecrecyAssessment))
    """Answers to the control questions and what the rules asked (`legal_checks.secrecy.assessment`)."""
    registry_number: Mapped[str] = mapped_column(String(80), default="")
    reason: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    standing_disclosure_id: Mapped[str | None] = mapped_column(ForeignKey("standing_disclosure.id"), index=True)
    """The standing decision that it rests on; empty where the officer decided on this delivery."""
    judged: Mapped[list[Judged]] = mapped_column(RecordedList(Judged), default=list, server_default="[]")
    """Each condition of the standing decision with its value when the delivery was sent."""

    delivery: Mapped[Delivery] = relationship(back_populates="disclosures")
    standing_disclosure: Mapped["StandingDisclosure | None"] = relationship()


class StandingDisclosure(Base):
    """A region's decision that deliveries of a line may be handed out for some uses, under conditions and for a time.

    Never changed, only withdrawn. What it rests on is pinned by hashes: when the line, or one of the uses, has another version in
    force, it covers nothing more.
    """

    __tablename__ = "standing_disclosure"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="days"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_by_somebody"),
        Index("ix_standing_disclosure_line", "line_item_id", "valid_from"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    line_item_id: Mapped[str] = mapped_column(ForeignKey("item.id"))
    line_version_hash: Mapped[str] = mapped_column(String(64))
    model_version_hash: Mapped[str] = mapped_column(String(64))
    provenance: Mapped[Provenance] = mapped_column(String(20))
    """Whose figures it is about: deliveries of another provenance are outside it."""
    uses: Mapped[list[dict[str, str]]] = mapped_column(JsonText)
    """What it names: ``{"use": reference, "version": hash}``, as in a receipt."""
    conditions: Mapped[Conditions] = mapped_column(Recorded(Conditions))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date] = mapped_column(Date)
    """The last day, inclusive."""
    registry_number: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    assessment: Mapped[SecrecyAssessment] = mapped_column(Recorded(SecrecyAssessment))
    person_id: Mapped[str] = mapped_column(String(32), index=True)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    renews_id: Mapped[str | None] = mapped_column(ForeignKey("standing_disclosure.id"), index=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[str | None] = mapped_column(String(32))
    withdrawn_because: Mapped[str] = mapped_column(Text, default="", server_default="")

    @property
    def named(self) -> dict[str, str]:
        """The uses that it names: hash of the version by reference."""
        return {one["use"]: one["version"] for one in self.uses}

    @property
    def decided_on(self) -> date:
        """The Swedish day on which it was decided."""
        return clock.local(self.decided_at).date()

    def covers_day(self, on: date) -> bool:
        """Whether the day is one of its own, and it was not withdrawn."""
        return self.withdrawn_at is None and self.valid_from <= on <= self.valid_to


class DeliveryUse(Base):
    """That a delivery may be used for a use of its line: named by the region's decision to disclose it, or by the decision that
    accepted a use added later for what was delivered before.

    ``use_ref`` and ``use_version_hash`` are as in `flows.uses.standing.StandingUse`. Never removed, only ended.
    """

    __tablename__ = "delivery_use"
    __table_args__ = (
        UniqueConstraint("delivery_id", "use_ref"),
        CheckConstraint("disclosure_id IS NULL OR decision_id IS NULL", name="one_decision"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The region's, which decided it."""
    use_ref: Mapped[str] = mapped_column(String(40), index=True)
    use_version_hash: Mapped[str] = mapped_column(String(64))
    disclosure_id: Mapped[str | None] = mapped_column(ForeignKey("delivery_disclosure.id"), index=True)
    decision_id: Mapped[str | None] = mapped_column(ForeignKey("item_decision.id"), index=True)
    """The acceptance of a use that covers what was delivered before it. Both are empty for what was sent before uses were named:
    then the disclosure was for the one recipient that the line had."""
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_because: Mapped[str] = mapped_column(Text, default="", server_default="")


class Receipt(Base):
    """That a delivery was received, when, and what it was. Never changed."""

    __tablename__ = "delivery_receipt"
    __proof__ = Sealed(but_for=("event_number",))

    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    file_sha256: Mapped[str] = mapped_column(String(64))
    content_hash: Mapped[str] = mapped_column(String(64))
    chain_head: Mapped[str] = mapped_column(String(64))
    """The audit log's newest hash when it was received: proves from outside that the log was not changed since."""
    body: Mapped[dict[str, Any]] = mapped_column(JsonText)
    """The receipt as it is handed out (``receipt/1``)."""
    alg: Mapped[str | None] = mapped_column(String(20))
    kid: Mapped[str | None] = mapped_column(String(120))
    """Of no receipt: what is signed is the head of the log, which stands beside the receipt."""
    event_number: Mapped[int | None] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    """Of the event that seals it; ``None`` of a receipt from before there were seals."""

    delivery: Mapped[Delivery] = relationship(back_populates="receipt")


class NumberSeries(Base):
    """The last number given in a year. Changed only in the transaction that uses the number, so no number is skipped."""

    __tablename__ = "delivery_number_series"

    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


class ExportLayout(Base):
    """What a region has answered about the exports of one source system for one line; each change is a version."""

    __tablename__ = "layout"
    __table_args__ = (UniqueConstraint("flow_item_id", "source"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    flow_item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    source: Mapped[str] = mapped_column(String(80))
    """What the region calls the source system, or the export from it."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    versions: Mapped[list["LayoutVersion"]] = relationship(
        back_populates="layout",
        order_by="LayoutVersion.number",
        info={BOUNDED: "one for each time that somebody answered about one export; at most `MOST_VERSIONS`"},
    )

    @property
    def current(self) -> "LayoutVersion":
        return self.versions[-1]


class LayoutVersion(Base):
    """A layout as it was answered at a time. Never changed: deliveries name the version that they were read by."""

    __tablename__ = "layout_version"
    __table_args__ = (UniqueConstraint("layout_id", "number"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    layout_id: Mapped[str] = mapped_column(ForeignKey("layout.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    content: Mapped[Layout] = mapped_column(Recorded(Layout))
    content_hash: Mapped[str] = mapped_column(String(64), index=True)
    model_version_hash: Mapped[str] = mapped_column(String(64))
    """The model version that it was answered for."""
    break_kind: Mapped[LayoutBreak | None] = mapped_column(String(20))
    """What kind of break it is that an answer was changed; empty where answers only came to it."""
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Why an answer was changed."""
    created_by: Mapped[str] = mapped_column(String(32), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    layout: Mapped[ExportLayout] = relationship(back_populates="versions")
