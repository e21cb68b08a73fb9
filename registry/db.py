"""The relational database: what is decided lives here (what is counted is columnar, see `storage` and forwarding).

SQLite is the embedded default, PostgreSQL is for real use, and both are tested. Two habits are built in:

* A write starts with ``BEGIN IMMEDIATE`` on SQLite and a read never does, so that two simultaneous writers wait for
  each other instead of failing half-way with "database is locked".
* :func:`transaction` is the only way to commit. It closes the event chain (`events.close_chain`) as its very last
  step, so that the chain's lock is held for as short a time as possible; and it refuses to commit a change that no
  event tells of.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, wraps
from inspect import iscoroutinefunction
from typing import Any

from flask import Flask, g
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Connection, Engine, Executable, Select, event, inspect, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import ORMExecuteState, Session

from registry import events
from registry.columns import Base, table_of
from registry.columns import JsonText as JsonText  # migrations name it by this module
from registry.columns import UtcDateTime as UtcDateTime
from registry.seals import noting

db = SQLAlchemy(require_default_engine=False)

LOG_BYTES = 16 * 2**20
"""SQLite's write-ahead log is cut to so much whenever it begins anew."""
BUSY_MILLISECONDS = 30_000
"""How long a writer waits for another one; after that the request is told to come again (`outages`)."""
PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    f"busy_timeout={BUSY_MILLISECONDS}",
    "synchronous=FULL",
    f"journal_size_limit={LOG_BYTES}",
)
CONNECT_SECONDS = 5
POSTGRESQL = {
    # A connection that the server closed meanwhile is found before it is used, not by the request that gets it.
    "pool_pre_ping": True,
    "pool_timeout": 10,
    "connect_args": {
        "connect_timeout": CONNECT_SECONDS,
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
        "options": f"-c lock_timeout={BUSY_MILLISECONDS}",
    },
}
"""What `create_engine` is given for PostgreSQL: nobody waits for ever for a server that has gone."""


def engine_options(address: str) -> dict[str, Any]:
    """What SQLAlchemy is given to connect to a database."""
    return {"url": address} | (POSTGRESQL if make_url(address).get_backend_name() == "postgresql" else {})


def init_app(app: Flask) -> None:
    db.init_app(app)
    # The extension also closes asynchronous sessions, on an event loop made for every context; there are none to close.
    app.teardown_appcontext_funcs = [
        _without_raising(close) for close in app.teardown_appcontext_funcs if not iscoroutinefunction(close)
    ]
    with app.app_context():
        for engine in db.engines.values():
            if engine.dialect.name == "sqlite":
                _prepare_sqlite(engine)


def _without_raising(close: Callable[[BaseException | None], Any]) -> Callable[[BaseException | None], None]:
    """Closing a session on a connection that has died may raise, when the answer is already made: it is let go instead."""

    @wraps(close)
    def closed(error: BaseException | None) -> None:
        session = db.session if "_sqlalchemy_sessions" in g else None
        try:
            close(error)
        except SQLAlchemyError:
            if session is not None:
                session.invalidate()

    return closed


@contextmanager
def transaction(*, bookkeeping: bool = False) -> Iterator[Session]:
    """One unit of writing on the current session: everything in it is kept, or nothing.

    What was read before is read again afterwards, so that a decision is taken on what is true once the write lock is
    held. Nesting is a fault in the caller and raises ``RuntimeError``; so is a change without an event, unless it is
    ``bookkeeping`` that concerns nobody (the lease of a job).
    """
    session = db.session
    if session.info.get("writing"):
        raise RuntimeError("a transaction is already open; services flush, only the edge commits")
    session.rollback()
    session.info["writing"] = True
    session.info["changed"] = False
    try:
        session.connection(execution_options={"registry_write": True})
        yield session
        session.flush()
        if session.info["changed"] and not bookkeeping and not session.info.get("happenings"):
            raise RuntimeError("something was changed, and no event tells of it")
        events.close_chain(session)
        session.commit()
    except BaseException:
        with suppress(SQLAlchemyError):  # on a connection that has died; the error that says so is on its way
            session.rollback()
        raise
    finally:
        session.info["writing"] = False
        events.forget(session)


def insert_or_ignore(session: Session, table: type[Base], **values: Any) -> bool:
    """Insert a row unless one with the same unique key is there; returns whether it was inserted.

    Whoever inserts the same key at the same moment is waited for, so that the row that is there afterwards can be read
    by the next statement, whoever it is from.
    """
    return session.execute(_insert_or_ignore(table, session.get_bind().dialect.name), values).first() is not None


@cache
def _insert_or_ignore(table: type[Base], dialect: str) -> Executable:
    """Made once for each table: to say it anew takes longer than to carry it out."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table_of(table)).on_conflict_do_nothing().returning(*inspect(table).primary_key)


def insert_selected(session: Session, table: type[Base], columns: Sequence[str], query: Select[Any]) -> None:
    """Insert the rows that a query selects, but for those whose unique key is there."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(table).from_select(list(columns), query).on_conflict_do_nothing())


def end_reading(session: Session) -> None:
    """End the read transaction before work that takes long and needs no database: call it between reading and working.

    A reader that lives through long work keeps SQLite's log growing, and PostgreSQL from cleaning up. What was read is read
    again when it is used next. Within a writing transaction nothing is ended.
    """
    if not session.info.get("writing"):
        session.rollback()


@contextmanager
def reading() -> Iterator[Session]:
    """A session of its own for what long work rests on: read in the block, worked with after it.

    At the end of the block the read transaction ends, and what was read stays as it was read.
    """
    with db.sessionmaker() as session:
        yield session


def shorten_log() -> None:
    """Move SQLite's write-ahead log into the database and empty it, if nobody reads or writes right now. For idle moments."""
    if db.engine.dialect.name != "sqlite":
        return
    connection = db.engine.raw_connection()  # without the BEGIN that others get
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=0")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
            cursor.close()
    finally:
        connection.close()


@event.listens_for(Session, "after_flush")
def _note_flush(session: Session, _context: object) -> None:
    noting.note_flush(session)
    if session.new or session.deleted or any(session.is_modified(one) for one in session.dirty):
        session.info["changed"] = True


@event.listens_for(Session, "do_orm_execute")
def _note_statement(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info["changed"] = True
        noting.note_statement(state)


def _prepare_sqlite(engine: Engine) -> None:
    # What is written into a file that was moved away or replaced is lost at the next start, receipts included: until the
    # engine is disposed of, all connections are to the file that the first was to, and none makes another.
    opened: list[tuple[int, int]] = []

    def refuse_another_file() -> None:
        if opened and _file_of(engine) != opened[0]:
            raise _gone()

    event.listen(engine, "do_connect", lambda *_: refuse_another_file())
    event.listen(engine, "checkout", lambda *_: refuse_another_file())
    event.listen(engine, "engine_disposed", lambda _engine: opened.clear())

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we begin transactions ourselves
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        if not opened and (file := _file_of(engine)) is not None:
            opened.append(file)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("registry_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _file_of(engine: Engine) -> tuple[int, int] | None:
    """The device and number of the file at the database's path; ``None`` where there is none, or the database has no file."""
    try:
        found = os.stat(engine.url.database or "")
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _gone() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("the database file was moved away or replaced")
    error.sqlite_errorname = "SQLITE_CANTOPEN"
    return error
