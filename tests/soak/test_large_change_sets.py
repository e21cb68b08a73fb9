"""A large change set end to end: quick in proportion, and all or nothing however often its worker is killed.

The sizes are small beside what is allowed (20,000), so that the soak stays short: what a change costs, and how long others who write
have to wait, is held in proportion. `tests/benchmarks/large_change_sets.py` measures the whole.
"""

import random
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from registry import clock
from registry.actors import SYSTEM, Role
from registry.auditing.chain import verify
from registry.db import db, transaction
from registry.events import Event
from registry.items.change_sets.jobs import READYING, WRITING
from registry.items.lifecycle import State
from registry.items.tables import ChangeSet, Version
from registry.jobs import Job
from registry.starter import STEWARD
from termbank.bank import indexing
from tests.by_hand import by_hand
from tests.factories import starter
from tests.factories.large_sets import Road, vocabulary, work

FEW, MANY = 600, 2_400
"""Changes of two sets, each of which is a large one."""
MOST_TIMES = 1.6
"""A change in the larger set costs at most so many times what it costs in the smaller one, of processor time."""
KILLS = 6
ROOT = Path(__file__).parents[2]


@pytest.fixture
def road(any_app, organisations, actor) -> Road:
    starter.concepts()
    return Road(actor("w", (Role.TERMINOLOGIST, STEWARD)), actor("d", (Role.TERMINOLOGIST, STEWARD)))


def test_a_change_costs_the_same_in_a_larger_set(road):
    costs = []
    for number in (FEW, MANY):
        begun = time.process_time()
        # Each set makes other concepts of the same scheme; the second is laid over what the first left.
        road.whole(vocabulary(number, f"påhittat {number}").replace(b"v.example", f"v{number}.example".encode()))
        costs.append((time.process_time() - begun) / number)
    assert costs[1] < costs[0] * MOST_TIMES, costs


def test_a_set_is_published_as_a_whole_however_often_its_worker_is_killed(road, any_app):
    chance = random.Random(20261130)
    import_id = road.read(vocabulary(FEW))
    work()
    road.make(import_id)
    work()
    set_id = road.set_of(import_id)
    for step in (road.submit, road.decide):
        step(set_id)
        work()
    road.publish(set_id)
    for attempt in range(1, KILLS + 1):
        worker = _worker(any_app)
        _wait_until_begun(set_id, attempt)
        time.sleep(chance.random() * 1.5)
        worker.kill()
        worker.wait()
        db.session.rollback()
        states = set(db.session.scalars(select(Version.state).where(Version.change_set_id == set_id)))
        assert states in ({State.DECIDED}, {State.PUBLISHED}), states
        _let_lease_run_out()
    work()
    found = db.session.get_one(ChangeSet, set_id)
    assert (found.state, found.stopped, found.work_id) == (State.PUBLISHED, None, None)
    told = [event.type for event in db.session.scalars(select(Event)) if event.data.get("change_set") == set_id]
    assert told.count("VersionPublished") == FEW and told.count("ChangeSetPublished") == 1
    assert verify(db.session).is_intact
    assert _rows() == _rows_made_anew()


WORKER = """
import wsgi
from registry import jobs
with wsgi.create_app().app_context():
    jobs.work(should_stop=lambda: False)
"""


def _worker(app) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={
            "PATH": "/usr/bin:/bin", "REGISTRY_INSTANCE": str(app.config["INSTANCE"]),
            "REGISTRY_DATABASE_URL": app.config["DATABASE_URL"], "REGISTRY_LOG_LEVEL": "CRITICAL",
        },
    )  # fmt: skip


def _wait_until_begun(set_id: str, attempt: int) -> None:
    """Until the worker is past the check, or the set is published."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        db.session.rollback()
        found = db.session.get_one(ChangeSet, set_id)
        job = db.session.get(Job, found.work_id) if found.work_id else None
        if job is None or (job.attempt >= attempt and (job.progress or {}).get("stage") in (READYING, WRITING)):
            return
        time.sleep(0.05)
    pytest.fail("no worker began")


def _let_lease_run_out() -> None:
    with by_hand() as session:
        for job in session.scalars(select(Job).where(Job.state == "running")):
            job.leased_until, job.progress = clock.now() - timedelta(minutes=1), None


def _rows() -> list[str]:
    db.session.rollback()
    return sorted(
        repr(row)
        for table in (*indexing.PROJECTIONS, *indexing.WORDS)
        for row in db.session.execute(select(*(one for one in table.__table__.columns if one.name != "id")))
    )


def _rows_made_anew() -> list[str]:
    with transaction() as session:
        indexing.rebuild(session, SYSTEM, clock.now())
    return _rows()
