"""Withdrawing a version. What is published is withdrawn by two: one proposes it with reasons, somebody else decides.

Between the two, everybody concerned sees the proposal beside what rests on the version. A draft, or a version that is
still being reviewed, binds nobody: its author takes it back alone. Events: ``WithdrawalProposed``,
``WithdrawalSettled``, and ``VersionWithdrawn``, whose handlers run in the same transaction and tell whoever rests on it.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor
from registry.errors import Forbidden, Refused
from registry.findings import Finding
from registry.items import queries
from registry.items.kinds import ItemKind
from registry.items.lifecycle import Act, State, WithdrawalOutcome
from registry.items.steps import (
    deciding_organisation,
    hold,
    move,
    record,
    refused,
    reinstate_before,
    require_alone,
    require_author,
    require_fit_text,
)
from registry.items.tables import Item, Version, Withdrawal
from registry.reasons import says_something


def withdraw(session: Session, actor: Actor, now: datetime, version: Version, *, reason: str) -> Version:
    """The author's side takes a version out of use. It stays readable to those who could read it, and says why it went.

    What is published and `is_withdrawn_by_deciders`, either side that decided takes out of use instead; the event tells which
    (``by``). Raises `Refused` for a published version of a kind whose withdrawal somebody else decides.
    """
    kind = queries.kind_named(version.item.kind)
    version = hold(session, version)
    by = _withdrawer(kind, actor, version)
    if not version.is_being_written:
        require_alone(version)
    if version.state == State.PUBLISHED and by is None and not kind.is_withdrawn_alone:
        raise refused("ITEM-013")
    _require_reason(actor, reason)
    if version.state == State.PUBLISHED:
        entry = _entry(session, actor, now, version, reason)
        entry.outcome, entry.settled_at = WithdrawalOutcome.WITHDRAWN, now
        session.add(entry)
    else:
        version.reason = reason.strip()
    take_out_of_use(session, actor, now, version, **({"by": by} if by is not None else {}))
    return version


def _withdrawer(kind: ItemKind, actor: Actor, version: Version) -> str | None:
    """Which of the sides that decided the actor withdraws the version for; ``None`` where the author's side does. Raises
    `Forbidden` for others."""
    if not (kind.is_withdrawn_by_deciders and version.state == State.PUBLISHED):
        require_author(kind, actor, version.organisation_id)
        return None
    by = next(iter(deciding_for(actor, version, kind)), None)
    if by is None:
        raise Forbidden("withdraw")
    return by


def propose(
    session: Session, actor: Actor, now: datetime, version: Version, *, reason: str, replaced_by: Item | None = None
) -> Withdrawal:
    """Propose that a published version be withdrawn. Whoever writes or decides on the kind in its organisation may.

    Raises `Refused` where the version is not in force, where it is proposed already, and without a reason.
    """
    kind = queries.kind_named(version.item.kind)
    if not may_propose(actor, version, kind):
        raise Forbidden("propose_withdrawal")
    version = hold(session, version)
    if finding := objection(version):
        raise Refused(finding)
    if queries.open_withdrawal(session, version) is not None:
        raise refused("ITEM-014")
    _require_reason(actor, reason)
    if replaced_by is not None and (replaced_by.kind != kind.name or replaced_by.id == version.item_id):
        raise refused("ITEM-017")
    entry = _entry(session, actor, now, version, reason)
    entry.replaced_by_id = replaced_by.id if replaced_by else None
    try:
        with session.begin_nested():
            session.add(entry)
    except IntegrityError as error:
        raise refused("ITEM-014") from error
    record(session, actor, now, version, "WithdrawalProposed", withdrawal=entry.id)
    return entry


def decide(
    session: Session, actor: Actor, now: datetime, entry: Withdrawal, *, is_granted: bool, reason: str
) -> Withdrawal:
    """Withdraw the version, or keep it in force. Whoever decides on the kind may, and is not who proposed it.

    Raises `Refused` where the actor proposed it, where somebody else was first, and where the version has been superseded.
    """
    version = hold(session, entry.version)
    entry = _fresh(session, entry)
    if not may_decide(actor, version, queries.kind_named(version.item.kind)):
        raise Forbidden("decide_withdrawal")
    _require_alone(entry)
    _require_open(entry, version)
    if actor.person_id == entry.proposed_by:
        raise refused("ITEM-015")
    _require_reason(actor, reason)
    entry.outcome = WithdrawalOutcome.WITHDRAWN if is_granted else WithdrawalOutcome.KEPT
    entry.decided_by, entry.decision_reason, entry.settled_at = actor.person_id, reason.strip(), now
    session.flush()
    record(session, actor, now, version, "WithdrawalSettled", withdrawal=entry.id, outcome=entry.outcome.value)
    if is_granted:
        take_out_of_use(session, actor, now, version)
    return entry


def take_back(session: Session, actor: Actor, now: datetime, entry: Withdrawal) -> Withdrawal:
    """The proposer takes the proposal back; the version stays in force."""
    version = hold(session, entry.version)
    entry = _fresh(session, entry)
    if actor.person_id != entry.proposed_by:
        raise Forbidden("take_back_withdrawal")
    _require_alone(entry)
    _require_open(entry, version)
    entry.outcome, entry.settled_at = WithdrawalOutcome.TAKEN_BACK, now
    session.flush()
    record(session, actor, now, version, "WithdrawalSettled", withdrawal=entry.id, outcome=entry.outcome.value)
    return entry


def objection(version: Version) -> Finding | None:
    """Why there is nothing to withdraw by decision, if so: it is out of use already, or was never in force."""
    if version.state == State.PUBLISHED:
        return None
    if version.is_in_force(clock.today()):
        return refused("ITEM-019").finding
    code = {State.SUPERSEDED: "ITEM-011", State.WITHDRAWN: "ITEM-012"}.get(State(version.state), "ITEM-010")
    return refused(code).finding


def may_propose(actor: Actor, version: Version, kind: ItemKind) -> bool:
    """Whether the actor writes or decides on the kind where the version belongs, and the kind is withdrawn by two."""
    if kind.is_withdrawn_alone or kind.is_withdrawn_by_deciders:
        return False
    if actor.may_decide(*kind.author_roles, organisation_id=version.organisation_id):
        return True
    return may_decide(actor, version, kind)


def may_decide(actor: Actor, version: Version, kind: ItemKind) -> bool:
    """Whether the actor holds a role that decides on the kind, where it must be held. Not whether they proposed it."""
    return bool(deciding_for(actor, version, kind))


def deciding_for(actor: Actor, version: Version, kind: ItemKind) -> list[str]:
    """The organisations in which the actor holds a role that decides on the kind, where it must be held."""
    needed = [(need.role, deciding_organisation(version, need)) for need in kind.requirements_for(version.content)]
    return [where for role, where in needed if actor.may_decide(role, organisation_id=where)]


def take_out_of_use(session: Session, actor: Actor, now: datetime, version: Version, **more: object) -> None:
    """A held version is withdrawn, and the one before it goes on where it has not begun. ``more`` goes with the event."""
    before = State(version.state)
    move(version, Act.WITHDRAW)
    version.ended_at = now
    reinstated = reinstate_before(session, version, clock.today(now)) if before is State.PUBLISHED else None
    session.flush()
    data = {"reinstates": reinstated.content_hash} if reinstated is not None else {}
    record(session, actor, now, version, "VersionWithdrawn", was=before.value, **data, **more)


def _entry(session: Session, actor: Actor, now: datetime, version: Version, reason: str) -> Withdrawal:
    earlier = session.scalar(select(func.max(Withdrawal.round)).where(Withdrawal.version_id == version.id)) or 0
    return Withdrawal(
        version_id=version.id, organisation_id=version.organisation_id, round=earlier + 1, reason=reason.strip(),
        proposed_by=actor.person_id, proposed_at=now,
    )  # fmt: skip


def _require_alone(entry: Withdrawal) -> None:
    if entry.change_set_id is not None:
        raise refused("ITEM-020")


def _require_open(entry: Withdrawal, version: Version) -> None:
    if entry.outcome is not None:
        raise refused("ITEM-016")
    if finding := objection(version):
        raise Refused(finding)


def _require_reason(actor: Actor, reason: str) -> None:
    if not says_something(reason):
        raise refused("ITEM-007")
    require_fit_text(actor, reason)


def _fresh(session: Session, entry: Withdrawal) -> Withdrawal:
    session.refresh(entry)
    return entry
