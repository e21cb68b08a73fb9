"""Signing in, from the password that somebody wrote to the sign-in that begins: count, verify, record.

The try is counted in one short transaction and the outcome recorded in another. The password is verified between them,
with neither a write lock nor a reader held, so that nobody's upload waits for somebody's guesses.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import events
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.finding_texts import FINDINGS
from registry.findings import Finding, Text
from registry.identity import attempts, known_browsers, passwords, services
from registry.identity.attempts import Lane
from registry.identity.queries import person_by_login
from registry.identity.tables import Person

log = structlog.get_logger("registry.identity")


@dataclass(frozen=True, slots=True)
class Welcome:
    """A sign-in that has begun: the token of the sign-in, and the one that the browser is known by from now on."""

    token: str
    browser: str


@dataclass(frozen=True, slots=True)
class Slowed:
    """A try that must wait for so many seconds, and what to say about it."""

    seconds: int
    finding: Finding


def sign_in(
    now: datetime, *, login: str, password: str, address: str, browser: str, secret: str, lasts: timedelta
) -> Welcome | Slowed | Finding:
    """Begin a sign-in where the password fits. ``browser`` is the token that the browser is known by (or any text),
    ``secret`` the instance's key.

    The answer takes the same time and says the same whether the user exists or not. Raises `passwords.Busy`, before
    anything is counted.
    """
    login = login.strip().lower()
    person = person_by_login(db.session, login)
    person_id, kept = (person.id, person.password_hash) if person else (None, passwords.NONE)
    known = known_browsers.known(db.session, now, person_id=person_id or "", token=browser)
    lane = Lane.of(secret, login=login, address=address, browser=known)
    fits = _counted_and_verified(now, lane, person_id, kept, password)
    if isinstance(fits, Slowed):
        return fits
    with transaction() as session:
        person = _still(session, person_id, kept) if fits else None
        if person is None:
            events.record(session, "SignInFailed", actor=SYSTEM, now=now, subject=f"person:{person_id or 'unknown'}")
        else:
            attempts.take_back(session, now, lane)
            welcome = begin(session, now, person=person, browser=known, lasts=lasts)
    if person is None:
        log.warning("sign_in_failed", person=person_id or "unknown", known_browser=known is not None)
        attempts.forget_old(db.session, now)
        return FINDINGS.found("SIGN-001")
    log.info("signed_in", person=person_id, known_browser=known is not None)
    return welcome


def begin(session: Session, now: datetime, *, person: Person, browser: str | None, lasts: timedelta) -> Welcome:
    """A sign-in of somebody who has shown who they are, in a ``browser`` that is known by this hash, or in a new one."""
    token = services.begin_sign_in(session, now, person=person, lasts=lasts)
    return Welcome(token, known_browsers.remember(session, now, person_id=person.id, instead_of=browser))


def own_password_fits(now: datetime, *, person: Person, password: str, secret: str) -> bool | Slowed:
    """Whether somebody who is signed in gave their present password; wrong ones slow the next. Raises
    `passwords.Busy`."""
    lane, kept, person_id = Lane.of_own_password(secret, person.id), person.password_hash, person.id
    fits = _counted_and_verified(now, lane, person_id, kept, password)
    if isinstance(fits, Slowed):
        return fits
    if fits:
        with transaction(bookkeeping=True) as session:
            attempts.take_back(session, now, lane)
    else:
        log.warning("own_password_wrong", person=person_id)
    return fits


def _counted_and_verified(now: datetime, lane: Lane, person_id: str | None, kept: str, password: str) -> bool | Slowed:
    """Whether the password fits, once the try is counted; or how long it must wait, without a write where that can be
    read. Leaves no transaction open, and has none while it verifies."""
    wait = attempts.time_left(db.session, now, lane)
    db.session.rollback()
    if wait:
        return _slowed(wait, person_id)
    with passwords.turn():
        with transaction(bookkeeping=True) as session:
            wait = attempts.count(session, now, lane)
            if not wait and (said := attempts.alarm(session, lane)):
                log.warning(said, person=person_id or "unknown")
        return _slowed(wait, person_id) if wait else passwords.matches(kept, password)


def _slowed(wait: timedelta, person_id: str | None) -> Slowed:
    seconds = math.ceil(wait.total_seconds())
    log.info("sign_in_slowed", person=person_id or "unknown", seconds=seconds)
    return Slowed(seconds, FINDINGS.found("SIGN-002", {"wait": _in_words(seconds)}))


def _still(session: Session, person_id: str | None, kept: str) -> Person | None:
    """The person, unless the account was closed or its password changed while the password was verified."""
    return session.scalar(
        select(Person).where(Person.id == person_id, Person.password_hash == kept, Person.disabled_at.is_(None))
    )


def _in_words(seconds: int) -> Text:
    """
    >>> _in_words(1).en, _in_words(64).sv, _in_words(900).sv
    ('1 second', '64 sekunder', '15 minuter')
    """
    if seconds < 100:
        one = seconds == 1
        return Text(f"{seconds} {'sekund' if one else 'sekunder'}", f"{seconds} {'second' if one else 'seconds'}")
    minutes = math.ceil(seconds / 60)
    return Text(f"{minutes} minuter", f"{minutes} minutes")
