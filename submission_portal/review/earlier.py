"""What a delivery in review is held against: the last that was approved in its line, and the line as the reader last reviewed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from sqlalchemy import Select, and_, case, select, union_all
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.errors import NotFound, Refused
from submission_portal.deliveries import queries
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.review.tables import CompletionRequest, DeliveryDecision, ReviewPoint


@dataclass(frozen=True, slots=True)
class Earlier:
    """The deliveries that were there: one, or the parts of one period; ``until``: with the corrections that had come then."""

    deliveries: tuple[Delivery, ...]
    until: datetime | None = None


def last_approved(session: Session, delivery: Delivery) -> Earlier | None:
    """The deliveries of the line that were released for the same days, or else for the nearest earlier ones; same region."""
    first, last = delivery.period_first, delivery.period_last
    if first is None or last is None:
        return None
    standing = queries.standing_in_period(session, delivery.flow_item_id, first, last, delivery.part, but=delivery.id)
    same = [one for one in standing if one.state == DeliveryState.RELEASED]
    if same:
        return Earlier(tuple(same))
    periods = queries.periods_before(session, delivery.flow_item_id, first, delivery.part, most=1)
    return Earlier(tuple(periods[0])) if periods else None


def last_reviewed(session: Session, actor: Actor, delivery: Delivery) -> Earlier | None:
    """The delivery of the line that the actor last decided on, asked about or wrote a point about, with the corrections that had come
    by then; one of the same days before all others. One statement more than reads it."""
    acts = union_all(
        _moments(
            DeliveryDecision.delivery_id, DeliveryDecision.decided_at, DeliveryDecision.person_id == actor.person_id
        ),
        _moments(ReviewPoint.delivery_id, ReviewPoint.written_at, ReviewPoint.written_by == actor.person_id),
        _moments(
            CompletionRequest.delivery_id, CompletionRequest.asked_at, CompletionRequest.asked_by == actor.person_id
        ),
    ).subquery()
    is_same = and_(Delivery.period_first <= delivery.period_last, Delivery.period_last >= delivery.period_first)
    query = (
        select(Delivery, acts.c.moment)
        .join(acts, acts.c.delivery_id == Delivery.id)
        .where(Delivery.flow_item_id == delivery.flow_item_id, queries.visible(actor))
        .order_by(case((is_same, 0), else_=1), acts.c.moment.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return Earlier((found[0],), found[1]) if found is not None else None


def _moments(delivery_id, moment, is_mine) -> Select[tuple[str, datetime]]:  # type: ignore[no-untyped-def]
    return select(delivery_id.label("delivery_id"), moment.label("moment")).where(is_mine)


def rows_of_earlier(session: Session, earlier: Earlier, key: Sequence[str], *, but: Delivery) -> pl.DataFrame | None:
    """The rows as they stood then, without what ``but`` itself corrects; ``None`` where they are not there any more."""
    is_of_then = earlier.until is not None
    frames = [
        rows_as_they_stand(
            session, one, key, until=earlier.until, but="" if is_of_then else but.id, released=not is_of_then
        )
        for one in earlier.deliveries
    ]
    there = [one for one in frames if one is not None]
    return pl.concat(there, how="diagonal_relaxed") if there and len(there) == len(frames) else None


def rows_as_they_stand(
    session: Session,
    delivery: Delivery,
    key: Sequence[str],
    *,
    until: datetime | None = None,
    but: str = "",
    released: bool = False,
) -> pl.DataFrame | None:
    """The whole rows that a delivery stands for: its own with its corrections, and of a correction those of what it corrects, with the
    corrections up to itself.

    ``until``: with what had come by then. ``but``: without one correction. ``released``: with none that is not released.
    """
    root = queries.root_of(session, delivery)
    chain = queries.corrections_of(session, root)
    if delivery.correction_kind == CorrectionKind.CORRECTION:
        at = next((place for place, one in enumerate(chain) if one.id == delivery.id), len(chain))
        chain = [*chain[:at], delivery]
    counted = [
        one
        for one in chain
        if one.id != but
        and (until is None or one.sent_at is None or one.sent_at <= until or one.id == delivery.id)
        and (not released or one.state == DeliveryState.RELEASED)
    ]
    try:
        rows = queries.rows_of(session, root)
        for one in counted:
            newer = queries.rows_of(session, one)
            left = rows.join(newer, on=list(key), how="anti", nulls_equal=True)
            rows = pl.concat([left, newer], how="diagonal_relaxed")
    except (NotFound, Refused):  # `storage verify` says so
        return None
    return rows
