"""The worker's part of deliveries: the check of long files."""

import time
from collections.abc import Callable

from sqlalchemy.orm import Session

from registry import storage
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.jobs import JobRun
from submission_portal.deliveries.assessment.remaining import remaining
from submission_portal.deliveries.checking.delivery_check import (
    assessed,
    basis_of,
    flow_version,
    keep_outcome,
    record_check,
)
from submission_portal.deliveries.checking.kept_reading import keep_reading, kept_rows, read_for
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.reading.kept import KeptReading
from submission_portal.deliveries.reading.limits import Progress
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.transitions import hold

TRIES = 5
TOLD_EVERY = 0.5
"""How far the work has come is written down at most so often, in seconds; a new stage always is."""


def on_we_go(_step: str) -> None:
    """Nothing in particular happens at a step; tests let the worker die there."""


def check(job: JobRun, checkpoint: Callable[[str], None] = on_we_go) -> None:
    """Assess the rows of a long file, and keep what came of it if the delivery still waits for that.

    Nothing is written before the last step, so that a worker that dies leaves the delivery waiting and the next one begins
    anew. Raises ``RuntimeError`` where what the check rests on never stood still; the job is then tried again later.
    """
    session = db.session
    session.rollback()
    delivery = _waiting(session, job)
    if delivery is None:
        return
    progress = _teller(job, delivery.row_count)
    reading = None
    if delivery.reading.awaits_rows:  # by an earlier version, which left the rows of long files unread
        data = storage.read(session, delivery.file_key)
        sheet, name, version = delivery.sheet or None, delivery.file_name, flow_version(session, delivery)
        answer = delivery.reading.identity_answer
        reading = read_for(session, version, name, data, sheet=sheet, progress=progress, identity_answer=answer)
        checkpoint("read")
    for _ in range(TRIES):
        delivery = _waiting(session, job)
        if delivery is None:
            return
        rows = reading.frame if reading else kept_rows(session, delivery)
        how = KeptReading.of(reading) if reading else delivery.reading
        outcome = assessed(session, delivery, how, rows, job.now, progress)
        session.rollback()
        checkpoint("assessed")
        with transaction() as session:
            delivery = _waiting(session, job)
            if delivery is None:
                return
            hold(session, delivery)
            if not _waits(delivery, job):
                return
            if basis_of(session, delivery, *outcome.span, outcome.part) != outcome.basis:
                continue
            if reading is not None:
                keep_reading(session, job.now, delivery, reading)
            keep_outcome(session, job.now, delivery, outcome)
            delivery.changed_at = job.now
            left = [one.finding.code for one in remaining(delivery.assessment, delivery.explanations)]
            record_check(session, SYSTEM, job.now, delivery, "DeliveryChecked", left=left)
            checkpoint("kept")
        checkpoint("done")
        return
    raise RuntimeError(f"what the check of delivery {job.payload['delivery']} rests on kept changing")


def _waiting(session: Session, job: JobRun) -> Delivery | None:
    """The delivery, if it still waits for this check: it was neither withdrawn, answered anew nor given another file."""
    delivery = session.get(Delivery, job.payload["delivery"])
    return delivery if delivery is not None and _waits(delivery, job) else None


def _waits(delivery: Delivery, job: JobRun) -> bool:
    return delivery.state == DeliveryState.CHECKING and delivery.revision == job.payload["revision"]


def _teller(job: JobRun, rows: int) -> Progress:
    told_stage, told_at = "", 0.0

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal told_stage, told_at
        moment = time.monotonic()
        if stage != told_stage or moment - told_at >= TOLD_EVERY:
            told_stage, told_at = stage, moment
            job.progress(stage, done, total or rows)

    return tell
