"""What takes long with a set: checking the whole of it, and taking an act on a large one.

A small set is checked and acted on while somebody waits; a large one, which only an import makes, by the worker. The set
names the job that works on it, and lets go of it in the transaction of the act: so the act is taken once, however often a
worker dies on the way, and nothing else is begun meanwhile.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry import clock, jobs
from registry.actors import PUBLIC, SYSTEM, Actor
from registry.db import db, reading, transaction
from registry.errors import Forbidden, Invalid, Refused
from registry.finding_texts import FINDINGS
from registry.findings import Finding
from registry.identity import queries as identity
from registry.items.change_sets import examining, queries
from registry.items.change_sets.acts import Publish, SetAct, act_of
from registry.items.change_sets.deciding import Outdated
from registry.items.change_sets.examining import Examination
from registry.items.change_sets.parts import hold_set, parts_of
from registry.items.change_sets.writing import tell
from registry.items.steps import refused
from registry.items.tables import ChangeSet
from registry.jobs import Job, JobRun

EXAMINE, ACT = "items.examine-change-set", "items.act-on-change-set"
ATTEMPTS = 3
"""How often a set is examined for one act, where others change what it rests on meanwhile."""
CHECKING, READYING, WRITING = "checking", "readying", "writing"
"""The stages of the work, as its progress names them."""
Told = Callable[[str, int, int], None]
Take = Callable[[Session, ChangeSet, Examination | None], None]


class Faulty(Invalid):
    """What was found of the set stops the act."""

    def __init__(self, examination: Examination) -> None:
        super().__init__(examination.errors)
        self.examination = examination


def ask(session: Session, now: datetime, change_set: ChangeSet) -> None:
    """Have the set checked by the worker, within the running transaction. Raises `Refused` while it is worked on."""
    _give_to_worker(session, now, change_set, EXAMINE, {})


def take(set_id: str, actor: Actor, act: SetAct, now: datetime | None = None) -> bool:
    """Take the act on the set now, or have the worker take it on a large one; gives whether it is taken. For the edge: no
    transaction may be open.

    Raises what the act raises, and `Refused` while the worker is at the set.
    """
    db.session.rollback()
    change_set = queries.set_for(db.session, actor, set_id)
    if not examining.is_large(queries.count_of(db.session, change_set)):
        _taken(set_id, lambda session, found, given: act.take(session, actor, now or clock.now(), found, given), act)
        return True
    with transaction(bookkeeping=True) as session:
        change_set, now = queries.set_for(session, actor, set_id), now or clock.now()
        act.allowed(session, actor, now, change_set)
        _give_to_worker(session, now, change_set, ACT, {"act": act.as_dict(), "by": actor.person_id})
    return False


def working(session: Session, change_set: ChangeSet) -> Job | None:
    """The job that works on the set now, if any."""
    job = session.get(Job, change_set.work_id) if change_set.work_id else None
    return job if job is not None and job.state in jobs.OPEN else None


def broken_off(session: Session, change_set: ChangeSet) -> Finding | None:
    """Why the worker did not do what it was asked for last, if it did not."""
    if change_set.stopped:
        return Finding.from_dict(change_set.stopped)
    has_failed = change_set.work_id is not None and working(session, change_set) is None
    return FINDINGS.found("SET-016") if has_failed else None


def run(job: JobRun) -> None:
    """Handler of `EXAMINE`: check the set, and keep what was found with it."""
    set_id = str(job.payload["change_set"])
    if not _is_at_work(job, set_id):
        return
    found = _examined(set_id, job.progress)
    with transaction() as session:
        change_set = hold_set(session, session.get_one(ChangeSet, set_id))
        if change_set.work_id == job.id:
            examining.keep(session, change_set, found)
            change_set.work_id = None
            tell(session, SYSTEM, clock.now(), change_set, "ChangeSetChecked", errors=len(found.errors))


def run_act(job: JobRun) -> None:
    """Handler of `ACT`. What stops the act is kept with the set."""
    set_id, act = str(job.payload["change_set"]), act_of(job.payload["act"])
    if not _is_at_work(job, set_id):
        return
    actor = identity.actor_by_id(db.session, str(job.payload["by"])) or PUBLIC

    def acted(session: Session, change_set: ChangeSet, examination: Examination | None) -> None:
        hold_set(session, change_set)
        if change_set.work_id == job.id:
            act.take(session, actor, clock.now(), change_set, examination)
            change_set.work_id = None

    try:
        _taken(set_id, acted, act, job.progress)
    except (Refused, Invalid, Forbidden) as stopped:
        db.session.rollback()
        with transaction(bookkeeping=True) as session:
            change_set = hold_set(session, session.get_one(ChangeSet, set_id))
            if change_set.work_id == job.id:
                if isinstance(stopped, Faulty) and not stopped.examination.is_kept:
                    examining.keep(session, change_set, stopped.examination)
                change_set.work_id, change_set.stopped = None, _why(stopped).as_dict()


def examined(
    session: Session, change_set: ChangeSet, told: Callable[[int, int], None] = lambda *_: None
) -> Examination:
    """The examination of the set as it is now: for a large one that which was kept with it, where nothing that it read has
    changed."""
    if change_set.examination and examining.is_large(queries.count_of(session, change_set)):
        fingerprint = examining.fingerprint_of(session, change_set, parts_of(session, change_set))
        if change_set.examination["fingerprint"] == fingerprint and (found := examining.kept(session, change_set)):
            return found
    return examining.examine(session, change_set, told)


def _taken(set_id: str, take_it: Take, act: SetAct, told: Told = lambda *_: None) -> None:
    """Take an act in a transaction of its own, on an examination where it rests on one; examined anew, where somebody changed
    what was examined in between."""
    for attempt in range(ATTEMPTS):
        db.session.rollback()
        examination = _examined(set_id, told) if act.is_examined else None
        if examination is not None and examination.errors:
            raise Faulty(examination)
        left = _made_ready(set_id, act, told)
        told(WRITING, 0, 0)
        try:
            with transaction() as session:
                take_it(session, session.get_one(ChangeSet, set_id), examination)
                for finish in left:
                    finish(session)
        except Outdated:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            return


def _examined(set_id: str, told: Told) -> Examination:
    """Examine the set in a session of its own, so that how far it has come can be written meanwhile."""
    with reading() as session:
        change_set = session.get_one(ChangeSet, set_id)
        return examined(session, change_set, lambda done, total: told(CHECKING, done, total))


def _made_ready(set_id: str, act: SetAct, told: Told) -> Sequence[Callable[[Session], None]]:
    """What is left for the transaction that publishes a large set, of what its kinds make ready before."""
    if not isinstance(act, Publish):
        return ()
    with reading() as session:
        change_set = session.get_one(ChangeSet, set_id)
        is_large = examining.is_large(queries.count_of(session, change_set))
        kinds = queries.kinds_in(session, change_set) if is_large else []
    return [
        one.ahead(set_id, act.valid_from, lambda done, total: told(READYING, done, total))
        for one in kinds
        if one.ahead is not None
    ]


def _give_to_worker(session: Session, now: datetime, change_set: ChangeSet, kind: str, more: dict[str, Any]) -> None:
    hold_set(session, change_set)
    if working(session, change_set) is not None:
        raise refused("SET-013")
    payload = {"change_set": change_set.id, **more}
    job = jobs.enqueue(session, kind, now=now, payload=payload, organisation_id=change_set.organisation_id)
    change_set.work_id, change_set.stopped = job.id if job else None, None
    session.flush()


def _is_at_work(job: JobRun, set_id: str) -> bool:
    """Whether the set still waits for this job: not where an earlier attempt has done it."""
    with reading() as session:
        change_set = session.get(ChangeSet, set_id)
        return change_set is not None and change_set.work_id == job.id


def _why(stopped: Refused | Invalid | Forbidden) -> Finding:
    if isinstance(stopped, Refused):
        return stopped.finding
    if isinstance(stopped, Invalid):
        return FINDINGS.found("SET-014", {"number": len(stopped.findings)})
    return FINDINGS.found("SET-015")
