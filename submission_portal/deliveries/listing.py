"""How deliveries are counted and listed where they rest on a version."""

from sqlalchemy import func, literal, select

from registry.actors import Actor
from registry.dependants import Kind, Listing, Rows
from registry.findings import Text
from submission_portal.deliveries.queries import may_be_named
from submission_portal.deliveries.tables import Delivery

LABEL = Text("Leverans", "Delivery")


def _rows(actor: Actor) -> Rows:
    """Deliveries with when they were sent; before that they rest on nothing."""
    sent = func.coalesce(Delivery.sent_at, Delivery.changed_at)
    named = select(Delivery.id.label("id"), literal("delivery").label("kind"), sent.label("at"))
    return named.where(may_be_named(actor))


LISTING = Listing(_rows, lambda: {"delivery": Kind(LABEL, "delivery")})
