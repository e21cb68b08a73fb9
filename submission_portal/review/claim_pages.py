"""Who has taken a delivery for review, as pages show it: to colleagues by name, to the region by role."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor, Role
from registry.i18n import read
from registry.identity import queries as identity
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.queries import REVIEWERS
from submission_portal.deliveries.tables import Delivery
from submission_portal.review import judging, queries


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """Who holds a delivery, since when and until when; nobody where ``who`` is empty. What the reader may do about it."""

    who: str = ""
    since: datetime | None = None
    until: datetime | None = None
    is_mine: bool = False
    may_take: bool = False


def shown_claim(session: Session, actor: Actor, delivery: Delivery) -> ShownClaim | None:
    """What the page says of it; ``None`` where the delivery is no longer in review."""
    if delivery.state != DeliveryState.IN_REVIEW:
        return None
    now = clock.now()
    held = queries.held_claims(session, [delivery.id], now).get(delivery.id)
    if held is None:
        may_take = judging.may_review(actor, delivery) and judging.objection(session, actor, delivery, now) is None
        return ShownClaim(may_take=may_take)
    role, is_mine = read(Role(held.role).label), held.person_id == actor.person_id
    who = _("you, as %(role)s", role=role) if is_mine else role
    if not is_mine and actor.has_role(*REVIEWERS, organisation_id=delivery.recipient_id):
        name = read(identity.person_labels(session, [held.person_id])[held.person_id])
        who = _("%(name)s, %(role)s", name=name, role=role)
    return ShownClaim(str(who), held.claimed_at, held.lapses_at, is_mine)
