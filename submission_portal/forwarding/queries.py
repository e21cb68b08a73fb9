"""Reading releases. Which are current is decided by `current_releases` alone."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from submission_portal.forwarding.tables import Release


def current_releases(session: Session, model_slugs: Sequence[str]) -> list[Release]:
    """The releases that figures of these models rest on now, oldest period first."""
    return list(
        session.scalars(
            select(Release)
            .where(
                Release.model_slug.in_(model_slugs),
                Release.forwarded_at.is_not(None),
                Release.superseded_at.is_(None),
                Release.withdrawn_at.is_(None),
            )
            .order_by(Release.period_first, Release.organisation_id, Release.released_at, Release.id)
        )
    )


def release_of(session: Session, delivery_id: str) -> Release | None:
    """The delivery's release, where it has been released."""
    return session.scalar(select(Release).where(Release.delivery_id == delivery_id))


def releases_by_id(session: Session, ids: Sequence[str]) -> dict[str, Release]:
    return {release.id: release for release in session.scalars(select(Release).where(Release.id.in_(ids)))}
