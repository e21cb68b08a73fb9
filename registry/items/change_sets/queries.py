"""Reading change sets: who sees which, and what is in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import ColumnElement, and_, exists, func, null, or_, select, union_all
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.errors import NotFound
from registry.items import queries as items
from registry.items.kinds import ItemKind, Requirement
from registry.items.lifecycle import BEING_WRITTEN, OPEN, State, WithdrawalOutcome
from registry.items.manifests import Line, MemberAct
from registry.items.tables import (
    ChangeSet,
    ChangeSetContribution,
    ChangeSetFinding,
    Contribution,
    Decision,
    Item,
    Version,
    Withdrawal,
)
from registry.paging import SIZE, Page, page_of, within


@dataclass(frozen=True, slots=True)
class Member:
    """An item's part in a change set. A withdrawal names the published version that is to go."""

    version: Version
    withdrawal: Withdrawal | None = None

    @property
    def act(self) -> MemberAct:
        return MemberAct.PUBLISH if self.withdrawal is None else MemberAct.WITHDRAW

    @property
    def kind(self) -> ItemKind:
        return items.kind_named(self.version.item.kind)

    @property
    def line(self) -> Line:
        version = self.version
        base = version.base_hash if self.withdrawal is None else self.withdrawal.base_hash
        change = None if self.withdrawal is not None else version.change
        until = None if self.withdrawal is not None else version.transition_until
        return Line(version.item_id, version.content_hash, base, self.act, change, until)


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition on `ChangeSet` for what ``actor`` may see: what was published, and what their own organisation has."""
    if actor.is_system:
        return ChangeSet.id.is_not(None)
    return or_(ChangeSet.published_at.is_not(None), ChangeSet.organisation_id.in_(actor.organisations()))


def set_for(session: Session, actor: Actor, set_id: str) -> ChangeSet:
    """The change set, if ``actor`` may see it. Raises `NotFound`."""
    found = session.scalar(select(ChangeSet).where(ChangeSet.id == set_id, visible(actor)))
    if found is None:
        raise NotFound("change set")
    return found


def set_of(session: Session, actor: Actor, version: Version) -> ChangeSet | None:
    """The change set that a version goes with, or went with, where ``actor`` may see it."""
    if version.change_set_id is None:
        return None
    return session.scalar(select(ChangeSet).where(ChangeSet.id == version.change_set_id, visible(actor)))


def sets_for(session: Session, actor: Actor, number: int) -> Page[ChangeSet]:
    """A page of the sets that ``actor`` may see: those that are open first, the newest first."""
    query = select(ChangeSet).where(visible(actor))
    return page_of(
        session, query.order_by(ChangeSet.ended_at.is_(None).desc(), ChangeSet.changed_at.desc(), ChangeSet.id), number
    )


def joinable(session: Session, actor: Actor, item: Item) -> list[ChangeSet]:
    """Sets that are being written in the item's organisation and do not have it yet, the newest first."""
    has_it = exists().where(is_member(), Version.item_id == item.id, Version.change_set_id == ChangeSet.id)
    return list(
        session.scalars(
            select(ChangeSet)
            .where(
                ChangeSet.organisation_id == item.organisation_id,
                ChangeSet.state.in_(BEING_WRITTEN),
                visible(actor),
                ~has_it,
            )
            .order_by(ChangeSet.changed_at.desc())
            .limit(50)
        )
    )


def open_members_of(session: Session, actor: Actor, item: Item) -> list[tuple[ChangeSet, Version]]:
    """The open sets that change this item, as far as ``actor`` may see them, with their versions of it; one statement."""
    rows = session.execute(
        select(ChangeSet, Version)
        .join(Version, Version.change_set_id == ChangeSet.id)
        .where(Version.item_id == item.id, is_member(), ChangeSet.state.in_(OPEN), visible(actor))
        .order_by(ChangeSet.changed_at.desc())
    )
    return [(row[0], row[1]) for row in rows]


def members_of(session: Session, change_set: ChangeSet) -> list[Member]:
    """Everything in the set, by kind and then by slug; two statements."""
    found = [Member(version) for version in versions_in(session, change_set)]
    found += [Member(entry.version, entry) for entry in withdrawals_in(session, change_set)]
    return sorted(found, key=lambda one: (one.version.item.kind, one.version.item.slug))


def page_of_members(session: Session, change_set: ChangeSet, number: int, *, only_errors: bool = False) -> Page[Member]:
    """A page of what is in the set, by kind and then by slug; ``only_errors``, where its last check found some."""
    of_versions = select(Version.id, null().label("withdrawal"), Item.id.label("item"), Item.kind, Item.slug).join(Item)
    of_withdrawals = (
        select(Version.id, Withdrawal.id, Item.id, Item.kind, Item.slug)
        .join(Withdrawal, Withdrawal.version_id == Version.id)
        .join(Item, Item.id == Version.item_id)
    )
    all_members = union_all(
        of_versions.where(Version.change_set_id == change_set.id, is_member()),
        of_withdrawals.where(*stands_in(change_set)),
    ).subquery()
    query = select(all_members)
    if only_errors:
        wrong = select(ChangeSetFinding.item_id).where(
            ChangeSetFinding.change_set_id == change_set.id, ChangeSetFinding.is_error
        )
        query = query.where(all_members.c.item.in_(wrong))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    number = within(number, total)
    ordered = query.order_by(all_members.c.kind, all_members.c.slug, all_members.c.id)
    rows = session.execute(ordered.offset((number - 1) * SIZE).limit(SIZE)).all()
    versions = {one.id: one for one in session.scalars(select(Version).where(Version.id.in_([row[0] for row in rows])))}
    withdrawals = {
        one.id: one
        for one in session.scalars(select(Withdrawal).where(Withdrawal.id.in_([row[1] for row in rows if row[1]])))
    }
    found = [Member(versions[row[0]], withdrawals[row[1]] if row[1] else None) for row in rows]
    return Page(found, number, total)


def versions_in(session: Session, change_set: ChangeSet) -> list[Version]:
    return list(
        session.scalars(select(Version).where(Version.change_set_id == change_set.id, is_member()).order_by(Version.id))
    )


def withdrawals_in(session: Session, change_set: ChangeSet) -> list[Withdrawal]:
    return list(session.scalars(select(Withdrawal).where(*stands_in(change_set)).order_by(Withdrawal.id)))


def has_items(session: Session, change_set: ChangeSet, item_ids: Sequence[str]) -> bool:
    """Whether the set has a change of any of these items, or its withdrawal."""
    of_set, of_items = Version.change_set_id == change_set.id, Version.item_id.in_(item_ids)
    if session.scalar(select(Version.id).where(of_set, of_items, is_member()).limit(1)) is not None:
        return True
    entry = select(Withdrawal.id).join(Version, Version.id == Withdrawal.version_id)
    return session.scalar(entry.where(of_items, *stands_in(change_set)).limit(1)) is not None


def count_of(session: Session, change_set: ChangeSet) -> int:
    """How many changes are in the set."""
    versions = select(func.count()).select_from(Version).where(Version.change_set_id == change_set.id, is_member())
    withdrawals = select(func.count()).select_from(Withdrawal).where(*stands_in(change_set))
    return (session.scalar(versions) or 0) + (session.scalar(withdrawals) or 0)


def kinds_in(session: Session, change_set: ChangeSet) -> list[ItemKind]:
    """The kinds of what is in the set, by name."""
    versions = select(Item.kind).join(Version, Version.item_id == Item.id)
    names = {
        *session.scalars(versions.where(Version.change_set_id == change_set.id, is_member()).distinct()),
        *session.scalars(
            versions.join(Withdrawal, Withdrawal.version_id == Version.id).where(*stands_in(change_set)).distinct()
        ),
    }
    return [items.kind_named(name) for name in sorted(names)]


def counts_of(session: Session, sets: Sequence[ChangeSet]) -> dict[str, int]:
    """How many changes are in each of these sets, by id; two statements."""
    ids, counts = [one.id for one in sets], dict.fromkeys([one.id for one in sets], 0)
    versions = select(Version.change_set_id, func.count()).where(Version.change_set_id.in_(ids), is_member())
    withdrawals = select(Withdrawal.change_set_id, func.count()).where(
        Withdrawal.change_set_id.in_(ids), _is_not_taken_back()
    )
    for query in (versions.group_by(Version.change_set_id), withdrawals.group_by(Withdrawal.change_set_id)):
        for set_id, count in session.execute(query):
            counts[str(set_id)] += count
    return counts


def left_behind(session: Session, change_set: ChangeSet) -> list[Version]:
    """The last of the versions that were in the set and were begun anew or withdrawn: they stay readable."""
    return list(
        session.scalars(
            select(Version)
            .where(Version.change_set_id == change_set.id, ~is_member())
            .order_by(Version.changed_at.desc(), Version.id)
            .limit(SIZE)
        )
    )


def contributors(session: Session, change_set: ChangeSet) -> frozenset[str]:
    """Everybody who had a hand in the set or in any of what is in it: none of them decides on it."""
    of_set = select(ChangeSetContribution.person_id).where(ChangeSetContribution.change_set_id == change_set.id)
    of_members = (
        select(Contribution.person_id)
        .join(Version, Version.id == Contribution.version_id)
        .where(Version.change_set_id == change_set.id, is_member())
    )
    proposers = select(Withdrawal.proposed_by).where(*stands_in(change_set)).distinct()
    return frozenset({*session.scalars(of_set), *session.scalars(of_members.distinct()), *session.scalars(proposers)})


def decisions_in(session: Session, change_set: ChangeSet) -> list[Decision]:
    """The decisions on what is in the set, of every round, in the order in which they were taken; one statement."""
    return list(
        session.scalars(
            select(Decision)
            .join(Version, Version.id == Decision.version_id)
            .where(Version.change_set_id == change_set.id, is_member())
            .order_by(Decision.decided_at, Decision.id)
        )
    )


@dataclass(frozen=True, slots=True)
class Aspect:
    """What somebody has to decide on a set, for all that it concerns: a requirement, and the organisation that decides."""

    requirement: Requirement
    organisation_id: str


def aspects_in(session: Session, change_set: ChangeSet) -> list[Aspect]:
    """The aspects that the set has to be decided under. Where kinds ask for the same in the same role, it is one."""
    found: dict[str, Aspect] = {}
    for kind in kinds_in(session, change_set):
        for need in kind.standing_requirements:
            found.setdefault(need.aspect, Aspect(need, change_set.organisation_id))
    return list(found.values())


def decision_on(session: Session, change_set: ChangeSet, aspect: Aspect) -> Decision | None:
    """One of the decisions that were taken on the aspect in the review that the set is in, or was in last: all say the same."""
    return session.scalar(
        select(Decision)
        .join(Version, Version.id == Decision.version_id)
        .where(
            Version.change_set_id == change_set.id,
            is_member(),
            Decision.round == Version.round,
            Decision.aspect == aspect.requirement.aspect,
        )
        .order_by(Decision.decided_at.desc(), Decision.id)
        .limit(1)
    )


def is_awaited(session: Session, change_set: ChangeSet) -> bool:
    """Whether anything is left to decide: a set of withdrawals alone has no decisions, and says on each who decided."""
    versions = select(Version.id).where(Version.change_set_id == change_set.id, is_member()).limit(1)
    withdrawals = select(Withdrawal.id).where(*stands_in(change_set), Withdrawal.decided_by.is_(None)).limit(1)
    return session.scalar(versions) is not None or session.scalar(withdrawals) is not None


def in_review(session: Session, actor: Actor) -> list[ChangeSet]:
    """Sets in review that ``actor`` may see, the oldest first."""
    query = select(ChangeSet).where(ChangeSet.state == State.IN_REVIEW, visible(actor))
    return list(session.scalars(query.order_by(ChangeSet.submitted_at)))


def may_decide(session: Session, actor: Actor, change_set: ChangeSet) -> bool:
    """Whether ``actor`` holds a role that decides on anything in the set's organisation, without having had a hand in it."""
    kinds = current_app.extensions["registry"].item_kinds.values()
    roles = {need.role for kind in kinds if kind.joins_sets for need in kind.standing_requirements}
    if not actor.may_decide(*roles, organisation_id=change_set.organisation_id):
        return False
    return actor.person_id not in contributors(session, change_set)


def author_roles() -> tuple[Role, ...]:
    """The roles that write anything that can be part of a set."""
    kinds = current_app.extensions["registry"].item_kinds.values()
    return tuple(dict.fromkeys(role for kind in kinds if kind.joins_sets for role in kind.author_roles))


def may_write(actor: Actor, organisation_id: str) -> bool:
    """Whether ``actor`` writes anything for the organisation that can be part of a set."""
    return actor.may(*author_roles(), organisation_id=organisation_id)


def is_member() -> ColumnElement[bool]:
    return or_(
        Version.state != State.WITHDRAWN, and_(Version.state == State.WITHDRAWN, Version.published_at.is_not(None))
    )


def stands_in(change_set: ChangeSet) -> tuple[ColumnElement[bool], ...]:
    """The conditions on `Withdrawal` for what is in the set and was not taken back."""
    return Withdrawal.change_set_id == change_set.id, _is_not_taken_back()


def _is_not_taken_back() -> ColumnElement[bool]:
    return or_(Withdrawal.outcome.is_(None), Withdrawal.outcome != WithdrawalOutcome.TAKEN_BACK)
