"""What a reviewer is told of a table version whose basis is no longer what it was composed from: it is undecided, or decided and
not yet released, so that another may be given in its place."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry import references
from registry.actors import Actor
from registry.references import Described
from submission_portal.followup.corrected import corrections_since
from submission_portal.followup.recomposing import is_outdated
from submission_portal.followup.tables import TableState, TableVersion
from submission_portal.followup.versions import newer_version

MOST = 12


@dataclass(frozen=True, slots=True)
class NewerBasis:
    """``corrections``: the first deliveries that correct what the table rests on, each with what it corrects; ``more`` there are.
    ``version``: a later one that waits for a decision."""

    corrections: tuple[tuple[Described, Described | None], ...]
    more: int
    version: TableVersion | None


def newer_basis(session: Session, actor: Actor, table: TableVersion) -> NewerBasis | None:
    """``None`` where the table rests on what there is. What has been changed otherwise than by corrections (a delivery more, an
    application statement) is looked for where nothing is decided yet."""
    corrections = corrections_since(session, [table])[table.id]
    version = newer_version(session, table)
    waits = table.state == TableState.AWAITING_REVIEW
    if not corrections and not (waits and is_outdated(session, table.measure_slug, table.organisation_id)):
        return None
    first = corrections[:MOST]
    refs = [f"delivery:{one}" for each in first for one in (each.delivery_id, each.corrected_id)]
    described = references.describe(session, actor, refs)
    named = tuple(
        (described[f"delivery:{one.delivery_id}"], described.get(f"delivery:{one.corrected_id}"))
        for one in first
        if f"delivery:{one.delivery_id}" in described
    )
    return NewerBasis(named, len(corrections) - len(named), version)
