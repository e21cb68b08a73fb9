"""What several of the pages about a delivery need."""

from sqlalchemy.orm import Session

from registry import clock
from registry.errors import NotFound
from registry.items import queries as items
from registry.web.problems import readable
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.uses.suspended import suspension
from submission_portal.flows import content as flow_content
from submission_portal.flows.uses.queries import that_may_be_named, uses_of_line
from submission_portal.flows.uses.standing import grounds, purposes


def flow_of(session: Session, delivery: Delivery) -> dict[str, object]:
    """The version of the line that the delivery is made under, and the uses that it may be disclosed for, for a template."""
    version = items.version_by_hash(session, delivery.flow_version_hash)
    if version is None:
        raise NotFound("flow")
    named = that_may_be_named(uses_of_line(session, delivery.flow_item_id), clock.today())
    stopped = suspension(session, delivery, named) if delivery.is_working else None
    return {
        "flow_version": version,
        "flow": flow_content.read(version.content),
        "purpose": purposes(named),
        "grounds": grounds(named),
        "suspended": readable(stopped) if stopped else None,
    }
