"""What is said in a table that is composed while a flow is suspended: its figures are those released before.

It is said of the table, on the pages of the regions that it names, and on those of their figures.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.findings import Finding, Text
from registry.identity.queries import organisation_by_code
from registry.identity.tables import Organisation
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.tables import FlowSuspension
from submission_portal.followup.breaks import COUNTRY
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.queries import findings_of
from submission_portal.followup.tables import TableVersion
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


def said_of(session: Session, table: TableVersion, region: str) -> list[Finding]:
    """What a table's findings say of one region, by its code; of all that they name, where that is the country."""
    if not (findings := findings_of(table)):
        return []
    organisation = None if region == COUNTRY else organisation_by_code(session, region)
    if region != COUNTRY and organisation is None:
        return []
    return naming(findings, organisation.name if organisation else None)


def naming(findings: Sequence[Finding], region: Text | None) -> list[Finding]:
    """Those of some findings that name a region, or with ``None`` any.

    >>> found = [FINDINGS.found(SUSPENDED, {"name": Text("Norr", "North"), "day": "2026-11-02"})]
    >>> [len(naming(found, one)) for one in (Text("Norr", "North"), Text("Syd", "South"), None)]
    [1, 0, 1]
    """
    named = [(one, one.params.get("name")) for one in findings]
    return [one for one, name in named if isinstance(name, Text) and region in (None, name)]
