"""Table versions for those who compose them and decide about them, in whatever state. What readers may have is `gateway`'s."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.errors import NotFound
from submission_portal.followup.basis import METHOD
from submission_portal.followup.protecting import Rules
from submission_portal.followup.published_cells import PublishedCells, settled_by
from submission_portal.followup.queries import frame_of, stored_frame
from submission_portal.followup.tables import TableState, TableVersion

REVIEWERS = (Role.LEGAL_REVIEWER, Role.QUALITY_REVIEWER)


def latest_version(session: Session, measure_slug: str) -> TableVersion | None:
    """The newest version in whatever state."""
    return session.scalar(
        select(TableVersion)
        .where(TableVersion.measure_slug == measure_slug)
        .order_by(TableVersion.number.desc())
        .limit(1)
    )


def next_number(session: Session, measure_slug: str) -> int:
    largest = session.scalar(select(func.max(TableVersion.number)).where(TableVersion.measure_slug == measure_slug))
    return (largest or 0) + 1


def measures_with_tables(session: Session) -> list[str]:
    """The slugs of the measures of which a table was ever composed, in order."""
    query = select(TableVersion.measure_slug).distinct().order_by(TableVersion.measure_slug)
    return list(session.scalars(query))


def awaiting_review(session: Session, actor: Actor) -> list[TableVersion]:
    """Versions that wait for a decision which ``actor`` may take or see prepared, oldest first."""
    return list(
        session.scalars(
            select(TableVersion)
            .where(
                TableVersion.state == TableState.AWAITING_REVIEW,
                TableVersion.organisation_id.in_(actor.organisations(*REVIEWERS)),
            )
            .order_by(TableVersion.composed_at)
        )
    )


def all_awaiting(session: Session) -> Sequence[TableVersion]:
    """Every version that waits for a decision, by measure."""
    query = select(TableVersion).where(TableVersion.state == TableState.AWAITING_REVIEW)
    return session.scalars(query.order_by(TableVersion.measure_slug, TableVersion.number)).all()


def all_standing(session: Session) -> Sequence[TableVersion]:
    """Every version that is published now or waits for a decision, by measure."""
    states = (TableState.PUBLISHED, TableState.AWAITING_REVIEW)
    query = select(TableVersion).where(TableVersion.state.in_(states))
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
    """What waits for a decision at these recipients, and what they have published since a moment and still stands."""
    query = select(TableVersion).where(
        TableVersion.organisation_id.in_(organisations),
        or_(
            TableVersion.state == TableState.AWAITING_REVIEW,
            (TableVersion.state == TableState.PUBLISHED) & (TableVersion.published_at >= since),
        ),
    )
    return session.scalars(query.order_by(TableVersion.composed_at.desc()).limit(limit)).all()


def published_cells_of(session: Session, measure_slug: str, rules: Rules) -> PublishedCells:
    """Everything that any reader has of a measure's table. Frames of old versions are read and let go."""
    versions = session.scalars(
        select(TableVersion)
        .where(TableVersion.measure_slug == measure_slug, TableVersion.published_at.is_not(None))
        .order_by(TableVersion.number.desc())
    ).all()
    settled = None
    if versions:
        kept = versions[0].protection
        if kept.is_safe and (kept.rules, kept.method) == (rules, METHOD):
            settled = settled_by(frame_of(session, versions[0]), kept.primary, kept.secondary)
    return PublishedCells.of((stored_frame(session, table) for table in versions), settled)
