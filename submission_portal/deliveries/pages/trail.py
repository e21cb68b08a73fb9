"""What a delivery rests on, and what rests on it, as lines on its page."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry import references
from registry.actors import Actor
from registry.findings import Text
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.uses.naming import USED_FOR


@dataclass(frozen=True, slots=True)
class TrailStep:
    """One thing that the delivery rests on, or that rests on it. ``relation`` says which, in words."""

    label: Text
    url: str | None
    relation: str
    kind: Text


def trail(session: Session, actor: Actor, delivery: Delivery) -> list[TrailStep]:
    """As far as the reader may know of it; nothing for a delivery that has not been received."""
    if not delivery.is_received:
        return []
    ref = f"delivery:{delivery.id}"
    edges = [(edge.role, edge.to_ref) for edge in references.edges_from(session, ref)]
    edges += [(f"by-{edge.role}", edge.from_ref) for edge in references.edges_to(session, ref)]
    described = references.describe(session, actor, [target for _role, target in edges])
    relations = _relations()
    return [
        TrailStep(one.label, one.url, relations.get(role, ""), one.kind)
        for role, target in edges
        if (one := described.get(target))
    ]


def _relations() -> dict[str, str]:
    """The roles of edges in words; ``by-`` stands before the role of an edge that comes from the other."""
    return {
        "under": _("Sent under"),
        USED_FOR: _("Disclosed for"),
        "applied": _("Applied"),
        "by-released": _("Released as"),
        "by-decided": _("Decided"),
        "by-on": _("Decided"),
    }
