"""The only way to a table version that is to be shown: who may read which, judged by the clock when it is read.

    table = current_table(session, "faststallda-vardplatser", actor)
    figures_of(session, table)

Pages, charts, search, files, traces, counts and commands all ask here, with the actor who is to see what comes out; whoever
composes, decides or verifies tables asks `versions`. A version is read by its audience (`audiences`) from its release time
until the next one's: no job has to run at that minute. Who belongs to several audiences reads what is made for the narrowest,
and what everybody has where that is the same. A region's own figures are of that region alone: who asks about another region
(``about``) gets what is made for the wider audiences. Of several recipients' tables of a measure one's own people read theirs, and
everybody else the main one.
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
from registry.identity.tables import Organisation
from submission_portal.flows.audiences import NARROWEST_FIRST, Audience
from submission_portal.followup.breaks import COUNTRY
from submission_portal.followup.compilations.tables import CompilationDecision, Outcome
from submission_portal.followup.tables import TableRelease, TableState, TableVersion

SHOWN = (TableState.PUBLISHED, TableState.SUPERSEDED)
OF_ALL = COUNTRY
"""What is asked about where a region's own figures will not do."""


def current_table(
    session: Session, measure_slug: str, actor: Actor, on: datetime | None = None, *, about: str | None = None
) -> TableVersion | None:
    """The version of a measure's table that ``actor`` is to see at a moment, now by default, of all regions or ``about`` one,
    by its code; ``None`` where there is none."""
    is_of_it = (TableVersion.measure_slug == measure_slug, _is_about(TableVersion, about))
    query = select(TableVersion).where(*is_of_it, _is_current(actor, on, about))
    return session.scalar(query.order_by(*_OWN_FIRST).limit(1))


def current_tables(session: Session, actor: Actor, on: datetime | None = None) -> dict[str, TableVersion]:
    """Every measure's table that ``actor`` is to see, by measure slug; one statement."""
    found: dict[str, TableVersion] = {}
    for row in session.scalars(select(TableVersion).where(_is_current(actor, on)).order_by(*_OWN_FIRST)):
        found.setdefault(row.measure_slug, row)
    return found


def versions_of(
    measure_slug: str, actor: Actor, on: datetime | None = None, *, about: str | None = None
) -> Select[TableVersion]:
    """The statement for every version that ``actor`` is to see, one of each number, newest first: to be counted, limited or
    read in pages. Where a region has a series of its own figures, its people see that one."""
    return _versions(measure_slug, actor, on, about).where(_is_in_own_series(actor, on, about))


def _versions(measure_slug: str, actor: Actor, on: datetime | None, about: str | None) -> Select[TableVersion]:
    return (
        select(TableVersion)
        .where(
            TableVersion.measure_slug == measure_slug,
            _is_about(TableVersion, about),
            readable(actor, on),
            _is_chosen(actor, on, about),
        )
        .order_by(*_NEWEST_FIRST)
    )


def version_before(
    session: Session, table: TableVersion, actor: Actor, on: datetime | None = None
) -> TableVersion | None:
    """The version before ``table`` that ``actor`` is to see: of a region's own figures, or of all regions."""
    about = None if table.region_id else OF_ALL
    is_alike = TableVersion.region_id.is_not_distinct_from(table.region_id)
    earlier = _versions(table.measure_slug, actor, on, about).where(is_alike, TableVersion.number < table.number)
    return session.scalar(earlier.limit(1))


def version_numbered(
    session: Session,
    measure_slug: str,
    number: int,
    actor: Actor,
    on: datetime | None = None,
    *,
    about: str | None = None,
) -> TableVersion:
    """A version by its number, of all regions or ``about`` one. Raises ``NotFound`` where ``actor`` may read none."""
    query = _versions(measure_slug, actor, on, about).where(TableVersion.number == number)
    found = session.scalar(query.limit(1))
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

_READ_BY_ALL = and_(
    TableVersion.audience == Audience.PUBLIC,
    or_(_is_shown(TableVersion, bindparam("on", type_=UtcDateTime())), _WAS_CLOSED),
)
_TABLES = select(func.coalesce(func.sum(TableVersion.sequence + case((_WAS_CLOSED, 1), else_=0)), 0)).where(
    _READ_BY_ALL
)
_COMPILATIONS = select(func.coalesce(func.sum(case((CompilationDecision.ended_at.is_(None), 1), else_=2)), 0)).where(
    CompilationDecision.outcome == Outcome.OPEN
)
PUBLIC_STATE: Select[Any] = select(_TABLES.scalar_subquery() + _COMPILATIONS.scalar_subquery())
"""A number that grows with each version that comes to be readable by the public, as time passes, or is closed to it, and with
each compilation that is opened to anybody, or closed again: what one audience may read closes sums to others, in other measures
too (`registry.web.revalidation`). Since it only grows, what was closed and what came at once are never taken for no change."""


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


def _is_about(version: Any, region: str | None) -> ColumnElement[bool]:
    """Whether a version may have figures of a region, by its code, or of all (``OF_ALL``); ``None``: whichever it has."""
    if region is None:
        return true()
    own = select(Organisation.id).where(Organisation.kind == "region", Organisation.code == region)
    return or_(version.audience != Audience.OWN_REGION, version.region_id.in_(own))


def _is_in_own_series(actor: Actor, on: datetime | None, about: str | None) -> ColumnElement[bool]:
    """Where ``actor`` has versions of a region's own figures that not everybody has the same of, whether a version is one."""
    if not actor.organisations():
        return true()
    other = aliased(TableVersion)
    own = exists().where(
        other.measure_slug == TableVersion.measure_slug,
        other.audience == Audience.OWN_REGION,
        _readable(other, actor, on or clock.now()),
        _is_about(other, about),
        ~_is_same_for_all(other, actor, on),
    )
    return or_(TableVersion.audience == Audience.OWN_REGION, ~own)


def _is_same_for_all(version: Any, actor: Actor, on: datetime | None) -> ColumnElement[bool]:
    wider = aliased(TableVersion)
    return exists().where(
        wider.measure_slug == version.measure_slug,
        wider.organisation_id == version.organisation_id,
        wider.number == version.number,
        wider.content_hash == version.content_hash,
        wider.audience != Audience.OWN_REGION,
        _readable(wider, actor, on or clock.now()),
    )


def _is_current(actor: Actor, on: datetime | None, about: str | None = None) -> ColumnElement[bool]:
    on = on or clock.now()
    stands = or_(TableVersion.ended_at.is_(None), TableVersion.ended_at > on)
    return and_(_readable(TableVersion, actor, on), stands, _is_chosen(actor, on, about))


def _is_chosen(actor: Actor, on: datetime | None, about: str | None = None) -> ColumnElement[bool]:
    """Of the versions with one number that ``actor`` may read, one: what is made for the narrowest audience, but where
    everybody has the same content, what everybody has."""
    in_series = _is_in_readers_series(actor, on or clock.now())
    if not actor.organisations():
        return in_series
    other = aliased(TableVersion)
    is_same = other.content_hash == TableVersion.content_hash
    is_better = or_(
        and_(~is_same, _breadth(other) < _breadth(TableVersion)),
        and_(is_same, _breadth(other) > _breadth(TableVersion)),
    )
    readable_too = _readable(other, actor, on or clock.now())
    together = (
        other.measure_slug == TableVersion.measure_slug,
        other.organisation_id == TableVersion.organisation_id,
        other.number == TableVersion.number,
    )
    return and_(in_series, ~exists().where(*together, is_better, readable_too, _is_about(other, about)))


def _is_in_readers_series(actor: Actor, on: datetime) -> ColumnElement[bool]:
    """Of the series that several recipients have of one measure, whether a version is of the one that ``actor`` is to see: their
    own recipient's, or the main one. What another recipient gives to everybody is read where the main series has nothing for
    everybody, so that there is one table of a measure that all read."""
    main, beside = aliased(TableVersion), aliased(TableVersion)
    is_of_it = (main.measure_slug == TableVersion.measure_slug, main.is_main)
    all_read_main = exists().where(*is_of_it, main.audience == Audience.PUBLIC, _is_shown(main, on))
    in_main = or_(TableVersion.is_main, ~all_read_main)
    own = actor.organisations()
    if not own:
        return in_main
    has_own = exists().where(
        beside.measure_slug == TableVersion.measure_slug,
        ~beside.is_main,
        beside.audience == Audience.RECIPIENT,
        beside.organisation_id.in_(own),
        _is_shown(beside, on),
    )
    is_own = and_(~TableVersion.is_main, TableVersion.organisation_id.in_(own))
    return or_(is_own, and_(in_main, ~has_own))


def _breadth(version: Any) -> ColumnElement[int]:
    return case({one.value: one.breadth for one in NARROWEST_FIRST}, value=version.audience)


_NEWEST_FIRST = (TableVersion.number.desc(), _breadth(TableVersion), TableVersion.id)
_OWN_FIRST = (case((TableVersion.audience == Audience.OWN_REGION, 0), else_=1), *_NEWEST_FIRST)
"""A region's own figures are not kept again where they are as they were, so theirs may have a smaller number."""
