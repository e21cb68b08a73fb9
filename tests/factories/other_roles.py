"""People who leave their roles for another, and what refuses them then."""

from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import events
from registry.actors import SYSTEM, Actor, Held, Person, Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.identity.tables import Membership, Organisation
from tests.conftest import NOW


def moved(organisations: Mapping[str, Organisation], person: Actor, role: Role, place: str) -> Actor:
    """Somebody who has left all their roles for another, in the database too."""
    with transaction() as session:
        for held in session.scalars(select(Membership).where(Membership.person_id == person.person_id)):
            session.delete(held)
        session.flush()
        organisation_id = organisations[place].id
        session.add(Membership(person_id=person.person_id, organisation_id=organisation_id, role=role, since=NOW))
        events.record(session, "RoleGiven", actor=SYSTEM, now=NOW, subject=f"person:{person.person_id}")
    return Person(person.person_id, frozenset({Held(organisation_id, role)}))


def refusal(act: Callable[[Session], object]) -> str:
    """The code of what refuses an act, in a transaction of its own."""
    with pytest.raises(Refused) as stopped, transaction() as session:
        act(session)
    db.session.rollback()
    return stopped.value.finding.code
