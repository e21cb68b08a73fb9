"""Reading what deliveries may be used for: the uses that the region's decisions named, and those that fell away since."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.findings import Text
from submission_portal.deliveries.tables import Delivery, DeliveryUse, Disclosure
from submission_portal.deliveries.uses.endings import label_of
from submission_portal.flows.uses.queries import order, uses_in_versions
from submission_portal.flows.uses.standing import StandingUse


@dataclass(frozen=True, slots=True)
class NamedUse:
    """A use that a delivery was disclosed for, in the version that was named."""

    row: DeliveryUse
    standing: StandingUse

    @property
    def is_ended(self) -> bool:
        return self.row.ended_at is not None

    @property
    def why_ended(self) -> Text:
        return label_of(self.row.ended_because)


def rows_of(session: Session, delivery_ids: Collection[str]) -> dict[str, list[DeliveryUse]]:
    """The rows of some deliveries, by delivery, in the order in which they were named; one statement."""
    query = (
        select(DeliveryUse).where(DeliveryUse.delivery_id.in_(delivery_ids)).execution_options(populate_existing=True)
    )
    found: dict[str, list[DeliveryUse]] = {}
    for row in session.scalars(query.order_by(DeliveryUse.since, DeliveryUse.use_ref)):
        found.setdefault(row.delivery_id, []).append(row)
    return found


def uses_of(session: Session, delivery: Delivery) -> list[NamedUse]:
    """The uses that a delivery was disclosed for, ended ones last; two statements."""
    return uses_of_deliveries(session, [delivery.id]).get(delivery.id, [])


def uses_of_deliveries(session: Session, delivery_ids: Collection[str]) -> dict[str, list[NamedUse]]:
    """The same of several deliveries, by delivery; two statements."""
    rows = rows_of(session, delivery_ids)
    named = {(row.use_ref, row.use_version_hash) for some in rows.values() for row in some}
    known = uses_in_versions(session, named)
    return {
        delivery: sorted(
            (NamedUse(row, known[key]) for row in some if (key := (row.use_ref, row.use_version_hash)) in known),
            key=lambda one: (one.is_ended, order(one.standing)),
        )
        for delivery, some in rows.items()
    }


def last_named_in_line(session: Session, line_item_id: str, *, but: str) -> frozenset[str]:
    """References of the uses that the line's last decision to disclose named, of other deliveries than one."""
    last = session.scalar(
        select(Disclosure.delivery_id)
        .join(Delivery, Delivery.id == Disclosure.delivery_id)
        .where(Delivery.flow_item_id == line_item_id, Delivery.id != but, Disclosure.is_granted)
        .order_by(Disclosure.decided_at.desc(), Disclosure.id)
        .limit(1)
    )
    return standing_refs(rows_of(session, [last]).get(last, [])) if last else frozenset()


def standing_refs(rows: Sequence[DeliveryUse]) -> frozenset[str]:
    """References of what has not ended."""
    return frozenset(row.use_ref for row in rows if row.ended_at is None)
