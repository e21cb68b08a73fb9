"""For which side a person acts who keeps the register of a line's units: the region's."""

from sqlalchemy.orm import Session

from registry.events import Happening
from registry.hands import Side, Stand
from submission_portal.units.tables import UnitRegister


def for_discloser(session: Session, happening: Happening) -> Stand:
    """The line is the object, as for its deliveries."""
    register = session.get_one(UnitRegister, happening.subject.partition(":")[2])
    return Stand(happening.subject, Side.DISCLOSER, register.organisation_id)


ACTS = dict.fromkeys(("UnitsAdded", "UnitChanged", "UnitRemoved", "UnitsConfirmed", "UnitsUnconfirmed"), for_discloser)
