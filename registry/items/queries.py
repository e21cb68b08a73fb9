"""Reading administered items. What an actor may see is decided here, in one place (`visible`)."""

from collections.abc import Iterable, Sequence

from flask import current_app
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from registry.errors import NotFound
from registry.findings import Finding
from registry.identity.actors import Actor
from registry.items.kinds import ItemKind, State, WithdrawalOutcome
from registry.items.tables import Contribution, Item, Version, Withdrawal


def kind_named(name: str) -> ItemKind:
    """The plug-in's description of an item kind."""
    kind: ItemKind = current_app.extensions["registry"].item_kinds[name]
    return kind


def objection_to_text(texts: Iterable[str]) -> Finding | None:
    """What the house has against one of the texts, if anything."""
    objection = current_app.extensions["registry"].text_objection
    found = (objection(text) for text in texts) if objection else ()
    return next((finding for finding in found if finding is not None), None)


def item_by_slug(session: Session, kind: str, slug: str) -> Item | None:
    return session.scalar(select(Item).where(Item.kind == kind, Item.slug == slug))


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
    deciding = {need.role for kind in kinds for need in kind.requirements if need.side == "recipient"}
    if deciding and (theirs := actor.organisations(*deciding)):
        # A version that was returned is the author's draft again, and nobody else's to read.
        conditions.append(and_(Version.deciding_organisation_id.in_(theirs), Version.state != State.DRAFT))
    return or_(*conditions)


def version_for(session: Session, actor: Actor, version_id: str) -> Version:
    """The version by its id, if ``actor`` may see it. Raises ``NotFound``, which says nothing about why."""
    version = session.scalar(select(Version).where(Version.id == version_id, visible(actor)))
    if version is None:
        raise NotFound("version")
    return version


def version_by_hash(session: Session, content_hash: str) -> Version | None:
    """The version with this content; the one that is (or was) published where several have the same."""
    candidates = session.scalars(select(Version).where(Version.content_hash == content_hash)).all()
    order = [State.PUBLISHED, State.SUPERSEDED, State.DECIDED, State.IN_REVIEW, State.DRAFT, State.WITHDRAWN]
    return min(candidates, key=lambda version: (order.index(State(version.state)), version.number), default=None)


def versions_by_hash(session: Session, hashes: Sequence[str]) -> dict[str, Version]:
    """Published or superseded versions by content hash, one statement."""
    rows = session.scalars(
        select(Version)
        .where(Version.content_hash.in_(hashes), Version.submitted_at.is_not(None))
        .order_by(Version.number.desc())
    )
    return {version.content_hash: version for version in rows}


def current(session: Session, item: Item) -> Version | None:
    """The item's published version."""
    return session.scalar(select(Version).where(Version.item_id == item.id, Version.state == State.PUBLISHED))


def current_by_slug(session: Session, kind: str, slug: str) -> Version | None:
    return session.scalar(
        select(Version).join(Item).where(Item.kind == kind, Item.slug == slug, Version.state == State.PUBLISHED)
    )


def current_versions(session: Session, kind: str) -> list[Version]:
    """Every published version of a kind, by slug; one statement."""
    return list(
        session.scalars(
            select(Version).join(Item).where(Item.kind == kind, Version.state == State.PUBLISHED).order_by(Item.slug)
        )
    )


def latest_visible(session: Session, actor: Actor, kind: str) -> list[Version]:
    """For each item of a kind, the newest version that ``actor`` may see."""
    newest = (
        select(Version.item_id, func.max(Version.number).label("number"))
        .where(visible(actor))
        .group_by(Version.item_id)
    )
    chosen = aliased(newest.subquery())
    return list(
        session.scalars(
            select(Version)
            .join(Item)
            .join(chosen, and_(chosen.c.item_id == Version.item_id, chosen.c.number == Version.number))
            .where(Item.kind == kind)
            .order_by(Item.slug)
        )
    )


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
    """Of an item's versions, the one that its page shows: in force, or else the last that was, or else the newest."""
    in_force = next((one for one in versions if one.state == State.PUBLISHED), None)
    return in_force or next((one for one in reversed(versions) if one.published_at), versions[-1])


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


def open_version(session: Session, item: Item) -> Version | None:
    """The version being worked on: a draft, in review or decided. There is at most one."""
    return session.scalar(
        select(Version).where(
            Version.item_id == item.id, Version.state.in_((State.DRAFT, State.IN_REVIEW, State.DECIDED))
        )
    )


def open_withdrawal(session: Session, version: Version) -> Withdrawal | None:
    """The proposal to withdraw this version that nobody has settled yet."""
    return session.scalar(
        select(Withdrawal).where(Withdrawal.version_id == version.id, Withdrawal.outcome.is_(None)).limit(1)
    )


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
    """The version in force, or else the last one that was: what was made under it can still be read and explained."""
    return session.scalar(
        select(Version)
        .join(Item)
        .where(Item.kind == kind, Item.slug == slug, Version.published_at.is_not(None))
        .order_by((Version.state == State.PUBLISHED).desc(), Version.number.desc())
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
