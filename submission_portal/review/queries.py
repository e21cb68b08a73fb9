"""Reading what waits for a reviewer, and what was decided: one statement per kind, whatever there is."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from registry.actors import Actor, Role
from registry.items import queries as items
from registry.items import steps
from registry.items.kinds import Requirement
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.carryover import KIND as LINE
from submission_portal.flows.parties import parties_of
from submission_portal.flows.uses.standing import USE
from submission_portal.review.tables import CompletionRequest, DeliveryClaim, DeliveryDecision, ReviewPoint

REVIEWERS = (Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER)


def flows_in_review(session: Session, actor: Actor) -> list[tuple[Version, list[Requirement]]]:
    """Lines and uses in review at the actor's organisations, oldest first, with what is still awaited."""
    own = actor.organisations(*REVIEWERS)
    versions = items.in_review(session, actor, kinds=[LINE, USE])
    return [(one, steps.awaited(one)) for one in versions if parties_of(one).recipient in own]


def deliveries_in_review(session: Session, actor: Actor) -> list[Delivery]:
    """Deliveries that wait for a decision at the actor's organisations, oldest first."""
    query = (
        select(Delivery)
        .where(Delivery.state == DeliveryState.IN_REVIEW, Delivery.recipient_id.in_(actor.organisations(*REVIEWERS)))
        .order_by(Delivery.sent_at)
        .options(selectinload(Delivery.disclosures))
    )
    return list(session.scalars(query))


def decision_of(session: Session, delivery_id: str) -> DeliveryDecision | None:
    """The recipient's decision about a delivery; ``None`` where it went straight through or is not decided."""
    return session.scalar(select(DeliveryDecision).where(DeliveryDecision.delivery_id == delivery_id))


def decisions_by_id(session: Session, decision_ids: Sequence[str]) -> dict[str, DeliveryDecision]:
    rows = session.scalars(select(DeliveryDecision).where(DeliveryDecision.id.in_(decision_ids)))
    return {row.id: row for row in rows}


def requests_of(session: Session, delivery_id: str) -> list[CompletionRequest]:
    """What was asked and answered about a delivery, oldest first."""
    query = select(CompletionRequest).where(CompletionRequest.delivery_id == delivery_id)
    return list(session.scalars(query.order_by(CompletionRequest.asked_at)))


def open_requests(session: Session, delivery_ids: Iterable[str]) -> dict[str, CompletionRequest]:
    """The open question of each of these deliveries that has one."""
    query = select(CompletionRequest).where(
        CompletionRequest.delivery_id.in_(tuple(delivery_ids)), CompletionRequest.answered_at.is_(None)
    )
    return {row.delivery_id: row for row in session.scalars(query)}


def claims_in_force(delivery_ids: Collection[str]) -> Select[DeliveryClaim]:
    """The claims of these deliveries that were not ended, lapsed ones too."""
    return select(DeliveryClaim).where(DeliveryClaim.delivery_id.in_(delivery_ids), DeliveryClaim.ended_at.is_(None))


def held_claims(session: Session, delivery_ids: Collection[str], now: datetime) -> dict[str, DeliveryClaim]:
    """Who holds each of some deliveries at a moment, where somebody does; one statement."""
    return {one.delivery_id: one for one in session.scalars(claims_in_force(delivery_ids)) if one.holds(now)}


def points_of(session: Session, delivery_id: str, *, returned: bool = False) -> list[ReviewPoint]:
    """The points about a delivery in the order of their numbers; only those that were ``returned`` to the region."""
    query = select(ReviewPoint).where(ReviewPoint.delivery_id == delivery_id)
    if returned:
        query = query.where(ReviewPoint.returned_at.is_not(None))
    return list(session.scalars(query.order_by(ReviewPoint.number)))


def open_points(session: Session, delivery_ids: Iterable[str]) -> dict[str, list[ReviewPoint]]:
    """The open points of each of these deliveries that has some; one statement."""
    query = select(ReviewPoint).where(
        ReviewPoint.delivery_id.in_(tuple(delivery_ids)),
        ReviewPoint.answered_at.is_(None),
        ReviewPoint.taken_back_at.is_(None),
    )
    found: dict[str, list[ReviewPoint]] = {}
    for row in session.scalars(query.order_by(ReviewPoint.number)):
        found.setdefault(row.delivery_id, []).append(row)
    return found


def numbers_of(session: Session, delivery_ids: Collection[str]) -> dict[str, str]:
    """The numbers of deliveries that were received, by their ids; one statement, none for none."""
    if not delivery_ids:
        return {}
    rows = session.execute(select(Delivery.id, Delivery.number).where(Delivery.id.in_(delivery_ids)))
    return {identifier: str(number) for identifier, number in rows}


def points_to(session: Session, actor: Actor, only: str | None = None) -> list[tuple[Delivery, datetime, int]]:
    """Deliveries of the actor's own organisations that were returned with points they have not answered: since when, how many.
    ``only``: the id of the one that is asked about."""
    own = actor.organisations(Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)
    query = (
        select(Delivery, func.min(ReviewPoint.returned_at), func.count())
        .join(ReviewPoint, ReviewPoint.delivery_id == Delivery.id)
        .where(
            ReviewPoint.returned_at.is_not(None),
            ReviewPoint.answered_at.is_(None),
            ReviewPoint.taken_back_at.is_(None),
            ReviewPoint.discloser_id.in_(own),
            Delivery.state == DeliveryState.IN_REVIEW,
            *(() if only is None else (Delivery.id == only,)),
        )
        .group_by(Delivery.id)
        .order_by(func.min(ReviewPoint.returned_at))
    )
    return [(delivery, since, count) for delivery, since, count in session.execute(query) if since is not None]


def requests_to(session: Session, actor: Actor, only: str | None = None) -> list[tuple[CompletionRequest, Delivery]]:
    """Open questions to the actor's own organisations, oldest first. ``only``: the id of the delivery that is asked about."""
    own = actor.organisations(Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)
    query = (
        select(CompletionRequest, Delivery)
        .join(Delivery, Delivery.id == CompletionRequest.delivery_id)
        .where(
            CompletionRequest.answered_at.is_(None),
            CompletionRequest.discloser_id.in_(own),
            Delivery.state == DeliveryState.IN_REVIEW,
            *(() if only is None else (Delivery.id == only,)),
        )
        .order_by(CompletionRequest.asked_at)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def recent_decisions(session: Session, actor: Actor, limit: int = 10) -> list[tuple[DeliveryDecision, Delivery]]:
    """The latest decisions about deliveries at the actor's organisations, on either side."""
    query = (
        select(DeliveryDecision, Delivery)
        .join(Delivery, Delivery.id == DeliveryDecision.delivery_id)
        .where(
            or_(
                DeliveryDecision.organisation_id.in_(actor.organisations(*REVIEWERS)),
                DeliveryDecision.discloser_id.in_(actor.organisations(Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)),
            )
        )
        .order_by(DeliveryDecision.decided_at.desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def recently_published_flows(session: Session, limit: int = 10) -> list[Version]:
    """The flows that were approved last."""
    query = (
        select(Version)
        .join(Item)
        .where(Item.kind == LINE, Version.state == State.PUBLISHED)
        .order_by(Version.published_at.desc(), Version.id)
        .limit(limit)
    )
    return list(session.scalars(query))
