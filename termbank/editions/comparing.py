"""What is new, changed and gone between two editions of a vocabulary, concept by concept, by their IRIs.

A concept is changed where the file says anything else of it. Concepts without an IRI cannot be told from each other, and are
left out.
"""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from registry.findings import Language
from registry.paging import Page, page_of
from termbank.editions.queries import sort_of
from termbank.editions.rows import CONCEPT
from termbank.editions.tables import EditionFile, EditionResource


class Difference(StrEnum):
    """What has become of a concept."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


def counts(session: Session, before: EditionFile, after: EditionFile) -> Mapping[Difference, int]:
    """How many concepts are new, changed and gone."""
    return {
        one: session.scalar(
            _selected(before, after, one).with_only_columns(func.count(), maintain_column_froms=True)
        ) or 0
        for one in Difference
    }  # fmt: skip


def page(session: Session, before: EditionFile, after: EditionFile, difference: Difference, language: Language, number: int) -> Page[EditionResource]:  # fmt: skip
    """A page of the concepts that are new, changed (as they are now) or gone (as they were), by name."""
    query = _selected(before, after, difference)
    return page_of(session, query.order_by(sort_of(language), EditionResource.number), number)


def _selected(before: EditionFile, after: EditionFile, difference: Difference) -> Select[EditionResource]:
    shown, looked_for = (before, after) if difference is Difference.GONE else (after, before)
    other = aliased(EditionResource)
    same = and_(other.iri == EditionResource.iri, other.file_id == looked_for.id, other.kind == CONCEPT)
    query = select(EditionResource).where(
        EditionResource.file_id == shown.id,
        EditionResource.kind == CONCEPT,
        ~EditionResource.iri.startswith("_:", autoescape=True),
    )
    if difference is Difference.CHANGED:
        return query.where(exists().where(same, other.digest != EditionResource.digest))
    return query.where(~exists().where(same))
