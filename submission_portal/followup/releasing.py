"""When a decided table version reaches its audience: at once or at a minute to come, which may be moved, or stopped, before it.

An embargo is a release time that lies ahead. Readers are judged by the clock (`gateway`), so nothing runs at the minute; what
is written here is how the versions of one series take each other's place. What has passed is never changed.
"""

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry import events
from registry.actors import SYSTEM, Actor, Role
from registry.errors import Refused
from registry.events import Happening
from registry.locks import hold_name, holding
from registry.reasons import says_something
from submission_portal.followup import acts
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.release_times import FURTHEST, written
from submission_portal.followup.releases_by_use import rests_on_uncovered
from submission_portal.followup.tables import LIFECYCLE, TableAct, TableRelease, TableState, TableVersion

TIME_PASSED = "FOL-018"
TOO_FAR_OFF = "FOL-019"
RELEASED_ALREADY = "FOL-021"
NO_TIME = "FOL-023"
RELEASED_NOW = "FOL-041"
REASON_MISSING = "FOL-015"
LAST_MOMENT = timedelta(seconds=5)
"""So close to its time a release is neither moved nor stopped: the change might be kept after readers have got the table."""


def hold_table(session: Session, measure_slug: str) -> None:
    """Hold a measure's table until the transaction ends: its versions are made and decided about one after the other.

    Somebody else may hold it for long, so that whoever judges by the clock looks at it after this.
    """
    hold_name(session, f"table:{measure_slug}")


def release(
    session: Session, actor: Actor, now: datetime, table: TableVersion, release_at: datetime | None = None
) -> None:
    """Give a version that waits to its audience: now, or at ``release_at``. Raises ``Refused`` for a time that has passed."""
    _see_that_it_is_ahead(now, release_at)
    table.state = LIFECYCLE[TableState(table.state), TableAct.PUBLISH]
    table.published_at, table.release_at = now, release_at or now
    session.flush()
    _settle_series(session, table, now)
    data = {"measure": table.measure_slug, "number": table.number, "audience": table.audience}
    if table.region_id is None:  # of a region's own figures it would confirm a guess at what is hidden
        data["hash"] = table.content_hash
    if release_at is not None:
        data["release_at"] = release_at.isoformat()
    _record(session, actor, now, table, "TablePublished", data)


def move_release(
    session: Session, actor: Actor, now: datetime, table: TableVersion, release_at: datetime | None
) -> None:
    """Let an embargo end earlier or later: at ``release_at``, or now.

    Raises ``Forbidden`` for others than the recipient's legal reviewers, and ``Refused`` where the version is released
    already or within `LAST_MOMENT`, or the time has passed or is too far off.
    """
    table = _to_be_released(session, actor, now, table)
    _see_that_it_is_ahead(now, release_at)
    data = {"number": table.number, "from": _moment(table), "to": (release_at or now).isoformat()}
    table.release_at = release_at or now
    session.flush()
    _settle_series(session, table, now)
    _record(session, actor, now, table, "TableReleaseMoved", data)


def stop_release(session: Session, actor: Actor, now: datetime, table: TableVersion, *, reason: str) -> None:
    """Stop a version before its release: its audience never gets it, and what was to end then stands on.

    Raises ``Forbidden`` and ``Refused`` as `move_release` does, and ``Refused`` without a reason.
    """
    if not says_something(reason):
        raise Refused(FINDINGS.found(REASON_MISSING))
    table = _to_be_released(session, actor, now, table)
    table.reason = reason.strip()
    _stop(session, actor, now, table)


def on_release_withdrawn(session: Session, event: Happening) -> None:
    """A region takes back what a version to come rests on: the version is stopped, whoever it was for. What has been released
    stands until the next version is decided.

    The tables are held before they are looked at, so that one which is decided at the same time is stopped too.
    """
    now, release_id = event.recorded_at, event.subject.removeprefix("release:")
    rests_on_it = TableVersion.id.in_(
        select(TableRelease.table_version_id).where(TableRelease.release_id == release_id)
    )
    is_to_come = or_(TableVersion.state == TableState.AWAITING_REVIEW, TableVersion.release_at > now)
    measures = select(TableVersion.measure_slug).where(rests_on_it, is_to_come).distinct()
    for measure_slug in session.scalars(measures.order_by(TableVersion.measure_slug)).all():
        hold_table(session, measure_slug)
        decided = TableVersion.state.in_((TableState.PUBLISHED, TableState.SUPERSEDED))
        query = select(TableVersion).where(
            TableVersion.measure_slug == measure_slug, rests_on_it, decided, TableVersion.release_at > now
        )
        for table in session.scalars(holding(query.order_by(TableVersion.sequence))).all():
            _stop(session, SYSTEM, now, table, because=event.subject)


def stop_uncovered(session: Session, now: datetime, measure_slug: str, because: str) -> None:
    """A use was taken back: what is decided of a measure and still to come is stopped where it rests on deliveries that nothing
    covers any more. What has been released stands until the next version."""
    hold_table(session, measure_slug)
    query = select(TableVersion).where(
        TableVersion.measure_slug == measure_slug,
        TableVersion.state.in_((TableState.PUBLISHED, TableState.SUPERSEDED)),
        TableVersion.release_at > now,
    )
    for table in session.scalars(holding(query.order_by(TableVersion.sequence))).all():
        if rests_on_uncovered(session, table):
            _stop(session, SYSTEM, now, table, because=because)


def end(table: TableVersion, act: TableAct, now: datetime) -> None:
    table.state, table.ended_at = LIFECYCLE[TableState(table.state), act], now


def _stop(session: Session, actor: Actor, now: datetime, table: TableVersion, **why: str) -> None:
    data = {"number": table.number, "from": _moment(table), **why}
    end(table, TableAct.REFUSE, now)
    table.published_at, table.release_at = None, None
    session.flush()
    _settle_series(session, table, now)
    _record(session, actor, now, table, "TableReleaseStopped", data)


def _to_be_released(session: Session, actor: Actor, now: datetime, table: TableVersion) -> TableVersion:
    """The version, held. Raises ``Refused`` where its release is not ahead."""
    actor.require_decider(Role.LEGAL_REVIEWER, organisation_id=table.organisation_id, is_known=True)
    hold_table(session, table.measure_slug)
    locked = session.scalars(holding(select(TableVersion).where(TableVersion.id == table.id))).one()
    if locked.state not in (TableState.PUBLISHED, TableState.SUPERSEDED) or locked.release_at is None:
        raise Refused(FINDINGS.found(NO_TIME, {"number": locked.number}))
    if locked.release_at <= now:
        raise Refused(FINDINGS.found(RELEASED_ALREADY, {"number": locked.number}))
    if locked.release_at <= now + LAST_MOMENT:
        raise Refused(FINDINGS.found(RELEASED_NOW, {"number": locked.number}))
    if (finding := acts.objection(session, actor, locked)) is not None:
        raise Refused(finding)
    return locked


def _see_that_it_is_ahead(now: datetime, release_at: datetime | None) -> None:
    if release_at is None:
        return
    if release_at <= now:
        raise Refused(FINDINGS.found(TIME_PASSED, {"time": written(release_at).replace("T", " ")}))
    if release_at > now + FURTHEST:
        raise Refused(FINDINGS.found(TOO_FAR_OFF, {"time": written(release_at).replace("T", " ")}))


def _settle_series(session: Session, table: TableVersion, now: datetime) -> None:
    """Let each version of a series end when the first of the later ones is released. What has ended stays ended.

    A version whose successor is released before it is never shown.
    """
    open_ones = session.scalars(
        select(TableVersion)
        .where(
            TableVersion.measure_slug == table.measure_slug,
            TableVersion.organisation_id == table.organisation_id,
            TableVersion.audience == table.audience,
            TableVersion.region_id.is_not_distinct_from(table.region_id),
            TableVersion.state.in_((TableState.PUBLISHED, TableState.SUPERSEDED)),
            TableVersion.release_at.is_not(None),
            or_(TableVersion.ended_at.is_(None), TableVersion.ended_at > now),
        )
        .order_by(TableVersion.number.desc())
    )
    taken_over: datetime | None = None
    for one in open_ones:
        act = TableAct.STAND if taken_over is None else TableAct.SUPERSEDE
        one.state = LIFECYCLE.get((TableState(one.state), act), one.state)
        one.ended_at = taken_over
        begins = one.release_at or now
        taken_over = begins if taken_over is None else min(taken_over, begins)


def _moment(table: TableVersion) -> str:
    return table.release_at.isoformat() if table.release_at else ""


def _record(
    session: Session, actor: Actor, now: datetime, table: TableVersion, type_: str, data: dict[str, object]
) -> None:
    events.record(
        session, type_, actor=actor, now=now, subject=table.ref, organisation_id=table.concerned_id, data=data
    )
