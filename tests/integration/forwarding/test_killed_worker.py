"""The worker is really killed, at every step of the way from a release to a published figure.

Whatever the step, the next worker finishes the work, and the rows are in the national store exactly once. Part of the
soak; that killed writers of the store lose and double nothing is tried in every run (`test_killed_writers.py`).
"""

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy import func, select, update

from registry import clock
from registry.auditing.chain import verify
from registry.db import db
from registry.events import Event
from registry.jobs import Job
from submission_portal.flows.audiences import Audience
from submission_portal.followup.queries import figure_of, releases_made_from
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.versions import latest_version
from submission_portal.forwarding.jobs import national_store
from submission_portal.forwarding.tables import Release
from tests.by_hand import by_hand
from tests.factories.released_figures import ESTABLISHED_AFTER, established
from tests.shown import as_shown

ROOT = Path(__file__).parents[3]
MODEL, MEASURE = "faststallda-vardplatser-per-sjukhus", "faststallda-vardplatser"
FORWARDING = ("read", "prepared", "opened", "checked", "committed", "marked", "recorded")
PUBLISHING = ("composed", "kept", "published")
STATUS = re.compile(r"-?[0-9]+\n")
pytestmark = pytest.mark.soak


def start_worker(*die_at: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "worker.py"), *die_at],
        cwd=ROOT,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": "/usr/bin:/bin",
            "POLARS_MAX_THREADS": "1",
            "REGISTRY_INSTANCE": str(current_app.config["INSTANCE"]),
            "REGISTRY_DATABASE_URL": current_app.config["DATABASE_URL"],
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def ended(any_app) -> Iterator[Callable[[str], int]]:
    """Let a worker begin that dies where it is told to, and wait: ``ended("read")`` is its exit status."""
    with start_worker() as workers:

        def ended(die_at: str) -> int:
            db.session.rollback()
            workers.stdin.write(f"{die_at}\n")
            workers.stdin.flush()
            while not STATUS.fullmatch(said := workers.stdout.readline()):
                assert said, f"no worker could be started: {workers.wait(30)}"
                print(said, end="")
            return int(said)

        yield ended
        workers.stdin.close()


def let_leases_run_out() -> None:
    """As if five minutes had gone: the job of the dead worker may be taken again."""
    with by_hand() as session:
        moment = clock.now() - timedelta(seconds=1)
        session.execute(update(Job).where(Job.state == "running").values(leased_until=moment))


def test_a_worker_killed_at_every_step_loses_nothing_and_doubles_nothing(any_app, world, ended):
    """One release, and a worker for each step: each gets further than the one before it, and the last one finishes."""
    release = world.release("25", MODEL, established("2018-03-01", ESTABLISHED_AFTER), "2018-03-01").id
    for step in FORWARDING + PUBLISHING:
        assert ended(step) == -signal.SIGKILL, step
        let_leases_run_out()
        assert rows_in_store(release) in (0, 5), step
    assert ended("-") == 0

    db.session.rollback()
    assert db.session.get_one(Release, release).forwarded_at is not None
    assert rows_in_store(release) == 5
    assert {job.state for job in db.session.scalars(select(Job))} == {"done"}
    told = dict(db.session.execute(select(Event.type, func.count()).group_by(Event.type)).all())
    assert (told["DeliveryReleased"], told["ReleaseForwarded"]) == (1, 1)
    assert told["TablePublished"] == 2, "the recipient's and the region's own; the public's waits for a decision"
    kept = db.session.scalars(select(TableVersion.audience).where(TableVersion.measure_slug == MEASURE))
    assert sorted(kept) == sorted(Audience), "one for each audience"
    assert figure_of(as_shown(latest_version(db.session, MEASURE)), "25/2018-03-01").value == 746
    assert verify(db.session).is_intact


def rows_in_store(release: str) -> int:
    store = national_store()
    return store.read(MODEL, [release]).height if (store.root / MODEL / "_delta_log").exists() else 0


def test_two_workers_at_once_share_the_work_without_doubling_it(any_app, world):
    """Both drain the same queue: every release arrives once, and the newest table rests on all of them."""
    releases = [
        world.release("25", MODEL, established(f"2018-03-0{day}", ESTABLISHED_AFTER), f"2018-03-0{day}").id
        for day in range(1, 7)
    ]
    db.session.rollback()
    for workers in (2, 1):
        for worker in [start_worker("-") for _ in range(workers)]:
            said, _ = worker.communicate(timeout=120)
            assert worker.returncode == 0, said
    db.session.rollback()
    assert national_store().read(MODEL, releases).height == 5 * len(releases)
    assert {job.state for job in db.session.scalars(select(Job))} == {"done"}
    table = latest_version(db.session, MEASURE)
    assert set(releases_made_from(db.session, table)) == set(releases)
    is_public = (TableVersion.measure_slug == MEASURE, TableVersion.audience == "public")
    numbers = list(db.session.scalars(select(TableVersion.number).where(*is_public)))
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert verify(db.session).is_intact
