"""The audit log: every change is an event, and every event carries the hash of the one before.

An event says what happened (past tense), to what, by whom (an opaque person id), when, with ids and codes as data:
never a payload, never a name. Events are collected while a transaction runs and written as its last step, under a
lock, so that the chain cannot fork. With them are written the seals of the rows that the transaction has changed
(`registry.seals`), and the nodes of a Merkle tree (`registry.merkle`) whose leaves the events are: a root over the first
so many events, signed, is what somebody outside can hold against the log.

How events are hashed is said by `registry.links`.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import current_app
from sqlalchemy import (
    BigInteger,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    and_,
    func,
    insert,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from registry import clock, merkle
from registry.actors import Actor
from registry.columns import Base, JsonText, UtcDateTime, table_of
from registry.links import GENESIS as GENESIS
from registry.links import leaf_of, link_hash
from registry.sealed import Outside
from registry.seals import noting
from registry.seals.rows import Seal, digest_of
from registry.seals.tables import SealedRow

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
    __proof__ = Outside.LOG

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
    rows_hash: Mapped[str | None] = mapped_column(String(64))
    """Over the seals of the rows that it decides; ``None`` of an event from before there were seals."""
    salt: Mapped[str] = mapped_column(String(32), server_default="")


class LogNode(Base):
    """A complete node of the tree over the events: at ``level``, completed by the event of that ``number`` (from 1)."""

    __tablename__ = "log_node"
    __proof__ = Outside.LOG

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


_TIP = (
    select(
        Event.number, Event.hash, Event.recorded_at, select(func.max(LogNode.number)).scalar_subquery().label("nodes")
    )
    .order_by(Event.number.desc())
    .limit(1)
)
"""The newest link, and how many leaves the tree has. Statements that every change asks are made once: to say one anew takes longer
than to carry it out."""
_LINK, _NODE, _SEAL = (insert(table_of(table)) for table in (Event, LogNode, SealedRow))


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
    """Write the transaction's events as the next links, with their seals. Called by `db.transaction` just before it commits.

    A row is sealed by the last event whose subject it is, or else by the last event. Raises ``RuntimeError`` where sealed rows were changed
    and no event tells of it.
    """
    happenings: list[Happening] = session.info.pop("happenings", [])
    afterwards: list[Afterwards] = session.info.pop("afterwards", [])
    seals = noting.take(session)
    if not happenings:
        if seals:
            changed = sorted({seal.table for seal in seals})
            raise RuntimeError(f"rows of {changed} were changed, and no event tells of it")
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    tip = session.execute(_TIP).first()  # others may have closed the chain since these were recorded
    number, previous, latest, leaves = tip or (0, GENESIS, None, session.scalar(select(func.max(LogNode.number))))
    number = max(number, leaves or 0)  # the numbers of events that somebody took away are not given again
    tree = _tree(session, number)
    rows: list[dict[str, Any]] = []
    sealed: list[dict[str, Any]] = []
    nodes: list[dict[str, Any]] = []
    for happening, own in zip(happenings, _shared_out(happenings, seals), strict=True):
        number += 1
        latest = happening.recorded_at if latest is None else max(latest, happening.recorded_at)
        row: dict[str, Any] = {
            "number": number,
            "type": happening.type,
            "recorded_at": latest,
            "person_id": happening.person_id,
            "organisation_id": happening.organisation_id,
            "subject": happening.subject,
            "data": dict(happening.data),
            "previous": previous,
            "rows_hash": digest_of(own),
            "salt": secrets.token_hex(16),
        }
        previous = row["hash"] = link_hash(row)
        rows.append(row)
        sealed += [
            {"table_name": one.table, "key": one.key, "number": number, "hash": one.hash, "told": one.told}
            for one in own
        ]
        nodes += node_rows(tree.add(leaf_of(previous, row["salt"])))
    session.execute(_LINK, rows)
    session.execute(_NODE, nodes)
    if sealed:
        session.execute(_SEAL, sealed)
    for afterward in afterwards:
        afterward(session, rows)


Afterwards = Callable[[Session, Sequence[Mapping[str, Any]]], None]
"""(session, the transaction's events as rows) → nothing: what is done once they are links of the chain."""


def afterwards(session: Session, act: Afterwards) -> None:
    """Have something done in the running transaction once its events are links: what names them, and decides nothing."""
    session.info.setdefault("afterwards", []).append(act)


def node_rows(nodes: Iterator[tuple[merkle.Place, bytes]]) -> Iterator[dict[str, Any]]:
    """Nodes of the tree as rows of `LogNode`."""
    for (level, position), found in nodes:
        yield {"number": (position + 1) << level, "level": level, "hash": found}


def nodes_in(session: Session) -> merkle.Nodes:
    """How nodes of the tree are read from the database. Raises ``LookupError`` where one is missing."""

    def read(places: Sequence[merkle.Place]) -> list[bytes]:
        keys = [((position + 1) << level, level) for level, position in places]
        if not keys:
            return []
        each = (and_(LogNode.number == number, LogNode.level == level) for number, level in keys)
        # Each by the key: a list of pairs is looked for in the whole table.
        query = select(LogNode.number, LogNode.level, LogNode.hash).where(or_(*each))
        found = {(number, level): hash_ for number, level, hash_ in session.execute(query)}
        if lost := [key for key in keys if key not in found]:
            raise LookupError(f"the tree of the log has no node {lost[0]}")
        return [found[key] for key in keys]

    return read


def _tree(session: Session, size: int) -> merkle.Growing:
    """The tree as it is. Somebody may have taken nodes away: the log goes on, and the check says what is missing."""
    try:
        return merkle.Growing(size, nodes_in(session)(merkle.peaks(size)))
    except LookupError as error:
        log.error("tree_is_broken", told=str(error))
        return merkle.Growing(size, [merkle.EMPTY] * len(merkle.peaks(size)))


def _shared_out(happenings: Sequence[Happening], seals: Iterable[Seal]) -> list[list[Seal]]:
    """Whose each seal is, by event."""
    last = {happening.subject.partition(":")[2]: at for at, happening in enumerate(happenings)}
    shared: list[list[Seal]] = [[] for _ in happenings]
    for seal in sorted(seals, key=lambda seal: seal[:2]):
        shared[last.get(seal.key, len(happenings) - 1)].append(seal)
    return shared


def forget(session: Session) -> None:
    """Drop events of a transaction that was rolled back."""
    session.info.pop("happenings", None)
    session.info.pop("afterwards", None)
    session.info.pop(LATEST, None)
    noting.forget(session)


def head(session: Session) -> str:
    """The hash of the newest link as committed (``GENESIS`` where there is none)."""
    tip = session.execute(_TIP).first()
    return tip.hash if tip else GENESIS


def newest(session: Session, types: Sequence[str]) -> str:
    """The hash of the newest committed link of some types (``GENESIS`` where there is none)."""
    numbers = [select(func.max(Event.number)).where(Event.type == one).scalar_subquery() for one in types]
    found = session.scalar(select(Event.hash).where(Event.number.in_(numbers)).order_by(Event.number.desc()).limit(1))
    return found or GENESIS


def _handlers() -> Mapping[str, tuple[EventHandler, ...]]:
    handlers: Mapping[str, tuple[EventHandler, ...]] = current_app.extensions["registry"].event_handlers
    return handlers
