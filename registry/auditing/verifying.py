"""The whole check: the log, the rows that it tells of, the heads that were signed, what was handed out, and what is stored.

The log can be checked alone. Everything is read as it was at one moment; stored objects are compared after that, since
reading their bytes takes long.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.auditing.evidence import Evidence, Flaw, Kind
from registry.auditing.log_check import LogSeen, check_log
from registry.auditing.row_check import check_rows, check_seals
from registry.signing.heads import Head
from registry.signing.keys import BadSignature, KeyRing, UnknownKey
from registry.signing.queries import key_ring
from registry.signing.signed_heads import SignedHead
from registry.stored import verifying as stored


@dataclass(frozen=True, slots=True)
class Auditor:
    """What a package has handed out that rests on the log."""

    hashes: Callable[[Session], Iterable[str]]
    """Hashes of events that must be in the log."""
    check: Callable[[Session, LogSeen, Evidence], None]


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody holds against the log: hashes of events, and signed heads, each by what it is called."""

    hashes: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, Head] = field(default_factory=dict)
    ring: KeyRing | None = None
    """Keys that were kept outside; without them the instance's own are trusted."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What was seen."""

    log: LogSeen
    evidence: Evidence


def audit(session: Session, held: Held | None = None, *, alone: bool = False) -> Audit:
    """Check everything, or the log ``alone``: events, tree and heads. Raises nothing about what it finds."""
    held, evidence = held or Held(), Evidence()
    auditors: Collection[Auditor] = () if alone else current_app.extensions["registry"].auditors
    _at_one_moment(session)
    signed = {f"signed {row.size}": row.head for row in session.scalars(select(SignedHead).order_by(SignedHead.size))}
    hashes = {*held.hashes.values(), *(one for auditor in auditors for one in auditor.hashes(session))}
    heads = {**signed, **held.heads}
    seen = check_log(session, evidence, [head.size for head in heads.values()], hashes)
    _check_heads(heads, seen, evidence, held.ring or key_ring(session))
    for name, hash_ in held.hashes.items():
        evidence.count(Kind.HEADS)
        if hash_ not in seen.numbers:
            evidence.add(Kind.HEADS, Flaw.HEAD_UNKNOWN, name)
    if not alone:
        check_seals(session, evidence)
        check_rows(session, evidence)
        for auditor in auditors:
            auditor.check(session, seen, evidence)
        session.rollback()
        _check_objects(session, evidence)
    session.rollback()
    return Audit(seen, evidence)


def _check_heads(heads: Mapping[str, Head], seen: LogSeen, evidence: Evidence, ring: KeyRing) -> None:
    for name, head in heads.items():
        evidence.count(Kind.HEADS)
        try:
            head.verify(ring)
        except (BadSignature, UnknownKey):
            evidence.add(Kind.HEADS, Flaw.HEAD_NOT_SIGNED, name, head.kid)
        if head.size > seen.size:
            evidence.add(Kind.HEADS, Flaw.HEAD_AHEAD, name)
        elif seen.roots.get(head.size) != head.root:
            evidence.add(Kind.HEADS, Flaw.HEAD_DIFFERS, name)


def _check_objects(session: Session, evidence: Evidence) -> None:
    found = stored.verify(session)
    evidence.count(Kind.OBJECTS, found.objects)
    for one in found.differences:
        if one.fault not in stored.SWEPT:
            evidence.add(Kind.OBJECTS, Flaw.OBJECT_DIFFERS, one.key or one.owner, one.fault.value)


def _at_one_moment(session: Session) -> None:
    """Read as it is now, whatever is written meanwhile."""
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
