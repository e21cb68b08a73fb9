"""The concepts of an edition that a diagram shows: so many steps around one. Bounded queries, as for our own concepts
(`termbank.diagrams.drawn_concepts`)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select, union_all
from sqlalchemy.orm import Session

from registry.findings import Language
from termbank.bank.search.words import joints_in
from termbank.diagrams.drawn_concepts import MOST
from termbank.diagrams.graph import Edge
from termbank.editions.rows import DEFINITION
from termbank.editions.tables import EditionRelation, EditionResource, EditionText
from termbank.editions.triples import DOWNWARDS, RELATED, UPWARDS
from termbank.notions import HIERARCHICAL, RelationKind

DRAWN = (*UPWARDS, *DOWNWARDS, RELATED)
MOST_LINES = 2_000
"""Relations between the concepts of one diagram."""


@dataclass(frozen=True, slots=True)
class DrawnResources:
    """Concepts of a file, the nearest first, with the relations between them. Ends of edges are their numbers as texts."""

    resources: Sequence[EditionResource]
    edges: tuple[Edge, ...]
    definitions: dict[int, str]
    """By number, in the reader's language where there is one."""
    joints: Mapping[str, Sequence[int]]
    """Where the parts of the wide words of their names meet."""
    is_cut: bool
    """Whether there are more within the steps than `MOST`."""


def around(session: Session, one: EditionResource, steps: int, language: Language, most: int = MOST) -> DrawnResources:
    """A concept and those that so many relations lead to: broader ones first, then narrower and associated ones by name.

    A statement for each step, and four more.
    """
    found, frontier, is_cut = [one.number], [one.number], False
    for _step in range(steps):
        room = most - len(found)
        reached = session.scalars(_next(one.file_id, frontier, found, language).limit(room + 1)).all()
        is_cut = len(reached) > room
        frontier = list(reached[:room])
        found += frontier
        if is_cut or not frontier:
            break
    rows = session.scalars(
        select(EditionResource).where(EditionResource.file_id == one.file_id, EditionResource.number.in_(found))
    )
    of_number = {row.number: row for row in rows}
    there = [of_number[number] for number in found if number in of_number]
    return DrawnResources(
        there,
        _edges(session, one.file_id, found),
        _definitions(session, one.file_id, found, language),
        joints_in(session, [row.name_sv if language == "sv" else row.name_en for row in there]),
        is_cut,
    )


def _next(file_id: int, frontier: Sequence[int], found: Sequence[int], language: Language) -> Select[int]:
    """The resources that drawn relations lead to from some, whichever of the two states it, and that are not found yet."""
    is_drawn = and_(EditionRelation.file_id == file_id, EditionRelation.kind.in_(DRAWN))

    def place(upwards: Iterable[str], downwards: Iterable[str]) -> Any:
        kind = EditionRelation.kind
        return case((kind.in_(list(upwards)), 0), (kind.in_(list(downwards)), 1), else_=2).label("place")

    ends = union_all(
        select(EditionRelation.target.label("number"), place(UPWARDS, DOWNWARDS)).where(
            is_drawn, EditionRelation.resource.in_(frontier)
        ),
        select(EditionRelation.resource.label("number"), place(DOWNWARDS, UPWARDS)).where(
            is_drawn, EditionRelation.target.in_(frontier)
        ),
    ).subquery()
    nearest = (
        select(ends.c.number, func.min(ends.c.place).label("place"))
        .where(ends.c.number.not_in(found))
        .group_by(ends.c.number)
        .subquery()
    )
    name = EditionResource.sort_sv if language == "sv" else EditionResource.sort_en
    return (
        select(nearest.c.number)
        .join(EditionResource, and_(EditionResource.file_id == file_id, EditionResource.number == nearest.c.number))
        .order_by(nearest.c.place, name, nearest.c.number)
    )


def _edges(session: Session, file_id: int, numbers: Sequence[int]) -> tuple[Edge, ...]:
    """The relations among these, each pair by the one that says most."""
    rows = session.scalars(
        select(EditionRelation)
        .where(
            EditionRelation.file_id == file_id,
            EditionRelation.resource.in_(numbers),
            EditionRelation.target.in_(numbers),
            EditionRelation.kind.in_(DRAWN),
        )
        .order_by(EditionRelation.kind, EditionRelation.resource, EditionRelation.number)
        .limit(MOST_LINES)
    )
    found: dict[tuple[int, int], Edge] = {}
    for row in rows:
        if row.resource == row.target:
            continue
        kind, ends = _drawn_as(row.kind), (row.resource, row.target)
        upper, lower = reversed(ends) if row.kind in UPWARDS else ends if row.kind in DOWNWARDS else sorted(ends)
        pair = (min(ends), max(ends))
        if pair not in found or (found[pair].kind is RelationKind.BROADER_UNKNOWN and kind in HIERARCHICAL):
            found[pair] = Edge(kind, str(upper), str(lower))
    return tuple(found.values())


def _drawn_as(kind: str) -> RelationKind:
    """
    >>> _drawn_as("broaderGeneric").value, _drawn_as("narrower").value, _drawn_as("related").value
    ('generic', 'broader_unknown', 'associative')
    """
    if kind == RELATED:
        return RelationKind.ASSOCIATIVE
    if kind.endswith("Generic"):
        return RelationKind.GENERIC
    return RelationKind.PARTITIVE if kind.endswith("Partitive") else RelationKind.BROADER_UNKNOWN


def _definitions(session: Session, file_id: int, numbers: Sequence[int], language: Language) -> dict[int, str]:
    is_spoken = or_(EditionText.language == language, EditionText.language.startswith(f"{language}-"))
    rows = session.execute(
        select(EditionText.resource, EditionText.text)
        .where(
            EditionText.file_id == file_id,
            EditionText.resource.in_(numbers),
            EditionText.kind == DEFINITION,
        )
        .order_by(EditionText.resource, case((is_spoken, 0), else_=1), EditionText.number)
        .limit(MOST_LINES)
    )
    found: dict[int, str] = {}
    for number, text in rows:
        found.setdefault(number, text)
    return found
