"""What rests on what: one table of edges, written by the packages above, read by impact, trace and lapse.

An edge goes from what rests to what it rests on. Both ends are references: ``version:<content hash>``,
``delivery:<id>``, ``release:<id>``, ``table:<id>``. Packages give a resolver for each kind of reference that they own, so
that this module can label and link them without knowing who they are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import Boolean, Index, SQLColumnExpression, String, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from registry.actors import Actor
from registry.columns import Base, UtcDateTime
from registry.db import insert_or_ignore
from registry.findings import Text

BY_WAY_OF = "by-way-of"
"""Role of the edges that sum up: from something made of many (`sum_up`) straight to the versions that these rest on. They
say nothing that the other edges do not say; walks pass them over."""


class Edge(Base):
    """``from_ref`` rests on ``to_ref`` in the sense of ``role``. Never changed, never removed."""

    __tablename__ = "reference_edge"
    __table_args__ = (Index("ix_reference_edge_upwards", "to_ref", "from_ref", "role"),)

    from_ref: Mapped[str] = mapped_column(String(200), primary_key=True)
    to_ref: Mapped[str] = mapped_column(String(200), primary_key=True)
    role: Mapped[str] = mapped_column(String(40), primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class Described:
    """A reference as people see it. ``url`` is ``None`` where this actor has no page to go to."""

    kind: Text
    label: Text
    url: str | None
    knot: str | None = None
    details: tuple[tuple[Text, str], ...] = ()


Resolver = Callable[[Session, Actor, list[str]], Mapping[str, Described]]
"""(session, actor, ids) → what this actor may see of them; an id left out is not to be mentioned."""


@dataclass(frozen=True, slots=True)
class Step:
    """One reference met on a walk, with the edge that led to it and the number of edges walked."""

    ref: str
    role: str
    via: str
    depth: int


class is_of(FunctionElement[bool]):  # noqa: N801  (it reads as a function of SQL)
    """The condition that a column of references has this prefix: ``is_of(Edge.from_ref, "version")``.

    SQLite finds a range in an index (written so, it also refrains from reading every edge into a filter first). PostgreSQL
    sorts by a language's rules, where such a range holds other things too.
    """

    type = Boolean()
    inherit_cache = True

    def __init__(self, ref: SQLColumnExpression[str], prefix: str) -> None:
        super().__init__(ref, f"{prefix}:", f"{prefix};")

    def self_group(self, against: Any = None) -> Any:
        """Itself: compared with 1, as SQLite's other functions that give a truth value are, it would be no range."""
        return self


@compiles(is_of)
def _as_function(element: is_of, compiler: SQLCompiler, **options: Any) -> str:
    ref, first, _last = (compiler.process(one, **options) for one in element.clauses)
    return f"starts_with({ref}, {first})"


@compiles(is_of, "sqlite")
def _as_range(element: is_of, compiler: SQLCompiler, **options: Any) -> str:
    ref, first, last = (compiler.process(one, **options) for one in element.clauses)
    return f"({ref} BETWEEN {first} AND {last})"


def link(session: Session, from_ref: str, to_ref: str, role: str, now: datetime) -> None:
    """Record that ``from_ref`` rests on ``to_ref``. Saying it twice changes nothing."""
    if session.get(Edge, (from_ref, to_ref, role)) is None:
        insert_or_ignore(session, Edge, from_ref=from_ref, to_ref=to_ref, role=role, recorded_at=now)


def sum_up(session: Session, ref: str, roles: Sequence[str], now: datetime) -> None:
    """Link ``ref`` by way of what it is made of: to each version at the end of a path of edges with these ``roles`` and one
    more. A table that is made from thousands of releases rests on a few dozen versions, which are found without them.
    """
    path = [aliased(Edge) for _role in roles]
    last = aliased(Edge)
    found = select(last.to_ref).where(path[0].from_ref == ref, is_of(last.to_ref, "version")).distinct()
    for step, role in zip(path, roles, strict=True):
        found = found.where(step.role == role)
    for lower, upper in zip([*path[1:], last], path, strict=True):
        found = found.where(lower.from_ref == upper.to_ref)
    for version in session.scalars(found).all():
        link(session, ref, version, BY_WAY_OF, now)


def edges_from(session: Session, *refs: str) -> list[Edge]:
    """What these references rest on."""
    found = select(Edge).where(Edge.from_ref.in_(refs), Edge.role != BY_WAY_OF)
    return list(session.scalars(found.order_by(Edge.role, Edge.to_ref)))


def edges_to(session: Session, *refs: str) -> list[Edge]:
    """What rests on these references."""
    found = select(Edge).where(Edge.to_ref.in_(refs), Edge.role != BY_WAY_OF)
    return list(session.scalars(found.order_by(Edge.role, Edge.from_ref)))


def downwards(session: Session, ref: str) -> list[Step]:
    """Everything that ``ref`` rests on, nearest first; one statement per level."""
    return _walk([ref], lambda refs: [(edge.to_ref, edge.role, edge.from_ref) for edge in edges_from(session, *refs)])


def upwards(session: Session, *refs: str) -> list[Step]:
    """Everything that rests on any of ``refs``, nearest first: the impact of a change."""
    return _walk(refs, lambda refs: [(edge.from_ref, edge.role, edge.to_ref) for edge in edges_to(session, *refs)])


def describe(session: Session, actor: Actor, refs: Iterable[str]) -> dict[str, Described]:
    """Labels and links for those of ``refs`` that ``actor`` may know of, a bounded number of statements per kind."""
    by_prefix: dict[str, list[str]] = {}
    for ref in dict.fromkeys(refs):
        prefix, _, identifier = ref.partition(":")
        by_prefix.setdefault(prefix, []).append(identifier)
    described: dict[str, Described] = {}
    for prefix, identifiers in by_prefix.items():
        resolver: Resolver | None = current_app.extensions["registry"].resolvers.get(prefix)
        if resolver:
            found = resolver(session, actor, identifiers)
            described |= {
                f"{prefix}:{identifier}": found[identifier] for identifier in identifiers if identifier in found
            }
    return described


def _walk(starts: Sequence[str], neighbours: Callable[[list[str]], list[tuple[str, str, str]]]) -> list[Step]:
    seen, frontier, steps, depth = set(starts), list(starts), [], 0
    while frontier:
        depth += 1
        reached: list[str] = []
        for ref, role, via in neighbours(frontier):
            if ref not in seen:
                seen.add(ref)
                reached.append(ref)
                steps.append(Step(ref, role, via, depth))
        frontier = reached
    return steps
