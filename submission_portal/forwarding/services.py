"""Releasing: the moment from which a delivery belongs to the national follow-up.

The release and the job that carries it to the national store are written in one transaction, so that neither exists
without the other. Everything after that moment is the worker's, and may be interrupted anywhere.
"""

from datetime import date, datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import events, jobs, references, storage
from registry.actors import Actor
from registry.items.queries import version_by_hash
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.forwarding.queries import release_of, replaced_by
from submission_portal.forwarding.tables import Release

FORWARD = "forward_release"
PUBLISH = "publish_tables"
TIDY = "tidy_store"
"""Once a month and table, with the month's first release."""


class Releasable(Protocol):
    """What a release needs to know of a delivery."""

    id: str
    organisation_id: str
    flow_version_hash: str
    model_version_hash: str
    parquet_key: str | None
    period: str
    period_first: date | None
    period_last: date | None
    corrects_delivery_id: str | None
    correction_kind: CorrectionKind | None


def release(session: Session, actor: Actor, now: datetime, *, delivery: Releasable) -> Release:
    """Release a delivery, and ask for it to be forwarded. Releasing it twice changes nothing.

    A delivery that replaces an earlier one supersedes that one's release, with its corrections, as soon as its own is in
    the national store. One that corrects single rows amends it: its rows count instead of those of the same key.
    Raises ``LookupError`` where the delivery names no known model version, ``ValueError`` where it has no accepted rows,
    and `Refused` where those are not there as they were accepted.
    """
    existing = release_of(session, delivery.id)
    if existing is not None:
        return existing
    model = version_by_hash(session, delivery.model_version_hash)
    if model is None:
        raise LookupError(f"no model version {delivery.model_version_hash}")
    if delivery.parquet_key is None or delivery.period_first is None or delivery.period_last is None:
        raise ValueError(f"delivery {delivery.id} has no accepted rows")
    storage.require(session, delivery.parquet_key)
    is_partial = delivery.correction_kind == CorrectionKind.CORRECTION
    corrected = None
    if delivery.corrects_delivery_id:
        find = release_of if is_partial else replaced_by
        corrected = find(session, delivery.corrects_delivery_id)
    made = Release(
        organisation_id=delivery.organisation_id,
        delivery_id=delivery.id,
        flow_version_hash=delivery.flow_version_hash,
        model_slug=model.item.slug,
        model_version_hash=delivery.model_version_hash,
        parquet_key=delivery.parquet_key,
        period=delivery.period,
        period_first=delivery.period_first,
        period_last=delivery.period_last,
        supersedes_id=corrected.id if corrected and not is_partial else None,
        released_at=now,
    )
    session.add(made)
    session.flush()
    references.link(session, f"release:{made.id}", f"delivery:{delivery.id}", "released", now)
    if corrected:
        references.link(
            session, f"release:{made.id}", f"release:{corrected.id}", "amends" if is_partial else "supersedes", now
        )
    events.record(
        session,
        "DeliveryReleased",
        actor=actor,
        now=now,
        subject=f"delivery:{delivery.id}",
        organisation_id=delivery.organisation_id,
        data={"release": made.id, "corrects": corrected.id if corrected else ""},
    )
    jobs.enqueue(
        session,
        FORWARD,
        now=now,
        payload={"release": made.id},
        organisation_id=delivery.organisation_id,
        unique_key=f"{FORWARD}:{made.id}",
    )
    return made


def withdraw_release(session: Session, actor: Actor, now: datetime, *, release: Release, reason: str) -> None:
    """Take a release out of what figures rest on. What is in the store stays there and is no longer read."""
    if release.withdrawn_at is not None:
        return
    release.withdrawn_at = now
    events.record(
        session,
        "ReleaseWithdrawn",
        actor=actor,
        now=now,
        subject=f"release:{release.id}",
        organisation_id=release.organisation_id,
        data={"delivery": release.delivery_id},
    )
    ask_for_tables(session, now, release.model_slug)


def mark_forwarded(session: Session, actor: Actor, now: datetime, *, release: Release, table: str) -> None:
    """Record that the release's rows are in the national store, which makes it current in place of what it corrects."""
    if release.forwarded_at is not None:
        return
    release.forwarded_at, release.national_table = now, table
    earlier = session.get(Release, release.supersedes_id) if release.supersedes_id else None
    while earlier is not None:
        # A correction of a correction may arrive first; whatever it stands on is superseded with it.
        earlier.superseded_at = earlier.superseded_at or now
        earlier = session.get(Release, earlier.supersedes_id) if earlier.supersedes_id else None
    if session.scalar(
        select(Release.id).where(Release.supersedes_id == release.id, Release.forwarded_at.is_not(None)).limit(1)
    ):
        release.superseded_at = release.superseded_at or now
    events.record(
        session,
        "ReleaseForwarded",
        actor=actor,
        now=now,
        subject=f"release:{release.id}",
        organisation_id=release.organisation_id,
        data={"delivery": release.delivery_id, "table": table},
    )
    jobs.enqueue(session, TIDY, now=now, payload={"table": table}, unique_key=f"{TIDY}:{table}:{now:%Y-%m}")
    ask_for_tables(session, now, release.model_slug)


def ask_for_tables(session: Session, now: datetime, model_slug: str) -> None:
    """Have the tables of a model's measures composed anew, unless that is already waiting to be done."""
    jobs.enqueue_unless_waiting(session, PUBLISH, now=now, payload={"model": model_slug})
