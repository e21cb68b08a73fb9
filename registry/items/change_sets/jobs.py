"""The worker checks a set that is too large to be checked while somebody waits."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from registry import jobs
from registry.actors import SYSTEM
from registry.db import db, reading, transaction
from registry.items.change_sets import examining, queries
from registry.items.change_sets.deciding import Outdated
from registry.items.change_sets.examining import Examination
from registry.items.change_sets.writing import hold_set, tell
from registry.items.steps import refused
from registry.items.tables import ChangeSet
from registry.jobs import JobRun

EXAMINE = "items.examine-change-set"
ATTEMPTS = 3
"""How often a set is examined for one act, where others change what it rests on meanwhile."""


def ask(session: Session, now: datetime, change_set: ChangeSet) -> None:
    """Have the set checked, within the running transaction."""
    jobs.enqueue(
        session, EXAMINE, now=now, payload={"change_set": change_set.id}, organisation_id=change_set.organisation_id
    )


def run(job: JobRun) -> None:
    """Check the set, and keep what was found with it."""
    set_id = str(job.payload["change_set"])
    with reading() as session:
        change_set = session.get(ChangeSet, set_id)
        if change_set is None or not change_set.is_open:
            return
        found = examining.examine(session, change_set)
    with transaction() as session:
        change_set = hold_set(session, session.get_one(ChangeSet, set_id))
        change_set.examination = found.as_dict()
        tell(session, SYSTEM, job.now, change_set, "ChangeSetChecked", errors=len(found.errors))


def once_examined(set_id: str, act: Callable[[Session, ChangeSet, Examination], None]) -> None:
    """Examine the set, and take the act that rests on it in a transaction of its own; again, where somebody changed what was
    examined in between. For the edge: no transaction may be open."""
    for attempt in range(ATTEMPTS):
        db.session.rollback()
        examination = examined(db.session, db.session.get_one(ChangeSet, set_id))
        try:
            with transaction() as session:
                act(session, session.get_one(ChangeSet, set_id), examination)
        except Outdated:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            return


def examined(session: Session, change_set: ChangeSet) -> Examination:
    """The examination that an act on the set rests on: made now, or for a large set, by the worker.

    Raises `Refused` where the worker has not checked the set as it is now.
    """
    members = queries.members_of(session, change_set)
    if not examining.is_large(members):
        return examining.examine(session, change_set)
    found = examining.kept(change_set)
    if found is None or found.fingerprint != examining.fingerprint_of(session, members):
        raise refused("SET-010")
    return found
