"""The only way to a table version that is to be shown: who may read which, judged by the clock when it is read.

    table = current_table(session, "faststallda-vardplatser", actor)
    figures_of(session, table)

Pages, charts, search, files, traces, counts and commands all ask here, with the actor who is to see what comes out; whoever
composes, decides or verifies tables asks `versions`. `tests/guards/test_audiences.py` sees that nobody else selects table
versions, and walks every route as each audience.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.errors import NotFound
from submission_portal.followup.tables import TableRelease, TableState, TableVersion


def readable(actor: Actor, on: datetime | None = None) -> ColumnElement[bool]:
    """The condition for the versions that ``actor`` may read at a moment, now by default: current ones and earlier ones."""
    return TableVersion.published_at.is_not(None)


def current(actor: Actor, on: datetime | None = None) -> ColumnElement[bool]:
    """The condition for the versions that ``actor`` may read and that nothing has taken the place of."""
    return TableVersion.state == TableState.PUBLISHED


def current_table(session: Session, measure_slug: str, actor: Actor, on: datetime | None = None) -> TableVersion | None:
    """The version of a measure's table that ``actor`` is to see at a moment, now by default; ``None`` where there is none."""
    return session.scalar(
        select(TableVersion).where(TableVersion.measure_slug == measure_slug, current(actor, on)).limit(1)
    )


def current_tables(session: Session, actor: Actor, on: datetime | None = None) -> dict[str, TableVersion]:
    """Every measure's table that ``actor`` is to see, by measure slug; one statement."""
    rows = session.scalars(select(TableVersion).where(current(actor, on)))
    return {row.measure_slug: row for row in rows}


def versions_of(measure_slug: str, actor: Actor, on: datetime | None = None) -> Select[TableVersion]:
    """The statement for every version that ``actor`` may read, newest first: to be counted, limited or read in pages."""
    return (
        select(TableVersion)
        .where(TableVersion.measure_slug == measure_slug, readable(actor, on))
        .order_by(TableVersion.number.desc())
    )


def version_before(
    session: Session, table: TableVersion, actor: Actor, on: datetime | None = None
) -> TableVersion | None:
    """The version before ``table`` that ``actor`` may read."""
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
    return session.scalar(
        select(TableVersion)
        .where(TableVersion.content_hash.startswith(digits), readable(actor, on))
        .order_by(TableVersion.number.desc())
        .limit(1)
    )


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
    """The statement for the ids of the versions that ``actor`` may read and that were made from a release, by measure, the
    newest first."""
    return (
        select(TableVersion.id)
        .join(TableRelease, TableRelease.table_version_id == TableVersion.id)
        .where(TableRelease.release_id == release_id, readable(actor, on))
        .order_by(TableVersion.measure_slug, TableVersion.number.desc())
    )


def current_on_release(
    session: Session, release_id: str, actor: Actor, on: datetime | None = None
) -> dict[str, TableVersion]:
    """The current ones of these, by id."""
    made = select(TableRelease.table_version_id).where(TableRelease.release_id == release_id)
    rows = session.scalars(select(TableVersion).where(TableVersion.id.in_(made), current(actor, on)))
    return {row.id: row for row in rows}


def nameable(actor: Actor, on: datetime | None = None) -> ColumnElement[bool]:
    """The condition for the versions that ``actor`` may know of: those to read, and those of the actor's own organisation
    that wait for a decision or were refused."""
    if actor.is_system:
        return true()
    return or_(readable(actor, on), TableVersion.organisation_id.in_(actor.organisations()))
