"""Files that are imported into a scheme: kept as they were sent in, told of, and made into a change set.

What takes long is done by the worker, a small file while its sender waits. An import names the job that is at it, and lets go
of it in the transaction that writes what the job came to: so a change set is made once, however often a worker dies on the
way, and all of it or nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from registry import clock, jobs, storage
from registry.actors import PUBLIC, Actor, Role
from registry.content import canonical as canonical_content
from registry.db import db, reading, transaction
from registry.errors import Forbidden, Invalid, Refused
from registry.findings import Finding, Text
from registry.identity import queries as identity
from registry.items.change_sets.examining import AT_MOST
from registry.items.steps import require_fit_text
from registry.items.tables import Item
from registry.jobs import JobRun
from registry.locks import holding
from registry.storage import Retention
from termbank.bank.queries import published_schemes
from termbank.concepts.wordings import CONTROLS
from termbank.exchange.planning import Fate, Plan, Planned
from termbank.exchange.telling import as_account
from termbank.file_texts.searching import SearchedFile, record_answer
from termbank.finding_texts.all import FINDINGS
from termbank.imports import importing
from termbank.imports.tables import ConceptImport, ImportRow, Stage

TELL, MAKE, SWEEP = "termbank.tell-import", "termbank.make-import", "termbank.sweep-imports"
OBJECTS = "import"
MEDIA_TYPE = "application/octet-stream"
WHILE_ONE_WAITS = 200_000
"""Bytes of a file that is read while its sender waits."""
LEFT_ALONE = timedelta(days=30)
"""So long a file is kept."""
ROWS_AT_ONCE = 2_000
"""Rows that are written in one transaction."""
CHANGES_KEPT, SAID_OF_NEW, FINDINGS_KEPT = 20, 6, 10
"""Of each concept so much is told; that there is more is told too."""
READING, COMPARING, WRITING = "reading", "comparing", "writing"
"""The stages of the work, as its progress names them."""
Told = Callable[[str, int, int], None]


def receive(
    session: Session, actor: Actor, now: datetime, *, scheme: Item, file: SearchedFile, is_whole: bool
) -> ConceptImport:
    """Keep a file that was sent in; have the worker read it, unless it is small. Raises `Forbidden` for one who writes no
    concepts for the scheme's organisation."""
    actor.require(Role.TERMINOLOGIST, organisation_id=scheme.organisation_id, is_known=True)
    key = storage.put(
        session, scheme.organisation_id, OBJECTS, file.data, media_type=MEDIA_TYPE, retention=Retention.DRAFT, now=now
    )
    made = ConceptImport(
        organisation_id=scheme.organisation_id, item_id=scheme.id, name=CONTROLS.sub("", file.name)[-200:], size=len(file.data),
        object_key=key, is_whole=is_whole, stage=Stage.READING, sent_by=actor.person_id, sent_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record_answer(session, actor, scheme.organisation_id, file)
    if len(file.data) > WHILE_ONE_WAITS:
        _give_to_worker(session, now, made, TELL)
    return made


def ask_to_make(session: Session, actor: Actor, now: datetime, one: ConceptImport, *, title: str, seen: str) -> bool:
    """Make the change set that was told of, or have the worker make a large one; gives whether it is made.

    Raises `Refused` where something else was told, where there is nothing to do or too much, or while the worker is at it.
    """
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    held = _hold(session, one.id)
    to_do = (held.told or {}).get("to_do", 0)
    if held.stage != Stage.TOLD or seen != held.fingerprint:
        raise Refused(FINDINGS.found("IMPORT-026"))
    importing.require_doable(to_do)
    require_fit_text(actor, title)
    held.title, held.stopped = title, None
    if to_do > AT_MOST:
        held.stage = Stage.MAKING
        _give_to_worker(session, now, held, MAKE, by=actor.person_id)
        return False
    return True


def tell(import_id: str, work_id: str | None = None, told: Told = lambda *_: None) -> Finding | None:
    """Read the file, and write what would become of each concept; gives why it cannot be read, if so. For the edge: no
    transaction may be open."""
    with reading() as session:
        one = session.get(ConceptImport, import_id)
        if one is None or one.work_id != work_id or one.stage != Stage.READING:
            return None
        plan = _plan(session, one, told)
        titles = importing.titles(session)
    if not _write_rows(import_id, work_id, list(_rows(import_id, plan, titles)), told):
        return None
    with transaction(bookkeeping=True) as session:
        held = _hold(session, import_id)
        if held.work_id != work_id or held.stage != Stage.READING:
            return None
        held.work_id, held.told_at = None, clock.now()
        if plan.unreadable is not None:
            held.stage, held.stopped = Stage.FAILED, plan.unreadable.as_dict()
        else:
            held.stage, held.fingerprint, held.told = Stage.TOLD, fingerprint(plan), _summed(plan)
    return plan.unreadable


def make(import_id: str, actor: Actor, work_id: str | None = None, told: Told = lambda *_: None) -> str | None:
    """Make the change set of what was told, and give its id; ``None`` where something else would be done now, which is told
    anew. For the edge: no transaction may be open. Raises `Refused`, `Invalid` and `Forbidden`."""
    with reading() as session:
        one = session.get_one(ConceptImport, import_id)
        if one.work_id != work_id or one.change_set_id is not None:
            return one.change_set_id
        plan = _plan(session, one, told)
        is_as_told, owner, title = fingerprint(plan) == one.fingerprint, one.organisation_id, one.title
        done = importing.prepare(session, actor, plan, organisation_id=owner) if is_as_told else None
    if done is None:
        _tell_anew(import_id, work_id)
        return None
    told(WRITING, 0, len(done))
    with transaction() as session:
        held = _hold(session, import_id)
        if held.work_id != work_id or held.change_set_id is not None:
            return held.change_set_id
        made = importing.make_change_set(session, actor, clock.now(), done, organisation_id=owner, title=title)
        held.stage, held.work_id, held.change_set_id, held.stopped = Stage.MADE, None, made.id, None
        session.flush()
        return made.id


def run_telling(job: JobRun) -> None:
    """Handler of `TELL`."""
    tell(str(job.payload["import"]), job.id, job.progress)


def run_making(job: JobRun) -> None:
    """Handler of `MAKE`. What stops it is kept with the import."""
    import_id = str(job.payload["import"])
    actor = identity.actor_by_id(db.session, str(job.payload["by"])) or PUBLIC
    try:
        make(import_id, actor, job.id, job.progress)
    except (Refused, Invalid, Forbidden) as stopped:
        db.session.rollback()
        with transaction(bookkeeping=True) as session:
            held = _hold(session, import_id)
            if held.work_id == job.id:
                held.stage, held.work_id, held.stopped = Stage.TOLD, None, _why(stopped).as_dict()


def run_sweeping(job: JobRun) -> None:
    """Handler of `SWEEP`, once a day: what was sent in long ago is taken away. A change set that came of it stays."""
    old = select(ConceptImport.id).where(ConceptImport.sent_at < job.now - LEFT_ALONE)
    for import_id in list(db.session.scalars(old)):
        discard(import_id)


def discard(import_id: str) -> None:
    """Take an import and its file away. For the edge: no transaction may be open."""
    with transaction(bookkeeping=True) as session:
        held = _hold(session, import_id)
        session.execute(delete(ImportRow).where(ImportRow.import_id == import_id))
        key = held.object_key
        session.delete(held)
        session.flush()
        is_gone = storage.remove(session, key)
    if is_gone:
        storage.erase_removed(key)


def fingerprint(plan: Plan) -> str:
    """A hash of everything that a plan would do."""
    told = [
        [one.fate.value, one.name, one.item, one.before.as_content() if one.before else None, one.after.as_content() if one.after else None]
        for one in plan.concepts
    ]  # fmt: skip
    return canonical_content.content_hash(canonical_content.canonical({"plan": told}))


def _plan(session: Session, one: ConceptImport, told: Told) -> Plan:
    told(READING, 0, 0)
    base = str(current_app.config["BASE_ADDRESS"])
    scheme = next(each for each in published_schemes.schemes(session) if each.item == one.item_id)
    read = importing.read(session, storage.read(session, one.object_key), one.name, base)
    told(COMPARING, 0, len(read.records))
    sender = identity.actor_by_id(session, one.sent_by) or PUBLIC
    return importing.plan(session, sender, read, scheme, base, cited=one.name, at=one.sent_at, whole=one.is_whole)


def _tell_anew(import_id: str, work_id: str | None) -> None:
    with transaction(bookkeeping=True) as session:
        held = _hold(session, import_id)
        if held.work_id == work_id:
            held.stage, held.work_id = Stage.READING, None
    tell(import_id)
    with transaction(bookkeeping=True) as session:
        held = _hold(session, import_id)
        held.stopped = held.stopped or FINDINGS.found("IMPORT-026").as_dict()


def _write_rows(import_id: str, work_id: str | None, rows: Sequence[dict[str, Any]], told: Told) -> bool:
    """Write what is told of each concept, some at a time, so that others can write in between: nobody reads it before the stage
    says that it is there. Gives whether the import still waits for this work."""
    for start in range(0, max(len(rows), 1), ROWS_AT_ONCE):
        told(WRITING, start, len(rows))
        with transaction(bookkeeping=True) as session:
            held = _hold(session, import_id)
            if held.work_id != work_id or held.stage != Stage.READING:
                return False
            if not start:
                session.execute(delete(ImportRow).where(ImportRow.import_id == import_id))
            if some := rows[start : start + ROWS_AT_ONCE]:
                session.execute(insert(ImportRow), some)
    return True


def _rows(import_id: str, plan: Plan, titles: dict[str, str]) -> Iterator[dict[str, Any]]:
    for number, one in enumerate(plan.concepts):
        yield {
            "import_id": import_id,
            "number": number,
            "fate": one.fate.value,
            "title_sv": one.title.sv,
            "title_en": one.title.en,
            "told": _told_of(one, titles),
        }


def _told_of(one: Planned, titles: dict[str, str]) -> dict[str, Any]:
    changes = one.changes(titles) if one.fate in (Fate.CHANGED, Fate.NEW) else []
    shown = changes[: SAID_OF_NEW if one.fate is Fate.NEW else CHANGES_KEPT]
    return {
        "name": one.name,
        "row": one.row,
        "item": one.item,
        "changes": [[each.label.as_dict(), _stored(each.before), _stored(each.after)] for each in shown],
        "more_changes": len(changes) - len(shown) if one.fate is Fate.CHANGED else 0,
        "findings": [each.as_dict() for each in one.findings[:FINDINGS_KEPT]],
        "more_findings": max(0, len(one.findings) - FINDINGS_KEPT),
    }


def _summed(plan: Plan) -> dict[str, Any]:
    return {
        "counts": {fate.value: number for fate, number in plan.counts.items()},
        "to_do": len(plan.to_do),
        "account": as_account(plan.account),
        "findings": [one.as_dict() for one in plan.findings],
    }


def _hold(session: Session, import_id: str) -> ConceptImport:
    return session.scalars(holding(select(ConceptImport).where(ConceptImport.id == import_id))).one()


def _give_to_worker(session: Session, now: datetime, one: ConceptImport, kind: str, **more: str | None) -> None:
    payload = {"import": one.id, **more}
    job = jobs.enqueue(session, kind, now=now, payload=payload, organisation_id=one.organisation_id)
    one.work_id = job.id if job else None
    session.flush()


def _why(stopped: Refused | Invalid | Forbidden) -> Finding:
    if isinstance(stopped, Refused):
        return stopped.finding
    if isinstance(stopped, Invalid):
        return stopped.findings[0]
    return FINDINGS.found("IMPORT-040")


def _stored(text: Text | str) -> dict[str, str] | str:
    return text.as_dict() if isinstance(text, Text) else text
