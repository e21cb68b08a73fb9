"""The only way to a table version that is to be shown: who may read which, judged by the clock when it is read.

    table = current_table(session, "faststallda-vardplatser", actor)
    figures_of(session, table)

Pages, charts, search, files, traces, counts and commands all ask here, with the actor who is to see what comes out; whoever
composes, decides or verifies tables asks `versions`. A version is read by its audience (`audiences`) from its release time
until the next one's: no job has to run at that minute. Who belongs to several audiences reads what is made for the narrowest,
and what everybody has where that is the same.
`tests/guards/test_audiences.py` sees that nobody else selects table versions, and walks every route as each audience.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from registry import clock
from registry.actors import Actor
from registry.columns import UtcDateTime
from registry.errors import NotFound
from submission_portal.followup.audiences import NARROWEST_FIRST, Audience
from submission_portal.followup.tables import TableRelease, TableState, TableVersion

SHOWN = (TableState.PUBLISHED, TableState.SUPERSEDED)


def current_table(session: Session, measure_slug: str, actor: Actor, on: datetime | None = None) -> TableVersion | None:
    """The version of a measure's table that ``actor`` is to see at a moment, now by default; ``None`` where there is none."""
    query = select(TableVersion).where(TableVersion.measure_slug == measure_slug, _is_current(actor, on))
    return session.scalar(query.order_by(*_NEWEST_FIRST).limit(1))


def current_tables(session: Session, actor: Actor, on: datetime | None = None) -> dict[str, TableVersion]:
    """Every measure's table that ``actor`` is to see, by measure slug; one statement."""
    found: dict[str, TableVersion] = {}
    for row in session.scalars(select(TableVersion).where(_is_current(actor, on)).order_by(*_NEWEST_FIRST)):
        found.setdefault(row.measure_slug, row)
    return found


def versions_of(measure_slug: str, actor: Actor, on: datetime | None = None) -> Select[TableVersion]:
    """The statement for every version that ``actor`` is to see, one of each number, newest first: to be counted, limited or
    read in pages."""
    return (
        select(TableVersion)
        .where(TableVersion.measure_slug == measure_slug, readable(actor, on), _is_chosen(actor, on))
        .order_by(*_NEWEST_FIRST)
    )


def version_before(
    session: Session, table: TableVersion, actor: Actor, on: datetime | None = None
) -> TableVersion | None:
    """The version before ``table`` that ``actor`` is to see."""
    earlier = versions_of(table.measure_slug, actor, on).where(TableVersion.number < table.number)
    return session.scalar(earlier.limit(1))


def version_numbered(
    session: Session, measure_slug: str, number: int, actor: Actor, on: datetime | None = None
) -> TableVersion:
    """A version by its number. Raises ``NotFound`` where ``actor`` may read none."""
    found = session.scalar(versions_of(measure_slug, actor, on).where(TableVersion.number == number).limit(1))
    if found is None:
        raise NotFound("table")
    return found


def version_with_hash(session: Session, digits: str, actor: Actor, on: datetime | None = None) -> TableVersion | None:
    """The newest version whose content hash begins with ``digits``, of those that ``actor`` may read."""
    query = select(TableVersion).where(TableVersion.content_hash.startswith(digits), readable(actor, on))
    return session.scalar(query.order_by(*_NEWEST_FIRST).limit(1))


def version_by_id(session: Session, table_id: str, actor: Actor, on: datetime | None = None) -> TableVersion:
    """Raises ``NotFound`` where ``actor`` may not read it."""
    found = session.scalar(select(TableVersion).where(TableVersion.id == table_id, readable(actor, on)))
    if found is None:
        raise NotFound("table")
    return found


def versions_by_id(
    session: Session, ids: Sequence[str], actor: Actor, on: datetime | None = None
) -> dict[str, TableVersion]:
    """Those of these versions that ``actor`` may read, by id."""
    rows = session.scalars(select(TableVersion).where(TableVersion.id.in_(ids), readable(actor, on)))
    return {row.id: row for row in rows}


def versions_on_release(release_id: str, actor: Actor, on: datetime | None = None) -> Select[str]:
    """The statement for the ids of the versions that ``actor`` is to see and that were made from a release, by measure, the
    newest first."""
    return (
        select(TableVersion.id)
        .join(TableRelease, TableRelease.table_version_id == TableVersion.id)
        .where(TableRelease.release_id == release_id, readable(actor, on), _is_chosen(actor, on))
        .order_by(TableVersion.measure_slug, *_NEWEST_FIRST)
    )


def current_on_release(
    session: Session, release_id: str, actor: Actor, on: datetime | None = None
) -> dict[str, TableVersion]:
    """The versions that ``actor`` is to see now and that were made from a release, by id."""
    made = select(TableRelease.table_version_id).where(TableRelease.release_id == release_id)
    ids = set(
        session.scalars(
            made.where(TableRelease.table_version_id.in_(select(TableVersion.id).where(_is_current(actor, on))))
        )
    )
    return {table.id: table for table in current_tables(session, actor, on).values() if table.id in ids}


def readable(actor: Actor, on: datetime | None = None) -> ColumnElement[bool]:
    """The condition for the versions that ``actor`` may read at a moment, now by default: current and earlier ones."""
    return _readable(TableVersion, actor, on or clock.now())


def nameable(actor: Actor, on: datetime | None = None) -> ColumnElement[bool]:
    """The condition for the versions that ``actor`` may know of: those to read, and those of the actor's own organisation
    that wait for a decision or their release, or were refused. Of one composition's versions one is named."""
    if actor.is_system:
        return true()
    is_own = and_(TableVersion.organisation_id.in_(actor.organisations()), TableVersion.audience == Audience.PUBLIC)
    return or_(and_(readable(actor, on), _is_chosen(actor, on)), and_(is_own, ~readable(actor, on)))


def _is_shown(version: Any, on: Any) -> ColumnElement[bool]:
    """Whether a version's audience has it at a moment, or had it once. One whose place was taken before its embargo ended, or in
    that very minute, was never shown."""
    was_at_once = version.release_at <= version.published_at
    was_shown = or_(version.ended_at.is_(None), version.ended_at > version.release_at, was_at_once)
    return and_(version.state.in_(SHOWN), version.release_at <= on, was_shown)


_WAS_CLOSED = and_(TableVersion.state == TableState.REFUSED, TableVersion.is_carried_over)

PUBLIC_STATE: Select[Any] = select(
    func.coalesce(func.sum(TableVersion.sequence + case((_WAS_CLOSED, 1), else_=0)), 0)
).where(
    TableVersion.audience == Audience.PUBLIC,
    or_(_is_shown(TableVersion, bindparam("on", type_=UtcDateTime())), _WAS_CLOSED),
)
"""A number that grows with each version that comes to be readable by the public, as time passes, or is closed to it
(`registry.web.revalidation`): since it only grows, what was closed and what came at once are never taken for no change."""


def _readable(version: Any, actor: Actor, on: datetime) -> ColumnElement[bool]:
    return and_(_is_shown(version, on), _is_for(version, actor))


def _is_for(version: Any, actor: Actor) -> ColumnElement[bool]:
    own = actor.organisations()
    is_public: ColumnElement[bool] = version.audience == Audience.PUBLIC
    if not own:
        return is_public
    return or_(
        is_public,
        and_(version.audience == Audience.RECIPIENT, version.organisation_id.in_(own)),
        and_(version.audience == Audience.OWN_REGION, version.region_id.in_(own)),
    )


def _is_current(actor: Actor, on: datetime | None) -> ColumnElement[bool]:
    on = on or clock.now()
    stands = or_(TableVersion.ended_at.is_(None), TableVersion.ended_at > on)
    return and_(_readable(TableVersion, actor, on), stands, _is_chosen(actor, on))


def _is_chosen(actor: Actor, on: datetime | None) -> ColumnElement[bool]:
    """Of the versions with one number that ``actor`` may read, one: what is made for the narrowest audience, but where
    everybody has the same content, what everybody has."""
    if not actor.organisations():
        return true()
    other = aliased(TableVersion)
    is_same = other.content_hash == TableVersion.content_hash
    is_better = or_(
        and_(~is_same, _breadth(other) < _breadth(TableVersion)),
        and_(is_same, _breadth(other) > _breadth(TableVersion)),
    )
    readable_too = _readable(other, actor, on or clock.now())
    together = (other.measure_slug == TableVersion.measure_slug, other.number == TableVersion.number)
    return ~exists().where(*together, is_better, readable_too)


def _breadth(version: Any) -> ColumnElement[int]:
    return case({one.value: one.breadth for one in NARROWEST_FIRST}, value=version.audience)


_NEWEST_FIRST = (TableVersion.number.desc(), _breadth(TableVersion), TableVersion.id)
