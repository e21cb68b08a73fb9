"""A large change set end to end: quick in proportion, and all or nothing however often its worker is killed.

The sizes are small beside what is allowed (20,000), so that the soak stays short: what a change costs, and how long others who write
have to wait, is held in proportion. `tests/benchmarks/large_change_sets.py` measures the whole.
"""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from registry import clock
from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.events import Event, verify
from registry.items.lifecycle import State
from registry.items.tables import ChangeSet, Version
from registry.jobs import Job
from registry.starter import STEWARD
from termbank.bank import indexing
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


def test_a_set_is_published_as_a_whole_however_often_its_worker_is_killed(road, any_app, soak):
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
    for _ in range(int(KILLS * soak)):
        worker = _worker(any_app)
        time.sleep(0.5 + chance.random() * 6)
        worker.kill()
        worker.wait()
        db.session.rollback()
        states = set(db.session.scalars(select(Version.state).where(Version.change_set_id == set_id)))
        assert states in ({State.DECIDED}, {State.PUBLISHED}), states
    _make_due()
    work()
    found = db.session.get_one(ChangeSet, set_id)
    assert (found.state, found.stopped, found.work_id) == (State.PUBLISHED, None, None)
    published = select(func.count()).select_from(Event).where(Event.type == "VersionPublished")
    told = db.session.scalar(published.where(Event.data.contains(set_id)))
    assert told == FEW and verify(db.session).is_intact
    assert _rows() == _rows_made_anew()


def _worker(app) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "work"],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={
            "PATH": "/usr/bin:/bin", "REGISTRY_INSTANCE": str(app.config["INSTANCE"]),
            "REGISTRY_DATABASE_URL": app.config["DATABASE_URL"], "REGISTRY_LOG_LEVEL": "CRITICAL",
        },
    )  # fmt: skip


def _make_due() -> None:
    """The lease of a worker that was killed has run out."""
    with transaction(bookkeeping=True) as session:
        for job in session.scalars(select(Job).where(Job.state == "running")):
            job.leased_until = clock.now().replace(year=2020)


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
