"""The concepts that a diagram shows: so many steps around one, or so many levels from the top of a scheme. Bounded queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select, union_all
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor
from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.paging import Page
from termbank.bank import listing
from termbank.bank.listing import Choice
from termbank.bank.queries import exports, term_banks
from termbank.bank.search.words import joints_in
from termbank.bank.tables import RelationRow, TermRow
from termbank.concepts.concept import Concept
from termbank.concepts.schemes import Scheme
from termbank.concepts.settling import keys_by_id
from termbank.diagrams.graph import DRAWN
from termbank.notions import CONCEPT, HIERARCHICAL, SCHEME

MOST = 60
"""Concepts of a diagram."""
DEEPEST = 4
"""Steps from the concept, or levels of a scheme."""
TOPS = 12
"""Concepts at the top of a scheme that one diagram begins with; the others have pages of their own."""


@dataclass(frozen=True, slots=True)
class DrawnConcepts:
    """Concepts by key, the nearest first, each by its version in force or, where there is none, the one that is coming."""

    concepts: Mapping[str, Concept]
    coming: frozenset[str]
    """The keys of those that do not apply yet; ``gone``, of those that are withdrawn."""
    gone: frozenset[str]
    more_below: Mapping[str, int]
    """How many narrower concepts there are that are not among them, by key, where there are any."""
    joints: Mapping[str, Sequence[int]]
    """Where the parts of the wide words of their terms meet."""
    is_cut: bool
    """Whether there are more within the steps than `MOST`."""


def around(session: Session, item: Item, steps: int, language: str) -> DrawnConcepts:
    """A concept and those that so many relations lead to: broader ones first, then narrower and associated ones by name.

    A statement for each step, and six at most.
    """
    found, frontier, is_cut = [item.id], [item.id], False
    for _step in range(steps):
        room = MOST - len(found)
        reached = session.scalars(_next(frontier, found, language).limit(room + 1)).all()
        is_cut = len(reached) > room
        frontier = list(reached[:room])
        found += frontier
        if is_cut or not frontier:
            break
    return _read(session, found, is_cut)


def of_scheme(
    session: Session, actor: Actor, scheme: Scheme, levels: int, language: str, number: int
) -> tuple[Page[TermRow], DrawnConcepts]:
    """A page of the concepts at the top of a scheme, with the first that are below them, level by level.

    A statement for each level, and nine at most.
    """
    tops = listing.tops(
        session, language, number, narrowed=listing.conditions(session, actor, Choice(scheme)), size=TOPS
    )
    found = [term.item_id for term in tops.rows]
    frontier, is_cut = found, False
    for _level in range(levels - 1):
        below = listing.first_below(session, frontier, language)
        reached = dict.fromkeys(term.item_id for item_id in frontier for term, _number in below.get(item_id, ()))
        new = [item_id for item_id in reached if item_id not in found]
        room = MOST - len(found)
        is_cut = len(new) > room
        frontier = new[:room]
        found = [*found, *frontier]
        if is_cut or not frontier:
            break
    return tops, _read(session, found, is_cut)


def _next(frontier: Sequence[str], found: Sequence[str], language: str) -> Select[str]:
    """The concepts that relations of listed versions lead to from some, and that are not found yet."""
    is_listed = select(Version.id).where(Version.id == RelationRow.version_id, listing.is_listed()).exists()
    is_drawn = and_(RelationRow.kind.in_([kind.value for kind in DRAWN]), is_listed)
    is_up = RelationRow.kind.in_([kind.value for kind in HIERARCHICAL])
    ends = union_all(
        select(RelationRow.target_id.label("id"), case((is_up, 0), else_=2).label("place")).where(
            RelationRow.item_id.in_(frontier), RelationRow.target_id.is_not(None), is_drawn
        ),
        select(RelationRow.item_id.label("id"), case((is_up, 1), else_=2).label("place")).where(
            RelationRow.target_id.in_(frontier), is_drawn
        ),
    ).subquery()
    nearest = (
        select(ends.c.id, func.min(ends.c.place).label("place"))
        .where(ends.c.id.not_in(found))
        .group_by(ends.c.id)
        .subquery()
    )
    terms: Any = select(TermRow.item_id, TermRow.sort_key)
    name = listing.named(terms, language).subquery()
    return (
        select(nearest.c.id)
        .outerjoin(name, name.c.item_id == nearest.c.id)
        .order_by(nearest.c.place, name.c.sort_key.is_(None), name.c.sort_key, nearest.c.id)
    )


def _read(session: Session, item_ids: Sequence[str], is_cut: bool) -> DrawnConcepts:
    versions = session.scalars(
        select(Version)
        .join(Item)
        .where(
            or_(and_(Item.kind == CONCEPT, Item.id.in_(item_ids)), Item.kind == SCHEME), items.not_ended()
        )
    ).all()  # fmt: skip
    today = clock.today()
    bank = term_banks.made_of(
        [one for one in versions if one.is_in_force(today)], [one for one in versions if one.is_coming(today)]
    )
    there = dict(bank.known)
    left = set(item_ids) - {version.item_id for version in versions}
    gone = {one.slug: one.concept for one in exports.gone(session, keys_by_id(session, left).values())} if left else {}
    there |= gone
    keys = keys_by_id(session, item_ids)
    order = [keys[item_id] for item_id in item_ids if keys.get(item_id) in there]
    return DrawnConcepts(
        {key: there[key] for key in order},
        frozenset(key for key in order if key not in bank.concepts and key not in gone),
        frozenset(gone),
        {keys[item_id]: number for item_id, number in _below(session, item_ids).items() if item_id in keys},
        joints_in(session, [said for key in order for said in (there[key].title.sv, there[key].title.en)]),
        is_cut,
    )


def _below(session: Session, item_ids: Collection[str]) -> dict[str, int]:
    """How many narrower concepts each has that are not among them; one statement."""
    rows = session.execute(
        select(RelationRow.target_id, func.count(RelationRow.item_id.distinct()))
        .where(RelationRow.target_id.in_(item_ids), RelationRow.item_id.not_in(item_ids), listing.is_of_force())
        .group_by(RelationRow.target_id)
    )
    return {item_id: number for item_id, number in rows if item_id}
