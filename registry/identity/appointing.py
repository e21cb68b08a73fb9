"""A region's first administrator: proposed by one central administrator, confirmed by another.

Where the region has an administrator already (who is gone, it is said, or has lost the password), or had one whose account was
closed in the last week, the region has a week to object before it may be confirmed: its administrators, and its disclosing
officers, since two central administrators could close the account first. A proposal that nobody confirms in thirty days is one no more.

Who could let themself into the account that is appointed would be the region's administrator. So an account that nobody but
central administrators has seen to chooses its password anew, with a link that only who confirms is shown and a code that only who
proposes is shown: neither of them alone gets in. An account of a region's own needs neither, and a link into it that somebody made
before ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import clock, events
from registry.actors import Actor, Role
from registry.errors import Forbidden, Invalid, NotFound, Refused
from registry.finding_texts import FINDINGS
from registry.findings import Finding
from registry.identity import authority, password_links, passwords, queries, second_codes, services
from registry.identity.tables import Appointment, Membership, Organisation, Person
from registry.locks import hold_name
from registry.text_objections import objection_to_text

OBJECTION = timedelta(days=7)
LASTS = timedelta(days=30)
LONGEST_REASON = 1000
CONFIRMED, WITHDRAWN, EXPIRED = "confirmed", "withdrawn", "expired"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal that was just made, and the code that only its proposer is shown, now: the person needs it beside the link with
    which they choose a password. ``None`` where they need no link."""

    appointment: Appointment
    code: str | None


def propose(
    session: Session, actor: Actor, now: datetime, *, organisation: Organisation, person: Person, reason: str
) -> Proposal:
    """Propose somebody as a region's administrator.

    Raises `Forbidden` for others than central administrators, `Refused` for oneself, where a proposal is open, and for an
    account without a name, `Invalid` without a reason.
    """
    _require_central(actor)
    if organisation.kind != authority.REGION:
        raise NotFound("region")
    if person.id == actor.person_id:
        raise Refused(FINDINGS.found("USER-012"))
    if person.named is None:
        raise Refused(FINDINGS.found("USER-007", {"login": person.login}))
    words = reason.strip()[:LONGEST_REASON]
    if not words:
        raise Invalid([FINDINGS.found("USER-015")])
    if (objection := objection_to_text((words,))) is not None:
        raise Invalid([objection])
    hold_name(session, f"administrators:{organisation.id}")
    before = open_for(session, organisation)
    if before is not None and before.is_open(now):
        raise Refused(FINDINGS.found("USER-016", {"name": organisation.name}))
    if before is not None:
        before.outcome, before.settled_at = EXPIRED, now
        session.flush()
    has_one = queries.had_administrator(session, organisation.id, now - OBJECTION)
    code = second_codes.make() if needs_link(session, person, organisation) else None
    made = Appointment(
        organisation_id=organisation.id,
        person_id=person.id,
        reason=words,
        proposed_by=actor.person_id,
        proposed_at=now,
        opens_at=now + OBJECTION if has_one else now,
        expires_at=now + LASTS,
        code_hash=second_codes.hashed(code) if code else None,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:
        raise Refused(FINDINGS.found("USER-016", {"name": organisation.name})) from error
    _record(session, actor, now, made, "AdministratorProposed")
    return Proposal(made, code)


def needs_link(session: Session, person: Person, organisation: Organisation) -> bool:
    """Whether somebody chooses a password anew when they are appointed: they have none, central administrators alone see to
    the account and may have chosen it, or they hold the role already and cannot sign in."""
    if person.password_hash == passwords.NONE or not authority.belongs_to_a_region(person):
        return True
    return session.get(Membership, (person.id, organisation.id, Role.REGION_ADMINISTRATOR)) is not None


def confirm(session: Session, actor: Actor, now: datetime, appointment: Appointment) -> str | None:
    """Appoint who was proposed. Returns the code of a link for choosing a password where they need one (`needs_link`); it
    works only with the code that was shown to who proposed.

    Raises `Forbidden` for others than central administrators, and `Refused` as `objection` says.
    """
    _require_central(actor)
    appointment = _held(session, appointment)
    if (finding := objection(session, actor, now, appointment)) is not None:
        raise Refused(finding)
    person, organisation = appointment.person, appointment.organisation
    chooses = needs_link(session, person, organisation)
    appointment.outcome, appointment.settled_by, appointment.settled_at = CONFIRMED, actor.person_id, now
    session.flush()
    _record(session, actor, now, appointment, "AdministratorAppointed")
    services.hold_role(session, actor, now, person=person, organisation=organisation, role=Role.REGION_ADMINISTRATOR)
    services.reopen_account(session, actor, now, person=person)
    password_links.end_link(session, person)
    if not chooses:
        return None
    had_one = person.password_hash != passwords.NONE
    return password_links.make_for(
        session, actor, now, person=person, at_once=had_one, second_hash=appointment.code_hash
    )


def withdraw(session: Session, actor: Actor, now: datetime, appointment: Appointment) -> None:
    """Take a proposal back, or object to it: a central administrator, or one of the region. Raises `Refused` where it is
    settled, `Forbidden` for others."""
    if not may_withdraw(actor, appointment):
        raise Forbidden(Role.ADMINISTRATOR)
    appointment = _held(session, appointment)
    if not appointment.is_open(now):
        raise Refused(FINDINGS.found("USER-018"))
    appointment.outcome, appointment.settled_by, appointment.settled_at = WITHDRAWN, actor.person_id, now
    session.flush()
    _record(session, actor, now, appointment, "AdministratorProposalWithdrawn")


def objection(session: Session, actor: Actor, now: datetime, appointment: Appointment) -> Finding | None:
    """What forbids a central administrator to confirm this proposal now, or ``None``."""
    if not appointment.is_open(now):
        return FINDINGS.found("USER-018")
    if actor.person_id == appointment.person_id:
        return FINDINGS.found("USER-012")
    if actor.person_id == appointment.proposed_by:
        return FINDINGS.found("USER-017")
    proposer = queries.actor_by_id(session, appointment.proposed_by)
    if proposer is None or not authority.is_central(proposer):
        return FINDINGS.found("USER-019")
    if now < appointment.opens_at:
        opens_on = clock.today(appointment.opens_at).isoformat()
        return FINDINGS.found("USER-020", {"name": appointment.organisation.name, "day": opens_on})
    if appointment.code_hash is None and needs_link(session, appointment.person, appointment.organisation):
        return FINDINGS.found("USER-022", {"login": appointment.person.login})
    return None


def may_withdraw(actor: Actor, appointment: Appointment) -> bool:
    """Whether the actor may take the proposal back, or object to it for the region."""
    return authority.is_central(actor) or may_object(actor, appointment)


def may_object(actor: Actor, appointment: Appointment) -> bool:
    """Whether the actor may object to the proposal for the region: its administrators, and where the region was given time to,
    its disclosing officers."""
    region = appointment.organisation
    officer = appointment.has_time_to_object and actor.may_decide(Role.DISCLOSING_OFFICER, organisation_id=region.id)
    return authority.may_give_roles(actor, region) or officer


def open_for(session: Session, organisation: Organisation) -> Appointment | None:
    """The region's proposal that is not settled; it may have expired (`Appointment.is_open`)."""
    query = select(Appointment).where(Appointment.organisation_id == organisation.id, Appointment.outcome.is_(None))
    return session.scalar(query)


def open_ones(session: Session, now: datetime) -> Sequence[Appointment]:
    """Every open proposal, oldest first."""
    query = select(Appointment).where(Appointment.outcome.is_(None), Appointment.expires_at > now)
    return session.scalars(query.order_by(Appointment.proposed_at)).all()


def _held(session: Session, appointment: Appointment) -> Appointment:
    hold_name(session, f"administrators:{appointment.organisation_id}")
    session.refresh(appointment)
    return appointment


def _require_central(actor: Actor) -> None:
    """A person: the registry itself appoints nobody."""
    if actor.is_system or not authority.is_central(actor):
        raise Forbidden(Role.ADMINISTRATOR)


def _record(session: Session, actor: Actor, now: datetime, appointment: Appointment, type_: str) -> None:
    events.record(
        session, type_, actor=actor, now=now, subject=f"person:{appointment.person_id}",
        organisation_id=appointment.organisation_id, data={"appointment": appointment.id},
    )  # fmt: skip
