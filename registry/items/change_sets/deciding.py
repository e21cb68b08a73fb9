"""A change set is sent to review, decided and published: all that is in it, or nothing.

What may take long has been done before: `submit` and `publish` are given an examination of the whole, and compare under the
lock that everything it read is still the same.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.columns import new_id
from registry.content import canonical as canonical_content
from registry.errors import Forbidden, Invalid, Refused
from registry.items import queries as items
from registry.items.change_sets import examining, moving, queries
from registry.items.change_sets.examining import Examination, fingerprint_of
from registry.items.change_sets.parts import Part, hold_all
from registry.items.change_sets.queries import Aspect, is_member
from registry.items.change_sets.writing import (
    have_a_hand_in,
    move_set,
    require_movable,
    require_writer,
    tell,
)
from registry.items.kinds import ItemKind
from registry.items.lifecycle import Act, Outcome, State, WithdrawalOutcome
from registry.items.manifests import manifest
from registry.items.steps import record, refused, require_coming_day, require_fit_text
from registry.items.tables import ChangeSet, Decision, Item, Version, Withdrawal
from registry.items.withdrawing import take_out_of_use
from registry.reasons import says_something


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
    parts = hold_all(session, change_set)
    require_submittable(session, actor, now, change_set, transition_until)
    move_set(change_set, Act.SUBMIT)
    _require_sound(session, change_set, parts, examination)
    sent = moving.send_all(session, actor, now, change_set, parts, transition_until)
    change_set.round += 1
    change_set.manifest = manifest(part.line for part in sent)
    change_set.manifest_hash = canonical_content.content_hash(change_set.manifest)
    # Sending gives each change its class: what was found is of the set as it is sent.
    examining.keep_for(session, change_set, examination, fingerprint_of(session, change_set, sent))
    change_set.submitted_at = change_set.changed_at = now
    session.flush()
    have_a_hand_in(session, actor, now, change_set)
    tell(session, actor, now, change_set, "ChangeSetSubmitted", manifest=change_set.manifest_hash, members=len(sent))


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
    parts = hold_all(session, change_set)
    asked = require_decidable(session, actor, change_set, aspect=aspect, reason=reason, manifest_hash=manifest_hash)
    _decide_each(session, actor, now, change_set, asked, parts, outcome, reason.strip())
    tell(
        session, actor, now, change_set, "ChangeSetDecided",
        aspect=aspect, outcome=outcome.value, manifest=change_set.manifest_hash,
    )  # fmt: skip
    if outcome is not Outcome.APPROVE:
        _end_review(session, change_set, parts, now, outcome)
    elif _is_approved(session, change_set, parts):
        move_set(change_set, Act.APPROVE)
        change_set.decided_at = now
        moving.move_all(session, change_set, parts, Act.APPROVE, decided_at=now)
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
    if not says_something(reason):
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
    parts = hold_all(session, change_set)
    require_publishable(session, actor, change_set)
    move_set(change_set, Act.PUBLISH)
    _require_sound(session, change_set, parts, examination)
    moving.publish_all(session, actor, now, change_set, parts, valid_from)
    for entry in _withdrawals(session, parts):
        entry.outcome, entry.settled_at = WithdrawalOutcome.WITHDRAWN, now
        session.flush()
        record(
            session, actor, now, entry.version, "WithdrawalSettled", withdrawal=entry.id,
            outcome=WithdrawalOutcome.WITHDRAWN.value, change_set=change_set.id,
        )  # fmt: skip
        take_out_of_use(session, actor, now, entry.version, change_set=change_set.id)
    change_set.published_at = change_set.ended_at = change_set.changed_at = now
    session.flush()
    tell(session, actor, now, change_set, "ChangeSetPublished", manifest=change_set.manifest_hash, members=len(parts))


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
            *(need.role for need in kind.standing_requirements),
            organisation_id=change_set.organisation_id,
        )
        for kind in kinds
    )


def _require_sound(session: Session, change_set: ChangeSet, parts: Sequence[Part], examination: Examination) -> None:
    if examination.errors:
        raise Invalid(examination.errors)
    if fingerprint_of(session, change_set, parts) != examination.fingerprint:
        raise Outdated(refused("SET-007").finding)


def _withdrawals(session: Session, parts: Sequence[Part]) -> list[Withdrawal]:
    """The proposals to withdraw, in the order of the parts."""
    return [session.get_one(Withdrawal, one.withdrawal_id) for one in parts if one.withdrawal_id is not None]


def _decide_each(
    session: Session,
    actor: Actor,
    now: datetime,
    change_set: ChangeSet,
    asked: Aspect,
    parts: Sequence[Part],
    outcome: Outcome,
    reason: str,
) -> None:
    need = asked.requirement
    concerned = [one for one in parts if any(each.aspect == need.aspect for each in one.kind.standing_requirements)]
    for entry in _withdrawals(session, concerned):
        entry.decided_by, entry.decision_reason = actor.person_id, reason
    drafts = [one for one in concerned if not one.is_withdrawn]
    for version, kind in _objectionable(session, drafts):
        if kind.objection and (finding := kind.objection(session, actor, now, version, need, outcome)):
            raise Refused(finding)
    authors = dict(
        session.execute(select(Version.id, Version.author_id).where(Version.change_set_id == change_set.id)).all()
    )
    made = [
        {
            "id": new_id(), "version_id": one.id, "round": one.round, "side": need.side, "aspect": need.aspect,
            "organisation_id": asked.organisation_id, "person_id": actor.person_id, "author_id": authors[one.id],
            "outcome": outcome, "reason": reason, "decided_at": now,
        }
        for one in drafts
    ]  # fmt: skip
    try:
        with session.begin_nested():
            if made:
                session.execute(insert(Decision), made)
    except IntegrityError as error:
        raise refused("ITEM-006") from error
    for part in drafts:
        record(
            session, actor, now, part, "VersionDecided",
            aspect=need.aspect, side=need.side, outcome=outcome.value, change_set=change_set.id,
        )  # fmt: skip


def _objectionable(session: Session, drafts: Sequence[Part]) -> list[tuple[Version, ItemKind]]:
    """The versions on which their kind may have something to say against a decision."""
    found: list[tuple[Version, ItemKind]] = []
    for kind in dict.fromkeys(one.item_kind for one in drafts):
        described = items.kind_named(kind)
        if described.objection is None:
            continue
        chosen = None if described.objects_to is None else set(session.scalars(described.objects_to))
        for one in drafts:
            if one.item_kind == kind and (chosen is None or one.item_id in chosen):
                found.append((session.get_one(Version, one.id), described))
    return found


def _end_review(
    session: Session, change_set: ChangeSet, parts: Sequence[Part], now: datetime, outcome: Outcome
) -> None:
    act = Act.RETURN if outcome is Outcome.RETURN else Act.REJECT
    move_set(change_set, act)
    if act is Act.REJECT:
        change_set.ended_at = now
    for entry in _withdrawals(session, parts):
        if act is Act.REJECT:
            entry.outcome, entry.settled_at = WithdrawalOutcome.KEPT, now
        else:
            entry.decided_by = None
    moving.move_all(session, change_set, parts, act, ended_at=now if act is Act.REJECT else None)


def _is_approved(session: Session, change_set: ChangeSet, parts: Sequence[Part]) -> bool:
    """Whether everything in the set has been approved under every aspect that its kind asks for, in this review."""
    if any(entry.decided_by is None for entry in _withdrawals(session, parts)):
        return False
    needs = {
        (one.item_kind, need.aspect) for one in parts if not one.is_withdrawn for need in one.kind.standing_requirements
    }
    return not any(session.scalar(_unapproved(change_set, kind, aspect)) for kind, aspect in sorted(needs))


def _unapproved(change_set: ChangeSet, kind: str, aspect: str) -> Select[str]:
    """Selects a version of the kind in the set that has not been approved under the aspect in this review."""
    approved = select(Decision.id).where(
        Decision.version_id == Version.id, Decision.round == Version.round, Decision.aspect == aspect,
        Decision.outcome == Outcome.APPROVE,
    )  # fmt: skip
    members = select(Version.id).join(Item).where(Version.change_set_id == change_set.id, is_member())
    return members.where(Item.kind == kind, ~approved.exists()).limit(1)
