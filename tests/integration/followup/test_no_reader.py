"""No reader of the database lives through a composition: SQLite's log stays small, whatever others write meanwhile."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from registry.actors import PUBLIC
from registry.db import LOG_BYTES, db, shorten_log
from submission_portal.followup import jobs
from submission_portal.followup.gateway import current_table
from tests.factories.released_figures import ESTABLISHED_AFTER, established, run_worker

MODEL, MEASURE = "faststallda-vardplatser-per-sjukhus", "faststallda-vardplatser"
MIB = 2**20
WRITTEN = 24


@pytest.fixture
def release(world):
    world.release("25", MODEL, established("2018-03-01", ESTABLISHED_AFTER), "2018-03-01", provenance="reproduced")


def log_size() -> int:
    path = Path(db.engine.url.database)
    return path.with_name(path.name + "-wal").stat().st_size


def write_a_lot() -> int:
    """Many MiB in small transactions, as others do while a table is composed; how large the log became."""
    largest = 0
    with closing(db.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("CREATE TABLE IF NOT EXISTS filling (content BLOB)")
        for _ in range(WRITTEN):
            cursor.execute("DELETE FROM filling")
            cursor.execute("INSERT INTO filling VALUES (?)", (bytes(MIB),))
            largest = max(largest, log_size())
        cursor.execute("DROP TABLE filling")
    return largest


def test_the_log_stays_small_during_a_long_composition_with_others_writing(app, release, monkeypatch):
    sizes = []
    compose = jobs.compose_series

    def slow_composition(*arguments):
        sizes.append(write_a_lot())
        return compose(*arguments)

    monkeypatch.setattr(jobs, "compose_series", slow_composition)
    shorten_log()
    assert log_size() == 0  # the file keeps up to LOG_BYTES of what a test before made it
    run_worker()
    assert current_table(db.session, MEASURE, PUBLIC) is not None
    assert sizes
    assert max(sizes) < 8 * MIB


def test_a_reader_that_stays_open_is_what_makes_it_grow(app):
    """What the test above would see if a reader lived through the composition."""
    db.session.execute(text("SELECT count(*) FROM event"))
    assert write_a_lot() > 20 * MIB
    db.session.rollback()
    write_a_lot()
    assert log_size() <= LOG_BYTES  # cut when it begins anew
    shorten_log()
    assert log_size() == 0


def test_shortening_waits_for_nobody(app):
    with sqlite3.connect(db.engine.url.database, isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        shorten_log()
        writer.execute("ROLLBACK")
    writer.close()
    assert db.session.scalar(text("PRAGMA busy_timeout")) == 30_000


@pytest.mark.postgresql
def test_elsewhere_there_is_no_log_to_shorten(any_app):
    shorten_log()
    assert db.session.scalar(text("SELECT 1")) == 1
