"""For which side a person acts who proposes or settles last days, or has a region join, pause or leave."""

from sqlalchemy.orm import Session

from registry.events import Happening
from registry.hands import Side, Stand
from submission_portal.flows.acts import line


def on_proposal(_session: Session, happening: Happening) -> Stand:
    """Proposing, agreeing, declining and taking back: for the side that the event names."""
    side = Side(str(happening.data["side"]))
    return Stand(line(str(happening.data["item"])), side, str(happening.organisation_id))


def on_participation(_session: Session, happening: Happening) -> Stand | None:
    """A step in a line is the region's act in it. One for the whole pilot is about no line."""
    item = happening.data.get("item")
    return Stand(line(str(item)), Side.DISCLOSER, str(happening.organisation_id)) if item else None


ACTS = {
    "DueDateProposed": on_proposal,
    "DueDateAgreed": on_proposal,
    "DueDateDeclined": on_proposal,
    "DueDateTakenBack": on_proposal,
    "ParticipationChanged": on_participation,
}
