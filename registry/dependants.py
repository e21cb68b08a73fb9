"""What rests on versions, by kind: counted in the database, the newest of each kind for a page, all of them page by page.

A concept that is in use has every delivery and every table of years resting on it. None of that is fetched to be counted:
each package says in a `Listing` which rows of its tables a reader may know of, and the edges between references say
which of them rest on a version. Versions rest on versions through others; they are few, and the database walks their
edges. Everything else rests on a version directly: a delivery on the version of its flow, a table on that of its measure
and, by way of the deliveries that it is made from, on those of their flows (`references.sum_up`).

What a reader may not know of is neither listed nor counted, but for `unseen`, which says how much more there is to
somebody who is to decide.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask import current_app
from sqlalchemy import CTE, ColumnElement, FromClause, Select, SQLColumnExpression, String, and_, func, select
from sqlalchemy.orm import Session, aliased

from registry import references
from registry.actors import SYSTEM, Actor
from registry.errors import NotFound
from registry.findings import Text
from registry.i18n import read
from registry.paging import SIZE, Page, within
from registry.references import BY_WAY_OF, Described, Edge, is_of
from registry.swedish import sort_key

VERSION = "version"
THREAD = ("concept", "application", "model", "flow", "delivery", "decision", "figure")
"""The order in which kinds are listed: that of the thread."""
FURTHEST = 6
"""So many steps of a way are told in words: one for each knot of the thread. Of a longer one it is said that there is one."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that may rest on a version, as people know it. Its key names it in an address."""

    label: Text
    knot: str


Rows: TypeAlias = "Select[*tuple[Any, ...]]"


@dataclass(frozen=True, slots=True)
class Listing:
    """How a package's references of one prefix are counted and listed.

    ``rows`` gives a statement of three columns: ``id`` (the reference without its prefix, once each), ``kind`` (a key of
    ``kinds``) and ``at`` (when it came to be), for everything that this actor may know of. It must be the same as what
    the resolver of the prefix describes.
    """

    rows: Callable[[Actor], Rows]
    kinds: Callable[[], Mapping[str, Kind]]
    over: str | None = None
    """The prefix through which it rests on versions, where it does not itself: a release over its delivery."""
    is_implied: bool = False
    """Whether it goes without saying beside what it rests on: a release beside its delivery."""


@dataclass(frozen=True, slots=True)
class Dependant:
    """Something that rests on a version. ``on`` are the versions asked about that it rests on; ``is_direct`` where
    nothing stands between."""

    ref: str
    reference: Described
    is_direct: bool
    on: frozenset[str] = frozenset()
    way: tuple[Described, ...] = ()
    """The versions between, from the one that rests on what was asked about; empty where nothing stands between, or where
    this actor may not know of all that does."""

    def highest_of(self, numbers: Mapping[str, int]) -> int | None:
        """The highest number among the versions that it rests on; ``numbers`` = version number by reference. ``None``
        where there is one version only, so that nothing has to be told apart.

        >>> one = Dependant("flow:1", None, True, frozenset({"version:b", "version:c"}))
        >>> one.highest_of({"version:a": 1, "version:b": 2, "version:c": 3}), one.highest_of({"version:c": 3})
        (3, None)
        """
        bound = [number for ref, number in numbers.items() if ref in self.on]
        return max(bound, default=None) if len(numbers) > 1 else None


@dataclass(frozen=True, slots=True)
class Group:
    """Everything of one kind that rests on a version: ``total`` that this actor may know of, ``unseen`` that there is
    more, and the newest of them. All of them are in the order of their names where they are that few."""

    key: str
    kind: Kind
    total: int
    newest: tuple[Dependant, ...]
    unseen: int = 0

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.newest)


def resting_on(
    session: Session,
    actor: Actor,
    refs: Sequence[str],
    *,
    but: Sequence[str] = (),
    shown: int = SIZE,
    implied: bool = False,
) -> list[Group]:
    """What rests on any of the versions ``refs`` (but for the versions ``but``), by kind in the order of the thread;
    ``implied``: also what goes without saying.

    A statement for each prefix, what their resolvers need to describe the newest, and one more.
    """
    found: list[tuple[str, Kind, int, list[str]]] = []
    for prefix, listing in _listings(implied):
        kinds = listing.kinds()
        rows = _resting(listing, prefix, actor, refs, but).subquery()
        by_kind: dict[str, tuple[int, list[str]]] = {}
        for key, total, one in session.execute(_first(rows, (rows.c.kind,), shown)):
            by_kind.setdefault(key, (total, []))[1].append(f"{prefix}:{one}")
        found += [(key, kinds[key], total, some) for key, (total, some) in by_kind.items()]
    described = _dependants(session, actor, refs, [ref for *_group, some in found for ref in some])
    groups = [
        Group(key, kind, total, _in_order([described[ref] for ref in some if ref in described], total))
        for key, kind, total, some in found
    ]
    return sorted(groups, key=_place)


def affected(session: Session, actor: Actor, refs: Sequence[str], *, implied: bool = False) -> list[Group]:
    """What rests on any of ``refs`` for somebody who is to decide on them: with how much of each kind is ``unseen``."""
    seen = {group.key: group for group in resting_on(session, actor, refs, implied=implied)}
    groups = []
    for all_of in counted(session, SYSTEM, refs, implied=implied):
        one = seen.get(all_of.key) or Group(all_of.key, all_of.kind, 0, ())
        groups.append(Group(one.key, one.kind, one.total, one.newest, all_of.total - one.total))
    return groups


def counted(
    session: Session, actor: Actor, refs: Sequence[str], *, but: Sequence[str] = (), implied: bool = False
) -> list[Group]:
    """How many of each kind rest on any of ``refs`` that ``actor`` may know of, without naming any; a statement for each
    prefix."""
    groups = []
    for prefix, listing in _listings(implied):
        kinds = listing.kinds()
        rows = _resting(listing, prefix, actor, refs, but).subquery()
        counts = session.execute(select(rows.c.kind, func.count()).group_by(rows.c.kind))
        groups += [Group(key, kinds[key], number, ()) for key, number in counts]
    return sorted(groups, key=_place)


def page_resting_on(
    session: Session, actor: Actor, refs: Sequence[str], key: str, number: int, *, but: Sequence[str] = ()
) -> Page[Dependant]:
    """A page of everything of one kind that rests on any of ``refs``, the newest first. Raises `NotFound` for a kind that
    there is not."""
    prefix, listing = _listing_of(key)
    rows = _resting(listing, prefix, actor, refs, but).subquery()
    total = session.scalar(select(func.count()).select_from(rows).where(rows.c.kind == key)) or 0
    number = within(number, total)
    ids = select(rows.c.id).where(rows.c.kind == key).order_by(rows.c.at.desc(), rows.c.id)
    found = [f"{prefix}:{one}" for one in session.scalars(ids.offset((number - 1) * SIZE).limit(SIZE))]
    described = _dependants(session, actor, refs, found)
    return Page([described[ref] for ref in found if ref in described], number, total)


def kind_named(key: str) -> Kind:
    """A kind by its key. Raises `NotFound`."""
    _prefix, listing = _listing_of(key)
    return listing.kinds()[key]


def directly_on(session: Session, actor: Actor, refs: Sequence[str], *, shown: int) -> dict[str, list[Group]]:
    """For each of ``refs`` what rests on it with nothing between, by kind; a statement for each prefix, however many
    references are asked about."""
    found: list[tuple[str, str, Kind, int, str]] = []
    for prefix, listing in _listings():
        kinds, rows = listing.kinds(), listing.rows(actor).subquery()
        on = (
            _ids(prefix)
            .add_columns(Edge.to_ref)
            .where(Edge.to_ref.in_(refs), Edge.role != BY_WAY_OF)
            .distinct()
            .subquery()
        )
        both = select(on.c.to_ref, rows.c.kind, rows.c.id, rows.c.at).join(rows, rows.c.id == on.c.id).subquery()
        for to_ref, key, total, one in session.execute(_first(both, (both.c.to_ref, both.c.kind), shown)):
            found.append((to_ref, key, kinds[key], total, f"{prefix}:{one}"))
    described = references.describe(session, actor, [ref for *_group, ref in found])
    groups: dict[str, dict[str, Group]] = {}
    for to_ref, key, kind, total, ref in found:
        if ref in described:
            of_ref = groups.setdefault(to_ref, {})
            so_far = of_ref[key].newest if key in of_ref else ()
            one = Dependant(ref, described[ref], True, frozenset((to_ref,)))
            of_ref[key] = Group(key, kind, total, (*so_far, one))
    return {ref: sorted(of_ref.values(), key=_place) for ref, of_ref in groups.items()}


def versions_above(refs: Iterable[str]) -> Select[str]:
    """A statement of the content hashes of every version that rests on any of ``refs``, directly or through others."""
    above = _above(list(refs))
    return select(_id(above.c.ref, VERSION)).where(above.c.ref.is_not(None), above.c.ref.not_in(list(refs)))


def versions_above_each(session: Session, refs: Iterable[str]) -> dict[str, set[str]]:
    """For every version that rests on any of ``refs``, directly or through others: which of them it rests on."""
    found: dict[str, set[str]] = {}
    pairs = _pairs(list(refs))
    for ref, origin in session.execute(select(pairs.c.ref, pairs.c.origin)):
        if ref is not None and ref != origin:
            found.setdefault(ref, set()).add(origin)
    return found


# --- Statements


def _listings(implied: bool = False) -> list[tuple[str, Listing]]:
    """Every listing with its prefix; what goes without saying only where it is asked for."""
    listings: Mapping[str, Listing] = current_app.extensions["registry"].listings
    return [(prefix, listing) for prefix, listing in listings.items() if implied or not listing.is_implied]


def _listing_of(key: str) -> tuple[str, Listing]:
    for prefix, listing in _listings(implied=True):
        if key in listing.kinds():
            return prefix, listing
    raise NotFound("kind")


def _resting(listing: Listing, prefix: str, actor: Actor, refs: Sequence[str], but: Sequence[str] = ()) -> Rows:
    """Those of the listing's rows that rest on any of ``refs``, but for the versions ``but``."""
    rows = listing.rows(actor)
    identifier = rows.selected_columns["id"]
    if prefix == VERSION:
        without = [ref.removeprefix(f"{VERSION}:") for ref in but]
        return rows.where(identifier.in_(versions_above(refs)), identifier.not_in(without))
    above = _above(refs)
    lower: Rows = select(above.c.ref)
    if listing.over is not None:
        between = aliased(Edge)
        lower = select(between.from_ref).where(between.to_ref.in_(lower), is_of(between.from_ref, listing.over))
    return rows.where(identifier.in_(_ids(prefix).where(Edge.to_ref.in_(lower))))


def _above(refs: Sequence[str]) -> CTE:
    """The versions that rest on any of ``refs``, and those of ``refs`` that anything rests on.

    The outer join makes SQLite begin with the versions and look up their edges. It adds an empty row, which equals nothing.
    """
    above = select(Edge.to_ref.label("ref")).where(Edge.to_ref.in_(refs)).cte("above", recursive=True)
    upper = aliased(Edge)
    return above.union(select(upper.from_ref).select_from(above).outerjoin(upper, _is_step(upper, above.c.ref)))


def _pairs(refs: Sequence[str]) -> CTE:
    """The same with the one of ``refs`` that each rests on, in as many rows as it rests on of them."""
    pairs = (
        select(Edge.to_ref.label("ref"), Edge.to_ref.label("origin"))
        .where(Edge.to_ref.in_(refs))
        .cte("pairs", recursive=True)
    )
    upper = aliased(Edge)
    step = select(upper.from_ref, pairs.c.origin).select_from(pairs).outerjoin(upper, _is_step(upper, pairs.c.ref))
    return pairs.union(step)


def _is_step(upper: type[Edge], lower: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(upper.to_ref == lower, is_of(upper.from_ref, VERSION))


def _ids(prefix: str) -> Rows:
    """What edges lead from, of one prefix: without it."""
    return select(_id(Edge.from_ref, prefix).label("id")).where(is_of(Edge.from_ref, prefix))


def _id(ref: SQLColumnExpression[str], prefix: str) -> ColumnElement[str]:
    return func.substr(ref, len(prefix) + 2, type_=String())


def _first(rows: FromClause, by: Sequence[ColumnElement[Any]], shown: int) -> Rows:
    """The newest rows for each value of ``by``, with how many there are of it: ``by``, the number and the id."""
    newest = (rows.c.at.desc(), rows.c.id)
    ranked = select(
        *by,
        func.count().over(partition_by=by).label("total"),
        rows.c.id,
        func.row_number().over(partition_by=by, order_by=newest).label("place"),
    ).subquery()
    *wanted, place = ranked.c
    return select(*wanted).where(place <= shown).order_by(*wanted[: len(by)], place)


def _dependants(session: Session, actor: Actor, refs: Sequence[str], found: Sequence[str]) -> dict[str, Dependant]:
    """Those of ``found`` that the actor may know of, with the ones of ``refs`` that they rest on."""
    described = references.describe(session, actor, found)
    direct: dict[str, set[str]] = {}
    edges = select(Edge.from_ref, Edge.to_ref).where(Edge.to_ref.in_(refs), Edge.from_ref.in_(found))
    for from_ref, to_ref in session.execute(edges.where(Edge.role != BY_WAY_OF)):
        direct.setdefault(from_ref, set()).add(to_ref)
    on = _on_which(session, refs, found) if len(refs) > 1 else {ref: set(refs) for ref in found}
    ways = _ways(session, refs, [ref for ref in described if ref not in direct])
    between = references.describe(session, actor, [one for way in ways.values() for one in way])
    return {
        ref: Dependant(
            ref,
            one,
            ref in direct,
            frozenset(direct.get(ref) or on.get(ref, set())),
            _all_of(between, ways.get(ref, ())),
        )
        for ref, one in described.items()
    }


def _all_of(described: Mapping[str, Described], way: Sequence[str]) -> tuple[Described, ...]:
    """A way with every step described; none where one of them is not."""
    return tuple(described[step] for step in way) if all(step in described for step in way) else ()


def _ways(session: Session, refs: Sequence[str], found: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each of ``found`` the versions on a shortest way from ``refs`` up to it, where it is at most `FURTHEST` steps.

    A statement for each step, downwards from what is shown, which is little, among the versions above ``refs``.
    """
    above = _above(refs)
    upper: dict[str, list[str]] = {}
    asked, seen = list(found), set(found)
    for _step in range(FURTHEST):
        if not asked:
            break
        edges = select(Edge.from_ref, Edge.to_ref).where(Edge.from_ref.in_(asked), Edge.to_ref.in_(select(above.c.ref)))
        lower = sorted({(to_ref, from_ref) for from_ref, to_ref in session.execute(edges)})
        for to_ref, from_ref in lower:
            upper.setdefault(to_ref, []).append(from_ref)
        there = {from_ref for to_ref, from_ref in lower if to_ref in refs}
        asked = sorted({to_ref for to_ref, from_ref in lower if from_ref not in there} - seen)
        seen.update(asked)
    ways: dict[str, tuple[str, ...]] = dict.fromkeys(refs, ())
    reached = deque(refs)
    while reached:
        lowest = reached.popleft()
        for ref in upper.get(lowest, ()):
            if ref not in ways:
                ways[ref] = (*ways[lowest], lowest) if lowest not in refs else ()
                reached.append(ref)
    return {ref: ways[ref] for ref in found if ref in ways}


def _on_which(session: Session, refs: Sequence[str], found: Sequence[str]) -> dict[str, set[str]]:
    """For each of ``found`` those of ``refs`` that it rests on, through whatever.

    The outer join makes SQLite begin with the versions, which are few: a table has an edge to each of its releases.
    """
    pairs = _pairs(refs)
    edges = select(Edge.from_ref, pairs.c.origin).select_from(pairs)
    edges = edges.outerjoin(Edge, and_(Edge.to_ref == pairs.c.ref, Edge.from_ref.in_(found))).distinct()
    on: dict[str, set[str]] = {}
    for from_ref, origin in session.execute(edges):
        if from_ref is not None:
            on.setdefault(from_ref, set()).add(origin)
    return on


def _in_order(newest: Sequence[Dependant], total: int) -> tuple[Dependant, ...]:
    """All of a kind by name; the newest of many as they came."""
    if total > len(newest):
        return tuple(newest)
    return tuple(sorted(newest, key=lambda one: sort_key(read(one.reference.label))))


def _place(group: Group) -> tuple[int, str]:
    return (THREAD.index(group.kind.knot), sort_key(read(group.kind.label)))
