"""Deliveries, the region's decisions to disclose them, their receipts, and the counter of their numbers."""

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
from registry.columns import BOUNDED, Base, JsonText, Recorded, UtcDateTime, new_id
from registry.provenance import Provenance
from submission_portal.deliveries.assessment.outcome import Assessment
from submission_portal.deliveries.content_hashes import ROWS
from submission_portal.deliveries.lifecycle import RECEIVED, STANDING, WORKING, CorrectionKind, DeliveryState
from submission_portal.deliveries.reading.kept import KeptReading

_STANDING = text("state IN ('sent', 'in_review', 'released')")
_STANDING_ORIGINAL = text("state IN ('sent', 'in_review', 'released') AND corrects_delivery_id IS NULL")


class Delivery(Base):
    """One file on its way from a region, under one version of a flow.

    The unique indexes hold even when two people send at the same moment: the same file (and sheet of it) is received once, a period has
    one delivery that stands, and a delivery has one correction and one replacement that stand.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index(
            "uq_delivery_same_file",
            "flow_item_id",
            "file_sha256",
            "sheet",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index(
            "uq_delivery_same_period",
            "flow_item_id",
            "period_first",
            "period_last",
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
    )

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
    missing_objects: Mapped[dict[str, str] | None] = mapped_column(JsonText)
    """Objects that it was received with and that an earlier release of the registry erased: key by column."""
    content_hash: Mapped[str | None] = mapped_column(String(64))
    """Hash over the typed rows, whatever file they came in."""
    row_count: Mapped[int] = mapped_column(Integer, default=0)

    period: Mapped[str] = mapped_column(String(40), default="")
    period_first: Mapped[date | None] = mapped_column(Date)
    period_last: Mapped[date | None] = mapped_column(Date)

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

    corrects_delivery_id: Mapped[str | None] = mapped_column(ForeignKey("delivery.id"), index=True)
    correction_kind: Mapped[CorrectionKind | None] = mapped_column(String(20))

    created_by: Mapped[str] = mapped_column(String(32), index=True)
    prepared_by: Mapped[str] = mapped_column(String(32))
    """Who last read in a file, answered or explained."""
    contributors: Mapped[list[str]] = mapped_column(JsonText, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(Integer, default=1)
    """Counts changes to what will be sent: a page that was opened before the last one is told so."""
    sent_by: Mapped[str | None] = mapped_column(String(32))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was withdrawn, or not accepted."""

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

    delivery: Mapped[Delivery] = relationship(back_populates="disclosures")


class Receipt(Base):
    """That a delivery was received, when, and what it was. Never changed."""

    __tablename__ = "delivery_receipt"

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
    """Algorithm and key of the signature; empty until receipts are signed."""

    delivery: Mapped[Delivery] = relationship(back_populates="receipt")


class NumberSeries(Base):
    """The last number given in a year. Changed only in the transaction that uses the number, so no number is skipped."""

    __tablename__ = "delivery_number_series"

    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)
