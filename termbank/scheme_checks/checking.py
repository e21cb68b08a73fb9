"""Checking a whole scheme, which takes longer than anybody waits: asked for, done by the worker, and kept with its date.

What is checked is what is published: the same as ``termbank check`` checks, and every finding is kept.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from registry import clock, events, jobs
from registry.actors import SYSTEM, Actor, Role
from registry.db import reading, transaction
from registry.findings import Finding
from registry.items.tables import Item
from registry.jobs import Job, JobRun
from registry.locks import holding
from registry.paging import Page, page_of
from termbank.bank.queries import exports, published_schemes, term_banks
from termbank.concepts.schemes import Scheme
from termbank.exchange import skos
from termbank.finding_texts.all import FINDINGS
from termbank.scheme_checks.tables import SchemeCheck, SchemeCheckFinding
from termbank.vocabularies.examining import Examination, examined_triples
from termbank.vocabularies.graphs import triples_in

CHECK = "termbank.check-scheme"
EVERYTHING = 10**9
SHOWN = 50
"""Findings on a page."""
READING, CHECKING, WRITING = "reading", "checking", "writing"
"""The stages of the work, as its progress names them."""


def ask(session: Session, actor: Actor, now: datetime, scheme: Item) -> SchemeCheck:
    """Have the scheme checked, unless it is being checked. Raises `Forbidden` for whoever does not write it."""
    actor.require(Role.TERMINOLOGIST, organisation_id=scheme.organisation_id, is_known=True)
    check = session.scalar(holding(select(SchemeCheck).where(SchemeCheck.item_id == scheme.id)))
    if check is not None and working(session, check) is not None:
        return check
    if check is None:
        check = SchemeCheck(
            item_id=scheme.id, organisation_id=scheme.organisation_id, asked_by=actor.person_id, asked_at=now
        )
        session.add(check)
    check.asked_by, check.asked_at = str(actor.person_id), now
    payload = {"scheme": scheme.id}
    job = jobs.enqueue(session, CHECK, now=now, payload=payload, organisation_id=scheme.organisation_id)
    check.work_id = job.id if job else None
    session.flush()
    return check


def examined(session: Session, scheme: Scheme, *, most: int) -> Examination:
    """What the checks of a vocabulary say of the scheme as it is published."""
    base = str(current_app.config["BASE_ADDRESS"])
    exported = exports.export_of(term_banks.term_bank(session, scheme.slug), (), scheme, base)
    return examined_triples(triples_in(skos.graph(exported)), most=most)


def run(job: JobRun) -> None:
    """Handler of `CHECK`. What was found before stays until all of it has been found anew."""
    item_id = str(job.payload["scheme"])
    with reading() as session:
        check = session.get(SchemeCheck, item_id)
        scheme = next((one for one in published_schemes.schemes(session) if one.item == item_id), None)
        if check is None or scheme is None or check.work_id != job.id:
            return
        job.progress(CHECKING, 0, 0)
        found = examined(session, scheme, most=EVERYTHING)
    rows = list(_rows(item_id, found))
    job.progress(WRITING, 0, len(rows))
    with transaction() as session:
        held = session.scalars(holding(select(SchemeCheck).where(SchemeCheck.item_id == item_id))).one()
        if held.work_id != job.id:
            return
        session.execute(delete(SchemeCheckFinding).where(SchemeCheckFinding.item_id == item_id))
        if rows:
            session.execute(insert(SchemeCheckFinding), rows)
        held.counts, held.found = dict(found.counts), [[one.code, one.count] for one in found.outcomes]
        held.work_id, held.checked_at = None, clock.now()
        events.record(
            session, "SchemeChecked", actor=SYSTEM, now=clock.now(), subject=f"item:{item_id}",
            organisation_id=held.organisation_id, data={"item": item_id, "findings": len(rows)},
        )  # fmt: skip


def check_of(session: Session, scheme: Item) -> SchemeCheck | None:
    """The last check of the scheme."""
    return session.get(SchemeCheck, scheme.id)


def working(session: Session, check: SchemeCheck) -> Job | None:
    """The job that checks it now, if any."""
    job = session.get(Job, check.work_id) if check.work_id else None
    return job if job is not None and job.state in jobs.OPEN else None


def broken_off(session: Session, check: SchemeCheck) -> Finding | None:
    """Why there is no newer check though it was asked for, if so."""
    return FINDINGS.found("VOC-120") if check.work_id and working(session, check) is None else None


def page_of_check(session: Session, check: SchemeCheck, code: str, number: int) -> Page[SchemeCheckFinding]:
    """A page of what one check found."""
    rows = select(SchemeCheckFinding).where(
        SchemeCheckFinding.item_id == check.item_id, SchemeCheckFinding.code == code
    )
    return page_of(session, rows.order_by(SchemeCheckFinding.number), number, SHOWN)


def _rows(item_id: str, found: Examination) -> Iterator[dict[str, Any]]:
    number = 0
    for outcome in found.outcomes:
        for finding in outcome.findings:
            yield {"item_id": item_id, "number": number, "code": outcome.code, "finding": finding.as_dict()}
            number += 1
