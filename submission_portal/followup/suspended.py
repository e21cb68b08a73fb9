"""What is said in a table that is composed while a flow is suspended: its figures are those released before.

It is said of the table, on the pages of the regions that it names, and on those of their figures. Who decides about a table, or may
still stop it, is told of what is suspended now (`stopped_now`), whenever it was composed.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from registry import clock
from registry.findings import Finding, Text
from registry.identity.queries import organisation_by_code
from registry.identity.tables import Organisation
from submission_portal.deliveries.tables import Delivery, DeliveryUse
from submission_portal.flows.tables import FlowSuspension
from submission_portal.flows.uses.queries import uses_in_versions
from submission_portal.flows.uses.standing import USE
from submission_portal.followup.breaks import COUNTRY
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.queries import findings_of, made_from
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


def stopped_now(session: Session, table: TableVersion) -> list[tuple[Text, datetime]]:
    """The regions of whose deliveries in a table the line, or a use for the table's audience, is suspended, each with since when; three
    statements."""
    of_deliveries = (
        select(Organisation, FlowSuspension.suspended_at, DeliveryUse.use_ref, DeliveryUse.use_version_hash)
        .join(Delivery, Delivery.organisation_id == Organisation.id)
        .join(Release, Release.delivery_id == Delivery.id)
        .join(DeliveryUse, DeliveryUse.delivery_id == Delivery.id)
        .where(Release.id.in_(made_from(table)), DeliveryUse.ended_at.is_(None), FlowSuspension.resumed_at.is_(None))
        .order_by(FlowSuspension.suspended_at)
        .distinct()
    )
    lines = session.execute(of_deliveries.join(FlowSuspension, FlowSuspension.item_id == Delivery.flow_item_id)).all()
    is_of_use = DeliveryUse.use_ref == literal(f"{USE}:") + FlowSuspension.item_id
    used = session.execute(of_deliveries.join(FlowSuspension, is_of_use)).all()
    known = uses_in_versions(session, {(ref, version_hash) for _, _, ref, version_hash in used})
    audience = (table.organisation_id, table.audience)
    for_it = {key for key, one in known.items() if (one.use.recipient, one.use.audience) == audience}
    found: dict[str, tuple[Text, datetime]] = {}
    for region, since, *_ in [*lines, *(row for row in used if tuple(row[2:]) in for_it)]:
        found.setdefault(region.code, (region.name, since))
    return list(found.values())


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
