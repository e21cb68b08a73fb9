"""Taking a delivery for review, so that two do not do the same work. It keeps other reviewers from deciding for a day, by the clock.

Events: ``DeliveryClaimed``, ``DeliveryClaimLetGo``. A claim never keeps anybody from reading.
"""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import events
from registry.actors import Actor, Role
from registry.errors import Refused
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.transitions import hold, record
from submission_portal.review.finding_texts import FINDINGS
from submission_portal.review.judging import refuse_unfit, require_reviewer
from submission_portal.review.queries import claims_in_force
from submission_portal.review.tables import CLAIMED_FOR, DeliveryClaim


def claim(session: Session, actor: Actor, now: datetime, delivery: Delivery) -> DeliveryClaim:
    """Take a delivery in review; who holds it already goes on holding it, until when they first said.

    Of two who take it at once one does, and the other is told. One that has lapsed is taken over. Raises `Forbidden` without the
    role at the recipient, and `Refused` for who may not decide on the delivery, or where another holds it (REV-007).
    """
    require_reviewer(actor, delivery)
    hold(session, delivery)
    now = events.not_before(session, now)
    refuse_unfit(session, actor, delivery, now)
    before = session.scalar(claims_in_force([delivery.id]))
    if before is not None and before.holds(now):
        return before
    if before is not None:
        before.ended_at = before.lapses_at
        session.flush()
    made = DeliveryClaim(
        delivery_id=delivery.id,
        organisation_id=delivery.recipient_id,
        discloser_id=delivery.organisation_id,
        person_id=actor.person_id,
        role=Role.QUALITY_REVIEWER,
        claimed_at=now,
        lapses_at=now + CLAIMED_FOR,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:
        raise Refused(FINDINGS.found("REV-007")) from error
    taken_over = {"over": before.id} if before is not None else {}
    record(session, actor, now, delivery, "DeliveryClaimed", claim=made.id, **taken_over)
    return made


def let_go(session: Session, actor: Actor, now: datetime, delivery: Delivery) -> None:
    """Hold it no more. Letting go of what one does not hold changes nothing."""
    require_reviewer(actor, delivery)
    hold(session, delivery)
    held = session.scalar(claims_in_force([delivery.id]))
    if held is None or held.person_id != actor.person_id:
        return
    held.ended_at, held.ended_by = now, actor.person_id
    session.flush()
    record(session, actor, now, delivery, "DeliveryClaimLetGo", claim=held.id)


def end_with_decision(session: Session, now: datetime, delivery: Delivery) -> None:
    """What is decided is held by nobody. The decision's event tells of it."""
    held = session.scalar(claims_in_force([delivery.id]))
    if held is not None:
        held.ended_at = now
        session.flush()
