"""Whom to tell of last days and of taking part."""

from sqlalchemy.orm import Session

from registry.actors import Role
from registry.events import Happening
from registry.hands import Side
from registry.items.tables import Item
from registry.messages.telling import holders
from submission_portal.flows.parties import parties_of
from submission_portal.flows.queries import approved_version
from submission_portal.flows.timetables.agreeing import AGREE


def the_other_side(session: Session, happening: Happening) -> list[str]:
    """Those who may agree for the side that did not act."""
    side = Side(str(happening.data["side"])).other
    version = approved_version(session, session.get_one(Item, str(happening.data["item"])))
    return [] if version is None else holders(session, parties_of(version).organisation(side), *AGREE[side])


def the_recipient(session: Session, happening: Happening) -> list[str]:
    """The reviewers of whoever takes the line in; of a step in the whole pilot nobody is told beside the calendar."""
    item = happening.data.get("item")
    version = approved_version(session, session.get_one(Item, str(item))) if item else None
    return [] if version is None else holders(session, parties_of(version).recipient, Role.QUALITY_REVIEWER)


TELLS = {
    "DueDateProposed": (the_other_side,),
    "DueDateAgreed": (the_other_side,),
    "DueDateDeclined": (the_other_side,),
    "ParticipationChanged": (the_recipient,),
}
