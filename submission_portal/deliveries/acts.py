"""For which side a person acts who does something with a delivery: of its flow, with all deliveries in it."""

from sqlalchemy.orm import Session

from registry.events import Happening
from registry.hands import Side, Stand
from submission_portal.deliveries.tables import Delivery, ExportLayout
from submission_portal.flows.acts import line


def for_discloser(session: Session, happening: Happening) -> Stand:
    """What the region does: preparing, deciding to disclose, sending, completing, withdrawing."""
    delivery = _delivery(session, happening)
    return Stand(line(delivery.flow_item_id), Side.DISCLOSER, delivery.organisation_id)


def of_layout(session: Session, happening: Happening) -> Stand:
    """What the region answers about its exports, in the line that they are delivered in."""
    layout = session.get_one(ExportLayout, happening.subject.removeprefix("layout:"))
    return Stand(line(layout.flow_item_id), Side.DISCLOSER, layout.organisation_id)


def for_decider(session: Session, happening: Happening) -> Stand:
    """Taking a standing decision about a line's deliveries, or withdrawing it: for the region."""
    return Stand(line(str(happening.data["line"])), Side.DISCLOSER, str(happening.organisation_id))


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
    "LayoutAnswered": of_layout,
    "LayoutChanged": of_layout,
    "ExplanationsKept": for_discloser,
    "KeptExplanationEnded": for_discloser,
    "DeliveryDisclosed": for_discloser,
    "DisclosureDeclined": for_discloser,
    "StandingDisclosureDecided": for_decider,
    "StandingDisclosureWithdrawn": for_decider,
}
"""Before a delivery meets the other side. What comes after is in the acts of the packages above."""


def _delivery(session: Session, happening: Happening) -> Delivery:
    return session.get_one(Delivery, happening.subject.removeprefix("delivery:"))
