"""Deciding about deliveries that a person has to look at, and asking the region to complete one.

A delivery that is in review has been received: it is never changed. Completing means words, which are kept with it; other
figures mean that the region withdraws it or sends a correction.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import events, hands, references
from registry.actors import Actor, Role
from registry.errors import Refused
from registry.locks import holding
from submission_portal.deliveries.decisions.refusal import refuse
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.transitions import hold, record
from submission_portal.flows.acts import line
from submission_portal.forwarding.tables import DECIDED
from submission_portal.receiving import services as receiving
from submission_portal.review.claims import end_with_decision
from submission_portal.review.finding_texts import FINDINGS
from submission_portal.review.judging import refuse_unfit, require_reviewer, require_words
from submission_portal.review.points import approve
from submission_portal.review.tables import CompletionRequest, DeliveryDecision, DeliveryOutcome


def decide_delivery(
    session: Session, actor: Actor, now: datetime, delivery: Delivery, *, outcome: DeliveryOutcome, reason: str
) -> DeliveryDecision:
    """Release a delivery into the follow-up, or refuse it. Two who decide at once: one wins, the other is told.

    Raises `Forbidden` without the role at the recipient, `Refused` for whoever has acted for the discloser in its flow or
    belongs to the discloser, where another holds it (`claims`) or it is no longer in review, and of releasing it with an open
    point (`points`).
    """
    require_reviewer(actor, delivery)
    hold(session, delivery)
    refuse_unfit(session, actor, delivery, events.not_before(session, now))
    reason = require_words(reason)
    if outcome is DeliveryOutcome.RELEASE:
        approve(session, delivery)
    end_with_decision(session, now, delivery)
    decision = DeliveryDecision(
        delivery_id=delivery.id,
        organisation_id=delivery.recipient_id,
        discloser_id=delivery.organisation_id,
        person_id=actor.person_id,
        prepared_by=delivery.prepared_by,
        sent_by=delivery.sent_by,
        outcome=outcome,
        reason=reason,
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
    require_reviewer(actor, delivery)
    hold(session, delivery)
    refuse_unfit(session, actor, delivery, events.not_before(session, now))
    question = require_words(question)
    request = CompletionRequest(
        delivery_id=delivery.id,
        organisation_id=delivery.recipient_id,
        discloser_id=delivery.organisation_id,
        asked_by=actor.person_id,
        question=question,
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
    request.answer, request.answered_by, request.answered_at = require_words(answer), actor.person_id, now
    session.flush()
    record(session, actor, now, delivery, "DeliveryCompleted", request=request.id)
    return request


def _refused(code: str) -> Refused:
    return Refused(FINDINGS.found(code))
