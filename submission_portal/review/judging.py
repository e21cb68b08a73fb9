"""Who may decide about a delivery in review, and what must be there before anybody does."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from registry import hands
from registry.actors import Actor, Role
from registry.errors import Refused
from registry.findings import Finding
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.acts import line
from submission_portal.legal_questions.identity_numbers import refuse_unfit_texts
from submission_portal.review.finding_texts import FINDINGS
from submission_portal.review.queries import held_claims
from submission_portal.review.tables import DeliveryClaim


def objection(session: Session, actor: Actor, delivery: Delivery, now: datetime) -> Finding | None:
    """What forbids this actor to decide about this delivery, or ``None``."""
    return objections(session, actor, [delivery], now)[delivery.id]


def objections(
    session: Session, actor: Actor, deliveries: Sequence[Delivery], now: datetime
) -> dict[str, Finding | None]:
    """What forbids this actor to decide about each of these deliveries, by their ids; two statements."""
    lines = {line(one.flow_item_id) for one in deliveries}
    acted_in = hands.acted_for(session, actor, hands.Side.DISCLOSER, lines)
    held = held_claims(session, [one.id for one in deliveries], now)
    return {one.id: _objection(actor, one, acted_in, held.get(one.id)) for one in deliveries}


def _objection(
    actor: Actor, delivery: Delivery, acted_in: Collection[str], claim: DeliveryClaim | None
) -> Finding | None:
    if delivery.state != DeliveryState.IN_REVIEW:
        return FINDINGS.found("REV-001")
    if line(delivery.flow_item_id) in acted_in:
        return FINDINGS.found("REV-002")
    if actor.belongs_to(delivery.organisation_id):
        return FINDINGS.found("REV-003")
    if claim is not None and claim.person_id != actor.person_id:
        return FINDINGS.found("REV-007")
    return None


def may_review(actor: Actor, delivery: Delivery) -> bool:
    """Whether the actor is a quality reviewer at the recipient; `objection` says whether they may decide on this one."""
    return actor.may_decide(Role.QUALITY_REVIEWER, organisation_id=delivery.recipient_id)


def require_reviewer(actor: Actor, delivery: Delivery) -> None:
    """Raises `Forbidden` for who is no quality reviewer at the recipient, and for machines."""
    actor.require_decider(Role.QUALITY_REVIEWER, organisation_id=delivery.recipient_id, is_known=True)


def refuse_unfit(session: Session, actor: Actor, delivery: Delivery, now: datetime) -> None:
    """Raises `Refused` for who may not decide on the delivery now."""
    if (finding := objection(session, actor, delivery, now)) is not None:
        raise Refused(finding)


def require_words(words: str) -> str:
    """The words without what surrounds them. Raises `Refused` where there are none, or an identity number is among them."""
    if not words.strip():
        raise Refused(FINDINGS.found("REV-004"))
    refuse_unfit_texts(words)
    return words.strip()
