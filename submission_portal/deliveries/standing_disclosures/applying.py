"""A delivery that goes under a standing decision, in the transaction that sends it."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from information_models.queries import load_model
from registry import clock
from registry.actors import SYSTEM
from registry.errors import Refused
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import DeliveryAct, DeliveryState
from submission_portal.deliveries.standing_disclosures.judging import judgement_of, refusal
from submission_portal.deliveries.standing_disclosures.queries import decision_of_line
from submission_portal.deliveries.tables import Delivery, Disclosure, StandingDisclosure
from submission_portal.deliveries.transitions import move, record
from submission_portal.deliveries.uses import naming
from submission_portal.flows.uses.queries import hold_uses


def held_decision(session: Session, now: datetime, delivery: Delivery) -> StandingDisclosure | None:
    """The standing decision that a delivery without one of its own would go under, held with the uses that it names; ``None`` where
    its line has none, and of one that an officer decided on. Its line is held before it."""
    if delivery.state != DeliveryState.CHECKED:
        return None
    decision = decision_of_line(session, delivery.flow_item_id, clock.today(now), hold=True)
    if decision is not None:
        hold_uses(session, decision.named)
    return decision


def disclose_under(session: Session, now: datetime, delivery: Delivery, decision: StandingDisclosure) -> Disclosure:
    """Disclose a checked delivery under a decision that is held (`held_decision`), for exactly the uses that it names.

    Raises `Refused`, with what differs, where the decision does not cover it; then nothing of the transaction is to stay.
    """
    on = clock.today(now)
    judgement = judgement_of(session, delivery, decision, on)
    if (finding := refusal(judgement, load_model(session, decision.model_version_hash))) is not None:
        raise Refused(finding)
    named = naming.chosen(session, delivery, list(decision.named), on)
    made = Disclosure(
        organisation_id=delivery.organisation_id,
        revision=delivery.revision,
        content_hash=delivery.content_hash,
        person_id=decision.person_id,
        prepared_by=delivery.prepared_by,
        is_granted=True,
        assessment=decision.assessment,
        registry_number=decision.registry_number,
        reason=decision.reason,
        decided_at=now,
        standing_disclosure=decision,
        judged=list(judgement.conditions),
    )
    try:
        with session.begin_nested():
            delivery.disclosures.append(made)
    except IntegrityError:
        raise Refused(FINDINGS.found("DEL-001")) from None
    move(delivery, DeliveryAct.DISCLOSE)
    session.flush()
    naming.name(session, now, delivery, made, named)
    record(
        session, SYSTEM, now, delivery, "DeliveryDisclosedUnderStanding",
        decision=made.id, standing=decision.id, uses=" ".join(one.ref for one in named),
    )  # fmt: skip
    return made
