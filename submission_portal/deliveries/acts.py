"""For which side a person acts who does something with a delivery: of its flow, with all deliveries in it."""

from sqlalchemy.orm import Session

from registry.events import Happening
from registry.hands import Side, Stand
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.acts import line


def for_discloser(session: Session, happening: Happening) -> Stand:
    """What the region does: preparing, deciding to disclose, sending, completing, withdrawing."""
    delivery = _delivery(session, happening)
    return Stand(line(delivery.flow_item_id), Side.DISCLOSER, delivery.organisation_id)


def for_recipient(session: Session, happening: Happening) -> Stand:
    """What the recipient's reviewers do: asking, releasing, refusing."""
    delivery = _delivery(session, happening)
    return Stand(line(delivery.flow_item_id), Side.RECIPIENT, delivery.recipient_id)


ACTS = {
    "DeliveryStarted": for_discloser,
    "DeliveryReadAgain": for_discloser,
    "IdentityQuestionAnswered": for_discloser,
    "DeliveryCheckAskedFor": for_discloser,
    "DeliveryAnswered": for_discloser,
    "DeliveryCorrectionChosen": for_discloser,
    "DeliveryComparedAgain": for_discloser,
    "DeliveryDisclosed": for_discloser,
    "DisclosureDeclined": for_discloser,
}
"""Before a delivery meets the other side. What comes after is in the acts of the packages above."""


def _delivery(session: Session, happening: Happening) -> Delivery:
    return session.get_one(Delivery, happening.subject.removeprefix("delivery:"))
