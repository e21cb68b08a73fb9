"""`/health` says that the process lives, whatever else does not; `/health/ready` says what the work lacks, with figures."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

import wsgi
from registry import clock, events, jobs, migrate
from registry.actors import SYSTEM
from registry.db import db, transaction
from tests.by_hand import by_hand
from tests.conftest import NOW


def ready(app):
    answer = app.test_client().get("/health/ready")
    return answer.status_code, {check["name"]: check for check in answer.json["checks"]}


@pytest.fixture
def nothing_is_sent():
    """Fails where a statement reaches the database."""
    sent = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def test_a_live_process_says_so_without_asking_the_database(app, actor, signed_in, nothing_is_sent):
    client = signed_in(actor("somebody"))
    nothing_is_sent.clear()
    answer = client.get("/health")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert nothing_is_sent == []


def test_all_that_the_work_needs_is_there(any_app):
    status, checks = ready(any_app)
    assert status == 200
    assert set(checks) == {
        "database", "storage_writable", "disk_free", "oldest_due_job", "failed_jobs", "clock_behind_last_event"
    }  # fmt: skip
    assert {check["state"] for check in checks.values()} == {"ok"}
    assert all(check["figure"] is not None and check["unit"] for check in checks.values())


def test_a_database_that_is_away_is_named_and_the_rest_is_still_told(app, monkeypatch):
    def away(_session):
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(events, "last_moment", away)
    status, checks = ready(app)
    assert (status, checks["database"]["state"], checks["storage_writable"]["state"]) == (503, "failed", "ok")
    assert app.test_client().get("/health").status_code == 200


def test_a_database_file_that_was_moved_away_is_missed_and_nothing_is_written_into_it(tmp_path):
    """What was received by way of a connection that is still open would be lost at the next start."""
    app = wsgi.create_app({"INSTANCE": tmp_path / "instance", "DATABASE_URL": "", "TESTING": True})
    file, elsewhere = tmp_path / "instance" / "registry.db", tmp_path / "elsewhere.db"
    with app.app_context():
        migrate.upgrade()
    assert ready(app)[1]["database"]["state"] == "ok"
    file.rename(elsewhere)
    status, checks = ready(app)
    assert (status, checks["database"]["state"], file.exists()) == (503, "failed", False)
    answer = app.test_client().get("/")
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    with app.app_context(), pytest.raises(OperationalError, match="moved away"), by_hand():
        pytest.fail("a transaction was opened")
    elsewhere.rename(file)
    assert ready(app)[1]["database"]["state"] == "ok"
    with app.app_context():
        db.engine.dispose()


def test_storage_is_really_written_to(app, tmp_path, monkeypatch):
    gone = tmp_path / "not-there"
    monkeypatch.setitem(app.config, "INSTANCE", gone)
    status, checks = ready(app)
    assert (status, checks["storage_writable"]["state"], checks["disk_free"]["state"]) == (503, "failed", "failed")
    gone.mkdir()
    assert ready(app)[0] == 200
    assert list(gone.iterdir()) == []


def test_too_little_free_disk_is_told_with_its_limit(app, monkeypatch):
    monkeypatch.setitem(app.config, "FREE_BYTES", 2**62)
    status, checks = ready(app)
    assert (status, checks["disk_free"]["state"], checks["disk_free"]["limit"]) == (503, "failed", 2**62)
    assert 0 < checks["disk_free"]["figure"] < 2**62


@pytest.mark.parametrize(("minutes", "status"), [(14, 200), (16, 503)])
def test_a_job_that_no_worker_takes_is_told_by_its_age(any_app, minutes, status):
    with by_hand() as session:
        jobs.enqueue(session, "nothing", now=clock.now() - timedelta(minutes=minutes), payload={})
    found, checks = ready(any_app)
    assert found == status
    assert checks["oldest_due_job"]["figure"] == pytest.approx(minutes * 60, abs=20)


def test_failed_jobs_are_counted_and_are_for_a_person_to_look_at(app):
    with by_hand() as session:
        jobs.enqueue(session, "nothing", now=NOW, payload={}).state = "failed"
    status, checks = ready(app)
    assert (status, checks["failed_jobs"]["state"], checks["failed_jobs"]["figure"]) == (200, "warning", 1)


@pytest.mark.parametrize(("seconds", "status"), [(30, 200), (7200, 503)])
def test_a_clock_that_was_set_back_is_told(any_app, seconds, status):
    with time_machine.travel(clock.now() + timedelta(seconds=seconds), tick=True), transaction() as session:
        events.record(session, "Something", actor=SYSTEM, now=clock.now(), subject="test:1")
    found, checks = ready(any_app)
    assert found == status
    assert checks["clock_behind_last_event"]["figure"] == pytest.approx(seconds, abs=10)


def test_what_strangers_are_told_names_no_place_and_nobody(app):
    text = app.test_client().get("/health/ready").text
    assert str(app.config["INSTANCE"]) not in text
    assert Path(app.config["INSTANCE"]).name not in text
    assert os.uname().nodename not in text
