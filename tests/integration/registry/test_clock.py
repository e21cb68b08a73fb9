"""A clock that is set back makes no event, receipt or number older than the one before."""

from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy import select
from structlog.testing import capture_logs

from registry import clock, events, jobs
from registry.actors import SYSTEM
from registry.auditing import chain as log_chain
from registry.db import db, transaction
from registry.events import Event
from tests.by_hand import by_hand
from tests.conftest import NOW

NEW_YEAR = datetime(2027, 1, 1, 0, 5, tzinfo=UTC)


def record(moment: datetime) -> None:
    with time_machine.travel(moment, tick=False), transaction() as session:
        events.record(session, "Something", actor=SYSTEM, now=clock.now(), subject="test:1")


def moments() -> list[datetime]:
    return list(db.session.scalars(select(Event.recorded_at).order_by(Event.number)))


def test_events_never_run_backwards(any_app):
    for moment in (
        NOW,
        NOW + timedelta(hours=2),
        NOW + timedelta(hours=1),
        NOW - timedelta(days=400),
        NOW + timedelta(hours=3),
    ):
        record(moment)
    latest = NOW + timedelta(hours=2)
    assert moments() == [NOW, latest, latest, latest, NOW + timedelta(hours=3)]
    assert log_chain.verify(db.session).is_intact


def test_what_handlers_do_with_an_events_moment_does_not_lie_before_it_either(any_app):
    record(NOW + timedelta(hours=2))
    with transaction() as session:
        happening = events.record(session, "Something", actor=SYSTEM, now=NOW, subject="test:2")
    assert happening.recorded_at == NOW + timedelta(hours=2)


def test_a_job_that_is_asked_for_at_an_events_moment_is_still_due_at_once(any_app):
    ahead = clock.now() + timedelta(days=300)
    with by_hand() as session:
        jobs.enqueue(session, "nothing", now=ahead, payload={})
    assert jobs.oldest_due(db.session, clock.now() + timedelta(seconds=1)) is not None


def test_work_that_took_long_while_others_went_on_is_no_clock_that_was_set_back(any_app):
    record(NOW + timedelta(minutes=1))
    for now, told in ((NOW + timedelta(minutes=1), 0), (NOW, 1)):
        with time_machine.travel(now, tick=False), capture_logs() as logs, transaction() as session:
            events.record(session, "Something", actor=SYSTEM, now=NOW, subject="test:3")
        assert [one["event"] for one in logs].count("clock_was_set_back") == told
