"""Links with which a person chooses a password: made by an administrator, shown once, used once.

The code stands after ``#`` in the link, which browsers do not send: so it comes into no server's log, no Referer and no
cookie. The page takes it from there into its form (or the reader pastes it), and it is posted.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry import events
from registry.actors import Actor
from registry.errors import Refused
from registry.finding_texts import FINDINGS
from registry.findings import Finding
from registry.identity import authority, passwords, second_codes, services
from registry.identity.tables import PasswordLink, Person

HOURS = 72
LASTS = timedelta(hours=HOURS)
PATH = "/valj-losenord"


def make(session: Session, actor: Actor, now: datetime, *, person: Person, at_once: bool = False) -> str:
    """A new link's code; an older link of the person stops working. The present password goes on until another is
    chosen, unless it is to end ``at_once``, with every sign-in: somebody else may know it. Raises `Refused` for a
    closed account, and where the roles that the link leads to are another administrator's to give."""
    authority.require_governor(actor, person)
    return make_for(session, actor, now, person=person, at_once=at_once)


def make_for(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    person: Person,
    at_once: bool = False,
    second_hash: str | None = None,
) -> str:
    """A link, whoever makes it: `make` and `appointing` see that they may. ``second_hash``: of a code that it needs beside
    it (`second_codes`)."""
    if person.disabled_at is not None:
        raise Refused(FINDINGS.found("USER-010", {"login": person.login}))
    if at_once:
        services.set_password(session, actor, now, person=person, password_hash=passwords.NONE)
    code = secrets.token_urlsafe(24)
    session.execute(
        delete(PasswordLink).where((PasswordLink.person_id == person.id) | (PasswordLink.expires_at <= now))
    )
    session.add(
        PasswordLink(
            code_hash=_hash(code),
            person_id=person.id,
            created_at=now,
            expires_at=now + LASTS,
            second_hash=second_hash,
        )
    )
    session.flush()
    events.record(session, "PasswordLinkMade", actor=actor, now=now, subject=f"person:{person.id}")
    return code


def address(base: str, code: str) -> str:
    """The link as it is sent to the person; ``base`` is where the registry is reached."""
    return f"{base.rstrip('/')}{PATH}#{code}"


def end_link(session: Session, person: Person) -> None:
    """Let a link that somebody may still hold lead nowhere."""
    session.execute(delete(PasswordLink).where(PasswordLink.person_id == person.id))


def person_of(session: Session, now: datetime, *, code: str) -> Person:
    """Whose link it is, while it works. Raises `Refused` when it does not (any more)."""
    return _working(session, now, code)[1]


def needs_second(session: Session, now: datetime, *, code: str) -> bool:
    """Whether a link that works needs a second code beside it. Raises `Refused` as `person_of` does."""
    return _working(session, now, code)[0].second_hash is not None


def objection(session: Session, now: datetime, *, code: str, second: str) -> Finding | None:
    """What is wrong with the second code that was given with a link that works, or ``None``."""
    wanted = _working(session, now, code)[0].second_hash
    if wanted is None or hmac.compare_digest(wanted, second_codes.hashed(second)):
        return None
    return FINDINGS.found("SIGN-004")


def use(session: Session, now: datetime, *, code: str, password_hash: str, second: str = "") -> Person:
    """Set the password and use the link up. Raises `Refused` where somebody else was first, it does not work, or it needs
    another ``second`` code; then the link is as it was."""
    person = person_of(session, now, code=code)
    if (finding := objection(session, now, code=code, second=second)) is not None:
        raise Refused(finding)
    used = session.execute(delete(PasswordLink).where(PasswordLink.code_hash == _hash(code)))
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise _worn_out()
    services.set_password(session, Actor(person.id), now, person=person, password_hash=password_hash)
    return person


def _working(session: Session, now: datetime, code: str) -> tuple[PasswordLink, Person]:
    row = session.execute(
        select(PasswordLink, Person)
        .join(Person, PasswordLink.person_id == Person.id)
        .where(PasswordLink.code_hash == _hash(code), PasswordLink.expires_at > now, Person.disabled_at.is_(None))
    ).first()
    if row is None:
        raise _worn_out()
    return row[0], row[1]


def _worn_out() -> Refused:
    return Refused(FINDINGS.found("SIGN-003", {"hours": HOURS}))


def _hash(code: str) -> str:
    """Of the code as it may have been copied: alone, or with the link around it."""
    bare = code.strip().rpartition("#")[2]
    return hashlib.sha256(bare.encode("utf-8", "surrogatepass")).hexdigest()
