"""What happens to deliveries, as messages to the webhooks of their region: in the transaction in which it happens.

A message says which delivery and which state, as `/api/v1` names them, and nothing else: what it means is read there, with a token.
"""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from registry.events import EventHandler, Happening
from submission_portal.deliveries import queries as deliveries
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.webhooks import queries
from submission_portal.webhooks.services import ask
from submission_portal.webhooks.tables import WebhookMessage

STOPPED = "stopped"
"""What a draft is called for machines: something has to be mended, answered or explained."""
AS_IT_IS = (
    "DeliveryStarted", "DeliveryReadAgain", "DeliveryCheckAskedFor", "DeliveryChecked", "DeliveryAnswered",
    "DeliveryCorrectionChosen", "DeliveryComparedAgain", "DisclosureDeclined",
)  # fmt: skip
"""Events after which the delivery is in the state that they led to."""
LEADS_TO: Mapping[str, DeliveryState] = {
    "DeliveryDisclosed": DeliveryState.DISCLOSED,
    "DeliveryPutToReview": DeliveryState.IN_REVIEW,
    "DeliveryReleased": DeliveryState.RELEASED,
    "DeliveryRefused": DeliveryState.REFUSED,
    "DeliveryWithdrawn": DeliveryState.WITHDRAWN,
}
"""Events that mean a state, whether the delivery is in it already or will be when the transaction ends.

Of states that end within the transaction in which they begin (received, disclosed under a standing decision) nobody is told: by
the moment a message arrives the delivery is elsewhere.
"""


def notice(session: Session, happening: Happening) -> None:
    """Put a message for each webhook of the delivery's region that is on, and ask the worker to send it."""
    delivery = session.get_one(Delivery, happening.subject.removeprefix("delivery:"))
    webhooks = queries.that_are_on(session, delivery.organisation_id)
    if not webhooks:
        return
    states = [(delivery, LEADS_TO.get(happening.type, DeliveryState(delivery.state)))]
    if happening.type == "DeliveryReleased":
        states += [(one, DeliveryState.REPLACED) for one in _replaced_by(session, delivery)]
    for one, state in states:
        said = STOPPED if state == DeliveryState.DRAFT else str(state)
        for webhook in webhooks:
            if queries.last_state(session, webhook, one.id) == said:
                continue
            message = WebhookMessage(
                webhook_id=webhook.id, organisation_id=one.organisation_id, delivery_id=one.id, type=f"delivery.{said}",
                state=said, happened_at=happening.recorded_at, waits_since=happening.recorded_at,
            )  # fmt: skip
            session.add(message)
            session.flush()
            ask(session, message, happening.recorded_at)


def _replaced_by(session: Session, delivery: Delivery) -> list[Delivery]:
    """What stops counting when a replacement is released: the delivery that it replaces, and the corrections of that."""
    if delivery.correction_kind != CorrectionKind.REPLACEMENT or not delivery.corrects_delivery_id:
        return []
    replaced = session.get_one(Delivery, delivery.corrects_delivery_id)
    return [one for one in (*deliveries.corrections_of(session, replaced), replaced) if one.state in _STANDS_STILL]


_STANDS_STILL = (DeliveryState.RELEASED, DeliveryState.REPLACED)
"""Of a delivery that is being replaced: before and after it was moved."""
HANDLERS: Mapping[str, tuple[EventHandler, ...]] = dict.fromkeys((*AS_IT_IS, *LEADS_TO), (notice,))
