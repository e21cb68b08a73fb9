"""Whether a person wants a letter at once when there is a message, or never; and what becomes of an address that sends them back.

Events: ``MailChosen``, ``MailBounced``. Neither tells the address.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import events
from registry.actors import SYSTEM, Actor
from registry.errors import Forbidden, Refused
from registry.finding_texts import FINDINGS
from registry.findings import Place
from registry.identity.tables import MailChoice
from registry.messages.letters import is_address

LONGEST_FAILURE = 200


def choice_of(session: Session, actor: Actor) -> MailChoice | None:
    """What the actor has chosen; ``None`` of who never chose, and gets no letters."""
    return session.get(MailChoice, actor.person_id) if actor.person_id else None


def choose(session: Session, actor: Actor, now: datetime, *, is_on: bool, address: str) -> MailChoice:
    """Get letters at an address, or none. Who wants none leaves no address behind. Raises `Refused` for what is no address."""
    if actor.person_id is None or not actor.counts_as_person:
        raise Forbidden("mail")
    address = address.strip() if is_on else ""
    if is_on and not is_address(address):
        raise Refused(FINDINGS.found("MAIL-001", places=(Place(field="address"),)))
    made = session.get(MailChoice, actor.person_id) or MailChoice(person_id=actor.person_id)
    made.address, made.is_on, made.chosen_at = address, is_on, now
    made.failed_at, made.failure = None, ""
    session.add(made)
    session.flush()
    events.record(
        session, "MailChosen", actor=actor, now=now, subject=f"person:{actor.person_id}", data={"at_once": is_on}
    )
    return made


def bounced(session: Session, now: datetime, address: str, failure: str) -> int:
    """Send nothing more to an address that does not take letters. Whoever had it reads that in the registry. Gives how many had it."""
    found = session.scalars(
        select(MailChoice).where(func.lower(MailChoice.address) == address.lower(), MailChoice.is_on)
    ).all()
    for one in found:
        one.is_on, one.failed_at, one.failure = False, now, failure[:LONGEST_FAILURE]
        session.flush()
        events.record(session, "MailBounced", actor=SYSTEM, now=now, subject=f"person:{one.person_id}")
    return len(found)
