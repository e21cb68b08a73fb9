"""Creating people and organisations; signing in and out.

Passwords are hashed with Argon2. Failed attempts are counted per user name and per address, in a table, so that every
process sees them. A sign-in is a row that can be revoked: signing out ends it everywhere.
"""

import hashlib
import re
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import events
from registry.db import hold_name
from registry.errors import Invalid, NotFound, Refused
from registry.findings import Finding, Severity
from registry.identity.actors import ROLE_LABELS, ROLES_OF, SYSTEM, Actor, Role
from registry.identity.queries import person_by_login
from registry.identity.tables import Attempt, InstanceMark, Membership, Organisation, Person, PersonName, SignIn
from registry.items.queries import objection_to_text

LIMIT, WINDOW = 8, timedelta(minutes=15)
HASHER = PasswordHasher()
SHORTEST = 12
_LOGIN = re.compile(r"[^\s\x00-\x1f\x7f]{1,120}")
"""A user name: no blanks, since it is written on command lines and read aloud."""


def create_organisation(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    kind: str,
    code: str,
    name_sv: str,
    name_en: str,
    is_demonstration: bool = False,
) -> Organisation:
    """A new organisation; the one that exists already is returned as it is."""
    hold_name(session, f"organisation:{kind}:{code}")
    existing = session.scalar(select(Organisation).where(Organisation.kind == kind, Organisation.code == code))
    if existing:
        return existing
    made = Organisation(
        kind=kind, code=code, name_sv=name_sv, name_en=name_en, is_demonstration=is_demonstration, created_at=now
    )
    session.add(made)
    session.flush()
    events.record(session, "OrganisationCreated", actor=actor, now=now, subject=f"organisation:{made.id}", organisation_id=made.id, data={"code": code, "kind": kind})  # fmt: skip
    return made


def create_person(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    login: str,
    name: str,
    password: str,
    is_demonstration: bool = False,
) -> Person:
    """A new person without roles. Raises `Invalid` where the user name is taken or is none, there is no name, either
    holds what must stand in no text (`objection_to_text`), or the password is too short."""
    login, name = login.strip().lower(), name.strip()
    hold_name(session, f"login:{login}")
    if not login or person_by_login(session, login):
        raise Invalid([Finding("USER-001", Severity.ERROR, {"login": login})])
    if not _LOGIN.fullmatch(login):
        raise Invalid([Finding("USER-003", Severity.ERROR, {"login": login})])
    if not name:
        raise Invalid([Finding("USER-004", Severity.ERROR)])
    if (objection := objection_to_text((login, name))) is not None:
        raise Invalid([objection])
    if len(password) < SHORTEST:
        raise Invalid([Finding("USER-002", Severity.ERROR, {"shortest": SHORTEST})])
    return add_person(
        session,
        actor,
        now,
        login=login,
        name=name,
        password_hash=HASHER.hash(password),
        is_demonstration=is_demonstration,
    )


def add_person(
    session: Session, actor: Actor, now: datetime, *, login: str, name: str, password_hash: str, is_demonstration: bool
) -> Person:
    """A person whose password is hashed already and whose user name is known to be free."""
    person = Person(login=login, password_hash=password_hash, is_demonstration=is_demonstration, created_at=now)
    session.add(person)
    session.flush()
    session.add(PersonName(person_id=person.id, name=name))
    session.flush()
    events.record(session, "PersonCreated", actor=actor, now=now, subject=f"person:{person.id}")
    return person


def give_role(
    session: Session, actor: Actor, now: datetime, *, person: Person, organisation: Organisation, role: Role
) -> None:
    """Let a person hold a role in an organisation. Held already: nothing happens.

    Raises `Invalid` for a role that means nothing in that kind of organisation (`ROLES_OF`).
    """
    hold_name(session, f"roles:{person.id}")
    if session.get(Membership, (person.id, organisation.id, role)):
        return
    if role not in ROLES_OF[organisation.kind]:
        raise Invalid([_misfit(role, organisation)])
    session.add(Membership(person_id=person.id, organisation_id=organisation.id, role=role, since=now))
    session.flush()
    events.record(session, "RoleGiven", actor=actor, now=now, subject=f"person:{person.id}", organisation_id=organisation.id, data={"role": role.value})  # fmt: skip


def take_role(
    session: Session, actor: Actor, now: datetime, *, person: Person, organisation: Organisation, role: Role
) -> None:
    """Take a role away. Raises `NotFound` where it is not held, `Refused` where nobody would be left to administer."""
    held = session.get(Membership, (person.id, organisation.id, role))
    if held is None:
        raise NotFound("membership")
    if role is Role.ADMINISTRATOR:
        _require_other_administrator(session, person, organisation)
    session.delete(held)
    session.flush()
    events.record(session, "RoleTaken", actor=actor, now=now, subject=f"person:{person.id}", organisation_id=organisation.id, data={"role": role.value})  # fmt: skip


def disable_person(session: Session, actor: Actor, now: datetime, *, person: Person) -> None:
    """Close an account and end all its sign-ins. Raises `Refused` where nobody would be left to administer."""
    _require_other_administrator(session, person)
    person.disabled_at = now
    session.execute(
        update(SignIn).where(SignIn.person_id == person.id, SignIn.revoked_at.is_(None)).values(revoked_at=now)
    )
    session.flush()
    events.record(session, "PersonDisabled", actor=actor, now=now, subject=f"person:{person.id}")


def reopen_person(session: Session, actor: Actor, now: datetime, *, person: Person) -> None:
    """Open a closed account again, with the roles that it has. Raises `Refused` where its name has been erased."""
    if person.named is None:
        raise Refused(Finding("USER-007", Severity.ERROR, {"login": person.login}))
    if person.disabled_at is None:
        return
    person.disabled_at = None
    session.flush()
    events.record(session, "PersonReopened", actor=actor, now=now, subject=f"person:{person.id}")


def erase_name(session: Session, actor: Actor, now: datetime, *, person: Person) -> None:
    """Erase a person's name. The log keeps the opaque id, which then names nobody."""
    if person.named is not None:
        session.delete(person.named)
        session.flush()
        session.refresh(person)
    events.record(session, "PersonNameErased", actor=actor, now=now, subject=f"person:{person.id}")


def set_password(session: Session, actor: Actor, now: datetime, *, person: Person, password: str) -> None:
    """A new password; every sign-in made with the old one ends."""
    if len(password) < SHORTEST:
        raise Invalid([Finding("USER-002", Severity.ERROR, {"shortest": SHORTEST})])
    person.password_hash = HASHER.hash(password)
    session.execute(
        update(SignIn).where(SignIn.person_id == person.id, SignIn.revoked_at.is_(None)).values(revoked_at=now)
    )
    session.flush()
    events.record(session, "PasswordChanged", actor=actor, now=now, subject=f"person:{person.id}")


def sign_in(
    session: Session, now: datetime, *, login: str, password: str, address: str, lasts: timedelta
) -> str | Finding:
    """Check the password and begin a sign-in. Returns its token, or the finding that explains why not.

    The answer takes the same time and says the same whether the user exists or not. Attempts at one user name stand in
    line, so that no more than `LIMIT` of them are tried however many come at the same moment.
    """
    login = login.strip().lower()
    by_login, by_address = f"login:{_short(login)}", f"address:{_short(address)}"
    minutes = _minutes_to_wait(session.get(Attempt, by_address), now, LIMIT * 10)
    if minutes := minutes or _minutes_to_wait(_held_attempt(session, now, by_login), now, LIMIT):
        return Finding("SIGN-002", Severity.ERROR, {"minutes": minutes})
    person = person_by_login(session, login)
    if not password_matches(person, password) or person is None or person.disabled_at is not None:
        for key in (by_login, by_address):
            _count_failure(session, now, key)
        events.record(
            session, "SignInFailed", actor=SYSTEM, now=now, subject=f"person:{person.id if person else 'unknown'}"
        )
        return Finding("SIGN-001", Severity.ERROR)
    session.delete(_held_attempt(session, now, by_login))
    token = secrets.token_urlsafe(32)
    session.add(SignIn(token_hash=token_hash(token), person_id=person.id, created_at=now, expires_at=now + lasts))
    session.flush()
    events.record(session, "SignedIn", actor=Actor(person.id), now=now, subject=f"person:{person.id}")
    return token


def sign_out(session: Session, actor: Actor, now: datetime, *, token: str) -> None:
    """End a sign-in, in every tab that uses it."""
    begun = session.get(SignIn, token_hash(token))
    if begun is not None and begun.revoked_at is None:
        begun.revoked_at = now
        session.flush()
    events.record(session, "SignedOut", actor=actor, now=now, subject=f"person:{actor.person_id}")


def person_signed_in(session: Session, now: datetime, *, token: str) -> Person | None:
    """Whose sign-in the token is, while it lasts."""
    return session.scalar(
        select(Person)
        .join(SignIn, SignIn.person_id == Person.id)
        .where(
            SignIn.token_hash == token_hash(token),
            SignIn.revoked_at.is_(None),
            SignIn.expires_at > now,
            Person.disabled_at.is_(None),
        )
    )


def mark_demonstration(session: Session, actor: Actor, now: datetime) -> None:
    """Write into the database itself that this instance is a demonstration."""
    hold_name(session, "mark:demonstration")
    if session.get(InstanceMark, "demonstration") is None:
        session.add(InstanceMark(name="demonstration", value="yes"))
        session.flush()
        events.record(session, "InstanceMarkedDemonstration", actor=actor, now=now, subject="instance:this")


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def password_matches(person: Person | None, password: str) -> bool:
    """Whether the password is the person's; as slow for nobody as for somebody."""
    try:
        return HASHER.verify(person.password_hash if person else _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """Verified against when there is no such user, so that the answer takes as long."""
    return HASHER.hash(secrets.token_urlsafe(16))


def _require_other_administrator(session: Session, person: Person, organisation: Organisation | None = None) -> None:
    """Refuse to take ``person`` (or their role in ``organisation``) away from administering where nobody else can.

    The administrators are locked, so that two of them do not put each other out at the same time. Who they are is read
    when the lock is held: a statement that waited for it still sees roles that were taken away meanwhile.
    """
    administers = (Membership.role == Role.ADMINISTRATOR, Person.disabled_at.is_(None))
    session.execute(
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(*administers)
        .order_by(Person.id)
        .with_for_update(of=Person)
    ).all()
    held = session.execute(
        select(Membership.person_id, Membership.organisation_id)
        .join(Person, Person.id == Membership.person_id)
        .where(*administers)
    ).all()
    goes = [
        (who, where) for who, where in held if who == person.id and (organisation is None or where == organisation.id)
    ]
    if goes and len(goes) == len(held):
        raise Refused(Finding("USER-006", Severity.ERROR, {"login": person.login}))


def _misfit(role: Role, organisation: Organisation) -> Finding:
    fitting = [ROLE_LABELS[one] for one in ROLES_OF[organisation.kind]]
    params: dict[str, str | int] = {
        "role_sv": role.label.sv, "role_en": role.label.en, "name_sv": organisation.name_sv, "name_en": organisation.name_en,
        "roles_sv": ", ".join(one.sv for one in fitting), "roles_en": ", ".join(one.en for one in fitting),
    }  # fmt: skip
    return Finding("USER-005", Severity.ERROR, params)


def _minutes_to_wait(attempt: Attempt | None, now: datetime, limit: int) -> int:
    """How long until the next attempt, in minutes begun; zero where it may be made at once."""
    if attempt is None or attempt.failures < limit or attempt.window_start + WINDOW <= now:
        return 0
    return int((attempt.window_start + WINDOW - now).total_seconds() // 60) + 1


def _count_failure(session: Session, now: datetime, key: str) -> None:
    attempt = _held_attempt(session, now, key)
    if attempt.window_start + WINDOW <= now:
        attempt.window_start, attempt.failures = now, 0
    attempt.failures += 1
    session.flush()


def _held_attempt(session: Session, now: datetime, key: str) -> Attempt:
    """The count of a key, made where there is none, and nobody else's to change until this transaction ends."""
    query = select(Attempt).where(Attempt.key == key).with_for_update().execution_options(populate_existing=True)
    while (found := session.scalar(query)) is None:
        # Somebody else may begin to count at the same moment; then theirs is the row that is read next.
        with suppress(IntegrityError), session.begin_nested():
            session.add(Attempt(key=key, window_start=now, failures=0))
    return found


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:40]
