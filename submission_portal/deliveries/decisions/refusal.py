"""The recipient's refusal: a delivery that is not taken into the follow-up."""

from datetime import datetime

from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.errors import Refused
from registry.reasons import says_something
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import DeliveryAct
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.transitions import hold, move, record


def refuse(session: Session, actor: Actor, now: datetime, delivery: Delivery, *, reason: str) -> None:
    """The recipient does not take a delivery into the follow-up; the sender reads why and may deliver anew.

    The caller (review) settles who may decide. Raises `Refused` where it is not in review any more.
    """
    hold(session, delivery)
    if not says_something(reason):
        raise Refused(FINDINGS.found("DEL-007"))
    move(delivery, DeliveryAct.REFUSE)
    delivery.ended_reason, delivery.changed_at = reason.strip(), now
    session.flush()
    record(session, actor, now, delivery, "DeliveryRefused")
