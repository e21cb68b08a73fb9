"""The job table is the queue: nothing asked for is lost, nothing runs that was rolled back."""

from datetime import timedelta
from threading import Event, Thread
from time import sleep

import pytest

from registry import clock, events, jobs
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.jobs import Job
from tests.by_hand import by_hand
from tests.conftest import NOW


@pytest.fixture
def ran(any_app):
    """Payloads that the handler of ``sample`` was given; the payload ``{"fail": 1}`` makes it fail."""
    seen = []

    def handler(run):
        seen.append(dict(run.payload))
        if run.payload.get("fail"):
            raise ValueError("as asked")

    any_app.extensions["registry"].job_handlers["sample"] = handler
    yield seen
    del any_app.extensions["registry"].job_handlers["sample"]


def _ask(**payload):
    with transaction() as session:
        events.record(session, "Asked", actor=SYSTEM, now=NOW, subject="item:1")
        job = jobs.enqueue(session, "sample", now=NOW, payload=payload, unique_key=payload.get("key"))
        return job.id if job else None


def test_a_job_runs_once_and_is_done(ran):
    identifier = _ask(n=1)
    assert jobs.drain() == 1
    assert jobs.drain() == 0
    assert ran == [{"n": 1}]
    assert db.session.get_one(Job, identifier).state == "done"


def test_a_job_asked_for_in_a_transaction_that_fails_does_not_exist(ran):
    with pytest.raises(LookupError), transaction() as session:
        jobs.enqueue(session, "sample", now=NOW, payload={})
        raise LookupError
    assert jobs.drain() == 0


def test_the_same_key_asks_once(ran):
    assert _ask(key="a") and _ask(key="a") is None
    assert jobs.drain() == 1


def test_a_job_whose_worker_died_is_taken_again_when_its_lease_has_run_out(ran):
    identifier = _ask(n=2)
    with by_hand() as session:
        job = session.get_one(Job, identifier)
        job.state, job.attempt, job.leased_until = "running", 1, clock.now() + timedelta(minutes=1)
    assert jobs.drain() == 0
    with by_hand() as session:
        session.get_one(Job, identifier).leased_until = clock.now() - timedelta(seconds=1)
    assert jobs.drain() == 1
    assert ran == [{"n": 2}]


def test_a_job_that_takes_longer_than_its_lease_is_left_to_its_worker_as_long_as_that_lives(any_app, ran, monkeypatch):
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=1))
    monkeypatch.setattr(jobs, "HEARTBEAT", 0.1)
    begun, tried, taken = Event(), Event(), []

    def handler(run):
        begun.set()
        assert tried.wait(60)

    def leased_until():
        db.session.rollback()
        return db.session.get_one(Job, identifier).leased_until

    def another_worker():
        with any_app.app_context():
            begun.wait(60)
            first = leased_until()
            while clock.now() <= first or leased_until() == first:
                sleep(0.05)
            taken.append(jobs.run_next())
            tried.set()

    any_app.extensions["registry"].job_handlers["sample"] = handler
    identifier = _ask(n=3)
    other = Thread(target=another_worker)
    other.start()
    assert jobs.run_next()
    other.join()
    assert taken == [False]
    db.session.rollback()
    job = db.session.get_one(Job, identifier)
    assert (job.state, job.attempt) == ("done", 1)


def test_a_worker_that_lost_its_job_does_not_end_it_for_the_one_that_took_it(any_app, ran):
    """It was stopped, or its machine slept, until its lease ran out; when it goes on, the job is another's."""
    identifier = _ask(n=4)

    def take_over(run):
        with by_hand() as session:
            session.get_one(Job, identifier).attempt += 1
        run.progress("rows", 1, 2)
        if run.attempt == 1:
            raise ValueError("too late to matter")

    any_app.extensions["registry"].job_handlers["sample"] = take_over
    assert jobs.run_next()
    db.session.rollback()
    job = db.session.get_one(Job, identifier)
    assert (job.state, job.attempt, job.progress, job.error) == ("running", 2, None, None)
    assert job.leased_until > clock.now()


def test_a_dead_workers_job_waits_less_than_a_minute(ran):
    identifier = _ask(n=5)
    assert jobs._lease()
    job = db.session.get_one(Job, identifier)
    assert timedelta(seconds=3 * jobs.HEARTBEAT) < job.leased_until - clock.now() < timedelta(minutes=1)


def test_a_job_that_every_worker_dies_of_is_set_aside(ran):
    identifier = _ask(n=6)
    for _ in range(jobs.ATTEMPTS):
        assert jobs._lease()
        with by_hand() as session:
            session.get_one(Job, identifier).leased_until = clock.now() - timedelta(seconds=1)
    assert jobs.drain() == 0
    job = db.session.get_one(Job, identifier)
    assert (job.state, job.error) == ("failed", jobs.DIED)
    assert ran == []


def test_a_failing_job_waits_longer_each_time_and_says_why(ran):
    identifier = _ask(fail=1)
    assert jobs.drain() == 1
    job = db.session.get_one(Job, identifier)
    assert (job.state, job.attempt) == ("waiting", 1)
    assert job.due_at > clock.now()
    assert job.error == "ValueError: as asked"


def test_a_job_that_keeps_failing_is_set_aside(ran):
    identifier = _ask(fail=1)
    for _ in range(jobs.ATTEMPTS):
        with by_hand() as session:
            session.get_one(Job, identifier).due_at = NOW
        jobs.drain()
    assert db.session.get_one(Job, identifier).state == "failed"
