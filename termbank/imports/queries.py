"""Reading imports: who sees which, and what was told of a file."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import jobs
from registry.actors import Actor, Role
from registry.errors import NotFound
from registry.findings import Finding
from registry.items.tables import Item
from registry.jobs import Job
from registry.paging import Page, page_of
from termbank.exchange.planning import Fate
from termbank.finding_texts.all import FINDINGS
from termbank.imports.tables import ConceptImport, ImportRow, Stage

SHOWN = 50
"""Concepts on a page of what is told."""
MOST_LISTED = 10


def import_for(session: Session, actor: Actor, item: Item, import_id: str) -> ConceptImport:
    """A file that was sent in to be imported into the scheme, for a terminologist of its organisation. Raises `NotFound`."""
    one = session.get(ConceptImport, import_id)
    if (
        one is None
        or one.item_id != item.id
        or not actor.has_role(Role.TERMINOLOGIST, organisation_id=one.organisation_id)
    ):
        raise NotFound("import")
    return one


def newest(session: Session, item: Item) -> list[ConceptImport]:
    """The files that were sent in for the scheme last."""
    query = select(ConceptImport).where(ConceptImport.item_id == item.id)
    return list(session.scalars(query.order_by(ConceptImport.sent_at.desc(), ConceptImport.id).limit(MOST_LISTED)))


def page_of_fate(session: Session, one: ConceptImport, fate: Fate, number: int) -> Page[ImportRow]:
    """Concepts that the same would become of, in the order of the file."""
    rows = select(ImportRow).where(ImportRow.import_id == one.id, ImportRow.fate == fate.value)
    return page_of(session, rows.order_by(ImportRow.number), number, SHOWN)


def working(session: Session, one: ConceptImport) -> Job | None:
    """The job that is at it now, if any."""
    job = session.get(Job, one.work_id) if one.work_id else None
    return job if job is not None and job.state in jobs.OPEN else None


def stopped(session: Session, one: ConceptImport) -> Finding | None:
    """Why nothing came of it, if so."""
    if one.stopped:
        return Finding.from_dict(one.stopped)
    is_left = one.stage in (Stage.READING, Stage.MAKING) and working(session, one) is None
    return FINDINGS.found("IMPORT-041") if is_left else None
