"""Reading kept explanations: what can be offered for a delivery, what it cites, and the list of a region's."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.errors import NotFound
from registry.paging import Page, page_of
from submission_portal.deliveries.explanations.subjects import Subject, subjects_by_key
from submission_portal.deliveries.explanations.tables import KeptExplanation
from submission_portal.deliveries.tables import Delivery

MOST_OFFERED = 12
"""So many are offered with one finding; of more the list has all."""
OFFICERS = (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)


def offered_for(session: Session, delivery: Delivery) -> dict[str, list[KeptExplanation]]:
    """By key of a finding that has to be explained, what was kept for its rule and one of its units; one statement."""
    subjects = subjects_by_key(delivery.assessment.about)
    rules = {subject.rule for found in subjects.values() for subject in found}
    if not rules:
        return {}
    rows = session.scalars(
        select(KeptExplanation)
        .where(
            KeptExplanation.flow_item_id == delivery.flow_item_id,
            KeptExplanation.rule.in_(rules),
            KeptExplanation.ended_at.is_(None),
        )
        .order_by(KeptExplanation.kept_at.desc(), KeptExplanation.id)
    )
    kept = {Subject(row.rule, row.element, row.unit): row for row in rows}
    found = {key: [kept[one] for one in some if one in kept][:MOST_OFFERED] for key, some in subjects.items()}
    return {key: some for key, some in found.items() if some}


def citable(session: Session, delivery: Delivery, ids: Collection[str]) -> dict[str, KeptExplanation]:
    """Those of these explanations that the delivery may cite, by id: of its own line, and in force."""
    rows = session.scalars(
        select(KeptExplanation).where(
            KeptExplanation.id.in_(ids),
            KeptExplanation.flow_item_id == delivery.flow_item_id,
            KeptExplanation.ended_at.is_(None),
        )
    )
    return {row.id: row for row in rows}


def cited_in(session: Session, delivery: Delivery) -> dict[str, list[KeptExplanation]]:
    """By finding key, the kept explanations that the delivery's own is made of, ended ones too; one statement."""
    return _by_key(session, delivery.cited)


def _by_key(session: Session, cited: Mapping[str, Collection[str]]) -> dict[str, list[KeptExplanation]]:
    ids = {one for some in cited.values() for one in some}
    if not ids:
        return {}
    rows = {row.id: row for row in session.scalars(select(KeptExplanation).where(KeptExplanation.id.in_(ids)))}
    return {key: [rows[one] for one in some if one in rows] for key, some in cited.items()}


def list_kept(session: Session, actor: Actor, number: int) -> Page[KeptExplanation]:
    """What the actor's regions have kept and not ended, the latest first; two statements."""
    query = select(KeptExplanation).where(
        KeptExplanation.organisation_id.in_(actor.organisations(*OFFICERS)), KeptExplanation.ended_at.is_(None)
    )
    return page_of(session, query.order_by(KeptExplanation.kept_at.desc(), KeptExplanation.id), number)


def kept_for(session: Session, actor: Actor, identifier: str) -> KeptExplanation:
    """One of the actor's region's. Raises ``NotFound`` of others'."""
    found = session.get(KeptExplanation, identifier)
    if found is None or found.organisation_id not in actor.organisations(*OFFICERS):
        raise NotFound("explanation")
    return found
