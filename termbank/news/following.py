"""What people follow: a concept, a scheme with all its concepts, or an item of a package above; and what was published of it.

Events: ``ItemFollowed``, ``ItemUnfollowed``.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, delete, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from registry import events
from registry.actors import Actor
from registry.db import insert_or_ignore
from registry.errors import Forbidden, NotFound
from registry.events import Happening
from registry.items import queries as items
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from registry.paging import Page, page_of
from termbank.bank.tables import ConceptSearch, Following
from termbank.notions import APPLICATION, CONCEPT, QUESTION_SET, SCHEME

RECENT = timedelta(days=31)
"""For how long what was published stands among the tasks."""


def follow(session: Session, actor: Actor, now: datetime, item: Item) -> None:
    """Hear of what is published of an item from now on. Following it already changes nothing. Raises `NotFound` for what
    cannot be followed, or seen."""
    person_id = _person(actor)
    if not items.kind_named(item.kind).may_be_followed or not items.versions_of(session, item, actor):
        raise NotFound("item")
    if not follows(session, actor, item):
        insert_or_ignore(session, Following, person_id=person_id, item_id=item.id, since=now)
        _record(session, actor, now, item, "ItemFollowed")


def unfollow(session: Session, actor: Actor, now: datetime, item: Item) -> None:
    """Hear of it no more."""
    person_id = _person(actor)
    if follows(session, actor, item):
        session.execute(delete(Following).where(Following.person_id == person_id, Following.item_id == item.id))
        _record(session, actor, now, item, "ItemUnfollowed")


def follows(session: Session, actor: Actor, item: Item) -> bool:
    """Whether the actor follows the item; one statement, none for the public."""
    if actor.person_id is None:
        return False
    return session.get(Following, (actor.person_id, item.id)) is not None


def followed(session: Session, actor: Actor, number: int) -> Page[Item]:
    """A page of what the actor follows, the newest first."""
    query = select(Item).join(Following, Following.item_id == Item.id).where(Following.person_id == actor.person_id)
    return page_of(session, query.order_by(Following.since.desc(), Item.id), number)


def news(session: Session, actor: Actor, number: int) -> Page[Version]:
    """A page of what was published of what the actor follows since they began to: concepts and schemes, how regions apply
    them, and what regions are asked; the newest first."""
    return page_of(session, _news(actor).order_by(Version.published_at.desc(), Version.id), number)


def recent_news(session: Session, actor: Actor, now: datetime) -> Sequence[Version]:
    """What was published lately of what the actor follows, the newest twenty."""
    query = _news(actor).where(Version.published_at >= now - RECENT)
    return list(session.scalars(query.order_by(Version.published_at.desc(), Version.id).limit(20)))


def _news(actor: Actor) -> Select[Version]:
    followed_item = aliased(Item)
    in_scheme = (
        exists()
        .where(ConceptSearch.version_id == Version.id)
        .where(or_(ConceptSearch.scheme_id == followed_item.id, ConceptSearch.scheme_key == followed_item.slug))
    )
    begins = func.substr(Item.slug, 1, func.length(followed_item.slug) + 1) == followed_item.slug + "."
    is_news = or_(
        Following.item_id == Item.id,
        and_(followed_item.kind == CONCEPT, Item.kind == APPLICATION, begins),
        and_(followed_item.kind == CONCEPT, Item.kind == QUESTION_SET, Item.slug == followed_item.slug),
        and_(followed_item.kind == SCHEME, Item.kind == CONCEPT, in_scheme),
    )
    mine = (
        exists()
        .where(Following.person_id == actor.person_id, followed_item.id == Following.item_id)
        .where(Version.published_at >= Following.since, is_news)
    )
    return select(Version).join(Item).where(Version.state.in_((State.PUBLISHED, State.SUPERSEDED)), mine)


def followers(session: Session, happening: Happening) -> list[str]:
    """Whom to tell that a version was published: who follows its item; of a statement also who follows the concept. What is
    published with others is told once for the set (`followers_of_set`)."""
    if "change_set" in happening.data:
        return []
    item = session.get_one(Version, str(happening.data["version"])).item
    concept = select(Item.id).where(Item.kind == CONCEPT, Item.slug == item.slug.partition(".")[0])
    is_about = Following.item_id == item.id
    if item.kind in (APPLICATION, QUESTION_SET):
        is_about = or_(is_about, Following.item_id.in_(concept))
    return list(session.scalars(select(Following.person_id).where(is_about).distinct()))


def followers_of_set(session: Session, happening: Happening) -> list[str]:
    """Whom to tell that a change set was published: who follows something in it."""
    members = select(Version.item_id).where(Version.change_set_id == happening.subject.partition(":")[2])
    return list(session.scalars(select(Following.person_id).where(Following.item_id.in_(members)).distinct()))


def _person(actor: Actor) -> str:
    if actor.person_id is None or not actor.counts_as_person:
        raise Forbidden("follow")
    return actor.person_id


def _record(session: Session, actor: Actor, now: datetime, item: Item, type_: str) -> None:
    events.record(
        session, type_, actor=actor, now=now, subject=f"item:{item.id}", data={"item": item.id, "kind": item.kind}
    )
