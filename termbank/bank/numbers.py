"""Numbers of concepts: what a concept is called in its address and where a term alone would not tell which one it is.

A number is unique over all schemes and never changes. The key of a new concept is its number; older ones keep the keys
that were made from their terms, and have a number beside.
"""

from collections.abc import Collection

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from registry.actors import Actor
from registry.events import Happening
from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.locks import hold_name
from termbank.bank.tables import ConceptNumber
from termbank.notions import CONCEPT


def next_number(session: Session, item_id: str = "") -> int:
    """The number of the next new concept, which is ``item_id`` where it is made. Nobody else gets it meanwhile."""
    hold_name(session, "concept numbers")
    number = (session.scalar(select(func.max(ConceptNumber.number))) or 0) + 1
    while (other := items.item_by_slug(session, CONCEPT, str(number))) is not None and other.id != item_id:
        number += 1  # a concept called "112" had that for its key before there were numbers
    return number


def give_number(session: Session, happening: Happening) -> None:
    """Handler of ``DraftCreated``: whatever made the concept, it has a number from the beginning. What is begun in a change set
    has one already."""
    if happening.data.get("kind") != CONCEPT or "change_set" in happening.data:
        return
    item_id = str(happening.data["item"])
    if session.get(ConceptNumber, item_id) is None:
        session.add(ConceptNumber(item_id=item_id, number=next_number(session, item_id)))
        session.flush()


def items_named(session: Session, slug: str, number: int | None) -> list[tuple[Item, int]]:
    """The concept with this key, and then the one with this number; each with its number. One statement."""
    rows = session.execute(
        select(Item, ConceptNumber.number)
        .join(ConceptNumber, ConceptNumber.item_id == Item.id)
        .where(or_(Item.slug == slug, ConceptNumber.number == number), Item.kind == CONCEPT)
        .order_by((Item.slug == slug).desc())
    )
    return list(rows.all())


def versions_named(session: Session, actor: Actor, slug: str, number: int | None) -> list[tuple[Version, int]]:
    """The versions that ``actor`` may see of the concept with this key, and then of the one with this number, oldest
    first; each with the concept's number."""
    rows = session.execute(
        select(Version, ConceptNumber.number)
        .join(Item, Item.id == Version.item_id)
        .join(ConceptNumber, ConceptNumber.item_id == Item.id)
        .where(or_(Item.slug == slug, ConceptNumber.number == number), Item.kind == CONCEPT, items.visible(actor))
        .order_by((Item.slug == slug).desc(), Version.number)
        .options(selectinload(Version.decisions))
    )
    return list(rows.all())


def numbers_of(session: Session, slugs: Collection[str]) -> dict[str, int]:
    """The numbers of concepts by slug; one statement."""
    rows = session.execute(
        select(Item.slug, ConceptNumber.number)
        .join(ConceptNumber, ConceptNumber.item_id == Item.id)
        .where(Item.kind == CONCEPT, Item.slug.in_(slugs))
    )
    return dict(rows.all())
