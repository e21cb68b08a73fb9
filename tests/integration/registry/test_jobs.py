"""The job table is the queue: nothing asked for is lost, nothing runs that was rolled back."""

from datetime import timedelta

import pytest

from registry import clock, events, jobs
from registry.db import db, transaction
from registry.identity.actors import SYSTEM
from registry.jobs import Job
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
    with transaction(bookkeeping=True) as session:
        job = session.get_one(Job, identifier)
        job.state, job.attempt, job.leased_until = "running", 1, clock.now() + timedelta(minutes=1)
    assert jobs.drain() == 0
    with transaction(bookkeeping=True) as session:
        session.get_one(Job, identifier).leased_until = clock.now() - timedelta(seconds=1)
    assert jobs.drain() == 1
    assert ran == [{"n": 2}]


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
        with transaction(bookkeeping=True) as session:
            session.get_one(Job, identifier).due_at = NOW
        jobs.drain()
    assert db.session.get_one(Job, identifier).state == "failed"
