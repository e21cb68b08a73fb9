"""Who has acted for which side of what: a person who has acted for one side of an object never acts for the other.

Roles say what somebody may do now; acts say what they have done. Somebody who decided for a region that figures may be
handed out, and then changes work, is still not who judges them for the recipient. An act is written from the event that
tells of it, in the same transaction: a package names, for each type of event, whose act it is (`Plugin.acts`).

An *object* is a reference: ``flow:<item id>``, a data flow, or ``series:<measure slug>``, the tables of a measure.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Select,
    String,
    false,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from registry.actors import SYSTEM_IDS, Actor
from registry.columns import Base, UtcDateTime, table_of
from registry.db import insert_or_ignore
from registry.errors import Refused
from registry.events import EventHandler, Happening
from registry.finding_texts import FINDINGS
from registry.findings import Finding, Text
from registry.sealed import Sealed

ONE_SIDE = text("NOT is_both_sided")


class Side(StrEnum):
    """The two that meet in an object: who discloses, and who receives."""

    DISCLOSER = "discloser"
    RECIPIENT = "recipient"

    @property
    def other(self) -> "Side":
        """
        >>> Side.DISCLOSER.other.value
        'recipient'
        """
        return Side.RECIPIENT if self is Side.DISCLOSER else Side.DISCLOSER

    @property
    def label(self) -> Text:
        return SIDE_LABELS[self]


SIDE_LABELS = {
    Side.DISCLOSER: Text("utlämnaren", "the discloser"),
    Side.RECIPIENT: Text("mottagaren", "the recipient"),
}


class Hand(Base):
    """The side that a person has acted for in an object, from their first act on. The index allows one.

    ``is_both_sided`` marks the rows of those who had acted for both sides before acts were kept: what happened stays on
    record, and they act for neither any more.
    """

    __tablename__ = "hand"
    __table_args__ = (
        CheckConstraint("side IN ('discloser', 'recipient')", name="side"),
        Index("uq_hand_one_side", "object", "person_id", unique=True, sqlite_where=ONE_SIDE, postgresql_where=ONE_SIDE),
        Index("ix_hand_person_id", "person_id"),
    )

    object: Mapped[str] = mapped_column(String(200), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    side: Mapped[Side] = mapped_column(String(20), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    is_both_sided: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class Act(Base):
    """Something that a person did for a side of an object. Never changed.

    ``organisation_id`` is whom it was done for, ``subject`` what it was done with, ``type`` the event that tells of it.
    """

    __tablename__ = "act"
    __table_args__ = (
        ForeignKeyConstraint(
            ["object", "person_id", "side"], ["hand.object", "hand.person_id", "hand.side"], name="hand"
        ),
        Index("ix_act_hand", "object", "person_id", "side"),
    )
    __proof__ = Sealed(by=("object", "person_id"))

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    object: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[str] = mapped_column(String(32))
    side: Mapped[Side] = mapped_column(String(20))
    type: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(200))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    acted_at: Mapped[datetime] = mapped_column(UtcDateTime)


_ACT = insert(table_of(Act))


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an act puts whoever did it: for which organisation, on which side, of what."""

    object: str
    side: Side
    organisation_id: str


ActOf = Callable[[Session, Happening], Stand | None]
"""Where an event puts its person; ``None`` where this one is nobody's act for a side."""


def keeping(act_of: ActOf) -> EventHandler:
    """The handler that keeps the acts of a type of event."""

    def keep(session: Session, happening: Happening) -> None:
        if happening.person_id is None or happening.person_id in SYSTEM_IDS:
            return
        stand = act_of(session, happening)
        if stand is not None:
            _keep(session, happening, happening.person_id, stand)

    return keep


def acted_for(session: Session, actor: Actor, side: Side, objects: Collection[str] | Select[Any]) -> frozenset[str]:
    """Those of some objects (references, or a statement for them) that ``actor`` has acted for a side of; one statement.
    The registry itself stands for nobody."""
    if actor.person_id is None or actor.is_system:
        return frozenset()
    taken = select(Hand.object).where(Hand.person_id == actor.person_id, Hand.side == side, Hand.object.in_(objects))
    return frozenset(session.scalars(taken))


def objection(session: Session, actor: Actor, side: Side, *objects: str) -> Finding | None:
    """What forbids ``actor`` to act for a side of these objects: that they have acted for the other side of one.

    Asked by pages and services to say so in time; `keeping` and the constraint hold it in any case.
    """
    return _finding(side) if acted_for(session, actor, side.other, objects) else None


def require(session: Session, actor: Actor, side: Side, *objects: str) -> None:
    """See that ``actor`` has not acted for the other side of these objects. Raises `Refused`."""
    if (finding := objection(session, actor, side, *objects)) is not None:
        raise Refused(finding)


def _keep(session: Session, happening: Happening, person_id: str, stand: Stand) -> None:
    """Take the hand, and write the act. Two who take both sides of an object in the same moment (one person, twice): the
    second waits for the first, and is refused."""
    insert_or_ignore(
        session,
        Hand,
        object=stand.object,
        person_id=person_id,
        side=stand.side,
        since=happening.recorded_at,
        is_both_sided=False,
    )
    sides = session.scalars(select(Hand.side).where(Hand.object == stand.object, Hand.person_id == person_id)).all()
    if set(sides) != {stand.side}:
        raise Refused(_finding(stand.side))
    session.execute(
        _ACT,
        {
            "object": stand.object,
            "person_id": person_id,
            "side": stand.side,
            "type": happening.type,
            "subject": happening.subject,
            "organisation_id": stand.organisation_id,
            "acted_at": happening.recorded_at,
        },
    )


def _finding(side: Side) -> Finding:
    return FINDINGS.found("HAND-001", {"side": side.label, "other": side.other.label})
