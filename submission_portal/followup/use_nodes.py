"""The station of the thread where it is said what the deliveries behind a figure may be used for, by whom and on which ground.

Only of uses that both sides have decided on. What was carried over from a flow has the flow's own station as its ground, so that
what was published before there were uses is traced as it was.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from registry import clock
from registry.findings import Text
from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.paging import Page
from submission_portal.deliveries.tables import DeliveryUse
from submission_portal.flows.audiences import Audience
from submission_portal.flows.uses.content import Use, read
from submission_portal.flows.uses.queries import KIND
from submission_portal.flows.uses.standing import USE
from submission_portal.followup.reach import Reach
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.trace_nodes import Fact, Link, TraceNode
from submission_portal.forwarding.tables import Release

ASPECTS = {
    "quality": Text("Mottagaren, kvalitet", "Recipient, quality"),
    "legal": Text("Mottagaren, juridik", "Recipient, legal"),
    "acceptance": Text("Regionens godtagande", "The region's acceptance"),
}


def use_nodes(
    session: Session, behind: ColumnElement[bool], table: TableVersion | None, reach: Reach
) -> tuple[TraceNode, ...]:
    """The uses that covered the releases that ``behind`` is true of: of a table version's owner and audience, as they were when it
    was composed. None where all of it was carried over, or is a region's own."""
    if table is not None and table.audience == Audience.OWN_REGION:
        return ()
    named = (
        select(DeliveryUse.use_version_hash)
        .join(Release, Release.delivery_id == DeliveryUse.delivery_id)
        .where(behind, DeliveryUse.use_ref == f"{USE}:" + Version.item_id, *_then(table))
    )
    rows = session.scalars(
        select(Version)
        .join(Item)
        .where(Item.kind == KIND, Version.published_at.is_not(None), Version.content_hash.in_(named))
        .order_by(Item.slug, Version.number)
    ).all()
    found = _of_table([(one, read(one.content)) for one in rows], table)
    if not found:
        return ()
    return (_node(reach.take(found, USE)),)


def _then(table: TableVersion | None) -> Sequence[ColumnElement[bool]]:
    """That a delivery was named when a table version was composed."""
    if table is None:
        return ()
    stood = or_(DeliveryUse.ended_at.is_(None), DeliveryUse.ended_at > table.composed_at)
    return DeliveryUse.since <= table.composed_at, stood


def _of_table(rows: Sequence[tuple[Version, Use]], table: TableVersion | None) -> list[tuple[Version, Use]]:
    """Those of the table's owner: for its audience where there are any, otherwise those that it follows."""
    if table is None:
        return list(rows)
    own = [one for one in rows if one[1].recipient == table.organisation_id]
    return [one for one in own if one[1].audience == table.audience] or own


def _node(uses: Page[tuple[Version, Use]]) -> TraceNode:
    if uses.total == 1:
        version, use = uses.rows[0]
        return TraceNode(
            "decision",
            items.titled(version),
            use.purpose,
            leads_to=version,
            ref=version.ref,
            facts=_facts(version, use),
        )
    return TraceNode(
        "decision",
        Text(f"{uses.total} användningar", f"{uses.total} uses"),
        listed=uses.of(lambda one: Link(items.titled(one[0]), one[0], one[0].ref, one[0].content_hash, one[1].purpose)),
        name=USE,
    )


def _facts(version: Version, use: Use) -> tuple[Fact, ...]:
    decided = sorted(
        (one for one in version.decisions if one.outcome == "approve" and one.aspect in ASPECTS),
        key=lambda one: (one.decided_at, one.aspect),
    )
    return (
        (Text("Användningens version", "Version of the use"), str(version.number)),
        (Text("Krets", "Audience"), use.audience.label),
        (Text("Rättslig grund", "Legal ground"), use.ground.title),
        (Text("Grundens beteckning", "Reference of the ground"), use.ground.reference),
        (Text("Grunden gäller till och med", "The ground is valid until"), use.ground.valid_to),
        *((ASPECTS[one.aspect], clock.local(one.decided_at).date()) for one in decided),
        (Text("Innehållets kontrollsumma", "Content hash"), version.content_hash),
    )
