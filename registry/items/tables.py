"""Administered items, their immutable versions, and what people said and decided about them."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.columns import BOUNDED, Base, JsonText, UtcDateTime, new_id
from registry.content.canonical import parse
from registry.items.lifecycle import BEING_WRITTEN, OPEN, Change, Outcome, State, WithdrawalOutcome
from registry.sealed import Outside, Sealed

ALONE = text("change_set_id IS NULL AND state IN ('draft', 'returned', 'in_review', 'decided')")
IN_A_SET = text("state <> 'withdrawn'")
NOT_TAKEN_BACK = text("outcome IS NULL OR outcome <> 'taken_back'")


class Item(Base):
    """Something that is agreed on, and that has versions: a concept, a model, a flow …"""

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("kind", "slug"),)
    __proof__ = Sealed(but_for=("address",))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(30))
    slug: Mapped[str] = mapped_column(String(120))
    address: Mapped[str | None] = mapped_column(String(160))
    """What the address of its page ends with, where its kind keeps something else for that than the key."""
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ChangeSet(Base):
    """Versions and withdrawals of several items that are sent to review, decided and published together, or not at all."""

    __tablename__ = "change_set"
    __table_args__ = (Index("ix_change_set_state", "state"),)
    __proof__ = Sealed(but_for=("examination", "work_id", "stopped"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[State] = mapped_column(String(20))
    author_id: Mapped[str] = mapped_column(String(32), index=True)
    is_imported: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether an import made it: it may be larger, and is checked by the worker."""
    round: Mapped[int] = mapped_column(Integer, default=0)
    """How often it was sent to review."""
    manifest: Mapped[str | None] = mapped_column(Text, deferred=True)
    """What is decided, as it was sent to review (`registry.items.manifests`)."""
    manifest_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    examination: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    """Of what the last check of the whole was (``fingerprint``), and how much it found (`registry.items.change_sets.examining`)."""
    work_id: Mapped[str | None] = mapped_column(String(32))
    """The job that checks a large set or takes an act on it: the set is its own until it has let go of it."""
    stopped: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    """The finding that stopped the last act that a job was asked to take."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def ref(self) -> str:
        return f"change-set:{self.id}"

    @property
    def mark(self) -> str:
        """What somebody has before them who changes its name or reasons; another mark means that one of them was changed."""
        return sha256(f"{self.title}\0{self.reason}".encode()).hexdigest()

    @property
    def is_being_written(self) -> bool:
        return self.state in BEING_WRITTEN

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class ChangeSetFinding(Base):
    """Something that the last check of a change set found: of one item, or of the set as a whole."""

    __tablename__ = "change_set_finding"
    __table_args__ = (Index("ix_change_set_finding_item", "change_set_id", "item_id"),)
    __proof__ = Outside.DERIVED

    change_set_id: Mapped[str] = mapped_column(ForeignKey("change_set.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    item_id: Mapped[str | None] = mapped_column(ForeignKey("item.id"))
    is_error: Mapped[bool] = mapped_column(Boolean)
    finding: Mapped[dict[str, Any]] = mapped_column(JsonText)


class ChangeSetContribution(Base):
    """Somebody had a hand in a change set: made it, put something in or took it out, or sent it. They do not decide on it."""

    __tablename__ = "change_set_contribution"

    change_set_id: Mapped[str] = mapped_column(ForeignKey("change_set.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class Version(Base):
    """One version of an item. From the moment it is submitted its content never changes."""

    __tablename__ = "item_version"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        Index("ix_item_version_content_hash", "content_hash"),
        Index("ix_item_version_state", "state"),
        # One version of an item is worked on by itself at a time, and one in each change set.
        Index("uq_item_version_open", "item_id", unique=True, sqlite_where=ALONE, postgresql_where=ALONE),
        Index(
            "uq_item_version_in_set",
            "change_set_id",
            "item_id",
            unique=True,
            sqlite_where=IN_A_SET,
            postgresql_where=IN_A_SET,
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[State] = mapped_column(String(20))
    content_text: Mapped[str] = mapped_column("content", Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    change: Mapped[Change | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    valid_from: Mapped[date | None] = mapped_column(Date)
    """From when the version applies (the measured world), set on publication."""
    valid_to: Mapped[date | None] = mapped_column(Date)
    transition_until: Mapped[date | None] = mapped_column(Date)
    """By when what rests on the version before it ought to rest on this one, where its meaning is another; a wish, which stops nothing."""
    overruling: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Why it is editorial though more was computed (`ItemKind.graver`); empty where nothing more was."""
    author_id: Mapped[str] = mapped_column(String(32), index=True)
    base_hash: Mapped[str | None] = mapped_column(String(64))
    """The published version that this one was begun from, by its hash; ``None`` where there was none."""
    change_set_id: Mapped[str | None] = mapped_column(ForeignKey("change_set.id"), index=True)
    """The change set that it goes with. One that was taken out or begun anew keeps it, and is withdrawn."""
    round: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    """How often it was sent to review: which of its decisions are those of the review it is in, or was in last."""
    deciding_organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The other side, where one decides: its reviewers see the version from when it was submitted, nobody else's do."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    item: Mapped[Item] = relationship(lazy="joined")
    decisions: Mapped[list["Decision"]] = relationship(
        back_populates="version",
        order_by="Decision.decided_at",
        info={BOUNDED: "one for each aspect and side in each round of review"},
    )

    @property
    def content(self) -> dict[str, Any]:
        """The content as plain values. A fresh copy each time: change it and nothing happens to the version."""
        parsed: dict[str, Any] = parse(self.content_text)
        return parsed

    @property
    def ref(self) -> str:
        return f"version:{self.content_hash}"

    @property
    def item_kind(self) -> str:
        return self.item.kind

    @property
    def is_being_written(self) -> bool:
        """Whether its author goes on with it: it was not sent to review yet, or was returned."""
        return self.state in BEING_WRITTEN

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def mark(self) -> str:
        """What somebody has before them who begins to write from here: the content, and of a draft the reasons too, since
        both are in its form. Another mark means that one of them was changed."""
        if not self.is_being_written or not self.reason:
            return self.content_hash
        return f"{self.content_hash}.{sha256(self.reason.encode()).hexdigest()[:16]}"

    @property
    def changes_meaning(self) -> bool:
        """Whether what rests on the item needs a new decision, in the judgement of whoever sent it."""
        return self.change is not None and Change(self.change).is_of_meaning

    def has_begun(self, on: date) -> bool:
        """Whether the version's first day has come; one whose first day nobody knows has begun long ago."""
        return self.valid_from is None or self.valid_from <= on

    def is_in_force(self, on: date) -> bool:
        """Whether it applies on the day ``on``. The state tells what was decided, the days when it applies: a version
        whose successor is published already goes on until the day before the successor's first."""
        return self.has_begun(on) and self._is_left(on)

    def is_coming(self, on: date) -> bool:
        """Whether it is published and its first day is still to come."""
        return not self.has_begun(on) and self._is_left(on)

    def _is_left(self, on: date) -> bool:
        if self.state == State.SUPERSEDED:
            return self.valid_to is not None and self.valid_to >= on
        return self.state == State.PUBLISHED


class Decision(Base):
    """What somebody decided about a version in review, for one side and one aspect.

    The constraints are the separation of duties: nobody decides on their own version, nobody decides twice, and each
    aspect of a side is decided once per round of review.
    """

    __tablename__ = "item_decision"
    __table_args__ = (
        CheckConstraint("person_id <> author_id", name="not_the_author"),
        UniqueConstraint("version_id", "round", "side", "aspect"),
        UniqueConstraint("version_id", "round", "person_id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    version_id: Mapped[str] = mapped_column(ForeignKey("item_version.id"), index=True)
    round: Mapped[int] = mapped_column(Integer, default=1)
    side: Mapped[str] = mapped_column(String(20))
    aspect: Mapped[str] = mapped_column(String(30))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[str] = mapped_column(String(32), index=True)
    author_id: Mapped[str] = mapped_column(String(32))
    outcome: Mapped[Outcome] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)

    version: Mapped[Version] = relationship(back_populates="decisions")


class Contribution(Base):
    """Somebody had a hand in a version: wrote, revised or submitted it. They do not decide on it."""

    __tablename__ = "item_contribution"

    version_id: Mapped[str] = mapped_column(ForeignKey("item_version.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class Withdrawal(Base):
    """A proposal to withdraw a published version, and what came of it.

    The constraints are the separation of duties: whoever proposed does not decide, and one proposal is open at a time.
    ``decided_by`` stays empty where the proposer took it back, and where the kind lets the author's side withdraw alone.
    """

    __tablename__ = "item_withdrawal"
    __table_args__ = (
        CheckConstraint("decided_by <> proposed_by", name="not_the_proposer"),
        CheckConstraint("outcome IN ('withdrawn', 'kept', 'taken_back')", name="outcome"),
        UniqueConstraint("version_id", "round"),
        Index(
            "uq_item_withdrawal_in_set",
            "change_set_id",
            "version_id",
            unique=True,
            sqlite_where=NOT_TAKEN_BACK,
            postgresql_where=NOT_TAKEN_BACK,
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    version_id: Mapped[str] = mapped_column(ForeignKey("item_version.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    round: Mapped[int] = mapped_column(Integer)
    """One more than the proposals on this version that were settled before."""
    reason: Mapped[str] = mapped_column(Text)
    change_set_id: Mapped[str | None] = mapped_column(ForeignKey("change_set.id"), index=True)
    """The change set with which it is decided, where it is not decided by itself."""
    base_hash: Mapped[str | None] = mapped_column(String(64))
    """The version that was in force when it was proposed in a change set, by its hash."""
    replaced_by_id: Mapped[str | None] = mapped_column(ForeignKey("item.id"))
    """Another item of the same kind that is to be used instead, where there is one."""
    proposed_by: Mapped[str] = mapped_column(String(32), index=True)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[WithdrawalOutcome | None] = mapped_column(String(20))
    decided_by: Mapped[str | None] = mapped_column(String(32))
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    version: Mapped[Version] = relationship(lazy="joined")
    replaced_by: Mapped[Item | None] = relationship(lazy="joined")


class Comment(Base):
    """A remark on a version, kept with it."""

    __tablename__ = "item_comment"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    version_id: Mapped[str] = mapped_column(ForeignKey("item_version.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
