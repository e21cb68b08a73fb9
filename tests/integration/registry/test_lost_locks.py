"""A lock in the database is lost with the connection, and the process that took it goes on: it must erase nothing then."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

import pytest
from flask import Flask
from sqlalchemy import delete, text
from sqlalchemy.exc import DBAPIError

from registry import events, storage
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.object_files import Files
from registry.storage import Retention, StoredObject
from registry.stored import sweeping
from tests.by_hand import by_hand
from tests.conftest import NOW, _fresh

pytestmark = pytest.mark.postgresql
MEANWHILE = 0.5
"""Seconds for which whoever erases stands still; whoever puts the object is then done, or waits for the eraser."""


@pytest.fixture
def any_app(postgresql_app) -> Iterator[Flask]:
    yield from _fresh(postgresql_app)


@pytest.fixture
def organisation(any_app, organisations) -> str:
    return organisations["25"].id


@pytest.fixture(params=["before the file is locked", "when the file is about to go"])
def erase_slowly(request, any_app, organisation, monkeypatch) -> Callable[[Callable[[], object]], None]:
    """Runs what erases. Before a file goes the connection is lost, and somebody else puts the object; both have then ended."""
    erase, putting = Files.erase, []

    def put() -> None:
        with any_app.app_context():
            _put(organisation)

    def run(act: Callable[[], object]) -> None:
        with ThreadPoolExecutor(1) as others:

            def stand_still() -> None:
                _end_connections()
                putting.append(others.submit(put))
                with suppress(TimeoutError):
                    putting[0].result(MEANWHILE)

            def slow(self: Files, key: str, *, confirm: Callable[[], object]) -> None:
                if request.param == "before the file is locked":
                    stand_still()
                    erase(self, key, confirm=confirm)
                else:
                    erase(self, key, confirm=lambda: (confirm(), stand_still()))

            monkeypatch.setattr(Files, "erase", slow)
            with suppress(DBAPIError):
                act()
            monkeypatch.undo()
        (done,) = putting
        assert isinstance(done, Future) and done.exception() is None
        db.session.close()

    return run


def test_what_was_put_after_its_removal_was_decided_is_not_erased(organisation, erase_slowly):
    key = _put(organisation)
    with transaction() as session:
        events.record(session, "Erased", actor=SYSTEM, now=NOW, subject="object:1")
        assert storage.remove(session, key)
    erase_slowly(lambda: storage.erase_removed(key))
    assert storage.read(db.session, key) == b"a;b"


def test_what_was_put_after_it_had_no_row_is_not_swept(organisation, erase_slowly):
    key = _put(organisation)
    with by_hand() as session:
        session.execute(delete(StoredObject))
    erase_slowly(lambda: sweeping.sweep(NOW))
    assert storage.read(db.session, key) == b"a;b"


def _put(organisation: str) -> str:
    with transaction() as session:
        events.record(session, "Kept", actor=SYSTEM, now=NOW, subject="object:1")
        return storage.put(
            session, organisation, "delivered", b"a;b", media_type="text/csv", retention=Retention.DRAFT, now=NOW
        )


def _end_connections() -> None:
    """As a restart of the server does it."""
    with db.engine.connect() as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
