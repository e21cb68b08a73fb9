"""Telling people of what happens, in the transaction in which it happens; and the inbox.

A package names, for each type of event, who is to be told (`Plugin.tells`). Whoever did it is not.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from registry import jobs
from registry.actors import Actor, Role
from registry.columns import new_id
from registry.db import insert_or_ignore
from registry.events import EventHandler, Happening
from registry.identity.tables import MailChoice, Membership, Person
from registry.messages.tables import Message
from registry.paging import Page, page_of

SEND = "send_mail"
"""The kind of the job that sends a letter (`mailing`)."""
Whom = Callable[[Session, Happening], Collection[str]]
"""Whom to tell of an event, by their ids."""


def telling(whom: Sequence[Whom]) -> EventHandler:
    """The handler that tells of a type of event."""

    def tell_of(session: Session, happening: Happening) -> None:
        people = {one for named in whom for one in named(session, happening)} - {happening.person_id}
        key = f"{happening.type}:{new_id()}"
        for person_id in sorted(people):
            tell(
                session, person_id, type_=happening.type, subject=happening.subject, key=key, now=happening.recorded_at
            )

    return tell_of


def tell(session: Session, person_id: str, *, type_: str, subject: str, key: str, now: datetime) -> None:
    """Put a message into a person's inbox, and ask for a letter where they want one. Telling it twice changes nothing."""
    choice = session.get(MailChoice, person_id) if current_app.config["MAIL_SERVER"] else None
    wants_mail = choice is not None and choice.is_on
    identifier = new_id()
    is_first = insert_or_ignore(
        session, Message, id=identifier, person_id=person_id, key=key, type=type_, subject=subject, told_at=now,
        read_at=None, mail="waiting" if wants_mail else None,
    )  # fmt: skip
    if is_first and wants_mail:
        jobs.enqueue(session, SEND, now=now, payload={"message": identifier, "tries": 0})


def holders(session: Session, organisation_id: str, *roles: Role) -> list[str]:
    """Who holds one of the roles in an organisation, and has an account that is open; one statement."""
    return list(
        session.scalars(
            select(Person.id)
            .join(Membership, Membership.person_id == Person.id)
            .where(
                Membership.organisation_id == organisation_id,
                Membership.role.in_(roles),
                Person.disabled_at.is_(None),
            )
            .distinct()
        )
    )


def inbox(session: Session, actor: Actor, number: int) -> Page[Message]:
    """A page of what the actor was told, the newest first."""
    mine = select(Message).where(Message.person_id == actor.person_id)
    return page_of(session, mine.order_by(Message.told_at.desc(), Message.id), number)


def unread(session: Session, actor: Actor) -> int:
    """How many messages the actor has not read."""
    mine = select(func.count()).select_from(Message)
    return session.scalar(mine.where(Message.person_id == actor.person_id, Message.read_at.is_(None))) or 0


def read_all(session: Session, actor: Actor, now: datetime, until: datetime) -> None:
    """Mark as read what the actor was told up to a moment: what came while they read stays new."""
    session.execute(
        update(Message)
        .where(Message.person_id == actor.person_id, Message.read_at.is_(None), Message.told_at <= until)
        .values(read_at=now)
    )
