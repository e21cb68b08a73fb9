"""Two duties that one person does not have: deciding once what a region hands out, and administering the systems that hand it out.

Judged by what somebody has done, from either side, not by the roles that they hold.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.events import Event
from registry.findings import Finding
from registry.identity.client_tables import Client
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.standing_disclosures.queries import decides_standing


def objection_to_client_maker(session: Session, actor: Actor, organisation_id: str) -> Finding | None:
    """Why somebody may not administer an organisation's machine clients: they have taken a standing decision of it that lasts."""
    if actor.is_system or not decides_standing(session, actor.person_id, organisation_id):
        return None
    return FINDINGS.found("DIS-018")


def objection_to_decider(session: Session, actor: Actor, organisation_id: str) -> Finding | None:
    """Why somebody may not take a standing decision of an organisation: they have made, changed or renewed a machine client of it
    that is not revoked."""
    unrevoked = select("client:" + Client.id).where(
        Client.organisation_id == organisation_id, Client.revoked_at.is_(None)
    )
    theirs = select(Event.number).where(Event.subject.in_(unrevoked), Event.person_id == actor.person_id).limit(1)
    return FINDINGS.found("DIS-017") if session.scalar(theirs) is not None else None
