"""Making a change set and putting things into it, while it is being written.

The set's row is held first, then items, then versions: as everywhere in `change_sets`.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from registry import events
from registry.actors import Actor
from registry.db import insert_or_ignore
from registry.errors import Forbidden
from registry.items import queries as items
from registry.items import withdrawing
from registry.items.change_sets import moving, queries
from registry.items.change_sets.examining import AT_MOST, AT_MOST_IMPORTED
from registry.items.change_sets.parts import hold_all, hold_set, item_ids
from registry.items.change_sets.queries import Member
from registry.items.kinds import ItemKind
from registry.items.lifecycle import LIFECYCLE, Act, Change, State, WithdrawalOutcome
from registry.items.outlines import Content
from registry.items.steps import (
    AT_ONCE,
    ChangedMeanwhile,
    Draft,
    add_drafts,
    add_version,
    contributed,
    hold_items,
    record,
    refused,
    require_author,
    require_fit_text,
)
from registry.items.tables import ChangeSet, ChangeSetContribution, Item, Version, Withdrawal

LONGEST_TITLE = 200


def create(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    organisation_id: str,
    title: str,
    reason: str = "",
    is_imported: bool = False,
) -> ChangeSet:
    """A new set with nothing in it. Raises `Forbidden` for whoever writes nothing that could be, `Refused` without a name."""
    if not queries.may_write(actor, organisation_id):
        raise Forbidden("change_set")
    _require_title(actor, title, reason)
    made = ChangeSet(
        organisation_id=organisation_id, title=title.strip(), reason=reason.strip(), state=State.DRAFT,
        author_id=actor.person_id, is_imported=is_imported, created_at=now, changed_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    have_a_hand_in(session, actor, now, made)
    tell(session, actor, now, made, "ChangeSetCreated")
    return made


def describe(
    session: Session,
    actor: Actor,
    now: datetime,
    change_set: ChangeSet,
    *,
    title: str,
    reason: str,
    started_from: str | None = None,
) -> None:
    """Give the set another name and other reasons. Raises `ChangedMeanwhile` where somebody else has, since the writer saw them
    (``started_from``, `ChangeSet.mark`)."""
    _begin_change(session, actor, now, change_set)
    if started_from is not None and started_from != change_set.mark:
        raise ChangedMeanwhile(refused("SET-017").finding)
    _require_title(actor, title, reason)
    change_set.title, change_set.reason = title.strip(), reason.strip()
    tell(session, actor, now, change_set, "ChangeSetChanged", act="described")


def begin(
    session: Session,
    actor: Actor,
    now: datetime,
    change_set: ChangeSet,
    item: Item,
    *,
    content: Content | None = None,
    reason: str = "",
) -> Version:
    """A draft of the item's next version within the set, with the content in force unless another is given.

    Whatever is worked on outside of the set goes on.
    """
    kind = _begin_joining(session, actor, now, change_set, item)
    content = content or items.begun_from(items.versions_of(session, item)).content
    version = add_version(session, actor, now, item, kind, kind.schema.lift(content), reason, change_set.id)
    tell(session, actor, now, change_set, "ChangeSetChanged", act="begun", version=version.id)
    return version


def begin_all(
    session: Session, actor: Actor, now: datetime, change_set: ChangeSet, drafts: Sequence[Draft], *, reason: str = ""
) -> None:
    """Keep drafts of the next versions of many items within the set; one event of the set for all.

    Of what is published, they say what they were begun from (`Draft.base_hash`): what was overtaken is seen when the set is
    checked.
    """
    for kind, organisation_id in dict.fromkeys((one.item_kind, one.organisation_id) for one in drafts):
        _require_joining(actor, change_set, items.kind_named(kind), organisation_id)
    _begin_change(session, actor, now, change_set)
    ids = [one.item_id for one in drafts]
    for start in range(0, len(ids), AT_ONCE):
        hold_items(session, ids[start : start + AT_ONCE])
    if not set(session.scalars(item_ids(change_set))).isdisjoint(ids):
        raise refused("SET-008")
    add_drafts(session, actor, now, drafts, reason, change_set.id)
    _require_room(session, change_set, 0)
    tell(session, actor, now, change_set, "ChangeSetChanged", act="begun", versions=len(drafts))


def put_in(session: Session, actor: Actor, now: datetime, change_set: ChangeSet, version: Version) -> None:
    """Put a draft that was worked on by itself into the set."""
    _begin_joining(session, actor, now, change_set, version.item)
    session.refresh(version)
    if not version.is_being_written:
        raise refused("ITEM-003")
    if version.change_set_id is not None:
        raise refused("ITEM-020")
    version.change_set_id, version.changed_at = change_set.id, now
    version.change = Change.NEW if version.base_hash is None else version.change or Change.MEANING
    session.flush()
    contributed(session, actor, now, version)
    tell(session, actor, now, change_set, "ChangeSetChanged", act="put_in", version=version.id)


def put_in_withdrawal(
    session: Session,
    actor: Actor,
    now: datetime,
    change_set: ChangeSet,
    version: Version,
    *,
    reason: str,
    replaced_by: Item | None = None,
) -> Withdrawal:
    """Propose in the set that a published version be withdrawn."""
    _begin_joining(session, actor, now, change_set, version.item)
    entry = withdrawing.propose(session, actor, now, version, reason=reason, replaced_by=replaced_by)
    entry.change_set_id, entry.base_hash = change_set.id, entry.version.content_hash
    session.flush()
    tell(session, actor, now, change_set, "ChangeSetChanged", act="withdrawal", version=version.id)
    return entry


def take_out(session: Session, actor: Actor, now: datetime, change_set: ChangeSet, member: Member) -> None:
    """Take something out of the set. A draft goes on by itself, where no other version of its item does; a withdrawal is
    taken back."""
    _begin_change(session, actor, now, change_set)
    version, entry = member.version, member.withdrawal
    require_author(member.kind, actor, version.organisation_id)
    hold_items(session, [version.item_id])
    if entry is not None:
        entry.outcome, entry.settled_at = WithdrawalOutcome.TAKEN_BACK, now
        session.flush()
        record(
            session, actor, now, version, "WithdrawalSettled", withdrawal=entry.id, outcome=entry.outcome.value,
            change_set=change_set.id,
        )  # fmt: skip
    else:
        if items.open_version(session, version.item) is not None:
            raise refused("ITEM-002")
        version.change_set_id, version.changed_at = None, now
        session.flush()
    tell(session, actor, now, change_set, "ChangeSetChanged", act="taken_out", version=version.id)


def classify(
    session: Session, actor: Actor, now: datetime, change_set: ChangeSet, changes: Sequence[tuple[Version, Change]]
) -> None:
    """Say what each of these versions changes. What has nothing before it is new, whatever is said."""
    _begin_change(session, actor, now, change_set)
    for version, change in changes:
        require_author(items.kind_named(version.item.kind), actor, version.organisation_id)
        version.change = Change.NEW if version.base_hash is None else change
        contributed(session, actor, now, version)
    session.flush()
    tell(session, actor, now, change_set, "ChangeSetChanged", act="classified")


def withdraw(session: Session, actor: Actor, now: datetime, change_set: ChangeSet) -> None:
    """Give the set up, with everything in it that is not published. It stays readable."""
    parts = hold_all(session, change_set)
    require_writer(actor, change_set, queries.kinds_in(session, change_set))
    move_set(change_set, Act.WITHDRAW)
    change_set.ended_at = change_set.changed_at = now
    for entry in queries.withdrawals_in(session, change_set):
        entry.outcome, entry.settled_at = WithdrawalOutcome.TAKEN_BACK, now
    moving.move_all(session, change_set, parts, Act.WITHDRAW, ended_at=now)
    for part in parts:
        if not part.is_withdrawn:
            record(session, actor, now, part, "VersionWithdrawn", was=part.state.value, change_set=change_set.id)
    tell(session, actor, now, change_set, "ChangeSetWithdrawn")


def call_back(session: Session, actor: Actor, now: datetime, change_set: ChangeSet) -> None:
    """Take the set back from review, or before it is published, to go on with it. What was decided stays on record, and is
    decided anew."""
    parts = hold_all(session, change_set)
    require_writer(actor, change_set, queries.kinds_in(session, change_set))
    move_set(change_set, Act.RETURN)
    change_set.changed_at = now
    for entry in queries.withdrawals_in(session, change_set):
        entry.decided_by = None
    moving.move_all(session, change_set, parts, Act.RETURN)
    have_a_hand_in(session, actor, now, change_set)
    tell(session, actor, now, change_set, "ChangeSetCalledBack")


def move_set(change_set: ChangeSet, act: Act) -> None:
    """A set goes through the same states as what is in it. Raises `Refused`."""
    change_set.state = require_movable(change_set, act)


def require_movable(change_set: ChangeSet, act: Act) -> State:
    """The state that the act leads to. Raises `Refused` where it leads nowhere from where the set is."""
    target = LIFECYCLE.get((State(change_set.state), act))
    if target is None:
        raise refused("SET-004")
    return target


def require_writer(actor: Actor, change_set: ChangeSet, kinds: Sequence[ItemKind]) -> None:
    """See that the actor writes every kind of thing in the set. Raises `Forbidden`."""
    if not queries.may_write(actor, change_set.organisation_id):
        raise Forbidden("change_set")
    for kind in kinds:
        require_author(kind, actor, change_set.organisation_id)


def have_a_hand_in(session: Session, actor: Actor, now: datetime, change_set: ChangeSet) -> None:
    insert_or_ignore(session, ChangeSetContribution, change_set_id=change_set.id, person_id=actor.person_id, since=now)


def tell(session: Session, actor: Actor, now: datetime, change_set: ChangeSet, type_: str, **data: object) -> None:
    """Record what happened to the set."""
    events.record(
        session, type_, actor=actor, now=now, subject=change_set.ref, organisation_id=change_set.organisation_id,
        data={"change_set": change_set.id, **data},
    )  # fmt: skip


def _begin_change(session: Session, actor: Actor, now: datetime, change_set: ChangeSet) -> None:
    """Hold a set that is being written, for somebody who may write in it."""
    if not queries.may_write(actor, change_set.organisation_id):
        raise Forbidden("change_set")
    hold_set(session, change_set)
    if not change_set.is_being_written:
        raise refused("SET-003")
    change_set.changed_at = now
    have_a_hand_in(session, actor, now, change_set)


def _begin_joining(session: Session, actor: Actor, now: datetime, change_set: ChangeSet, item: Item) -> ItemKind:
    """The same, where something of this item is to join it; gives back the item's kind."""
    kind = items.kind_named(item.kind)
    require_author(kind, actor, item.organisation_id)
    _begin_change(session, actor, now, change_set)
    _require_joining(actor, change_set, kind, item.organisation_id)
    hold_items(session, [item.id])
    if queries.has_items(session, change_set, [item.id]):
        raise refused("SET-008")
    _require_room(session, change_set, 1)
    return kind


def _require_joining(actor: Actor, change_set: ChangeSet, kind: ItemKind, organisation_id: str) -> None:
    """See that something of the kind and the organisation may join the set. Raises `Forbidden` and `Refused`."""
    require_author(kind, actor, organisation_id)
    if not kind.joins_sets or organisation_id != change_set.organisation_id:
        raise refused("SET-009")


def _require_room(session: Session, change_set: ChangeSet, number: int) -> None:
    """See that the set has room for so many changes more. Raises `Refused`."""
    most = AT_MOST_IMPORTED if change_set.is_imported else AT_MOST
    if queries.count_of(session, change_set) + number > most:
        raise refused("SET-006", most=most)


def _require_title(actor: Actor, title: str, reason: str) -> None:
    if not 0 < len(title.strip()) <= LONGEST_TITLE:
        raise refused("SET-002", most=LONGEST_TITLE)
    require_fit_text(actor, title, reason)
