"""Signing as the instance: the key that is in use, made the first time, and another in its place."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import events
from registry.actors import Actor
from registry.errors import Refused
from registry.locks import hold_name
from registry.signing import private_files
from registry.signing.finding_texts import FINDINGS
from registry.signing.keys import PublicKey, decoded, new_private_key, public_half, signature_of
from registry.signing.tables import SigningKey

_NAME = "signing-key"
log = structlog.get_logger("registry.signing")


@dataclass(frozen=True, slots=True)
class Signer:
    """A key in use, with its private half."""

    kid: str
    _private: bytes

    def __repr__(self) -> str:
        return f"Signer({self.kid})"

    def sign(self, data: bytes) -> bytes:
        return signature_of(self._private, data)


def signer(session: Session, actor: Actor, now: datetime, instance: Path) -> Signer:
    """The key in use; made where there is none yet. Raises `Refused` (SIG-001) where its private half is not on this machine."""
    hold_name(session, _NAME)
    row = _in_use(session)
    if row is None:
        return _make(session, actor, now, instance)
    private = private_files.find(instance, row.kid, decoded(row.x))
    if private is None:
        raise Refused(FINDINGS.found("SIG-001", {"kid": row.kid}))
    return Signer(row.kid, private)


def signer_in_use(session: Session, instance: Path) -> Signer | None:
    """The key in use, where there is one and its private half is on this machine: for what goes on without a signature, and is
    signed later."""
    row = _in_use(session)
    if row is None:
        return None
    private = private_files.find(instance, row.kid, decoded(row.x))
    if private is None:
        log.warning("key_is_lost", kid=row.kid)
        return None
    return Signer(row.kid, private)


def rotate(session: Session, actor: Actor, now: datetime, instance: Path) -> tuple[str, str | None]:
    """Take a new key into use; the ``kid`` of it, and of the one that is retired. That stays in the ring, without its private
    half, which the caller forgets once this is committed (`private_files.forget`)."""
    hold_name(session, _NAME)
    before = _in_use(session)
    if before is not None:
        before.retired_at = now
        session.flush()
        _record(session, actor, now, "SigningKeyRetired", before)
    made = _make(session, actor, now, instance)
    return made.kid, before.kid if before is not None else None


def _in_use(session: Session) -> SigningKey | None:
    query = select(SigningKey).where(SigningKey.retired_at.is_(None)).order_by(SigningKey.made_at.desc())
    return session.scalars(query).first()


def _make(session: Session, actor: Actor, now: datetime, instance: Path) -> Signer:
    private = new_private_key()
    key = PublicKey(public_half(private))
    private_files.keep(instance, key.kid, private)
    row = SigningKey(kid=key.kid, x=key.x, made_at=now)
    session.add(row)
    session.flush()
    _record(session, actor, now, "SigningKeyMade", row)
    return Signer(key.kid, private)


def _record(session: Session, actor: Actor, now: datetime, event: str, row: SigningKey) -> None:
    events.record(session, event, actor=actor, now=now, subject=f"signing-key:{row.kid}", data={"x": row.x})
