"""Creating people and organisations, the roles they hold, and their sign-ins.

A sign-in is a row that can be revoked: signing out ends it everywhere. How it comes to one is in `signing_in`.
"""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from registry import events
from registry.actors import ROLE_LABELS, ROLES_OF, Actor, Role
from registry.errors import Forbidden, Invalid, NotFound, Refused
from registry.finding_texts import FINDINGS
from registry.findings import Finding, Text
from registry.identity import authority, known_browsers, passwords
from registry.identity.queries import person_by_login
from registry.identity.tables import (
    InstanceMark,
    MailChoice,
    Membership,
    Organisation,
    PasswordLink,
    Person,
    PersonName,
    SignIn,
)
from registry.locks import hold_name, holding
from registry.text_objections import objection_to_text

RECIPIENT_KIND = "recipient"
LONGEST_NAME = 200
_CODE = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")
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


def add_recipient(
    session: Session, actor: Actor, now: datetime, *, code: str, name_sv: str, name_en: str
) -> Organisation:
    """A further organisation that uses of delivery lines may name as recipient. It has no people yet.

    Raises `Forbidden` for others than central administrators, `Invalid` where the code is none or taken, a name is missing, or
    either holds what must stand in no text.
    """
    if not authority.is_central(actor):
        raise Forbidden(Role.ADMINISTRATOR)
    code, names = code.strip(), (" ".join(name_sv.split()), " ".join(name_en.split()))
    hold_name(session, f"organisation:{RECIPIENT_KIND}:{code}")
    taken = select(Organisation.id).where(Organisation.kind == RECIPIENT_KIND, Organisation.code == code)
    if not _CODE.fullmatch(code) or session.scalar(taken) is not None:
        raise Invalid([FINDINGS.found("USER-023", {"code": code[:80]})])
    if not all(names) or max(map(len, names)) > LONGEST_NAME:
        raise Invalid([FINDINGS.found("USER-024", {"most": LONGEST_NAME})])
    if (objection := objection_to_text((code, *names))) is not None:
        raise Invalid([objection])
    return create_organisation(session, actor, now, kind=RECIPIENT_KIND, code=code, name_sv=names[0], name_en=names[1])


def create_person(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    login: str,
    name: str,
    password_hash: str = passwords.NONE,
    is_demonstration: bool = False,
) -> Person:
    """A new person without roles, and without a password unless its hash is given (`passwords.hashed`, which is called
    before the transaction begins). Raises `Invalid` where the user name is taken or is none, there is no name, or
    either holds what must stand in no text (`objection_to_text`)."""
    login, name = login.strip().lower(), name.strip()
    hold_name(session, f"login:{login}")
    if not login or person_by_login(session, login):
        raise Invalid([FINDINGS.found("USER-001", {"login": login})])
    if not _LOGIN.fullmatch(login):
        raise Invalid([FINDINGS.found("USER-003", {"login": login})])
    if not name:
        raise Invalid([FINDINGS.found("USER-004")])
    if (objection := objection_to_text((login, name))) is not None:
        raise Invalid([objection])
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

    Raises `Invalid` for a role that means nothing in that kind of organisation (`ROLES_OF`), `Refused` where it is one's own
    or another administrator's to give (`authority`), `Forbidden` for who administers nothing.
    """
    if role not in ROLES_OF[organisation.kind]:
        raise Invalid([_misfit(role, organisation)])
    authority.require_role_giver(actor, organisation)
    if person.id == actor.person_id:
        raise Refused(FINDINGS.found("USER-012"))
    hold_role(session, actor, now, person=person, organisation=organisation, role=role)


def hold_role(
    session: Session, actor: Actor, now: datetime, *, person: Person, organisation: Organisation, role: Role
) -> None:
    """Put a role on record, whoever gives it: `give_role` and `appointing` see that they may."""
    hold_name(session, f"roles:{person.id}")
    if session.get(Membership, (person.id, organisation.id, role)):
        return
    session.add(Membership(person_id=person.id, organisation_id=organisation.id, role=role, since=now))
    session.flush()
    events.record(session, "RoleGiven", actor=actor, now=now, subject=f"person:{person.id}", organisation_id=organisation.id, data={"role": role.value})  # fmt: skip


def take_role(
    session: Session, actor: Actor, now: datetime, *, person: Person, organisation: Organisation, role: Role
) -> None:
    """Take a role away. Raises `NotFound` where it is not held, `Refused` where nobody would be left to administer, and as
    `give_role` where it is another administrator's to take."""
    authority.require_role_giver(actor, organisation)
    held = session.get(Membership, (person.id, organisation.id, role))
    if held is None:
        raise NotFound("membership")
    if role is Role.ADMINISTRATOR:
        _require_other_administrator(session, person, organisation)
    if role is Role.REGION_ADMINISTRATOR:
        _require_other_in_region(session, person, organisation)
    session.delete(held)
    session.flush()
    events.record(session, "RoleTaken", actor=actor, now=now, subject=f"person:{person.id}", organisation_id=organisation.id, data={"role": role.value})  # fmt: skip


def disable_person(session: Session, actor: Actor, now: datetime, *, person: Person) -> None:
    """Close an account and end all its sign-ins. Raises `Refused` where nobody would be left to administer, or where it is
    another administrator's.

    A central administrator may close a region's last administrator's account (it may be in wrong hands): then two of them
    appoint anew. Those of the region leave no region without one.
    """
    authority.require_closer(actor, person)
    _require_other_administrator(session, person)
    if not authority.is_central(actor):
        for place in authority.places_of(person):
            _require_other_in_region(session, person, place)
    person.disabled_at = now
    _end_sign_ins(session, now, person)
    session.execute(delete(PasswordLink).where(PasswordLink.person_id == person.id))
    session.flush()
    events.record(session, "PersonDisabled", actor=actor, now=now, subject=f"person:{person.id}")


def reopen_person(session: Session, actor: Actor, now: datetime, *, person: Person) -> None:
    """Open a closed account again, with the roles that it has. Raises `Refused` where its name has been erased, or where the
    roles are another administrator's to give."""
    authority.require_governor(actor, person)
    reopen_account(session, actor, now, person=person)


def reopen_account(session: Session, actor: Actor, now: datetime, *, person: Person) -> None:
    """Open an account, whoever does it: `reopen_person` and `appointing` see that they may."""
    if person.named is None:
        raise Refused(FINDINGS.found("USER-007", {"login": person.login}))
    if person.disabled_at is None:
        return
    person.disabled_at = None
    session.flush()
    events.record(session, "PersonReopened", actor=actor, now=now, subject=f"person:{person.id}")


def erase_name(session: Session, actor: Actor, now: datetime, *, person: Person) -> None:
    """Erase a person's name, and the address that letters were sent to. The log keeps the opaque id, which then names nobody."""
    authority.require_closer(actor, person)
    session.execute(delete(MailChoice).where(MailChoice.person_id == person.id))
    if person.named is not None:
        session.delete(person.named)
        session.flush()
        session.refresh(person)
    events.record(session, "PersonNameErased", actor=actor, now=now, subject=f"person:{person.id}")


def set_password(session: Session, actor: Actor, now: datetime, *, person: Person, password_hash: str) -> None:
    """A new password, by its hash (`passwords.hashed`). What was begun with the old one ends: sign-ins, known browsers,
    and a link to choose another."""
    person.password_hash = password_hash
    _end_sign_ins(session, now, person)
    session.execute(delete(PasswordLink).where(PasswordLink.person_id == person.id))
    session.flush()
    events.record(session, "PasswordChanged", actor=actor, now=now, subject=f"person:{person.id}")


def begin_sign_in(session: Session, now: datetime, *, person: Person, lasts: timedelta) -> str:
    """A sign-in of somebody who has shown who they are. Returns its token, of which only the hash is kept."""
    token = secrets.token_urlsafe(32)
    session.add(SignIn(token_hash=token_hash(token), person_id=person.id, created_at=now, expires_at=now + lasts))
    session.flush()
    events.record(session, "SignedIn", actor=Actor(person.id), now=now, subject=f"person:{person.id}")
    return token


def sign_out_everywhere(session: Session, actor: Actor, now: datetime, *, person: Person) -> None:
    """End every sign-in of a person, in all browsers, none of which is known any more."""
    _end_sign_ins(session, now, person)
    session.flush()
    events.record(session, "SignedOut", actor=actor, now=now, subject=f"person:{person.id}")


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


def _end_sign_ins(session: Session, now: datetime, person: Person) -> None:
    session.execute(
        update(SignIn).where(SignIn.person_id == person.id, SignIn.revoked_at.is_(None)).values(revoked_at=now)
    )
    known_browsers.forget_all(session, person_id=person.id)


def _require_other_administrator(session: Session, person: Person, organisation: Organisation | None = None) -> None:
    """Refuse to take ``person`` (or their role in ``organisation``) away from administering where nobody else can.

    The administrators are locked, so that two of them do not put each other out at the same time. Who they are is read
    when the lock is held: a statement that waited for it still sees roles that were taken away meanwhile.
    """
    administers = (Membership.role == Role.ADMINISTRATOR, Person.disabled_at.is_(None))
    administrators = select(Person.id).join(Membership, Membership.person_id == Person.id).where(*administers)
    session.execute(holding(administrators.order_by(Person.id), of=Person)).all()
    roles = session.execute(
        select(Membership.person_id, Membership.organisation_id)
        .join(Person, Person.id == Membership.person_id)
        .where(*administers)
    ).all()
    goes = [
        (who, where) for who, where in roles if who == person.id and (organisation is None or where == organisation.id)
    ]
    if goes and len(goes) == len(roles):
        raise Refused(FINDINGS.found("USER-006", {"login": person.login}))


def _require_other_in_region(session: Session, person: Person, organisation: Organisation) -> None:
    """Refuse that a region's last administrator with an open account goes without a successor. As above, they are locked."""
    administers = (
        Membership.role == Role.REGION_ADMINISTRATOR,
        Membership.organisation_id == organisation.id,
        Person.disabled_at.is_(None),
    )
    found = select(Person.id).join(Membership, Membership.person_id == Person.id).where(*administers)
    session.execute(holding(found.order_by(Person.id), of=Person)).all()
    if list(session.scalars(found)) == [person.id]:
        raise Refused(FINDINGS.found("USER-013", {"login": person.login, "name": organisation.name}))


def _misfit(role: Role, organisation: Organisation) -> Finding:
    fitting = [ROLE_LABELS[one] for one in ROLES_OF[organisation.kind]]
    params = {
        "role": role.label,
        "name": organisation.name,
        "roles": Text(", ".join(one.sv for one in fitting), ", ".join(one.en for one in fitting)),
    }
    return FINDINGS.found("USER-005", params)
