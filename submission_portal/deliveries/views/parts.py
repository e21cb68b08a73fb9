"""What several of the pages about a delivery need."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from registry import clock
from registry.errors import NotFound
from registry.findings import Finding
from registry.items import queries as items
from registry.web.problems import readable
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.uses.named import uses_of
from submission_portal.flows import content as flow_content
from submission_portal.flows import suspending
from submission_portal.flows.uses.queries import that_may_be_named, uses_of_line
from submission_portal.flows.uses.standing import StandingUse, grounds, purposes


def flow_of(session: Session, delivery: Delivery) -> dict[str, object]:
    """The version of the line that the delivery is made under, and the uses that it may be disclosed for, for a template."""
    version = items.version_by_hash(session, delivery.flow_version_hash)
    if version is None:
        raise NotFound("flow")
    named = that_may_be_named(uses_of_line(session, delivery.flow_item_id), clock.today())
    stopped = _suspended(session, delivery, named) if delivery.is_working else None
    return {
        "flow_version": version,
        "flow": flow_content.read(version.content),
        "purpose": purposes(named),
        "grounds": grounds(named),
        "suspended": readable(stopped) if stopped else None,
    }


def _suspended(session: Session, delivery: Delivery, named: Sequence[StandingUse]) -> Finding | None:
    """That its line is suspended, or every use that it was disclosed for, or could be."""
    decided = [one.standing for one in uses_of(session, delivery) if not one.is_ended]
    return suspending.stop(session, delivery.flow_item_id) or suspending.all_suspended(session, decided or named)
