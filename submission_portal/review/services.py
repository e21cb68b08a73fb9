"""Deciding about deliveries that a person has to look at, and asking the region to complete one.

A delivery that is in review has been received: it is never changed. Completing means words, which are kept with it; other
figures mean that the region withdraws it or sends a correction.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import hands, references
from registry.actors import Actor, Role
from registry.errors import Refused
from registry.findings import Finding
from registry.locks import holding
from submission_portal.deliveries.decisions.refusal import refuse
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.transitions import hold, record
from submission_portal.flows.acts import line
from submission_portal.forwarding.tables import DECIDED
from submission_portal.legal_questions.identity_numbers import refuse_unfit_texts
from submission_portal.receiving import services as receiving
from submission_portal.review.finding_texts import FINDINGS
from submission_portal.review.tables import CompletionRequest, DeliveryDecision, DeliveryOutcome


def decide_delivery(
    session: Session, actor: Actor, now: datetime, delivery: Delivery, *, outcome: DeliveryOutcome, reason: str
) -> DeliveryDecision:
    """Release a delivery into the follow-up, or refuse it. Two who decide at once: one wins, the other is told.

    Raises `Forbidden` without the role at the recipient, `Refused` for whoever has acted for the discloser in its flow or
    belongs to the discloser, and where it is no longer in review.
    """
    _require_reviewer(actor, delivery)
    hold(session, delivery)
    if (finding := objection(session, actor, delivery)) is not None:
        raise Refused(finding)
    _require_words(reason)
    decision = DeliveryDecision(
        delivery_id=delivery.id,
        organisation_id=delivery.recipient_id,
        discloser_id=delivery.organisation_id,
        person_id=actor.person_id,
        prepared_by=delivery.prepared_by,
        sent_by=delivery.sent_by,
        outcome=outcome,
        reason=reason.strip(),
        decided_at=now,
    )
    try:
        with session.begin_nested():
            session.add(decision)
    except IntegrityError as error:
        raise _refused("REV-001") from error
    record(session, actor, now, delivery, "DeliveryDecided", outcome=outcome.value, decision=decision.id)
    if outcome is DeliveryOutcome.RELEASE:
        release = receiving.release(session, actor, now, delivery)
        references.link(session, f"release:{release.id}", f"decision:{decision.id}", DECIDED, now)
    else:
        refuse(session, actor, now, delivery, reason=reason)
    return decision


def ask_for_completion(
    session: Session, actor: Actor, now: datetime, delivery: Delivery, *, question: str
) -> CompletionRequest:
    """Ask the region about something in the delivery. It stays in review, and waits for the region."""
    _require_reviewer(actor, delivery)
    hold(session, delivery)
    if (finding := objection(session, actor, delivery)) is not None:
        raise Refused(finding)
    _require_words(question)
    request = CompletionRequest(
        delivery_id=delivery.id,
        organisation_id=delivery.recipient_id,
        discloser_id=delivery.organisation_id,
        asked_by=actor.person_id,
        question=question.strip(),
        asked_at=now,
    )
    try:
        with session.begin_nested():
            session.add(request)
    except IntegrityError as error:
        raise _refused("REV-005") from error
    record(session, actor, now, delivery, "CompletionAsked", request=request.id)
    return request


def complete(session: Session, actor: Actor, now: datetime, delivery: Delivery, *, answer: str) -> CompletionRequest:
    """The region's answer to the open question. Raises `NotFound` for other regions, `Refused` where none is open."""
    actor.require(Role.DATA_OFFICER, Role.DISCLOSING_OFFICER, organisation_id=delivery.organisation_id)
    hold(session, delivery)
    questions = select(CompletionRequest).where(CompletionRequest.delivery_id == delivery.id)
    request = session.scalar(holding(questions.where(CompletionRequest.answered_at.is_(None))))
    if request is None or delivery.state != DeliveryState.IN_REVIEW:
        raise _refused("REV-006")
    hands.require(session, actor, hands.Side.DISCLOSER, line(delivery.flow_item_id))
    _require_words(answer)
    request.answer, request.answered_by, request.answered_at = answer.strip(), actor.person_id, now
    session.flush()
    record(session, actor, now, delivery, "DeliveryCompleted", request=request.id)
    return request


def objection(session: Session, actor: Actor, delivery: Delivery) -> Finding | None:
    """What forbids this actor to decide about this delivery, or ``None``."""
    return objections(session, actor, [delivery])[delivery.id]


def objections(session: Session, actor: Actor, deliveries: Sequence[Delivery]) -> dict[str, Finding | None]:
    """What forbids this actor to decide about each of these deliveries, by their ids; one statement."""
    lines = {line(one.flow_item_id) for one in deliveries}
    acted_in = hands.acted_for(session, actor, hands.Side.DISCLOSER, lines)
    return {one.id: _objection(actor, one, acted_in) for one in deliveries}


def _objection(actor: Actor, delivery: Delivery, acted_in: Collection[str]) -> Finding | None:
    if delivery.state != DeliveryState.IN_REVIEW:
        return _finding("REV-001")
    if line(delivery.flow_item_id) in acted_in:
        return _finding("REV-002")
    if actor.belongs_to(delivery.organisation_id):
        return _finding("REV-003")
    return None


def may_review(actor: Actor, delivery: Delivery) -> bool:
    """Whether the actor is a quality reviewer at the recipient; `objection` says whether they may decide on this one."""
    return actor.may_decide(Role.QUALITY_REVIEWER, organisation_id=delivery.recipient_id)


def _require_reviewer(actor: Actor, delivery: Delivery) -> None:
    actor.require_decider(Role.QUALITY_REVIEWER, organisation_id=delivery.recipient_id, is_known=True)


def _require_words(words: str) -> None:
    if not words.strip():
        raise _refused("REV-004")
    refuse_unfit_texts(words)


def _finding(code: str) -> Finding:
    return FINDINGS.found(code)


def _refused(code: str) -> Refused:
    return Refused(_finding(code))
