"""What is in a change set as the acts on the whole read it: a row for each item, without its content.

An act on twenty thousand changes holds the lock for as long as it takes to read and move them: loading each version with its
text takes ten times as long as its row. Pages show `queries.Member`s, which are whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.items import queries as items
from registry.items.change_sets.queries import is_member, stands_in
from registry.items.kinds import ItemKind
from registry.items.lifecycle import State
from registry.items.manifests import Line, MemberAct
from registry.items.tables import ChangeSet, Item, Version, Withdrawal
from registry.locks import Hold, holding

AT_ONCE = 500
"""Ids in one statement."""


@dataclass(frozen=True, slots=True)
class Part:
    """An item's part in a set. Where it is withdrawn, ``id`` is the published version that is to go."""

    id: str
    item_id: str
    item_kind: str
    organisation_id: str
    number: int
    state: State
    content_hash: str
    base_hash: str | None
    """What the version, or the proposal to withdraw it, was begun from."""
    change: str | None
    transition_until: date | None
    round: int
    withdrawal_id: str | None = None

    @property
    def ref(self) -> str:
        return f"version:{self.content_hash}"

    @property
    def kind(self) -> ItemKind:
        return items.kind_named(self.item_kind)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawal_id is not None

    @property
    def line(self) -> Line:
        if self.is_withdrawn:
            return Line(self.item_id, self.content_hash, self.base_hash, MemberAct.WITHDRAW)
        return Line(
            self.item_id, self.content_hash, self.base_hash, MemberAct.PUBLISH, self.change, self.transition_until
        )


_COLUMNS = (
    Version.id,
    Version.item_id,
    Item.kind,
    Version.organisation_id,
    Version.number,
    Version.state,
    Version.content_hash,
)


def parts_of(session: Session, change_set: ChangeSet) -> list[Part]:
    """Everything in the set, by kind and then by key; two statements."""
    in_order = (Item.kind, Item.slug)
    drafted = select(*_COLUMNS, Version.base_hash, Version.change, Version.transition_until, Version.round).join(Item)
    gone = (
        select(*_COLUMNS, Withdrawal.base_hash, Withdrawal.id)
        .join(Item, Item.id == Version.item_id)
        .join(Withdrawal, Withdrawal.version_id == Version.id)
    )
    found = [
        Part(*row[:5], State(row.state), *row[6:])
        for row in session.execute(
            drafted.where(Version.change_set_id == change_set.id, is_member()).order_by(*in_order)
        )
    ]
    found += [
        Part(*row[:5], State(row.state), row.content_hash, row[7], None, None, 0, row[8])
        for row in session.execute(gone.where(*stands_in(change_set)).order_by(*in_order))
    ]
    return found


def hold_all(session: Session, change_set: ChangeSet) -> list[Part]:
    """Hold the set with all that is in it, as it is now: the set, then items, then versions, each by id."""
    hold_set(session, change_set)
    session.execute(
        holding(select(Item.id).where(Item.id.in_(item_ids(change_set))).order_by(Item.id), Hold.CHANGING)
    ).all()
    versions = select(Version.id).where(Version.change_set_id == change_set.id).order_by(Version.id)
    session.execute(holding(versions, Hold.CHANGING)).all()
    return parts_of(session, change_set)


def hold_set(session: Session, change_set: ChangeSet) -> ChangeSet:
    """The set as it is now, and nobody else's to change until this transaction ends."""
    return session.scalars(holding(select(ChangeSet).where(ChangeSet.id == change_set.id), Hold.CHANGING)).one()


def item_ids(change_set: ChangeSet) -> Select[str]:
    """Selects the items that have a part in the set; one of them may come twice."""
    drafted = select(Version.item_id).where(Version.change_set_id == change_set.id, is_member())
    gone = select(Version.item_id).join(Withdrawal, Withdrawal.version_id == Version.id).where(*stands_in(change_set))
    both = drafted.union_all(gone).subquery()
    return select(both.c.item_id)


def standing_in(session: Session, change_set: ChangeSet) -> dict[str, str]:
    """The hashes of what is published of the set's items, by item; one statement."""
    rows = session.execute(
        select(Version.item_id, Version.content_hash).where(
            Version.item_id.in_(item_ids(change_set)), Version.state == State.PUBLISHED
        )
    )
    return dict(rows.all())


def by_kind(parts: Iterable[Part]) -> Mapping[str, Sequence[Part]]:
    """The parts of each kind, by its name."""
    found: dict[str, list[Part]] = {}
    for one in parts:
        found.setdefault(one.item_kind, []).append(one)
    return dict(sorted(found.items()))


def texts_of(session: Session, version_ids: Sequence[str]) -> dict[str, str]:
    """The contents of versions as they are kept, by id; a statement for each `AT_ONCE` of them."""
    found: dict[str, str] = {}
    for start in range(0, len(version_ids), AT_ONCE):
        rows = select(Version.id, Version.content_text).where(Version.id.in_(version_ids[start : start + AT_ONCE]))
        found |= dict(session.execute(rows).all())
    return found
