"""Whether a delivery waits because its line, or every use that it is for, is suspended."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from registry.findings import Finding
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.uses.named import uses_of
from submission_portal.flows import suspending
from submission_portal.flows.uses.queries import that_may_be_named, uses_of_line
from submission_portal.flows.uses.standing import StandingUse


def suspension(session: Session, delivery: Delivery, nameable: Sequence[StandingUse] = ()) -> Finding | None:
    """What a delivery waits for; ``None`` where nothing is suspended. Before the region has decided what it is for, ``nameable``: the
    uses that it could be for."""
    decided = [one.standing for one in uses_of(session, delivery) if not one.is_ended]
    return suspending.stop(session, delivery.flow_item_id) or suspending.all_suspended(session, decided or nameable)


def suspension_of_next(session: Session, flow_item_id: str, on: date) -> Finding | None:
    """What a delivery that is begun in the line on the day would wait for; ``None`` where nothing is suspended."""
    named = that_may_be_named(uses_of_line(session, flow_item_id), on)
    return suspending.stop(session, flow_item_id) or suspending.all_suspended(session, named)
