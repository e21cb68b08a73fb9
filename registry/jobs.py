"""Work that is done after a change, by the worker: the job row is the queue.

A job is written in the same transaction as the change that wants it, so that neither can exist without the other. A
worker leases the oldest job that is due, runs its handler, and marks it done. While the handler runs the lease is
renewed every few seconds, however long it takes; a job whose worker died is taken again when its lease has run out, in
less than a minute. Handlers therefore run at least once and must be idempotent.

When not to use it: for anything that a request can do within its own transaction in milliseconds.
"""

import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Event, Thread
from typing import Any

import structlog
from flask import current_app
from sqlalchemy import ColumnElement, Index, Integer, String, Text, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from registry import clock
from registry.columns import Base, JsonText, UtcDateTime, new_id
from registry.db import db, insert_or_ignore, shorten_log, transaction
from registry.locks import Hold, holding
from registry.outages import outage_of
from registry.sealed import Outside

LEASE = timedelta(seconds=45)
"""So long after its worker's last sign of life a job is taken by another. It outlasts several missed heartbeats, a database
that is locked for its whole time-out, and clocks that differ by seconds between machines."""
HEARTBEAT = 5.0
"""A running job's lease is renewed so often, in seconds."""
ATTEMPTS = 8
IDLE = 20.0
"""Seconds without a job until the database's log is shortened, once after each spell of work."""
OUTAGE_PAUSE = 2.0
"""How long a worker waits where the disk is full or the database away, in seconds."""
PUT_OFF = timedelta(seconds=15)
"""How long a job waits that could not be done for such a reason, or was put off by its handler."""
DIED = "the worker died"
OPEN = ("waiting", "running")
"""States of a job that is still to end."""
log = structlog.get_logger("registry.jobs")


class Job(Base):
    """One piece of work. State: waiting → running → done, or failed after `ATTEMPTS` tries."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "state", "due_at"),)
    __proof__ = Outside.PASSING

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(JsonText)
    organisation_id: Mapped[str | None] = mapped_column(String(32))
    unique_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    attempt: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    progress: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    error: Mapped[str | None] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class JobRun:
    """What a handler gets. It opens its own `transaction()`."""

    id: str
    payload: Mapping[str, Any]
    now: datetime
    attempt: int

    def progress(self, stage: str, done: int, total: int) -> None:
        """Say how far the work is. Commits on its own: not within a transaction."""
        with transaction(bookkeeping=True) as session:
            if (job := _held(session, self)) is not None:
                job.progress = {"stage": stage, "done": done, "total": total}
                job.leased_until = clock.now() + LEASE


class PutOff(Exception):
    """A handler raises it where its work may not be done at present (``why``). It is tried again soon, and this does not
    count as an attempt."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


JobHandler = Callable[[JobRun], None]


def enqueue(
    session: Session,
    kind: str,
    *,
    now: datetime,
    payload: Mapping[str, Any],
    organisation_id: str | None = None,
    unique_key: str | None = None,
    due_at: datetime | None = None,
) -> Job | None:
    """Ask for work within the running transaction, to be done at once or when it is due.

    With a ``unique_key`` that was used before, ``None``: it was asked for already, or by somebody else at this moment.
    """
    if unique_key and session.scalar(select(Job.id).where(Job.unique_key == unique_key)):
        return None
    identifier = new_id()
    is_first = insert_or_ignore(
        session,
        Job,
        id=identifier,
        kind=kind,
        payload=dict(payload),
        organisation_id=organisation_id,
        unique_key=unique_key,
        state="waiting",
        attempt=0,
        created_at=now,
        due_at=due_at or min(now, clock.now()),  # an event's moment may lie ahead of a clock that was set back
    )
    return session.get_one(Job, identifier) if is_first else None


def enqueue_unless_waiting(
    session: Session, kind: str, *, now: datetime, payload: Mapping[str, Any], organisation_id: str | None = None
) -> Job | None:
    """Ask for work unless the very same waits to be done already; then ``None``.

    The waiting job is held until the transaction ends, so that no worker begins it before what it is to see is there.
    """
    waiting = select(Job.id).where(Job.kind == kind, Job.state == "waiting", Job.payload == dict(payload)).limit(1)
    if session.scalar(holding(waiting, Hold.UNCHANGED, skip_held=True)) is not None:
        return None
    return enqueue(session, kind, now=now, payload=payload, organisation_id=organisation_id)


def oldest_due(session: Session, now: datetime) -> datetime | None:
    """Since when the job that has waited longest should have been begun; ``None`` where none waits."""
    return session.scalar(select(func.min(Job.due_at)).where(_is_due(now)))


def run_next() -> bool:
    """Lease and run one due job. Returns whether there was one."""
    leased = _lease()
    if leased is None:
        return False
    kind, run = leased
    handler: JobHandler | None = current_app.extensions["registry"].job_handlers.get(kind)
    try:
        if handler is None:
            raise LookupError(f"no handler for jobs of kind {kind}")
        with _kept_alive(run):
            handler(run)
    except PutOff as put_off:
        db.session.rollback()
        _put_off(run, put_off.why)
    except Exception as error:
        db.session.rollback()
        if (what := outage_of(error)) is not None:
            _put_off(run, what.value)
        else:
            _fail(run, kind, error)
    else:
        _finish(run)
    return True


def drain(limit: int = 100_000) -> int:
    """Run jobs until none is due; returns how many ran."""
    count = 0
    while count < limit and run_next():
        count += 1
    return count


def work(*, should_stop: Callable[[], bool], pause: float = 0.25) -> None:
    """The worker's loop. What a full disk or a database that is away breaks off is done when they are back."""
    asked_on: date | None = None
    idle_since, has_worked = time.monotonic(), False
    while not should_stop():
        try:
            busy = run_next()
            if not busy and asked_on != (today := clock.today()):
                ask_for_daily(clock.now())
                busy, asked_on = True, today
            has_worked = has_worked or busy
            if busy:
                idle_since = time.monotonic()
            elif has_worked and time.monotonic() - idle_since > IDLE:
                has_worked = False
                shorten_log()
        except Exception as error:
            _let_go()
            if (what := outage_of(error)) is not None:
                log.warning("outage", what=what.value, error=type(error).__name__)
                _sleep(OUTAGE_PAUSE, should_stop)
            else:
                log.exception("worker_stumbled")
            busy = False
        finally:
            _let_go()
        if not busy:
            time.sleep(pause)


def ask_for_daily(now: datetime) -> None:
    """Ask for what is to be done once a day (`Plugin.daily_jobs`), whichever worker comes first."""
    day = clock.today(now).isoformat()
    for kind in current_app.extensions["registry"].daily_jobs:
        with transaction(bookkeeping=True) as session:
            enqueue(session, kind, now=now, payload={}, unique_key=f"{kind}:{day}")


def _let_go() -> None:
    """End what was under way; where the database is away there is nothing to end."""
    with suppress(SQLAlchemyError):
        db.session.rollback()
    with suppress(SQLAlchemyError):
        db.session.close()


def _sleep(seconds: float, should_stop: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not should_stop():
        time.sleep(0.1)


def _lease() -> tuple[str, JobRun] | None:
    moment = clock.now()
    is_due = _is_due(moment)
    session = db.session
    due = session.scalar(select(Job.id).where(is_due).limit(1))
    session.rollback()
    if due is None:
        return None
    with transaction(bookkeeping=True) as session:
        first = select(Job).where(is_due).order_by(Job.due_at, Job.created_at, Job.id).limit(1)
        job = session.scalar(holding(first, skip_held=True))
        if job is None:
            return None
        if job.attempt >= ATTEMPTS:
            # It has taken every worker with it that tried; another would only die of it too.
            job.state, job.finished_at, job.leased_until, job.error = "failed", moment, None, job.error or DIED
            return None
        job.state, job.attempt, job.leased_until = "running", job.attempt + 1, moment + LEASE
        return job.kind, JobRun(job.id, job.payload, moment, job.attempt)


def _is_due(moment: datetime) -> ColumnElement[bool]:
    waits = (Job.state == "waiting") & (Job.due_at <= moment)
    return waits | ((Job.state == "running") & (Job.leased_until < moment))


@contextmanager
def _kept_alive(run: JobRun) -> Iterator[None]:
    """Renew the lease of a running job from a thread of its own, until the handler ends or the process dies."""
    app, ended = current_app._get_current_object(), Event()  # type: ignore[attr-defined]

    def beat() -> None:
        while not ended.wait(HEARTBEAT):
            with app.app_context():
                try:
                    with transaction(bookkeeping=True) as session:
                        if (job := _held(session, run)) is not None:
                            job.leased_until = clock.now() + LEASE
                except SQLAlchemyError as error:
                    log.warning("heartbeat_missed", job=run.id, error=type(error).__name__)

    thread = Thread(target=beat, name=f"lease-{run.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _held(session: Session, run: JobRun) -> Job | None:
    """The run's job, unless another worker has taken it meanwhile or it has ended: then it is none of this one's."""
    query = select(Job).where(Job.id == run.id, Job.state == "running", Job.attempt == run.attempt)
    return session.scalar(holding(query))


def _finish(run: JobRun) -> None:
    with transaction(bookkeeping=True) as session:
        job = _held(session, run)
        if job is None:
            log.warning("job_was_taken_over", job=run.id, attempt=run.attempt)
            return
        job.state, job.finished_at, job.leased_until, job.error = "done", clock.now(), None, None


def _put_off(run: JobRun, why: str) -> None:
    """Try again when what is in the way may have gone. It was not the job's fault, so it does not count as an attempt.

    Where not even this can be written, the lease runs out and another attempt begins.
    """
    log.warning("job_put_off", job=run.id, what=why)
    with transaction(bookkeeping=True) as session:
        if (job := _held(session, run)) is not None:
            job.state, job.leased_until, job.error = "waiting", None, why
            job.attempt, job.due_at = job.attempt - 1, clock.now() + PUT_OFF


def _fail(run: JobRun, kind: str, error: Exception) -> None:
    log.error("job_failed", job=run.id, kind=kind, attempt=run.attempt, error=type(error).__name__)
    with transaction(bookkeeping=True) as session:
        job = _held(session, run)
        if job is None:
            log.warning("job_was_taken_over", job=run.id, attempt=run.attempt)
            return
        job.error = "".join(traceback.format_exception_only(error)).strip()[:2000]
        job.leased_until = None
        if job.attempt >= ATTEMPTS:
            job.state, job.finished_at = "failed", clock.now()
        else:
            job.state, job.due_at = "waiting", clock.now() + timedelta(seconds=2**job.attempt)
