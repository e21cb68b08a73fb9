"""What of a table version's figures has been corrected by its region since the version was composed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.tables import TableRelease, TableVersion
from submission_portal.forwarding.tables import Release


@dataclass(frozen=True, slots=True)
class Correction:
    """A released delivery that corrects, or replaces, one that a table rests on."""

    delivery_id: str
    corrected_id: str
    released_at: datetime


def corrections_since(session: Session, tables: Sequence[TableVersion]) -> dict[str, list[Correction]]:
    """The corrections that are released and that these versions do not rest on, by table id, oldest first; one statement.

    A correction counts from its release on, before the worker has carried it into the national store.
    """
    correcting, made_from = aliased(Release), aliased(TableRelease)
    rests_on_it = select(made_from.release_id).where(
        made_from.table_version_id == TableRelease.table_version_id, made_from.release_id == correcting.id
    )
    rows = session.execute(
        select(TableRelease.table_version_id, Delivery.id, Release.delivery_id, correcting.released_at)
        .join(Release, Release.id == TableRelease.release_id)
        .join(Delivery, Delivery.corrects_delivery_id == Release.delivery_id)
        .join(correcting, correcting.delivery_id == Delivery.id)
        .where(
            TableRelease.table_version_id.in_([one.id for one in tables]),
            correcting.withdrawn_at.is_(None),
            ~rests_on_it.exists(),
        )
        .order_by(correcting.released_at, Delivery.id)
    )
    found: dict[str, list[Correction]] = {one.id: [] for one in tables}
    for table_id, delivery_id, corrected_id, released_at in rows:
        found[table_id].append(Correction(delivery_id, corrected_id, released_at))
    return found
