"""What is said in a table that is composed while a flow is suspended: its figures are those released before."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.findings import Finding, Text
from registry.identity.tables import Organisation
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.tables import FlowSuspension
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.forwarding.tables import Release

SUSPENDED = "FOL-020"


def suspended_meanwhile(session: Session, release_ids: Sequence[str]) -> list[Finding]:
    """One finding for each region with a suspended flow that some of these releases came by; one statement."""
    rows = session.execute(
        select(Organisation, FlowSuspension.suspended_at)
        .join(Delivery, Delivery.organisation_id == Organisation.id)
        .join(Release, Release.delivery_id == Delivery.id)
        .join(FlowSuspension, FlowSuspension.item_id == Delivery.flow_item_id)
        .where(Release.id.in_(release_ids), FlowSuspension.resumed_at.is_(None))
        .distinct()
        .order_by(FlowSuspension.suspended_at)
    )
    since: dict[str, tuple[Text, str]] = {}
    for region, suspended_at in rows:
        since.setdefault(region.code, (region.name, clock.today(suspended_at).isoformat()))
    return [FINDINGS.found(SUSPENDED, {"name": name, "day": day}) for name, day in since.values()]
