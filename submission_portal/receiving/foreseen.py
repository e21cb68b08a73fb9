"""What sending a correction would change in published figures, as the packages above say it (`registry.foresight`)."""

from flask import current_app
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.errors import Refused
from registry.foresight import Foreseen, Foresight
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.tables import Delivery

SEEN = "sett"
"""The field that says what was foreseen when the page was shown."""


def foreseen_of(session: Session, actor: Actor, delivery: Delivery) -> Foreseen | None:
    """A dry run for the actor; ``None`` where nothing is corrected, or nobody foresees anything."""
    foresight = _foresight()
    return foresight.show(session, actor, f"delivery:{delivery.id}") if foresight and _corrects(delivery) else None


def mark_of(session: Session, actor: Actor, delivery: Delivery) -> str:
    """What the dry run rests on; empty where there is none."""
    foresight = _foresight()
    return foresight.mark(session, actor, f"delivery:{delivery.id}") if foresight and _corrects(delivery) else ""


def refuse_unseen(session: Session, actor: Actor, delivery: Delivery, seen: str | None) -> None:
    """Refuse to send what was shown with other figures than those of now. Whoever was shown nothing (``None``) has seen nothing old."""
    if seen is not None and seen != mark_of(session, actor, delivery):
        raise Refused(FINDINGS.found("DEL-082"))


def _foresight() -> Foresight | None:
    foresights: dict[str, Foresight] = current_app.extensions["registry"].foresights
    return foresights.get("delivery")


def _corrects(delivery: Delivery) -> bool:
    return delivery.corrects_delivery_id is not None
