"""Reading administered items. What an actor may see is decided here, in one place (`visible`)."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask import current_app
from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from registry import clock
from registry.actors import Actor
from registry.errors import NotFound
from registry.findings import Text
from registry.items.kinds import ItemKind
from registry.items.lifecycle import BEING_WRITTEN, OPEN, State, WithdrawalOutcome
from registry.items.tables import Comment, Contribution, Item, Version, Withdrawal
from registry.paging import Page, page_of

_BY_SLUG = select(Item).where(Item.kind == bindparam("kind"), Item.slug == bindparam("slug"))
_BY_HASH = select(Version).where(Version.content_hash == bindparam("hash"))


def kind_named(name: str) -> ItemKind:
    """The plug-in's description of an item kind."""
    kind: ItemKind = current_app.extensions["registry"].item_kinds[name]
    return kind


def titled(version: Version) -> Text:
    """What a version is called: its title, as its kind reads it, and its number."""
    title = kind_named(version.item.kind).title(version.content)
    return Text(f"{title.sv}, version {version.number}", f"{title.en}, version {version.number}")


def item_by_slug(session: Session, kind: str, slug: str) -> Item | None:
    return session.scalar(_BY_SLUG, {"kind": kind, "slug": slug})


def item_by_id(session: Session, item_id: str) -> Item | None:
    return session.get(Item, item_id)


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Version` for what ``actor`` may see: what its kind shows to all, what their own organisation
    has, and what was submitted to an organisation in which they decide."""
    kinds: Iterable[ItemKind] = current_app.extensions["registry"].item_kinds.values()
    public = [
        and_(Version.item.has(Item.kind == kind.name), Version.state.in_(tuple(kind.public_states))) for kind in kinds
    ]
    # What was once published stays readable, since something may rest on it.
    public.append(and_(Version.state == State.WITHDRAWN, Version.published_at.is_not(None)))
    conditions = [*public]
    if actor.is_system:
        return Version.id.is_not(None)
    if own := actor.organisations():
        conditions.append(Version.organisation_id.in_(own))
    deciding = {need.role for kind in kinds for need in kind.requirements if need.side != "owner"}
    if deciding and (theirs := actor.organisations(*deciding)):
        # A version that was returned is the author's draft again, and nobody else's to read.
        conditions.append(and_(Version.deciding_organisation_id.in_(theirs), Version.state.not_in(BEING_WRITTEN)))
    return or_(*conditions)


def may_be_named(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Version` joined with `Item` for what ``actor`` may know that it exists, as something that rests on
    another: what anybody sees, and what either side of it has."""
    if actor.is_system:
        return Version.submitted_at.is_not(None)
    kinds: Iterable[ItemKind] = current_app.extensions["registry"].item_kinds.values()
    shown = {
        states: [kind.name for kind in kinds if kind.public_states == states]
        for states in {kind.public_states for kind in kinds}
    }
    conditions = [and_(Item.kind.in_(names), Version.state.in_(sorted(states))) for states, names in shown.items()]
    if own := actor.organisations():
        conditions += [
            Version.organisation_id.in_(own),
            and_(Version.deciding_organisation_id.in_(own), Version.state.not_in(BEING_WRITTEN)),
        ]
    return and_(Version.submitted_at.is_not(None), or_(Version.published_at.is_not(None), *conditions))


def version_for(session: Session, actor: Actor, version_id: str) -> Version:
    """The version by its id, if ``actor`` may see it. Raises ``NotFound``, which says nothing about why."""
    version = session.scalar(select(Version).where(Version.id == version_id, visible(actor)))
    if version is None:
        raise NotFound("version")
    return version


def version_by_hash(session: Session, content_hash: str) -> Version | None:
    """The version with this content; the one that is (or was) published where several have the same."""
    candidates = session.scalars(_BY_HASH, {"hash": content_hash}).all()
    order = [State.PUBLISHED, State.SUPERSEDED, *reversed(OPEN), State.REJECTED, State.WITHDRAWN]
    return min(candidates, key=lambda version: (order.index(State(version.state)), version.number), default=None)


def versions_by_hash(session: Session, hashes: Sequence[str]) -> dict[str, Version]:
    """Published or superseded versions by content hash, one statement."""
    rows = session.scalars(
        select(Version)
        .where(Version.content_hash.in_(hashes), Version.submitted_at.is_not(None))
        .order_by(Version.number.desc())
    )
    return {version.content_hash: version for version in rows}


def in_force(on: date | None = None) -> ColumnElement[bool]:
    """The condition on `Version` for what applies on a day (today): `Version.is_in_force` in the database.

    At most one version of an item is in force, since each ends the day before its successor's first.
    """
    day = on or clock.today()
    return and_(_has_begun(day), not_ended(day))


def not_ended(on: date | None = None, version: type[Version] = Version) -> ColumnElement[bool]:
    """The condition on `Version` for what is published and either in force on a day (today) or still to come."""
    return or_(
        version.state == State.PUBLISHED,
        # Never NULL, which databases sort differently.
        and_(
            version.state == State.SUPERSEDED, version.valid_to.is_not(None), version.valid_to >= (on or clock.today())
        ),
    )


def _has_begun(day: date) -> ColumnElement[bool]:
    return or_(Version.valid_from.is_(None), Version.valid_from <= day)


def current(session: Session, item: Item, on: date | None = None) -> Version | None:
    """The item's version in force."""
    return session.scalar(select(Version).where(Version.item_id == item.id, in_force(on)))


def standing_version(session: Session, item: Item) -> Version | None:
    """The newest version of the item that is in force or coming: the one that its next version replaces."""
    return session.scalar(select(Version).where(Version.item_id == item.id, Version.state == State.PUBLISHED))


def overtaken_by(session: Session, version: Version) -> Version | None:
    """The version that was published after this one was begun, where there is one: a change made from an older one would
    take back what it changed.

    Where the one it was begun from was withdrawn, and the one before that goes on, there is none.
    """
    standing = standing_version(session, version.item)
    if standing is None or standing.id == version.id or standing.content_hash == version.base_hash:
        return None
    base = session.scalar(
        select(func.max(Version.number)).where(
            Version.item_id == version.item_id,
            Version.content_hash == version.base_hash,
            Version.published_at.is_not(None),
        )
    )
    return standing if standing.number > (base or 0) else None


def current_by_slug(session: Session, kind: str, slug: str, on: date | None = None) -> Version | None:
    return session.scalar(select(Version).join(Item).where(Item.kind == kind, Item.slug == slug, in_force(on)))


def current_versions(session: Session, kind: str, on: date | None = None) -> list[Version]:
    """Every version of a kind that is in force, by slug; one statement."""
    return list(session.scalars(select(Version).join(Item).where(Item.kind == kind, in_force(on)).order_by(Item.slug)))


def published_versions(session: Session, kind: str, on: date | None = None, *more: str) -> list[Version]:
    """Every version of a kind (and ``more``) that is in force or coming, by slug and then by number; one statement."""
    kinds = Item.kind.in_((kind, *more))
    return list(
        session.scalars(select(Version).join(Item).where(kinds, not_ended(on)).order_by(Item.slug, Version.number))
    )


def published_by(session: Session, kinds: Sequence[str], day: date) -> list[Version]:
    """Every version of some kinds that had been published when a day was over, by slug and then by number; one statement."""
    query = select(Version).join(Item).where(Item.kind.in_(kinds), Version.published_at < clock.end_of(day))
    return list(session.scalars(query.order_by(Item.kind, Item.slug, Version.number)))


def standing_of_kind(kind: str, on: date | None = None) -> Select[Version]:
    """Selects for each item of a kind the version in force, or else the first that is coming."""
    other = aliased(Version)
    earlier = select(other.id).where(
        other.item_id == Version.item_id, other.number < Version.number, not_ended(on, other)
    )
    return select(Version).join(Item).where(Item.kind == kind, not_ended(on), ~earlier.exists())


def standing_versions(session: Session, kind: str, on: date | None = None) -> list[Version]:
    """For each item of a kind the version in force, or else the first that is coming; by slug, one statement."""
    return list(session.scalars(standing_of_kind(kind, on).order_by(Item.slug)))


def versions_of(session: Session, item: Item, actor: Actor | None = None) -> list[Version]:
    """The item's versions, oldest first; those that ``actor`` may see where one is given."""
    query = (
        select(Version)
        .where(Version.item_id == item.id)
        .order_by(Version.number)
        .options(selectinload(Version.decisions))
    )
    if actor is not None:
        query = query.where(visible(actor))
    return list(session.scalars(query))


def foremost(versions: Sequence[Version]) -> Version:
    """Of an item's versions, the one that its page shows: in force, or else the last that was, or else the first that
    is coming, or else the newest."""
    today = clock.today()
    published = [one for one in versions if one.published_at]
    begun = [one for one in published if one.has_begun(today)]
    return in_force_of(versions) or (begun[-1] if begun else (published or versions[-1:])[0])


def in_force_of(versions: Sequence[Version], on: date | None = None) -> Version | None:
    """Of an item's versions, the one that is in force on a day (today)."""
    day = on or clock.today()
    return next((one for one in versions if one.is_in_force(day)), None)


def coming_of(versions: Sequence[Version], on: date | None = None) -> list[Version]:
    """Of an item's versions, those that are published and not yet in force, the nearest first."""
    day = on or clock.today()
    return [one for one in versions if one.is_coming(day)]


def version_numbered(session: Session, actor: Actor, item: Item, number: int) -> Version:
    version = session.scalar(
        select(Version).where(Version.item_id == item.id, Version.number == number, visible(actor))
    )
    if version is None:
        raise NotFound("version")
    return version


def has_contributed(session: Session, version: Version, person_id: str | None) -> bool:
    """Whether this person wrote, revised or submitted the version."""
    return session.get(Contribution, (version.id, person_id)) is not None


def has_other_writers(session: Session, version: Version, actor: Actor) -> bool:
    """Whether somebody else than the actor wrote, revised or submitted the version."""
    others = select(Contribution.person_id).where(
        Contribution.version_id == version.id, Contribution.person_id != (actor.person_id or "")
    )
    return session.scalar(others.limit(1)) is not None


def is_open() -> ColumnElement[bool]:
    """The condition on `Version` for what is being worked on, by itself or in a change set."""
    return Version.state.in_(OPEN)


def open_version(session: Session, item: Item) -> Version | None:
    """The version being worked on by itself: a draft, in review or decided. There is at most one."""
    return session.scalar(select(Version).where(Version.item_id == item.id, is_open(), Version.change_set_id.is_(None)))


def open_of(versions: Sequence[Version]) -> Version | None:
    """Of an item's versions, the one being worked on by itself."""
    return next((one for one in versions if one.is_open and one.change_set_id is None), None)


def begun_from(versions: Sequence[Version], draft_id: str | None = None) -> Version:
    """Of an item's versions, the one that writing goes on with or begins from: the draft that is asked for, or the one that
    is worked on by itself, or the version that the next one replaces, or the newest."""
    drafts = [one for one in versions if one.is_being_written]
    chosen = [one for one in drafts if one.id == draft_id] or [one for one in drafts if one.change_set_id is None]
    standing = [one for one in versions if one.state == State.PUBLISHED]
    return (chosen or standing or list(versions))[-1]


def open_withdrawal(session: Session, version: Version) -> Withdrawal | None:
    """The proposal to withdraw this version that nobody has settled yet."""
    return session.scalar(
        select(Withdrawal).where(Withdrawal.version_id == version.id, Withdrawal.outcome.is_(None)).limit(1)
    )


def latest_comments(session: Session, version: Version) -> Page[Comment]:
    """The last of what was said about a version, in the order in which it was said."""
    page = page_of(session, _comments_on(version).order_by(Comment.written_at.desc(), Comment.id.desc()), 1)
    return Page(page.rows[::-1], 1, page.total)


def comments_on(session: Session, version: Version, number: int) -> Page[Comment]:
    """A page of what was said about a version, the first that was said first."""
    return page_of(session, _comments_on(version).order_by(Comment.written_at, Comment.id), number)


def _comments_on(version: Version) -> Select[Comment]:
    return select(Comment).where(Comment.version_id == version.id)


def withdrawals_of(session: Session, version: Version) -> list[Withdrawal]:
    """Every proposal to withdraw this version, oldest first."""
    return list(
        session.scalars(select(Withdrawal).where(Withdrawal.version_id == version.id).order_by(Withdrawal.round))
    )


def withdrawals_by_hash(session: Session, hashes: Sequence[str]) -> dict[str, Withdrawal]:
    """What decided that these versions be withdrawn, by content hash; one statement."""
    rows = session.scalars(
        select(Withdrawal)
        .join(Withdrawal.version)
        .where(Version.content_hash.in_(hashes), Withdrawal.outcome == WithdrawalOutcome.WITHDRAWN)
        .order_by(Withdrawal.settled_at)
    )
    return {entry.version.content_hash: entry for entry in rows}


def proposed_withdrawals(session: Session) -> list[Withdrawal]:
    """Proposals that wait for a decision on a version still in force, oldest first; one statement."""
    return list(
        session.scalars(
            select(Withdrawal)
            .join(Withdrawal.version)
            .where(Withdrawal.outcome.is_(None), Version.state == State.PUBLISHED)
            .order_by(Withdrawal.proposed_at)
        )
    )


def latest_published(session: Session, kind: str, slug: str) -> Version | None:
    """The version in force, or else the last one that was: what was made under it can still be read and explained.

    One that is still to come is the last resort."""
    today = clock.today()
    return session.scalar(
        select(Version)
        .join(Item)
        .where(Item.kind == kind, Item.slug == slug, Version.published_at.is_not(None))
        .order_by(in_force(today).desc(), _has_begun(today).desc(), Version.number.desc())
        .limit(1)
    )


def in_review(session: Session, actor: Actor, *, kinds: Sequence[str] | None = None) -> list[Version]:
    """Versions in review that ``actor`` may see, oldest first, with their decisions."""
    query = (
        select(Version)
        .join(Item)
        .where(Version.state == State.IN_REVIEW, visible(actor))
        .order_by(Version.submitted_at)
        .options(selectinload(Version.decisions))
    )
    if kinds is not None:
        query = query.where(Item.kind.in_(kinds))
    return list(session.scalars(query))
