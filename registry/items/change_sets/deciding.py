"""A change set is sent to review, decided and published: all that is in it, or nothing.

What may take long has been done before: `submit` and `publish` are given an examination of the whole, and compare under the
lock that everything it read is still the same.
"""

from collections.abc import Sequence
from datetime import date, datetime
from graphlib import CycleError, TopologicalSorter

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.content import canonical as canonical_content
from registry.errors import Forbidden, Invalid, Refused
from registry.items.change_sets import queries
from registry.items.change_sets.examining import Examination, fingerprint_of, keep
from registry.items.change_sets.queries import Aspect, Member
from registry.items.change_sets.writing import (
    have_a_hand_in,
    hold_all,
    move_set,
    require_movable,
    require_writer,
    tell,
)
from registry.items.kinds import ItemKind
from registry.items.lifecycle import Act, Change, Outcome, State, WithdrawalOutcome
from registry.items.manifests import manifest
from registry.items.steps import enter_review, move, put_in_force, record, refused, require_coming_day, require_fit_text
from registry.items.tables import ChangeSet, Contribution, Decision, Version
from registry.items.withdrawing import take_out_of_use


class Outdated(Refused):
    """Something that the examination read has changed since: examined anew, the same act may succeed."""


def submit(
    session: Session,
    actor: Actor,
    now: datetime,
    change_set: ChangeSet,
    examination: Examination,
    transition_until: date | None = None,
) -> None:
    """Send the set to review. What is in it, and what each was begun from, is fixed from here on as its manifest.

    Raises `Invalid` with the errors of the examination, and `Refused` where it is not one of what is there now.
    """
    members = hold_all(session, change_set)
    require_submittable(session, actor, now, change_set, transition_until)
    move_set(change_set, Act.SUBMIT)
    _kept = _contributions(session, actor, change_set)
    _require_sound(session, members, examination)
    for member in members:
        if member.withdrawal is None:
            change = Change(member.version.change or Change.MEANING)
            enter_review(
                session, actor, now, member.version, change=change, transition_until=transition_until,
                change_set=change_set.id,
            )  # fmt: skip
    change_set.round += 1
    change_set.manifest = manifest(member.line for member in members)
    change_set.manifest_hash = canonical_content.content_hash(change_set.manifest)
    # Sending gives each change its class: what was found is of the set as it is sent.
    keep(session, change_set, Examination(fingerprint_of(session, members), examination.findings))
    change_set.submitted_at = change_set.changed_at = now
    session.flush()
    have_a_hand_in(session, actor, now, change_set)
    tell(session, actor, now, change_set, "ChangeSetSubmitted", manifest=change_set.manifest_hash, members=len(members))


def require_submittable(
    session: Session, actor: Actor, now: datetime, change_set: ChangeSet, transition_until: date | None
) -> None:
    """See that the actor may send the set to review now. Raises `Forbidden` and `Refused`."""
    require_writer(actor, change_set, queries.kinds_in(session, change_set))
    require_coming_day(transition_until, now)
    require_movable(change_set, Act.SUBMIT)


def decide(
    session: Session,
    actor: Actor,
    now: datetime,
    change_set: ChangeSet,
    *,
    aspect: str,
    outcome: Outcome,
    reason: str,
    manifest_hash: str,
) -> None:
    """Decide one aspect of everything in the set that has it: a decision for each, in one transaction.

    ``manifest_hash`` is what the decider had before them. Raises `Refused` where that is not what is in review, where the actor
    has contributed to anything in it, and where somebody has decided it already; `Forbidden` without the role.
    """
    members = hold_all(session, change_set)
    asked = require_decidable(session, actor, change_set, aspect=aspect, reason=reason, manifest_hash=manifest_hash)
    _decide_each(session, actor, now, change_set, asked, members, outcome, reason.strip())
    tell(
        session, actor, now, change_set, "ChangeSetDecided",
        aspect=aspect, outcome=outcome.value, manifest=change_set.manifest_hash,
    )  # fmt: skip
    if outcome is not Outcome.APPROVE:
        _end_review(change_set, members, now, outcome)
    elif _is_approved(session, change_set, members):
        move_set(change_set, Act.APPROVE)
        change_set.decided_at = now
        for member in members:
            if member.withdrawal is None:
                move(member.version, Act.APPROVE)
                member.version.decided_at = now
    session.flush()


def require_decidable(
    session: Session,
    actor: Actor,
    change_set: ChangeSet,
    *,
    aspect: str,
    reason: str,
    manifest_hash: str,
) -> Aspect:
    """See that the actor may decide the aspect now, and give it. Raises `Forbidden` and `Refused`."""
    asked = next((one for one in queries.aspects_in(session, change_set) if one.requirement.aspect == aspect), None)
    if asked is None:
        raise Forbidden(aspect)
    actor.require_decider(asked.requirement.role, organisation_id=asked.organisation_id, is_known=True)
    if change_set.state != State.IN_REVIEW:
        raise refused("SET-004")
    if manifest_hash != change_set.manifest_hash:
        raise refused("SET-007")
    if actor.person_id in queries.contributors(session, change_set):
        raise refused("SET-005")
    if not reason.strip():
        raise refused("ITEM-007")
    require_fit_text(actor, reason)
    return asked


def publish(
    session: Session,
    actor: Actor,
    now: datetime,
    change_set: ChangeSet,
    examination: Examination,
    *,
    valid_from: date | None,
) -> None:
    """Publish everything in the set, from one day, and withdraw what it withdraws.

    Raises `Invalid` with the errors of the examination (something was published meanwhile that a member was not begun from),
    and `Refused` where it is not one of what is there now, or where a member's predecessor applies from that day or later.
    """
    members = hold_all(session, change_set)
    require_publishable(session, actor, change_set)
    move_set(change_set, Act.PUBLISH)
    _require_sound(session, members, examination)
    for member in _in_order(members):
        if member.withdrawal is None:
            put_in_force(session, actor, now, member.version, valid_from=valid_from, change_set=change_set.id)
            continue
        member.withdrawal.outcome, member.withdrawal.settled_at = WithdrawalOutcome.WITHDRAWN, now
        session.flush()
        record(
            session, actor, now, member.version, "WithdrawalSettled", withdrawal=member.withdrawal.id,
            outcome=WithdrawalOutcome.WITHDRAWN.value, change_set=change_set.id,
        )  # fmt: skip
        take_out_of_use(session, actor, now, member.version, change_set=change_set.id)
    change_set.published_at = change_set.ended_at = change_set.changed_at = now
    session.flush()
    tell(session, actor, now, change_set, "ChangeSetPublished", manifest=change_set.manifest_hash, members=len(members))


def require_publishable(session: Session, actor: Actor, change_set: ChangeSet) -> None:
    """See that the actor may publish the set now. Raises `Forbidden` and `Refused`."""
    if not may_publish(actor, change_set, queries.kinds_in(session, change_set)):
        raise Forbidden("publish")
    require_movable(change_set, Act.PUBLISH)


def may_publish(actor: Actor, change_set: ChangeSet, kinds: Sequence[ItemKind]) -> bool:
    """Whether the actor writes or decides on every kind of thing in the set."""
    return bool(kinds) and all(
        actor.may(
            *kind.author_roles,
            *(need.role for need in kind.requirements),
            organisation_id=change_set.organisation_id,
        )
        for kind in kinds
    )


def _contributions(session: Session, actor: Actor, change_set: ChangeSet) -> list[Contribution]:
    """What the actor had a hand in within the set, which is then not looked for once for each version."""
    of_actor = select(Contribution).join(Version, Version.id == Contribution.version_id)
    return list(
        session.scalars(
            of_actor.where(Version.change_set_id == change_set.id, Contribution.person_id == actor.person_id)
        )
    )


def _require_sound(session: Session, members: Sequence[Member], examination: Examination) -> None:
    if examination.errors:
        raise Invalid(examination.errors)
    if fingerprint_of(session, members) != examination.fingerprint:
        raise Outdated(refused("SET-007").finding)


def _decide_each(
    session: Session,
    actor: Actor,
    now: datetime,
    change_set: ChangeSet,
    asked: Aspect,
    members: Sequence[Member],
    outcome: Outcome,
    reason: str,
) -> None:
    need, made = asked.requirement, list[Decision]()
    concerned = [one for one in members if any(each.aspect == need.aspect for each in one.kind.requirements)]
    for member in concerned:
        version, objection = member.version, member.kind.objection
        if member.withdrawal is not None:
            member.withdrawal.decided_by, member.withdrawal.decision_reason = actor.person_id, reason
            continue
        if objection and (finding := objection(session, actor, now, version, need, outcome)):
            raise Refused(finding)
        made.append(
            Decision(
                version_id=version.id, round=version.round, side=need.side, aspect=need.aspect,
                organisation_id=asked.organisation_id, person_id=actor.person_id, author_id=version.author_id,
                outcome=outcome, reason=reason, decided_at=now,
            )
        )  # fmt: skip
    try:
        with session.begin_nested():
            session.add_all(made)
    except IntegrityError as error:
        raise refused("ITEM-006") from error
    for member in concerned:
        if member.withdrawal is None:
            record(
                session, actor, now, member.version, "VersionDecided",
                aspect=need.aspect, side=need.side, outcome=outcome.value, change_set=change_set.id,
            )  # fmt: skip


def _end_review(change_set: ChangeSet, members: Sequence[Member], now: datetime, outcome: Outcome) -> None:
    act = Act.RETURN if outcome is Outcome.RETURN else Act.REJECT
    move_set(change_set, act)
    for member in members:
        entry, version = member.withdrawal, member.version
        if entry is None:
            move(version, act)
            version.ended_at = now if act is Act.REJECT else None
        elif act is Act.REJECT:
            entry.outcome, entry.settled_at = WithdrawalOutcome.KEPT, now
        else:
            entry.decided_by = None
    if act is Act.REJECT:
        change_set.ended_at = now


def _is_approved(session: Session, change_set: ChangeSet, members: Sequence[Member]) -> bool:
    """Whether everything in the set has been approved under every aspect that its kind asks for, in this review."""
    approved: dict[str, set[str]] = {}
    rounds = {member.version.id: member.version.round for member in members}
    for decision in queries.decisions_in(session, change_set):
        if decision.outcome == Outcome.APPROVE and decision.round == rounds[decision.version_id]:
            approved.setdefault(decision.version_id, set()).add(decision.aspect)
    return all(
        member.withdrawal.decided_by is not None
        if member.withdrawal is not None
        else approved.get(member.version.id, set()) >= {need.aspect for need in member.kind.requirements}
        for member in members
    )


def _in_order(members: Sequence[Member]) -> list[Member]:
    """What others in the set rest on comes before them; what is withdrawn comes last."""
    by_hash = {one.version.content_hash: one for one in members if one.withdrawal is None}
    graph = {
        hash_: [other for other in one.kind.depends_on(one.version.content) if other in by_hash]
        for hash_, one in by_hash.items()
    }
    try:
        ordered = list(TopologicalSorter(graph).static_order())
    except CycleError:  # hashes cannot name each other; a kind that says so has to see to it itself
        ordered = list(by_hash)
    return [by_hash[one] for one in ordered] + [one for one in members if one.withdrawal is not None]
