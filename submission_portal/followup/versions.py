"""Table versions for those who compose them and decide about them, in whatever state. What readers may have is `gateway`'s."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor, Role
from registry.errors import NotFound
from submission_portal.followup.audiences import Audience
from submission_portal.followup.basis import METHOD
from submission_portal.followup.protecting import Rules
from submission_portal.followup.published_cells import PublishedCells, settled_by
from submission_portal.followup.queries import frame_of, stored_frame
from submission_portal.followup.tables import TableDecision, TableRelease, TableState, TableVersion
from submission_portal.forwarding.tables import Release

REVIEWERS = (Role.LEGAL_REVIEWER, Role.QUALITY_REVIEWER)


def latest_version(session: Session, measure_slug: str, audience: Audience = Audience.PUBLIC) -> TableVersion | None:
    """The newest version for an audience, in whatever state."""
    return session.scalar(
        select(TableVersion)
        .where(TableVersion.measure_slug == measure_slug, TableVersion.audience == audience)
        .order_by(TableVersion.number.desc())
        .limit(1)
    )


def next_number(session: Session, measure_slug: str) -> int:
    """The number of the next composition."""
    largest = session.scalar(select(func.max(TableVersion.number)).where(TableVersion.measure_slug == measure_slug))
    return (largest or 0) + 1


def next_sequence(session: Session, measure_slug: str) -> int:
    """The place of the next version among all of a measure's, whoever they are for."""
    largest = session.scalar(select(func.max(TableVersion.sequence)).where(TableVersion.measure_slug == measure_slug))
    return (largest or 0) + 1


def composed_with(session: Session, table: TableVersion) -> Sequence[TableVersion]:
    """The versions of one composition, whoever they are for."""
    is_same = (TableVersion.measure_slug == table.measure_slug, TableVersion.number == table.number)
    return session.scalars(select(TableVersion).where(*is_same).order_by(TableVersion.sequence)).all()


def waiting_for_recipient(session: Session, table: TableVersion) -> TableVersion | None:
    """The version with the content of ``table`` that waits for the recipient alone."""
    return next((one for one in composed_with(session, table) if one.id != table.id and _waits_with(one, table)), None)


def _waits_with(one: TableVersion, table: TableVersion) -> bool:
    return (
        one.audience == Audience.RECIPIENT
        and one.state == TableState.AWAITING_REVIEW
        and one.content_hash == table.content_hash
    )


def measures_with_tables(session: Session) -> list[str]:
    """The slugs of the measures of which a table was ever composed, in order."""
    query = select(TableVersion.measure_slug).distinct().order_by(TableVersion.measure_slug)
    return list(session.scalars(query))


def to_decide(session: Session, actor: Actor) -> list[TableVersion]:
    """What waits for a decision which ``actor`` may take or see prepared, one for each composition: for everybody, or for the
    recipient alone where nothing waits for everybody. First what is open without a decision, then the oldest."""
    own = TableVersion.organisation_id.in_(actor.organisations(*REVIEWERS))
    rows = session.scalars(
        select(TableVersion)
        .where(or_(TableVersion.state == TableState.AWAITING_REVIEW, _is_undecided()), own)
        .order_by(TableVersion.is_carried_over.desc(), TableVersion.composed_at, TableVersion.sequence.desc())
    )
    found: dict[tuple[str, int], TableVersion] = {}
    for row in rows:  # the public's first: it is kept last
        found.setdefault((row.measure_slug, row.number), row)
    return list(found.values())


def all_awaiting(session: Session) -> Sequence[TableVersion]:
    """Every version that waits for a decision for everybody, by measure."""
    query = select(TableVersion).where(
        TableVersion.state == TableState.AWAITING_REVIEW, TableVersion.audience == Audience.PUBLIC
    )
    return session.scalars(query.order_by(TableVersion.measure_slug, TableVersion.number)).all()


def all_standing(session: Session) -> Sequence[TableVersion]:
    """Every version for everybody that is published now or waits for a decision, by measure."""
    states = (TableState.PUBLISHED, TableState.AWAITING_REVIEW)
    query = select(TableVersion).where(TableVersion.state.in_(states), TableVersion.audience == Audience.PUBLIC)
    return session.scalars(query.order_by(TableVersion.measure_slug, TableVersion.number)).all()


def version_to_review(session: Session, actor: Actor, table_id: str) -> TableVersion:
    """A version in whatever state, for the reviewers of the recipient that owns it. Raises ``NotFound``."""
    own = TableVersion.organisation_id.in_(actor.organisations(*REVIEWERS))
    found = session.scalar(select(TableVersion).where(TableVersion.id == table_id, own))
    if found is None:
        raise NotFound("table")
    return found


def waiting_and_recent(
    session: Session, organisations: Collection[str], since: datetime, limit: int
) -> Sequence[TableVersion]:
    """What waits for a decision at these recipients, and what their audiences have since a moment and still stands."""
    query = select(TableVersion).where(
        TableVersion.organisation_id.in_(organisations),
        or_(
            and_(TableVersion.state == TableState.AWAITING_REVIEW, TableVersion.audience == Audience.PUBLIC),
            and_(TableVersion.state == TableState.PUBLISHED, TableVersion.release_at >= since),
        ),
    )
    return session.scalars(query.order_by(TableVersion.composed_at.desc(), TableVersion.sequence).limit(limit)).all()


def undecided_with(session: Session, organisations: Collection[str]) -> Sequence[TableVersion]:
    """What is open to everybody without a decision and rests on deliveries of these organisations, by measure."""
    made = (
        select(TableRelease.table_version_id)
        .join(Release, Release.id == TableRelease.release_id)
        .where(Release.organisation_id.in_(organisations))
    )
    query = select(TableVersion).where(_is_undecided(), TableVersion.id.in_(made))
    return session.scalars(query.order_by(TableVersion.measure_slug)).all()


def carried_over_in(session: Session, table: TableVersion) -> Sequence[TableVersion]:
    """The versions of the table's measure that are open to everybody and were never decided."""
    shown = TableVersion.state.in_((TableState.PUBLISHED, TableState.SUPERSEDED))
    never = and_(TableVersion.is_carried_over, TableVersion.decided_by.is_(None), shown)
    query = select(TableVersion).where(TableVersion.measure_slug == table.measure_slug, never)
    return session.scalars(query.order_by(TableVersion.number)).all()


def latest_decision(session: Session, table: TableVersion) -> tuple[TableVersion, TableDecision] | None:
    """The last decision by which everybody got a version of the table's measure, with that version."""
    query = (
        select(TableVersion, TableDecision)
        .join(TableDecision, TableDecision.table_version_id == TableVersion.id)
        .where(
            TableVersion.measure_slug == table.measure_slug,
            TableVersion.organisation_id == table.organisation_id,
            TableVersion.audience == Audience.PUBLIC,
            TableDecision.outcome == "publish",
        )
        .order_by(TableDecision.decided_at.desc(), TableVersion.number.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return (row[0], row[1]) if row else None


def published_cells_of(session: Session, measure_slug: str, rules: Rules) -> PublishedCells:
    """Everything that any reader has of a measure's table, whoever it is for: two may put what they have together. Frames of
    old versions are read and let go, each content once."""
    versions = session.scalars(
        select(TableVersion)
        .where(TableVersion.measure_slug == measure_slug, TableVersion.published_at.is_not(None))
        .order_by(TableVersion.sequence.desc())
    ).all()
    settled = None
    if versions:
        kept = versions[0].protection
        if kept.is_safe and (kept.rules, kept.method) == (rules, METHOD):
            settled = settled_by(frame_of(session, versions[0]), kept.primary, kept.secondary)
    each_once = {table.parquet_key: table for table in versions}.values()
    return PublishedCells.of((stored_frame(session, table) for table in each_once), settled)


def _is_undecided() -> ColumnElement[bool]:
    """As `TableVersion.awaits_its_first_decision`."""
    is_open = TableVersion.state.in_((TableState.PUBLISHED, TableState.SUPERSEDED))
    stands = or_(TableVersion.ended_at.is_(None), TableVersion.ended_at > clock.now())
    return and_(TableVersion.is_carried_over, TableVersion.decided_by.is_(None), is_open, stands)
