"""Reading releases. Which are current is decided by `current_releases` alone."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from registry.findings import Text
from registry.identity.tables import Organisation
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.tables import Delivery
from submission_portal.forwarding.tables import Release


def current_releases(session: Session, model_slugs: Sequence[str]) -> list[Release]:
    """The releases that figures of these models rest on now, oldest period first.

    A correction of single rows is current only together with what it corrects.
    """
    found = list(
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
    return with_what_they_correct(found, amendments(session, found))


def with_what_they_correct(releases: Sequence[Release], amends: Mapping[str, str]) -> list[Release]:
    """Those of some releases that correct nothing, or stand together with what they correct, in the same order."""
    current = {release.id for release in releases if release.id not in amends}
    pending = {release.id for release in releases} - current
    while reached := {one for one in pending if amends[one] in current}:
        current |= reached
        pending -= reached
    return [release for release in releases if release.id in current]


def amendments(session: Session, releases: Sequence[Release]) -> dict[str, str]:
    """For releases that correct single rows of another: the id of that one. One statement.

    Their rows count instead of those of the same key; the other rows of what they correct still count.
    """
    corrected = aliased(Release)
    rows = session.execute(
        select(Release.id, corrected.id)
        .join(Delivery, Delivery.id == Release.delivery_id)
        .join(corrected, corrected.delivery_id == Delivery.corrects_delivery_id)
        .where(
            Delivery.correction_kind == CorrectionKind.CORRECTION,
            Release.model_slug.in_({one.model_slug for one in releases}),
        )
    )
    wanted = {release.id for release in releases}
    return {release: amended for release, amended in rows if release in wanted}


def replaced_by(session: Session, delivery_id: str) -> Release | None:
    """The release of the whole delivery that ``delivery_id`` is, or that it corrects single rows of."""
    release = release_of(session, delivery_id)
    while release is not None and (amended := amendments(session, [release]).get(release.id)) is not None:
        release = session.get(Release, amended)
    return release


def release_of(session: Session, delivery_id: str) -> Release | None:
    """The delivery's release, where it has been released."""
    return session.scalar(select(Release).where(Release.delivery_id == delivery_id))


def delivered_by(session: Session, condition: ColumnElement[bool]) -> dict[str, tuple[Text, str]]:
    """For each release of which something is true: who delivered it, and the delivery's number. One statement."""
    rows = session.execute(
        select(Release.id, Organisation.name_sv, Organisation.name_en, Delivery.number)
        .join(Organisation, Organisation.id == Release.organisation_id)
        .join(Delivery, Delivery.id == Release.delivery_id)
        .where(condition)
    )
    return {release: (Text(sv, en), number or "") for release, sv, en, number in rows}


def releases_by_id(session: Session, ids: Sequence[str]) -> dict[str, Release]:
    return {release.id: release for release in session.scalars(select(Release).where(Release.id.in_(ids)))}


def releases_where(session: Session, condition: ColumnElement[bool]) -> list[Release]:
    """All releases of which something is true, oldest period first."""
    return list(session.scalars(select(Release).where(condition).order_by(Release.period_first, Release.id)))
