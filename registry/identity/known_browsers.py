"""Browsers in which somebody has signed in before: there they are not held up by what others try.

A browser keeps one cookie per account that has signed in in it, random and renewed with each sign-in. It opens nothing:
the password is asked for as ever, and wrong ones are counted, but in a lane of its own (`registry.identity.attempts`).
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from registry.identity.tables import KnownBrowser

DAYS = 180
MOST = 20
"""A person's browsers; the one that was not used for the longest is forgotten for the next."""


def cookie_of(login: str) -> str:
    """The name of the cookie for an account, which does not say whose it is."""
    return f"browser-{hashlib.sha256(login.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def known(session: Session, now: datetime, *, person_id: str, token: str) -> str | None:
    """The hash of the browser's cookie where it is known to the account, or ``None``."""
    return session.scalar(
        select(KnownBrowser.token_hash).where(
            KnownBrowser.token_hash == _hash(token), KnownBrowser.person_id == person_id, KnownBrowser.expires_at > now
        )
    )


def remember(session: Session, now: datetime, *, person_id: str, instead_of: str | None) -> str:
    """Know a browser from now on, by a new token, which is returned; ``instead_of`` is the hash of the one it had."""
    created_at = now
    if instead_of is not None and (old := session.get(KnownBrowser, instead_of)) is not None:
        created_at = old.created_at
        session.delete(old)
    spare = (
        select(KnownBrowser.token_hash)
        .where(KnownBrowser.person_id == person_id)
        .order_by(KnownBrowser.used_at.desc(), KnownBrowser.token_hash)
        .offset(MOST - 1)
    )
    session.flush()
    is_spare = KnownBrowser.token_hash.in_(session.scalars(spare).all()) | (KnownBrowser.expires_at <= now)
    session.execute(delete(KnownBrowser).where(KnownBrowser.person_id == person_id, is_spare))
    token = secrets.token_urlsafe(32)
    session.add(
        KnownBrowser(
            token_hash=_hash(token), person_id=person_id, created_at=created_at, used_at=now, expires_at=now + timedelta(days=DAYS)
        )
    )  # fmt: skip
    session.flush()
    return token


def forget_all(session: Session, *, person_id: str) -> None:
    """No browser of the person is known any more."""
    session.execute(delete(KnownBrowser).where(KnownBrowser.person_id == person_id))


def count(session: Session, now: datetime, *, person_id: str) -> int:
    """In how many browsers somebody is known."""
    query = select(func.count()).select_from(KnownBrowser)
    return session.scalar(query.where(KnownBrowser.person_id == person_id, KnownBrowser.expires_at > now)) or 0


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
