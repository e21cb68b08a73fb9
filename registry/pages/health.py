"""Whether the registry lives (`/health`), and whether it can do its work (`/health/ready`).

The first says only that this process answers; it asks nobody, so that a supervisor does not end web processes because a
database restarts. The second tries each thing that the work needs, and names what fails with its figure. Neither says
anything about content.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from flask import Blueprint, Response, current_app, g, jsonify, make_response
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from registry import clock, events, jobs
from registry.actors import PUBLIC
from registry.db import db
from registry.web.guards import access

blueprint = Blueprint("health", __name__)
FOLDERS = ("objects", "national")
"""Folders of the instance that may lie on disks of their own."""
FULL_CHECK_BYTES = 4096


class State(StrEnum):
    """How a check came out. Only ``FAILED`` makes the registry not ready."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the work needs. ``figure`` is in ``unit``; ``limit`` is the figure at which the state changes."""

    name: str
    state: State
    figure: float | int | None
    unit: str
    limit: float | int | None = None

    def as_dict(self) -> dict[str, object]:
        return {
            "name": self.name, "state": self.state, "figure": self.figure, "unit": self.unit, "limit": self.limit
        }  # fmt: skip


@blueprint.get("/health")
@access.public
def alive() -> Response:
    """This process answers. Asks neither the database nor who asks."""
    _nobody_asks()
    return jsonify(status="ok")


@blueprint.get("/health/ready")
@access.public
def ready() -> Response:
    """Each check with its figure; 503 where one has failed."""
    _nobody_asks()
    checks = [*_of_database(), *_of_disk()]
    is_ready = all(check.state is not State.FAILED for check in checks)
    answer = make_response(
        jsonify(status="ready" if is_ready else "not_ready", checks=[check.as_dict() for check in checks]),
        200 if is_ready else 503,
    )
    answer.headers["Cache-Control"] = "no-store"
    if not is_ready:
        answer.headers["Retry-After"] = "10"
    return answer


def _nobody_asks() -> None:
    g.actor, g.person = PUBLIC, None


def _of_database() -> Iterator[Check]:
    session, began = db.session, time.monotonic()
    try:
        latest = events.last_moment(session)
        yield Check("database", State.OK, _milliseconds(began), "ms")
        found = [*_of_jobs(session, clock.now()), _of_clock(latest, clock.now())]
    except SQLAlchemyError:
        with suppress(SQLAlchemyError):
            session.rollback()
        yield Check("database", State.FAILED, _milliseconds(began), "ms")
        return
    yield from found


def _of_jobs(session: Session, now: datetime) -> Iterator[Check]:
    limit = current_app.config["DUE_JOB_SECONDS"]
    oldest = jobs.oldest_due(session, now)
    age = max(0.0, (now - oldest).total_seconds()) if oldest is not None else 0.0
    yield Check("oldest_due_job", _within(age <= limit), round(age, 1), "s", limit)
    # For a person to look at. Restarting or taking away this web server would mend nothing.
    failed = session.scalar(select(func.count()).select_from(jobs.Job).where(jobs.Job.state == "failed")) or 0
    yield Check("failed_jobs", State.WARNING if failed else State.OK, failed, "jobs", 1)


def _of_clock(latest: datetime | None, now: datetime) -> Check:
    limit = current_app.config["CLOCK_SECONDS"]
    behind = max(0.0, (latest - now).total_seconds()) if latest is not None else 0.0
    return Check("clock_behind_last_event", _within(behind <= limit), round(behind, 1), "s", limit)


def _of_disk() -> Iterator[Check]:
    instance: Path = current_app.config["INSTANCE"]
    folders = [instance, *(folder for name in FOLDERS if (folder := instance / name).is_dir())]
    began, state = time.monotonic(), State.OK
    try:
        for folder in folders:
            _write(folder)
    except OSError:
        state = State.FAILED
    yield Check("storage_writable", state, _milliseconds(began), "ms")
    limit = current_app.config["FREE_BYTES"]
    try:
        free = min(shutil.disk_usage(folder).free for folder in folders)
    except OSError:
        yield Check("disk_free", State.FAILED, None, "bytes", limit)
    else:
        yield Check("disk_free", _within(free >= limit), free, "bytes", limit)


def _write(folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(FULL_CHECK_BYTES))
        file.flush()
        os.fsync(file.fileno())


def _within(is_well: bool) -> State:
    return State.OK if is_well else State.FAILED


def _milliseconds(began: float) -> float:
    return round((time.monotonic() - began) * 1000, 1)
