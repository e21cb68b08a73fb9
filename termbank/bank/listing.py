"""The term bank as lists: by letter, by level of the hierarchy, and what narrows a list or a search. Bounded queries.

A concept is listed by its version in force or, where there is none yet, by the first one that is coming.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from registry import clock
from registry.actors import Actor
from registry.items import queries as items
from registry.items.lifecycle import BEING_WRITTEN, State
from registry.items.tables import Item, Version
from registry.paging import Page, page_of, within
from registry.swedish import ALPHABET
from termbank.bank.search import tokens
from termbank.bank.search.candidates import begins_so
from termbank.bank.search.searching import search
from termbank.bank.tables import ConceptNumber, ConceptSearch, RelationRow, TermRow
from termbank.concepts.schemes import Scheme
from termbank.concepts.wordings import OWN_LANGUAGES
from termbank.notions import APPLICATION, CONCEPT, HIERARCHICAL, TermStatus

MOST_OFFERED = 500
"""Concepts that a form lists."""
LETTERS = "#" + ALPHABET
ON_A_PAGE = 50
MOST_LETTERS = 60
MOST_FORMER = 5
"""Concepts that are gone, or are called otherwise now, which a search shows."""
SHOWN_BELOW = 5
"""Narrower concepts that are shown under each concept of a level; all of them are on a page of their own."""
DEEPEST = 30
"""Levels above a concept that are named."""
DEFINED, UNDEFINED, PROPOSED, COMING, APPLIED = "definierade", "utan-definition", "forslag", "kommande", "tillampade"
SHOWN = (DEFINED, UNDEFINED, PROPOSED, COMING, APPLIED)
"""What a list may be narrowed to, as the address says it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a list or a search is narrowed to; anything that is not known narrows nothing."""

    scheme: Scheme | None = None
    shown: str = ""
    status: TermStatus | None = None


@dataclass(frozen=True, slots=True)
class Letters:
    """How many concepts there are under each letter, in the order of the alphabet, others last."""

    numbers: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.numbers.values())


def conditions(session: Session, actor: Actor, choice: Choice) -> list[ColumnElement[bool]]:
    """The conditions on `ConceptSearch` and `Item` for a choice."""
    found: list[ColumnElement[bool]] = []
    if choice.scheme is not None:
        found.append(
            or_(ConceptSearch.scheme_id == choice.scheme.item, ConceptSearch.scheme_key == choice.scheme.slug)
            if choice.scheme.item
            else ConceptSearch.scheme_key == choice.scheme.slug
        )
    if choice.shown == DEFINED:
        found.append(ConceptSearch.is_defined.is_(True))
    elif choice.shown == UNDEFINED:
        found.append(ConceptSearch.is_defined.is_(False))
    elif choice.shown == COMING:
        found.append(Item.id.in_(_coming()))
    elif choice.shown == PROPOSED:
        found.append(Item.id.in_(_proposed(actor)))
    elif choice.shown == APPLIED:
        found.append(Item.slug.in_(applied(session)))
    return found


def letters(session: Session, language: str, choice: Choice, narrowed: Sequence[ColumnElement[bool]]) -> Letters:
    """The letters that the concepts begin with, with how many there are; one statement."""
    counted: Any = select(TermRow.initial, func.count())
    query = named(counted, language, choice, narrowed)
    rows = session.execute(query.group_by(TermRow.initial).order_by(TermRow.initial)).all()
    found = sorted(rows, key=lambda row: (LETTERS.find(row[0]) if row[0] in LETTERS else len(LETTERS), row[0]))
    return Letters(dict(found))


def page_of_letters(
    session: Session,
    language: str,
    choice: Choice,
    narrowed: Sequence[ColumnElement[bool]],
    number: int,
    total: int,
    letter: str = "",
) -> Page[TermRow]:
    """What the concepts are called, in Swedish order, under one letter or under all, in pages; one statement."""
    query = named(select(TermRow), language, choice, narrowed)
    if letter:
        query = query.where(TermRow.initial == letter)
    number = within(number, total, ON_A_PAGE)
    query = query.order_by(*in_swedish_order()).offset((number - 1) * ON_A_PAGE).limit(ON_A_PAGE)
    return Page(session.scalars(query).all(), number, total, ON_A_PAGE)


def tops(
    session: Session,
    language: str,
    number: int,
    *,
    alone: bool = False,
    narrowed: Sequence[ColumnElement[bool]] = (),
    size: int = ON_A_PAGE,
) -> Page[TermRow]:
    """Concepts with nothing above them and something below; with ``alone``, with nothing below either. Two statements."""
    has_below = select(RelationRow.item_id).where(RelationRow.target_id == TermRow.item_id, is_of_force()).exists()
    above = aliased(TermRow)
    has_above = (
        select(RelationRow.item_id)
        .join(above, above.item_id == RelationRow.target_id)
        .where(RelationRow.version_id == TermRow.version_id, _is_hierarchical())
        .exists()
    )
    query = named(select(TermRow), language, None, narrowed).where(~has_above, ~has_below if alone else has_below)
    return _page(session, query, number, size)


def below(session: Session, item: Item, language: str, number: int) -> Page[TermRow]:
    """The concepts immediately below one; two statements."""
    narrower = select(RelationRow.item_id).where(RelationRow.target_id == item.id, is_of_force())
    return _page(session, named(select(TermRow), language).where(TermRow.item_id.in_(narrower)), number)


def first_below(session: Session, item_ids: Collection[str], language: str) -> dict[str, list[tuple[TermRow, int]]]:
    """Of each concept the first ones immediately below it, with how many there are in all; one statement."""
    pairs = (
        select(RelationRow.target_id.label("above"), RelationRow.item_id.label("item"))
        .where(RelationRow.target_id.in_(item_ids), is_of_force())
        .distinct()
        .subquery()
    )
    ordered = named(
        select(
            TermRow.version_id,
            TermRow.position,
            pairs.c.above,
            func.row_number().over(partition_by=pairs.c.above, order_by=in_swedish_order()).label("place"),
            func.count().over(partition_by=pairs.c.above).label("number"),
        ).join(pairs, pairs.c.item == TermRow.item_id),
        language,
    ).subquery()
    is_it = and_(TermRow.version_id == ordered.c.version_id, TermRow.position == ordered.c.position)
    rows = session.execute(
        select(TermRow, ordered.c.above, ordered.c.number)
        .join(ordered, is_it)
        .where(ordered.c.place <= SHOWN_BELOW)
        .order_by(ordered.c.above, ordered.c.place)
    )
    found: dict[str, list[tuple[TermRow, int]]] = {}
    for term, above, number in rows:
        found.setdefault(above, []).append((term, number))
    return found


def path_to(session: Session, item: Item, language: str) -> list[TermRow]:
    """The concepts above one, from the top, the first where there are several; then the concept itself."""
    found: list[TermRow] = []
    item_id: str | None = item.id
    while item_id and item_id not in {one.item_id for one in found} and len(found) < DEEPEST:
        term = session.scalar(named(select(TermRow), language).where(TermRow.item_id == item_id))
        if term is None:
            break
        found.insert(0, term)
        broader = select(RelationRow.target_id).where(
            RelationRow.version_id == term.version_id, _is_hierarchical(), RelationRow.target_id.is_not(None)
        )
        item_id = session.scalar(broader.order_by(RelationRow.position).limit(1))
    return found


def versions(session: Session, version_ids: Collection[str]) -> dict[str, Version]:
    """Versions by id, with their items; one statement."""
    rows = session.scalars(select(Version).join(Item).where(Version.id.in_(version_ids)))
    return {version.id: version for version in rows}


def coming(session: Session, item_ids: Collection[str]) -> dict[str, Version]:
    """The first version to come of each of these concepts that has one; one statement."""
    rows = session.scalars(
        select(Version).where(Version.item_id.in_(item_ids), *_is_coming()).order_by(Version.number.desc())
    )
    return {version.item_id: version for version in rows}


def proposed(session: Session, actor: Actor, item_ids: Collection[str]) -> set[str]:
    """Those of the concepts that somebody proposes another version of, as far as ``actor`` may see it; one statement."""
    return set(session.scalars(_proposed(actor).where(Version.item_id.in_(item_ids))))


def formerly(
    session: Session, query: str, *, but: Collection[str] = (), begun: bool = False
) -> list[tuple[TermRow, Version]]:
    """Terms that were written just so (or in another form) in versions that apply no longer, each with its version.

    The newest such version of each concept, with the concepts that are gone first; those ``but`` are left out, and those that
    are still called so. With ``begun`` also terms that only begin so: for where nothing that applies was found, and few
    terms begin as the query does. At most `MOST_FORMER`; one statement.
    """
    asked = [tokens.reduced(query, language) for language in OWN_LANGUAGES]
    if not any(asked):
        return []
    whole = tokens.whole(query)
    is_written_so = or_(TermRow.whole == whole, TermRow.reduced.in_(asked))
    is_called_so = or_(is_written_so, begins_so(whole)) if begun and len(whole) > 1 else is_written_so
    now, later = aliased(TermRow), aliased(Version)
    still = (
        select(now.item_id)
        .join(later, later.id == now.version_id)
        .where(
            now.item_id == TermRow.item_id,
            or_(now.whole == TermRow.whole, now.reduced == TermRow.reduced),
            or_(later.state == State.PUBLISHED, and_(later.state == State.SUPERSEDED, later.valid_to >= clock.today())),
        )
    )
    rows = session.execute(
        select(TermRow, Version)
        .join(Version, Version.id == TermRow.version_id)
        .where(
            is_called_so,
            Version.published_at.is_not(None),
            ~items.not_ended(),
            ~still.exists(),
            TermRow.item_id.not_in(but),
        )
        .order_by(Version.state != State.WITHDRAWN, Version.number.desc(), TermRow.position)
        .limit(MOST_FORMER * 5)
    )
    found: dict[str, tuple[TermRow, Version]] = {}
    for term, version in rows:
        found.setdefault(term.item_id, (term, version))
    return list(found.values())[:MOST_FORMER]


def called(session: Session, item_ids: Collection[str], language: str) -> dict[str, str]:
    """What these concepts are called now; one statement. Those that are gone have no name."""
    rows = session.scalars(named(select(TermRow), language).where(TermRow.item_id.in_(item_ids)))
    return {term.item_id: term.text for term in rows}


def offered(
    session: Session, language: str, keys: Collection[str], sought: str, most: int
) -> tuple[list[tuple[str, str, str]], bool]:
    """Concepts for a form to choose among, as (id, key, name) in order: all where there are at most ``most``, or else those with
    these ids or keys and the first ones that a search finds; and whether these are all."""
    rows: Any = select(Item.id, Item.slug, TermRow.text).join(Item, Item.id == TermRow.item_id)
    in_order = named(rows, language).order_by(*in_swedish_order())
    every = session.execute(in_order.limit(most + 1)).all()
    if len(every) <= most:
        return [(item_id, slug, text) for item_id, slug, text in every], True
    found = [hit.found.item for hit in search(session, sought, language, with_texts=False).hits[:most]]
    chosen = or_(Item.slug.in_(sorted(keys)), Item.id.in_([*sorted(keys), *found]))
    return [(item_id, slug, text) for item_id, slug, text in session.execute(in_order.where(chosen))], False


def offered_items(
    session: Session, language: str, ids: Collection[str], sought: str
) -> tuple[list[tuple[str, str]], bool]:
    """The same as (id, name): how the kind of concepts offers them (`registry.items.kinds`)."""
    rows, are_all = offered(session, language, ids, sought, MOST_OFFERED)
    return [(item_id, name) for item_id, _slug, name in rows], are_all


def applied(session: Session, slugs: Collection[str] | None = None) -> set[str]:
    """The keys of concepts that regions have stated how they apply: all, or those among ``slugs``; one statement."""
    query = select(Item.slug).join(Version).where(Item.kind == APPLICATION, Version.state == State.PUBLISHED)
    if slugs is not None:
        begun = [Item.slug.startswith(f"{slug}.", autoescape=True) for slug in slugs]
        query = query.where(or_(false(), *begun))
    return {slug.split(".")[0] for slug in session.scalars(query.distinct())}


def unpublished(session: Session, actor: Actor, most: int) -> list[Version]:
    """Versions being worked on of concepts of which nothing is published, as far as ``actor`` may see them; newest first."""
    published = aliased(Version)
    is_published = select(published.id).where(published.item_id == Version.item_id, published.published_at.is_not(None))
    query = select(Version).join(Item).where(Item.kind == CONCEPT, items.is_open(), items.visible(actor))
    return list(
        session.scalars(query.where(~is_published.exists()).order_by(Version.changed_at.desc(), Version.id).limit(most))
    )


def named(
    query: Select[Any], language: str, choice: Choice | None = None, narrowed: Sequence[ColumnElement[bool]] = ()
) -> Select[Any]:
    """``query`` on `TermRow`, for the terms that concepts are called by, or that have the chosen status."""
    if narrowed:
        query = query.join(ConceptSearch, ConceptSearch.version_id == TermRow.version_id)
        query = query.join(Item, Item.id == TermRow.item_id)
    if choice is not None and choice.status is not None:
        query = query.where(TermRow.status == choice.status.value)
    else:
        query = query.where(TermRow.names_sv if language == "sv" else TermRow.names_en)
    of_version = select(Version.id).where(Version.id == TermRow.version_id, is_listed())
    return query.where(of_version.exists(), *narrowed)


def in_swedish_order() -> tuple[SQLColumnExpression[Any], ...]:
    """How terms are listed: as a dictionary has them, and those that are the same by the numbers of their concepts."""
    number = select(ConceptNumber.number).where(ConceptNumber.item_id == TermRow.item_id).scalar_subquery()
    return TermRow.sort_key, number, TermRow.item_id


def _page(session: Session, query: Select[Any], number: int, size: int = ON_A_PAGE) -> Page[TermRow]:
    return page_of(session, query.order_by(*in_swedish_order()), number, size)


def is_listed() -> ColumnElement[bool]:
    """The condition on `Version`: in force, or the first that is coming where none is."""
    before = aliased(Version)
    is_first = ~(
        select(before.id)
        .where(
            before.item_id == Version.item_id,
            before.number < Version.number,
            or_(
                before.state == State.PUBLISHED,
                and_(before.state == State.SUPERSEDED, before.valid_to >= clock.today()),
            ),
        )
        .exists()
    )
    return or_(items.in_force(), and_(Version.state == State.PUBLISHED, is_first))


def _is_coming() -> tuple[ColumnElement[bool], ...]:
    return items.not_ended(), Version.valid_from > clock.today()


def _coming() -> Select[Any]:
    return select(Version.item_id).where(
        Version.item_id.in_(select(Item.id).where(Item.kind == CONCEPT)), *_is_coming()
    )


def _proposed(actor: Actor) -> Select[Any]:
    of_concepts = Version.item.has(Item.kind == CONCEPT)
    return select(Version.item_id).where(
        of_concepts, items.is_open(), Version.state.not_in(BEING_WRITTEN), items.visible(actor)
    )


def _is_hierarchical() -> ColumnElement[bool]:
    return RelationRow.kind.in_([kind.value for kind in HIERARCHICAL])


def is_of_force() -> ColumnElement[bool]:
    """The condition on `RelationRow`: hierarchical, and of a version that is listed."""
    of_version = select(Version.id).where(Version.id == RelationRow.version_id, is_listed())
    return and_(_is_hierarchical(), of_version.exists())
