"""Two acts whose steps are put into each other on purpose, instead of being begun at once in the hope that they meet.

An act runs in a thread with a session of its own. Before each statement that locks, before the first of each flush (the
first that writes after one that does not), and before each commit, it passes a *point*. The first act is stopped at one of its points, the second runs until it
has ended or waits for a lock that the first holds, and then the first goes on. So a pair of acts has as many
interleavings as the first has points, and each can be run again.

A lock can be taken away (`unlocked`): its statement then reads what it read and holds nothing. That shows whether the
interleavings would notice.
"""

import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, text

from registry.db import db
from registry.errors import Forbidden, Invalid, NotFound, Refused

Act = Callable[[], Any]
"""Opens its own transactions; gives back what it came to."""
ROOT = Path(__file__).parents[2]
LOCKS = re.compile(
    r"\s+FOR (?:NO KEY UPDATE|UPDATE|KEY SHARE|SHARE)(?: OF \w+)?(?: SKIP LOCKED)?|pg_advisory_xact_lock"
)
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
PATIENCE = 30.0
GLANCE = 0.003
SQLITE_WAITS = 0.25
"""SQLite does not say who waits; an act that has not ended by then does."""


@dataclass
class Run:
    """An act in its thread."""

    app: Flask
    act: Act
    stop_at: int | None = None
    points: int = 0
    is_writing: bool = False
    outcome: str = ""
    stopped: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def start(self) -> "Run":
        threading.Thread(target=self._run, daemon=True).start()
        return self

    def pass_point(self) -> None:
        if self.points == self.stop_at:
            self.stopped.set()
            if not self.go_on.wait(PATIENCE):
                raise TimeoutError("nobody let the act go on")
        self.points += 1

    def _run(self) -> None:
        _here.run = self
        try:
            with self.app.app_context():
                try:
                    self.outcome = str(self.act())
                except Refused as refused:
                    self.outcome = f"refused: {refused.finding.code}"
                except (Invalid, NotFound, Forbidden) as other:
                    self.outcome = f"{type(other).__name__}: {other}"
                except Exception as error:
                    self.outcome = f"ERROR {type(error).__name__}: {' '.join(str(error).split())[:300]}"
                finally:
                    db.session.rollback()
                    db.session.close()
        finally:
            _here.run = None
            self.ended.set()
            self.stopped.set()


_here = threading.local()
_away: set[str] = set()
seen: Counter[str] = Counter()
"""The places in the code that took a lock, and how often."""


def alone(app: Flask, act: Act) -> Run:
    """Run an act by itself; its points are then known."""
    run = Run(app, act).start()
    assert run.ended.wait(PATIENCE), "an act did not end"
    return run


def interleave(app: Flask, first: Act, second: Act, at: int) -> tuple[str, str]:
    """The outcomes of two acts, the second run when the first has come to its point ``at``."""
    one = Run(app, first, stop_at=at).start()
    assert one.stopped.wait(PATIENCE), "the first act neither came to its point nor ended"
    other = Run(app, second).start()
    wait_until_it_waits(app, other)
    one.go_on.set()
    for run in (one, other):
        if not run.ended.wait(PATIENCE):
            return one.outcome or "ERROR it never ended", other.outcome or "ERROR it never ended"
    return one.outcome, other.outcome


@contextmanager
def watched(app: Flask) -> Iterator[None]:
    """Let acts pass points at what they say to this application's database."""
    with app.app_context():
        engine = db.engine

    def before_statement(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool):
        run = getattr(_here, "run", None)
        locks = LOCKS.search(statement) is not None
        writes = WRITES.match(statement) is not None
        if run is not None:
            if locks or (writes and not run.is_writing) or "BEGIN IMMEDIATE" in statement:
                run.pass_point()
            run.is_writing = writes
        if locks and run is not None:
            place = _place()
            seen[place] += 1
            if place in _away:
                statement = _without_lock(statement)
        return statement, parameters

    def before_commit(_connection: Any) -> None:
        if (run := getattr(_here, "run", None)) is not None:
            run.pass_point()

    event.listen(engine, "before_cursor_execute", before_statement, retval=True)
    event.listen(engine, "commit", before_commit)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", before_statement)
        event.remove(engine, "commit", before_commit)


@contextmanager
def unlocked(place: str) -> Iterator[None]:
    """Take away the lock that the code takes at ``place``, such as ``registry/storage.py hold``."""
    _away.add(place)
    try:
        yield
    finally:
        _away.discard(place)


def _without_lock(statement: str) -> str:
    """What reads the same, takes the same parameters, and locks nothing."""
    if "pg_advisory" in statement:
        return "SELECT length(%(name)s::text)" if "%(name)s" in statement else "SELECT 1"
    return LOCKS.sub("", statement)


def _place() -> str:
    """The function that asked for a lock: the first of the project's on the stack that is not a way to ask."""
    frame = sys._getframe(2)
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and ".venv" not in path.parts and "tests" not in path.parts:
            name = frame.f_code.co_name
            if name not in ("hold_name",):
                return f"{path.relative_to(ROOT).as_posix()} {name}"
        frame = frame.f_back  # type: ignore[assignment]
    return "?"


def wait_until_it_waits(app: Flask, run: Run) -> None:
    """Until the act has ended, or waits for a lock."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            run.ended.wait(SQLITE_WAITS)
            return
        waiting = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        deadline = time.monotonic() + PATIENCE
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            while not run.ended.wait(GLANCE) and time.monotonic() < deadline:
                if connection.scalar(waiting):
                    return
