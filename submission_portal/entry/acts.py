"""For which side a person acts who enters figures: the region's, in the line."""

from sqlalchemy.orm import Session

from registry.events import Happening
from registry.hands import Side, Stand
from submission_portal.entry.tables import Entry


def for_discloser(session: Session, happening: Happening) -> Stand:
    """The line is the object, as for its deliveries."""
    entry = session.get_one(Entry, str(happening.data["entry"]))
    return Stand(happening.subject, Side.DISCLOSER, entry.organisation_id)


ACTS = dict.fromkeys(("EntryBegun", "EntrySaved", "EntryDelivered"), for_discloser)
