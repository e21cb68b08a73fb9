"""The rows of a file as N-Triples again: every triple that was read, a piece at a time."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyoxigraph as ox
from sqlalchemy import and_, select, tuple_
from sqlalchemy.orm import Session, aliased

from termbank.concepts.wordings import tag
from termbank.editions.rows import COLLECTION, CONCEPT, LISTED, ORDERED, SCHEME
from termbank.editions.tables import EditionFile, EditionRelation, EditionResource, EditionStatement, EditionText
from termbank.editions.triples import predicate_of
from termbank.vocabularies.index import RDF_TYPE, SKOS

AT_ONCE = 2_000
_TYPES = {
    CONCEPT: f"{SKOS}Concept",
    COLLECTION: f"{SKOS}Collection",
    ORDERED: f"{SKOS}OrderedCollection",
    SCHEME: f"{SKOS}ConceptScheme",
}


def triples_of(session: Session, file: EditionFile) -> Iterator[str]:
    """Pieces of N-Triples with every triple of the file. Each piece is read for itself, however long the file is."""
    for write in (_types, _texts, _relations, _statements):
        yield from write(session, file.id)


def _types(session: Session, file_id: int) -> Iterator[str]:
    after = -1
    while rows := session.execute(
        select(EditionResource.number, EditionResource.iri, EditionResource.kind)
        .where(EditionResource.file_id == file_id, EditionResource.number > after)
        .order_by(EditionResource.number)
        .limit(AT_ONCE)
    ).all():
        yield "".join(f"{_node(iri)} <{RDF_TYPE}> <{_TYPES[kind]}> .\n" for _, iri, kind in rows if kind in _TYPES)
        after = rows[-1].number


def _texts(session: Session, file_id: int) -> Iterator[str]:
    for rows in _pieces(session, file_id, EditionText, EditionText.kind, EditionText.text, EditionText.language, EditionText.datatype, EditionText.label):  # fmt: skip
        yield "".join(
            f"{_node(iri)} <{predicate_of(kind)}> {_literal(text, language, datatype)} .\n"
            for _r, _n, iri, kind, text, language, datatype, label in rows
            if label is None
        )


def _relations(session: Session, file_id: int) -> Iterator[str]:
    target = aliased(EditionResource)
    query = select(target.iri).where(target.file_id == file_id, target.number == EditionRelation.target)
    for rows in _pieces(session, file_id, EditionRelation, EditionRelation.kind, query.scalar_subquery()):
        yield "".join(
            f"{_node(iri)} <{predicate_of(kind)}> {_node(other)} .\n"
            for _r, _n, iri, kind, other in rows
            if kind != LISTED
        )


def _statements(session: Session, file_id: int) -> Iterator[str]:
    for rows in _pieces(session, file_id, EditionStatement, EditionStatement.predicate, EditionStatement.object):
        yield "".join(f"{_node(iri)} <{predicate}> {said} .\n" for _r, _n, iri, predicate, said in rows)


def _pieces(session: Session, file_id: int, table: type, *columns: object) -> Iterator[Sequence[Any]]:
    """Rows of a table (resource, number, IRI of the resource, columns …), so many at a time, in their order."""
    after = (-1, -1)
    named = and_(EditionResource.file_id == table.file_id, EditionResource.number == table.resource)  # type: ignore[attr-defined]
    place = tuple_(table.resource, table.number)  # type: ignore[attr-defined]
    query = (
        select(table.resource, table.number, EditionResource.iri, *columns)  # type: ignore[attr-defined]
        .join(EditionResource, named)
        .where(table.file_id == file_id)  # type: ignore[attr-defined]
        .order_by(table.resource, table.number)  # type: ignore[attr-defined]
        .limit(AT_ONCE)
    )
    while rows := session.execute(query.where(place > after)).all():
        yield rows
        after = (rows[-1][0], rows[-1][1])


def _node(iri: str) -> str:
    return iri if iri.startswith("_:") else f"<{iri}>"


def _literal(text: str, language: str, datatype: str) -> str:
    """A language tag is written as RFC 5646 does: pyoxigraph reads it in small letters, and not every reader of the file takes
    those for the same.

    >>> _literal('"säng"', "nl-be", "")
    '"\\\\"säng\\\\""@nl-BE'
    """
    if language:
        return f"{ox.Literal(text)}@{tag(language)}"
    return str(ox.Literal(text, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(text))
