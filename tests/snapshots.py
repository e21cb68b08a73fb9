"""What many tests begin with is made once per test process and database, and copied back row by row after that.

`remembered("models", build)` runs ``build`` the first time and keeps the rows, and a copy of the files that the instance stores;
later it puts rows and files back, ids included. What ``build`` returned is given back every time, so it names rows and holds none.

SQLite keeps its pages in memory and gets them back as they were, indexes too. PostgreSQL keeps every table's rows beside the
table, and gets them back by one script.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from flask import current_app
from sqlalchemy import Connection, text

from registry.columns import Base
from registry.db import db

Made = TypeVar("Made")
STORED = ("objects", "national")
"""The folders of an instance in which what was delivered and published is stored."""
NOTHING = ""
"""What a database without rows is remembered as."""
Memory = sqlite3.Connection | list[str]
"""What is kept of a database: a copy in memory, or the names of the tables that rows are kept beside."""
_kept: dict[tuple[str, str], tuple[Memory, object]] = {}


def remembered(name: str, build: Callable[[], Made]) -> Made:
    """The database as it was right after ``build`` ran on an empty one (or on an earlier memory that it continues)."""
    key = (str(db.engine.url), name)
    db.session.rollback()
    if key not in _kept:
        made = build()
        db.session.rollback()
        with db.engine.connect() as connection:
            _kept[key] = _keep(connection, name), made
            connection.commit()
        _copy_files(_instance(), _files_beside(name))
        return made
    memory, made = _kept[key]
    _copy_files(_files_beside(name), _instance())
    if isinstance(memory, sqlite3.Connection):
        _restore(memory)
    else:
        _run([*_deletions(), *(f'INSERT INTO "{table}" SELECT * FROM {_beside(name, table)}' for table in memory)])
    return made


def empty() -> None:
    """Delete every row of every table, and every file that is stored."""
    _copy_files(None, _instance())
    key = (str(db.engine.url), NOTHING)
    if key in _kept and isinstance(memory := _kept[key][0], sqlite3.Connection):
        _restore(memory)
        return
    _run(_deletions())
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            _kept[key] = _keep(connection, NOTHING), None


def _restore(memory: sqlite3.Connection) -> None:
    """The pages of a database as they were. Whoever has it open reads the new ones in their next transaction."""
    with db.engine.connect() as connection:
        connection.rollback()  # a copy begins a transaction of its own
        memory.backup(connection.connection.driver_connection)


def _copy_files(of: Path | None, to: Path) -> None:
    for folder in STORED:
        if (to / folder).exists():
            shutil.rmtree(to / folder, ignore_errors=True)
        if of is not None and (of / folder).exists():
            shutil.copytree(of / folder, to / folder)


def _instance() -> Path:
    return Path(current_app.config["INSTANCE"])


def _files_beside(name: str) -> Path:
    instance = _instance()
    return instance.with_name(f"{instance.name}-kept") / sha256(name.encode()).hexdigest()[:8]


def _deletions() -> list[str]:
    return [f'DELETE FROM "{table.name}"' for table in reversed(Base.metadata.sorted_tables)]  # dependants first


def _run(statements: Iterable[str]) -> None:
    """All in one transaction and one call."""
    script = ";".join(statements)
    with db.engine.connect() as connection:
        driver = connection.connection.driver_connection
        if db.engine.dialect.name == "sqlite":
            driver.executescript(f"BEGIN IMMEDIATE;{script};COMMIT")
        else:
            # Rows that were consistent stay so: no foreign key need be followed for each of them.
            driver.execute(f"SET LOCAL session_replication_role = replica;{script}")
            driver.commit()


def _keep(connection: Connection, name: str) -> Memory:
    if connection.dialect.name == "sqlite":
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.driver_connection.backup(memory)
        return memory
    filled = []
    for table in Base.metadata.sorted_tables:
        if connection.execute(text(f'SELECT 1 FROM "{table.name}" LIMIT 1')).first():
            connection.execute(text(f'CREATE TABLE {_beside(name, table.name)} AS SELECT * FROM "{table.name}"'))
            filled.append(table.name)
    return filled


def _beside(name: str, table: str) -> str:
    """Short, since PostgreSQL cuts names that are longer than 63 bytes."""
    return f'"kept_{sha256(name.encode()).hexdigest()[:8]}_{table}"'
