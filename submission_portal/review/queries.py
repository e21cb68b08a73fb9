"""Reading what waits for a reviewer, and what was decided: one statement per kind, whatever there is."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from registry.actors import Actor, Role
from registry.items import queries as items
from registry.items import steps
from registry.items.kinds import Requirement
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.carryover import KIND as FLOW
from submission_portal.flows.content import read
from submission_portal.review.tables import CompletionRequest, DeliveryDecision

REVIEWERS = (Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER)


def flows_in_review(session: Session, actor: Actor) -> list[tuple[Version, list[Requirement]]]:
    """Flows in review at the actor's organisations, oldest first, with what is still awaited."""
    own = actor.organisations(*REVIEWERS)
    versions = items.in_review(session, actor, kinds=[FLOW])
    return [(one, steps.awaited(one)) for one in versions if read(one.content).recipient in own]


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


def requests_to(session: Session, actor: Actor) -> list[tuple[CompletionRequest, Delivery]]:
    """Open questions to the actor's own organisations, oldest first."""
    own = actor.organisations(Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)
    query = (
        select(CompletionRequest, Delivery)
        .join(Delivery, Delivery.id == CompletionRequest.delivery_id)
        .where(
            CompletionRequest.answered_at.is_(None),
            CompletionRequest.discloser_id.in_(own),
            Delivery.state == DeliveryState.IN_REVIEW,
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
        .where(Item.kind == FLOW, Version.state == State.PUBLISHED)
        .order_by(Version.published_at.desc(), Version.id)
        .limit(limit)
    )
    return list(session.scalars(query))
