"""The audit log: every change is an event, and every event carries the hash of the one before.

An event says what happened (past tense), to what, by whom (an opaque person id), when, with ids and codes as data:
never a payload, never a name. Events are collected while a transaction runs and written as its last step, under a
lock, so that the chain cannot fork. Every receipt carries the chain's head, so that tampering can be shown from
outside: `verify` finds a changed, removed or inserted event, and a head that the chain does not contain.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import structlog
from flask import current_app
from sqlalchemy import BigInteger, Index, Integer, String, func, insert, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from registry import clock
from registry.actors import Actor
from registry.columns import Base, JsonText, UtcDateTime, table_of
from registry.content.canonical import ContentError, canonical, content_hash

GENESIS = "0" * 64
SCHEMA = "event/1"
LATEST = "latest_event_at"
"""Key in a session's info, for the length of a transaction."""
NOTICED = timedelta(seconds=5)
"""A clock that is further behind than this is logged; less is what clocks of several machines differ by."""
log = structlog.get_logger("registry.events")
_LOCK = 0x5EC1  # any number, the same everywhere: PostgreSQL's advisory lock for the chain


class Event(Base):
    """One link of the chain. ``hash`` covers every other column."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_subject", "subject"),)

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    type: Mapped[str] = mapped_column(String(80), index=True)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    person_id: Mapped[str | None] = mapped_column(String(32), index=True)
    organisation_id: Mapped[str | None] = mapped_column(String(32), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    data: Mapped[dict[str, Any]] = mapped_column(JsonText)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


_TIP = select(Event.number, Event.hash, Event.recorded_at).order_by(Event.number.desc()).limit(1)
"""The newest link. Statements that every change asks are made once: to say one anew takes longer than to carry it out."""
_LINK = insert(table_of(Event))


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that is on its way into the chain."""

    type: str
    recorded_at: datetime
    person_id: str | None
    organisation_id: str | None
    subject: str
    data: Mapping[str, Any]


EventHandler = Callable[[Session, Happening], None]


def record(
    session: Session,
    type: str,
    *,
    actor: Actor,
    now: datetime,
    subject: str,
    organisation_id: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> Happening:
    """Put an event into the running transaction, and run its handlers in it.

    ``type`` is past tense (``DeliverySent``); ``subject`` is a reference such as ``delivery:<id>``; ``data`` holds ids
    and codes only. Raises ``RuntimeError`` outside a transaction: an event that could get lost must not be recorded.
    Where the clock was set back, the event has the moment of the newest one before it.
    """
    if not session.info.get("writing"):
        raise RuntimeError(f"{type} was recorded outside a transaction")
    happening = Happening(type, not_before(session, now), actor.person_id, organisation_id, subject, dict(data or {}))
    session.info.setdefault("happenings", []).append(happening)
    for handler in _handlers().get(type, ()):
        handler(session, happening)
    return happening


def not_before(session: Session, now: datetime, *, anew: bool = False) -> datetime:
    """``now``, or the moment of the newest event where the clock has been set back behind it: time never runs backwards.

    Asked of the database once in a transaction, or ``anew``: once a lock is held that orders what comes after.
    """
    if anew or LATEST not in session.info:
        session.info[LATEST] = latest = last_moment(session)
        # What took long has an old ``now``, and others went on meanwhile: only the clock itself says that it was set back.
        if latest is not None and (behind := latest - max(now, clock.now())) > NOTICED:
            log.warning("clock_was_set_back", seconds=behind.total_seconds())
    latest = session.info[LATEST]
    return now if latest is None or latest <= now else latest


def last_moment(session: Session) -> datetime | None:
    """When the newest event was recorded; ``None`` before the first."""
    tip = session.execute(_TIP).first()
    return tip.recorded_at if tip else None


def close_chain(session: Session) -> None:
    """Write the transaction's events as the next links. Called by `db.transaction` just before it commits."""
    happenings: list[Happening] = session.info.pop("happenings", [])
    if not happenings:
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    tip = session.execute(_TIP).first()  # others may have closed the chain since these were recorded
    number, previous, latest = tip or (0, GENESIS, None)
    rows = []
    for happening in happenings:
        number += 1
        latest = happening.recorded_at if latest is None else max(latest, happening.recorded_at)
        row = {
            "number": number,
            "type": happening.type,
            "recorded_at": latest,
            "person_id": happening.person_id,
            "organisation_id": happening.organisation_id,
            "subject": happening.subject,
            "data": dict(happening.data),
            "previous": previous,
        }
        previous = row["hash"] = link_hash(row)
        rows.append(row)
    session.execute(_LINK, rows)


def forget(session: Session) -> None:
    """Drop events of a transaction that was rolled back."""
    session.info.pop("happenings", None)
    session.info.pop(LATEST, None)


def head(session: Session) -> str:
    """The hash of the newest link as committed (``GENESIS`` where there is none)."""
    tip = session.execute(_TIP).first()
    return tip.hash if tip else GENESIS


def newest(session: Session, types: Sequence[str]) -> str:
    """The hash of the newest committed link of some types (``GENESIS`` where there is none)."""
    numbers = [select(func.max(Event.number)).where(Event.type == one).scalar_subquery() for one in types]
    found = session.scalar(select(Event.hash).where(Event.number.in_(numbers)).order_by(Event.number.desc()).limit(1))
    return found or GENESIS


def link_hash(row: Mapping[str, Any]) -> str:
    """The hash of one link over its canonical content.

    ``row`` has the columns of `Event` but for ``hash``; the moment is written as ISO 8601 in UTC.
    """
    fields = {
        name: row[name] for name in ("number", "type", "person_id", "organisation_id", "subject", "data", "previous")
    }
    fields["recorded_at"] = row["recorded_at"].isoformat(timespec="microseconds")
    fields["content_schema"] = SCHEMA
    return content_hash(canonical(fields))


class Flaw(StrEnum):
    """Why a link does not hold; the values are what machines are told."""

    MISSING = "a link is missing before this one"
    OUT_OF_ORDER = "it does not follow the link before it"
    CHANGED = "its content was changed"


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` saw. ``broken_at`` is the number of the first link that does not hold; ``reason`` says why."""

    events: int
    head: str
    broken_at: int | None = None
    reason: Flaw | None = None
    head_found: bool | None = None

    @property
    def is_intact(self) -> bool:
        return self.broken_at is None and self.head_found is not False


def verify(session: Session, known_head: str | None = None) -> Verification:
    """Walk the whole chain from its first link.

    ``known_head`` is a head that somebody holds from before, on a receipt for instance; the chain must contain it.
    """
    previous, count, found = GENESIS, 0, known_head in (None, GENESIS)
    for event in session.scalars(select(Event).order_by(Event.number).execution_options(yield_per=1000)):
        count += 1
        reason = None
        if event.number != count:
            reason = Flaw.MISSING
        elif event.previous != previous:
            reason = Flaw.OUT_OF_ORDER
        else:
            try:
                expected = link_hash({column.key: getattr(event, column.key) for column in Event.__table__.columns})
            except (ContentError, ValueError, AttributeError):
                expected = ""
            if expected != event.hash:
                reason = Flaw.CHANGED
        if reason:
            return Verification(count, previous, event.number, reason, found if known_head else None)
        previous = event.hash
        found = found or event.hash == known_head
    return Verification(count, previous, head_found=found if known_head else None)


def _handlers() -> Mapping[str, tuple[EventHandler, ...]]:
    handlers: Mapping[str, tuple[EventHandler, ...]] = current_app.extensions["registry"].event_handlers
    return handlers
