"""An instance on SQLite, moved to PostgreSQL at the revision that it is at: every table, and the files beside them.

Upgrades are tried on an instance as an earlier release left it, and that one is on SQLite. This makes the same instance on
PostgreSQL: the tables are made by the migrations up to the instance's own revision, then every row is copied, table by
table in order of the foreign keys, and read back and compared. The tables are found by reflection, so that nothing here
knows what is in them.
"""

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Boolean, Connection, DateTime, Engine, MetaData, Table, create_engine, func, select, text

import wsgi
from registry import migrate
from registry.db import db

REVISION = "alembic_version"
AT_ONCE = 5000
Rows = dict[tuple[Any, ...], dict[str, Any]]


def moved_to_postgresql(instance: Path, folder: Path, address: str) -> Flask:
    """The instance in ``folder`` and in the empty database at ``address``, at the revision that ``instance`` has.

    Raises ``AssertionError`` where a row did not come over as it was.
    """
    shutil.copytree(instance, folder, ignore=shutil.ignore_patterns("registry.db*", "templates"))
    app = wsgi.create_app({"INSTANCE": folder, "DATABASE_URL": address, "TESTING": True})
    source = create_engine(f"sqlite:///{instance / 'registry.db'}")
    with app.app_context():
        migrate.upgrade(revision_of(source))
        copy_tables(source, db.engine)
        differing = differences(rows_of(source), rows_of(db.engine))
        assert not differing, differing[:10]
    source.dispose()
    return app


def revision_of(engine: Engine) -> str:
    """The migration that a database is at."""
    with engine.connect() as connection:
        return str(connection.scalar(text(f"SELECT version_num FROM {REVISION}")))


def copy_tables(source: Engine, target: Engine) -> None:
    """Copy every row of every table that both have. Rows that point at rows of their own table may come in any order:
    the checks are off meanwhile, and made up for at the end."""
    here, there = _reflected(source), _reflected(target)
    assert set(here.tables) == set(there.tables), set(here.tables) ^ set(there.tables)
    with source.connect() as reading, target.begin() as writing:
        writing.execute(text("SET LOCAL session_replication_role = replica"))
        for table in there.sorted_tables:
            if table.name != REVISION:
                _copy_table(reading, here.tables[table.name], writing, table)
        for table in there.sorted_tables:
            _require_whole(writing, table)
            _continue_sequences(writing, table)


def rows_of(engine: Engine) -> dict[str, Rows]:
    """Every row of every table by its primary key, with values that are alike on both databases."""
    found: dict[str, Rows] = {}
    with engine.connect() as connection:
        for table in _reflected(engine).sorted_tables:
            keys = [column.name for column in table.primary_key] or [column.name for column in table.columns]
            found[table.name] = {
                tuple(row[key] for key in keys): row
                for row in (_plain(table, one) for one in connection.execute(select(table)).mappings())
            }
    return found


Change = Callable[[Mapping[str, Rows], Any, Any], bool]
"""(all rows before, value before, value after) → whether a migration means that change."""


def differences(
    before: Mapping[str, Rows], after: Mapping[str, Rows], but: Mapping[str, Change] | None = None
) -> list[str]:
    """What of ``before`` is not in ``after`` as it was: tables, rows and values of the columns that there were.

    New tables, rows and columns are no difference. ``but`` has, by ``table.column``, the changes that migrations mean.
    """
    expected = but or {}
    found = []
    for name, rows in before.items():
        if name == REVISION:
            continue
        if name not in after:
            found.append(f"{name}: the table is gone")
            continue
        for key, row in rows.items():
            now = after[name].get(key)
            if now is None:
                found.append(f"{name} {key}: the row is gone")
                continue
            found += [
                f"{name} {key}: {column} was {value!r}, is {now.get(column)!r}"
                for column, value in row.items()
                if now.get(column) != value
                and not expected.get(f"{name}.{column}", _never)(before, value, now.get(column))
            ]
    return found


def _never(_before: Mapping[str, Rows], _was: Any, _is: Any) -> bool:
    return False


def _reflected(engine: Engine) -> MetaData:
    metadata = MetaData()
    metadata.reflect(engine)
    return metadata


def _copy_table(reading: Connection, source: Table, writing: Connection, target: Table) -> None:
    rows = reading.execute(select(source)).mappings()
    while some := rows.fetchmany(AT_ONCE):
        writing.execute(target.insert(), [_converted(target, row) for row in some])
    here, there = (
        connection.scalar(select(func.count()).select_from(table))
        for connection, table in ((reading, source), (writing, target))
    )
    assert here == there, f"{target.name}: {here} rows became {there}"


def _converted(target: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as PostgreSQL takes it: moments with their zone, booleans as such. JSON is kept as text on both."""
    return {column.name: _as_type(column.type, row[column.name]) for column in target.columns}


def _as_type(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, DateTime) and kind.timezone:
        return value.replace(tzinfo=UTC)
    return bool(value) if isinstance(kind, Boolean) else value


def _plain(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {column.name: _as_plain(row[column.name]) for column in table.columns}


def _as_plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


def _require_whole(connection: Connection, table: Table) -> None:
    """Every reference leads to a row: what PostgreSQL would have checked while the rows came."""
    for key in table.foreign_keys:
        other = key.column.table.alias("other")
        column = other.c[key.column.name]
        loose = (
            select(func.count())
            .select_from(table.outerjoin(other, key.parent == column))
            .where(key.parent.is_not(None), column.is_(None))
        )
        assert connection.scalar(loose) == 0, f"{table.name}.{key.parent.name} points at rows that are missing"


def _continue_sequences(connection: Connection, table: Table) -> None:
    """Let each sequence go on after the largest number that was copied."""
    for column in table.columns:
        sequence = connection.scalar(
            text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": f'"{table.name}"', "column": column.name}
        )
        if sequence:
            largest = connection.scalar(select(func.max(column)))
            connection.execute(
                text("SELECT setval(:sequence, :largest)"), {"sequence": sequence, "largest": largest or 1}
            )
