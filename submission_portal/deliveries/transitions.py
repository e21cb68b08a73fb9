"""What each step in a delivery's life does: lock the row, move it to its next state, record the event."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import events
from registry.actors import Actor
from registry.errors import Refused
from registry.locks import Hold, holding
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import DeliveryAct, DeliveryState, after
from submission_portal.deliveries.queries import PREPARES, line_of
from submission_portal.deliveries.tables import Delivery


def lock(session: Session, actor: Actor, delivery: Delivery, revision: int | None = None) -> None:
    """Hold the row, and see that the actor may prepare it and has seen its latest revision.

    Raises `NotFound` for others' deliveries, `Forbidden` without the role, `Refused` where it was changed or sent.
    """
    actor.require(*PREPARES, organisation_id=delivery.organisation_id)
    hold(session, delivery)
    if not delivery.is_working or (revision is not None and revision != delivery.revision):
        raise Refused(FINDINGS.found("DEL-001"))


def hold(session: Session, delivery: Delivery) -> None:
    """Lock the row until the transaction ends, and read it and what hangs on it as it is now.

    What it corrects or replaces is locked before it, from the first delivery on, so that whatever happens to one of them
    waits for what happens to another. Raises `Refused` where it corrects something else than a moment ago.
    """
    line = line_of(session, delivery.id)
    for identifier in reversed(line):
        session.scalars(holding(select(Delivery).where(Delivery.id == identifier), Hold.CHANGING, of=Delivery)).one()
    if (delivery.corrects_delivery_id or "") != "".join(line[1:2]):
        raise Refused(FINDINGS.found("DEL-001"))


def move(delivery: Delivery, act: DeliveryAct) -> None:
    """Take the delivery one step on its way, or raise `Refused` where there is none."""
    state = after(DeliveryState(delivery.state), act)
    if state is None:
        raise Refused(FINDINGS.found("DEL-001"))
    delivery.state = state


def record(
    session: Session, actor: Actor, now: datetime, delivery: Delivery, type_: str, **data: str | int | None
) -> None:
    """Record an event about the delivery; ``data`` without a value is left out."""
    events.record(
        session,
        type_,
        actor=actor,
        now=now,
        subject=f"delivery:{delivery.id}",
        organisation_id=delivery.organisation_id,
        data={name: value for name, value in data.items() if value is not None},
    )
